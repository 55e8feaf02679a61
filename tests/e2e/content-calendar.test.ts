import type { TestApi } from '../support/api.js';
import { startBriefWorld, talker } from '../support/brief-world.js';

const CAMPAIGN = 'spring-content';

interface Calendar {
  theme: string;
  items: { key: string; isMade: boolean; missingKeywords: string[] }[];
  windows: { earliest: string; latest: string; isKept: boolean }[];
  violations: { rule: string; item: string | null; message: string; mend: string }[];
}

describe('assets and the content calendar through the API', () => {
  let api: TestApi;
  let talk: ReturnType<typeof talker>;
  beforeAll(async () => {
    api = await startBriefWorld();
    talk = talker(api);
    await talk.act('createCampaign', {
      ...{
        key: CAMPAIGN,
        name: 'Spring',
        workflow: 'content-launch',
        plannedLaunchAt: '2026-12-21T10:00:00Z',
      },
      channels: [{ channel: 'social', plannedAt: '2026-12-20T10:00:00Z' }],
      brief: [{ name: 'keywords', items: ['lamp', 'daylight'] }],
    });
  }, 60_000);
  afterAll(() => api.close());

  const add = (key: string, channel: string, text: string, more: object = {}) =>
    talk.act('addAsset', { campaign: CAMPAIGN, key, channel, text, ...more });
  const stale = async () => {
    const { assets } = await talk.ask<{
      assets: { key: string; revision: number; staleSource: string | null }[];
    }>(CAMPAIGN, 'assets { key revision staleSource }');
    return Object.fromEntries(assets.map(({ key, revision, staleSource }) => [key, [revision, staleSource]]));
  };
  const calendar = async () => {
    const { contentCalendar } = await talk.ask<{ contentCalendar: Calendar }>(
      CAMPAIGN,
      `contentCalendar { theme minLinks keywords items { key channel at theme links linkedFrom isMade isPlanned missingKeywords }
         windows { step after channel afterChannel at afterAt earliest latest isKept } violations { rule item channel message mend } }`,
    );
    return contentCalendar;
  };

  it('makes what is derived stale when its source changes, down the line, and fresh when it is made again (R23)', async () => {
    await add('post', 'social', 'A lamp like daylight.');
    await add('card', 'social', 'Daylight, a lamp.', { derivedFrom: 'post', links: ['story'] });
    await add('quote', 'email', 'Lamp!', { derivedFrom: 'card' });
    expect(await stale()).toEqual({ card: [1, null], post: [1, null], quote: [1, null] });
    // The same again, and another time, change nothing that readers see.
    await add('post', 'social', 'A lamp like daylight.');
    await add('post', 'social', 'A lamp like daylight.', { plannedAt: '2026-12-20T10:00:00Z' });
    expect(await stale()).toEqual({ card: [1, null], post: [1, null], quote: [1, null] });
    await add('post', 'social', 'A lamp as bright as daylight.', { plannedAt: '2026-12-20T10:00:00Z' });
    expect(await stale()).toEqual({ card: [1, 'post'], post: [2, null], quote: [1, 'post'] });
    expect((await calendar()).violations.filter(({ rule }) => rule === 'STALE_SOURCE')).toMatchObject([
      { item: 'card', message: "'card' was made from 'post', which has changed since" },
      { item: 'quote' },
    ]);
    // It still fits: given again as it is.
    await add('card', 'social', 'Daylight, a lamp.', { derivedFrom: 'post', links: ['story'] });
    expect(await stale()).toEqual({ card: [1, null], post: [2, null], quote: [1, null] });
  });

  it('refuses a line that comes round to itself, and words that nobody knows, with a suggestion (R49)', async () => {
    expect(await add('post', 'social', 'x', { derivedFrom: 'quote' })).toMatchObject([
      { code: 'LINEAGE_CYCLE', message: expect.stringContaining('quote is made from card') as string },
    ]);
    expect(await add('mail', 'email', 'x', { offer: 'SPRNG25', segments: ['smbs'] })).toMatchObject([
      {
        code: 'UNKNOWN_OFFER',
        message: "the taxonomy has no offer 'SPRNG25', did you mean 'SPRING25'?",
        missing: ["use 'SPRING25'"],
      },
      { code: 'UNKNOWN_SEGMENT', missing: ["use 'smb'"] },
    ]);
    expect(
      await add('mail', 'email', 'x', { offer: 'ADVENT15', plannedAt: '2027-01-01T09:00:00Z' }),
    ).toMatchObject([{ code: 'OFFER_NOT_VALID' }]);
    expect(await add('mail', 'email', 'x', { theme: ' ' })).toMatchObject([{ code: 'INVALID_INPUT' }]);
  });

  it('lists what does not fit, and what would mend it (R21, R22, R24)', async () => {
    await add('story', 'email', 'Lamps at daylight.', {
      offer: 'ADVENT15',
      links: ['https://example.com/posts/post'],
    });
    await add('banner', 'social', 'Look!', { theme: 'winter', plannedAt: '2026-12-20T10:00:00Z' });
    const { theme, windows, violations } = await calendar();
    expect(theme).toBe('spring');
    expect(windows).toMatchObject([
      { earliest: '2026-12-21T10:00:00.000Z', latest: '2026-12-23T10:00:00.000Z', isKept: true },
    ]);
    const found = violations.map(({ rule, item }) => `${rule} ${item ?? ''}`);
    expect(found).toContain('THEME banner');
    expect(found).toContain('KEYWORDS banner');
    expect(found).toContain('LINKS banner');
    expect(found).not.toContain('LINKS post');
    expect(found).not.toContain('LINKS story');
    expect(found).not.toContain('KEYWORDS story');
    for (const { mend } of violations) expect(mend).not.toBe('');
  });

  it('moves the window with the teaser, and the end of an offer comes near with the launch', async () => {
    await add('banner', 'social', 'Look!', { plannedAt: '2026-12-21T08:00:00Z' });
    await add('post', 'social', 'A lamp as bright as daylight.', { plannedAt: '2026-12-21T08:00:00Z' });
    const early = await calendar();
    expect(early.windows).toMatchObject([{ earliest: '2026-12-22T08:00:00.000Z', isKept: false }]);
    expect(early.violations).toContainEqual(
      expect.objectContaining({ rule: 'SEQUENCE', item: 'email-send' }),
    );
    await talk.act('planLaunch', { campaign: CAMPAIGN, plannedLaunchAt: '2027-01-11T10:00:00Z' });
    expect((await calendar()).violations).toContainEqual(
      expect.objectContaining({ rule: 'OFFER_NOT_VALID', item: 'story' }),
    );
  });

  it('tells who is in the audience of a channel and not in the one list (R54)', async () => {
    const member = (number: number) => `member-${String(number).padStart(16, '0')}`;
    const people = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, each) => member(from + each)).join('\n');
    const put = async (path: string, body: string): Promise<unknown> =>
      (await fetch(`${api.url}/audiences/${CAMPAIGN}${path}`, { method: 'PUT', body })).json();
    const standing = () =>
      talk.ask<{
        audiences: object[];
        audienceList: object | null;
        metrics: { name: string; value: number | null }[];
      }>(
        CAMPAIGN,
        `audiences { channel size outsideList } audienceList { size }
         metrics { name value }`,
      );
    expect(await put('/email', people(1, 60))).toMatchObject({ channel: 'email', size: 60, outside: null });
    expect(await standing()).toMatchObject({ audiences: [{ outsideList: null }], audienceList: null });
    expect(await put('', people(1, 50))).toMatchObject({
      channel: null,
      size: 50,
      outside: null,
      refusals: [],
    });
    expect(await standing()).toMatchObject({
      audiences: [{ channel: 'email', size: 60, outsideList: 10 }],
      audienceList: { size: 50 },
    });
    expect(await put('/social', people(49, 52))).toMatchObject({
      outside: { count: 2, members: [member(51), member(52)] },
    });
    expect(await put('/email', people(2, 40))).toMatchObject({ outside: { count: 0, members: [] } });
    const { metrics, ...rest } = await standing();
    expect(rest.audiences).toMatchObject([{ outsideList: 0 }, { channel: 'social', outsideList: 2 }]);
    // The list is no channel: it does not count as one in what channels share.
    expect(metrics.find(({ name }) => name === 'audience-overlap')?.value).toBe(0);
    await fetch(`${api.url}/audiences/${CAMPAIGN}`, { method: 'DELETE' });
    expect(await standing()).toMatchObject({ audiences: [{ outsideList: null }, {}], audienceList: null });
    expect((await fetch(`${api.url}/audiences/none`, { method: 'PUT', body: '' })).status).toBe(404);
  });

  it('takes no more assets than can be compared', async () => {
    await talk.act('createCampaign', { key: 'many', name: 'Many', workflow: 'content-launch' });
    await api.query(
      `INSERT INTO campaign_asset (campaign_id, key, channel, text, segments, links, revision, updated_at)
       SELECT c.id, 'a' || n, 'email', 'Lamp', '{}', '{}', 1, now() FROM campaign c, generate_series(1, 1000) n WHERE c.key = 'many'`,
    );
    expect(
      await talk.act('addAsset', { campaign: 'many', key: 'more', channel: 'email', text: 'x' }),
    ).toMatchObject([{ code: 'INVALID_INPUT', message: 'a campaign has at most 1000 assets' }]);
    const { contentCalendar } = await talk.ask<{ contentCalendar: Calendar }>(
      'many',
      'contentCalendar { items { key } }',
    );
    expect(contentCalendar.items).toHaveLength(1002);
  });
});
