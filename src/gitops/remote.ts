import fs from 'node:fs';
import path from 'node:path';
import git from 'isomorphic-git';
import { limitedHttp as http } from './http-client.js';
import { RepositoryError, UnknownRef } from './repository-error.js';

/** Each fetch leaves a pack behind, and each pack is looked into for each object: with more, the copy is made anew. */
const MAX_PACKS = 100;

/** The copy of a repository behind HTTP(S), and how it is kept up to date. */
export class Remote {
  /** What was read of the copy did not have the name that it had. */
  #isDamaged = false;

  constructor(
    private readonly url: string,
    private readonly gitdir: string,
    private readonly token: string | null,
  ) {}

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

  /**
   * Brings what is new of the branch. Its head is asked for by its whole name, so that a tag of the same name changes nothing.
   * @returns the head of the branch
   */
  async fetch(branch: string): Promise<string> {
    const head = await this.head(branch);
    if (this.#isDamaged || this.packs() > MAX_PACKS) await fs.promises.rm(this.gitdir, { recursive: true });
    this.#isDamaged = false;
    if ((await this.known(branch)) === head) return head;
    const { gitdir } = this;
    await fs.promises.mkdir(gitdir, { recursive: true });
    await git.init({ fs, gitdir, bare: true, defaultBranch: branch });
    await git.addRemote({ fs, gitdir, remote: 'origin', url: this.url, force: true });
    const { fetchHead } = await this.ask((options) =>
      git.fetch({
        ...options,
        fs,
        gitdir,
        remote: 'origin',
        ref: branch,
        remoteRef: `refs/heads/${branch}`,
        singleBranch: true,
        tags: false,
      }),
    );
    if (!fetchHead) throw new RepositoryError(`${withoutCredentials(this.url)} sent no head of '${branch}'`);
    await git.writeRef({ fs, gitdir, ref: Remote.ref(branch), value: fetchHead, force: true });
    return fetchHead;
  }

  private async head(branch: string): Promise<string> {
    const ref = `refs/heads/${branch}`;
    const refs = await this.ask((options) =>
      git.listServerRefs({ ...options, url: this.url, prefix: ref, protocolVersion: 2 }),
    );
    const found = refs.find((each) => each.ref === ref);
    if (!found) throw new UnknownRef(`${withoutCredentials(this.url)} has no branch '${branch}'`);
    return found.oid;
  }

  /** The head that the copy has, with its commit; a fetch that was cut off may have left a name without one. */
  private async known(branch: string): Promise<string | null> {
    const { gitdir } = this;
    try {
      const oid = await git.resolveRef({ fs, gitdir, ref: Remote.ref(branch) });
      await git.readCommit({ fs, gitdir, oid });
      return oid;
    } catch {
      return null;
    }
  }

  private packs(): number {
    const folder = path.join(this.gitdir, 'objects', 'pack');
    return fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.pack')).length : 0;
  }

  private async ask<T>(ask: (options: Asking) => Promise<T>): Promise<T> {
    const { token } = this;
    const authentication =
      token === null
        ? {}
        : {
            onAuth: () => ({ username: 'x-access-token', password: token }),
            onAuthFailure: () => ({ cancel: true }),
          };
    try {
      return await ask({ http, ...authentication });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `${withoutCredentials(this.url)} cannot be read: ${why}`;
      throw new RepositoryError(message, { cause: error }, 'retry');
    }
  }
}

type Asking = Pick<Parameters<typeof git.listServerRefs>[0], 'http' | 'onAuth' | 'onAuthFailure'>;

export const withoutCredentials = (url: string): string => url.replace(/\/\/[^/@]*@/, '//');
