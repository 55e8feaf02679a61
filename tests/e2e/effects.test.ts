import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';

const WORKFLOW = 'regulated-promotion';
/** Days to launch of campaigns on the first version and on the second, of a workflow that had none. */
const DAYS = {
  1: [20, 24, 22, 30, 26, 19, 23, 28],
  2: [12, 15, 9, 14, 11, 16, 10, 13],
} as const;

const NONE = 'nothing was measured, neither before the change nor after it';

describe('before and after a change', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    for (const [number, days] of Object.entries(DAYS)) {
      for (const [at, each] of days.entries()) {
        const [{ id } = { id: '' }] = (await api.query(
          `INSERT INTO campaign (key, name, version_id, status, type, risk, budget, labels, flags, brief, created_at, launched_at)
           SELECT $1, $1, v.id, 'running', 'launch', 'low', 0, '{}', '{}', '{}', $2::timestamptz, $2::timestamptz + $3 * interval '1 day'
             FROM definition_version v JOIN definition d ON d.id = v.definition_id
            WHERE d.key = '${WORKFLOW}' AND v.number = $4 RETURNING id`,
          [`on-${number}-${at}`, `2026-0${number}-0${at + 1}T00:00:00Z`, each, Number(number)],
        )) as { id: string }[];
        if (number === '2') await measured(id, at);
      }
    }
    // What was called off says nothing of how long a launch takes.
    await api.query(`UPDATE campaign SET status = 'cancelled', launched_at = NULL WHERE key = 'on-1-8'`);
  }, 60_000);
  afterAll(() => api.close());

  /** A return that was corrected, and answers of a team: too few of them in the first campaign. */
  async function measured(campaign: string, at: number): Promise<void> {
    const readings = [
      ['roi', 9, 0],
      ['roi', 0.5 + at / 10, 0],
      ['satisfaction', 3, at === 0 ? 4 : 5],
    ] as const;
    for (const [day, [signal, value, samples]] of readings.entries()) {
      await api.query(
        `INSERT INTO signal_hour (campaign_id, signal, hour, count, missing, sum, min, max, samples)
         VALUES ($1, $2, $3, 1, 0, $4, $4, $4, $5)`,
        [campaign, signal, `2026-11-0${day + 1}T00:00:00Z`, value, samples],
      );
    }
  }

  /** A campaign for each of the days to launch, the first created so many days after a moment. */
  async function launched(version: string, from: Date, days: number, launches: readonly number[]) {
    for (const [at, each] of launches.entries())
      await api.query(
        `INSERT INTO campaign (key, name, version_id, status, type, risk, budget, labels, flags, brief, created_at, launched_at)
         SELECT key, key, $1::bigint, 'running', 'launch', 'low', 0, '{}', '{}', '{}', at, at + $4::int * interval '1 day'
           FROM (SELECT concat('served-', $1::bigint, '-', $5::int, '-', $3::int) AS key,
                        $2::timestamptz + ($5::int + $3::int / 24.0) * interval '1 day' AS at) created`,
        [version, from, at, each, days],
      );
  }

  const ask = async (query: string) => {
    const { data, errors } = await post(api.url, { query });
    return { data, errors: errors.map(({ message }: { message: string }) => message) };
  };
  const effects = (args: string, fields: string) =>
    ask(`{ workflow(key: "${WORKFLOW}") { effects(${args}) { ${fields} } } }`);
  const PAIR = 'divide: { from: { number: 1 }, to: { number: 2 } }';

  it('compares the campaigns of two versions', async () => {
    const { data } = await effects(
      `${PAIR}, metrics: [TIME_TO_LAUNCH]`,
      'metric unit outcome verdict before { campaigns mean median } after { campaigns mean } differenceMean differencePercent differenceMeanLow differenceMeanHigh pValue note',
    );
    const [effect] = (data as { workflow: { effects: Record<string, never>[] } }).workflow.effects;
    expect(effect).toMatchObject({
      ...{ metric: 'TIME_TO_LAUNCH', unit: 'HOURS', outcome: 'ESTIMATED', verdict: 'BETTER' },
      before: { campaigns: 8, mean: 576, median: 564 },
      after: { campaigns: 8, mean: 300 },
      ...{ differenceMean: -276, pValue: 0.001, note: null },
    });
    expect(effect?.['differencePercent']).toBeCloseTo(-47.9, 1);
    expect(effect?.['differenceMeanLow']).toBeLessThan(-276);
    expect(effect?.['differenceMeanHigh']).toBeGreaterThan(-276);
    expect(effect?.['differenceMeanHigh']).toBeLessThan(0);
  });

  it('compares those created before a time with those created since', async () => {
    const { data } = await effects(
      'divide: { at: "2026-02-04T00:00:00Z" }, metrics: [TIME_TO_LAUNCH]',
      'outcome verdict before { campaigns } after { campaigns } differencePercent differenceMeanLow note',
    );
    expect(data).toMatchObject({
      workflow: {
        effects: [
          {
            ...{ outcome: 'INSUFFICIENT', verdict: 'UNCLEAR', differenceMeanLow: null },
            before: { campaigns: 11 },
            after: { campaigns: 5 },
            note: 'campaigns before: 11, after: 5; it takes 8 on each side to tell a change from chance',
          },
        ],
      },
    });
  });

  it('takes returns and satisfaction from signals, the last reading and enough answers, and says where there were none before', async () => {
    const { data } = await effects(PAIR, 'metric outcome after { campaigns mean } note');
    expect((data as { workflow: { effects: object[] } }).workflow.effects.slice(1)).toEqual([
      {
        ...{ metric: 'ROI', outcome: 'UNDEFINED_BEFORE' },
        after: { campaigns: 8, mean: 0.85 },
        note: 'nothing was measured before the change: define what to measure before changing it',
      },
      { metric: 'INCIDENTS', outcome: 'UNDEFINED_BEFORE', after: { campaigns: 0, mean: null }, note: NONE },
      {
        ...{ metric: 'SATISFACTION', outcome: 'UNDEFINED_BEFORE' },
        after: { campaigns: 7, mean: 3 },
        note: 'nothing was measured before the change: define what to measure before changing it',
      },
    ]);
  });

  it('shows it with each change of the history, in one question a metric', async () => {
    const history = (first: number) =>
      ask(`{ workflowHistory(first: ${first}) { nodes { workflow { key } fromVersion { number } toVersion { number }
        effects(metrics: [TIME_TO_LAUNCH]) { verdict differenceMean } } } }`);
    const before = api.questions();
    const { data, errors } = await history(40);
    const many = api.questions() - before;
    expect(errors).toEqual([]);
    const nodes = (data as { workflowHistory: { nodes: Record<string, unknown>[] } }).workflowHistory.nodes;
    expect(nodes).toContainEqual({
      ...{ workflow: { key: WORKFLOW }, fromVersion: { number: 1 }, toVersion: { number: 2 } },
      effects: [{ verdict: 'BETTER', differenceMean: -276 }],
    });
    expect(
      nodes.filter(({ fromVersion }) => fromVersion === null).map(({ effects: shown }) => shown),
    ).toContain(null);
    const start = api.questions();
    await history(4);
    expect(many).toBeLessThan(api.questions() - start + 4);
  });

  it('tells the campaigns of a version before a change from those after it came back', async () => {
    const changes = (await api.query(
      `SELECT h.from_version_id AS "from", h.to_version_id AS "to", h.committed_at AS at FROM definition_change h
         JOIN definition d ON d.id = h.definition_id
        WHERE d.key = 'product-launch' AND h.from_version_id IS DISTINCT FROM h.to_version_id ORDER BY h.id`,
    )) as { from: string; to: string; at: Date }[];
    const [tried, reverted] = changes.slice(-2);
    if (!tried || !reverted) throw new Error('the history of the example reverts a change of product-launch');
    expect(reverted.to).toBe(tried.from);
    // Slow before; quick on what was tried, and quick since it was reverted.
    await launched(tried.from, tried.at, -30, [20, 24, 22, 30, 26, 19, 23, 28]);
    await launched(tried.to, tried.at, 0, [12, 15, 9, 14, 11, 16, 10, 13]);
    await launched(tried.from, reverted.at, 1, [12, 15, 9, 14, 11, 16, 10, 14]);
    const { data } =
      await ask(`{ workflowHistory(workflow: "product-launch", first: 2) { nodes { effects(metrics: [TIME_TO_LAUNCH]) { ...all } } }
      workflow(key: "product-launch") {
      past: effects(divide: { from: { asOf: "${new Date(tried.at.getTime() - 1000).toISOString()}" }, to: { number: 3 } }, metrics: [TIME_TO_LAUNCH]) { ...all }
      known: effects(divide: { from: { number: 2 }, to: { number: 3 } }, metrics: [TIME_TO_LAUNCH], until: "${tried.at.toISOString()}") { ...all } } }
      fragment all on MetricEffect { verdict before { campaigns mean } after { campaigns mean } }`);
    const [before, since] = [
      { campaigns: 8, mean: 576 },
      { campaigns: 8, mean: 303 },
    ];
    const after = { campaigns: 8, mean: 300 };
    expect(data).toEqual({
      workflowHistory: {
        nodes: [
          { effects: [{ verdict: 'UNCLEAR', before: after, after: since }] },
          { effects: [{ verdict: 'BETTER', before, after }] },
        ],
      },
      workflow: {
        past: [{ verdict: 'BETTER', before, after }],
        // Those that were created before the change, and have launched by then.
        known: [
          {
            verdict: 'UNCLEAR',
            before: { campaigns: 7, mean: (24 * 162) / 7 },
            after: { campaigns: 0, mean: null },
          },
        ],
      },
    });
  });

  it('says what it cannot compare', async () => {
    const messages = async (args: string) => (await effects(args, 'outcome')).errors;
    expect(await messages('divide: {}')).toEqual(["give either 'at', or both 'from' and 'to'"]);
    expect(await messages('divide: { at: "2026-01-01T00:00:00Z", from: { number: 1 } }')).toEqual([
      "give either 'at', or both 'from' and 'to'",
    ]);
    expect(await messages('divide: { from: { number: 1 }, to: { number: 1 } }')).toEqual([
      "'from' and 'to' are the same version",
    ]);
    expect(await messages('divide: { from: { number: 1 }, to: { number: 99 } }')).toEqual([
      `workflow '${WORKFLOW}' had no version at 'to'`,
    ]);
    expect(await messages(`${PAIR}, metrics: [CAMPAIGNS_ENDED]`)).toEqual([
      "'campaigns-ended' counts campaigns: no campaign has a value of it",
    ]);
    expect(await messages(`${PAIR}, metrics: [ROI, ROI]`)).toEqual(['ask for each metric once']);
  });
});
