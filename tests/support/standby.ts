import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { type Cluster, openCluster, superuser } from '../../src/persistence/embedded/cluster.js';
import {
  findPostmaster,
  haltPostmaster,
  launchPostmaster,
} from '../../src/persistence/embedded/postmaster.js';
import { freePort } from './free-port.js';
import { run } from './run.js';
import { until } from './until.js';

/** A PostgreSQL server that tests stop, hold and start again. */
export interface TestServer {
  readonly url: string;
  query<Row>(sql: string): Promise<Row[]>;
  start(): Promise<void>;
  /** As a crash does. */
  crash(): Promise<void>;
  /** It answers nothing any more, and closes nothing; with SIGCONT it goes on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): Promise<void>;
}

export interface Pair {
  readonly directory: string;
  readonly primary: TestServer;
  readonly standby: TestServer;
  close(): Promise<void>;
}

/** A primary and a streaming standby of it, of the embedded server's programs. */
export async function startPair(): Promise<Pair> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-pair-'));
  const cluster = await openCluster(path.join(directory, 'state'), undefined);
  // Both have what the primary has been given so far, and the standby goes on from there.
  const copied: Cluster = { ...cluster, dataDirectory: `${cluster.dataDirectory}-standby` };
  const inCopy = (file: string) => path.join(copied.dataDirectory, file);
  await run('cp', ['-a', cluster.dataDirectory, copied.dataDirectory]);
  // Only that it is there counts, and that it belongs to whoever runs the server.
  await run('cp', ['-a', inCopy('PG_VERSION'), inCopy('standby.signal')]);
  const ports = { primary: await freePort(), standby: await freePort() };
  await appendFile(
    inCopy('postgresql.auto.conf'),
    `primary_conninfo = 'host=127.0.0.1 port=${ports.primary} user=${superuser} password=${cluster.password}'\n`,
  );
  const primary = serverOf(cluster, ports.primary);
  const standby = serverOf(copied, ports.standby);
  await primary.start();
  await standby.start();
  return {
    ...{ directory, primary, standby },
    close: async () => {
      for (const each of [copied, cluster]) {
        await haltPostmaster(each);
        await rm(each.dataDirectory, { recursive: true, force: true });
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function serverOf(cluster: Cluster, port: number): TestServer {
  const url = `postgres://${superuser}:${cluster.password}@127.0.0.1:${port}/postgres`;
  return {
    url,
    query: async <Row>(sql: string) => {
      const client = new Client(url);
      await client.connect();
      try {
        return (await client.query(sql)).rows as Row[];
      } finally {
        await client.end();
      }
    },
    start: async () => {
      const { ok, output } = await launchPostmaster(cluster, {
        port: String(port),
        max_connections: '100',
        fsync: 'off',
      });
      if (!ok) throw new Error(output);
    },
    crash: async () => {
      process.kill((await postmasterOf(cluster)).pid, 'SIGQUIT');
      await until(async () => (await findPostmaster(cluster.dataDirectory)) === null);
    },
    signal: async (name) => {
      const { pid } = await postmasterOf(cluster);
      const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
      for (const each of [pid, ...children.trim().split(' ').map(Number)]) process.kill(each, name);
    },
  };
}

async function postmasterOf({ dataDirectory }: Cluster): Promise<{ readonly pid: number }> {
  const found = await findPostmaster(dataDirectory);
  if (!found) throw new Error(`no server runs on ${dataDirectory}`);
  return found;
}
