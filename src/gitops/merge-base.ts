import type { ParsedCommit } from './objects/parse.js';

/** What a commit is an ancestor of, itself included: one side, the other, or both. */
const ONE = 1;
const OTHER = 2;
const BOTH = ONE | OTHER;

/** What is known of a commit that was met. */
interface Met {
  readonly at: number;
  readonly parents: readonly string[];
  sides: number;
  /** Behind a commit that both sides have. */
  isStale: boolean;
}

/**
 * The newest commits that two have in common, of which none is an ancestor of another, as `git merge-base --all` names them: from
 * both sides back, newest first, until whatever is left lies behind what was found. Dates only make it quick: they may be wrong.
 * @param commitOf with no parents where the history, or a shallow copy of it, begins
 * @param breathe asked for now and then
 */
export async function mergeBases(
  one: string,
  other: string,
  commitOf: (sha: string) => Pick<ParsedCommit, 'parents' | 'committer'>,
  breathe: () => Promise<void>,
): Promise<string[]> {
  const met = new Map<string, Met>();
  const open = new Set<string>();
  const meet = (sha: string, sides: number, isStale: boolean): void => {
    let found = met.get(sha);
    if (!found) {
      const { parents, committer } = commitOf(sha);
      met.set(sha, (found = { at: committer.at.getTime(), parents, sides: 0, isStale: false }));
    }
    if ((found.sides | sides) === found.sides && (found.isStale || !isStale)) return;
    found.sides |= sides;
    found.isStale ||= isStale;
    open.add(sha);
  };
  meet(one, ONE, false);
  meet(other, OTHER, false);
  const found = new Set<string>();
  const newest = (): string | undefined => {
    let best: string | undefined;
    // Of several that were found one may lie behind another, which only the rest of the way tells.
    let isWorthIt = found.size > 1;
    for (const sha of open) {
      isWorthIt ||= met.get(sha)?.isStale === false;
      if (best === undefined || (met.get(sha)?.at ?? 0) > (met.get(best)?.at ?? 0)) best = sha;
    }
    return isWorthIt ? best : undefined;
  };
  for (let sha = newest(), seen = 1; sha !== undefined; sha = newest(), seen++) {
    open.delete(sha);
    const { parents, sides, isStale } = met.get(sha) ?? { parents: [], sides: 0, isStale: true };
    if (sides === BOTH && !isStale) found.add(sha);
    for (const parent of parents) meet(parent, sides, isStale || sides === BOTH);
    if (seen % 200 === 0) await breathe();
  }
  return [...found].filter((sha) => met.get(sha)?.isStale === false);
}
