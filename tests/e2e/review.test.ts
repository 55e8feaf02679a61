import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { canonicalText } from '../../src/application/canonical-text.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';
import { commitFiles } from '../support/repository.js';

/** Written anew with WRITE_GOLDEN=1, and then looked at by whoever changed it. */
const GOLDEN = 'tests/fixtures/review.html';
const COMPLETE = `mutation ($input: CompleteReviewInput!) { completeReview(input: $input) {
  review { completed { actor attendees { name team } snapshotHash snapshot } } refusals { code message missing } } }`;
const REVIEW = `query ($quarter: String) { quarterlyReview(quarter: $quarter) { quarter state start end
  workflows { workflow { key } from { number } to { number } classification changes { summary } authors
    use { version created launched ended cancelled running } effects { metric outcome before { campaigns } after { campaigns } }
    predictions { version launched withinP50 withinP80 } standing isReviewDue reviewDueAt }
  decisions { quarter number text owner dueOn state note } completed { completedAt } } }`;

interface Reviewed {
  readonly quarter: string;
  readonly state: string;
  readonly start: string;
  readonly workflows: readonly (Record<string, unknown> & { readonly workflow: { readonly key: string } })[];
  readonly decisions: readonly object[];
  readonly completed: object | null;
}
const MARKETING = { name: 'ops@example.com', team: 'marketing' };
const SALES = { name: 'sales@example.com', team: 'Sales' };

describe('the review of a quarter', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  const ask = async (quarter: string | null): Promise<Reviewed> => {
    const { data, errors } = await post(api.url, { query: REVIEW, variables: { quarter } });
    expect(errors).toEqual([]);
    return (data as { quarterlyReview: Reviewed }).quarterlyReview;
  };
  const complete = async (input: object, headers: Record<string, string> = {}) => {
    const { data, errors } = await post(api.url, { query: COMPLETE, variables: { input } }, headers);
    expect(errors).toEqual([]);
    const { review, refusals } = (
      data as {
        completeReview: {
          review: { completed: { snapshot: object; snapshotHash: string } } | null;
          refusals: { code: string }[];
        };
      }
    ).completeReview;
    return { completed: review?.completed ?? null, codes: refusals.map(({ code }) => code) };
  };

  it('tells the story that the history was built with', async () => {
    const { state, workflows } = await ask('2026-Q3');
    expect(state).toBe('OVER');
    const of = (key: string) => workflows.find(({ workflow }) => workflow.key === key);
    // From one team after the other to side by side, one element at a time.
    expect(of('quarterly-b2b-launch')).toMatchObject({
      from: { number: 3 },
      to: { number: 8 },
      classification: 'BREAKING',
    });
    expect(of('content-cluster')).toMatchObject({ from: null, to: { number: 1 }, changes: [], effects: [] });
    // A limit was tried and reverted: the meaning is what it was before.
    expect(of('product-launch')).toMatchObject({
      from: { number: 2 },
      to: { number: 2 },
      changes: [],
      effects: [],
    });
    expect(of('product-launch')?.['authors']).toHaveLength(2);
    expect(of('newsletter')).toBeUndefined();
    const changed = workflows.flatMap(({ workflow, changes }) =>
      (changes as object[]).length > 0 ? workflow.key : [],
    );
    expect(changed).toEqual(['budget-and-creative', 'flash-sale', 'quarterly-b2b-launch']);
    for (const { predictions, effects } of workflows) {
      expect(JSON.stringify([predictions, effects])).not.toMatch(/NaN|Infinity/);
    }
  });

  it('has stated answers for a quarter that has not begun, that goes on, and that nothing is known of', async () => {
    expect(await ask('2031-Q1')).toMatchObject({ state: 'AHEAD', workflows: [] });
    expect(await ask('2026-Q4')).toMatchObject({ state: 'UNDER_WAY' });
    expect(await ask('2019-Q1')).toMatchObject({ state: 'OVER', workflows: [] });
    expect(await (await fetch(`${api.url}/reviews/1999-Q1`)).text()).toContain('Nothing is known of it');
    expect((await ask(null)).quarter).toBe('2026-Q3');
  });

  it('takes as many questions, however many workflows there are', async () => {
    const questions = async (quarter: string) => {
      const before = api.questions();
      await ask(quarter);
      return api.questions() - before;
    };
    expect(await questions('2026-Q3')).toBeLessThanOrEqual((await questions('2019-Q1')) + 4);
  });

  it('reads as it does in the golden file', async () => {
    const page = await (await fetch(`${api.url}/reviews/2026-Q3`)).text();
    if (process.env['WRITE_GOLDEN']) await writeFile(GOLDEN, page);
    expect(page).toBe(await readFile(GOLDEN, 'utf8'));
  });

  it('is a page of its own, in which nothing runs, and which shows text as text', async () => {
    await commitFiles(
      api.repository,
      {
        'workflows/odd.yaml': (await readFile('workflows/social-post.yaml', 'utf8'))
          .replace('id: social-post', 'id: odd')
          .replace(/^name: .*$/m, 'name: "<script>alert(1)</script> & more"'),
      },
      { message: '<img src=x onerror=alert(1)>', date: '2026-09-20T09:00:00Z' },
    );
    await api.sync.run('cli', LOCAL_ACTOR);
    const answer = await fetch(`${api.url}/reviews/2026-Q3`);
    const page = await answer.text();
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'",
    );
    expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62; &#38; more');
    expect(page).not.toMatch(/<script|<img|https?:\/\//);
    expect((await fetch(`${api.url}/reviews/soon`)).status).toBe(404);
  });

  it('is completed once, by a steward, with people of two teams, when the quarter is over', async () => {
    const quarter = '2026-Q2';
    const attendees = [MARKETING, SALES];
    const viewer = { 'weir-actor': 'viewer@example.com', 'weir-roles': 'viewer,contributor,approver' };
    expect((await complete({ quarter, attendees }, viewer)).codes).toEqual(['ROLE_MISSING']);
    expect((await complete({ quarter, attendees: [] })).codes).toEqual(['ATTENDEES_MISSING']);
    expect(
      (await complete({ quarter, attendees: [MARKETING, { ...SALES, team: ' Marketing ' }] })).codes,
    ).toEqual(['ATTENDEES_MISSING']);
    expect((await complete({ quarter: '2026-Q4', attendees })).codes).toEqual(['REVIEW_TOO_EARLY']);
    const decisions = [
      { text: 'Try the gate elsewhere', owner: 'ops', dueOn: '2026-09-30', workflow: 'social-post' },
      { text: 'Ask the agency', owner: 'brand', dueOn: '2027-03-01' },
    ];
    const wrong = [{ ...decisions[0], workflow: 'nothing' }];
    expect((await complete({ quarter, attendees, decisions: wrong })).codes).toEqual(['INVALID_INPUT']);
    const both = await Promise.all([1, 2].map(() => complete({ quarter, attendees, decisions })));
    expect(both.map(({ codes }) => codes).sort()).toEqual([[], ['REVIEW_COMPLETED']]);
    const { completed } = both.find(({ codes }) => codes.length === 0) ?? {};
    expect(completed).toMatchObject({ actor: 'local', attendees });
    const [{ snapshot } = { snapshot: '' }] = (await api.query(
      `SELECT snapshot::text AS snapshot FROM quarterly_review WHERE quarter = '${quarter}'`,
    )) as { snapshot: string }[];
    expect(JSON.parse(snapshot)).toEqual(completed?.snapshot);
    await expect(api.query(`UPDATE quarterly_review SET actor = 'x'`)).rejects.toThrow('append-only');
  });

  it('shows what became of the decisions before, until a review has settled them', async () => {
    const { decisions } = await ask('2026-Q3');
    expect(decisions).toEqual([
      {
        quarter: '2026-Q2',
        number: 1,
        text: 'Try the gate elsewhere',
        owner: 'ops',
        dueOn: '2026-09-30',
        state: 'OVERDUE',
        note: null,
      },
      {
        quarter: '2026-Q2',
        number: 2,
        text: 'Ask the agency',
        owner: 'brand',
        dueOn: '2027-03-01',
        state: 'OPEN',
        note: null,
      },
    ]);
    const unknown = [{ quarter: '2026-Q2', decision: 3, outcome: 'DONE' }];
    const attendees = [MARKETING, SALES];
    expect((await complete({ quarter: '2026-Q3', attendees, outcomes: unknown })).codes).toEqual([
      'INVALID_INPUT',
    ]);
    const outcomes = [{ quarter: '2026-Q2', decision: 1, outcome: 'DROPPED', note: 'Not worth it.' }];
    expect((await complete({ quarter: '2026-Q3', attendees, outcomes })).codes).toEqual([]);
    expect((await ask('2026-Q3')).decisions).toMatchObject([
      { state: 'DROPPED', note: 'Not worth it.' },
      { state: 'OPEN' },
    ]);
    expect((await ask('2026-Q4')).decisions).toMatchObject([
      { quarter: '2026-Q2', number: 2, state: 'OPEN' },
    ]);
    expect((await ask('2026-Q3')).completed).not.toBeNull();
    // A review of what was reviewed is due later.
    const { workflows } = await ask('2026-Q4');
    expect(workflows.filter(({ isReviewDue }) => isReviewDue).map(({ workflow }) => workflow.key)).toEqual(
      [],
    );
  });

  it('keeps the figures as they were, under their hash', async () => {
    const query = '{ quarterlyReview(quarter: "2026-Q3") { completed { snapshot snapshotHash } } }';
    const { data } = await post(api.url, { query });
    const { completed } = (
      data as { quarterlyReview: { completed: { snapshot: { quarter: string }; snapshotHash: string } } }
    ).quarterlyReview;
    expect(completed.snapshot).toMatchObject({
      quarter: '2026-Q3',
      workflows: expect.any(Array) as object[],
    });
    expect(completed.snapshotHash).toMatch(/^[0-9a-f]{64}$/);
    expect(createHash('sha256').update(canonicalText(completed.snapshot)).digest('hex')).toBe(
      completed.snapshotHash,
    );
  });
});
