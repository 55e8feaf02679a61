import fs from 'node:fs';
import path from 'node:path';
import { RepositoryError } from './repository-error.js';

export interface GitDirectory {
  readonly gitdir: string;
  /** The HEAD of a linked worktree, which is its own; null where the repository's HEAD is meant. */
  readonly ownHead: string | null;
}

/** The git directory of a working copy, a submodule, a linked worktree or a bare repository. */
export function gitdirOf(location: string): GitDirectory {
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

export const readIfThere = (file: string): string | null =>
  fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
