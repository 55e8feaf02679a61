import fs from 'node:fs';
import path from 'node:path';
import { createHash } from 'node:crypto';
import git from 'isomorphic-git';
import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Commit, DefinitionSource, NewCommits } from '../application/ports.js';
import type { KnownFiles } from '../domain/workflow/known-files.js';
import type { ReadStep } from '../domain/workflow/reading.js';
import { parseFile, type SourceFile } from './document/identify.js';
import { MAX_FILE_BYTES, type ParsedFile } from './document/parse-yaml.js';
import { readChanges } from './document/read-changes.js';
import { currentCopy } from './copies.js';
import { gitdirOf, readIfThere } from './git-directory.js';
import { DamagedObject, ObjectTooLarge } from './objects/delta.js';
import { mergeBases } from './merge-base.js';
import { behind } from './merged.js';
import { Objects } from './objects/objects.js';
import type { GitObject } from './objects/entry.js';
import { differingEntries, parseCommit, type ParsedCommit, parseTree } from './objects/parse.js';
import { Remote, withoutCredentials } from './remote.js';
import { PushRefused, RepositoryError, UnknownRef, UnreadableCommit } from './repository-error.js';
import { judgeSignature, SignersFile } from './signature.js';

export { RepositoryError, UnknownRef } from './repository-error.js';

export interface GitSourceOptions {
  /** Path of a repository on disk, or an HTTP(S) URL. */
  readonly location: string;
  /** Without it, the branch that the repository's HEAD names. */
  readonly branch: string | null;
  readonly folder: string;
  readonly token: string | null;
  /** Where copies of remote repositories are kept. */
  readonly cacheDirectory: string;
  /** File with the keys whose signatures count; null where signatures are not verified. */
  readonly signersFile?: string | null;
}

/** Files as no commit has them. */
export interface Uncommitted {
  readonly changed: ReadonlyMap<string, string | null>;
  readonly texts: ReadonlyMap<string, string>;
  readonly today: string;
}

/** A folder with more YAML files than this is not a folder of definitions. */
const MAX_FILES = 50_000;
/** Nor is one whose folders take so many bytes in git, some 800,000 entries; a few small folders can hold each other without end. */
const MAX_FOLDER_BYTES = 32 * 1024 * 1024;
/** The index of a database takes no longer names, and few file systems do. */
const MAX_PATH_BYTES = 2_000;
/** Parsed files that are kept for when they are looked at again take some thirty times as much as their text. */
const PARSED_CHARACTERS = 512 * 1024;
/** Trees of the commits next to each other, which share most of theirs. */
const TREES_BYTES = 8 * 1024 * 1024;
/** So many commits are looked at before others who wait for this process get a turn. */
const COMMITS_AT_A_TIME = 200;

/** Reads definitions from one branch of a git repository, on disk or behind HTTP(S). */
export class GitSource implements DefinitionSource {
  readonly location: string;
  readonly folder: string;
  /** The git directory of a repository on disk; null where it is behind HTTP(S). */
  readonly #local: string | null;
  /** The HEAD of a linked worktree, which is its own; null where the repository's HEAD is meant. */
  readonly #ownHead: string | null;
  readonly #remote: Remote | null;
  readonly #objects: Objects;
  readonly #parsed = new LRUCache<string, ParsedFile>({ maxSize: PARSED_CHARACTERS });
  readonly #trees = new LRUCache<string, Buffer>({
    maxSize: TREES_BYTES,
    sizeCalculation: (tree) => tree.length + 100,
  });
  /** Trees of the definitions' folder by commit: each is looked at as one that changes and as one that is changed. */
  readonly #folders = new LRUCache<string, { readonly tree: string | null }>({ max: COMMITS_AT_A_TIME });
  readonly #signers: SignersFile | null;
  #branch: string | null;

  constructor(options: GitSourceOptions) {
    this.location = withoutCredentials(options.location);
    this.folder = options.folder.replace(/^\.?\/+|\/+$/g, '');
    this.#branch = options.branch;
    this.#signers = typeof options.signersFile === 'string' ? new SignersFile(options.signersFile) : null;
    const isRemote = /^https?:\/\//.test(options.location);
    const local = isRemote ? null : gitdirOf(options.location);
    this.#local = local?.gitdir ?? null;
    this.#ownHead = local?.ownHead ?? null;
    const copy = copyOf(options);
    this.#objects = new Objects(local?.gitdir ?? currentCopy(copy));
    this.#remote = isRemote ? new Remote(options.location, copy, options.token, this.#objects) : null;
  }

  get knownBranch(): string | null {
    return this.#branch;
  }

  async branch(): Promise<string> {
    this.#branch ??= (await this.#remote?.defaultBranch()) ?? (await this.localHead());
    return this.#branch;
  }

  async refresh(): Promise<string> {
    if (!this.#remote && !fs.existsSync(this.gitdir))
      throw new RepositoryError(`${this.location} is not there any more`);
    const branch = await this.branch();
    return (await this.#remote?.fetch(branch)) ?? this.resolve(this.headRef(branch));
  }

  /** Brings something that is no branch of ours, such as the head of a pull request. @returns its commit */
  async bring(ref: string): Promise<string> {
    return (await this.#remote?.fetchRef(ref)) ?? this.resolve(ref);
  }

  /** Where the objects are, for whoever writes new ones. */
  get gitdir(): string {
    return this.#local ?? this.#remote?.gitdir ?? '';
  }

  /** Names of all branches. */
  async branches(): Promise<string[]> {
    return [...(await this.heads()).keys()];
  }

  /**
   * Names of the branches that have what the synced one, as far as it is at hand, has not: `git branch --no-merged`. Whatever was
   * merged as another commit, as squashing does, is one of them until it is deleted.
   */
  async unmergedBranches(): Promise<string[]> {
    const heads = await this.heads();
    const synced = await this.resolve(this.headRef(await this.branch())).catch((error: unknown) => {
      if (error instanceof UnknownRef) return null;
      throw error;
    });
    if (synced === null) return [...heads.keys()];
    const known = new Set([...heads.values()].filter((sha) => /^[0-9a-f]{40}$/.test(sha) && this.knows(sha)));
    const merged = await behind(synced, known, this.lineage(), () => setImmediate());
    return [...heads].filter(([, sha]) => !merged.has(sha)).map(([branch]) => branch);
  }

  /** All branches and their commits, at the host where they are there. */
  private async heads(): Promise<Map<string, string>> {
    if (this.#remote) return this.#remote.heads();
    const packed = (readIfThere(path.join(this.gitdir, 'packed-refs')) ?? '').split('\n');
    const packedHeads = new Map(packed.map((line) => [line.slice(41), line.slice(0, 40)]));
    const names = await git.listBranches({ fs, gitdir: this.gitdir });
    return new Map(
      names.map((name) => {
        const ref = `refs/heads/${name}`;
        return [name, readIfThere(path.join(this.gitdir, ref))?.trim() ?? packedHeads.get(ref) ?? ''];
      }),
    );
  }

  /** Gives a commit that is at hand a branch, which must not be there yet. @throws PushRefused */
  async createBranch(branch: string, sha: string): Promise<void> {
    const ref = `refs/heads/${branch}`;
    if (this.#remote) return this.#remote.push(ref, sha, await this.branch());
    await this.writeRef(ref, sha, false);
  }

  /** Makes a name that is no branch of ours stand for a commit that comes after what it stood for. @throws PushRefused */
  async advance(ref: string, sha: string): Promise<void> {
    if (this.#remote) return this.#remote.push(ref, sha, await this.branch());
    await this.writeRef(ref, sha, true);
  }

  private async writeRef(ref: string, value: string, force: boolean): Promise<void> {
    try {
      await git.writeRef({ fs, gitdir: this.gitdir, ref, value, force });
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (!/^(AlreadyExistsError|E[A-Z]+)$/.test(code)) throw error;
      throw new PushRefused('it cannot be written there', { cause: error });
    }
  }

  /** Whether a commit is at hand. */
  knows(sha: string): boolean {
    return this.#objects.read(sha) !== null;
  }

  /** The commit that a name stands for: a branch, a tag, a hash, whole or short, `main~2` or `HEAD^`. @throws UnknownRef */
  async resolve(ref: string): Promise<string> {
    const { name, generations } = parseRef(ref);
    return this.ancestor(await this.named(name), generations, ref);
  }

  /** The same as it stands at the host now, where names are asked for. @throws UnknownRef */
  async find(ref: string): Promise<string> {
    if (!this.#remote) return this.resolve(ref);
    const { name, generations } = parseRef(ref);
    const oid = (await this.#remote.bringNamed(name)) ?? this.expanded(name);
    return this.ancestor(this.peeledOrUnknown(oid, name), generations, ref);
  }

  private async named(ref: string): Promise<string> {
    if (ref === 'HEAD' && this.#ownHead !== null) return this.named(this.#ownHead);
    const oid = await git.resolveRef({ fs, gitdir: this.gitdir, ref }).catch(() => this.expanded(ref));
    return this.peeledOrUnknown(oid, ref);
  }

  private peeledOrUnknown(oid: string | null, ref: string): string {
    if (oid === null || (oid === ref && !this.knows(oid))) {
      const branch = /^refs\/heads\/(.+)/.exec(ref)?.[1];
      const what =
        branch === undefined
          ? `'${ref}' is no branch, tag or commit of`
          : `there is no branch '${branch}' in`;
      throw new UnknownRef(`${what} ${withoutCredentials(this.location)}`);
    }
    return this.peeled(oid, ref);
  }

  /** The one object whose name begins like this. */
  private expanded(prefix: string): string | null {
    const names = this.#objects.namesLike(prefix);
    return names.length === 1 ? (names[0] ?? null) : null;
  }

  /** An annotated tag is an object of its own that points at its commit. */
  private peeled(oid: string, ref: string): string {
    const { type, content } = this.object(oid);
    if (type === 'tag') return this.peeled(content.toString('latin1', 7, 47), ref);
    if (type !== 'commit') throw new UnknownRef(`'${ref}' is a ${type}, not a commit`);
    return oid;
  }

  /** When each of the files was last changed on the first-parent line of a commit, as far as a shallow clone tells. */
  async lastTouched(sha: string, paths: readonly string[]): Promise<Map<string, Date>> {
    const found = new Map<string, Date>();
    const sought = new Set(paths);
    const boundary = this.shallowCommits();
    let [name, here] = [sha, this.commit(sha)];
    for (let seen = 1; sought.size > 0 && !boundary.has(name); seen++) {
      const [parent] = here.parents;
      const before = parent === undefined ? null : this.commit(parent);
      for (const path of this.readablePaths(before, here)) {
        if (sought.delete(path)) found.set(path, here.committer.at);
      }
      if (parent === undefined || before === null) break;
      [name, here] = [parent, before];
      if (seen % COMMITS_AT_A_TIME === 0) await setImmediate();
    }
    return found;
  }

  /** Paths of the folder that differ between two commits; none where a sync passes one of them over. */
  private readablePaths(before: ParsedCommit | null, after: ParsedCommit): Iterable<string> {
    try {
      return this.differences(before && this.folderTree(before), this.folderTree(after)).keys();
    } catch (error) {
      if (error instanceof UnreadableCommit) return [];
      throw error;
    }
  }

  /** The last commit of the branch's first-parent line before a moment. */
  async lastBefore(moment: Date): Promise<string> {
    let sha: string | null = await this.resolve(this.headRef(await this.branch()));
    while (sha !== null) {
      if (this.commit(sha).committer.at < moment) return sha;
      sha = this.parentOf(sha);
    }
    throw new UnknownRef(`${this.location} has no commit before ${moment.toISOString().slice(0, 10)}`);
  }

  private ancestor(sha: string, generations: number, ref: string): string {
    let here: string | undefined = sha;
    for (let left = generations; left > 0 && here !== undefined; left--) here = this.commit(here).parents[0];
    if (here === undefined)
      throw new UnknownRef(`'${ref}' goes back beyond the first commit of ${this.location}`);
    return here;
  }

  /** The newest commit that two have in common; where several are, any of them. @throws UnknownRef */
  async mergeBase(one: string, other: string): Promise<string> {
    const [base] = await mergeBases(one, other, this.lineage(), () => setImmediate());
    if (base !== undefined) return base;
    const hint =
      this.shallowCommits().size === 0
        ? ''
        : ' that this shallow clone has: fetch the whole history (fetch-depth: 0)';
    throw new UnknownRef(`${one} and ${other} have no commit in common${hint}`);
  }

  /** Commits without parents where the history that is at hand begins. */
  private lineage(): (sha: string) => Pick<ParsedCommit, 'parents' | 'committer'> {
    const boundary = this.shallowCommits();
    return (sha) => {
      const { parents, committer } = this.commit(sha);
      return { committer, parents: boundary.has(sha) ? [] : parents };
    };
  }

  /** The commit before one on its first-parent line; null where the history, or a shallow copy of it, begins. */
  parentOf(sha: string): string | null {
    return this.shallowCommits().has(sha) ? null : (this.commit(sha).parents[0] ?? null);
  }

  async commitsSince(since: string | null, head: string): Promise<NewCommits> {
    const found: Commit[] = [];
    const boundary = this.shallowCommits();
    let sha = head;
    let content = this.content(sha);
    let isShallow = false;
    for (let seen = 1; sha !== since; seen++) {
      const commit = parseCommit(content);
      const [parent] = boundary.has(sha) ? [] : commit.parents;
      if (boundary.has(sha)) isShallow = true;
      const before = parent === undefined ? NOTHING : this.content(parent);
      const isNews =
        this.folderTree(commit) !== (parent === undefined ? null : this.folderTree(parseCommit(before)));
      if (isNews) found.push(await this.signed(sha, content, commit));
      if (parent === undefined) break;
      sha = parent;
      content = before;
      if (seen % COMMITS_AT_A_TIME === 0) await setImmediate();
    }
    return { commits: found.reverse(), reaches: sha === since, isShallow };
  }

  async commitOf(sha: string): Promise<Commit> {
    const content = this.content(sha);
    return this.signed(sha, content, parseCommit(content));
  }

  async signers(): Promise<string | null> {
    return (await this.#signers?.refresh()) ?? null;
  }

  private async signed(sha: string, content: Buffer, commit: ParsedCommit): Promise<Commit> {
    const signers = commit.signature === null ? null : await this.#signers?.get();
    const signature = await judgeSignature(content, commit.signature, signers ?? null);
    return { ...toCommit(sha, commit), mergedAuthor: this.mergedAuthor(sha, commit), signature };
  }

  /** Null, too, where a shallow clone has nothing of what was merged. */
  private mergedAuthor(sha: string, { parents: [, merged] }: ParsedCommit): Commit['mergedAuthor'] {
    if (merged === undefined || this.shallowCommits().has(sha)) return null;
    const { name, email } = parseCommit(this.content(merged)).author;
    return { name, email };
  }

  async read(
    known: KnownFiles,
    context: string | null,
    { from, to, today }: { from: string | null; to: string; today: string },
  ): Promise<ReadStep> {
    return readChanges(known, context, this.changes(known, from, to), this.#parse, today);
  }

  /**
   * Reads what no commit holds, such as the tree that a merge would give.
   * @param changed names of contents by path; null where the file is gone
   * @param texts contents that are not in the repository, by their name
   */
  async readUncommitted(
    known: KnownFiles,
    context: string | null,
    { changed, texts, today }: Uncommitted,
  ): Promise<ReadStep> {
    const parse = (path: string, blob: string): ParsedFile => this.#parse(path, blob, texts.get(blob));
    return readChanges(known, context, changed, parse, today);
  }

  readonly #parse = (path: string, blob: string, uncommitted?: string): ParsedFile => {
    const key = `${path}\n${blob}`;
    let parsed = this.#parsed.get(key);
    if (!parsed) {
      const text = uncommitted ?? this.text(blob);
      parsed = parseFile({ path, text });
      this.#parsed.set(key, parsed, { size: text.length + 1 });
    }
    return parsed;
  };

  /** The text of one file at a commit; null where there is none. */
  fileAt(sha: string, path: string): string | null {
    let oid = this.commit(sha).tree;
    for (const part of path.split('/')) {
      const entry = parseTree(this.tree(oid)).find(({ name }) => name === part);
      if (!entry) return null;
      oid = entry.oid;
    }
    return this.text(oid);
  }

  /** The YAML files of the definitions' folder at a commit. Symbolic links and submodules are left out. */
  files(sha: string): SourceFile[] {
    const blobs = this.differences(null, this.folderTree(this.commit(sha)));
    return [...blobs]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([path, oid]) => (oid === null ? [] : [{ path, text: this.text(oid) }]));
  }

  /**
   * Contents of the files that differ between two commits, by path; null where there is none any more. Where the first
   * cannot be read any more, what is known of its files stands for it.
   */
  private changes(known: KnownFiles, from: string | null, to: string): Map<string, string | null> {
    const after = this.folderAt(to);
    const before = from === null || !this.isThere(from) ? undefined : this.folderAt(from);
    if (before !== undefined) return this.differences(before, after);
    const changes = this.differences(null, after);
    for (const path of known.paths) {
      if (!changes.has(path)) changes.set(path, null);
      else if (changes.get(path) === known.get(path)?.blob) changes.delete(path);
    }
    return changes;
  }

  /** YAML files of the repository that differ between two commits, as the second has them; null where it has none. */
  differing(from: string, to: string): Map<string, string | null> {
    return this.differences(this.commit(from).tree, this.commit(to).tree, '');
  }

  /** Whether a path is in the definitions' folder. */
  holds(path: string): boolean {
    return this.folder === '' || path.startsWith(`${this.folder}/`);
  }

  /** What differs between two folders; equal subfolders are not looked into. */
  private differences(
    before: string | null,
    after: string | null,
    place = this.folder,
  ): Map<string, string | null> {
    const changes = new Map<string, string | null>();
    const folders = [{ prefix: place, before, after }];
    let bytes = 0;
    for (let next = folders.pop(); next; next = folders.pop()) {
      const { prefix } = next;
      const trees = [this.tree(next.before), this.tree(next.after)] as const;
      bytes += trees[0].length + trees[1].length;
      if (bytes > MAX_FOLDER_BYTES)
        throw new UnreadableCommit(`${place || 'the repository'} holds too many files and folders`);
      const { removed, added } = differingEntries(...trees);
      const below = new Map<string, { before: string | null; after: string | null }>();
      for (const [side, entries] of [
        ['before', removed],
        ['after', added],
      ] as const) {
        for (const { name, oid, kind } of entries) {
          const place = prefix === '' ? name : `${prefix}/${name}`;
          if (kind !== 'other' && Buffer.byteLength(place) > MAX_PATH_BYTES)
            throw new UnreadableCommit(
              `${place.slice(0, 60)}… is a path of more than ${MAX_PATH_BYTES} bytes`,
            );
          if (kind === 'folder')
            below.set(place, { ...(below.get(place) ?? { before: null, after: null }), [side]: oid });
          else if (kind === 'file' && /\.ya?ml$/.test(name))
            changes.set(place, side === 'after' ? oid : null);
        }
      }
      for (const [place, sides] of below) folders.push({ prefix: place, ...sides });
      if (changes.size > MAX_FILES)
        throw new UnreadableCommit(`${place || 'the repository'} holds more than ${MAX_FILES} YAML files`);
    }
    return changes;
  }

  private tree(oid: string | null): Buffer {
    if (oid === null) return NOTHING;
    let content = this.#trees.get(oid);
    if (!content) {
      content = this.object(oid).content;
      this.#trees.set(oid, content);
    }
    return content;
  }

  /** The text of a file by its name in git; of one that is too large so much that it is told to be. */
  text(oid: string): string {
    try {
      return this.object(oid)
        .content.subarray(0, MAX_FILE_BYTES + 1)
        .toString('utf8');
    } catch (error) {
      if (!(error instanceof UnreadableCommit)) throw error;
      return TOO_LARGE;
    }
  }

  /** The tree of the definitions' folder; null where there is none. */
  private folderTree({ tree }: ParsedCommit): string | null {
    let oid = tree;
    for (const part of this.folder === '' ? [] : this.folder.split('/')) {
      const entry = parseTree(this.tree(oid)).find(({ name, kind }) => name === part && kind === 'folder');
      if (!entry) return null;
      oid = entry.oid;
    }
    return oid;
  }

  private folderAt(sha: string): string | null {
    let folder = this.#folders.get(sha);
    if (!folder) {
      folder = { tree: this.folderTree(this.commit(sha)) };
      this.#folders.set(sha, folder);
    }
    return folder.tree;
  }

  private isThere(sha: string): boolean {
    return this.#folders.has(sha) || this.#objects.read(sha) !== null;
  }

  private commit(sha: string): ParsedCommit {
    return parseCommit(this.content(sha));
  }

  private content(oid: string): Buffer {
    return this.object(oid).content;
  }

  private object(oid: string): GitObject {
    try {
      const object = this.#objects.read(oid);
      if (object) return object;
    } catch (error) {
      if (!(error instanceof DamagedObject)) throw error;
      if (error instanceof ObjectTooLarge)
        throw new UnreadableCommit(`${oid} is larger than 64 MiB`, { cause: error });
      this.#remote?.distrust();
      this.#objects.close();
      const message = `${withoutCredentials(this.location)} is damaged: ${error.message}`;
      throw new RepositoryError(message, { cause: error }, this.#remote ? 'anew' : 'human');
    }
    const hint = 'a shallow clone lacks older commits: fetch the whole history';
    throw new RepositoryError(`${oid} is missing in ${withoutCredentials(this.location)}; ${hint}`);
  }

  /** Commits at which a shallow clone was cut off: their parents are not there. */
  private shallowCommits(): ReadonlySet<string> {
    return new Set((readIfThere(path.join(this.gitdir, 'shallow')) ?? '').split('\n').filter(Boolean));
  }

  /** By its whole name, so that a tag of the same name changes nothing. */
  private headRef(branch: string): string {
    return this.#remote ? Remote.ref(branch) : `refs/heads/${branch}`;
  }

  private async localHead(): Promise<string> {
    const branch =
      this.#ownHead === null
        ? await git.currentBranch({ fs, gitdir: this.gitdir }).catch(() => undefined)
        : /^refs\/heads\/(.+)$/.exec(this.#ownHead)?.[1];
    if (!branch) throw new RepositoryError(`${this.location} has no current branch: set WEIR_BRANCH`);
    return branch;
  }
}

const copyOf = ({ location, cacheDirectory }: GitSourceOptions): string =>
  path.join(cacheDirectory, createHash('sha256').update(location).digest('hex').slice(0, 16));

const NOTHING = Buffer.alloc(0);
/** What cannot be looked into may be a definition, and is refused like one. */
const TOO_LARGE = 'apiVersion: weir/v1\n'.padEnd(MAX_FILE_BYTES + 1);

/** No name of a branch is longer, with some `~` and `^` behind it. */
const MAX_REF_CHARACTERS = 300;

/** `main~2^` is three generations before `main`. */
function parseRef(ref: string): { readonly name: string; readonly generations: number } {
  if (ref.length > MAX_REF_CHARACTERS)
    throw new UnknownRef(`'${ref.slice(0, 40)}…' is too long for the name of a commit`);
  const suffix = /(?:\^|~\d*)*$/.exec(ref)?.[0] ?? '';
  const steps = suffix.match(/\^|~\d*/g) ?? [];
  const generations = steps.map((step) => (step === '^' || step === '~' ? 1 : Number(step.slice(1))));
  return {
    name: ref.slice(0, ref.length - suffix.length),
    generations: generations.reduce((a, b) => a + b, 0),
  };
}

const toCommit = (
  sha: string,
  { author, committer, message }: ParsedCommit,
): Omit<Commit, 'signature' | 'mergedAuthor'> => ({
  sha,
  author: { name: author.name, email: author.email },
  authoredAt: author.at,
  committedAt: committer.at,
  message,
  pullRequest: pullRequestOf(message),
});

/** Hosts and the database count no further. */
const MAX_PULL_REQUEST = 2 ** 31 - 1;

/**
 * `Merge pull request #12 …` (GitHub), `Merge pull request '…' (#12) …` (Gitea) or `… (#12)` (squash) in the first line;
 * `See merge request group/project!12` (GitLab) or a trailer `Reviewed-on: …/pulls/12` (Gitea) below it.
 */
function pullRequestOf(message: string): number | null {
  const [title = ''] = message.split('\n', 1);
  const number = Number(
    /^Merge pull request (?:#|'.*' \(#)(\d+)/.exec(title)?.[1] ??
      /\(#(\d+)\)\s*$/.exec(title)?.[1] ??
      /See merge request \S*!(\d+)/.exec(message)?.[1] ??
      /^Reviewed-on: \S+\/pulls?\/(\d+)\s*$/m.exec(message)?.[1] ??
      0,
  );
  return number > 0 && number <= MAX_PULL_REQUEST ? number : null;
}
