import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DELIVER, type NotificationTarget } from '../../src/application/deliver-notifications.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { createTargets, type TargetAddress } from '../../src/notify/targets.js';
import { createTestDatabase } from './database.js';
import { post } from './http.js';
import { type Replica, startReplica } from './replica.js';
import { commitFiles, initRepository } from './repository.js';
import { until } from './until.js';

const TEAM = `apiVersion: weir/v1
kind: Team
id: team
roles:
  - { id: ops, people: [ops@example.com, both@example.com], timezone: Europe/Berlin }
  - { id: writer, people: [both@example.com] }
  - { id: legal }
`;
const NOTE = `apiVersion: weir/v1
kind: Workflow
id: note
name: Note
steward: ops
pattern: sequential
channels: [email]
sections:
  - id: all
    model: linear
    steps:
      - { id: brief, name: "Say <what> & why", kind: brief, responsible: [ops, writer], accountable: ops, informed: [writer], effort: P1D, escalateAfter: PT8H }
      - { id: legal, kind: approval, responsible: legal, accountable: ops, effort: P1D }
      - { id: send, kind: launch, channel: email, responsible: ops, accountable: ops, effort: PT1H }
      - { id: retrospective, kind: retrospective, responsible: ops, accountable: ops, effort: PT1H }
kpis: [time-to-launch]
`;

export const SECRETS = {
  old: `whsec_${Buffer.alloc(24, 'old').toString('base64')}`,
  new: `whsec_${Buffer.alloc(32, 'new').toString('base64')}`,
};

export interface NotifyWorld {
  readonly replica: Replica;
  readonly targets: readonly NotificationTarget[];
  now: Date;
  readonly ask: <T>(
    query: string,
    variables?: object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<T>;
  readonly create: (key: string) => Promise<void>;
  /** Moves the clock on, and has every target looked at. */
  readonly later: (milliseconds: number) => Promise<void>;
  /** Another server on the same database. */
  readonly another: () => Promise<Replica>;
  /** How far the deliveries are, by target and state. */
  readonly standing: () => Promise<Readonly<Record<string, number>>>;
  readonly query: <T>(sql: string, values?: unknown[]) => Promise<T[]>;
  close(): Promise<void>;
}

/** A server with people to tell, and targets to tell them by. */
export async function startNotifyWorld(
  addresses: readonly TargetAddress[],
  { timeLimitMs = 2_000, onSend = (target: NotificationTarget) => target } = {},
): Promise<NotifyWorld> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-notify-'));
  const location = path.join(directory, 'work');
  await initRepository(location);
  await commitFiles(
    location,
    { 'workflows/team.yaml': TEAM, 'workflows/note.yaml': NOTE },
    { message: 'Begin', date: '2026-11-20T09:00:00Z' },
  );
  const database = await createTestDatabase();
  const secrets = [SECRETS.new, SECRETS.old];
  const targets = createTargets({ addresses, secrets, allowPrivate: true, timeLimitMs }).map(onSend);
  const clock = { now: new Date('2027-03-01T09:00:00Z') };
  const options = { databaseUrl: database.url, location, directory, targets, now: () => clock.now };
  const replica = await startReplica(options);
  const replicas = [replica];
  const ask = async <T>(query: string, variables: object = {}, headers = {}) => {
    const { data, errors } = await post(replica.url, { query, variables }, headers);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data as T;
  };
  const world: NotifyWorld = {
    ...{ replica, targets, ask },
    get now() {
      return clock.now;
    },
    set now(moment) {
      clock.now = moment;
    },
    create: async (key) => {
      const input = { key, name: `Note ${key}`, workflow: 'note', plannedLaunchAt: '2027-04-01T09:00:00Z' };
      const { payload } = await ask<{ payload: { refusals: unknown[] } }>(
        'mutation ($input: CreateCampaignInput!) { payload: createCampaign(input: $input) { refusals { message } } }',
        { input },
      );
      if (payload.refusals.length > 0) throw new Error(JSON.stringify(payload.refusals));
    },
    later: async (milliseconds) => {
      clock.now = new Date(clock.now.getTime() + milliseconds);
      await replica.ports.inTransaction(async ({ jobs }) => {
        for (const { name } of targets) await jobs.ask(DELIVER, { target: name }, { key: `test ${name}` });
      });
      await until(
        async () =>
          (await world.query("SELECT 1 FROM graphile_worker.jobs WHERE key LIKE 'test %'")).length === 0,
      );
    },
    another: async () => {
      const more = await startReplica(options);
      replicas.push(more);
      return more;
    },
    standing: async () => {
      const rows = await world.query<{ name: string; count: number }>(
        `SELECT target || ' ' || state AS name, count(*)::int AS count FROM notification_delivery GROUP BY 1`,
      );
      return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
    },
    query: <T>(sql: string, values: unknown[] = []) => replica.data.query<T[]>(sql, values),
    close: async () => {
      for (const each of replicas) await each.close();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
  const { problems } = await replica.sync.run('start', LOCAL_ACTOR);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    await world.close();
    throw new Error(JSON.stringify(errors));
  }
  return world;
}
