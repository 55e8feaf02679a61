import { KnownFiles, nameOf } from '../domain/workflow/known-files.js';
import { type BaseDefinition, unreadableFiles } from '../domain/workflow/plan.js';
import type { Definition, Reading } from '../domain/workflow/reading.js';
import type { GitSource } from './git-source.js';

/** What has been wrong for longer than so many commits counts as never right: nobody waits for it any more. */
const LOOKED_BACK_COMMITS = 200;

/**
 * What the sync serves at a commit, as far as its first-parent history tells: of what is wrong there, what was said last when
 * it was right; with `onBadFile: commit` everything as it was when nothing was wrong.
 * @param reading what the files say at that commit
 */
export async function servedAt(
  source: GitSource,
  sha: string,
  reading: Reading,
  today: string,
): Promise<BaseDefinition[]> {
  const served = new Map(validOf(reading).map((each) => [nameOf(each), each]));
  const open = unreadableFiles(reading.problems);
  if (open.size === 0) return [...served.values()];
  const holdsAll = reading.policy.onBadFile === 'commit';
  const known = new KnownFiles();
  let { context } = await source.read(known, null, { from: null, to: sha, today });
  const isDone = () => (holdsAll ? known.wrong.size === 0 : open.size === 0);
  let here = sha;
  for (let seen = 0; seen < LOOKED_BACK_COMMITS && !isDone(); seen++) {
    const before = source.parentOf(here);
    if (before === null) break;
    const step = await source.read(known, context, { from: here, to: before, today });
    if (holdsAll) for (const each of step.names) served.delete(nameOf(each));
    for (const each of validOf(step))
      if (holdsAll || (open.has(each.file) && !served.has(nameOf(each)))) served.set(nameOf(each), each);
    for (const file of open) {
      const now = known.get(file);
      // Before a file came, nothing of it was served.
      if (!now || unreadableFiles(now.problems).size === 0) open.delete(file);
    }
    context = step.context;
    here = before;
  }
  return [...served.values()];
}

const validOf = ({ definitions }: Reading): BaseDefinition[] =>
  definitions.flatMap((each) => (each.valid ? asBase(each) : []));

const asBase = ({ kind, key, file, hash, meaning }: Definition): BaseDefinition[] =>
  meaning && hash !== null ? [{ kind, key, file, hash, meaning, retired: false }] : [];
