import { type KnownFiles, nameOf } from '../domain/workflow/known-files.js';
import { type BaseDefinition, unreadableFiles } from '../domain/workflow/plan.js';
import type { Reading, ReadStep } from '../domain/workflow/reading.js';
import type { GitSource } from './git-source.js';

/** What has been wrong for longer than so many commits counts as never right: nobody waits for it any more. */
const LOOKED_BACK_COMMITS = 200;

/** What is known of the files at a commit, and how they were read. */
export interface ReadAt {
  readonly sha: string;
  /** Goes back in the history with what is looked for. */
  readonly known: KnownFiles;
  readonly step: ReadStep;
}

/**
 * What the sync serves of what was read at a commit, as far as its first-parent history tells: of what is wrong there, what was
 * said last when it was right; with `onBadFile: commit` everything as it was when nothing was wrong.
 * @param isSought whether anybody asks for what a wrong file defined
 */
export async function servedAt(
  source: GitSource,
  { sha, known, step }: ReadAt,
  today: string,
  isSought: (file: string) => boolean = () => true,
): Promise<BaseDefinition[]> {
  const served = new Map(validOf(step).map((each) => [nameOf(each), each]));
  const holdsAll = step.policy.onBadFile === 'commit';
  const open = new Set([...unreadableFiles(step.problems)].filter(isSought));
  const isDone = () => (holdsAll ? known.wrong.size === 0 : open.size === 0);
  let [here, { context }] = [sha, step];
  for (let seen = 0; seen < LOOKED_BACK_COMMITS && !isDone(); seen++) {
    const to = source.parentOf(here);
    if (to === null) break;
    const before = await source.read(known, context, { from: here, to, today });
    if (holdsAll) for (const each of before.names) served.delete(nameOf(each));
    for (const each of validOf(before))
      if (holdsAll || (open.has(each.file) && !served.has(nameOf(each)))) served.set(nameOf(each), each);
    for (const file of open) {
      const was = known.get(file);
      // Before a file came, nothing of it was served.
      if (!was || unreadableFiles(was.problems).size === 0) open.delete(file);
    }
    [here, context] = [to, before.context];
  }
  return [...served.values()];
}

const validOf = ({ definitions }: Reading): BaseDefinition[] =>
  definitions.flatMap(({ kind, key, file, hash, meaning, valid }) =>
    valid && meaning && hash !== null ? [{ kind, key, file, hash, meaning, retired: false }] : [],
  );
