import fs from 'node:fs';
import git from 'isomorphic-git';
import { GitSource, type GitSourceOptions } from './git-source.js';

/** A repository as it stood at a moment: what its branch got afterwards is not there yet. */
export class PastSource extends GitSource {
  constructor(
    options: GitSourceOptions,
    private readonly now: () => Date,
  ) {
    super(options);
  }

  override async refresh(): Promise<string> {
    const { gitdir } = this;
    for (let oid = await super.refresh(); ;) {
      const { commit } = await git.readCommit({ fs, gitdir, oid });
      const [parent] = commit.parent;
      if (parent === undefined || commit.committer.timestamp * 1_000 <= this.now().getTime()) return oid;
      oid = parent;
    }
  }
}
