import { readFile } from 'node:fs/promises';
import { type DataSource } from 'typeorm';
import { type ReviewFigures, shownReview } from '../../src/application/review-figures.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { SqlReads } from '../../src/persistence/reads/sql-reads.js';
import { startApi, type TestApi, TODAY } from '../support/api.js';
import { commitFiles } from '../support/repository.js';

const QUARTER = '2026-Q3';
const PEOPLE = [
  { name: 'ops@example.com', team: 'Marketing' },
  { name: 'sales@example.com', team: 'Sales' },
];

interface Lived {
  readonly workflow: string;
  readonly version: number;
  readonly created: string;
  readonly launched?: string;
  readonly ended?: string;
  readonly cancelled?: string;
  readonly labels?: readonly string[];
}
/** On versions of before, of within and of the end, in and out of the quarter. */
const CAMPAIGNS: readonly Lived[] = [
  {
    workflow: 'quarterly-b2b-launch',
    version: 3,
    created: '2026-05-01',
    launched: '2026-07-03',
    ended: '2026-07-20',
  },
  {
    workflow: 'quarterly-b2b-launch',
    version: 3,
    created: '2026-05-09',
    launched: '2026-06-30',
    ended: '2026-10-02',
  },
  { workflow: 'quarterly-b2b-launch', version: 3, created: '2026-06-02', launched: '2026-08-01' },
  {
    workflow: 'quarterly-b2b-launch',
    version: 5,
    created: '2026-08-02',
    launched: '2026-08-20',
    cancelled: '2026-09-01',
  },
  {
    workflow: 'quarterly-b2b-launch',
    version: 8,
    created: '2026-09-02',
    launched: '2026-09-22',
    ended: '2026-09-29',
  },
  { workflow: 'quarterly-b2b-launch', version: 8, created: '2026-09-10', cancelled: '2026-09-20' },
  { workflow: 'quarterly-b2b-launch', version: 8, created: '2026-09-10', launched: '2026-10-09' },
  {
    workflow: 'quarterly-b2b-launch',
    version: 8,
    created: '2026-10-12',
    launched: '2026-10-15',
    ended: '2026-10-20',
  },
  {
    workflow: 'quarterly-b2b-launch',
    version: 8,
    created: '2026-10-13',
    launched: '2026-10-16',
    ended: '2026-10-21',
  },
  // Brought in on the version of that day, and older than it.
  {
    workflow: 'quarterly-b2b-launch',
    version: 8,
    created: '2026-05-03',
    launched: '2026-08-03',
    ended: '2026-08-05',
    labels: ['imported'],
  },
  { workflow: 'content-cluster', version: 1, created: '2026-09-12', launched: '2026-09-15' },
  {
    workflow: 'product-launch',
    version: 2,
    created: '2026-03-01',
    launched: '2026-09-15',
    ended: '2026-09-16',
  },
];

describe('the figures of a review', () => {
  let api: TestApi;
  let data: DataSource;
  let figures: ReviewFigures;
  beforeAll(async () => {
    api = await startApi();
    data = await createDataSource(api.databaseUrl).initialize();
    for (const [at, campaign] of CAMPAIGNS.entries()) await live(`figure-${at}`, campaign);
    // A step that took far longer than the definition says: what forecasts learn from, and a prediction does not.
    await api.query(
      `INSERT INTO campaign_step (campaign_id, key, status, round, started_at, finished_at)
       SELECT id, 'brief', 'done', 0, created_at, created_at + interval '60 days' FROM campaign WHERE status = 'ended'`,
    );
    ({ figures } = await shown());
  }, 60_000);
  afterAll(async () => {
    await data.destroy();
    await api.close();
  });

  const shown = (quarter = QUARTER) => shownReview(new SqlReads(data.manager), quarter, TODAY);
  const page = async (quarter: string) => (await fetch(`${api.url}/reviews/${quarter}`)).text();

  async function live(
    key: string,
    { workflow, version, created, launched, ended, cancelled, labels = [] }: Lived,
  ) {
    const status = cancelled ? 'cancelled' : ended ? 'ended' : 'running';
    await api.query(
      `INSERT INTO campaign (key, name, version_id, status, type, risk, budget, labels, flags, brief, created_at, launched_at, ended_at)
       SELECT $1, $1, v.id, $2, 'launch', 'low', 0, $8, '{}', '{}', $3, $4, $5
         FROM definition_version v JOIN definition d ON d.id = v.definition_id WHERE d.key = $6 AND v.number = $7`,
      [key, status, created, launched ?? null, ended ?? cancelled ?? null, workflow, version, labels],
    );
  }

  const complete = async (input: object) => {
    const { completeReview } = await api.as().request<{
      completeReview: { refusals: { code: string; message: string }[] };
    }>(`mutation ($input: CompleteReviewInput!) { completeReview(input: $input) { refusals { code message } } }`, { input: { attendees: PEOPLE, ...input } });
    return completeReview.refusals.map(({ code, message }) => `${code}: ${message}`);
  };

  /** What the query that stands beside the figures answers. */
  async function answer<T>(name: keyof ReviewFigures['queries'], workflow: string, version = 0): Promise<T> {
    const query = figures.queries[name]
      .replaceAll('$workflow', JSON.stringify(workflow))
      .replaceAll('$version', `${version}`);
    return api.as().request<T>(`{ ${query} }`);
  }

  it('are what the queries beside them give', async () => {
    const reviewed = figures.workflows.map(({ workflow }) => workflow);
    expect(reviewed).toEqual(
      expect.arrayContaining(['quarterly-b2b-launch', 'content-cluster', 'product-launch']),
    );
    for (const each of figures.workflows) {
      const { workflow: key } = each;
      const number = (version: { number: number } | null) => version && { number: version.number };
      expect(await answer('from, to', key)).toEqual({
        workflow: { from: number(each.from), to: number(each.to) },
      });
      if (each.from && each.to)
        expect(await answer('changes', key)).toMatchObject({
          workflowDiff: {
            classification: each.classification.toUpperCase(),
            changes: each.changes.map(({ summary }) => ({ summary })),
          },
        });
      const { workflowHistory } = await answer<{ workflowHistory: { nodes: object[] } }>('history', key);
      expect(workflowHistory.nodes.toReversed()).toEqual(
        each.history.map(({ summary, commitSha, author, pullRequest }) => ({
          ...{ summary, author: { name: author?.name }, pullRequest },
          commit: { sha: commitSha },
        })),
      );
      type Stats = { group: { value: string }[]; campaigns: number; leadTimeHoursP50?: number }[];
      const use = await answer<Record<string, Stats>>('use', key);
      const count = (name: string, version: number) =>
        use[name]?.find(({ group }) => group[0]?.value === `${key} v${version}`)?.campaigns ?? 0;
      for (const { version, created, launched, ended, cancelled, running } of each.use)
        expect({
          ...{ created: count('created', version), launched: count('launched', version) },
          ...{ ended: count('ended', version), cancelled: count('cancelled', version) },
          running: count('begunSoFar', version) - count('overSoFar', version),
        }).toEqual({ created, launched, ended, cancelled, running });
      const { leadTimes } = await answer<{ leadTimes: Stats }>('leadTimes', key);
      expect(
        leadTimes.map(({ campaigns, leadTimeHoursP50 }) => [campaigns, leadTimeHoursP50]).sort(),
      ).toEqual(each.leadTimes.map(({ campaigns, medianHours }) => [campaigns.length, medianHours]).sort());
      for (const { version, p50Hours, p80Hours } of each.predictions)
        expect(await answer('predictions', key, version)).toEqual({
          workflow: {
            versionAt: { forecast: { launchP50Hours: p50Hours, launchP80Hours: p80Hours } },
          },
        });
      if (each.effects.length > 0) {
        const { workflow } = await answer<{ workflow: { effects: { differenceMean: number }[] } }>(
          'effects',
          key,
        );
        expect(workflow.effects.map(({ differenceMean }) => differenceMean)).toEqual(
          each.effects.map(({ differenceMean }) => differenceMean),
        );
      }
      const { campaigns } = await answer<{ campaigns: { nodes: object[] } }>('incidents', key);
      const over = each.use.reduce((sum, { ended, cancelled }) => sum + ended + cancelled, 0);
      expect(campaigns.nodes).toHaveLength(over);
    }
  });

  it('count the same campaigns, and none of a later quarter', () => {
    const b2b = figures.workflows.find(({ workflow }) => workflow === 'quarterly-b2b-launch');
    expect(b2b?.use.map(({ version, launched }) => [version, launched])).toEqual([
      [3, 2],
      [5, 1],
      [8, 1],
    ]);
    expect(b2b?.leadTimes.map(({ version, campaigns }) => [version, campaigns.length])).toEqual([
      [3, 2],
      [5, 1],
      [8, 1],
    ]);
    expect(b2b?.effects[0]).toMatchObject({
      metric: 'time-to-launch',
      before: { campaigns: 3 },
      after: { campaigns: 1 },
    });
  });

  it('are of the versions that campaigns ran on then, also where one is moved to another later', async () => {
    const use = ({ figures: { workflows } }: Awaited<ReturnType<typeof shown>>) =>
      workflows.map((each) => [each.workflow, each.use, each.leadTimes]);
    const before = use(await shown());
    await api.query(
      `WITH moved AS (
         INSERT INTO campaign_migration (campaign_id, moved_from, renamed, channels, moved_at)
         SELECT id, jsonb_build_object('versionId', version_id::text), '[]', '{}', $1 FROM campaign WHERE key = 'figure-2' RETURNING campaign_id)
       UPDATE campaign SET version_id = (SELECT version_id FROM campaign WHERE key = 'figure-4') WHERE id IN (SELECT campaign_id FROM moved)`,
      [TODAY],
    );
    expect(use(await shown())).toEqual(before);
    expect(use(await shown('2026-Q4'))).not.toEqual(before);
  });

  it('tell of a workflow that came and went within the quarter', async () => {
    const text = (await readFile('workflows/social-post.yaml', 'utf8')).replace(
      'id: social-post',
      'id: summer-only',
    );
    const file = 'workflows/summer-only.yaml';
    await commitFiles(api.repository, { [file]: text }, { message: 'Try', date: '2026-09-21T09:00:00Z' });
    await commitFiles(api.repository, { [file]: null }, { message: 'Stop', date: '2026-09-25T09:00:00Z' });
    await api.sync.run('cli', LOCAL_ACTOR);
    expect(
      (await shown()).figures.workflows.find(({ workflow }) => workflow === 'summer-only'),
    ).toMatchObject({
      ...{ from: null, to: null },
      history: [{ subject: 'Try' }, { subject: 'Stop' }],
    });
    expect(await page(QUARTER)).toContain(
      'came and went within the quarter, 2 commits by Marketing operations',
    );
  });

  it('tell which version new campaigns took instead', async () => {
    await api
      .as()
      .request(
        `mutation { pinWorkflow(input: { workflow: "flash-sale", version: { number: 1 }, reason: "The tool is down." }) { refusals { code } } }`,
      );
    const { quarterlyReview } = await api.as().request<{
      quarterlyReview: { workflows: { workflow: { key: string }; pin: object | null }[] };
    }>('{ quarterlyReview(quarter: "2026-Q4") { workflows { workflow { key } pin { version pinnedBy reason } } } }');
    expect(quarterlyReview.workflows.filter(({ pin }) => pin !== null)).toEqual([
      {
        workflow: { key: 'flash-sale' },
        pin: { version: 1, pinnedBy: 'local', reason: 'The tool is down.' },
      },
    ]);
    expect(await page('2026-Q4')).toContain(
      'New campaigns took version 1: local has pinned it since 2026-11-23 (The tool is down.).',
    );
    // Nobody had pinned it then.
    expect((await shown()).figures.workflows.every(({ pin }) => pin === null)).toBe(true);
  });

  it.each([
    [
      'an unknown proposal',
      { decisions: [{ text: 'Do it', owner: 'ops', dueOn: '2026-12-01', proposal: 'weir/nothing' }] },
      "no proposal was made on a branch 'weir/nothing'",
    ],
    [
      'two outcomes of one decision',
      {
        outcomes: [
          { quarter: '2026-Q2', decision: 1, outcome: 'DONE' },
          { quarter: '2026-Q2', decision: 1, outcome: 'DROPPED' },
        ],
      },
      'decision 1 of 2026-Q2 has two outcomes here',
    ],
    [
      'a book in the place of a note',
      { outcomes: [{ quarter: '2026-Q2', decision: 1, outcome: 'DONE', note: 'x'.repeat(50_000) }] },
      'longer than 2000 letters',
    ],
    [
      'one person for two teams',
      { attendees: [PEOPLE[0], { name: 'OPS@example.com', team: 'Sales' }] },
      'ops@example.com cannot speak for two teams',
    ],
    [
      'teams that only look different',
      { attendees: [PEOPLE[0], { name: 'sales@example.com', team: 'ｍarketing.' }] },
      'ATTENDEES_MISSING',
    ],
  ])('are not completed with %s', async (_, given, message) => {
    expect(await complete({ quarter: QUARTER, ...given })).toEqual([expect.stringContaining(message)]);
  });

  it('stay as they were once the review is completed, on the page, too', async () => {
    const { proposeWorkflowChange: made } = await api
      .as()
      .request<{ proposeWorkflowChange: { proposal: { branch: string } } }>(
        `mutation { proposeWorkflowChange(input: { workflow: "social-post", title: "Longer", rationale: "The writer is late.",
           edits: [{ set: { path: "step write-post / effort", value: "PT6H" } }] }) { proposal { branch } } }`,
      );
    const decisions = [
      {
        ...{ text: `Wait ${'and wait '.repeat(60)}longer`, owner: 'ops', dueOn: '2026-12-31' },
        proposal: made.proposal.branch,
      },
    ];
    expect(await complete({ quarter: QUARTER, decisions })).toEqual([]);
    const before = await page(QUARTER);
    expect(before).toContain(
      'Completed by local on 2026-11-23 with ops@example.com (Marketing), sales@example.com (Sales).',
    );
    expect(before).toContain(decisions[0]?.text);
    // What was looked at is not due any more, on the page of the review itself.
    const { figures: kept } = await shown();
    expect(kept.workflows.filter(({ isReviewDue }) => isReviewDue)).toEqual([]);
    // A commit that comes late says that it was made within the quarter.
    const file = 'workflows/flash-sale.yaml';
    const text = await readFile(`${api.repository}/${file}`, 'utf8');
    await commitFiles(
      api.repository,
      { [file]: text.replace(/^name: .*$/m, 'name: Renamed in August') },
      { message: 'Late', date: '2026-08-15T09:00:00Z' },
    );
    await api.sync.run('cli', LOCAL_ACTOR);
    await live('late', { workflow: 'flash-sale', version: 1, created: '2026-08-01', launched: '2026-08-15' });
    expect(await page(QUARTER)).toBe(before);
    expect((await shown()).figures).toEqual(kept);
    // As it is known now is a question to the API.
    const { quarterlyReview } = await api
      .as()
      .request<{ quarterlyReview: { workflows: { authors: string[] }[] } }>(
        `{ quarterlyReview(quarter: "${QUARTER}") { workflows { workflow { name } history { summary } authors } } }`,
      );
    expect(JSON.stringify(quarterlyReview)).toContain('Renamed in August');
  });

  it('belong to their months, whatever the fiscal year calls them', async () => {
    const file = 'workflows/policy.yaml';
    const text = await readFile(`${api.repository}/${file}`, 'utf8');
    const startingWith = async (month: number) => {
      const changed = text.replace('fiscalYearStart: 1', `fiscalYearStart: ${month}`);
      const message = `Begin with month ${month}`;
      await commitFiles(api.repository, { [file]: changed }, { message, date: '2026-11-20T09:00:00Z' });
      await api.sync.run('cli', LOCAL_ACTOR);
    };
    await startingWith(4);
    const asked = async (quarter: string) =>
      (
        await api
          .as()
          .request<{ quarterlyReview: object }>(
            `{ quarterlyReview(quarter: "${quarter}") { start completed { start } decisions { quarter number } } }`,
          )
      ).quarterlyReview;
    const july = '2026-06-30T22:00:00.000Z';
    // July to September are the second quarter of a year that begins with April.
    expect(await asked('2026-Q2')).toMatchObject({ start: july, completed: { start: july } });
    expect(await asked('2026-Q3')).toMatchObject({
      completed: null,
      decisions: [{ quarter: '2026-Q2', number: 1 }],
    });
    expect(await page('2026-Q2')).toContain('the quarter is called 2026-Q2 now');
    expect(await complete({ quarter: '2026-Q2' })).toEqual([
      'REVIEW_COMPLETED: the review of 2026-Q2 (2026-07-01 to 2026-09-30) was completed before, and stays as it is',
    ]);
    // April to June had none.
    expect(await complete({ quarter: '2026-Q1' })).toEqual([]);
    await startingWith(1);
    expect(await asked('2026-Q2')).toMatchObject({ completed: { start: '2026-03-31T22:00:00.000Z' } });
    expect(await asked('2026-Q3')).toMatchObject({ completed: { start: july } });
    expect(await asked('2026-Q4')).toMatchObject({ completed: null });
  });
});
