import { readFile } from 'node:fs/promises';
import { startApi, type TestApi } from '../support/api.js';

interface Page {
  nodes: { id: string; key: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string };
  totalCount: number;
}
const PAGE = '{ totalCount nodes { id key } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';

describe('asking the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  const workflows = async (page: string): Promise<Page> =>
    (await api.as().request<{ workflows: Page }>(`{ workflows(${page}) ${PAGE} }`)).workflows;

  it('pages forwards and backwards over the same order, with true flags', async () => {
    const all = await workflows('first: 50');
    expect(all.totalCount).toBe(all.nodes.length);
    expect(all.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    const first = await workflows('first: 4');
    const second = await workflows(`first: 4, after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...second.nodes]).toEqual(all.nodes.slice(0, 8));
    expect(second.pageInfo).toMatchObject({ hasNextPage: all.nodes.length > 8, hasPreviousPage: true });
    const back = await workflows(`last: 4, before: "${second.pageInfo.startCursor}"`);
    expect(back.nodes).toEqual(first.nodes);
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  it('finds every node again by its id', async () => {
    const { nodes } = await workflows('first: 1');
    const document = `query ($id: ID!) { node(id: $id) { __typename id ... on Workflow { key } } }`;
    const { node } = await api.as().request<{ node: object }>(document, { id: nodes[0]?.id });
    expect(node).toEqual({ __typename: 'Workflow', ...nodes[0] });
  });

  it('tells what differs between two versions, and what was served when', async () => {
    const document = `{
      workflow(key: "regulated-promotion") {
        first: versionAt(ref: { asOf: "2026-04-15T00:00:00Z" }) { number commit { sha } }
        now: versionAt(ref: { asOf: "2026-11-01T00:00:00Z" }) { number }
        never: versionAt(ref: { asOf: "2020-01-01T00:00:00Z" }) { number }
      }
      workflowDiff(workflow: "regulated-promotion", from: { number: 1 }, to: { number: 2 }) { changes { kind } }
    }`;
    const answer = await api.as().request<Record<string, never>>(document);
    expect(answer).toMatchObject({ workflow: { first: { number: 1 }, now: { number: 2 }, never: null } });
    expect(JSON.stringify(answer)).toContain('STEP_MOVED');
  });

  it('answers with data for every query of the README, pasted as it stands', async () => {
    const readme = await readFile('README.md', 'utf8');
    const documents = [...readme.matchAll(/```graphql\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
    expect(documents.length).toBeGreaterThanOrEqual(3);
    for (const document of documents) {
      const data = await api.as().request<Record<string, unknown>>(document);
      for (const value of Object.values(data)) expect(value).not.toBeNull();
    }
  });
});
