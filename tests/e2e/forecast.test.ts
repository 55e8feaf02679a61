import { REVIEWER, startApi, type TestApi } from '../support/api.js';

interface Figures {
  runs: number;
  p50Hours: number;
  p80Hours: number;
  launchP50Hours: number | null;
  probabilityWithin: number | null;
  criticalPath: string[];
  criticality: { step: string; index: number }[];
  roles: { role: string; utilisation: number | null }[];
  campaigns: number;
  basis: { campaigns: number; shareOfHistory: number }[];
  assumptions: string[];
}
const FIGURES = `runs p50Hours p80Hours launchP50Hours probabilityWithin criticalPath criticality { step index }
  roles { role utilisation } campaigns basis { campaigns shareOfHistory } assumptions`;

describe('forecasts through the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  const versionForecast = async (key: string, given = ''): Promise<Figures> => {
    const { workflow } = await api
      .as()
      .request<{ workflow: { currentVersion: { forecast: Figures } } }>(
        `{ workflow(key: "${key}") { currentVersion { forecast${given} { ${FIGURES} } } } }`,
      );
    return workflow.currentVersion.forecast;
  };

  it('say how long a campaign takes, what that depends on and what it rests on', async () => {
    const forecast = await versionForecast('product-launch', '(withinHours: 500)');
    expect(forecast.p80Hours).toBeGreaterThan(forecast.p50Hours);
    expect(forecast.launchP50Hours).toBeLessThan(forecast.p50Hours);
    expect(forecast.probabilityWithin).toBeGreaterThan(0);
    expect(forecast.criticalPath.at(-1)).toBe('retrospective');
    expect(forecast.criticality[0]?.index).toBe(1);
    // The people of the Team file count.
    expect(forecast.roles.find(({ role }) => role === 'designer')?.utilisation).toBeGreaterThan(0);
    expect(forecast.campaigns).toBe(0);
    expect(forecast.assumptions.join()).toContain("campaign.risk != 'low'");
    expect(await versionForecast('product-launch', '(withinHours: 500)')).toEqual(forecast);
  });

  it('take holidays of the start into account', async () => {
    const usual = await versionForecast('flash-sale', '(start: "2026-03-02T08:00:00Z")');
    const friday = await versionForecast('flash-sale', '(start: "2026-03-06T15:00:00Z")');
    expect(friday.p50Hours).toBeGreaterThan(usual.p50Hours);
  });

  it('learn from ended campaigns, from five on', async () => {
    const [version] = (await api.query(
      `SELECT served_version_id AS id FROM definition WHERE key = 'social-post' AND kind = 'Workflow'`,
    )) as { id: string }[];
    for (let at = 0; at < 6; at++) {
      const began = `timestamptz '2026-02-02 08:00Z' + interval '${at} week'`;
      const [{ id } = { id: '' }] = (await api.query(
        `INSERT INTO campaign (key, name, version_id, status, type, risk, budget, labels, flags, brief, created_at, ended_at)
          VALUES ('past-${at}', 'Past', $1, 'ended', 'social-post', 'low', 0, '{}', '{}', '{}', ${began}, ${began} + interval '40 day')
          RETURNING id`,
        [version?.id],
      )) as { id: string }[];
      await api.query(
        `INSERT INTO campaign_step (campaign_id, key, status, round, started_at, finished_at)
          VALUES ($1, 'brief', 'done', 0, ${began}, ${began} + interval '20 day')`,
        [id],
      );
    }
    const { campaigns, basis } = await versionForecast('social-post');
    expect(campaigns).toBe(6);
    expect(basis).toEqual([{ campaigns: 6, shareOfHistory: 6 / 11 }]);
  });

  it('say what a change would do, with the interval of the difference', async () => {
    const whatIf = (suppose: string) =>
      api.as().request<{ workflow: { currentVersion: { whatIf: Record<string, unknown> } } }>(
        `{ workflow(key: "product-launch") { currentVersion { whatIf(suppose: ${suppose}) {
          before { p50Hours } after { p50Hours } differenceMeanHours differenceMeanHoursLow differenceMeanHoursHigh
          shareSooner slips { step hours } } } } }`,
      );
    const { workflow } = await whatIf('[{ slip: { step: "brief", by: "P5D" } }]');
    const { before, after, ...difference } = workflow.currentVersion.whatIf;
    // A working week is a calendar week.
    expect(difference).toMatchObject({ differenceMeanHours: 168, shareSooner: 0 });
    expect(difference['slips']).toContainEqual({ step: 'brief', hours: 168 });
    const p50 = (forecast: unknown) => (forecast as { p50Hours: number }).p50Hours;
    expect(p50(after)).toBe(p50(before) + 168);
    const more = await whatIf('[{ without: "legal" }, { capacity: { role: "designer", units: 6 } }]');
    expect(more.workflow.currentVersion.whatIf['differenceMeanHoursHigh']).toBeLessThan(0);
    await expect(whatIf('[{ without: "legl" }]')).rejects.toThrow(/did you mean 'legal'/);
    await expect(whatIf('[{ without: "legal", parallel: ["a"] }]')).rejects.toThrow(/exactly one of/);
    await expect(whatIf('[]')).rejects.toThrow(/from one thing to 20/);
    const backwards = '[{ effort: { step: "brief", likely: "P2D", optimistic: "P3D" } }]';
    await expect(whatIf(backwards)).rejects.toThrow(/none below zero or below the one before/);
  });

  it('of a running campaign go on from what has happened; an ended one has none', async () => {
    await api
      .as()
      .request(
        `mutation { createCampaign(input: { key: "now", name: "Now", workflow: "social-post" }) { refusals { code } } }`,
      );
    await api.query(`UPDATE campaign SET created_at = created_at - interval '30 day' WHERE key = 'now'`);
    const asked = `{ campaign(key: "now") { status forecast { ${FIGURES} } } }`;
    const supposed = await api
      .as()
      .request<{ campaign: { whatIf: { differenceMeanHours: number } } }>(
        `{ campaign(key: "now") { whatIf(suppose: [{ without: "brief" }]) { differenceMeanHours } } }`,
      );
    expect(supposed.campaign.whatIf.differenceMeanHours).toBeLessThan(0);
    const { campaign } = await api.as().request<{ campaign: { forecast: Figures | null } }>(asked);
    // Nothing has been done in a month, so all of it is still to come.
    expect(campaign.forecast?.p50Hours).toBeGreaterThan(30 * 24);
    await api.query(`UPDATE campaign SET status = 'ended', ended_at = now() WHERE key = 'now'`);
    const ended = await api.as().request<{ campaign: { forecast: Figures | null } }>(asked);
    expect(ended.campaign.forecast).toBeNull();
  });

  it('measure how far ended campaigns followed their version, round by round', async () => {
    const input = (key: string) => `input: { campaign: "${key}", step: `;
    const mutate = (mutation: string, who: readonly [string, string] | [] = []) =>
      api
        .as(...who)
        .request<Record<string, { refusals: object[] }>>(`mutation { ${mutation} { refusals { message } } }`);
    await mutate('createCampaign(input: { key: "played", name: "Played", workflow: "social-post" })');
    const { campaign } = await api
      .as()
      .request<{ campaign: { steps: { key: string; kind: string }[] } }>(
        '{ campaign(key: "played") { steps { key kind } } }',
      );
    for (const { key, kind } of campaign.steps) {
      if (kind === 'LAUNCH') await mutate('launchChannel(input: { campaign: "played", channel: "social" })');
      else if (kind === 'APPROVAL' || kind === 'REVIEW')
        await mutate(`approve(${input('played')}"${key}" })`, REVIEWER);
      else {
        await mutate(`startStep(${input('played')}"${key}" })`);
        await mutate(`completeStep(${input('played')}"${key}" })`);
      }
    }
    await api.query(`UPDATE campaign SET status = 'ended', ended_at = now() WHERE key = 'played'`);
    const { workflow } = await api.as().request<{
      workflow: {
        currentVersion: {
          adherence: {
            cases: number;
            fitting: number;
            perCase: { case: string; fitness: number; deviations: { kind: string; step: string }[] }[];
          };
        };
      };
    }>(`{ workflow(key: "social-post") { currentVersion { adherence {
      cases fitting fitnessAverage fitnessLog perCase { case fitness deviations { kind step position } }
      waiting { step medianHours share } redundantApprovals { step reason cases } } } } }`);
    const { adherence } = workflow.currentVersion;
    expect(adherence.perCase.find((each) => each.case === 'played')).toMatchObject({
      fitness: 1,
      deviations: [],
    });
    // Those of which only the brief is known miss everything else.
    expect(adherence.perCase.find((each) => each.case === 'past-0')?.deviations).toContainEqual(
      expect.objectContaining({ kind: 'skipped', step: 'retrospective' }),
    );
    expect(adherence.fitting).toBe(1);
  });

  it('show what running campaigns need together, and who is needed twice', async () => {
    for (const key of ['one', 'two', 'three']) {
      await api
        .as()
        .request(
          `mutation { createCampaign(input: { key: "launch-${key}", name: "${key}", workflow: "product-launch", plannedLaunchAt: "2026-12-01T09:00:00Z" }) { refusals { message } } }`,
        );
    }
    const { portfolio } = await api.as().request<{
      portfolio: {
        entries: { campaign: { key: string }; launchAt: string; endAt: string; lateHours: number | null }[];
        conflicts: {
          role: string;
          needed: number;
          capacity: number;
          steps: { campaign: string; step: string }[];
        }[];
      };
    }>(`{ portfolio { entries { campaign { key } launchAt endAt lateHours }
      conflicts { role from to needed capacity steps { campaign step } } } }`);
    const launches = portfolio.entries.filter(({ campaign }) => campaign.key.startsWith('launch-'));
    expect(launches).toHaveLength(3);
    // Three weeks of work do not fit into the week that is left.
    for (const { launchAt, endAt, lateHours } of launches) {
      expect(Date.parse(endAt)).toBeGreaterThan(Date.parse(launchAt));
      expect(lateHours).toBeGreaterThan(0);
    }
    // Each needs two of the three designers for its booth, at the same time.
    const booths = portfolio.conflicts.find(({ role }) => role === 'designer');
    expect([booths?.needed, booths?.capacity]).toEqual([6, 3]);
    expect(booths?.steps.map(({ step }) => step)).toEqual(['booth', 'booth', 'booth']);
    // So they come after each other in the plan, and end one after another.
    expect(new Set(launches.map(({ endAt }) => endAt)).size).toBeGreaterThan(1);
  });

  it('show what campaigns that are only planned would do to those that run', async () => {
    const startAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
    const planned = (key: string, given = `workflow: "product-launch", startAt: "${startAt}"`) =>
      `{ key: "${key}", ${given} }`;
    const ask = (list: readonly string[]) =>
      api.as().request<{
        portfolio: {
          entries: { key: string; campaign: { key: string } | null; launchAt: string; endAt: string }[];
          conflicts: { role: string; needed: number; steps: { campaign: string }[] }[];
        };
      }>(`{ portfolio(planned: [${list.join(', ')}]) { entries { key campaign { key } launchAt endAt }
        conflicts { role needed steps { campaign step } } } }`);
    const { portfolio } = await ask([planned('spring'), planned('summer')]);
    const thought = portfolio.entries.slice(-2);
    expect(thought.map(({ key, campaign }) => [key, campaign])).toEqual([
      ['spring', null],
      ['summer', null],
    ]);
    for (const { launchAt } of thought) expect(Date.parse(launchAt)).toBeGreaterThan(Date.parse(startAt));
    const clash = portfolio.conflicts.find(({ steps }) =>
      steps.some(({ campaign }) => campaign === 'spring'),
    );
    expect(clash).toMatchObject({ role: 'designer', needed: 4 });
    await expect(ask([planned('launch-one')])).rejects.toThrow(/'launch-one' already/);
    await expect(ask([planned('a', `workflow: "product-lunch", startAt: "${startAt}"`)])).rejects.toThrow(
      /no workflow 'product-lunch'/,
    );
    await expect(
      ask([planned('a', 'workflow: "product-launch", startAt: "2020-01-01T00:00:00Z"')]),
    ).rejects.toThrow(/in the past/);
    const far = planned('a', 'workflow: "product-launch", startAt: "2099-01-01T00:00:00Z"');
    await expect(ask([far])).rejects.toThrow(/more than 5 years from now/);
  });

  it('count what one more campaign costs people, from one to ten (R67)', async () => {
    const overhead = async () => {
      const { portfolio } = await api.as().request<{
        portfolio: { overhead: { workflow: { key: string }; campaigns: number }[] };
      }>('{ portfolio { overhead { workflow { key } campaigns touches endedTouches meetingHoursPerWeek } } }');
      return portfolio.overhead.find(({ workflow }) => workflow.key === 'product-launch');
    };
    const create = (key: string) =>
      api.as().request(
        `mutation { createCampaign(input: { key: "${key}", name: "${key}", workflow: "product-launch" }) { refusals { message } }
          startStep(input: { campaign: "${key}", step: "brief" }) { refusals { message } } }`,
      );
    const three = await overhead();
    // Each was created, and nothing else was done; the weekly meeting of half an hour has five attendees.
    expect(three).toMatchObject({ campaigns: 3, touches: 1, endedTouches: null });
    expect(three).toHaveProperty('meetingHoursPerWeek', 2.5 / 3);
    for (let at = 4; at <= 10; at++) await create(`launch-${at}`);
    const ten = await overhead();
    expect(ten).toMatchObject({ campaigns: 10, touches: (3 + 7 * 2) / 10 });
    expect(ten).toHaveProperty('meetingHoursPerWeek', 0.25);
  });
});
