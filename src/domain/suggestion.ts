import { distance } from 'fastest-levenshtein';

/** The candidate nearest to the word by edit distance, when near enough to be a likely slip of the pen. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3))) + 1;
  for (const candidate of candidates) {
    const here = distance(word.toLowerCase(), candidate.toLowerCase());
    if (here < bestDistance) [best, bestDistance] = [candidate, here];
  }
  return best;
}
