import path from 'node:path';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { createLogger } from '../../src/observability/logger.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { Standby } from '../../src/persistence/standby.js';
import { SIMPLE_TEAM, simpleWorkflow } from '../support/definitions.js';
import { type Answer, post } from '../support/http.js';
import { commitFiles, initRepository } from '../support/repository.js';
import { type Served, startServe } from '../support/serve.js';
import { type Pair, startPair } from '../support/standby.js';
import { until } from '../support/until.js';

const CREATE = `mutation ($input: CreateCampaignInput!) {
  createCampaign(input: $input) { campaign { key name } refusals { code } }
}`;
const READ = 'query ($key: String!) { campaign(key: $key) { key name steps { key status } } }';
const FOLLOW = 'subscription ($key: String!) { campaignChanged(key: $key) { steps { key status } } }';

describe('queries that are read from a standby', () => {
  let pair: Pair;
  const replicas: Served[] = [];

  beforeAll(async () => {
    pair = await startPair();
    const repository = path.join(pair.directory, 'repository');
    await initRepository(repository);
    await commitFiles(
      repository,
      { 'workflows/flow.yaml': simpleWorkflow('flow'), 'workflows/team.yaml': SIMPLE_TEAM },
      { message: 'Begin' },
    );
    const settings = {
      ...{ DATABASE_URL: pair.primary.url, DATABASE_READ_URL: pair.standby.url },
      ...{ WEIR_REPO: repository, WEIR_RATE_LIMIT: '0' },
    };
    for (let each = 0; each < 2; each++) replicas.push(await startServe(pair.directory, settings));
    for (const replica of replicas) await replica.ready();
    await isRead();
  }, 120_000);
  afterEach(async () => {
    await pair.standby.query('SELECT pg_wal_replay_resume()');
    await isRead();
  });
  afterAll(async () => {
    for (const replica of replicas) await replica.close('SIGTERM');
    await pair.close();
  }, 60_000);

  const url = (replica: number): string => replicas[replica % replicas.length]?.url ?? '';
  const isOfStandby = ({ headers }: Answer): boolean => !headers.has('weir-position');
  const read = (replica: number, key: string, headers: Record<string, string> = {}): Promise<Answer> =>
    post(url(replica), { query: READ, variables: { key } }, headers);
  /** Until every replica reads from the standby. */
  async function isRead(): Promise<void> {
    for (const each of replicas.keys()) await until(async () => isOfStandby(await read(each, 'none')));
  }

  async function create(replica: number, key: string): Promise<string> {
    const variables = { input: { key, name: key, workflow: 'flow' } };
    const { data, headers } = await post(url(replica), { query: CREATE, variables });
    // The answer to a change shows what it has made.
    expect(data).toEqual({ createCampaign: { campaign: { key, name: key }, refusals: [] } });
    return headers.get('weir-position') ?? '';
  }

  it('shows everybody what they have written, on another replica, while the standby has not got it', async () => {
    await pair.standby.query('SELECT pg_wal_replay_pause()');
    const position = await create(0, 'behind');
    expect(position).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
    const unaware = await read(1, 'behind');
    expect({ ...unaware.data, isOfStandby: isOfStandby(unaware) }).toEqual({
      ...{ campaign: null, isOfStandby: true },
    });
    for (const headers of [
      { 'weir-position': position },
      { cookie: `a=b; weir-position=${position}; c=d` },
      // What cannot be understood is taken for more than the standby has.
      { 'weir-position': 'yesterday' },
    ]) {
      const answer = await read(1, 'behind', headers);
      expect(answer.data).toMatchObject({ campaign: { key: 'behind' } });
      expect(isOfStandby(answer)).toBe(false);
    }
    await pair.standby.query('SELECT pg_wal_replay_resume()');
    const later = await until(async () => {
      const answer = await read(1, 'behind', { 'weir-position': position });
      return isOfStandby(answer) ? answer : null;
    });
    expect(later.data).toMatchObject({ campaign: { key: 'behind' } });
  });

  it('gives browsers the position as a cookie, for a minute and for nobody else', async () => {
    const variables = { input: { key: 'cookie', name: 'cookie', workflow: 'flow' } };
    const { headers } = await post(url(0), { query: CREATE, variables });
    const position = headers.get('weir-position') ?? '';
    expect(headers.get('set-cookie')).toBe(
      `weir-position=${position}; Max-Age=60; Path=/; HttpOnly; SameSite=Strict`,
    );
  });

  it('tells nothing of positions to whom it does not know, and on open routes', async () => {
    const refused = await post(
      url(0),
      { query: '{ limits { cost } }' },
      { authorization: 'Bearer weir_wrong' },
    );
    expect(refused.status).toBe(401);
    for (const { headers } of [refused, await fetch(`${url(0)}/health/ready`)])
      expect(headers.has('weir-position')).toBe(false);
  });

  it('keeps up with writers that look on the other replica at once', async () => {
    let fromStandby = 0;
    const write = async (writer: number) => {
      for (let each = 0; each < 8; each++) {
        const key = `load-${writer}-${each}`;
        const position = await create(writer, key);
        const answer = await read(writer + 1, key, { 'weir-position': position });
        expect(answer.data).toMatchObject({ campaign: { key } });
        if (isOfStandby(answer)) fromStandby++;
      }
    };
    await Promise.all(Array.from({ length: 6 }, (_, writer) => write(writer)));
    expect(fromStandby).toBeGreaterThan(0);
    const metrics = await (await fetch(`${url(0)}/metrics`)).text();
    expect(metrics).toMatch(/weir_queries_total\{from="standby"\} [1-9]/);
    expect(metrics).toMatch(/weir_standby_behind_seconds \d/);
  }, 60_000);

  it('gives events that are as new as what they tell of, with the position to ask on from', async () => {
    await create(0, 'followed');
    await pair.standby.query('SELECT pg_wal_replay_pause()');
    const socket = createClient({ url: url(1).replace('http', 'ws') + '/graphql', webSocketImpl: WebSocket });
    interface Event {
      readonly data?: {
        readonly campaignChanged: { readonly steps: readonly { key: string; status: string }[] };
      };
      readonly extensions?: Record<string, unknown>;
    }
    const seen: Event[] = [];
    const stop = socket.subscribe<Event['data'] & object>(
      { query: FOLLOW, variables: { key: 'followed' } },
      { next: (event) => void seen.push(event as Event), error: () => undefined, complete: () => undefined },
    );
    try {
      await until(() => Promise.resolve(seen.length > 0));
      const start = 'mutation ($input: StepInput!) { startStep(input: $input) { refusals { code } } }';
      await post(url(0), { query: start, variables: { input: { campaign: 'followed', step: 'brief' } } });
      const event = await until(() => Promise.resolve(seen[1]));
      const started = expect.objectContaining({ key: 'brief', status: 'STARTED' }) as unknown;
      expect(event.data?.campaignChanged.steps).toContainEqual(started);
      const answer = await read(0, 'followed', { 'weir-position': String(event.extensions?.['position']) });
      expect(answer.data).toMatchObject({
        campaign: { steps: expect.arrayContaining([started]) as unknown },
      });
    } finally {
      stop();
      await socket.dispose();
    }
  });

  it.each([
    ['crashes', () => pair.standby.crash(), () => pair.standby.start()],
    ['hangs', () => pair.standby.signal('SIGSTOP'), () => pair.standby.signal('SIGCONT')],
  ])(
    'answers every query while the standby %s, and says so once',
    async (_how, end, begin) => {
      await create(0, `here-${_how}`);
      let isOver = false;
      const trouble: unknown[] = [];
      let asked = 0;
      const ask = async (reader: number) => {
        while (!isOver) {
          const { data, errors } = await read(reader, `here-${_how}`);
          asked++;
          if (errors.length > 0) trouble.push(errors);
          else if (asked > 50 && data?.['campaign'] === null) trouble.push(data);
        }
      };
      const told = () => replicas.map(({ output }) => output().split('the standby is not used').length - 1);
      const before = told();
      const readers = Array.from({ length: 4 }, (_, reader) => ask(reader));
      await until(() => Promise.resolve(asked > 50));
      await end();
      await until(() => Promise.resolve(told().every((times, each) => times === (before[each] ?? 0) + 1)));
      const away = asked;
      await until(() => Promise.resolve(asked > away + 100));
      await begin();
      await isRead();
      isOver = true;
      await Promise.all(readers);
      expect(trouble).toEqual([]);
      expect(told()).toEqual(before.map((times) => times + 1));
    },
    60_000,
  );

  describe('by itself', () => {
    const open = async (readUrl: string, now?: () => number) => {
      const primary = await createDataSource(pair.primary.url).initialize();
      const lines: string[] = [];
      const logger = createLogger('info', { write: (line) => lines.push(line) });
      const standby = new Standby({ primary, url: readUrl, logger, ...(now ? { now } : {}) });
      await standby.start();
      const close = async () => {
        await standby.stop();
        await primary.destroy();
      };
      return { standby, lines, close };
    };

    it('is not used when what it shows is more than ten seconds old, and is again when it has caught up', async () => {
      let [ms, isStill] = [0, false];
      const { standby, close } = await open(pair.standby.url, () => (isStill ? ms : (ms += 0.01)));
      try {
        await until(() => standby.at(null));
        await pair.standby.query('SELECT pg_wal_replay_pause()');
        isStill = true;
        ms += 9_000;
        expect(await standby.at(null)).not.toBeNull();
        await pair.primary.query('CREATE TABLE IF NOT EXISTS news ()');
        ms += 2_000;
        expect(await standby.at(null)).toBeNull();
        await pair.standby.query('SELECT pg_wal_replay_resume()');
        await until(() => standby.at(null));
      } finally {
        await close();
      }
    });

    it.each([
      ['is no standby', () => pair.primary.url, /is not of a standby/],
      ['is away', () => 'postgres://weir:x@127.0.0.1:1/postgres', /ECONNREFUSED/],
      ['is of another cluster', () => process.env['TEST_DATABASE_URL'] ?? '', /another cluster/],
    ])('is not used where it %s', async (_name, readUrl, why) => {
      const { standby, lines, close } = await open(readUrl());
      try {
        expect(await standby.at(null)).toBeNull();
        expect(standby.behindSeconds()).toBeNull();
        expect(lines).toHaveLength(1);
        expect(lines[0]).toMatch(why);
      } finally {
        await close();
      }
    });
  });
});
