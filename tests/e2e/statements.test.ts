import { readFileSync } from 'node:fs';
import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';

const document = (name: string): string =>
  readFileSync(`examples/typed-client/documents/${name}.graphql`, 'utf8');
const KEY = 'quarterly-b2b-launch';
/** Each question of a dashboard, how many statements it takes, asked of little and of much. */
const QUESTIONS = [
  ['portfolio', 3, { first: 1 }, { first: 50 }],
  ['campaign', 1, { key: 'planned' }, { key: 'begun' }],
  ['versions', 4, { key: 'social-post' }, { key: KEY }],
  ['history', 2, { first: 1 }, { first: 50 }],
  [
    'diff',
    1,
    { key: KEY, from: { number: 1 }, to: { number: 2 } },
    { key: KEY, from: { number: 1 }, to: { number: 3 } },
  ],
  ['review', 12, { quarter: '2020-Q1' }, { quarter: '2026-Q3' }],
] as const;

describe('statements for an answer', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    for (const key of ['planned', 'begun', 'a', 'b', 'c', 'd', 'e', 'f']) {
      const workflow = key < 'd' ? KEY : 'social-post';
      await act(`createCampaign(input: { key: "${key}", name: "${key}", workflow: "${workflow}" })`);
    }
    await act('startStep(input: { campaign: "begun", step: "brief" })');
    await act('completeStep(input: { campaign: "begun", step: "brief" })');
  }, 60_000);
  afterAll(() => api.close());

  async function act(mutation: string): Promise<void> {
    const { data, errors } = await post(api.url, {
      query: `mutation { payload: ${mutation} { refusals { code } } }`,
    });
    expect([errors, data]).toEqual([[], { payload: { refusals: [] } }]);
  }

  /** Once what never changes has been read; the fewest of some, as what is asked for together goes with the moment. */
  async function statements(query: string, variables: object): Promise<{ count: number; length: number }> {
    let found = { count: Infinity, length: 0 };
    for (let times = 0; times < 5; times++) {
      const before = api.questions();
      const { data, errors } = await post(api.url, { query, variables });
      expect(errors).toEqual([]);
      found = { count: Math.min(found.count, api.questions() - before), length: JSON.stringify(data).length };
    }
    return found;
  }

  it.each(QUESTIONS)('of %s are %i, however much is in it', async (name, count, little, much) => {
    const small = await statements(document(name), little);
    const large = await statements(document(name), much);
    expect(large.length).toBeGreaterThan(small.length);
    expect(large.count).toBe(count);
    // Where there is nothing, nothing of it is looked for.
    expect(small.count).toBeLessThanOrEqual(count);
  });
});
