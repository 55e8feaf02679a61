import { editDefinition } from '../../src/gitops/edit/edit-definition.js';
import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';

describe('advice', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  const ask = async (query: string) => {
    const { data, errors } = await post(api.url, { query });
    return { data: data as never, messages: errors.map(({ message }: { message: string }) => message) };
  };

  it('shows the three patterns as the article has them (R7)', async () => {
    const { data } = await ask('{ patterns { id pattern speed overhead bestFor } }');
    expect(data).toEqual({
      patterns: [
        {
          ...{ id: 'sequential', pattern: 'SEQUENTIAL', speed: 'SLOW', overhead: 'LOW' },
          bestFor: 'Predictable, low-frequency campaigns',
        },
        {
          ...{ id: 'parallel', pattern: 'PARALLEL', speed: 'MEDIUM', overhead: 'MEDIUM' },
          bestFor: 'Cross-functional campaigns with moderate complexity',
        },
        {
          ...{ id: 'adaptive', pattern: 'ADAPTIVE', speed: 'FAST', overhead: 'HIGH' },
          bestFor: 'High-velocity, data-driven environments',
        },
      ],
    });
  });

  it('names the pattern for a type: the one in use, else the usual one (R9)', async () => {
    const of = async (type: string) =>
      (await ask(`{ patternFor(campaignType: "${type}") { pattern because } }`)).data;
    expect(await of('product-launch')).toEqual({
      patternFor: {
        pattern: 'PARALLEL',
        because: expect.stringMatching(/^workflow '.*' is for it$/) as string,
      },
    });
    expect(await of('trade-event')).toEqual({
      patternFor: { pattern: 'SEQUENTIAL', because: 'campaigns of this kind are commonly run so' },
    });
    expect(await of('always-on')).toMatchObject({ patternFor: { pattern: 'ADAPTIVE' } });
    expect(await of('recall')).toEqual({
      patternFor: { pattern: null, because: 'no workflow is for it: ask recommendPattern' },
    });
  });

  it('recommends a pattern, a model and where to begin, with derived complexity', async () => {
    const { data, messages } =
      await ask(`{ recommendPattern(input: { workflow: "product-launch", maturity: LOW,
      dataInfrastructure: WEAK, speed: HIGH, gaps: [LATE_HANDOFF] }) {
        rules pattern isUnanimous conflicts votes { criterion value patterns } model { model because }
        complexity { band channels roles channelsHigh rolesHigh } firstStep { pattern element } } }`);
    expect(messages).toEqual([]);
    expect(data).toMatchObject({
      recommendPattern: {
        ...{ rules: 1, isUnanimous: false, firstStep: { pattern: 'SEQUENTIAL' } },
        complexity: { band: 'MEDIUM', channels: 3, channelsHigh: 5, rolesHigh: 9 },
        model: { model: 'HUB_AND_SPOKE' },
      },
    });
    const wrong = async (input: string) =>
      (
        await ask(
          `{ recommendPattern(input: { ${input} maturity: LOW, dataInfrastructure: WEAK, speed: LOW }) { pattern } }`,
        )
      ).messages;
    expect(await wrong('')).toEqual(["give either 'complexity' or 'workflow'"]);
    expect(await wrong('workflow: "none",')).toEqual(["there is no workflow 'none'"]);
  });

  it('keeps a scorecard of readiness (R31)', async () => {
    const { data } = await ask(`{ readiness(input: { assessments: [
      { capability: COMMUNICATION, score: 4, evidence: "weekly syncs" }, { capability: SHARED_MILESTONES, score: 3 },
      { capability: AUTOMATION, score: 2 } ] }) { pattern status gaps unknown scores { capability evidence } } }`);
    expect((data as { readiness: object[] }).readiness.slice(1)).toEqual([
      {
        ...{ pattern: 'PARALLEL', status: 'READY', gaps: [], unknown: [] },
        scores: [
          { capability: 'COMMUNICATION', evidence: 'weekly syncs' },
          { capability: 'SHARED_MILESTONES', evidence: null },
        ],
      },
      {
        ...{ pattern: 'ADAPTIVE', status: 'NOT_READY', gaps: ['AUTOMATION'] },
        unknown: ['DATA_INFRASTRUCTURE', 'CULTURE_OF_CHANGE'],
        scores: [{ capability: 'AUTOMATION', evidence: null }],
      },
    ]);
    const wrong = async (list: string) =>
      (await ask(`{ readiness(input: { assessments: [${list}] }) { status } }`)).messages;
    expect(await wrong('{ capability: AUTOMATION, score: 6 }')).toEqual(['a score is from 0 to 5, not 6']);
    expect(await wrong('{ capability: AUTOMATION, score: 1 }, { capability: AUTOMATION, score: 2 }')).toEqual(
      ['assess each capability once'],
    );
  });

  it('says of each version why it has its pattern, and what the rules say to that (R30)', async () => {
    const { data } =
      await ask(`{ workflow(key: "product-launch") { currentVersion { commit { author { email } authoredAt }
      decision { inputs { name value } chosen isRecommended rationale recommendation { rules pattern explanation } } } } }`);
    expect(data).toMatchObject({
      workflow: {
        currentVersion: {
          decision: {
            ...{ chosen: 'PARALLEL', isRecommended: true },
            rationale: expect.stringContaining('hub') as string,
            recommendation: { rules: 1, pattern: 'PARALLEL' },
          },
        },
      },
    });
  });

  it('gives changes in the form in which they can be proposed', async () => {
    const { data, messages } =
      await ask(`{ alone: workflow(key: "social-post") { quickWin { summary edit { __typename } } }
      workflow(key: "regulated-promotion") { complexity { band }
      quickWin { summary rationale edit { set { path value } insert { path value before after } } }
      transition(to: PARALLEL, timezone: "Europe/Berlin") { summary edit { set { path value } insert { path value before after } } } } }`);
    expect(messages).toEqual([]);
    expect((data as { alone?: object }).alone).toEqual({
      quickWin: { summary: 'the workflow has one channel: there is nothing to align it with', edit: null },
    });
    const { quickWin, transition } = (
      data as unknown as {
        workflow: { quickWin: { edit: object; rationale: string }; transition: { edit: object }[] };
      }
    ).workflow;
    expect(transition.at(-1)?.edit).toEqual({ set: { path: 'pattern', value: 'parallel' }, insert: null });
    const { data: proposed } = await post(api.url, {
      query: `mutation Propose($input: ProposeWorkflowChangeInput!) { proposeWorkflowChange(input: $input) {
        proposal { diff { summary __typename } } refusals { code message } } }`,
      variables: {
        input: {
          ...{
            workflow: 'regulated-promotion',
            title: 'Look at all channels together',
            rationale: quickWin.rationale,
          },
          edits: [quickWin.edit],
        },
      },
    });
    expect(proposed).toMatchObject({
      proposeWorkflowChange: { proposal: { diff: [{ __typename: 'PartAdded' }] }, refusals: [] },
    });
  });

  it('writes a smallest workflow', async () => {
    const { data, messages } =
      await ask(`{ minimalWorkflow(input: { key: "first", name: "First", steward: "ops", lead: "ops",
      approver: "brand", channels: [{ channel: "email", role: "email-lead" }] }) }`);
    expect(messages).toEqual([]);
    const text = (data as { minimalWorkflow: string }).minimalWorkflow;
    expect(editDefinition(text, 'Workflow', 'first', []).text).toBe(text);
    const none = await ask(
      '{ minimalWorkflow(input: { key: "a", name: "a", steward: "a", lead: "a", approver: "a", channels: [] }) }',
    );
    expect(none.messages).toEqual(['name from one to 20 channels, each once']);
    const bad = await ask(
      '{ minimalWorkflow(input: { key: "a b", name: "a", steward: "a", lead: "a", approver: "a", channels: [] }) }',
    );
    expect(bad.messages).toEqual(["'a b' cannot be a key: use letters, digits, dots, dashes"]);
  });
});
