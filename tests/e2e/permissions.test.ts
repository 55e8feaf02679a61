import { readFile } from 'node:fs/promises';
import { buildSchema, type GraphQLField, type GraphQLObjectType, isLeafType } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { INCLUDED_BY, PERMISSIONS, type Permission } from '../../src/domain/campaign/actor.js';
import { globalId } from '../../src/schema/node.js';
import { neededFor } from '../../src/schema/permissions.js';
import { startApi, type TestApi } from '../support/api.js';
import { type Answer, post } from '../support/http.js';
import { leastOf } from '../support/least-input.js';

/** Nothing at all, and each permission by itself. */
const HELD = [null, ...PERMISSIONS];
const headersOf = (held: Permission | null) => ({
  'weir-actor': 'somebody@example.com',
  'weir-roles': held ?? '',
});

/** What is there in a campaign of the workflow, so that nobody is refused for asking after what is not. */
const THERE: Readonly<Record<string, unknown>> = {
  ...{ step: 'brief', gate: 'mid-alignment', handoff: 'sign-off-to-creative', channel: 'email' },
  ...{
    spoke: 'email',
    role: 'legal',
    toRole: 'brand',
    workflow: 'product-launch',
    base: 'main',
    head: 'main',
  },
  ...{ document: '{ limits { depth } }', quarter: '2026-Q3', first: 1 },
};
const ROLE_OR_STEWARD = ['delegate', 'endDelegation'];
const ROLES_ARE_STEPS = ['approve', 'reject'];
/** Of one field; what it asks for cannot be told from its type. */
const OWN: Readonly<Record<string, object>> = {
  metricSeries: { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
  workflowDiff: { from: { number: 1 }, to: { number: 2 } },
  minimalWorkflow: {
    input: {
      ...{ key: 'a', name: 'A', steward: 'ops', lead: 'ops', approver: 'legal' },
      channels: [{ channel: 'email', role: 'marketer' }],
    },
  },
  recommendPattern: {
    input: { complexity: 'LOW', maturity: 'LOW', speed: 'LOW', dataInfrastructure: 'WEAK' },
  },
  node: { id: globalId('Campaign', '1') },
};

describe('what needs a permission', () => {
  let api: TestApi;
  let schema: ReturnType<typeof buildSchema>;
  beforeAll(async () => {
    api = await startApi();
    schema = buildSchema(await readFile('src/schema/schema.graphql', 'utf8'));
    await create('first');
  }, 60_000);
  afterAll(() => api.close());

  async function create(key: string): Promise<void> {
    const input = { key, name: 'Somebody’s', workflow: 'product-launch' };
    const query =
      'mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { refusals { message } } }';
    const { data, errors } = await post(api.url, { query, variables: { input } });
    expect([data, errors]).toEqual([{ createCampaign: { refusals: [] } }, []]);
  }

  /** Asks for a field of a root, with the least that it takes. */
  function documentOf(type: 'query' | 'mutation', field: GraphQLField<unknown, unknown>, campaign: string) {
    const { name, args } = field;
    const named = (key: string, value: unknown) => {
      if (key === 'campaign') return campaign;
      if (key === 'step' && ROLES_ARE_STEPS.includes(name)) return 'legal';
      return THERE[key] ?? value;
    };
    const least = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(key, each)]));
    const variables: Record<string, unknown> = {};
    for (const arg of args) {
      const value = arg.name in THERE ? THERE[arg.name] : least(leastOf(arg.type));
      if (value !== null && value !== undefined) variables[arg.name] = value;
    }
    Object.assign(variables, OWN[name]);
    const given = args.filter((arg) => arg.name in variables);
    const declared = given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
    const passed = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
    const selection =
      type === 'mutation' ? '{ refusals { code missing } }' : isLeaf(field) ? '' : '{ __typename }';
    const query = `${type} ${declared && `(${declared})`} { it: ${name}${passed && `(${passed})`} ${selection} }`;
    return { query, variables };
  }

  const fieldsOf = (type: GraphQLObjectType | null | undefined) => Object.values(type?.getFields() ?? {});
  const mayBy = (type: string, name: string, held: Permission | null): boolean => {
    const needed = neededFor(type, name);
    return needed.length === 0 || needed.some((each) => held !== null && INCLUDED_BY[each].includes(held));
  };

  it('is every query but those for what is the same on every server, as docs/permissions.md says', async () => {
    const fields = fieldsOf(schema.getQueryType());
    expect(fields.length).toBeGreaterThan(30);
    const found: unknown[] = [];
    for (const field of fields)
      for (const held of HELD) {
        const { errors } = await post(api.url, documentOf('query', field, 'first'), headersOf(held));
        found.push([
          field.name,
          held,
          errors.map(({ extensions, message }) => [extensions['code'], message]),
        ]);
      }
    const expected = fields.flatMap(({ name }) =>
      HELD.map((held) => [
        name,
        held,
        mayBy('Query', name, held) ? [] : [['FORBIDDEN', lacks(neededFor('Query', name)[0])]],
      ]),
    );
    expect(found).toEqual(expected);
  }, 120_000);

  it('is every mutation, as docs/permissions.md says, and refused before anything is done', async () => {
    const fields = fieldsOf(schema.getMutationType());
    expect(fields.length).toBeGreaterThan(35);
    const wrong: unknown[] = [];
    for (const field of fields) {
      const campaign = `of-${field.name.toLowerCase()}`;
      await create(campaign);
      for (const held of HELD) {
        const before = await records();
        const answer = await post(api.url, documentOf('mutation', field, campaign), headersOf(held));
        const refusals = refusalsOf(answer);
        const may = mayBy('Mutation', field.name, held);
        const forPermission = refusals.some(({ missing }) => missing.some(isPermission));
        // Who may hand a role over holds it, or is a steward: what is missing is the role.
        const forRole = ROLE_OR_STEWARD.includes(field.name);
        const isRefused = refusals.some(({ code }) => code === 'ROLE_MISSING') && (forPermission || forRole);
        if (may ? forPermission : !isRefused || (await records()) !== before)
          wrong.push([field.name, held, answer.errors.map(({ message }) => message), refusals]);
      }
    }
    expect(wrong).toEqual([]);
  }, 240_000);

  it('is every subscription', async () => {
    const fields = fieldsOf(schema.getSubscriptionType());
    expect(fields).toHaveLength(3);
    for (const { name, args } of fields)
      for (const held of HELD) {
        const client = createClient({
          url: `${api.url.replace('http', 'ws')}/graphql`,
          webSocketImpl: WebSocket,
          connectionParams: headersOf(held),
        });
        const key = args.some((arg) => arg.name === 'key') ? '(key: "first")' : '';
        const answer = await new Promise<unknown>((resolve) => {
          const errors = (given: unknown) => resolve(given);
          client.subscribe(
            { query: `subscription { ${name}${key} { __typename } }` },
            {
              next: ({ errors: given }) => resolve(given ?? null),
              error: errors,
              complete: () => resolve('complete'),
            },
          );
          // Whoever is let in hears nothing: that they are refused would have been said before the answer to a later question.
          void askTwice(client).then(() => resolve(null));
        });
        await client.dispose();
        const isRefused = JSON.stringify(answer ?? '').includes('FORBIDDEN');
        expect([name, held, isRefused]).toEqual([name, held, !mayBy('Subscription', name, held)]);
      }
  }, 60_000);

  it('is everything below what is open, too: nobody reads through an id, a payload or themselves', async () => {
    const query = `{ viewer { name permissions } node(id: "${globalId('AuditRecord', '1')}") { id } }`;
    const { errors } = await post(api.url, { query }, headersOf(null));
    expect(errors.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['node'], 'FORBIDDEN'],
    ]);
    const refused = await post(
      api.url,
      {
        query:
          'mutation { startStep(input: { campaign: "first", step: "brief" }) { campaign { name } refusals { code } } }',
      },
      headersOf(null),
    );
    expect(refused.data).toMatchObject({ startStep: { refusals: [{ code: 'ROLE_MISSING' }] } });
    expect(JSON.stringify(refused.data)).not.toContain('Somebody');
  });

  const records = async (): Promise<number> => {
    const [row] = (await api.query('SELECT count(*)::int AS count FROM audit_record')) as { count: number }[];
    return row?.count ?? 0;
  };
});

async function askTwice(client: Client): Promise<void> {
  for (let times = 0; times < 2; times++)
    await new Promise<void>((resolve, reject) => {
      const sink = { next: () => undefined, error: reject, complete: resolve };
      client.subscribe({ query: '{ limits { depth } }' }, sink);
    });
}

const lacks = (permission: string | undefined) =>
  `'somebody@example.com' lacks the permission '${permission}'`;
const isPermission = (name: string): boolean => (PERMISSIONS as readonly string[]).includes(name);
const isLeaf = (field: GraphQLField<unknown, unknown>): boolean =>
  isLeafType('ofType' in field.type ? field.type.ofType : field.type);

interface Told {
  readonly code: string;
  readonly missing: readonly string[];
}
const refusalsOf = ({ data }: Answer): readonly Told[] =>
  (data as { it: { refusals: readonly Told[] } | null } | null)?.it?.refusals ?? [];
