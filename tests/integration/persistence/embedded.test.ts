import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { createLogger } from '../../../src/observability/logger.js';
import { DatabaseStartError, startEmbeddedPostgres } from '../../../src/persistence/embedded.js';
import { canReach } from '../../../src/persistence/embedded/account.js';
import { findPostmaster } from '../../../src/persistence/embedded/postmaster.js';
import { until } from '../../support/until.js';

const logger = createLogger('silent');
const nobody = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
const program = new URL('../../support/embedded-process.js', import.meta.url).pathname;
/** Another user can run these tests' programs only when neither Node nor the checkout lies in a closed folder. */
const othersCanRun =
  isRoot && (await canReach(dirname(process.execPath), nobody)) && (await canReach(dirname(program), nobody));
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'weir embedded '));
  await chmod(directory, 0o755);
});

afterEach(async () => {
  const data = await realpath(join(directory, 'postgres')).catch(() => directory);
  const left = data === directory ? null : await findPostmaster(data);
  if (left) process.kill(left.pid, 'SIGKILL');
  await rm(data, { recursive: true, force: true });
  await rm(directory, { recursive: true, force: true });
  expect(left).toBeNull();
});

const start = () => startEmbeddedPostgres({ directory, logger });

describe('the embedded database', () => {
  it('keeps its data for the second start, behind a password of its own', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept (word text)');
    await first.stop();
    expect(await dataPostmaster()).toBeNull();
    const second = await start();
    expect(await query(second.url, 'SELECT * FROM kept')).toEqual([]);
    expect(await query(second.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await expect(query(second.url.replace(/:[^:]*@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/);
    await second.stop();
    const passwordFile = await stat(join(directory, 'postgres-password'));
    expect(passwordFile.mode & 0o777).toBe(0o600);
  });

  it('is shared by processes on the same folder, and ended by the last of them', async () => {
    const [serving, syncing] = await Promise.all([start(), start()]);
    expect(syncing.url).toBe(serving.url);
    await syncing.stop();
    await syncing.stop();
    expect(await query(serving.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await serving.stop();
    expect(await dataPostmaster()).toBeNull();
  });

  it('ends with the last process when several leave at once', async () => {
    const servers = await Promise.all([start(), start(), start()]);
    await Promise.all(servers.map((server) => server.stop()));
    expect(await dataPostmaster()).toBeNull();
  });

  it('is taken over, then ended, after its process was killed', async () => {
    const { child, url } = await startProcess();
    child.kill('SIGKILL');
    await exitOf(child);
    expect(await dataPostmaster()).not.toBeNull();
    const server = await start();
    expect(server.url).toBe(url);
    await server.stop();
    expect(await dataPostmaster()).toBeNull();
  });

  it('starts after both were killed, over a lock file whose number another program has by now', async () => {
    const { child } = await startProcess();
    const postmaster = await dataPostmaster();
    child.kill('SIGKILL');
    await exitOf(child);
    process.kill(postmaster?.pid ?? 0, 'SIGKILL');
    const lock = join(directory, 'postgres', 'postmaster.pid');
    const lines = (await readFile(lock, 'utf8')).split('\n');
    await writeFile(lock, [process.pid, ...lines.slice(1)].join('\n'));
    const server = await start();
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with its process on %s to the whole group',
    async (signal) => {
      const { child } = await startProcess();
      process.kill(-(child.pid ?? 0), signal);
      await exitOf(child);
      expect(await dataPostmaster()).toBeNull();
    },
  );

  it('leaves nothing behind when interrupted during the first start', async () => {
    const child = spawnProcess();
    await until(async () => (await readdir(directory)).some((name) => name.startsWith('postgres-data-')));
    process.kill(-(child.pid ?? 0), 'SIGINT');
    await exitOf(child);
    expect(await readdir(directory)).toEqual(['postgres-password']);
    await (await start()).stop();
  });

  it('begins anew over what an interrupted first start left', async () => {
    await mkdir(join(directory, `postgres-data-${await deadPid()}-abc`, 'base'), { recursive: true });
    await (await start()).stop();
    expect((await readdir(directory)).sort()).toEqual(['postgres', 'postgres-password']);
  });

  it('says so when the data are of another major version, incomplete or without their password', async () => {
    await (await start()).stop();
    const version = join(directory, 'postgres', 'PG_VERSION');
    await writeFile(version, '13\n');
    await expect(start()).rejects.toThrow(/data of PostgreSQL 13, not 18; .*DATABASE_URL/);
    await rm(version);
    await expect(start()).rejects.toThrow(/no complete database/);
    await rm(join(directory, 'postgres-password'));
    await expect(start()).rejects.toThrow(DatabaseStartError);
  });
});

(isRoot ? describe : describe.skip)('the embedded database, started by root', () => {
  it('works in a folder that is closed to others', async () => {
    await chmod(directory, 0o700);
    const server = await start();
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    await (await start()).stop();
  });

  (othersCanRun ? it : it.skip)('says so when an ordinary user may not write in the folder', async () => {
    const child = spawnProcess(nobody);
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    expect(await exitOf(child)).toBe(1);
    expect(complaint).toMatch(/EACCES; make it writable .* or set DATABASE_URL/);
  });

  (othersCanRun ? it : it.skip)(
    'runs as an ordinary user too, and as that user when root comes after',
    async () => {
      await chown(directory, nobody.uid, nobody.gid);
      const { child } = await startProcess(nobody);
      child.kill('SIGTERM');
      expect(await exitOf(child)).toBe(0);
      await (await start()).stop();
      expect((await stat(join(directory, 'postgres', 'PG_VERSION'))).uid).toBe(nobody.uid);
    },
  );
});

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

async function dataPostmaster() {
  return findPostmaster(await realpath(join(directory, 'postgres')));
}

function spawnProcess(account?: { uid: number; gid: number }): ChildProcess {
  return spawn(process.execPath, [program, directory], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  });
}

async function startProcess(account?: {
  uid: number;
  gid: number;
}): Promise<{ child: ChildProcess; url: string }> {
  const child = spawnProcess(account);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const url = await until(() => Promise.resolve(/^postgres:.*$/m.exec(output)?.[0]));
  return { child, url };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('close', resolve));
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await exitOf(child);
  return child.pid ?? 0;
}
