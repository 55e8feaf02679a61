import path from 'node:path';
import { groupsBy } from '../domain/groups.js';

/** Contents by path. */
export type Texts = ReadonlyMap<string, string>;

/** Below this share of lines in common one file is another, not the same elsewhere: what git takes where it is not told otherwise. */
const LIKENESS = 0.5;

/** So many pairs are compared line by line; where there are more, only files that were moved as they are are followed. */
const MAX_PAIRS = 100_000;

/** A file, counted by its lines. */
interface Counted {
  readonly path: string;
  readonly characters: number;
  readonly lines: ReadonlyMap<string, number>;
}
interface Pair {
  readonly from: string;
  readonly to: string;
  readonly likeness: number;
}

/**
 * Files that are gone and stand in a new place, by where they stood: first those that say the same word for word, then, most alike
 * first, those of which at least half is the same, as git follows them (gitdiffcore, "Detecting renames").
 */
export function renames(old: Texts, now: Texts): Map<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const take = ({ from, to }: Pair): void => {
    if (found.has(from) || taken.has(to)) return;
    found.set(from, to);
    taken.add(to);
  };
  const gone = [...old].filter(([place]) => !now.has(place));
  const added = [...now].filter(([place]) => !old.has(place));
  const byText = groupsBy(added, ([, text]) => text);
  const equal = gone.flatMap(([from, text]) =>
    (byText.get(text) ?? []).map(([to]): Pair => ({ from, to, likeness: 1 })),
  );
  for (const pair of sorted(equal)) take(pair);
  const left = gone.filter(([place]) => !found.has(place)).map(counted);
  const free = added.filter(([place]) => !taken.has(place)).map(counted);
  if (left.length * free.length > MAX_PAIRS) return found;
  const pairs = left.flatMap((from) =>
    free.map((to): Pair => ({ from: from.path, to: to.path, likeness: likenessOf(from, to) })),
  );
  for (const pair of sorted(pairs.filter(({ likeness }) => likeness >= LIKENESS))) take(pair);
  return found;
}

/** Most alike first; of equals those that keep their name. */
const sorted = (pairs: readonly Pair[]): Pair[] =>
  pairs.toSorted(
    (one, other) =>
      other.likeness - one.likeness ||
      Number(keepsName(other)) - Number(keepsName(one)) ||
      compare(one, other),
  );
const keepsName = ({ from, to }: Pair): boolean => path.basename(from) === path.basename(to);
const compare = (one: Pair, other: Pair): number =>
  one.from === other.from ? order(one.to, other.to) : order(one.from, other.from);
const order = (one: string, other: string): number => (one < other ? -1 : 1);

function counted([place, text]: readonly [string, string]): Counted {
  const lines = new Map<string, number>();
  for (const line of text.split(/(?<=\n)/)) lines.set(line, (lines.get(line) ?? 0) + 1);
  return { path: place, characters: text.length, lines };
}

/** The share of the longer one's characters that stands in lines which both have. */
function likenessOf(one: Counted, other: Counted): number {
  const [shorter, longer] = one.lines.size < other.lines.size ? [one, other] : [other, one];
  let common = 0;
  for (const [line, count] of shorter.lines)
    common += line.length * Math.min(count, longer.lines.get(line) ?? 0);
  return common / Math.max(one.characters, other.characters, 1);
}
