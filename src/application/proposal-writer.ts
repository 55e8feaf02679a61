import type { Problem } from '../domain/problem.js';
import type { Classification, MeaningChange } from '../domain/workflow/diff/change.js';
import type { Edit } from './edit.js';

/** What the text of a workflow's file should be. */
export interface TextChange {
  /** Edits of it, one after the other; null where the text is given. */
  readonly edits: readonly Edit[] | null;
  /** All of it; null where edits are given. */
  readonly text: string | null;
}

/** A proposal on the head of the branch, not written yet. */
export interface Draft {
  readonly base: { readonly branch: string; readonly sha: string };
  readonly file: string;
  readonly text: string;
  /** Of what the workflow would mean; null where that cannot be told. */
  readonly meaningHash: string | null;
  /** Errors that it would bring, and all of its file. */
  readonly problems: readonly Problem[];
  readonly classification: Classification;
  readonly changes: readonly MeaningChange[];
}
/** Why there is no draft. */
export type NoDraft =
  | { readonly reason: 'unknown-workflow'; readonly known: readonly string[] }
  | { readonly reason: 'impossible'; readonly message: string }
  | { readonly reason: 'nothing' };

/** All that the commit of a proposal is made from: the same makes the same commit, whichever process makes it. */
export interface NewCommit {
  /** The commit it starts from. */
  readonly baseSha: string;
  readonly file: string;
  readonly text: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly message: string;
  readonly at: Date;
}

/** What there is of a branch: the commit that says the same, or why it cannot be made. */
export type FoundBranch = { readonly commit: string } | { readonly taken: string };

/** Writes proposals as branches. The branch that is synced, a work tree and an index are never touched. */
export interface ProposalWriter {
  draft(workflow: string, change: TextChange): Promise<Draft | NoDraft>;
  /** Null where nothing is in the way of a branch of that name. */
  find(branch: string, draft: Pick<Draft, 'file' | 'text'>): Promise<FoundBranch | null>;
  /** Makes the commit, and sends it nowhere. @returns its hash */
  commit(wanted: NewCommit): Promise<string>;
  /**
   * Gives the branch a commit that was made here; where it has that one already, that is as good.
   * @returns why the repository does not take it; null where it does
   */
  push(branch: string, commit: string): Promise<string | null>;
}
