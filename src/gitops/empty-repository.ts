import fs from 'node:fs';
import git from 'isomorphic-git';

const author = { name: 'Weir', email: 'weir@weir.invalid' };

/** A repository with one commit and no files at `dir`, unless there is one already. */
export async function emptyRepository(dir: string): Promise<void> {
  if (await git.resolveRef({ fs, dir, ref: 'HEAD' }).catch(() => null)) return;
  await fs.promises.mkdir(dir, { recursive: true });
  await git.init({ fs, dir, defaultBranch: 'main' });
  await git.commit({ fs, dir, message: 'Begin', author });
}
