import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { buildSchema, Kind, OperationTypeNode, parse, validate } from 'graphql';
import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';

const FOLDER = 'examples/typed-client/documents';

const NEXT_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString();

/** What each document is asked with; subscriptions are followed in a test of their own. */
const VARIABLES: Readonly<Record<string, object>> = {
  CompleteReview: {
    input: {
      quarter: '2026-Q2',
      attendees: [
        { name: 'ops@example.com', team: 'marketing' },
        { name: 'sales@example.com', team: 'sales' },
      ],
    },
  },
  Portfolio: {
    first: 10,
    filter: { status: ['RUNNING'], plannedLaunchAt: { until: '2030-01-01T00:00:00Z' } },
  },
  CampaignInFull: { key: 'documented' },
  Versions: { key: 'product-launch' },
  Difference: { key: 'regulated-promotion', from: { number: 1 }, to: { number: 2 } },
  History: { first: 5 },
  Review: { quarter: '2026-Q3' },
  Charts: { from: '2026-01-01T00:00:00Z', to: '2026-12-31T00:00:00Z' },
  Outlook: { key: 'product-launch', suppose: [{ slip: { step: 'brief', by: 'P3D' } }] },
  Capacity: { planned: [{ key: 'spring', workflow: 'product-launch', startAt: NEXT_MONTH }] },
  Meetings: { from: '2026-11-02T00:00:00Z' },
  Agreement: { campaign: 'documented' },
  Launch: { campaign: 'documented', channel: 'email' },
  Cost: { document: '{ __typename }' },
};

describe('the documents of docs/graphql.md', () => {
  let api: TestApi;
  let blocks: string[];
  beforeAll(async () => {
    api = await startApi();
    const text = await readFile('docs/graphql.md', 'utf8');
    blocks = [...text.matchAll(/```graphql\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
    const input = {
      key: 'documented',
      name: 'Documented',
      workflow: 'product-launch',
      plannedLaunchAt: '2026-12-01T00:00:00Z',
    };
    const query =
      'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { refusals { message } } }';
    await post(api.url, { query, variables: { input } });
  }, 60_000);
  afterAll(() => api.close());

  it('are those of the example, no more and no less', async () => {
    const files = (await readdir(FOLDER)).map((name) => readFile(path.join(FOLDER, name), 'utf8'));
    expect([...blocks].sort()).toEqual((await Promise.all(files)).sort());
  });

  it('are valid and answered with data', async () => {
    const schema = buildSchema(await readFile('src/schema/schema.graphql', 'utf8'));
    const asked: string[] = [];
    for (const query of blocks) {
      const document = parse(query);
      expect(validate(schema, document)).toEqual([]);
      const [operation] = document.definitions;
      if (
        operation?.kind !== Kind.OPERATION_DEFINITION ||
        operation.operation === OperationTypeNode.SUBSCRIPTION
      )
        continue;
      const name = operation.name?.value ?? '';
      const { data, errors } = await post(api.url, { query, variables: VARIABLES[name] });
      expect(errors).toEqual([]);
      for (const value of Object.values(data ?? {})) expect(value).not.toBeNull();
      asked.push(name);
    }
    expect(asked.sort()).toEqual(Object.keys(VARIABLES).sort());
  });

  it('shows differences in their own types', async () => {
    const query = blocks.find((block) => block.includes('query Difference'));
    const { data } = await post(api.url, { query, variables: VARIABLES['Difference'] });
    expect(JSON.stringify(data)).toMatch(/"__typename":"PartMoved".*"from":"[^"]+".*"to":"[^"]+"/);
  });
});
