import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { type Cluster, openCluster, superuser } from '../../src/persistence/embedded/cluster.js';
import {
  findPostmaster,
  haltPostmaster,
  launchPostmaster,
} from '../../src/persistence/embedded/postmaster.js';
import { SIMPLE_TEAM, simpleWorkflow } from '../support/definitions.js';
import { freePort } from '../support/free-port.js';
import { commitFiles, initRepository } from '../support/repository.js';
import { acknowledged } from '../support/mutations.js';
import { type Served, startServe } from '../support/serve.js';
import { until } from '../support/until.js';

/** For how long, and how often the database goes away meanwhile; `npm run faults` takes two minutes. */
const SECONDS = Number(process.env['FAULT_SECONDS'] ?? 12);
const EVERY_SECONDS = Number(process.env['FAULT_EVERY'] ?? 4);
const WRITERS = 8;

describe('a database that is restarted under load', () => {
  let directory: string;
  let cluster: Cluster;
  let databasePort: number;
  let databaseUrl: string;
  const replicas: Served[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-restarts-'));
    cluster = await openCluster(path.join(directory, 'state'), undefined);
    databasePort = await freePort();
    await launch();
    databaseUrl = `postgres://${superuser}:${cluster.password}@127.0.0.1:${databasePort}/postgres`;
    const repository = path.join(directory, 'repository');
    await initRepository(repository);
    await commitFiles(
      repository,
      { 'workflows/flow.yaml': simpleWorkflow('flow'), 'workflows/team.yaml': SIMPLE_TEAM },
      { message: 'Begin' },
    );
    const settings = { DATABASE_URL: databaseUrl, WEIR_REPO: repository, WEIR_RATE_LIMIT: '0' };
    for (let each = 0; each < 2; each++) replicas.push(await startServe(directory, settings));
    for (const replica of replicas) await replica.ready();
  }, 120_000);
  afterAll(async () => {
    for (const replica of replicas) await replica.close('SIGTERM');
    await haltPostmaster(cluster);
    await rm(directory, { recursive: true, force: true });
  }, 60_000);

  async function launch(): Promise<void> {
    const { ok, output } = await launchPostmaster(cluster, { port: String(databasePort) });
    if (!ok) throw new Error(output);
  }

  /** Stops it in order, or as a crash does, and starts it again. */
  async function restart(isCrash: boolean): Promise<void> {
    const postmaster = await findPostmaster(cluster.dataDirectory);
    if (isCrash && postmaster) {
      process.kill(postmaster.pid, 'SIGQUIT');
      await until(async () => (await findPostmaster(cluster.dataDirectory)) === null);
    } else await haltPostmaster(cluster);
    await launch();
  }

  interface Done {
    readonly key: string;
    readonly tries: number;
  }

  it(
    'loses nothing that was acknowledged, and does nothing twice',
    async () => {
      const done: Done[] = [];
      let signals = 0;
      let isOver = false;
      const sent = (mutation: string, input: object) => acknowledged(replicas, mutation, input, randomUUID());
      const write = async (writer: number) => {
        for (let each = 0; !isOver; each++) {
          const key = `w${writer}-${each}`;
          let tries = await sent('createCampaign', { key, name: key, workflow: 'flow' });
          tries += await sent('startStep', { campaign: key, step: 'brief' });
          const reading = { signal: 's', key: 'k', at: new Date().toISOString(), value: 1 };
          await sent('recordSignals', { campaign: key, signals: [reading] });
          signals++;
          done.push({ key, tries });
        }
      };
      const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));
      // A writer that fails ends the test, and the others.
      const failed = Promise.all(writers).finally(() => (isOver = true));
      failed.catch(() => undefined);
      let restarts = 0;
      for (const end = Date.now() + SECONDS * 1_000; Date.now() < end;) {
        await Promise.race([delay(EVERY_SECONDS * 1_000), failed]);
        await restart(restarts++ % 2 === 1);
      }
      isOver = true;
      await failed;
      const client = new Client(databaseUrl);
      await client.connect();
      const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
        (await client.query<Record<string, unknown>>(sql)).rows;
      const keys = new Set(done.map(({ key }) => key));
      const stored = await rows(
        `SELECT c.key, s.status,
                (SELECT count(*)::int FROM audit_record a WHERE a.campaign_id = c.id AND action = 'campaign.create') AS created,
                (SELECT count(*)::int FROM audit_record a WHERE a.campaign_id = c.id AND action = 'step.start') AS started,
                (SELECT count(*)::int FROM signal g WHERE g.campaign_id = c.id) AS signals
           FROM campaign c LEFT JOIN campaign_step s ON s.campaign_id = c.id AND s.key = 'brief'`,
      );
      await client.end();
      const wrong = stored.filter(
        (row) =>
          !keys.has(String(row['key'])) ||
          ['created', 'started', 'signals'].some((name) => row[name] !== 1) ||
          row['status'] !== 'started',
      );
      expect(wrong).toEqual([]);
      expect(stored).toHaveLength(done.length);
      expect(done.length).toBeGreaterThan(WRITERS);
      // Some were in the middle of it.
      expect(done.some(({ tries }) => tries > 2)).toBe(true);
      expect(restarts).toBeGreaterThanOrEqual(Math.floor(SECONDS / (EVERY_SECONDS + 5)));
      for (const { url } of replicas)
        await until(async () => (await fetch(`${url}/health/ready`)).status === 200, 30_000);
      process.stdout.write(
        `${done.length * 3} writes acknowledged over ${restarts} restarts, ${signals} signals; none lost, none twice\n`,
      );
    },
    SECONDS * 4_000 + 120_000,
  );
});
