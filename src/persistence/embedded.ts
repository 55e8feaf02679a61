import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../observability/logger.js';
import { type Cluster, openCluster, superuser } from './embedded/cluster.js';
import { DatabaseStartError, failureLine, remedyFor } from './embedded/database-start-error.js';
import { type Membership, join } from './embedded/membership.js';
import { findPostmaster, haltPostmaster, launchPostmaster } from './embedded/postmaster.js';

export { DatabaseStartError } from './embedded/database-start-error.js';

export interface EmbeddedPostgres {
  readonly url: string;
  /** Stops the server, unless another Weir process still uses it. Calling it twice is harmless. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The state directory; the data lie in its folder `postgres`, the password in its file `postgres-password`. */
  readonly directory: string;
  readonly logger: Logger;
  /** Server settings, for tests that trade durability for speed. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Abandons the start in order, so that nothing keeps running; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const readyWithinMs = 90_000;
const leavingMs = 200;
const pollMs = 25;
const launchesAtMost = 3;

/**
 * A PostgreSQL server for this checkout: created on first use, taken over when a crash left it running, shared when
 * another Weir process uses it. The last process to stop ends it.
 * @throws DatabaseStartError with a line that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { directory, logger, settings = {}, signal } = options;
  signal?.throwIfAborted();
  const cluster = await openCluster(directory, signal);
  const deadline = Date.now() + readyWithinMs;
  for (let launches = 0; Date.now() < deadline;) {
    const postmaster = await findPostmaster(cluster.dataDirectory);
    if (postmaster === null) {
      signal?.throwIfAborted();
      launches += 1;
      await launch(cluster, settings, launches);
      continue;
    }
    const url = `postgres://${superuser}:${cluster.password}@127.0.0.1:${postmaster.port}/postgres`;
    const membership = await join(url, (error) => {
      logger.error({ err: error }, 'the embedded database closed the connection');
    });
    if (membership === null) {
      await delay(pollMs);
      continue;
    }
    const server = { url, stop: once(() => leave(cluster, membership, logger)) };
    if (signal?.aborted !== true) return server;
    await server.stop();
    signal.throwIfAborted();
  }
  throw new DatabaseStartError(
    `the embedded database was not ready within ${readyWithinMs / 1000} seconds`,
    `read ${cluster.dataDirectory}/server.log`,
  );
}

/** A launch may fail for a moment's reason: another process was faster, or took the port. Then the caller looks again. */
async function launch(
  cluster: Cluster,
  settings: Readonly<Record<string, string>>,
  launches: number,
): Promise<void> {
  const { ok, output } = await launchPostmaster(cluster, settings);
  if (ok || (await findPostmaster(cluster.dataDirectory)) !== null) return;
  if (/could not bind|lock file .* exists/.test(output) && launches < launchesAtMost) return;
  // Processes of a server that was killed notice it one after the other; until then its memory is theirs.
  if (/shared memory block .* still in use/.test(output)) return delay(leavingMs);
  throw new DatabaseStartError(`starting the embedded database: ${failureLine(output)}`, remedyFor(output));
}

async function leave(cluster: Cluster, membership: Membership, logger: Logger): Promise<void> {
  const last = await membership.leave().catch(() => true);
  if (last && (await findPostmaster(cluster.dataDirectory)) !== null) {
    const { ok, output } = await haltPostmaster(cluster);
    if (!ok) logger.error({ output }, 'the embedded database could not be stopped');
  }
  await membership.close();
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= action());
}
