import { useSyncExternalStore } from 'react';
import { ApiError, ask, NotSignedIn } from './ask.ts';
import { cache } from './cache.ts';
import { ViewerDocument } from './operations.ts';

/** A hiccup, or a restart of a moment, is over by then and not told of. */
const GRACE_MS = 1_200;
const ANSWER_MS = 3_000;

let lostAt: Date | null = null;
let told: Date | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Since when the server cannot be reached; null while it can. */
export const useAway = (): Date | null => useSyncExternalStore(listen, () => told);

/** The connection that tells of changes was cut off, or could not be made. */
export function connectionLost(): void {
  lostAt ??= new Date();
  timer ??= setTimeout(() => void check(), GRACE_MS);
}

/** It is there. @param again whether something may have happened meanwhile */
export async function connectionMade(again: boolean): Promise<void> {
  forget();
  if (again) await renew();
}

/** Nobody follows anything any more. */
export function connectionUnneeded(): void {
  forget();
  tell(null);
}

function forget(): void {
  clearTimeout(timer);
  timer = undefined;
  lostAt = null;
}

/** What stands between may let questions through and no socket: then the server is not away. */
async function check(): Promise<void> {
  timer = undefined;
  const before = lostAt;
  const isThere = await ask(ViewerDocument, {}, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    () => true,
    (error: unknown) => error instanceof ApiError || error instanceof NotSignedIn,
  );
  if (lostAt !== before) return;
  if (!isThere) tell(before);
  else {
    lostAt = null;
    if (told !== null) await renew();
  }
}

/** Asks everything anew; what is shown is of before until that is answered. */
async function renew(): Promise<void> {
  await cache.invalidateQueries();
  if (lostAt === null) tell(null);
}

function tell(since: Date | null): void {
  if (since === told) return;
  told = since;
  for (const each of listeners) each();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
