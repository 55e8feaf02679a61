import fs from 'node:fs';
import git, { type TreeEntry } from 'isomorphic-git';
import type {
  Draft,
  FoundBranch,
  NewCommit,
  NoDraft,
  ProposalWriter,
  TextChange,
} from '../application/proposal-writer.js';
import type { Problem } from '../domain/problem.js';
import { planDefinitions } from '../domain/workflow/plan.js';
import type { KnownAt } from '../application/plan.js';
import type { SourceFile } from './document/read.js';
import { MAX_FILE_BYTES, parseYaml } from './document/parse-yaml.js';
import { CannotEdit, editDefinition } from './edit/edit-definition.js';
import type { GitSource } from './git-source.js';
import { withText } from './merged-tree.js';
import { problemsIn, knownBase, readSides } from './read-sides.js';
import { servedAt } from './served.js';
import { PushRefused } from './repository-error.js';

/** Who writes commits by itself. */
export const COMMITTER = { name: 'Weir', email: 'weir@weir.invalid' };

/** Writes proposals as commits on branches of their own, in a repository on disk or behind HTTP(S). */
export class GitProposalWriter implements ProposalWriter {
  /**
   * @param today the day against which definitions are checked, in ISO 8601
   * @param knownAt what the sync knows of the files; each call a copy of its own
   */
  constructor(
    private readonly source: GitSource,
    private readonly today: () => string,
    private readonly knownAt: () => Promise<KnownAt | null> = () => Promise.resolve(null),
  ) {}

  async draft(workflow: string, change: TextChange): Promise<Draft | NoDraft> {
    const sha = await this.source.refresh();
    const today = this.today();
    const base = await knownBase(this.source, sha, today, await this.knownAt());
    const existing = problemsIn(base.known);
    const [path] = [...base.known.claimants({ kind: 'Workflow', key: workflow })].sort();
    const blob = path === undefined ? null : (base.known.get(path)?.blob ?? null);
    if (path === undefined || blob === null)
      return { reason: 'unknown-workflow', known: [...base.known.workflows].sort() };
    const file = { path, text: this.source.text(blob) };
    const text = textOf(file, workflow, change);
    if (typeof text !== 'string') return text;
    if (text === file.text) return { reason: 'nothing' };
    const sides = await readSides(this.source, base, withText(path, blob, text), today);
    const served = await servedAt(this.source, { sha, known: base.known, step: sides.before }, today);
    const planned = planDefinitions(served, sides.merged, sides.wrong).find(
      ({ kind, key }) => kind === 'Workflow' && key === workflow,
    );
    if (planned?.definition?.file !== file.path)
      return {
        reason: 'impossible',
        message: `the text does not define the workflow '${workflow}' any more`,
      };
    const others = change.text === null ? [] : otherChanges(file.text, text, workflow);
    if (others.length > 0)
      return {
        reason: 'impossible',
        message: `the text changes more than the workflow '${workflow}': ${others.join(', ')}; leave the rest of the file as it is`,
      };
    return {
      ...{ base: { branch: await this.source.branch(), sha }, file: file.path, text },
      meaningHash: planned.definition.hash,
      problems: newProblems(existing, sides.problems, file.path),
      ...{ classification: planned.classification, changes: planned.changes },
    };
  }

  async find(branch: string, { file, text }: Pick<Draft, 'file' | 'text'>): Promise<FoundBranch | null> {
    const taken = await this.takenBy(branch);
    if (taken === null) return null;
    if (taken !== branch)
      return { taken: `there is a branch '${taken}', beside which '${branch}' cannot be` };
    const commit = await this.headOf(branch);
    // The same proposal again is what is there.
    if (this.source.fileAt(commit, file) === text) return { commit };
    return { taken: `there is already a branch '${branch}' with something else on it` };
  }

  async push(branch: string, commit: string): Promise<string | null> {
    if (await this.has(branch, commit)) return null;
    try {
      await this.source.createBranch(branch, commit);
      return null;
    } catch (error) {
      if (!(error instanceof PushRefused)) throw error;
      // Whoever else was at it has been faster.
      if (await this.has(branch, commit)) return null;
      return `the repository does not take the branch '${branch}': ${error.message}`;
    }
  }

  private async has(branch: string, commit: string): Promise<boolean> {
    const isThere = (await this.source.branches()).includes(branch);
    return isThere && (await this.headOf(branch)) === commit;
  }

  private headOf(branch: string): Promise<string> {
    return this.source.bring(`refs/heads/${branch}`);
  }

  /** A branch of that name, or one that leaves no room for it: git keeps branches as files. */
  private async takenBy(branch: string): Promise<string | null> {
    const isInTheWay = (other: string) =>
      other === branch || other.startsWith(`${branch}/`) || branch.startsWith(`${other}/`);
    const found = (await this.source.branches()).filter(isInTheWay);
    return found.includes(branch) ? branch : (found[0] ?? null);
  }

  async commit({ baseSha, file, text, author, message, at }: NewCommit): Promise<string> {
    const { gitdir } = this.source;
    if (!this.source.knows(baseSha)) await this.source.refresh();
    const blob = await git.writeBlob({ fs, gitdir, blob: Buffer.from(text) });
    const { commit: parent } = await git.readCommit({ fs, gitdir, oid: baseSha });
    const tree = await this.withFile(parent.tree, file.split('/'), blob);
    const when = { timestamp: Math.floor(at.getTime() / 1_000), timezoneOffset: 0 };
    const [by, through] = [
      { ...author, ...when },
      { ...COMMITTER, ...when },
    ];
    return git.writeCommit({
      ...{ fs, gitdir },
      commit: { tree, parent: [baseSha], author: by, committer: through, message },
    });
  }

  /** The tree with another content of one file; everything else in it is the same object. */
  private async withFile(
    oid: string,
    [name = '', ...rest]: readonly string[],
    blob: string,
  ): Promise<string> {
    const { gitdir } = this.source;
    const { tree } = await git.readTree({ fs, gitdir, oid });
    const changed: TreeEntry[] = [];
    for (const entry of tree) {
      if (entry.path !== name) changed.push(entry);
      else
        changed.push({
          ...entry,
          oid: rest.length === 0 ? blob : await this.withFile(entry.oid, rest, blob),
        });
    }
    return git.writeTree({ fs, gitdir, tree: changed });
  }
}

function textOf(file: SourceFile, workflow: string, { edits, text }: TextChange): string | NoDraft {
  if (Buffer.byteLength(text ?? file.text) > MAX_FILE_BYTES)
    return { reason: 'impossible', message: `a file has at most ${MAX_FILE_BYTES} bytes` };
  if (text !== null) return text;
  try {
    return editDefinition(file.text, 'Workflow', workflow, edits ?? []).text;
  } catch (error) {
    if (!(error instanceof CannotEdit)) throw error;
    return { reason: 'impossible', message: error.message };
  }
}

/** Definitions of a file that differ, or are on one side alone, besides the one that a proposal is about. */
function otherChanges(before: string, after: string, workflow: string): string[] {
  const [old, now] = [othersIn(before, workflow), othersIn(after, workflow)];
  const missing = (here: readonly string[], there: readonly string[]) =>
    here.filter((each) => !there.includes(each));
  const differing = [...missing(old.contents, now.contents), ...missing(now.contents, old.contents)];
  const broken = [...missing(old.broken, now.broken), ...missing(now.broken, old.broken)];
  const isReordered = differing.length === 0 && old.contents.join() !== now.contents.join();
  return [
    ...new Set([...differing.map(nameOfContent), ...broken.map((id) => `'${id}'`)]),
    ...(isReordered ? ['the order or number of its definitions'] : []),
  ];
}

function othersIn(text: string, workflow: string): { contents: string[]; broken: readonly string[] } {
  const { documents, lost } = parseYaml('', text);
  const others = documents.filter(({ value }) => {
    const { kind, id } = (value ?? {}) as { kind?: unknown; id?: unknown };
    return kind !== 'Workflow' || id !== workflow;
  });
  return {
    contents: others.map(({ value }) => JSON.stringify(value)),
    broken: lost.filter((id) => id !== workflow),
  };
}

function nameOfContent(content: string): string {
  const { kind, id } = (JSON.parse(content) ?? {}) as { kind?: unknown; id?: unknown };
  return typeof kind === 'string' && typeof id === 'string' ? `${kind} '${id}'` : 'a document without an id';
}

/** Problems of the file, and errors elsewhere that were not there before; errors first. */
function newProblems(before: readonly Problem[], after: readonly Problem[], file: string): Problem[] {
  const name = (each: Problem) => [each.code, each.file, each.message].join('\n');
  const known = new Set(before.map(name));
  const found = after.filter(
    (each) => each.file === file || (each.severity === 'error' && !known.has(name(each))),
  );
  return found.sort((one, other) => Number(other.severity === 'error') - Number(one.severity === 'error'));
}
