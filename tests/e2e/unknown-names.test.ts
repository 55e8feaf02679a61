import { readFile } from 'node:fs/promises';
import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';
import { leastOf } from '../support/least-input.js';
import { commitFiles } from '../support/repository.js';

interface Mutation {
  readonly name: string;
  readonly type: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Fields of its input, and those of inputs within it. */
  readonly fields: readonly string[];
  readonly inner: readonly string[];
}

/** Every mutation of the schema, with the least input that it takes. */
async function mutations(): Promise<Mutation[]> {
  const schema = buildSchema(await readFile('src/schema/schema.graphql', 'utf8'));
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, args }): Mutation[] => {
    const given = args.find((each) => each.name === 'input');
    const named = given && getNamedType(given.type);
    if (!given || !isInputObjectType(named)) return [];
    const input = leastOf(given.type) as Mutation['input'];
    const fields = Object.values(named.getFields());
    const inner = fields.flatMap((field) => {
      const within = getNamedType(field.type);
      return isInputObjectType(within) ? Object.keys(within.getFields()) : [];
    });
    return [{ name, type: named.name, input, inner, fields: fields.map((field) => field.name) }];
  });
}

describe('a name that is not there', () => {
  let api: TestApi;
  let all: readonly Mutation[];
  beforeAll(async () => {
    [api, all] = [await startApi(), await mutations()];
  }, 60_000);
  afterAll(() => api.close());

  const codes = async ({ name, type }: Mutation, input: object): Promise<string[]> => {
    const query = `mutation ($input: ${type}!) { payload: ${name}(input: $input) { refusals { code } } }`;
    const { data, errors } = await post(api.url, { query, variables: { input } });
    expect([name, errors]).toEqual([name, []]);
    return (data as { payload: { refusals: { code: string }[] } }).payload.refusals.map(({ code }) => code);
  };

  it('of a campaign is refused by every mutation that takes one', async () => {
    const taking = all.filter(({ fields }) => fields.includes('campaign'));
    expect(taking.length).toBeGreaterThan(25);
    const deeper = all.filter(({ inner }) => inner.includes('campaign'));
    expect(deeper.map(({ name }) => name)).toEqual(['proposeWorkflowChange']);
    const answers: unknown[] = [];
    for (const each of taking)
      answers.push([each.name, await codes(each, { ...each.input, campaign: 'sumer-launch' })]);
    for (const each of deeper) {
      const edits = [{ set: { path: 'name', value: 'Another name' } }];
      const more = { workflow: 'social-post', edits, action: { campaign: 'sumer-launch', number: 1 } };
      answers.push([each.name, await codes(each, { ...each.input, ...more })]);
    }
    expect(answers).toEqual([...taking, ...deeper].map(({ name }) => [name, ['UNKNOWN_CAMPAIGN']]));
  });

  it('of a step that another version has is refused by every mutation that takes one', async () => {
    const campaign = 'pinned';
    const create = all.find(({ name }) => name === 'createCampaign');
    if (!create) throw new Error('campaigns are created');
    expect(
      await codes(create, { ...create.input, key: campaign, name: 'Pinned', workflow: 'social-post' }),
    ).toEqual([]);
    const file = 'workflows/social-post.yaml';
    const later = (await readFile(file, 'utf8')).replace('id: write-post', 'id: draft-post');
    await commitFiles(
      api.repository,
      { [file]: later.replaceAll('to: write-post', 'to: draft-post') },
      { message: 'Call it a draft', date: '2026-11-22T12:00:00Z' },
    );
    await api.sync.run('cli', LOCAL_ACTOR);
    // What takes the role back says nothing of where it was not handed over.
    const taking = all.filter(({ name, fields }) => fields.includes('step') && name !== 'endDelegation');
    expect(taking.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['startStep', 'completeStep', 'skipStep', 'approve', 'reject', 'delegate']),
    );
    const refused = async (step: string) => {
      const answers: [string, string[]][] = [];
      for (const each of taking) {
        const { gate: _, ...input } = each.input;
        answers.push([each.name, await codes(each, { ...input, campaign, step })]);
      }
      return answers;
    };
    expect(await refused('draft-post')).toEqual(taking.map(({ name }) => [name, ['UNKNOWN_STEP']]));
    // A new campaign has that step, and not the one of before.
    expect(
      await codes(create, { ...create.input, key: 'newer', name: 'Newer', workflow: 'social-post' }),
    ).toEqual([]);
    const start = taking.find(({ name }) => name === 'startStep');
    if (!start) throw new Error('steps are started');
    expect(await codes(start, { campaign: 'newer', step: 'draft-post' })).toEqual(['PREDECESSOR_OPEN']);
    expect(await codes(start, { campaign: 'newer', step: 'write-post' })).toEqual(['UNKNOWN_STEP']);
  });
});
