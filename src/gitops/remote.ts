import fs from 'node:fs';
import path from 'node:path';
import git from 'isomorphic-git';
import { fetchPack, NotGiven } from './fetch-pack.js';
import { limitedHttp as http } from './http-client.js';
import { currentCopy, renewCopy } from './copies.js';
import { DamagedObject } from './objects/delta.js';
import { TooLarge } from './objects/index-pack.js';
import { Objects } from './objects/objects.js';
import { PushRefused, RepositoryError, UnknownRef } from './repository-error.js';

/** Each fetch leaves a pack behind, and each pack is looked into for each object: with more, the copy is made anew. */
const MAX_PACKS = 100;

/** Names that a host is told of; most of a repository's history is behind a few of them. */
const MAX_HAVES = 64;

/** Where the copy keeps what is no branch that is read. */
const KEPT_REFS = 'refs/weir/';

/** What is under way in each copy, whoever in this process has it open. */
const turns = new Map<string, Promise<unknown>>();

/** What the library says of a push that did not succeed. */
interface PushData {
  readonly statusCode?: number;
  readonly result?: { readonly refs?: Readonly<Record<string, { readonly error?: string }>> };
}

/** The copy of a repository behind HTTP(S), and how it is kept up to date. */
export class Remote {
  /** What was read of the copy did not have the name that it had. */
  #isDamaged = false;

  #gitdir: string;

  /** @param base where the copy is kept, and beside it those that were made anew */
  constructor(
    private readonly url: string,
    private readonly base: string,
    private readonly token: string | null,
    private readonly objects: Objects,
  ) {
    this.#gitdir = currentCopy(base);
  }

  get gitdir(): string {
    return this.#gitdir;
  }

  /** The name under which the head of a branch is kept in the copy. */
  static ref(branch: string): string {
    return `refs/remotes/origin/${branch}`;
  }

  /** The copy cannot be trusted any more; it is made anew with the next fetch. */
  distrust(): void {
    this.#isDamaged = true;
  }

  async defaultBranch(): Promise<string> {
    const refs = await this.ask((options) =>
      git.listServerRefs({ ...options, url: this.url, symrefs: true, prefix: 'HEAD' }),
    );
    const target = refs.find((ref) => ref.ref === 'HEAD')?.target;
    if (!target)
      throw new RepositoryError(`${withoutCredentials(this.url)} names no default branch: set WEIR_BRANCH`);
    return target.replace('refs/heads/', '');
  }

  /** Brings something that is no branch of ours, such as the head of a pull request. @returns its commit */
  async fetchRef(ref: string): Promise<string> {
    const oid = await this.objectAt(ref);
    if (oid === null) throw new UnknownRef(`${withoutCredentials(this.url)} has no '${ref}'`);
    return this.fetchObject(oid, ref.replace(/^refs\//, ''));
  }

  private fetchObject(oid: string, name: string): Promise<string> {
    return this.alone(async () => {
      await this.prepare('main');
      return this.bring(oid, KEPT_REFS + name);
    });
  }

  /**
   * Brings what a name stands for at the host: a branch, then a tag, `HEAD`, a whole name such as `refs/pull/12/head`, or a hash.
   * What a clone calls `origin/main` is the branch itself there.
   * @returns the name of the object; null where the host knows no such name
   */
  async bringNamed(name: string): Promise<string | null> {
    if (/^[0-9a-f]{40}$/.test(name)) return this.objects.read(name) ? name : this.bringHash(name);
    const isWhole = name === 'HEAD' || name.startsWith('refs/');
    const bare = name.replace(/^(refs\/remotes\/)?origin\//, '');
    const names = [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`, `refs/heads/${bare}`];
    for (const ref of isWhole && bare === name ? [name] : new Set(names)) {
      const oid = await this.objectAt(ref);
      if (oid !== null)
        return this.objects.read(oid) ? oid : this.fetchObject(oid, ref.replace(/^refs\//, ''));
    }
    return null;
  }

  /** A host that does not have it says so; one that does not answer has said nothing. */
  private bringHash(sha: string): Promise<string | null> {
    return this.fetchObject(sha, `commits/${sha}`).catch((error: unknown) => {
      if (error instanceof RepositoryError && error.cause instanceof NotGiven) return null;
      throw error;
    });
  }

  /** The head of a branch at the host; null where there is none. */
  headOf(branch: string): Promise<string | null> {
    return this.objectAt(`refs/heads/${branch}`);
  }

  private async objectAt(ref: string): Promise<string | null> {
    const refs = await this.ask((options) =>
      git.listServerRefs({ ...options, url: this.url, prefix: ref, protocolVersion: 2 }),
    );
    return refs.find((each) => each.ref === ref)?.oid ?? null;
  }

  /** The branches at the host and their commits. */
  async heads(): Promise<Map<string, string>> {
    const prefix = 'refs/heads/';
    const refs = await this.ask((options) =>
      git.listServerRefs({ ...options, url: this.url, prefix, protocolVersion: 2 }),
    );
    return new Map(refs.map(({ ref, oid }) => [ref.slice(prefix.length), oid]));
  }

  /**
   * Makes a name at the host stand for a commit that the copy has, and that comes after what it stood for.
   * @param remoteRef the whole name, such as `refs/heads/main`
   * @param known a branch of which the host has everything, so that only what is new is sent
   * @throws PushRefused
   */
  push(remoteRef: string, sha: string, known: string): Promise<void> {
    return this.alone(async () => {
      const { gitdir } = this;
      const ref = `${KEPT_REFS}pushed/${remoteRef}`;
      await git.writeRef({ fs, gitdir, ref, value: sha, force: true });
      const head = { ref: Remote.ref('HEAD'), value: Remote.ref(known), symbolic: true };
      await git.writeRef({ fs, gitdir, ...head, force: true });
      try {
        await git.push({ ...this.asking, fs, gitdir, remote: 'origin', url: this.url, ref, remoteRef });
      } catch (error) {
        throw this.explainPush(error);
      } finally {
        await git.deleteRef({ fs, gitdir, ref });
      }
    });
  }

  /** A host that says no is no fault; one that cannot be reached is. */
  private explainPush(error: unknown): Error {
    const { code, data, message } = error as { code?: string; data?: PushData; message: string };
    const status = data?.statusCode;
    const isNo =
      code === 'GitPushError' ||
      code === 'PushRejectedError' ||
      code === 'UserCanceledError' ||
      (code === 'HttpError' && status !== undefined && status >= 400 && status < 500);
    if (!isNo)
      return new RepositoryError(
        `${withoutCredentials(this.url)} cannot be written: ${message}`,
        { cause: error },
        'retry',
      );
    const why =
      code === 'UserCanceledError' || status === 401 || status === 403
        ? 'the token of WEIR_REPO_TOKEN may not push'
        : (Object.values(data?.result?.refs ?? {}).flatMap((each) => each.error ?? [])[0] ?? message);
    return new PushRefused(why.trim(), { cause: error });
  }

  /**
   * Brings what is new of the branch. Its head is asked for by its whole name, so that a tag of the same name changes nothing.
   * @returns the head of the branch
   */
  fetch(branch: string): Promise<string> {
    return this.alone(async () => {
      const head = await this.headOf(branch);
      if (head === null) throw new UnknownRef(`${withoutCredentials(this.url)} has no branch '${branch}'`);
      if (this.#isDamaged || this.packs() > MAX_PACKS) return this.renew(branch, head);
      if ((await this.whole(Remote.ref(branch))) === head) return head;
      await this.prepare(branch);
      return this.bring(head, Remote.ref(branch));
    });
  }

  private async renew(branch: string, head: string): Promise<string> {
    await renewCopy(this.base, async (draft) => {
      await this.prepare(branch, draft);
      return this.bring(head, Remote.ref(branch), draft);
    });
    this.follow();
    return head;
  }

  /** Goes on with the copy that is read now, whoever made it. */
  private follow(): void {
    const current = currentCopy(this.base);
    if (current === this.#gitdir) return;
    this.objects.moveTo(current, !this.#isDamaged);
    this.#gitdir = current;
    this.#isDamaged = false;
  }

  private async prepare(branch: string, gitdir = this.gitdir): Promise<void> {
    await fs.promises.mkdir(gitdir, { recursive: true });
    await git.init({ fs, gitdir, bare: true, defaultBranch: branch });
    await git.addRemote({ fs, gitdir, remote: 'origin', url: this.url, force: true });
  }

  /** @returns the object, which the copy keeps under a name of its own */
  private async bring(want: string, ref: string, gitdir = this.gitdir): Promise<string> {
    const { url, token } = this;
    const haves = gitdir === this.gitdir ? await this.haves() : [];
    await this.told(fetchPack({ url, token, gitdir, want, haves }));
    if (!this.has(want, gitdir)) throw new RepositoryError(`${withoutCredentials(this.url)} sent no ${want}`);
    await git.writeRef({ fs, gitdir, ref, value: want, force: true });
    return want;
  }

  private has(oid: string, gitdir: string): boolean {
    const objects = gitdir === this.gitdir ? this.objects : new Objects(gitdir);
    try {
      return objects.read(oid) !== null;
    } catch (error) {
      if (!(error instanceof DamagedObject)) throw error;
      this.distrust();
      const message = `the copy of ${withoutCredentials(this.url)} is damaged: ${error.message}`;
      throw new RepositoryError(message, { cause: error }, 'anew');
    } finally {
      if (objects !== this.objects) objects.close();
    }
  }

  /** What names of the copy stand for, so that only what is new is sent. */
  private async haves(): Promise<string[]> {
    const { gitdir } = this;
    const names = [
      ...(await git.listBranches({ fs, gitdir, remote: 'origin' })).map((each) => Remote.ref(each)),
      ...(await git.listRefs({ fs, gitdir, filepath: KEPT_REFS.slice(0, -1) })).map(
        (each) => KEPT_REFS + each,
      ),
    ];
    const found = new Set<string>();
    for (const ref of names.slice(0, MAX_HAVES)) {
      const oid = await this.whole(ref);
      if (oid !== null) found.add(oid);
    }
    return [...found];
  }

  /** Whoever writes does so one after the other. Those who read are not kept waiting: nothing is taken away from under them. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = (turns.get(this.base) ?? Promise.resolve()).then(() => {
      this.follow();
      return work();
    });
    turns.set(
      this.base,
      mine.catch(() => undefined),
    );
    return mine;
  }

  /** What a name of the copy stands for; null where that is not there, as after a fetch that was cut off, or is damaged. */
  private async whole(ref: string): Promise<string | null> {
    const { gitdir } = this;
    try {
      const oid = await git.resolveRef({ fs, gitdir, ref });
      return this.objects.read(oid) && oid;
    } catch {
      return null;
    }
  }

  private packs(): number {
    const folder = path.join(this.gitdir, 'objects', 'pack');
    return fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.pack')).length : 0;
  }

  private get asking(): Asking {
    const { token } = this;
    return token === null
      ? { http }
      : {
          http,
          onAuth: () => ({ username: 'x-access-token', password: token }),
          onAuthFailure: () => ({ cancel: true }),
        };
  }

  private ask<T>(ask: (options: Asking) => Promise<T>): Promise<T> {
    return this.told(ask(this.asking));
  }

  /** Whatever goes wrong while a host is asked names the host. */
  private async told<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = withoutCredentials(`${this.url} cannot be read: ${why}`);
      throw new RepositoryError(message, { cause: error }, error instanceof TooLarge ? 'human' : 'retry');
    }
  }
}

type Asking = Pick<Parameters<typeof git.listServerRefs>[0], 'http' | 'onAuth' | 'onAuthFailure'>;

export const withoutCredentials = (url: string): string => url.replace(/\/\/[^/@\s]*@/g, '//');
