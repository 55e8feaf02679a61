import { RepositoryError } from './repository-error.js';

/** Whoever asks over the API waits no longer than this for the host, or for a sync that is under way; in milliseconds. */
export const PATIENCE_MS = 15_000;

/** Waits for some work only so long; it goes on by itself. @throws RepositoryError */
export async function within<T>(work: Promise<T>, patienceMs: number | undefined, what: string): Promise<T> {
  if (patienceMs === undefined) return work;
  const late = AbortSignal.timeout(patienceMs);
  const gaveUp = new Promise<never>((_, reject) => {
    const why = new RepositoryError(`${what} within ${patienceMs / 1_000} s`, {}, 'retry');
    late.addEventListener('abort', () => reject(why), { once: true });
  });
  return Promise.race([work, gaveUp]);
}
