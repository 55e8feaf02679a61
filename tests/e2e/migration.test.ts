import { readFile } from 'node:fs/promises';
import { gql } from 'graphql-request';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { REVIEWER, startApi, type TestApi } from '../support/api.js';
import { commitFiles } from '../support/repository.js';

const step = (id: string, more = '') =>
  `      - { id: ${id}, responsible: ops, accountable: ops${more === '' ? '' : `, ${more}`} }\n`;
const workflow = (...steps: string[]) =>
  `apiVersion: weir/v1
kind: Workflow
id: leaflet
name: Leaflet
steward: marketing-ops-manager
pattern: sequential
channels: [email]
sections:
  - id: all
    model: linear
    steps:
${steps.join('')}`
    .replaceAll('ops,', 'marketing-ops-manager,')
    .replaceAll('ops }', 'marketing-ops-manager }');

const FIRST = workflow(
  step('draft'),
  step('old-check'),
  step('wording', 'name: Check the wording, effort: P2D'),
  step('approve', 'kind: approval'),
  step('print', 'kind: retrospective'),
);
/** `old-check` is gone, `wording` is called otherwise, `archive` is new. */
const SECOND = workflow(
  step('draft'),
  step('tone', 'name: Check the wording, effort: P2D'),
  step('approve', 'kind: approval'),
  step('print', 'kind: retrospective'),
  step('archive'),
);
/** An approval stands before what has begun. */
const THIRD = workflow(
  step('permission', 'kind: approval'),
  step('draft'),
  step('tone', 'name: Check the wording, effort: P2D'),
  step('approve', 'kind: approval'),
  step('print', 'kind: retrospective'),
  step('archive'),
);

const MIGRATE = gql`
  mutation ($input: MigrateCampaignInput!) {
    migrateCampaign(input: $input) {
      campaign {
        workflowVersion {
          number
        }
        steps {
          key
          status
        }
        formerSteps {
          key
          status
        }
      }
      migration {
        effect
        detail
        from {
          number
        }
        to {
          number
        }
        steps {
          from
          to
          status
          detail
        }
        history
        added
        trace
      }
      refusals {
        code
        message
      }
    }
  }
`;
const UNDO = gql`
  mutation ($input: UndoMigrationInput!) {
    undoMigration(input: $input) {
      campaign {
        workflowVersion {
          number
        }
        steps {
          key
          status
        }
      }
      refusals {
        code
        message
      }
    }
  }
`;
interface Shown {
  campaign: { workflowVersion: { number: number }; steps: { key: string; status: string }[] } | null;
  migration?: {
    effect: string;
    detail: string;
    from: { number: number };
    to: { number: number };
    steps: { from: string | null; to: string | null; status: string; detail: string }[];
    history: string[];
    added: string[];
    trace: string[];
  } | null;
  refusals: { code: string; message: string }[];
}

describe('moving a running campaign to another version', () => {
  let api: TestApi;
  const campaign = 'autumn-leaflet';
  const key = { campaign };

  const publish = async (text: string, day: string) => {
    await commitFiles(
      api.repository,
      { 'workflows/leaflet.yaml': text },
      { message: 'leaflet', date: `2026-11-2${day}T00:00:00Z` },
    );
    await api.sync.run('cli', LOCAL_ACTOR);
  };
  const act = async (mutation: string, input: object) => {
    const type = ['startStep', 'completeStep'].includes(mutation)
      ? 'StepInput'
      : `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { refusals { code message } } }`;
    const who = mutation === 'approve' ? REVIEWER : [];
    return (await api.as(...who).request<{ payload: { refusals: { code: string }[] } }>(document, { input }))
      .payload.refusals;
  };
  const migrate = async (input: object = {}, client = api.as()): Promise<Shown> =>
    (await client.request<{ migrateCampaign: Shown }>(MIGRATE, { input: { ...key, ...input } }))
      .migrateCampaign;
  const undo = async (client = api.as()): Promise<Shown> =>
    (await client.request<{ undoMigration: Shown }>(UNDO, { input: key })).undoMigration;
  const rows = (table: string, columns: string) =>
    api.query(
      `SELECT ${columns} FROM ${table} t JOIN campaign c ON c.id = t.campaign_id WHERE c.key = $1 ORDER BY 1`,
      [campaign],
    );

  beforeAll(async () => {
    api = await startApi();
    await publish(FIRST, '0');
    await act('createCampaign', { key: campaign, name: 'Autumn leaflet', workflow: 'leaflet' });
    for (const each of ['draft', 'old-check', 'wording']) {
      await act('startStep', { ...key, step: each });
      await act('completeStep', { ...key, step: each });
    }
    await act('approve', { ...key, step: 'approve' });
    await publish(SECOND, '1');
  }, 60_000);
  afterAll(() => api.close());

  it('says what would happen, and does nothing', async () => {
    const before = await rows('campaign_step', 't.*');
    const { campaign: shown, migration, refusals } = await migrate({ dryRun: true });
    expect(refusals).toEqual([]);
    expect(shown?.workflowVersion.number).toBe(1);
    expect(migration).toMatchObject({
      effect: 'MOVABLE',
      detail: 'it can move over: 1 new step, 1 renamed, 1 kept as history',
      from: { number: 1 },
      to: { number: 2 },
      history: ['old-check'],
      added: ['archive'],
      trace: [],
    });
    expect(migration?.steps).toEqual([
      { from: 'draft', to: 'draft', status: 'DONE', detail: '' },
      { from: 'wording', to: 'tone', status: 'DONE', detail: "called 'wording' before" },
      { from: 'approve', to: 'approve', status: 'DONE', detail: '' },
      { from: 'print', to: 'print', status: 'READY', detail: '' },
      { from: null, to: 'archive', status: 'WAITING', detail: 'new' },
      { from: 'old-check', to: null, status: 'DONE', detail: 'gone; kept as history, and not done again' },
    ]);
    expect(await rows('campaign_step', 't.*')).toEqual(before);
  });

  it('takes a steward', async () => {
    const { refusals, migration } = await migrate({}, api.as('writer@example.com', 'contributor'));
    expect([refusals[0]?.code, migration]).toEqual(['ROLE_MISSING', null]);
    expect((await undo(api.as('writer@example.com', 'contributor'))).refusals[0]?.code).toBe('ROLE_MISSING');
    expect((await undo()).refusals).toEqual([
      { code: 'NOTHING_TO_UNDO', message: `campaign '${campaign}' has not been moved` },
    ]);
    expect((await migrate({ to: { number: 9 } })).refusals).toEqual([
      { code: 'UNKNOWN_VERSION', message: "workflow 'leaflet' has no version 9" },
    ]);
  });

  it('moves pins and records in one go, keeps what is done, and leaves one audit record', async () => {
    const { campaign: moved, refusals } = await migrate();
    expect(refusals).toEqual([]);
    expect(moved).toEqual({
      workflowVersion: { number: 2 },
      steps: [
        { key: 'draft', status: 'DONE' },
        { key: 'tone', status: 'DONE' },
        { key: 'approve', status: 'DONE' },
        { key: 'print', status: 'READY' },
        { key: 'archive', status: 'WAITING' },
      ],
      formerSteps: [{ key: 'old-check', status: 'DONE' }],
    });
    expect(await rows('campaign_step', 't.key, t.status')).toEqual([
      { key: 'approve', status: 'done' },
      { key: 'draft', status: 'done' },
      { key: 'old-check', status: 'done' },
      { key: 'tone', status: 'done' },
    ]);
    expect(await rows('campaign_approval', 't.step, t.actor, t.decision')).toEqual([
      { step: 'approve', actor: REVIEWER[0], decision: 'approved' },
    ]);
    expect(
      await rows('audit_record', "t.action || '' AS action").then((all) =>
        all.filter((each) => (each as { action: string }).action === 'campaign.migrate'),
      ),
    ).toHaveLength(1);
  });

  it('undoes it while nothing has happened since', async () => {
    const { campaign: back, refusals } = await undo();
    expect(refusals).toEqual([]);
    expect(back?.workflowVersion.number).toBe(1);
    expect(back?.steps.map(({ key: each, status }) => `${each} ${status}`)).toEqual([
      'draft DONE',
      'old-check DONE',
      'wording DONE',
      'approve DONE',
      'print READY',
    ]);
    expect((await undo()).refusals[0]?.code).toBe('NOTHING_TO_UNDO');
  });

  it('does not undo what something was done after', async () => {
    await migrate();
    await act('startStep', { ...key, step: 'print' });
    expect((await undo()).refusals).toEqual([
      {
        code: 'CHANGED_SINCE_MIGRATION',
        message: `campaign '${campaign}' has changed since it was moved: step.start print`,
      },
    ]);
  });

  it('never runs history again: a step that comes back is done', async () => {
    const { campaign: back, migration } = await migrate({ to: { number: 1 } });
    expect(migration?.effect).toBe('MOVABLE');
    expect(back?.steps.find((each) => each.key === 'old-check')?.status).toBe('DONE');
    expect(await act('startStep', { ...key, step: 'old-check' })).toMatchObject([{ code: 'STEP_NOT_OPEN' }]);
    await migrate({ to: { number: 2 } });
  });

  it('refuses to slip past a control, and shows what is wrong', async () => {
    await publish(THIRD, '2');
    const why = "'draft' has begun although the approval 'permission', which is not given, comes first";
    const { migration } = await migrate({ dryRun: true });
    expect(migration).toMatchObject({ effect: 'STUCK', detail: why });
    expect(migration?.trace[0]).toBe(why);
    const { refusals, campaign: same } = await migrate();
    expect(refusals).toEqual([
      {
        code: 'MIGRATION_STUCK',
        message: `campaign '${campaign}' cannot move to version 3 of 'leaflet': ${why}`,
      },
    ]);
    expect(same?.workflowVersion.number).toBe(2);
  });

  it('takes the version that the workflow is pinned to for the one served', async () => {
    await act('pinWorkflow', {
      workflow: 'leaflet',
      version: { number: 1 },
      reason: 'the approval is too strict',
    });
    expect((await migrate({ dryRun: true })).migration?.to.number).toBe(1);
    await act('pinWorkflow', { workflow: 'leaflet', reason: 'mended' });
    expect((await migrate({ dryRun: true })).migration?.to.number).toBe(3);
  });

  it('makes no campaign adaptive whose workflow lacks the foundation, unless the Policy excuses it (R32)', async () => {
    const policy = await readFile(`${api.repository}/workflows/policy.yaml`, 'utf8');
    const excuse =
      '  - { finding: E_OVERREACH, workflow: leaflet, reason: We try it out, until: 2027-06-30 }\n';
    const rules = async (text: string, day: string) => {
      const date = `2026-11-2${day}T12:00:00Z`;
      await commitFiles(api.repository, { 'workflows/policy.yaml': text }, { message: 'Rules', date });
      await api.sync.run('cli', LOCAL_ACTOR);
    };
    const adaptive = `${SECOND.replace('pattern: sequential', 'pattern: adaptive')}decision:
  inputs: { complexity: high, maturity: low, dataInfrastructure: weak, speed: high }
  rationale: We want to be quick.
triggers:
  - { id: low, signal: email.open_rate, when: "value < 0.1", guard: { maxAge: PT1H }, actions: [{ alert: { roles: [brand] } }] }
cadence: [{ id: look, rrule: FREQ=DAILY, duration: PT15M, attendees: [brand] }]
`;
    const to = { number: 4 };
    api.now = new Date('2026-11-28T00:00:00Z');
    await rules(`${policy}${excuse}`, '3');
    await publish(adaptive, '4');
    expect((await migrate({ to, dryRun: true })).migration).toMatchObject({ effect: 'MOVABLE', to });
    await rules(policy, '5');
    const why =
      'it would become adaptive without its foundation (E_OVERREACH): dataInfrastructure is weak, maturity is low';
    expect((await migrate({ to, dryRun: true })).migration).toMatchObject({
      ...{ effect: 'STUCK', detail: why },
      trace: ['dataInfrastructure is weak', 'maturity is low'],
    });
    const { campaign: same, refusals } = await migrate({ to });
    expect(refusals).toEqual([
      {
        code: 'MIGRATION_STUCK',
        message: `campaign '${campaign}' cannot move to version 4 of 'leaflet': ${why}`,
      },
    ]);
    expect(same?.workflowVersion.number).toBe(2);
    await rules(`${policy}${excuse}`, '6');
    expect((await migrate({ to })).campaign?.workflowVersion.number).toBe(4);
    expect((await undo()).campaign?.workflowVersion.number).toBe(2);
  });

  it('goes on to the end under the version it was moved to', async () => {
    expect(await act('completeStep', { ...key, step: 'print' })).toEqual([]);
    for (const each of ['archive']) {
      expect(await act('startStep', { ...key, step: each })).toEqual([]);
      expect(await act('completeStep', { ...key, step: each })).toEqual([]);
    }
    expect(await act('endCampaign', key)).toEqual([]);
    expect((await migrate()).refusals[0]?.code).toBe('CAMPAIGN_NOT_RUNNING');
  });
});
