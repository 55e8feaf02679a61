import type { ParsedCommit } from './objects/parse.js';

/** More of a history is not looked through to leave a branch out of a list. */
const MOST_COMMITS = 5_000;
/** Clocks of machines differ. */
const SLACK_MS = 86_400_000;

/**
 * Which of these commits are a commit or come before it: from it back, newest first, until all that is left is older than the oldest
 * of them. Where a clock was off by more than a day, or after `MOST_COMMITS`, one that does may not be found.
 * @param sought commits that are at hand
 * @param commitOf with no parents where the history, or a shallow copy of it, begins
 * @param breathe asked for now and then
 */
export async function behind(
  head: string,
  sought: ReadonlySet<string>,
  commitOf: (sha: string) => Pick<ParsedCommit, 'parents' | 'committer'>,
  breathe: () => Promise<void>,
): Promise<Set<string>> {
  const dateOf = (sha: string): number => commitOf(sha).committer.at.getTime();
  const oldest = Math.min(...Array.from(sought, dateOf)) - SLACK_MS;
  const found = new Set<string>();
  const met = new Set([head]);
  const open = new Map([[head, dateOf(head)]]);
  for (let seen = 1; seen <= MOST_COMMITS && found.size < sought.size; seen++) {
    let newest: readonly [sha: string, at: number] | undefined;
    for (const each of open) if (newest === undefined || each[1] > newest[1]) newest = each;
    if (newest === undefined || newest[1] < oldest) break;
    const [sha] = newest;
    open.delete(sha);
    if (sought.has(sha)) found.add(sha);
    for (const parent of commitOf(sha).parents) {
      if (!met.has(parent)) open.set(parent, dateOf(parent));
      met.add(parent);
    }
    if (seen % 200 === 0) await breathe();
  }
  return found;
}
