import { readFile } from 'node:fs/promises';
import { parse, validate } from 'graphql';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { buildApiSchema } from '../../src/resolvers/build-schema.js';
import { startApi, type TestApi, TODAY } from '../support/api.js';
import { commitFiles } from '../support/repository.js';
import { socialPosts } from '../support/social-post.js';

const TAXONOMY = 'workflows/taxonomy.yaml';

describe('the review calendar', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  interface Due {
    reason: string;
    workflow: { key: string } | null;
    because: string;
    dueAt: string;
    isOverdue: boolean;
  }
  const calendar = async (...reasons: string[]): Promise<Due[]> => {
    const { reviewCalendar } = await api
      .as()
      .request<{ reviewCalendar: Due[] }>(
        '{ reviewCalendar { reason workflow { key } because dueAt isOverdue } }',
      );
    return reviewCalendar.filter(({ reason }) => reasons.includes(reason));
  };
  const withChannel = async (channel: string, date: string): Promise<void> => {
    const text = await readFile(`${api.repository}/${TAXONOMY}`, 'utf8');
    const changed = text.replace(/^channels:\n/m, `channels:\n  - { id: ${channel} }\n`);
    expect(changed).not.toBe(text);
    await commitFiles(api.repository, { [TAXONOMY]: changed }, { message: `add ${channel}`, date });
    await api.sync.run('cli', LOCAL_ACTOR);
  };

  it('has the workflows that state how often, what is due first first', async () => {
    const regular = await calendar('INTERVAL');
    expect(regular.length).toBeGreaterThan(3);
    const times = regular.map(({ dueAt }) => dueAt);
    expect(times).toEqual([...times].sort());
    for (const { dueAt, isOverdue } of regular) expect(isOverdue).toBe(new Date(dueAt) <= TODAY);
  });

  it('has a new channel within a day, until somebody has looked, and none that came long ago', async () => {
    await withChannel('pigeon', new Date(TODAY.getTime() - 31 * 86_400_000).toISOString());
    expect(await calendar('NEW_CHANNEL')).toEqual([]);
    await withChannel('tiktok', new Date(TODAY.getTime() - 3_600_000).toISOString());
    expect(await calendar('NEW_CHANNEL')).toMatchObject([
      {
        ...{ workflow: null, isOverdue: false },
        because: expect.stringMatching(/^channel 'tiktok' is new in Taxonomy/) as string,
        dueAt: new Date(TODAY.getTime() + 86_400_000).toISOString(),
      },
    ]);
    const { alerts } = await api
      .as()
      .request<{ alerts: { nodes: { id: string }[] } }>(
        '{ alerts(filter: { kind: [REVIEW_DUE], isOpen: true }) { nodes { id } } }',
      );
    expect(alerts.nodes).toHaveLength(1);
    await api
      .as('steward@example.com', 'steward')
      .request(
        'mutation ($input: AcknowledgeAlertInput!) { acknowledgeAlert(input: $input) { refusals { message } } }',
        { input: { alert: alerts.nodes[0]?.id, note: 'No workflow takes it yet.' } },
      );
    expect(await calendar('NEW_CHANNEL')).toEqual([]);
    const { quarterlyReview } = await api.as().request<{
      quarterlyReview: { triggers: { message: string; note: string }[] };
    }>('{ quarterlyReview(quarter: "2026-Q4") { triggers { message note } } }');
    expect(quarterlyReview.triggers).toMatchObject([{ note: 'No workflow takes it yet.' }]);
  });

  async function play(campaign: string, isLate: boolean): Promise<void> {
    const { create, play: playThrough } = socialPosts(api);
    await create(campaign);
    await playThrough(campaign, () =>
      api.query(
        `UPDATE campaign_channel SET planned_at = $2 WHERE campaign_id = (SELECT id FROM campaign WHERE key = $1)`,
        [campaign, new Date(TODAY.getTime() - (isLate ? 5 : 0) * 3_600_000)],
      ),
    );
  }

  it('has trouble that stays at once, and the review tells of it', async () => {
    await play('first', true);
    await play('in-time', false);
    await play('second', true);
    await play('third', true);
    expect(await calendar('PERSISTENT_ISSUE')).toEqual([]);
    await play('fourth', true);
    const because =
      "the last 3 campaigns on 'social-post' had an incident 'missed deadline': 'fourth', 'third', 'second'";
    const due = { workflow: { key: 'social-post' }, because, isOverdue: true };
    expect(await calendar('PERSISTENT_ISSUE')).toMatchObject([due]);
    await play('fifth', true);
    expect(await calendar('PERSISTENT_ISSUE')).toMatchObject([due]);

    await socialPosts(api).did('recordIncident', {
      ...{ campaign: 'in-time', kind: 'LATE_HANDOFF', subject: 'brief' },
      description: 'It came by telephone.',
    });
    // What was called off counts where somebody says what went wrong.
    const { create, did } = socialPosts(api);
    for (const campaign of ['called-off', 'given-up']) {
      await create(campaign);
      await did('cancelCampaign', { campaign, reason: 'The lamps are sold out.' });
    }
    await did('recordIncident', {
      ...{ campaign: 'called-off', kind: 'LATE_HANDOFF', subject: 'stock' },
      description: 'Nobody said that there were no lamps.',
    });
    const { quarterlyReview } = await api.as().request<{
      quarterlyReview: { workflows: Record<string, unknown>[] };
    }>(
      `{ quarterlyReview(quarter: "2026-Q4") { workflows { workflow { key }
          incidents { campaigns count kinds { kind count } lateFixShare } advice { text because query } } } }`,
    );
    const of = quarterlyReview.workflows.find(
      ({ workflow }) => (workflow as { key: string }).key === 'social-post',
    );
    expect(of).toMatchObject({
      incidents: {
        ...{ campaigns: 7, count: 7 },
        kinds: expect.arrayContaining([
          { kind: 'MISSED_DEADLINE', count: 5 },
          { kind: 'LATE_HANDOFF', count: 2 },
        ]) as object[],
      },
      advice: [{ because: "5 campaigns that ended had an incident 'missed deadline'" }],
    });
    const page = await (await fetch(`${api.url}/reviews/2026-Q4`)).text();
    expect(page).toContain(
      '7 incidents (5 missed deadline, 2 late handoff) in 7 campaigns that came to an end.',
    );
    expect(page).toContain(because.replaceAll("'", '&#39;'));
  });

  it('is frozen when the campaign ends, and counts what is reported since as a metric', async () => {
    await api.query(
      `UPDATE campaign_channel SET planned_at = $1 WHERE campaign_id = (SELECT id FROM campaign WHERE key = 'in-time')`,
      [new Date(TODAY.getTime() - 9 * 3_600_000)],
    );
    const { metricSeries } = await api.as().request<{
      metricSeries: { lines: { points: { campaigns: number; mean: number | null }[] }[] };
    }>(`{ metricSeries(metric: INCIDENTS, bucket: MONTH, from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z") {
          lines { points { campaigns mean } } } }`);
    expect(metricSeries.lines.flatMap(({ points }) => points)).toEqual([{ campaigns: 6, mean: 1 }]);
  });

  it('names queries that the API takes with its advice', async () => {
    const schema = await buildApiSchema();
    const wrong = (query: string) => validate(schema, parse(`{ ${query} }`)).map(({ message }) => message);
    const { quarterlyReview } = await api.as().request<{
      quarterlyReview: { workflows: { advice: { query: string }[] }[] };
    }>('{ quarterlyReview(quarter: "2026-Q4") { workflows { advice { query } } } }');
    const advised = quarterlyReview.workflows.flatMap(({ advice }) => advice.map(({ query }) => query));
    expect(advised.length).toBeGreaterThan(0);
    for (const query of advised) expect(wrong(query)).toEqual([]);
  });
});
