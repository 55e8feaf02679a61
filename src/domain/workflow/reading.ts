import type { Place, Problem } from '../problem.js';
import type { DefinitionKind, Library, Policy, Taxonomy, Team } from './document.js';
import type { DefinitionName, KnownFile } from './known-files.js';
import type { Workflow } from './workflow.js';

export interface Meanings {
  Workflow: Workflow;
  Team: Team;
  Taxonomy: Taxonomy;
  Policy: Policy;
  Library: Library;
}

/** One document of the repository, understood as far as it could be. */
export type Definition = {
  [K in DefinitionKind]: {
    readonly kind: K;
    readonly key: string;
    readonly file: string;
    /** Where its id stands. */
    readonly place: Place;
    /** The document's own text. */
    readonly source: string;
    /** Null when the form is wrong. */
    readonly meaning: Meanings[K] | null;
    /** SHA-256 of the meaning; equal meaning, equal hash. */
    readonly hash: string | null;
    readonly problems: readonly Problem[];
    /** Whether it may be served: understood, and without errors. */
    readonly valid: boolean;
  };
}[DefinitionKind];

/** Everything a folder of definitions says at one commit, or on disk. */
export interface Reading {
  readonly definitions: readonly Definition[];
  /** All problems of all files, in reading order. */
  readonly problems: readonly Problem[];
  readonly policy: Policy;
}

/** What a commit makes of the files it changes, and of those that have to do with them. */
export interface ReadStep extends Reading {
  /** The files that were read, as they are known now; what is held is not decided yet. */
  readonly files: readonly KnownFile[];
  readonly gone: readonly string[];
  /** Every definition that may be served otherwise than before. */
  readonly names: readonly DefinitionName[];
  /** Changes with what all files are checked against. */
  readonly context: string;
}
