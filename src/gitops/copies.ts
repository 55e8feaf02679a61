import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** What a process that died was making is taken away by whoever comes later than that. */
const ABANDONED_MS = 86_400_000;

/**
 * The copy of a remote that is read now: `<base>`, or `<base>.<n>` once it was made anew. A new one is put beside the old, which is
 * there until the next: who reads it reads on, in this process and in others.
 */
export function currentCopy(base: string): string {
  const newest = numbers(base).at(-1) ?? 0;
  return newest === 0 ? base : `${base}.${newest}`;
}

/** Makes a copy where nobody looks, and puts it in the place of the current one in one step. @returns what making it returned */
export async function renewCopy<T>(base: string, make: (draft: string) => Promise<T>): Promise<T> {
  const current = numbers(base).at(-1) ?? 0;
  const draft = await mkdtemp(`${base}.draft-`);
  try {
    const made = await make(draft);
    await rename(draft, `${base}.${current + 1}`);
    await removeOld(base, current);
    return made;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** The numbers of the copies that there are, in order; that of `<base>` is 0. */
function numbers(base: string): number[] {
  const suffixes = besides(base).map((name) => name.slice(path.basename(base).length + 1));
  const found = suffixes.filter((suffix) => /^\d+$/.test(suffix)).map(Number);
  return [...(existsSync(base) ? [0] : []), ...found].sort((one, other) => one - other);
}

const besides = (base: string): string[] =>
  existsSync(path.dirname(base))
    ? readdirSync(path.dirname(base)).filter((name) => name.startsWith(`${path.basename(base)}.`))
    : [];

/** All but the copies from this number on. */
async function removeOld(base: string, from: number): Promise<void> {
  const remove = (place: string) => rm(place, { recursive: true, force: true });
  for (const number of numbers(base).filter((each) => each < from))
    await remove(number === 0 ? base : `${base}.${number}`);
  for (const name of besides(base).filter((each) => each.includes('.draft-'))) {
    const place = path.join(path.dirname(base), name);
    const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > ABANDONED_MS) await remove(place);
  }
}
