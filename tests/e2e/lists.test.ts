import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';

interface Page {
  nodes: { key: string }[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  totalCount: number;
}
const PAGE =
  '{ nodes { key } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }';

describe('lists of campaigns', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    for (const [index, risk] of ['LOW', 'HIGH', 'LOW', 'MEDIUM', 'LOW'].entries()) {
      await create(`campaign-${index}`, risk, index < 2 ? ['spring'] : ['spring', 'emea']);
    }
  }, 60_000);
  afterAll(() => api.close());

  async function create(key: string, risk = 'LOW', labels: string[] = []): Promise<void> {
    const input = { key, name: `Campaign ${key}`, workflow: 'product-launch', risk, labels };
    const query =
      'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { refusals { code } } }';
    const { data } = await post(api.url, { query, variables: { input } });
    expect(data).toEqual({ createCampaign: { refusals: [] } });
  }
  const campaigns = async (parameters: string): Promise<Page> => {
    const { data, errors } = await post(api.url, { query: `{ campaigns(${parameters}) ${PAGE} }` });
    expect(errors).toEqual([]);
    return data?.['campaigns'] as Page;
  };
  const keys = async (parameters: string) => (await campaigns(parameters)).nodes.map(({ key }) => key);

  it('neither repeat nor skip an entry when others are added between two pages', async () => {
    const order = 'orderBy: { field: KEY }';
    const first = await campaigns(`first: 2, ${order}`);
    await create('campaign-0-before');
    await create('campaign-9-after');
    const second = await campaigns(`first: 2, after: "${first.pageInfo.endCursor}", ${order}`);
    const third = await campaigns(`first: 2, after: "${second.pageInfo.endCursor}", ${order}`);
    expect([first, second, third].flatMap((page) => page.nodes.map(({ key }) => key))).toEqual([
      'campaign-0',
      'campaign-1',
      'campaign-2',
      'campaign-3',
      'campaign-4',
      'campaign-9-after',
    ]);
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const back = await campaigns(`last: 2, before: "${second.pageInfo.startCursor}", ${order}`);
    expect(back.nodes.map(({ key }) => key)).toEqual(['campaign-0-before', 'campaign-1']);
    expect(back.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it('tell the truth about both sides of every window', async () => {
    const all = await campaigns('orderBy: { field: KEY }');
    const cursors = all.edges.map(({ cursor }) => cursor);
    const [low, high] = [cursors[1] ?? '', cursors[4] ?? ''];
    for (const size of ['first: 1', 'first: 2', 'first: 9', 'last: 1', 'last: 2', 'last: 9']) {
      const page = await campaigns(`${size}, after: "${low}", before: "${high}", orderBy: { field: KEY }`);
      const inside = all.nodes.slice(2, 4);
      const take = Math.min(Number(size.split(' ')[1]), inside.length);
      expect(page.nodes).toEqual(size.startsWith('first') ? inside.slice(0, take) : inside.slice(-take));
      expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
      expect(page.totalCount).toBe(all.nodes.length);
    }
  });

  it('break ties by id, so that equal values keep one order', async () => {
    await api.query("UPDATE campaign SET created_at = '2026-01-01T00:00:00Z'");
    const order = 'orderBy: { field: CREATED_AT, direction: DESC }';
    const all = await keys(order);
    const walked: string[] = [];
    for (let after = ''; ;) {
      const page = await campaigns(`first: 2, ${order}${after}`);
      walked.push(...page.nodes.map(({ key }) => key));
      if (!page.pageInfo.hasNextPage) break;
      after = `, after: "${page.pageInfo.endCursor}"`;
    }
    expect(walked).toEqual(all);
    expect(new Set(walked).size).toBe(walked.length);
  });

  it('filter by every condition, together', async () => {
    const sorted = 'orderBy: { field: KEY }';
    expect(await keys(`filter: { risk: [HIGH, MEDIUM] }, ${sorted}`)).toEqual(['campaign-1', 'campaign-3']);
    expect(await keys(`filter: { label: ["spring", "emea"] }, ${sorted}`)).toEqual([
      'campaign-2',
      'campaign-3',
      'campaign-4',
    ]);
    expect(await keys(`filter: { label: "emea", risk: LOW, search: "CAMPAIGN-4" }, ${sorted}`)).toEqual([
      'campaign-4',
    ]);
    expect(await keys(`filter: { channel: "fax" }, ${sorted}`)).toEqual([]);
    expect(
      await keys(`filter: { workflow: ["product-launch"], status: RUNNING, label: "spring" }, ${sorted}`),
    ).toHaveLength(5);
    expect(await keys('filter: { createdAt: { until: "2020-01-01T00:00:00Z" } }')).toEqual([]);
    expect(await keys('filter: { search: "%" }')).toEqual([]);
    expect(await keys(`filter: { search: "" }, ${sorted}`)).toEqual(await keys(sorted));
  });

  it('hold an argument and a filter of the same name together', async () => {
    const changes = async (asked: string) => {
      const { data } = await post(api.url, {
        query: `{ changes: workflowHistory(${asked}) { totalCount } }`,
      });
      return (data?.['changes'] as { totalCount: number }).totalCount;
    };
    const launches = await changes('workflow: "product-launch"');
    expect(launches).toBeGreaterThan(0);
    expect(
      await changes('workflow: "product-launch", filter: { workflow: ["product-launch", "weekly-post"] }'),
    ).toBe(launches);
    expect(await changes('workflow: "product-launch", filter: { workflow: "weekly-post" }')).toBe(0);
  });

  it('belong to their parent, whatever the filter says', async () => {
    const query = `{ workflow(key: "product-launch") {
      mine: campaigns(filter: { workflow: "product-launch", risk: HIGH }) { totalCount }
      others: campaigns(filter: { workflow: "weekly-post" }) { totalCount }
      versions(filter: { committedAt: { until: "2020-01-01T00:00:00Z" } }) { totalCount }
    } }`;
    const { data } = await post(api.url, { query });
    expect(data?.['workflow']).toEqual({
      mine: { totalCount: 1 },
      others: { totalCount: 0 },
      versions: { totalCount: 0 },
    });
  });

  it('count only when asked to', async () => {
    const counting = async (selection: string) => {
      await api.query('SELECT pg_stat_reset()');
      return post(api.url, { query: `{ campaigns(first: 1) { ${selection} } }` });
    };
    // A count that cannot be answered spoils itself alone: the list stands beside its error.
    await counting('nodes { key }');
    const { data } = await counting('totalCount nodes { key }');
    expect(data).toMatchObject({ campaigns: { totalCount: 7 } });
  });
});
