import type { TestApi } from '../support/api.js';
import { startBriefWorld } from '../support/brief-world.js';
import { REVIEWER, TODAY } from '../support/api.js';
import { socialPosts } from '../support/social-post.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('incidents through the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startBriefWorld();
    for (const key of ['spring', 'summer', 'autumn', 'winter']) await create(key);
    for (const [key, text] of [
      ['mail', 'A quarter off every lamp until 5 May. Use code SPRING25 at checkout.'],
      ['post', 'Every lamp 20% off until 5 May. Code: SPRING25.'],
    ] as const) {
      const channel = key === 'mail' ? 'email' : 'social';
      await mutate('addAsset', { campaign: 'spring', key, channel, text, segments: ['smb'] });
    }
    // As use cases leave it, at a time that no clock of a test goes back to.
    await api.query(
      `UPDATE campaign_channel SET planned_at = $1 WHERE campaign_id IN (SELECT id FROM campaign WHERE key IN ('spring', 'autumn'))
        AND channel = 'email'`,
      [new Date(TODAY.getTime() - 3 * DAY_MS)],
    );
    await api.query(`UPDATE campaign SET status = 'cancelled', ended_at = $1 WHERE key = 'autumn'`, [TODAY]);
  }, 60_000);
  afterAll(() => api.close());

  const create = (key: string) =>
    mutate('createCampaign', {
      ...{ key, name: key, workflow: 'product-launch', plannedLaunchAt: '2026-12-01T09:00:00Z' },
      brief: [
        { name: 'offerCode', text: 'SPRING25' },
        { name: 'segments', items: ['smb'] },
      ],
    });
  async function mutate(name: string, input: object): Promise<void> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const answer = await api
      .as()
      .request<Record<string, object>>(
        `mutation($input: ${type}) { ${name}(input: $input) { refusals { code message } } }`,
        { input },
      );
    expect(answer).toEqual({ [name]: { refusals: [] } });
  }
  interface Shown {
    key: string;
    incidents: Record<string, unknown>[];
  }
  async function campaigns(first = 10): Promise<Record<string, Shown['incidents']>> {
    const answer = await api.as().request<{ campaigns: { nodes: Shown[] } }>(
      `{ campaigns(first: ${first}) { nodes { key incidents { kind subject cause failurePoint evidence
        delay { hours waitingHours workingHours } } } } }`,
    );
    return Object.fromEntries(answer.campaigns.nodes.map(({ key, incidents }) => [key, incidents]));
  }

  it('are recognised from the record', async () => {
    const { spring } = await campaigns();
    expect(spring?.map(({ kind, subject }) => [kind, subject])).toEqual(
      expect.arrayContaining([
        ['MISSED_DEADLINE', 'email'],
        ['MESSAGING_CONFLICT', expect.any(String)],
      ]),
    );
    expect(spring?.find(({ kind }) => kind === 'MISSED_DEADLINE')).toMatchObject({
      ...{ cause: 'OTHER', delay: { hours: 72 } },
      evidence: expect.arrayContaining(["'email' has not opened, 72 h after its plan"]) as string[],
    });
  });
  it('are none where nothing went wrong, and none of the deadlines of what was called off', async () => {
    const { summer, autumn } = await campaigns();
    expect([summer, autumn]).toEqual([[], []]);
  });
  it('are counted by kind and by cause, with the share of launches that were mended at the last minute', async () => {
    await api.query(
      `UPDATE campaign_channel SET status = 'live', launched_at = $1 WHERE channel = 'email' AND campaign_id IN (
         SELECT id FROM campaign WHERE key IN ('spring', 'winter'))`,
      [new Date(TODAY.getTime() + 47 * HOUR_MS)],
    );
    await api.query(`UPDATE campaign SET launched_at = $1 WHERE key IN ('spring', 'winter')`, [TODAY]);
    await api.query(
      `UPDATE campaign_channel SET budget_cents = 10000 WHERE channel = 'email' AND campaign_id = (SELECT id FROM campaign WHERE key = 'spring')`,
    );
    const { spring } = await campaigns();
    expect(spring?.filter(({ kind }) => kind === 'BUDGET_WASTE')).toMatchObject([
      {
        subject: 'email',
        evidence: [expect.stringMatching(/^percentage: 'mail' \(email\) says 25 %, 'post'/)],
      },
    ]);
    const asset = { channel: 'email', text: 'Every lamp 20% off until 5 May.', segments: ['smb'] };
    // Given anew, and given once.
    await mutate('addAsset', { campaign: 'spring', key: 'mail', ...asset });
    await mutate('addAsset', { campaign: 'winter', key: 'mail', ...asset });
    const ask = (filter: string) =>
      api.as().request<{ incidents: Record<string, unknown> & { causes: { delayShare: number | null }[] } }>(
        `{ incidents(filter: ${filter}) { campaigns count launched lateFixShare kinds { kind count perCampaign }
             causes { cause count delayHours delayShare } entries { campaign { key } incident { kind } } } }`,
      );
    const { incidents } = await ask('{ workflow: ["product-launch"] }');
    expect(incidents).toMatchObject({ campaigns: 4, launched: 2, lateFixShare: 0.5 });
    expect(incidents['kinds']).toContainEqual({ kind: 'MISSED_DEADLINE', count: 1, perCampaign: 0.25 });
    expect(incidents.causes.reduce((sum, { delayShare }) => sum + (delayShare ?? 0), 0)).toBeCloseTo(1);
    expect(incidents['entries']).toContainEqual({
      campaign: { key: 'spring' },
      incident: { kind: 'MISSED_DEADLINE' },
    });
    const none = await ask('{ workflow: ["nothing"] }');
    expect(none.incidents).toMatchObject({
      campaigns: 0,
      count: 0,
      launched: 0,
      lateFixShare: null,
      entries: [],
    });
    expect(none.incidents['kinds']).toContainEqual({ kind: 'MISSED_DEADLINE', count: 0, perCampaign: null });
    expect(none.incidents.causes.every(({ delayShare }) => delayShare === null)).toBe(true);
  });
  it('are reported where the record does not show them, also of what is over', async () => {
    const report = {
      campaign: 'autumn',
      kind: 'BUDGET_WASTE',
      subject: 'social',
      description: 'Ads ran a day too long.',
    };
    await mutate('recordIncident', { ...report, cause: 'NO_ADAPT', happenedAt: TODAY.toISOString() });
    const { campaign } = await api
      .as()
      .request<{ campaign: { incidents: object[] } }>(
        '{ campaign(key: "autumn") { incidents { kind subject cause evidence reportedBy } } }',
      );
    expect(campaign.incidents).toEqual([
      {
        kind: 'BUDGET_WASTE',
        subject: 'social',
        cause: 'NO_ADAPT',
        evidence: ['Ads ran a day too long.'],
        reportedBy: 'local',
      },
    ]);
    const refused = async (input: object, roles?: string) => {
      const client = roles === undefined ? api.as() : api.as('somebody@example.com', roles);
      const { recordIncident } = await client.request<{ recordIncident: { refusals: { code: string }[] } }>(
        'mutation ($input: RecordIncidentInput!) { recordIncident(input: $input) { refusals { code } } }',
        { input: { ...report, ...input } },
      );
      return recordIncident.refusals.map(({ code }) => code);
    };
    expect(await refused({}, 'viewer')).toEqual(['ROLE_MISSING']);
    expect(await refused({ campaign: 'none' })).toEqual(['UNKNOWN_CAMPAIGN']);
    expect(await refused({ description: ' ' })).toEqual(['INVALID_INPUT']);
    for (const happenedAt of ['2031-01-01T00:00:00Z', '2026-11-22T23:59:59Z'])
      expect(await refused({ happenedAt })).toEqual(['INVALID_INPUT']);
    // What is known already counts once.
    expect(await refused({ subject: ' Social' })).toEqual(['INVALID_INPUT']);
    const shown = { campaign: 'spring', kind: 'MISSED_DEADLINE', subject: 'email' };
    expect(await refused(shown)).toEqual(['INVALID_INPUT']);
    expect(await refused({ ...shown, subject: 'social' })).toEqual([]);
    const records = await api.query(`SELECT actor FROM audit_record WHERE action = 'incident.record'`);
    expect(records.length).toBe(2);
  });
  it('take no question more for each campaign more', async () => {
    const questions = async (first: number) => {
      const before = api.questions();
      await campaigns(first);
      return api.questions() - before;
    };
    expect((await questions(4)) - (await questions(2))).toBeLessThan(2);
  });
  it('are the wait for an approval that lapsed and was given again late, not of what stood behind it (R47, R87)', async () => {
    const { did, step } = socialPosts(api);
    const plannedLaunchAt = new Date(TODAY.getTime() + DAY_MS).toISOString();
    await did('createCampaign', { key: 'lapsed', name: 'lapsed', workflow: 'social-post', plannedLaunchAt });
    for (const key of ['brief', 'write-post']) await step('lapsed', key);
    const asset = { campaign: 'lapsed', key: 'post', channel: 'social', segments: [] };
    await did('addAsset', { ...asset, text: 'Lamps for everybody.' });
    await did('approve', { campaign: 'lapsed', step: 'brand-approval' }, ...REVIEWER);
    await did('addAsset', { ...asset, text: 'Lamps for all of us.' });
    const missed = async () =>
      (await campaigns())['lapsed']?.find(({ kind }) => kind === 'MISSED_DEADLINE') as { evidence: string[] };
    api.now = new Date(TODAY.getTime() + 15 * DAY_MS);
    expect((await missed()).evidence).toContainEqual(
      expect.stringMatching(
        /^'brand-approval' has not been given again for \d+ h, when what it had seen was another$/,
      ),
    );
    await did('approve', { campaign: 'lapsed', step: 'brand-approval' }, ...REVIEWER);
    await did('launchChannel', { campaign: 'lapsed', channel: 'social' });
    const found = await missed();
    api.now = TODAY;
    expect(found).toMatchObject({ cause: 'SEQUENCE', failurePoint: 'APPROVAL_BOTTLENECK' });
    expect(found.evidence.filter((text) => text.includes(' h'))).toEqual([
      expect.stringMatching(/^'social' opened 336 h/),
      expect.stringMatching(
        /^'brand-approval' was given again after \d+ h, when what it had seen was another$/,
      ),
    ]);
  });
});
