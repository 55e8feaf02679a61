import fs from 'node:fs';
import path from 'node:path';
import { createHash } from 'node:crypto';
import git from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import type { Commit, DefinitionSource } from '../application/ports.js';
import type { Reading } from '../domain/workflow/reading.js';
import { MAX_FILE_BYTES } from './document/parse-yaml.js';
import { type ParseCache, readDefinitions, type SourceFile } from './document/read.js';

export interface GitSourceOptions {
  /** Path of a repository on disk, or an HTTP(S) URL. */
  readonly location: string;
  /** Without it, the branch that the repository's HEAD names. */
  readonly branch: string | null;
  readonly folder: string;
  readonly token: string | null;
  /** Where copies of remote repositories are kept. */
  readonly cacheDirectory: string;
}

/** A repository that cannot be read; the message names it and says what to do. */
export class RepositoryError extends Error {
  override readonly name: string = 'RepositoryError';
}

/** A name that nothing in the repository has. */
export class UnknownRef extends RepositoryError {
  override readonly name = 'UnknownRef';
}

/** As many versions of a folder as a reading of a history looks at again. */
const MAX_TREES = 100;
/** A folder with more YAML files than this is not a folder of definitions. */
const MAX_FILES = 5_000;

/** Reads definitions from one branch of a git repository, on disk or behind HTTP(S). */
export class GitSource implements DefinitionSource {
  readonly location: string;
  readonly folder: string;
  readonly #gitdir: string;
  /** The HEAD of a linked worktree, which is its own; null where the repository's HEAD is meant. */
  readonly #ownHead: string | null;
  readonly #remote: boolean;
  /** Objects that isomorphic-git has read, so that walking a history reads each pack once. */
  readonly #objects = {};
  readonly #parsed: ParseCache = new Map();
  #branch: string | null;

  constructor(private readonly options: GitSourceOptions) {
    this.location = options.location;
    this.folder = options.folder.replace(/^\.?\/+|\/+$/g, '');
    this.#branch = options.branch;
    this.#remote = /^https?:\/\//.test(options.location);
    const local = this.#remote ? null : gitdirOf(options.location);
    this.#gitdir = local?.gitdir ?? copyOf(options);
    this.#ownHead = local?.ownHead ?? null;
  }

  async branch(): Promise<string> {
    this.#branch ??= this.#remote ? await this.remoteHead() : await this.localHead();
    return this.#branch;
  }

  async refresh(): Promise<string> {
    const branch = await this.branch();
    if (this.#remote) return this.fetch(branch);
    return this.resolve(branch);
  }

  /** The commit that a name stands for: a branch, a tag, a hash, whole or short, `main~2` or `HEAD^`. */
  async resolve(ref: string): Promise<string> {
    const [, name, generations = ''] = /^(.+?)(?:~(\d*)|\^)$/.exec(ref) ?? [];
    if (name !== undefined) {
      const count = generations === '' ? 1 : Number(generations);
      return this.ancestor(await this.resolve(name), count, ref);
    }
    if (ref === 'HEAD' && this.#ownHead !== null) return this.resolve(this.#ownHead);
    const oid = await git
      .resolveRef({ fs, gitdir: this.#gitdir, ref })
      .catch(() => git.expandOid({ fs, gitdir: this.#gitdir, oid: ref }))
      .catch(() => {
        throw new UnknownRef(`'${ref}' is no branch, tag or commit of ${this.location}`);
      });
    // An annotated tag is an object of its own that points at its commit.
    return (await this.readCommit(oid)).oid;
  }

  /** When each of the files was last changed on the first-parent line of a commit. */
  async lastTouched(sha: string, paths: readonly string[]): Promise<Map<string, Date>> {
    const found = new Map<string, Date>();
    const sought = new Set(paths);
    let files = await this.blobs(sha);
    for (let here: string | undefined = sha; here !== undefined && sought.size > 0;) {
      const { commit } = await this.readCommit(here);
      const parent: string | undefined = commit.parent[0];
      const before = parent === undefined ? new Map<string, string>() : await this.blobs(parent);
      for (const file of sought) {
        if (files.get(file) === before.get(file)) continue;
        found.set(file, new Date(commit.committer.timestamp * 1000));
        sought.delete(file);
      }
      [here, files] = [parent, before];
    }
    return found;
  }

  /** The last commit of the branch's first-parent line before a moment. */
  async lastBefore(moment: Date): Promise<string> {
    let sha: string | undefined = await this.resolve(await this.branch());
    while (sha !== undefined) {
      const { commit } = await this.readCommit(sha);
      if (commit.committer.timestamp * 1000 < moment.getTime()) return sha;
      sha = commit.parent[0];
    }
    throw new UnknownRef(`${this.location} has no commit before ${moment.toISOString().slice(0, 10)}`);
  }

  private async ancestor(sha: string, generations: number, ref: string): Promise<string> {
    let here: string | undefined = sha;
    for (let left = generations; left > 0 && here !== undefined; left--)
      here = (await this.readCommit(here)).commit.parent[0];
    if (here === undefined)
      throw new UnknownRef(`'${ref}' goes back beyond the first commit of ${this.location}`);
    return here;
  }

  async mergeBase(one: string, other: string): Promise<string> {
    const [base] = (await git.findMergeBase({ fs, gitdir: this.#gitdir, oids: [one, other] })) as string[];
    if (base === undefined) throw new RepositoryError(`${one} and ${other} have no commit in common`);
    return base;
  }

  async commitsSince(since: string | null): Promise<Commit[] | null> {
    const found: Commit[] = [];
    let sha: string | null = await this.resolve(
      this.#remote ? `refs/remotes/origin/${await this.branch()}` : await this.branch(),
    );
    let tree = await this.folderTree(sha);
    while (sha !== null && sha !== since) {
      const { commit } = await this.readCommit(sha);
      const parent: string | null = commit.parent[0] ?? null;
      const parentTree = parent === null ? null : await this.folderTree(parent);
      if (tree !== parentTree) found.push(toCommit(sha, commit));
      [sha, tree] = [parent, parentTree];
    }
    return sha === null && since !== null ? null : found.reverse();
  }

  async read(sha: string, today: string): Promise<Reading> {
    return readDefinitions(await this.files(sha), today, this.#parsed);
  }

  /** The YAML files of the definitions' folder at a commit. Symbolic links and submodules are left out. */
  async files(sha: string): Promise<SourceFile[]> {
    const files: SourceFile[] = [];
    for (const [file, oid] of await this.blobs(sha)) files.push({ path: file, text: await this.text(oid) });
    return files;
  }

  /** Contents of the folder's YAML files, by path in order. */
  private async blobs(sha: string): Promise<Map<string, string>> {
    const root = await this.folderTree(sha);
    if (root === null) return new Map();
    const known = this.#trees.get(root);
    if (known) return known;
    const blobs: { path: string; oid: string }[] = [];
    const trees = [{ prefix: this.folder, oid: root }];
    for (let next = trees.pop(); next; next = trees.pop()) {
      const { tree } = await git.readTree({ fs, gitdir: this.#gitdir, oid: next.oid, cache: this.#objects });
      for (const entry of tree) {
        const place = next.prefix === '' ? entry.path : `${next.prefix}/${entry.path}`;
        if (entry.type === 'tree') trees.push({ prefix: place, oid: entry.oid });
        else if (entry.type === 'blob' && entry.mode !== '120000' && /\.ya?ml$/.test(entry.path))
          blobs.push({ path: place, oid: entry.oid });
      }
      if (blobs.length > MAX_FILES)
        throw new RepositoryError(`${this.folder} holds more than ${MAX_FILES} YAML files`);
    }
    const sorted = blobs.sort((a, b) => (a.path < b.path ? -1 : 1));
    const contents = new Map(sorted.map((blob) => [blob.path, blob.oid]));
    if (this.#trees.size >= MAX_TREES) this.#trees.clear();
    this.#trees.set(root, contents);
    return contents;
  }

  /** What folders hold, by the id of their tree; most commits leave the folder as it is. */
  readonly #trees = new Map<string, Map<string, string>>();

  readonly #texts = new Map<string, string>();

  private async text(oid: string): Promise<string> {
    const known = this.#texts.get(oid);
    if (known !== undefined) return known;
    const { blob } = await git.readBlob({ fs, gitdir: this.#gitdir, oid, cache: this.#objects });
    const text = Buffer.from(blob.subarray(0, MAX_FILE_BYTES + 1)).toString('utf8');
    if (this.#texts.size >= MAX_FILES) this.#texts.clear();
    this.#texts.set(oid, text);
    return text;
  }

  private async folderTree(sha: string): Promise<string | null> {
    const { commit } = await this.readCommit(sha);
    let oid: string = commit.tree;
    for (const part of this.folder === '' ? [] : this.folder.split('/')) {
      const { tree } = await git.readTree({ fs, gitdir: this.#gitdir, oid, cache: this.#objects });
      const entry = tree.find((each) => each.path === part && each.type === 'tree');
      if (!entry) return null;
      oid = entry.oid;
    }
    return oid;
  }

  private async readCommit(sha: string) {
    try {
      return await git.readCommit({ fs, gitdir: this.#gitdir, oid: sha, cache: this.#objects });
    } catch (error) {
      const hint = 'a shallow clone lacks older commits: fetch the whole history';
      throw new RepositoryError(`commit ${sha} cannot be read in ${this.location}; ${hint}`, {
        cause: error,
      });
    }
  }

  private async localHead(): Promise<string> {
    const branch =
      this.#ownHead === null
        ? await git.currentBranch({ fs, gitdir: this.#gitdir }).catch(() => undefined)
        : /^refs\/heads\/(.+)$/.exec(this.#ownHead)?.[1];
    if (!branch) throw new RepositoryError(`${this.location} has no current branch: set WEIR_BRANCH`);
    return branch;
  }

  private async remoteHead(): Promise<string> {
    const refs = await this.asking(() =>
      git.listServerRefs({ http, url: this.location, symrefs: true, prefix: 'HEAD', ...this.authentication }),
    );
    const target = refs.find((ref) => ref.ref === 'HEAD')?.target;
    if (!target) throw new RepositoryError(`${this.location} names no default branch: set WEIR_BRANCH`);
    return target.replace('refs/heads/', '');
  }

  private async fetch(branch: string): Promise<string> {
    const gitdir = this.#gitdir;
    await fs.promises.mkdir(gitdir, { recursive: true });
    await git.init({ fs, gitdir, bare: true, defaultBranch: branch });
    await git.addRemote({ fs, gitdir, remote: 'origin', url: this.location, force: true });
    const { fetchHead } = await this.asking(() =>
      git.fetch({
        fs,
        http,
        gitdir,
        remote: 'origin',
        ref: branch,
        singleBranch: true,
        tags: false,
        ...this.authentication,
      }),
    );
    if (!fetchHead) throw new RepositoryError(`${this.location} has no branch '${branch}'`);
    return fetchHead;
  }

  private get authentication() {
    const { token } = this.options;
    return token === null
      ? {}
      : {
          onAuth: () => ({ username: 'x-access-token', password: token }),
          onAuthFailure: () => ({ cancel: true }),
        };
  }

  private async asking<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new RepositoryError(`${withoutCredentials(this.location)} cannot be read: ${why}`, {
        cause: error,
      });
    }
  }
}

const withoutCredentials = (url: string): string => url.replace(/\/\/[^/@]*@/, '//');

const copyOf = ({ location, cacheDirectory }: GitSourceOptions): string =>
  path.join(cacheDirectory, createHash('sha256').update(location).digest('hex').slice(0, 16));

interface GitDirectory {
  readonly gitdir: string;
  readonly ownHead: string | null;
}

/** The git directory of a working copy, a submodule, a linked worktree or a bare repository. */
function gitdirOf(location: string): GitDirectory {
  const found = findGitDirectory(location);
  const config = readIfThere(path.join(found.gitdir, 'config')) ?? '';
  if (/^\s*objectformat\s*=\s*sha256\s*$/im.test(config)) {
    throw new RepositoryError(`${location} names its objects by SHA-256, which Weir cannot read: use SHA-1`);
  }
  return found;
}

function findGitDirectory(location: string): GitDirectory {
  const dotGit = path.join(location, '.git');
  const stat = fs.statSync(dotGit, { throwIfNoEntry: false });
  if (stat?.isDirectory()) return { gitdir: dotGit, ownHead: null };
  if (stat?.isFile()) {
    const pointed = fs.readFileSync(dotGit, 'utf8').replace(/^gitdir:\s*/, '');
    const own = path.resolve(location, pointed.trim());
    // A worktree has a HEAD of its own and shares everything else with the repository it belongs to.
    const common = readIfThere(path.join(own, 'commondir'));
    if (common === null) return { gitdir: own, ownHead: null };
    const head = readIfThere(path.join(own, 'HEAD')) ?? '';
    return { gitdir: path.resolve(own, common.trim()), ownHead: head.replace(/^ref:\s*/, '').trim() };
  }
  if (fs.existsSync(path.join(location, 'HEAD'))) return { gitdir: location, ownHead: null };
  throw new RepositoryError(`${location} is not a git repository: set WEIR_REPO to one, or run 'weir init'`);
}

const readIfThere = (file: string): string | null =>
  fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;

interface RawCommit {
  readonly message: string;
  readonly author: { name: string; email: string; timestamp: number };
  readonly committer: { timestamp: number };
  readonly gpgsig?: string | undefined;
}

const toCommit = (sha: string, commit: RawCommit): Commit => ({
  sha,
  author: { name: commit.author.name, email: commit.author.email },
  authoredAt: new Date(commit.author.timestamp * 1000),
  committedAt: new Date(commit.committer.timestamp * 1000),
  message: commit.message.trim(),
  pullRequest: pullRequestOf(commit.message),
  signature: commit.gpgsig === undefined ? 'none' : 'present',
});

/** `Merge pull request #12 …` (GitHub), `See merge request group/project!12` (GitLab), `… (#12)` (squash). */
function pullRequestOf(message: string): number | null {
  const found = /^Merge pull request #(\d+)|See merge request \S*!(\d+)|^.*\(#(\d+)\)\s*$/m.exec(message);
  const number = found?.[1] ?? found?.[2] ?? found?.[3];
  return number === undefined ? null : Number(number);
}
