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
  const server = await startEmbeddedPostgres({
    directory: new URL('../../.weir/tests', import.meta.url).pathname,
    logger: pino({ level: 'silent' }),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  process.env.TEST_DATABASE_URL = server.url;
  globalThis.testServer = server;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void server.stop().finally(() => process.exit(130)));
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
