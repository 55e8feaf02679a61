import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { simpleWorkflow } from '../support/definitions.js';
import { everything } from './everything.js';
import { commitDefinitions, treeOf } from './history.js';
import { buildImage } from './image.js';
import { ask, Load } from './load.js';
import { findPrograms, finish, freePort, memoryOf, stopAll, until } from './programs.js';
import { Replica, weir } from './replica.js';
import { layOutByCampaign } from './shards.js';
import { startMachines } from './topology.js';

const { values } = parseArgs({
  options: {
    /** Seconds that each kind of trouble is under load. */
    seconds: { type: 'string', default: '6' },
    /** The commit to update from; without it the newest without the last migration. */
    previous: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const SECONDS = Number(values.seconds);
const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);

const rows = [];
/** Notes what was found, and says it. */
function note(what, holds, figures) {
  rows.push({ what, holds, figures });
  console.log(`${holds ? 'holds' : 'FAILS'}  ${what}: ${figures}`);
}
const report = (what, load, holds = true) => {
  note(what, holds && load.failed.length === 0 && load.stale.length === 0 && load.requests > 0, load.figures);
  for (const each of [...load.failed, ...load.stale].slice(0, 5)) console.log(`       ${each}`);
};

async function main(directory) {
  const images = path.join(root, '.weir/machines');
  await mkdir(images, { recursive: true });
  findPrograms();
  const began = Date.now();
  const image = await buildImage({ tree: await treeOf(), into: images });
  console.log(`built after ${Math.round((Date.now() - began) / 1_000)} s, on Node ${process.version}`);
  const machines = await startMachines({
    directory,
    images,
    image,
    previous: values.previous,
    seconds: SECONDS,
  });
  await update(machines);
  await read(machines);
  await backUp(machines);
}

/** From the version before to this one, and from this one to itself. */
async function update({ former, image, primary, roll, under }) {
  if (former === null) {
    note(
      'update from the version before',
      false,
      'no such version is in the history (git fetch --unshallow), or none starts',
    );
  } else {
    let applied = '';
    const before = `${former.commit.slice(0, 9)}, without ${former.migration}`;
    const meanwhile = await under('migrate', async () => {
      applied = await weir(image, ['migrate'], { DATABASE_URL: primary.url() });
    });
    report(`the version before (${before}) serves while the schema is brought up to date`, meanwhile);
    console.log(`       ${applied.trim()}`);
    report('and is replaced, one replica after the other', await under('update', () => roll(image)));
  }
  report('a rolling restart', await under('restart', () => roll(image)));
}

/** What two replicas answer, and what they answer while the standby is in trouble. */
async function read({ primary, standby, pooler, replicas, repository, url, under }) {
  // Whoever looks is shown what they wrote, although the standby has not got it.
  for (const replica of replicas)
    await until(
      'queries are read from the standby',
      async () => (await ask(replica.url, '{ limits { cost } }')).position === null,
    );
  const steady = await under('steady', () => delay(SECONDS * 1_000));
  report('two replicas behind a proxy', steady, steady.fromStandby > 0);
  const [pools, servers] = [
    await pooler.ask('SHOW POOLS'),
    await primary.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    ),
  ];
  const pool = pools.find((each) => each.database === 'weir');
  const [limit] = await pooler.ask('SHOW statement_timeout', 'weir');
  note(
    'PgBouncer in transaction mode',
    pool.pool_mode === 'transaction' && limit.statement_timeout === '15s',
    `${Number(pool.cl_active) + Number(pool.cl_waiting)} connections of clients on ${Number(pool.sv_active) + Number(pool.sv_idle) + Number(pool.sv_used)} to the server, ${servers[0].n} there in all; statement_timeout ${limit.statement_timeout}`,
  );
  await commitDefinitions(repository, { 'second.yaml': simpleWorkflow('second') });
  const pushed = Date.now();
  await until(
    'a commit is served',
    async () => (await ask(url, '{ workflow(key: "second") { key } }')).data.workflow,
  );
  note(
    'jobs and listening past the pooler',
    true,
    `a commit was served after ${Date.now() - pushed} ms (looked for every 2 s)`,
  );

  const paused = await under('paused', async () => {
    await standby.query('SELECT pg_wal_replay_pause()');
    await delay(SECONDS * 1_000);
    await standby.query('SELECT pg_wal_replay_resume()');
  });
  report(`own writes are seen while the standby stands still for ${SECONDS} s`, paused);
  const killed = await under('killed', async () => {
    await standby.stop('SIGQUIT');
    await delay(SECONDS * 1_000);
    await standby.start();
    for (const replica of replicas)
      await until(
        'the standby is used again',
        async () => (await ask(replica.url, '{ limits { cost } }')).position === null,
      );
  });
  report('the standby is killed, and comes back', killed);
}

/** Backs up under load, stops everything, and looks what there is of it in fresh clusters. */
async function backUp(machines) {
  const { directory, image, archive, primary, standby, pooler, replicas, repository, url, under, newServer } =
    machines;
  // A backup while others write; what they write afterwards is in the archive of the log.
  const base = newServer('restored');
  const written = await under('backup', () => base.copyOf(primary));
  report('a base backup is made', written);
  const dump = path.join(await primary.own(path.join(directory, 'dump')), 'weir.dump');
  await primary.run('pg_dump', ['--format', 'custom', '--file', dump, '--dbname', primary.url()]);
  const [{ file }] = await primary.query('SELECT pg_walfile_name(pg_switch_wal()) AS file');
  await until(
    'the log is archived',
    async () =>
      (await primary.query(`SELECT last_archived_wal >= '${file}' AS done FROM pg_stat_archiver`))[0].done,
  );
  const expected = await everything(url);
  const memory = await Promise.all(replicas.map(({ program }) => memoryOf(program.pid)));
  note(
    'memory of a replica',
    true,
    memory.map(({ now, most }) => `${now} MB, at most ${most} MB`).join('; '),
  );
  for (const replica of replicas) await replica.program.stop();
  await pooler.program.stop();
  await standby.stop();
  await primary.stop();

  await base.configure([`restore_command = 'cp ${archive}/%f %p'`, 'archive_mode = off']);
  await finish('cp', ['-a', path.join(base.data, 'PG_VERSION'), path.join(base.data, 'recovery.signal')]);
  await base.start();
  await until(
    'the log is replayed',
    async () => !(await base.query('SELECT pg_is_in_recovery() AS it'))[0].it,
  );
  await restored('pg_basebackup and the archived log', base);
  const fresh = newServer('fresh');
  await fresh.create();
  await fresh.start();
  await fresh.query('CREATE DATABASE weir', 'postgres');
  await fresh.run('pg_restore', ['--exit-on-error', '--dbname', fresh.url(), dump]);
  await restored('pg_dump', fresh);
  await laidOut(fresh);

  async function restored(how, server) {
    const verified = await weir(image, ['verify-audit'], { DATABASE_URL: server.url() });
    const actual = await withReplica(server, (replica) => everything(replica.url));
    const isSame = JSON.stringify(actual) === JSON.stringify(expected);
    const found = `${actual.campaigns.length} campaigns and ${actual.records} audit records`;
    const answers = isSame
      ? 'the API answers the same'
      : `the API answers otherwise (${expected.campaigns.length} and ${expected.records})`;
    note(`restored from ${how}`, isSame, `${found}, ${answers}; verify-audit: ${verified.trim()}`);
  }

  async function withReplica(server, work) {
    const settings = { DATABASE_URL: server.url(), WEIR_REPO: repository, WEIR_RATE_LIMIT: '0' };
    const port = await freePort();
    const replica = new Replica({ name: `on-${server.name}`, directory, port, image, environment: settings });
    await replica.start();
    try {
      return await work(replica);
    } finally {
      await replica.program.stop();
    }
  }

  /** What a distributed PostgreSQL asks of the schema, tried on one server. */
  async function laidOut(server) {
    const { tables, widened } = await layOutByCampaign(server);
    await withReplica(server, async ({ url: own }) => {
      const isSame = JSON.stringify(await everything(own)) === JSON.stringify(expected);
      const load = new Load(own, { name: 'laid-out' });
      await delay(SECONDS * 1_000);
      await load.stop();
      report('laid out by campaign_id, in parts by its hash', load, isSame);
    });
    console.log(
      `       ${tables.length} tables; the key of ${widened.length} was widened: ${widened.join(', ')}`,
    );
    const verified = await weir(image, ['verify-audit'], { DATABASE_URL: server.url() });
    console.log(`       ${verified.trim()}`);
  }
}

const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-machines-'));
// PostgreSQL and PgBouncer have to come through.
await chmod(directory, 0o755);
let isDone = false;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void stopAll().then(() => process.exit(130)));
try {
  await main(directory);
  isDone = true;
} catch (error) {
  console.error(error.message);
} finally {
  await stopAll();
}
const width = Math.max(...rows.map(({ what }) => what.length), 0);
console.log(
  `\n${rows.map(({ what, holds, figures }) => `${holds ? 'holds' : 'FAILS'}  ${what.padEnd(width)}  ${figures}`).join('\n')}`,
);
const isWhole = isDone && rows.every(({ holds }) => holds);
if (isWhole && !values.keep) await rm(directory, { recursive: true, force: true });
else console.log(`logs are in ${directory}`);
process.exitCode = isWhole ? 0 : 1;
