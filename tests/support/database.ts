import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../src/persistence/migrate.js';

export interface TestDatabase {
  readonly url: string;
  /** Removes the database. @throws Error when a connection to it is still open, naming its last query: a leak */
  drop(): Promise<void>;
}

/** What the databases of a run are cloned from, made once by whoever asks first. */
export interface Template {
  readonly name: string;
  readonly fill: (url: string) => Promise<unknown>;
}

const MIGRATED: Template = { name: 'migrated', fill: migrate };

/**
 * A database of its own for a test file, cloned from a template in some 60 ms. The first file of a run builds the
 * template; the others wait for it at an advisory lock.
 */
export async function createTestDatabase(template: Template = MIGRATED): Promise<TestDatabase> {
  const name = `${prefix()}${randomBytes(6).toString('hex')}`;
  await withServer(async (server) => {
    await server.query('SELECT pg_advisory_lock($1)', [lockKey]);
    await ensureTemplate(server, template);
    await server.query(`CREATE DATABASE "${name}" TEMPLATE "${prefix()}${template.name}"`);
  });
  return { url: urlOf(name), drop: () => withServer((server) => drop(server, name)) };
}

/** An empty database, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `${prefix()}${randomBytes(6).toString('hex')}`;
  await withServer((server) => server.query(`CREATE DATABASE "${name}"`));
  return { url: urlOf(name), drop: () => withServer((server) => drop(server, name)) };
}

async function ensureTemplate(server: pg.Client, template: Template): Promise<void> {
  const name = `${prefix()}${template.name}`;
  const { rowCount } = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rowCount !== 0) return;
  // Under its final name only when it is whole: a failed migration must fail every file, not only the first.
  const unfinished = `${name}_unfinished`;
  await server.query(`DROP DATABASE IF EXISTS "${unfinished}"`);
  await server.query(`CREATE DATABASE "${unfinished}"`);
  await template.fill(urlOf(unfinished));
  await server.query(`ALTER DATABASE "${unfinished}" RENAME TO "${name}"`);
}

async function drop(server: pg.Client, name: string): Promise<void> {
  try {
    await server.query(`DROP DATABASE "${name}"`);
  } catch (error) {
    if ((error as { code?: string }).code !== objectInUse) throw error;
    const { rows } = await server.query<{ application_name: string; query: string }>(
      'SELECT application_name, query FROM pg_stat_activity WHERE datname = $1',
      [name],
    );
    await server.query(`DROP DATABASE "${name}" WITH (FORCE)`);
    const leaks = rows.map((row) => `${row.application_name || 'unnamed'}: ${row.query || 'no query yet'}`);
    throw new Error(`connections to the test database were left open:\n${leaks.join('\n')}`, {
      cause: error,
    });
  }
}

async function withServer<T>(use: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client({ connectionString: serverUrl() });
  await server.connect();
  try {
    return await use(server);
  } finally {
    await server.end();
  }
}

function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('no test server: run the tests through npm test');
  return url;
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

const objectInUse = '55006';
const lockKey = 0x74657374;
const prefix = (): string => `weir_test_${process.env['TEST_RUN'] ?? '0'}_`;
