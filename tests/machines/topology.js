import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SIMPLE_TEAM, simpleWorkflow } from '../support/definitions.js';
import { commitDefinitions, findFormer, treeOf } from './history.js';
import { buildImage } from './image.js';
import { Load } from './load.js';
import { Postgres, startPooler } from './postgres.js';
import { findAccount, findPrograms, freePort, until } from './programs.js';
import { startProxy } from './proxy.js';
import { Replica } from './replica.js';

/** More than the proxy takes to see that a replica is not ready. */
const DRAIN_SECONDS = 5;
/** Connections of the pooler to the server; each replica would open twenty by itself. */
const POOL = 8;

/**
 * Starts the primary, its standby, the pooler, two replicas and the proxy.
 * @param images folder of images, which are kept
 * @param previous the commit that the replicas are of at first; without it the newest without the last migration that starts
 * @returns all of them, and what is done with them
 */
export async function startMachines({ directory, images, image, previous, seconds }) {
  const programs = findPrograms();
  const account = await findAccount();
  const repository = path.join(directory, 'repository');
  await mkdir(path.join(repository, 'workflows'), { recursive: true });
  await commitDefinitions(repository, { 'flow.yaml': simpleWorkflow('flow'), 'team.yaml': SIMPLE_TEAM });

  const archive = path.join(directory, 'archive');
  const primary = new Postgres({ name: 'primary', directory, programs, account });
  await primary.create();
  await primary.own(archive);
  await primary.configure([
    ...['wal_level = replica', 'max_connections = 60', 'archive_mode = on'],
    `archive_command = 'test ! -f ${archive}/%f && cp %p ${archive}/%f'`,
  ]);
  await primary.start();
  const empty = async () => {
    await primary.query('DROP DATABASE IF EXISTS weir WITH (FORCE)', 'postgres');
    await primary.query('CREATE DATABASE weir', 'postgres');
  };
  await empty();
  await primary.query(`SELECT pg_create_physical_replication_slot('standby')`);
  const standby = new Postgres({ name: 'standby', directory, programs, account });
  await standby.copyOf(primary, ['--write-recovery-conf', '--slot', 'standby']);
  await standby.start();
  const pooler = await startPooler({ directory, programs, account, server: primary, poolSize: POOL });

  const environment = {
    ...{ DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: primary.url(), DATABASE_READ_URL: standby.url() },
    ...{ WEIR_REPO: repository, WEIR_RATE_LIMIT: '0', WEIR_POLL_SECONDS: '2' },
    WEIR_DRAIN_SECONDS: String(DRAIN_SECONDS),
  };
  const ports = [await freePort(), await freePort()];
  const replicas = ports.map(
    (port, place) => new Replica({ name: `replica-${place}`, directory, port, image, environment }),
  );
  let former = null;
  for (const candidate of await findFormer(previous)) {
    replicas[0].image = await buildImage({ tree: await treeOf(candidate.commit), into: images });
    await empty();
    try {
      await replicas[0].start();
    } catch (error) {
      console.log(
        `${candidate.commit.slice(0, 9)} does not start, and the one before it is tried: ${error.message}`,
      );
      continue;
    }
    former = candidate;
    replicas[1].image = replicas[0].image;
    break;
  }
  if (former === null) {
    replicas[0].image = image;
    await empty();
    await replicas[0].start();
  }
  await replicas[1].start();
  const proxy = await startProxy({ directory, programs, ports });
  const isUp = (place) =>
    until(`replica ${place} is up`, async () => (await proxy.state(place)).startsWith('UP'));
  for (const place of replicas.keys()) await isUp(place);
  const { url } = proxy;

  /** One replica after the other: out of the proxy's sight, stopped, started anew. */
  const roll = async (next) => {
    for (const [place, replica] of replicas.entries()) {
      // A version that cannot leave by itself is taken out by whoever updates it.
      const leaves = await replica.knows('WEIR_DRAIN_SECONDS');
      if (!leaves) {
        await proxy.tell(`set server replicas/r${place} state drain`);
        await delay(DRAIN_SECONDS * 1_000);
      }
      await replica.program.stop();
      replica.image = next;
      await replica.start();
      if (!leaves) await proxy.tell(`set server replicas/r${place} state ready`);
      await isUp(place);
    }
  };
  const under = async (name, work) => {
    const load = new Load(url, { name });
    try {
      await delay(seconds * 500);
      await work();
      await delay(seconds * 500);
    } finally {
      await load.stop();
    }
    return load;
  };

  const newServer = (name) => new Postgres({ name, directory, programs, account });
  return {
    directory,
    image,
    former,
    repository,
    archive,
    primary,
    standby,
    pooler,
    replicas,
    url,
    roll,
    under,
    newServer,
  };
}
