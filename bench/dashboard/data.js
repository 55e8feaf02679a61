// The data that the questions of a dashboard are asked of: the example as it plays itself, multiplied in PostgreSQL, one database a
// size. What is made is kept in bench/.data, under a name that changes with the migrations and with this folder's SQL.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { diffWorkflows } from '../../dist/domain/workflow/diff/diff.js';
import { startEmbeddedPostgres } from '../../dist/persistence/embedded.js';
import { startWeir, untilTheEnd } from './servers.js';

const HERE = import.meta.dirname;
const ROOT = path.resolve(HERE, '../..');
const VERSIONS = 20;

/** Campaigns, copies of workflows in all and of one era, readings of signals, steps of former versions that each old campaign once had. */
export const SIZES = {
  100: { campaigns: 100, copies: 10, copiesAnEra: 10, signals: 10_000, former: 0 },
  1000: { campaigns: 1_000, copies: 50, copiesAnEra: 50, signals: 1_000_000, former: 0 },
  10000: { campaigns: 10_000, copies: 500, copiesAnEra: 50, signals: 10_000_000, former: 100 },
};

/** Until the data are whole; nothing of it can be lost that is not made again. */
const WHILE_FILLING = {
  ...{
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
  },
  ...{
    max_wal_size: '8GB',
    maintenance_work_mem: '512MB',
    work_mem: '256MB',
    shared_buffers: '512MB',
    autovacuum: 'off',
  },
};

const SQL = ['multiply.sql', 'signals.sql'].map((file) => readFileSync(path.join(HERE, file), 'utf8'));

/** Where the data lie; a server that answers from them runs there, as the example's repository does too. */
export const directory = path.join(HERE, '../.data', keyOf());

function keyOf() {
  const hash = createHash('sha256');
  for (const name of readdirSync(path.join(ROOT, 'src/persistence/migrations')).sort()) hash.update(name);
  for (const text of [...SQL, JSON.stringify(SIZES), readFileSync(import.meta.filename)]) hash.update(text);
  return hash.digest('hex').slice(0, 12);
}

/** The database of the example alone. */
const PLAYED = 'weir_played';
const nameOf = (size) => `weir_${size}`;
const doneFile = (size) => path.join(directory, `${nameOf(size)}.done`);

/** Makes the databases of these sizes where they are not there. @returns how long each took, in seconds; nothing for those that were there */
export async function fill(sizes, tell = () => undefined) {
  const missing = sizes.filter((size) => !existsSync(doneFile(size)));
  if (missing.length === 0) return {};
  const isNew = !existsSync(directory);
  // Data of before a change of what makes them are of no use any more.
  if (isNew) rmSync(path.dirname(directory), { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const server = await openCluster(WHILE_FILLING);
  const took = {};
  try {
    await playExample(server, tell);
    for (const size of missing) {
      const began = performance.now();
      await fillOne(server, size);
      took[size] = (performance.now() - began) / 1_000;
      writeFileSync(doneFile(size), '');
      tell(`data of ${size} campaigns made in ${took[size].toFixed(0)} s`);
    }
  } finally {
    await server.stop();
  }
  return took;
}

function urlIn(server, database) {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** PostgreSQL on the data. */
export async function openCluster(settings = {}) {
  const server = await startEmbeddedPostgres({
    directory: path.join(directory, '.weir'),
    logger: pino({ level: 'silent' }),
    settings,
  });
  return {
    url: server.url,
    urlOf: (size) => urlIn(server.url, nameOf(size)),
    stop: untilTheEnd(() => server.stop()),
  };
}

/** The example's repository and campaigns, made by the server itself. */
async function playExample(server, tell) {
  const done = path.join(directory, `${PLAYED}.done`);
  if (existsSync(done)) return;
  await withClient(server.url, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${PLAYED}`);
    await client.query(`CREATE DATABASE ${PLAYED}`);
  });
  tell('the example is played');
  const weir = await startWeir({ database: urlIn(server.url, PLAYED), cwd: directory });
  await weir.stop();
  writeFileSync(done, '');
}

/** A copy that may be changed, made anew. @returns its URL */
export async function copyOf(server, size) {
  const name = `${nameOf(size)}_changing`;
  await withClient(server.url, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${nameOf(size)}`);
  });
  return urlIn(server.url, name);
}

async function fillOne(server, size) {
  const { campaigns, copies, copiesAnEra, signals, former } = SIZES[size];
  await withClient(server.url, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${nameOf(size)}`);
    await client.query(`CREATE DATABASE ${nameOf(size)} TEMPLATE ${PLAYED}`);
  });
  await withClient(server.urlOf(size), async (client) => {
    await client.query(
      'CREATE TEMP TABLE size (campaigns int, copies int, copies_an_era int, signals int, former int)',
    );
    await client.query('INSERT INTO size VALUES ($1, $2, $3, $4, $5)', [
      campaigns,
      copies,
      copiesAnEra,
      signals,
      former,
    ]);
    await client.query(
      `CREATE TEMP TABLE variant (definition_id bigint, n int, base_id bigint, meaning jsonb, classification text, changes jsonb, summary text)`,
    );
    await client.query(
      'INSERT INTO variant SELECT * FROM jsonb_to_recordset($1) AS v (definition_id bigint, n int, base_id bigint, meaning jsonb, classification text, changes jsonb, summary text)',
      [JSON.stringify(await variantsOf(client))],
    );
    for (const text of SQL) await client.query(text);
    // Each part that was added has written its campaign anew.
    await client.query('VACUUM FULL campaign');
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT');
  });
}

/** Twenty versions of each workflow: those that it had, each several times, with one effort or another thought longer. */
async function variantsOf(client) {
  const { rows } = await client.query(
    `SELECT v.id, v.definition_id, v.meaning FROM definition_version v JOIN definition d ON d.id = v.definition_id
      WHERE d.kind = 'Workflow' ORDER BY v.definition_id, v.number`,
  );
  const definitions = [...new Set(rows.map((row) => row.definition_id))];
  return definitions.flatMap((definitionId) => {
    const bases = rows.filter((row) => row.definition_id === definitionId);
    let before = null;
    return Array.from({ length: VERSIONS }, (_, index) => {
      const base = bases[Math.floor((index * bases.length) / VERSIONS)];
      const meaning = structuredClone(base.meaning);
      const efforts = effortsIn(meaning);
      const effort = efforts[index % efforts.length];
      if (effort) effort.pessimistic = `P${12 + index}D`;
      const { classification, changes } = before
        ? diffWorkflows(before, meaning)
        : { classification: 'none', changes: [] };
      before = meaning;
      const summary = changes.slice(0, 3).map((each) => each.summary);
      return {
        ...{ definition_id: definitionId, n: index + 1, base_id: base.id, meaning, classification, changes },
        summary: summary.join('; '),
      };
    });
  });
}

function effortsIn(part) {
  if (typeof part !== 'object' || part === null) return [];
  const own = part.effort?.pessimistic === undefined ? [] : [part.effort];
  return [...own, ...Object.values(part).flatMap(effortsIn)];
}

export async function withClient(url, use) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
