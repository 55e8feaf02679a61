import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { dropDatabases } from './test-server.js';

export default async function tearDown() {
  await dropDatabases(process.env.TEST_DATABASE_URL, (run) => run === process.pid);
  await rm(path.join(os.tmpdir(), `weir-example-${process.pid}`), { recursive: true, force: true });
  await globalThis.testServer?.stop();
  // A disk keeps the cluster for the next run; memory is given back.
  if (globalThis.testMemory) await rm(globalThis.testMemory, { recursive: true, force: true });
}
