import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';

/** Campaigns with known times, written past the use cases because a use case's clock cannot be set per campaign. */
const CAMPAIGNS = [
  { key: 'a', risk: 'low', labels: ['x'], created: '2026-01-05', launched: '2026-01-15', status: 'ended' },
  {
    key: 'b',
    risk: 'low',
    labels: ['x', 'y'],
    created: '2026-01-05',
    launched: '2026-01-25',
    status: 'ended',
  },
  { key: 'c', risk: 'high', labels: [], created: '2026-02-01', launched: '2026-03-03', status: 'running' },
  { key: 'd', risk: 'high', labels: ['y'], created: '2026-02-01', launched: null, status: 'running' },
];

describe('figures over campaigns', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    for (const { key, risk, labels, created, launched, status } of CAMPAIGNS) {
      await api.query(
        `INSERT INTO campaign (key, name, version_id, status, type, risk, budget, labels, flags, brief,
                               planned_launch_at, created_at, launched_at, ended_at)
         SELECT $1, $1, min(v.id), $2, 'launch', $3, 100, $4, '{}', '{}', '2026-02-10T00:00:00Z', $5, $6,
                CASE $2 WHEN 'ended' THEN $6::timestamptz + interval '1 day' END
           FROM definition_version v JOIN definition d ON d.id = v.definition_id WHERE d.key = 'product-launch'`,
        [key, status, risk, labels, `${created}T00:00:00Z`, launched && `${launched}T00:00:00Z`],
      );
    }
  }, 60_000);
  afterAll(() => api.close());

  const ask = async (query: string): Promise<unknown> => {
    const { data, errors } = await post(api.url, { query });
    expect(errors).toEqual([]);
    return Object.values(data ?? {})[0];
  };

  it('group by risk: counts, and lead times of those that launched', async () => {
    const stats =
      await ask(`{ campaignStats(groupBy: RISK) { group { field value } campaigns running ended launched overdue budget
      leadTimeHoursMean leadTimeHoursP50 leadTimeHoursP80 } }`);
    expect(stats).toEqual([
      {
        group: [{ field: 'RISK', value: 'HIGH' }],
        campaigns: 2,
        running: 2,
        ended: 0,
        launched: 1,
        overdue: 1,
        budget: 200,
        leadTimeHoursMean: 720,
        leadTimeHoursP50: 720,
        leadTimeHoursP80: 720,
      },
      {
        group: [{ field: 'RISK', value: 'LOW' }],
        campaigns: 2,
        running: 0,
        ended: 2,
        launched: 2,
        overdue: 0,
        budget: 200,
        leadTimeHoursMean: 360,
        leadTimeHoursP50: 360,
        leadTimeHoursP80: 432,
      },
    ]);
  });

  it('count a campaign in each group of its labels', async () => {
    const stats = await ask('{ campaignStats(groupBy: [LABEL, STATUS]) { group { value } campaigns } }');
    expect(stats).toEqual([
      { group: [{ value: 'x' }, { value: 'ENDED' }], campaigns: 2 },
      { group: [{ value: 'y' }, { value: 'ENDED' }], campaigns: 1 },
      { group: [{ value: 'y' }, { value: 'RUNNING' }], campaigns: 1 },
    ]);
  });

  it('are one entry without a group, also of no campaign', async () => {
    expect(await ask('{ campaignStats { group { value } campaigns } }')).toEqual([
      { group: [], campaigns: 4 },
    ]);
    expect(await ask('{ campaignStats(filter: { risk: MEDIUM }) { campaigns } }')).toEqual([
      { campaigns: 0 },
    ]);
  });

  it('make a line without gaps, whose empty months say that there was nothing to measure', async () => {
    const series =
      await ask(`{ metricSeries(metric: TIME_TO_LAUNCH, from: "2026-01-01T00:00:00Z", to: "2026-04-01T00:00:00Z") {
      unit bucket lines { group points { start end campaigns value mean p80 } } } }`);
    expect(series).toEqual({
      unit: 'hours',
      bucket: 'MONTH',
      lines: [
        {
          group: null,
          points: [
            {
              start: '2026-01-01T00:00:00.000Z',
              end: '2026-02-01T00:00:00.000Z',
              campaigns: 2,
              value: 360,
              mean: 360,
              p80: 432,
            },
            {
              start: '2026-02-01T00:00:00.000Z',
              end: '2026-03-01T00:00:00.000Z',
              campaigns: 0,
              value: null,
              mean: null,
              p80: null,
            },
            {
              start: '2026-03-01T00:00:00.000Z',
              end: '2026-04-01T00:00:00.000Z',
              campaigns: 1,
              value: 720,
              mean: 720,
              p80: 720,
            },
          ],
        },
      ],
    });
  });

  it('make a line a group, and count where the metric counts', async () => {
    const series = await ask(`{ metricSeries(metric: CAMPAIGNS_CREATED, bucket: QUARTER, groupBy: LABEL,
      from: "2026-01-01T00:00:00Z", to: "2026-07-01T00:00:00Z") { lines { group points { campaigns value } } } }`);
    expect(series).toEqual({
      lines: [
        {
          group: 'x',
          points: [
            { campaigns: 2, value: 2 },
            { campaigns: 0, value: 0 },
          ],
        },
        {
          group: 'y',
          points: [
            { campaigns: 2, value: 2 },
            { campaigns: 0, value: 0 },
          ],
        },
      ],
    });
  });

  it('begin their days in the zone asked for, also where a clock is changed', async () => {
    const { lines } =
      (await ask(`{ metricSeries(metric: CAMPAIGNS_LAUNCHED, bucket: DAY, timezone: "Europe/Berlin",
      from: "2026-03-28T23:00:00Z", to: "2026-03-30T22:00:00Z") { lines { points { start end } } } }`)) as {
        lines: { points: unknown }[];
      };
    expect(lines[0]?.points).toEqual([
      { start: '2026-03-28T23:00:00.000Z', end: '2026-03-29T22:00:00.000Z' },
      { start: '2026-03-29T22:00:00.000Z', end: '2026-03-30T22:00:00.000Z' },
    ]);
  });

  it.each(['CAMPAIGNS_ENDED', 'DURATION', 'LAUNCH_DELAY', 'REWORK_ROUNDS', 'GATES_FAILED'])(
    'draw %s',
    async (metric) => {
      const series = (await ask(
        `{ metricSeries(metric: ${metric}, bucket: YEAR, groupBy: CHANNEL, from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z") { metric lines { points { campaigns } } } }`,
      )) as { metric: string };
      expect(series.metric).toBe(metric);
    },
  );

  it('stand on the shelves of the library, by type, beside what it names', async () => {
    const { shelves, coverage, running } = (await ask(
      '{ library { running coverage shelves { campaignType workflows { workflow { key } isNamed priority campaigns launched leadTimeHoursP50 rank } } } }',
    )) as { shelves: { campaignType: string; workflows: object[] }[]; coverage: number; running: number };
    expect([running, coverage]).toEqual([2, 0]);
    const of = (type: string) => shelves.find(({ campaignType }) => campaignType === type)?.workflows;
    expect(of('launch')).toEqual([
      {
        ...{ workflow: { key: 'product-launch' }, isNamed: false, priority: null, campaigns: 4, launched: 3 },
        ...{ leadTimeHoursP50: 480, rank: null },
      },
    ]);
    expect(of('product-launch')).toMatchObject([
      { isNamed: true, priority: 'HIGH', campaigns: 0, launched: 0 },
    ]);
  });
});
