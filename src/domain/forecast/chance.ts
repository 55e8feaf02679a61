/**
 * Numbers from 0 to 1 that depend only on seed, name and run: a step draws the same in run 17 whether or not another
 * step has been taken out, so that two forecasts differ by what was changed and not by luck (common random numbers).
 */
export type Stream = readonly [number, number];

/** Two 32-bit hashes of the name (FNV-1a, Fowler, Noll and Vo), stirred with the seed. */
export function streamOf(seed: number, name: string): Stream {
  let [one, other] = [0x811c9dc5 ^ seed, 0xc9dc5118 ^ Math.floor(seed / 2 ** 32)];
  for (let at = 0; at < name.length; at++) {
    one = Math.imul(one ^ name.charCodeAt(at), 0x01000193);
    other = Math.imul(other ^ name.charCodeAt(at), 0x01000193);
  }
  return [stirred(one), stirred(other ^ 0x9e3779b9)];
}

/** The final stirring of MurmurHash3 (Appleby 2011) over the run and both halves of the stream; never 0 or 1. */
export function chance([one, other]: Stream, run: number): number {
  return (stirred(Math.imul(stirred(run ^ one), 0x9e3779b1) ^ other) + 0.5) / 2 ** 32;
}

function stirred(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
