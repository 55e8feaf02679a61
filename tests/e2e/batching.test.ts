import { REVIEWER, startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';

describe('lists within lists', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  const SELECTION = `key
    versions(first: 2) { nodes { number commit { sha } workflow { key } } totalCount pageInfo { hasNextPage } }
    campaigns(first: 2) { nodes { key } totalCount }
    versionAt(ref: { number: 1 }) { number commit { author { name } } }
    problems { code }`;

  it('take no question more for each workflow more', async () => {
    const questions = async (first: number) => {
      const before = api.questions();
      const { errors } = await post(api.url, {
        query: `{ workflows(first: ${first}) { nodes { ${SELECTION} } } }`,
      });
      expect(errors).toEqual([]);
      return api.questions() - before;
    };
    // Versions are read once.
    await questions(8);
    // What is asked for together varies a little with what else is under way; one question a row would be four more.
    expect((await questions(8)) - (await questions(4))).toBeLessThan(4);
  });

  it('give each parent its own', async () => {
    const { data } = await post(api.url, {
      query:
        '{ workflows { nodes { key versions(first: 1, orderBy: { direction: ASC }) { nodes { number workflow { key } } totalCount pageInfo { hasNextPage } } } } }',
    });
    const { nodes } = data?.['workflows'] as {
      nodes: {
        key: string;
        versions: {
          nodes: { number: number; workflow: { key: string } }[];
          totalCount: number;
          pageInfo: { hasNextPage: boolean };
        };
      }[];
    };
    expect(nodes.length).toBeGreaterThan(5);
    for (const { key, versions } of nodes) {
      expect(versions.nodes).toEqual([{ number: 1, workflow: { key } }]);
      expect(versions.pageInfo.hasNextPage).toBe(versions.totalCount > 1);
    }
  });

  it('take five statements for a step, BEGIN and COMMIT among them, however many campaigns have run', async () => {
    const act = async (mutation: string) => {
      const before = api.questions();
      const { data, errors } = await post(api.url, {
        query: `mutation { payload: ${mutation} { refusals { code } } }`,
      });
      expect([errors, data]).toEqual([[], { payload: { refusals: [] } }]);
      return api.questions() - before;
    };
    const counts = [];
    for (const key of ['first', 'second', 'third']) {
      await act(`createCampaign(input: { key: "${key}", name: "${key}", workflow: "social-post" })`);
      const on = `(input: { campaign: "${key}", step: "brief" })`;
      counts.push([await act(`startStep${on}`), await act(`completeStep${on}`)]);
    }
    expect(new Set(counts.flat())).toEqual(new Set([5]));
  });

  it('take no statement more for each approval that a change voids', async () => {
    const act = async (mutation: string, who: readonly [string, string] | [] = []) => {
      const before = api.questions();
      const { payload } = await api
        .as(...who)
        .request<{ payload: { invalidates: object[] | null } }>(
          `mutation { payload: ${mutation} { refusals { message } ${mutation.startsWith('updateBrief') ? 'invalidates { key }' : ''} } }`,
        );
      expect(payload).toMatchObject({ refusals: [] });
      return { count: api.questions() - before, voided: payload.invalidates?.length };
    };
    const voiding = async (key: string, approvals: readonly string[]) => {
      await act(`createCampaign(input: { key: "${key}", name: "${key}", workflow: "product-launch" })`);
      for (const name of ['startStep', 'completeStep'])
        await act(`${name}(input: { campaign: "${key}", step: "brief" })`);
      for (const step of approvals)
        await act(`approve(input: { campaign: "${key}", step: "${step}" })`, REVIEWER);
      return act(`updateBrief(input: { campaign: "${key}", fields: [{ name: "note", text: "new" }] })`);
    };
    const one = await voiding('one-voided', ['legal']);
    const two = await voiding('two-voided', ['legal', 'brand']);
    expect([one.voided, two.voided]).toEqual([1, 2]);
    expect(two.count).toBe(one.count);
  });
});
