import fs from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import git from 'isomorphic-git';
import {
  type CheckpointLog,
  CheckpointsRewritten,
  type PublishedCheckpoint,
  type StoredCheckpoint,
} from '../application/audit-ports.js';
import type { GitSource } from './git-source.js';
import { COMMITTER } from './propose.js';
import { UnknownRef } from './repository-error.js';

/** A name of its own: no branch, so that nobody merges it, and no clone brings it unasked. */
export const AUDIT_REF = 'refs/weir/audit';
/** The only file; each commit holds one checkpoint. */
const FILE = 'checkpoint.jws';
/** So many commits are read before others who wait for this process get a turn. */
const COMMITS_AT_A_TIME = 200;

/** Checkpoints as commits on a name of their own, one after the other. */
export class GitCheckpointLog implements CheckpointLog {
  constructor(private readonly source: GitSource) {}

  async read(): Promise<PublishedCheckpoint[]> {
    const found: PublishedCheckpoint[] = [];
    for (let commit = await this.head(); commit !== null; commit = this.source.parentOf(commit)) {
      found.push({ commit, token: (this.source.fileAt(commit, FILE) ?? '').trim() });
      if (found.length % COMMITS_AT_A_TIME === 0) await setImmediate();
    }
    return found.reverse();
  }

  async append(after: string | null, checkpoints: readonly StoredCheckpoint[]): Promise<string[]> {
    await this.source.refresh();
    const head = await this.head();
    const commits: string[] = [];
    for (const each of checkpoints) commits.push(await this.commit(commits.at(-1) ?? after, each));
    if (head !== after && (head === null || !commits.includes(head)))
      throw new CheckpointsRewritten(
        `${AUDIT_REF} is at ${head ?? 'nothing'}, and ${after ?? 'nothing'} was published last: somebody has changed it`,
      );
    const last = commits.at(-1);
    if (last !== undefined && last !== head) await this.source.advance(AUDIT_REF, last);
    return commits;
  }

  private head(): Promise<string | null> {
    return this.source.bring(AUDIT_REF).catch((error: unknown) => {
      if (error instanceof UnknownRef) return null;
      throw error;
    });
  }

  /** Of nothing but the checkpoint and the one before, so that it is the same whoever makes it. */
  private async commit(parent: string | null, { position, token, at }: StoredCheckpoint): Promise<string> {
    const { gitdir } = this.source;
    const oid = await git.writeBlob({ fs, gitdir, blob: Buffer.from(`${token}\n`) });
    const tree = await git.writeTree({
      ...{ fs, gitdir },
      tree: [{ mode: '100644', path: FILE, oid, type: 'blob' }],
    });
    const by = { ...COMMITTER, timestamp: Math.floor(at.getTime() / 1_000), timezoneOffset: 0 };
    const message = `audit: checkpoint at position ${position}\n`;
    const commit = { tree, parent: parent === null ? [] : [parent], author: by, committer: by, message };
    return git.writeCommit({ fs, gitdir, commit });
  }
}
