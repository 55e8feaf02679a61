import { DataSource } from 'typeorm';
import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';

const PORTFOLIO = `query ($first: Int) { campaigns(first: $first) { nodes { key steps { key status } gates { key status } } } }`;

describe('what a query costs', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  it('is in every answer, refused ones too, and grows with the page', async () => {
    const costs: number[] = [];
    for (const first of [10, 20, 40]) {
      const { extensions } = await post(api.url, { query: PORTFOLIO, variables: { first } });
      expect(extensions['cost']).toMatchObject({ depth: 3, aliases: 0, limit: 10_000 });
      costs.push((extensions['cost'] as { cost: number }).cost);
    }
    // A campaign is one object with two lists of ten; the connection itself is one more.
    expect(costs).toEqual([10 * 21 + 1, 20 * 21 + 1, 40 * 21 + 1]);
    const query =
      '{ campaigns(first: 200) { nodes { workflowVersion { workflow { versions(first: 200) { nodes { number } } } } } } }';
    const { status, errors, extensions, data } = await post(
      api.url,
      { query },
      { accept: 'application/graphql-response+json' },
    );
    expect(status).toBe(400);
    expect(errors[0]?.extensions['code']).toBe('LIMIT_EXCEEDED');
    expect(data).toBeNull();
    expect((extensions['cost'] as { cost: number }).cost).toBeGreaterThan(10_000);
  });

  it('can be learned without carrying anything out', async () => {
    const document =
      'mutation { createCampaign(input: { key: "dry", name: "Dry", workflow: "product-launch" }) { refusals { code } } }';
    const query =
      'query ($document: String!, $variables: JSONObject) { documentCost(document: $document, variables: $variables) { cost depth aliases problems } }';
    const { data } = await post(api.url, { query, variables: { document } });
    expect(data).toEqual({ documentCost: { cost: 20, depth: 2, aliases: 0, problems: [] } });
    expect(await api.query("SELECT 1 FROM campaign WHERE key = 'dry'")).toEqual([]);
    const dear = await post(api.url, {
      query,
      variables: { document: PORTFOLIO, variables: { first: 1_000 } },
    });
    expect(dear.data).toMatchObject({ documentCost: { problems: ['cost is 21001; the limit is 10000'] } });
    const wrong = await post(api.url, { query, variables: { document: '{ nam }' } });
    expect(wrong.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    const broken = await post(api.url, { query, variables: { document: '{ workflows' } });
    expect(broken.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('is bounded by limits that the schema tells', async () => {
    const { data } = await post(api.url, {
      query:
        '{ limits { pageSize depth aliases tokens documentLength comparisons cost bodyBytes timeoutSeconds subscriptions } }',
    });
    expect(data).toEqual({
      limits: {
        pageSize: 200,
        depth: 20,
        aliases: 100,
        tokens: 4_000,
        documentLength: 100_000,
        comparisons: 10_000,
        cost: 10_000,
        bodyBytes: 1_048_576,
        timeoutSeconds: 10,
        subscriptions: 50,
      },
    });
  });
});

describe('a database that does not answer in time', () => {
  let api: TestApi;
  let other: DataSource;
  beforeAll(async () => {
    api = await startApi({ timeoutMs: 300 });
    other = await new DataSource({ type: 'postgres', url: api.databaseUrl }).initialize();
  }, 60_000);
  afterAll(async () => {
    await other.destroy();
    await api.close();
  });

  it('spoils the part that waited for it, and leaves the rest of the answer standing', async () => {
    const runner = other.createQueryRunner();
    await runner.startTransaction();
    await runner.query('LOCK TABLE campaign IN ACCESS EXCLUSIVE MODE');
    const { status, data, errors } = await post(api.url, {
      query: '{ workflows(first: 1) { nodes { key } } campaigns(first: 1) { nodes { key } } }',
    });
    await runner.rollbackTransaction();
    await runner.release();
    expect(status).toBe(200);
    expect(data).toEqual({ workflows: { nodes: [{ key: 'always-on-growth' }] }, campaigns: null });
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['campaigns'],
        message: 'this took longer than 0.3 seconds and was given up',
        extensions: { code: 'TIMEOUT' },
      }),
    ]);
    const { data: after } = await post(api.url, { query: '{ campaigns(first: 1) { totalCount } }' });
    expect(after).toEqual({ campaigns: { totalCount: 0 } });
  });
});

describe('a question to the database that fails', () => {
  it('spoils no list whose entries ask it for something besides', async () => {
    const api = await startApi();
    const created = await post(api.url, {
      query: `mutation {
        createCampaign(input: { key: "kite", name: "Kite", workflow: "social-post" }) { refusals { code } }
      }`,
    });
    expect(created.data).toEqual({ createCampaign: { refusals: [] } });
    const query = `{
      campaigns(first: 1) { nodes { key metrics { name evidence { message } parts { name } notes } deviations { rationale } } }
      workflowHistory(first: 1) { nodes { changes { kind } commit { sha signature } } }
      quarterlyReview(quarter: "2026-Q3") { workflows { incidents { count } advice { text } } }
    }`;
    // Nothing else of the question is read from these.
    const hidden = ['campaign_metric.notes', 'campaign_deviation.rationale', 'definition_change.changes'];
    hidden.push('git_commit.signature', 'retrospective.campaign_id');
    const rename = async (from: (column: string) => string, to: (column: string) => string) => {
      for (const [table = '', column = ''] of hidden.map((each) => each.split('.')))
        await api.query(`ALTER TABLE ${table} RENAME COLUMN ${from(column)} TO ${to(column)}`);
    };
    const away = (column: string) => `${column}_away`;
    await rename(String, away);
    const { data, errors } = await post(api.url, { query });
    await rename(away, String);
    const among = (entry: object): unknown => expect.arrayContaining([expect.objectContaining(entry)]);
    expect(data).toEqual({
      campaigns: {
        nodes: [
          { key: 'kite', metrics: among({ evidence: null, parts: null, notes: null }), deviations: null },
        ],
      },
      workflowHistory: {
        nodes: [
          {
            changes: null,
            commit: { sha: expect.stringMatching(/^[0-9a-f]{40}$/) as string, signature: null },
          },
        ],
      },
      quarterlyReview: { workflows: among({ incidents: null, advice: null }) },
    });
    expect(new Set(errors.map(({ extensions }) => extensions['code']))).toEqual(
      new Set(['INTERNAL_SERVER_ERROR']),
    );
    await api.close();
  }, 60_000);
});
