import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { createTestDatabase } from './database.js';
import { post } from './http.js';
import { type Replica, startReplica } from './replica.js';
import { commitFiles, initRepository } from './repository.js';

const WORDS = `apiVersion: weir/v1
kind: Taxonomy
id: words
channels: [{ id: email, risk: low }, { id: social, risk: low }]
signals:
  - { id: email.open_rate, owner: ops, unit: ratio, range: [0, 1] }
  - { id: social.click_rate, owner: ops, unit: ratio, range: [0, 1] }
  - { id: roi, owner: ops, unit: ratio }
---
apiVersion: weir/v1
kind: Team
id: team
roles: [{ id: ops }, { id: creative }]
`;

const SALE = `apiVersion: weir/v1
kind: Workflow
id: sale
name: Sale
steward: ops
pattern: adaptive
channels: [email, social]
sections:
  - id: all
    model: linear
    steps:
      - { id: brief, kind: brief, responsible: ops, accountable: ops, effort: P1D }
      - { id: send, kind: launch, channel: email, responsible: ops, accountable: ops, effort: PT1H }
      - { id: post, kind: launch, channel: social, responsible: ops, accountable: ops, effort: PT1H }
      - { id: retrospective, kind: retrospective, responsible: ops, accountable: ops, effort: PT1H }
triggers:
  - id: low-open-rate
    signal: email.open_rate
    when: "value < 0.12"
    for: PT1H
    guard: { maxAge: PT15M, minSamples: 500, completeness: 0.9 }
    cooldown: PT6H
    actions:
      - shiftBudget: { from: email, to: social, percent: 20, floor: 500 }
      - createStep: { id: new-subject-lines, name: Write new subject lines, responsible: creative }
      - alert: { roles: [creative] }
  - id: weak-clicks
    signal: social.click_rate
    when: "value < 0.01 && previous < 0.01"
    guard: { maxAge: PT1H, range: [0.0001, 1] }
    cooldown: PT1H
    actions:
      - rotateCreative: { channel: social }
      - pauseChannel: { channel: social }
  - { id: loss, signal: roi, when: "value < 0", guard: { maxAge: PT1H }, actions: [{ alert: { roles: [ops] } }] }
cadence:
  - { id: look, rrule: "FREQ=WEEKLY;BYDAY=MO;BYHOUR=10", duration: PT30M, timezone: Europe/Berlin, attendees: [ops] }
kpis: [time-to-launch]
`;

export const SIGNAL_FILES = { 'workflows/words.yaml': WORDS, 'workflows/sale.yaml': SALE };

export interface SignalWorld {
  readonly replica: Replica;
  readonly databaseUrl: string;
  now: Date;
  /** Asks the API, as an admin or as the given person; fails where there are errors. */
  ask<T>(query: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<T>;
  /** Carries out a mutation; `fields` of its payload besides the refusals. */
  act<T>(
    mutation: string,
    input: object,
    fields?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<T & { refusals: { code: string; message: string }[] }>;
  send(
    body: string | ReadableStream<Uint8Array>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: Sent }>;
  close(): Promise<void>;
}
export interface Sent {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejectedCount: number;
  readonly rejected: readonly { line: number; code: string; message: string }[];
  readonly refusals: readonly { code: string }[];
  readonly errors?: readonly { message: string }[];
}

/** A server with its jobs on a database, whose clock stands still, and workflow `sale`, whose triggers listen to two signals. */
export async function startSignalWorld(
  now: Date,
  files: Readonly<Record<string, string>> = SIGNAL_FILES,
): Promise<SignalWorld> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-signals-'));
  const work = path.join(directory, 'work');
  await initRepository(work);
  await commitFiles(work, files, { message: 'Begin' });
  const database = await createTestDatabase();
  const clock = { now };
  const replica = await startReplica({
    databaseUrl: database.url,
    location: work,
    directory,
    now: () => clock.now,
  });
  const world: SignalWorld = {
    ...{ replica, databaseUrl: database.url },
    get now() {
      return clock.now;
    },
    set now(moment) {
      clock.now = moment;
    },
    ask: async <T>(query: string, variables: object = {}, headers = {}) => {
      const { data, errors } = await post(replica.url, { query, variables }, headers);
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      return data as T;
    },
    act: async (mutation, input, fields = '', headers = {}) => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { ${fields} refusals { code message } } }`;
      return (await world.ask<{ payload: never }>(query, { input }, headers)).payload;
    },
    send: async (body, headers = {}) => {
      const init = {
        method: 'POST',
        body,
        duplex: 'half',
        headers: { 'content-type': 'application/x-ndjson', ...headers },
      };
      const response = await fetch(`${replica.url}/signals`, init);
      return { status: response.status, body: (await response.json()) as Sent };
    },
    close: async () => {
      await replica.close();
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
