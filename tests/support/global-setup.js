import { createHash } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { dropDatabases } from './test-server.js';

/**
 * One PostgreSQL server for the whole run: the one that TEST_DATABASE_URL names, or an embedded one of the compiled
 * code. It lies in a fixed folder, so that the next run finds and ends what a killed run left behind.
 */
export default async function setUp() {
  process.env.TEST_RUN = String(process.pid);
  if (process.env.TEST_DATABASE_URL === undefined) await startServer();
  await dropDatabases(process.env.TEST_DATABASE_URL, (run) => !isRunning(run));
}

async function startServer() {
  const { startEmbeddedPostgres } = await import('../../dist/persistence/embedded.js');
  const directory = await directoryOf(fileURLToPath(new URL('../..', import.meta.url)));
  const server = await startEmbeddedPostgres({
    directory,
    logger: pino({ level: 'silent' }),
    settings: {
      ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
      ...{ max_wal_size: '256MB' },
    },
  });
  process.env.TEST_DATABASE_URL = server.url;
  globalThis.testServer = server;
  globalThis.testMemory = directory.startsWith(MEMORY) ? directory : null;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void server.stop().finally(() => process.exit(130)));
  }
}

/** In memory where there is plenty: each test file's database is a thousand files, which a disk takes its time for. */
async function directoryOf(root) {
  const { bavail, bsize } = await statfs(MEMORY).catch(() => ({ bavail: 0, bsize: 0 }));
  if (bavail * bsize < ENOUGH_BYTES) return path.join(root, '.weir/tests');
  return path.join(MEMORY, `weir-tests-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`);
}

const MEMORY = '/dev/shm';
/** Far more than a run needs, which is under half of it. */
const ENOUGH_BYTES = 4 * 2 ** 30;

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
