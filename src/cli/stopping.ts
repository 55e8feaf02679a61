import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../observability/logger.js';

/**
 * For what has been taken, after no more is. An answer takes at most 10 s; a sync is between two commits sooner than that; orchestrators
 * kill after 30 s, unless they are told otherwise.
 */
const GRACE_MS = 20_000;
/** For what the database is still asked, which takes moments unless it hangs. */
const CLOSE_MS = 5_000;

/** The start was called off by a signal. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Ctrl-C and SIGTERM ask for an orderly stop; a second one, of either kind, ends the process at once. */
export function stopSignal(): { readonly signal: AbortSignal; readonly asked: Promise<void> } {
  const controller = new AbortController();
  const names = ['SIGINT', 'SIGTERM'] as const;
  const asked = new Promise<void>((resolve) => {
    const stop = (name: NodeJS.Signals) => {
      // Nobody listens any more, so that the system does what it does by itself.
      for (const each of names) process.off(each, stop);
      controller.abort(new Stopped(`stopped by ${name}`));
      resolve();
    };
    for (const each of names) process.on(each, stop);
  });
  return { signal: controller.signal, asked };
}

/** Something that works by itself until it is told to stop. */
export interface Working {
  /** Takes nothing new, and resolves when what was taken has ended. */
  stop(): Promise<unknown>;
  /** Gives what has not ended to another process. @returns how many */
  handBack?(): Promise<number>;
}

/** What answers over HTTP, with the sockets that are open. */
interface Answering {
  close(): PromiseLike<unknown>;
  readonly server: { closeAllConnections(): void };
  readonly websocketServer: { readonly clients: Iterable<{ terminate(): void }> };
}

/** What a start has begun so far. */
export interface Begun {
  app: Answering | null;
  readonly working: Working[];
  /** What it reads and writes, which is needed to the end. */
  readonly databases: { stop(): Promise<void> }[];
}

/**
 * Stops in order: no more jobs at once; requests for as long as whoever balances the load needs to notice; then what has been taken
 * is ended, within a bound, and what does not end is handed back or cut off.
 */
export async function stopServing(
  { app, working }: Begun,
  { drainMs, logger }: { readonly drainMs: number; readonly logger: Logger },
): Promise<void> {
  const jobs = Promise.all(working.map((each) => each.stop()));
  // Somebody waits for it only later.
  jobs.catch(() => undefined);
  if (drainMs > 0) await delay(drainMs);
  const isDone = await ended(Promise.all([app?.close(), jobs]), GRACE_MS);
  if (isDone) return;
  logger.warn(`not all that was taken has ended within ${GRACE_MS / 1_000} s`);
  app?.server.closeAllConnections();
  for (const socket of app?.websocketServer.clients ?? []) socket.terminate();
  for (const each of working) {
    const handing = each.handBack?.().then((count) => {
      if (count > 0) logger.warn(`${count} jobs are handed back, and begun anew by another replica`);
    });
    if (handing && !(await ended(handing, CLOSE_MS)))
      logger.warn('jobs could not be handed back; another replica takes them in a quarter of an hour');
  }
}

/** Closes what is left, and does not wait for what hangs. */
export async function closeDatabases({ databases }: Begun, logger: Logger): Promise<void> {
  const stopped = Promise.all(databases.map((each) => each.stop()));
  if (!(await ended(stopped, CLOSE_MS))) logger.warn('the database could not be left in order');
}

/** Whether it has ended by then; it goes on by itself otherwise. @throws what the work throws */
async function ended(work: Promise<unknown>, withinMs: number): Promise<boolean> {
  const waiting = new AbortController();
  const late = delay(withinMs, false, { signal: waiting.signal }).catch(() => false);
  const isDone = await Promise.race([work.then(() => true), late]);
  waiting.abort();
  if (!isDone) work.catch(() => undefined);
  return isDone;
}
