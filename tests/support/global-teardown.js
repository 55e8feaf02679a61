import { dropDatabases } from './test-server.js';

export default async function tearDown() {
  await dropDatabases(process.env.TEST_DATABASE_URL, (run) => run === process.pid);
  await globalThis.testServer?.stop();
}
