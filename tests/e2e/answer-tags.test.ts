import { readFileSync } from 'node:fs';
import { startApi, type TestApi } from '../support/api.js';
import { until } from '../support/until.js';

const document = (name: string): string =>
  readFileSync(`examples/typed-client/documents/${name}.graphql`, 'utf8');
const KEY = 'quarterly-b2b-launch';
/** The six questions of a dashboard. */
const QUESTIONS: readonly (readonly [string, object])[] = [
  ['portfolio', { first: 50 }],
  ['campaign', { key: 'first' }],
  ['versions', { key: KEY }],
  ['diff', { key: KEY, from: { number: 1 }, to: { number: 3 } }],
  ['history', { first: 50 }],
  ['review', { quarter: '2026-Q3' }],
];
/** No question of the API looks at these. */
const UNREAD = [
  'audit_unsealed',
  'change_count',
  'notification_target',
  'webhook_delivery',
  'weir_migration',
];

interface Kept {
  readonly status: number;
  readonly tag: string | null;
  readonly text: string;
}

describe('the tag of an answer', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    await act('createCampaign(input: { key: "first", name: "First", workflow: "social-post" })');
  }, 60_000);
  afterAll(() => api.close());

  async function get(
    query: string,
    variables: object = {},
    headers: Record<string, string> = {},
  ): Promise<Kept> {
    const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString();
    const answer = await fetch(`${api.url}/graphql?${parameters}`, {
      headers: { 'apollo-require-preflight': 'yes', ...headers },
    });
    return { status: answer.status, tag: answer.headers.get('etag'), text: await answer.text() };
  }
  const again = (kept: Kept, query: string, variables: object = {}, headers = {}): Promise<Kept> =>
    get(query, variables, { ...headers, 'if-none-match': String(kept.tag) });

  async function act(mutation: string): Promise<void> {
    const { it: payload } = await api
      .as()
      .request<{ it: { refusals: object[] } }>(`mutation { it: ${mutation} { refusals { message } } }`);
    expect(payload.refusals).toEqual([]);
  }

  it.each(QUESTIONS)('says of %s that nothing has changed, with one statement', async (name, variables) => {
    const query = document(name);
    const kept = await get(query, variables);
    expect(kept).toMatchObject({ status: 200, tag: expect.stringMatching(/^W\/"/) as string });
    const before = api.questions();
    expect(await again(kept, query, variables)).toEqual({ status: 304, tag: kept.tag, text: '' });
    expect(api.questions() - before).toBe(1);
  });

  it('goes with what the answer looks at, and with nothing else', async () => {
    const [campaign, diff] = [document('campaign'), document('diff')];
    const of = { key: KEY, from: { number: 1 }, to: { number: 2 } };
    const kept = [await get(campaign, { key: 'first' }), await get(diff, of)] as const;
    await act('startStep(input: { campaign: "first", step: "brief" })');
    const changed = await again(kept[0], campaign, { key: 'first' });
    expect(changed).toMatchObject({ status: 200 });
    expect(changed.text).toContain('STARTED');
    expect(changed.tag).not.toBe(kept[0].tag);
    expect(await again(kept[1], diff, of)).toMatchObject({ status: 304 });
    // Whoever changes it, and however.
    await api.query(`UPDATE definition SET retired_at = now() WHERE key = $1`, [KEY]);
    expect(await again(kept[1], diff, of)).toMatchObject({ status: 200 });
    await api.query(`UPDATE definition SET retired_at = NULL WHERE key = $1`, [KEY]);
  });

  it('is that of whoever asks, and of what is asked', async () => {
    const [one, other] = [
      { 'weir-actor': 'one@example.com', 'weir-roles': 'viewer,marketing-lead' },
      { 'weir-actor': 'other@example.com', 'weir-roles': 'viewer,marketing-lead' },
    ];
    const query = '{ campaign(key: "first") { key name } }';
    const kept = await get(query, {}, one);
    expect(await again(kept, query, {}, one)).toMatchObject({ status: 304 });
    expect(await again(kept, query, {}, other)).toMatchObject({ status: 200 });
    expect(await again(kept, query, {}, { ...one, 'weir-roles': 'viewer,legal' })).toMatchObject({
      status: 200,
    });
    expect(await again(kept, `${query} `, {}, one)).toMatchObject({ status: 200 });
    const several = { ...one, 'if-none-match': `"else", ${String(kept.tag)}` };
    expect(await get(query, {}, several)).toMatchObject({ status: 304, tag: kept.tag });
    for (const wrong of [
      '*',
      '""',
      'W/"z.z.z"',
      `W/"${'z'.repeat(3_000)}.z.a"`,
      String(kept.tag).replace('.z.', '.y.'),
    ])
      expect(await get(query, {}, { ...one, 'if-none-match': wrong })).toMatchObject({ status: 200 });
  });

  it('is given to none that holds for this moment alone, that failed, or that changes something', async () => {
    for (const query of [
      '{ campaign(key: "first") { forecast { p50Hours } } }',
      '{ campaignStats(groupBy: [STATUS]) { overdue } }',
      '{ quarterlyReview { quarter } }',
      `{ plan(base: "HEAD~1", head: "HEAD") { classification } }`,
      '{ workflows { nodes { versions(after: "no cursor") { totalCount } } } }',
    ])
      expect(await get(query)).toMatchObject({ tag: null });
    const answer = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ campaign(key: "first") { key } }' }),
    });
    expect(answer.headers.get('etag')).toBeNull();
  });

  it('is given to what was measured, and to none that says how long ago', async () => {
    const asked = (field: string): Promise<Kept> =>
      get(`{ campaign(key: "first") { metrics { name value measuredAt ${field} } } }`);
    const kept = await asked('notes');
    expect(kept.text).toMatch(/"measuredAt":"\d/);
    expect(kept.tag).toMatch(/^W\//);
    expect((await asked('ageHours')).tag).toBeNull();
  });

  it('holds until the day on which the clock makes another answer of it', async () => {
    const [query, variables] = [document('review'), { quarter: '2026-Q3' }];
    const kept = await get(query, variables);
    const morning = api.now;
    api.now = new Date(
      Date.UTC(morning.getUTCFullYear(), morning.getUTCMonth(), morning.getUTCDate(), 23, 59),
    );
    expect(await again(kept, query, variables)).toMatchObject({ status: 304 });
    api.now = new Date(api.now.getTime() + 60_000);
    expect(await again(kept, query, variables)).toMatchObject({ status: 200 });
    api.now = morning;
  });

  it('never says so of an answer that lacks what had been written before it was asked for', async () => {
    const list = '{ campaigns(first: 200) { totalCount nodes { name steps { status } } } }';
    const log = '{ auditLog(first: 1) { totalCount } }';
    const [written, seen] = [
      { campaigns: 1, started: 1, names: 0 },
      { reads: 0, unchanged: 0 },
    ];
    let isOver = false;
    const reader = async (query: string, check: (text: string, least: typeof written) => void) => {
      let kept = await get(query);
      while (!isOver) {
        const least = { ...written };
        const answer = await again(kept, query);
        if (answer.status === 304) seen.unchanged += 1;
        else kept = answer;
        check(kept.text, least);
        seen.reads += 1;
      }
    };
    const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
    const total = (text: string): number => Number(/"totalCount":(\d+)/.exec(text)?.[1]);
    const lists = (text: string, least: typeof written): void => {
      expect(total(text)).toBeGreaterThanOrEqual(least.campaigns);
      expect(count(text, /STARTED/g)).toBeGreaterThanOrEqual(least.started);
      expect(count(text, /renamed/g)).toBeGreaterThanOrEqual(least.names);
    };
    const records = (text: string, least: typeof written): void => {
      expect(total(text)).toBeGreaterThanOrEqual(least.campaigns + least.started);
    };
    const readers = [reader(list, lists), reader(list, lists), reader(log, records)];
    const failed = Promise.all(readers);
    failed.catch(() => undefined);
    const writer = async (name: string): Promise<void> => {
      for (let at = 0; at < 8; at++) {
        const key = `${name}-${at}`;
        await act(`createCampaign(input: { key: "${key}", name: "${key}", workflow: "social-post" })`);
        written.campaigns += 1;
        await act(`startStep(input: { campaign: "${key}", step: "brief" })`);
        written.started += 1;
        await api.query(`UPDATE campaign SET name = 'renamed' WHERE key = $1`, [key]);
        written.names += 1;
        await api.ports.inTransaction(({ jobs }) => jobs.addUpChanges());
        const reads = seen.reads;
        await until(() => Promise.resolve(seen.reads > reads + 6));
      }
    };
    await Promise.all([writer('a'), writer('b')]).finally(() => (isOver = true));
    await failed;
    expect(seen.unchanged).toBeGreaterThan(10);
    expect(written).toEqual({ campaigns: 17, started: 17, names: 16 });
  }, 60_000);

  it('knows of every table', async () => {
    const rows = (await api.query(
      `SELECT relname AS name, EXISTS (SELECT FROM change_count WHERE topic = relname) AS "isCounted",
              (SELECT count(*)::int FROM pg_trigger WHERE tgrelid = c.oid AND tgfoid::regproc::text IN ('note_change', 'note_rows')) AS triggers
         FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
    )) as { name: string; isCounted: boolean; triggers: number }[];
    const counted = rows.filter(({ isCounted, triggers }) => isCounted && triggers > 0);
    expect(rows.length - counted.length).toBe(UNREAD.length);
    expect(rows.filter((each) => !counted.includes(each)).map(({ name }) => name)).toEqual(UNREAD);
  });
});
