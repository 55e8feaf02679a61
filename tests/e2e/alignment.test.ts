import { createHash } from 'node:crypto';
import net from 'node:net';
import type { TestApi } from '../support/api.js';
import { startBriefWorld } from '../support/brief-world.js';
import { until } from '../support/until.js';

const CAMPAIGN = 'spring-lamps';
const MAIL = 'A quarter off every lamp until 5 May. Use code SPRING25 at checkout. Shop now!';
const POST = 'Every lamp 25% off – ends 5 May! Code: SPRING25. Buy now.';

interface Metric {
  name: string;
  value: number | null;
  notes: string[];
  measuredAt: string | null;
  parts: { name: string; value: number }[];
  evidence: { __typename: string; message: string }[];
}
interface Refused {
  refusals: { code: string; message: string }[];
}

describe('alignment through the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startBriefWorld();
    await mutate('createCampaign', {
      ...{ key: CAMPAIGN, name: 'Spring lamps', workflow: 'product-launch' },
      plannedLaunchAt: '2026-12-01T09:00:00Z',
      brief: [
        { name: 'offerCode', text: 'SPRING25' },
        { name: 'segments', items: ['smb'] },
        { name: 'tone', text: 'friendly' },
        { name: 'keyMessages', items: ['Light for every room', 'Saves energy'] },
        { name: 'launchDate', text: '2026-12-01' },
      ],
    });
  }, 60_000);
  afterAll(() => api.close());

  async function mutate(name: string, input: object): Promise<Refused> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const answer = await api
      .as()
      .request<Record<string, Refused>>(
        `mutation($input: ${type}) { ${name}(input: $input) { refusals { code message } } }`,
        { input },
      );
    return answer[name] ?? { refusals: [] };
  }
  const add = (key: string, channel: string, text: string, more: object = {}) =>
    mutate('addAsset', { campaign: CAMPAIGN, key, channel, text, segments: ['smb'], ...more });

  async function ask<T>(fields: string): Promise<T> {
    const { campaign } = await api
      .as()
      .request<{ campaign: T }>(`{ campaign(key: "${CAMPAIGN}") { ${fields} } }`);
    return campaign;
  }
  async function metrics(): Promise<Record<string, Metric>> {
    const { metrics } = await ask<{ metrics: Metric[] }>(
      'metrics { name value notes measuredAt parts { name value } evidence { __typename message } }',
    );
    return Object.fromEntries(metrics.map((metric) => [metric.name, metric]));
  }
  const hashes = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) =>
      createHash('sha256')
        .update(String(from + at))
        .digest('hex'),
    ).join('\n');
  const upload = (channel: string, body: string, init: RequestInit = {}) =>
    fetch(`${api.url}/audiences/${CAMPAIGN}/${channel}`, { method: 'PUT', body, ...init });

  it('says of every metric what it needs, before there is anything to measure', async () => {
    const before = await metrics();
    expect(before['message-consistency']).toMatchObject({ value: null });
    expect(before['audience-overlap']).toMatchObject({
      ...{ value: null, notes: ['needs audiences of two channels, neither of them empty'] },
    });
    expect(before['timing-spread']).toMatchObject({ value: 0 });
    expect(before['rework-rounds']).toMatchObject({ value: 0 });
  });

  it('measures what an added asset changes, and nothing else', async () => {
    const writings = [await transactions()];
    expect((await add('launch-mail', 'email', MAIL)).refusals).toEqual([]);
    expect((await add('launch-post', 'social', POST)).refusals).toEqual([]);
    const after = await metrics();
    expect(after['message-consistency']).toMatchObject({ value: 1, evidence: [] });
    expect(after['brief-drift']).toMatchObject({ value: 0 });
    expect(after['key-message-coverage']?.value).toBe(0);
    writings.push(await transactions());
    const written = (name: string) => writings.map((each) => each[name]);
    expect(written('timing-spread')[0]).toBe(written('timing-spread')[1]);
    expect(written('message-consistency')[0]).not.toBe(written('message-consistency')[1]);
  });

  /** By metric, the transaction that wrote it. */
  const transactions = async (): Promise<Record<string, string>> => {
    const found = (await api.query(
      `SELECT metric, m.xmin::text AS by FROM campaign_metric m JOIN campaign c ON c.id = m.campaign_id WHERE c.key = '${CAMPAIGN}'`,
    )) as { metric: string; by: string }[];
    return Object.fromEntries(found.map(({ metric, by }) => [metric, by]));
  };

  it('names a contradiction, who says what and where', async () => {
    const script = 'Hello! Until 5 May you save 20 percent on every lamp. <b>Code SPRING20</b>. Shop today.';
    await add('booth-script', 'events', script, { offer: 'SPRING20', segments: ['enterprise'] });
    const { contradictions } = await ask<{
      contradictions: {
        fact: string;
        message: string;
        sides: {
          value: string;
          places: { asset: string | null; start: number; end: number; text: string }[];
        }[];
      }[];
    }>('contradictions { fact message sides { value places { asset start end text } } }');
    const found = contradictions.find(({ fact }) => fact === 'PERCENTAGE');
    expect(found?.message).toContain("'booth-script' (events) says 20 %");
    const side = found?.sides.find(({ value }) => value === '20 %')?.places[0];
    expect(script.slice(side?.start, side?.end)).toBe('20 percent');
    expect(contradictions.map(({ fact }) => fact).sort()).toEqual(['CODE', 'PERCENTAGE']);
    const now = await metrics();
    expect(now['message-consistency']?.value).toBeLessThan(0.9);
    expect(now['brief-drift']?.evidence.map(({ message }) => message).sort()).toEqual([
      "offerCode: the brief says SPRING25, 'booth-script' says SPRING20",
      "segments: the brief says smb, 'booth-script' says enterprise",
    ]);
    await add('booth-script', 'events', script.replaceAll('20', '25'), { offer: 'SPRING25' });
    expect((await metrics())['message-consistency']).toMatchObject({ value: 1, evidence: [] });
    expect(
      (await ask<{ assets: { key: string; revision: number }[] }>('assets { key revision }')).assets,
    ).toEqual([
      { key: 'booth-script', revision: 2 },
      { key: 'launch-mail', revision: 1 },
      { key: 'launch-post', revision: 1 },
    ]);
  });

  it('refuses an asset that cannot be', async () => {
    for (const [input, code, part] of [
      [{ key: 'a b', channel: 'email', text: 'x' }, 'INVALID_INPUT', 'key'],
      [{ key: 'a', channel: 'emial', text: 'x' }, 'UNKNOWN_CHANNEL', "did you mean 'email'"],
      [{ key: 'a', channel: 'email', text: 'x'.repeat(1_000_001) }, 'INVALID_INPUT', 'characters'],
      [{ key: 'a', channel: 'email', text: 'x', derivedFrom: 'a' }, 'INVALID_INPUT', 'no other asset'],
      [{ key: 'a', channel: 'email', text: 'x', links: [''] }, 'INVALID_INPUT', 'links'],
    ] as const) {
      const { refusals } = await mutate('addAsset', { campaign: CAMPAIGN, ...input });
      expect(refusals).toMatchObject([{ code }]);
      expect(refusals[0]?.message).toContain(part);
    }
  });

  it('refuses half of a character, which the database could not keep, and takes whole ones', async () => {
    const send = async (text: string): Promise<{ status: number; answer: string }> => {
      const query =
        'mutation($text: String!) { addAsset(input: { campaign: "none", key: "\\uD83D\\uDE00", channel: "email", text: $text }) { refusals { code } } }';
      const body = `{"query":${JSON.stringify(query)},"variables":{"text":"${text}"}}`;
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${api.url}/graphql`, { method: 'POST', headers, body });
      return { status: response.status, answer: await response.text() };
    };
    for (const half of ['25 % \\ud83d off', '\\ude00'])
      expect(await send(half)).toMatchObject({
        status: 400,
        answer: expect.stringContaining('lone surrogate') as string,
      });
    for (const whole of ['\\ud83d\\ude00', '😀😀', 'ü'])
      expect((await send(whole)).answer).toContain('UNKNOWN_CAMPAIGN');
  });

  it('counts how far audiences are the same people (R76)', async () => {
    expect(await (await upload('email', hashes(1, 100))).json()).toMatchObject({ size: 100, duplicates: 0 });
    expect((await metrics())['audience-overlap']).toMatchObject({ value: null });
    await upload('social', `${hashes(51, 150)}\r\n\n${hashes(51, 60).toUpperCase()}\n`);
    const found = await metrics();
    expect(found['audience-overlap']?.value).toBe(0.5);
    expect(found['audience-overlap']?.parts).toContainEqual({ name: 'jaccard', value: 1 / 3 });
    expect(found['audience-overlap']?.evidence[0]?.message).toBe(
      'email and social share 50 people, 50 % of the smaller audience',
    );
    const { audiences } = await ask<{ audiences: object[] }>('audiences { channel size }');
    expect(audiences).toEqual([
      { channel: 'email', size: 100 },
      { channel: 'social', size: 100 },
    ]);
  });

  it('replaces an audience whole, or not at all', async () => {
    const broken = await upload('social', `${hashes(1, 50)}\njane@example.com\nshort\n`);
    expect(broken.status).toBe(422);
    expect(await broken.json()).toEqual({
      problems: [
        { line: 51, message: 'looks like an address: send a hash of it, nothing that names a person' },
        { line: 52, message: 'a hash has at least 16 characters' },
      ],
    });
    expect((await metrics())['audience-overlap']?.value).toBe(0.5);
    const nobody = await upload('social', '');
    expect([nobody.status, await nobody.json()]).toEqual([
      422,
      { problems: [{ line: 1, message: 'nobody is in the list; to forget an audience, send DELETE' }] },
    ]);
    for (const headers of [{ 'content-encoding': 'gzip' }, { 'content-type': 'application/json' }])
      expect((await upload('social', hashes(1, 80), { headers })).status).toBe(415);
    expect((await metrics())['audience-overlap']?.value).toBe(0.5);
    await upload('social', hashes(1, 80));
    expect((await metrics())['audience-overlap']?.value).toBe(1);
    expect((await upload('socail', hashes(1, 2))).status).toBe(404);
    expect((await upload('social', hashes(1, 2), { headers: { 'weir-roles': 'viewer' } })).status).toBe(403);
    const gone = await fetch(`${api.url}/audiences/${CAMPAIGN}/social`, { method: 'DELETE' });
    expect(gone.status).toBe(200);
    expect(await api.query('SELECT count(*)::int AS n FROM audience_member')).toEqual([{ n: 100 }]);
    await upload('social', hashes(1, 80));
  });

  it('keeps nothing of an audience whose sender goes away in the middle', async () => {
    const before = await api.query('SELECT id, size FROM audience ORDER BY id');
    const { hostname, port } = new URL(api.url);
    const socket = net.connect(Number(port), hostname);
    const lines = `${hashes(1, 2_000)}\n`;
    socket.write(
      `PUT /audiences/${CAMPAIGN}/social HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${lines.length * 3}\r\n\r\n${lines}`,
    );
    const reading = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE 'COPY given%' AND state <> 'idle'
      AND datname = current_database()`;
    const isReading = async () => ((await api.query(reading)) as { n: number }[])[0]?.n === 1;
    await until(isReading);
    socket.destroy();
    await until(async () => !(await isReading()));
    expect(await api.query('SELECT id, size FROM audience ORDER BY id')).toEqual(before);
    const strays = `SELECT count(*)::int AS n FROM audience_member WHERE audience_id NOT IN (SELECT id FROM audience)`;
    expect(await api.query(strays)).toEqual([{ n: 0 }]);
  });

  it('takes the audiences of one channel in turn', async () => {
    const sizes = [30, 40, 50];
    const answers = await Promise.all(sizes.map((size) => upload('social', hashes(1, size))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [row] = (await api.query(
      `SELECT a.size, (SELECT count(*)::int FROM audience_member m WHERE m.audience_id = a.id) AS members
         FROM audience a JOIN campaign c ON c.id = a.campaign_id WHERE c.key = '${CAMPAIGN}' AND a.channel = 'social'`,
    )) as { size: number; members: number }[];
    expect(row?.size).toBe(row?.members);
    expect(sizes).toContain(row?.size);
    await upload('social', hashes(1, 80));
  });

  it('remembers when everything came together, and when it was lost', async () => {
    const convergence = async () =>
      (
        await ask<{
          convergence: { isConverged: boolean; dimensions: { dimension: string; agrees: boolean }[] };
        }>(
          'convergence { isConverged convergedAt lost { from to dimension } dimensions { dimension agrees } }',
        )
      ).convergence;
    const now = await convergence();
    expect(now.dimensions).toEqual([
      { dimension: 'CONTENT', agrees: true },
      { dimension: 'TARGETING', agrees: true },
      { dimension: 'CHANNELS', agrees: false },
      { dimension: 'TIMING', agrees: true },
    ]);
    await upload('social', hashes(900, 980));
    expect((await convergence()).dimensions[1]).toEqual({ dimension: 'TARGETING', agrees: false });
  });
});
