import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finish } from './programs.js';

/** Commits whose schema is short of the last migration, the newest first; none where the history does not reach there. */
export async function findFormer(previous) {
  if (previous !== undefined) return [{ commit: previous, migration: 'what came since' }];
  const folder = 'src/persistence/migrations';
  const files = (await git('ls-tree', '--name-only', 'HEAD', `${folder}/`)).split('\n').sort();
  const added = await git('log', '--format=%H', '--diff-filter=A', '--', files.at(-1));
  const commits = await git('rev-list', '--first-parent', `--max-count=${MOST_TRIED}`, `${added}^`).catch(
    () => '',
  );
  return commits
    .split('\n')
    .filter(Boolean)
    .map((commit) => ({ commit, migration: path.basename(files.at(-1)) }));
}

/** A commit in the middle of some work may not start; of so many one does. */
const MOST_TRIED = 4;

const git = async (...args) => (await finish('git', args)).trim();
/** The tree of a commit; without one what git knows of the working tree, with what is not committed yet. */
export const treeOf = async (commit) =>
  git('rev-parse', `${commit ?? ((await git('stash', 'create')) || 'HEAD')}^{tree}`);

/** Commits files of definitions to a repository, which is made where there is none. */
export async function commitDefinitions(repository, files) {
  const at = (...args) =>
    finish('git', ['-C', repository, '-c', 'user.name=Drill', '-c', 'user.email=drill@example.com', ...args]);
  await at('init', '--quiet', '--initial-branch', 'main');
  for (const [name, text] of Object.entries(files))
    await writeFile(path.join(repository, 'workflows', name), text);
  await at('add', '--all');
  await at('commit', '--quiet', '--message', `Add ${Object.keys(files).join(', ')}`);
}
