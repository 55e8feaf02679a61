import { readdirSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  isCompositeType,
  isRequiredArgument,
  Kind,
  OperationTypeNode,
  parse,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { buildApiSchema } from '../../src/resolvers/build-schema.js';
import { compile } from '../../src/http/executor.js';
import { startApi, type TestApi } from '../support/api.js';
import { type Answer, post } from '../support/http.js';

/** Deep enough for lists of objects in objects. */
const DEPTH = 4;
const FOLDER = 'examples/typed-client/documents';
const VALUES: Readonly<Record<string, unknown>> = {
  ...{
    key: 'quarterly-b2b-launch',
    campaign: 'first',
    first: 5,
    quarter: '2026-Q3',
    workflow: 'quarterly-b2b-launch',
  },
  ...{ from: { number: 1 }, to: { number: 3 }, name: 'quarterly-b2b-launch' },
};
/** Where the same name stands for another thing. */
const OF: Readonly<Record<string, object>> = {
  CampaignInFull: { key: 'first' },
  Charts: { from: '2026-07-01T00:00:00Z', to: '2026-10-01T00:00:00Z' },
  Capacity: { planned: [] },
  Outlook: { suppose: [] },
};

interface Asked {
  readonly query: string;
  readonly variables?: object;
}

describe('a query that comes again, and is compiled', () => {
  let api: TestApi;
  let schema: GraphQLSchema;
  beforeAll(async () => {
    api = await startApi();
    schema = buildSchema(readFileSync('src/schema/schema.graphql', 'utf8'));
    const act = async (mutation: string) => {
      const { errors, data } = await post(api.url, {
        query: `mutation { it: ${mutation} { refusals { code } } }`,
      });
      expect([errors, data]).toEqual([[], { it: { refusals: [] } }]);
    };
    for (const key of ['first', 'second'])
      await act(`createCampaign(input: { key: "${key}", name: "${key}", workflow: "social-post" })`);
    await act('startStep(input: { campaign: "first", step: "brief" })');
    await act('completeStep(input: { campaign: "first", step: "brief" })');
    await act('cancelCampaign(input: { campaign: "second", reason: "no budget" })');
  }, 60_000);
  afterAll(() => api.close());

  const documents = (): Asked[] => [
    ...readdirSync(FOLDER)
      .map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'))
      .filter((query) => query.startsWith('query'))
      .map(asked),
    ...Object.values(
      JSON.parse(readFileSync('dist/dashboard/documents.json', 'utf8')) as Record<string, string>,
    )
      .filter((query) => query.includes('query '))
      .map(asked),
    ...Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap(everythingOf),
    // Errors in the middle of an answer, and names that occur twice.
    {
      query:
        '{ workflows { nodes { key versions(after: "no cursor") { totalCount } } } campaign(key: "first") { name } }',
    },
    {
      query:
        '{ one: campaign(key: "first") { ...A } another: campaign(key: "second") { ...A } none: campaign(key: "?") { key } } fragment A on Campaign { key status key }',
    },
    {
      query:
        '{ node(id: "no id") { id } workflowDiff(workflow: "social-post", from: { number: 1 }, to: { number: 77 }) { classification } }',
    },
    // Left to graphql-js.
    { query: 'query ($no: Boolean!) { limits { cost depth @skip(if: $no) } }', variables: { no: true } },
    {
      query: 'query ($status: CampaignStatus!) { campaigns(filter: { status: [$status] }) { totalCount } }',
      variables: { status: 'RUNNING' },
    },
    // Values that are left out, of which an input has others.
    {
      query:
        'query ($input: RecommendPatternInput!) { recommendPattern(input: $input) { pattern conflicts } }',
      variables: { input: { complexity: 'LOW', maturity: 'LOW', speed: 'LOW', dataInfrastructure: 'WEAK' } },
    },
    {
      query:
        'query ($first: Int = 1, $after: String) { campaigns(first: $first, after: $after) { nodes { key } totalCount } }',
    },
  ];

  it('has the same answer', async () => {
    const wrong: unknown[] = [];
    let answered = 0;
    for (const each of documents()) {
      const [interpreted, ...again] = [await ask(each), await ask(each), await ask(each)];
      answered += Number(interpreted.data !== null);
      for (const answer of again)
        if (JSON.stringify(answer) !== JSON.stringify(interpreted)) wrong.push([each, interpreted, answer]);
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(answered).toBeGreaterThan(60);
  }, 120_000);

  it('is nearly every query there is', async () => {
    const real = await buildApiSchema();
    const texts = documents().map(({ query }) => parse(query));
    const nameless = texts.filter(
      ({ definitions: [first] }) => first?.kind === Kind.OPERATION_DEFINITION && !first.name,
    );
    const made = nameless.map((document) => compile(real, document, ''));
    expect(made.filter((each) => each !== null)).toHaveLength(nameless.length - 2);
    const mutation = parse('mutation { revokeApiToken(input: { id: "1" }) { refusals { code } } }');
    expect(compile(real, mutation, '')).toBeNull();
  });

  const ask = async (body: Asked) => {
    const { data, errors } = await post(api.url, body);
    return { data, errors: errors.map(told).sort() };
  };

  /** A document with what its variables can be here. */
  function asked(query: string): Asked {
    const names = [...query.matchAll(/\$(\w+):/g)].map(([, name = '']) => name);
    const [, operation = ''] = /query (\w+)/.exec(query) ?? [];
    const known = Object.fromEntries(names.flatMap((name) => (name in VALUES ? [[name, VALUES[name]]] : [])));
    return { query, variables: { ...known, ...OF[operation] } };
  }

  /** Every field, and all below it that can be asked for without arguments. */
  function everythingOf(field: GraphQLField<unknown, unknown>): Asked[] {
    const needed = field.args.filter((arg) => isRequiredArgument(arg) || arg.name === 'first');
    if (needed.some(({ name }) => !(name in VALUES))) return [];
    const given = needed.map(({ name }) => `${name}: $${name}`).join(', ');
    const declared = needed.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
    const selection = selectionOf(getNamedType(field.type), DEPTH);
    const query = `${OperationTypeNode.QUERY} ${declared && `(${declared})`} { ${field.name}${given && `(${given})`} ${selection} }`;
    return [asked(query)];
  }

  function selectionOf(type: GraphQLNamedType, depth: number): string {
    if (!isCompositeType(type)) return '';
    if (depth === 0 || !('getFields' in type)) return '{ __typename }';
    const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
    const own = fields.filter(({ type: of }) => !isCompositeType(getNamedType(of)) || depth > 1);
    return `{ __typename ${own.map((each) => `${each.name}${pageOf(each)} ${selectionOf(getNamedType(each.type), depth - 1)}`).join(' ')} }`;
  }
});

/** Short pages, so that it may be asked for. */
const pageOf = ({ args }: GraphQLField<unknown, unknown>): string =>
  args.some(({ name }) => name === 'first') ? '(first: 2)' : '';

const told = ({ message, path, extensions }: Answer['errors'][number]): string =>
  JSON.stringify([message, path ?? null, extensions['code']]);
