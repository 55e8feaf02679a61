import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { REFUSALS, type RefusalCode } from '../../src/domain/campaign/refusal.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { commitFiles } from '../support/repository.js';
import { REVIEWER, startApi, type TestApi } from '../support/api.js';
import { globalId } from '../../src/schema/node.js';
import { post } from '../support/http.js';

interface Refusal {
  readonly __typename: string;
  readonly code: RefusalCode;
  readonly message: string;
}
interface Ask {
  readonly mutation: string;
  readonly input: object;
  readonly headers?: Record<string, string>;
}

const TYPES: Readonly<Record<string, string>> = {
  startStep: 'StepInput',
  completeStep: 'StepInput',
  skipStep: 'StepInput',
};
const launch = 'summer-launch';
const note = 'quick-note';
const signOff = 'sign-off-to-creative';
const article = 'autumn-article';
const step = (mutation: string, campaign: string, key: string): Ask => ({
  mutation,
  input: { campaign, step: key },
});
/** Somebody who has made nothing approves. */
const approve = (campaign: string, key: string): Ask => ({
  ...step('approve', campaign, key),
  headers: { 'weir-actor': REVIEWER[0], 'weir-roles': REVIEWER[1] },
});
const signed = ({ input, ...ask }: Ask): Ask => ({ ...ask, input: { ...input, meaning: 'APPROVAL' } });
const as = (actor: string, roles: string, ask: Ask): Ask => ({
  ...ask,
  headers: { 'weir-actor': actor, 'weir-roles': roles },
});
const delegate = (campaign: string, role: string, toRole: string, more: object = {}): Ask => ({
  mutation: 'delegate',
  input: { campaign, role, toRole, reason: 'On holiday.', ...more },
});
const create = (key: string, workflow: string, risk = 'MEDIUM'): Ask => ({
  mutation: 'createCampaign',
  input: { key, name: key, workflow, risk },
});
const migrate = (campaign: string, number: number): Ask => ({
  mutation: 'migrateCampaign',
  input: { campaign, to: { number } },
});
const propose = (value: string, more: object = {}): Ask => ({
  mutation: 'proposeWorkflowChange',
  input: {
    ...{ workflow: 'social-post', title: 'Faster', rationale: 'Posts wait too long.', ...more },
    edits: [{ set: { path: 'sections.post.steps.write-post.responsible', value } }],
  },
});
const past = (campaign: string, what: object): Ask => ({
  mutation: 'deviate',
  input: { campaign, ...what, rationale: 'The fair begins tomorrow.', told: ['brand'] },
});
const asset = (key: string, more: object = {}): Ask => ({
  mutation: 'addAsset',
  input: { campaign: launch, key, channel: 'email', text: 'Lamps.', ...more },
});
const lookBack = (campaign: string, more: object): Ask => ({
  mutation: 'answerRetrospective',
  input: { campaign, ...more },
});
const review = (quarter: string, ...teams: string[]): Ask => ({
  mutation: 'completeReview',
  input: { quarter, attendees: teams.map((team) => ({ name: `lead-${team}@example.com`, team })) },
});
/** The brief, begun and finished. */
const briefDone = (campaign: string): Ask[] => [
  step('startStep', campaign, 'brief'),
  step('completeStep', campaign, 'brief'),
];

/** For each code: what leads up to it, all of which is carried out, and the action that is refused. */
const CASES: Readonly<
  Record<
    // Without authentication nobody has signed in, and so not too long ago: tests/integration/signatures.test.ts
    Exclude<RefusalCode, 'AUTHENTICATION_TOO_OLD'>,
    { readonly before?: readonly (Ask | { readonly sql: string })[]; readonly refused: Ask }
  >
> = {
  UNKNOWN_CAMPAIGN: { refused: { mutation: 'endCampaign', input: { campaign: 'sumer-launch' } } },
  UNKNOWN_WORKFLOW: { refused: create('x', 'product-lunch') },
  UNKNOWN_ALERT: { refused: { mutation: 'acknowledgeAlert', input: { alert: 'none' } } },
  UNKNOWN_NOTIFICATION: { refused: { mutation: 'replayNotification', input: { notification: 'none' } } },
  UNKNOWN_TOKEN: { refused: { mutation: 'revokeApiToken', input: { token: 'p3upgz3fkpn7' } } },
  NOTHING_TO_REPLAY: {
    before: [create('told-launch', 'product-launch')],
    refused: { mutation: 'replayNotification', input: { notification: globalId('Notification', '1') } },
  },
  NOT_WAITING: { refused: { mutation: 'syncRepository', input: { release: ['newsletter'] } } },
  REASON_MISSING: {
    refused: { mutation: 'pinWorkflow', input: { workflow: 'product-launch', reason: ' ' } },
  },
  ATTENDEES_MISSING: { refused: review('2026-Q2', 'marketing') },
  REVIEW_TOO_EARLY: { refused: review('2027-Q1', 'marketing', 'sales') },
  REVIEW_COMPLETED: {
    before: [review('2026-Q2', 'marketing', 'sales')],
    refused: review('2026-Q2', 'marketing', 'sales'),
  },
  REQUEST_KEY_REUSED: {
    before: [{ ...create('twice', 'product-launch'), headers: { 'idempotency-key': '7f3c' } }],
    refused: {
      ...{ mutation: 'updateBrief', headers: { 'idempotency-key': '7f3c' } },
      input: { campaign: 'twice', fields: [{ name: 'offerCode', text: 'LATE' }] },
    },
  },
  INVALID_INPUT: { refused: create('a b', 'product-launch') },
  WORKFLOW_NOT_OPEN: { before: [create('spring-trial', 'trial')], refused: create('summer-trial', 'trial') },
  WORKFLOW_RETIRED: { refused: create('x', 'newsletter') },
  UNKNOWN_STEP: { before: [create(launch, 'product-launch')], refused: step('startStep', launch, 'breif') },
  CAMPAIGN_EXISTS: { refused: create(launch, 'product-launch') },
  UNKNOWN_GATE: {
    refused: { mutation: 'evaluateGate', input: { campaign: launch, gate: 'integration-revue' } },
  },
  UNKNOWN_HANDOFF: {
    refused: { mutation: 'acceptHandoff', input: { campaign: launch, handoff: 'sign-of-to-creative' } },
  },
  UNKNOWN_CHANNEL: { refused: { mutation: 'launchChannel', input: { campaign: launch, channel: 'fax' } } },
  PREDECESSOR_OPEN: { refused: step('startStep', launch, 'framework') },
  BLOCKED_BY_RULE: { refused: { mutation: 'launchChannel', input: { campaign: launch, channel: 'email' } } },
  GATE_NOT_REACHED: {
    refused: { mutation: 'evaluateGate', input: { campaign: launch, gate: 'integration-review' } },
  },
  HANDOFF_NOT_REACHED: {
    refused: { mutation: 'acceptHandoff', input: { campaign: launch, handoff: 'sign-off-to-creative' } },
  },
  WRONG_ACTION: { refused: step('startStep', launch, 'email-send') },
  STEP_NOT_STARTED: { refused: step('completeStep', launch, 'brief') },
  STEP_NOT_OPEN: { before: briefDone(launch), refused: step('startStep', launch, 'brief') },
  UNKNOWN_SPOKE: { refused: { mutation: 'pullBrief', input: { campaign: launch, spoke: 'emial' } } },
  HUB_OWNED_FIELD: {
    refused: {
      mutation: 'updateBrief',
      input: { campaign: launch, fields: [{ name: 'offerCode', text: 'WELCOME10' }] },
      headers: { 'weir-actor': 'email-lead@example.com', 'weir-roles': 'contributor,email-lead' },
    },
  },
  UNKNOWN_OFFER: { refused: asset('mail', { offer: 'WELCOM10' }) },
  UNKNOWN_SEGMENT: { refused: asset('mail', { segments: ['smbs'] }) },
  OFFER_NOT_VALID: { refused: asset('mail', { offer: 'XMAS15', plannedAt: '2027-01-04T09:00:00Z' }) },
  LINEAGE_CYCLE: {
    before: [asset('post'), asset('card', { derivedFrom: 'post' })],
    refused: asset('post', { derivedFrom: 'card' }),
  },
  BRIEF_CHANGED: {
    before: [
      create('changed', 'product-launch'),
      {
        mutation: 'updateBrief',
        input: { campaign: 'changed', basedOn: 1, fields: [{ name: 'offerCode', text: 'WELCOME10' }] },
      },
    ],
    refused: {
      mutation: 'updateBrief',
      input: { campaign: 'changed', basedOn: 1, fields: [{ name: 'tone', text: 'formal' }] },
    },
  },
  ROLE_MISSING: {
    refused: {
      ...step('approve', launch, 'brand'),
      headers: { 'weir-actor': 'email-lead@example.com', 'weir-roles': 'approver,email-lead' },
    },
  },
  HANDOFF_INCOMPLETE: {
    before: [approve(launch, 'brand'), approve(launch, 'legal')],
    refused: { mutation: 'acceptHandoff', input: { campaign: launch, handoff: 'sign-off-to-creative' } },
  },
  HANDOFF_RETURNED: {
    before: [
      {
        mutation: 'updateBrief',
        input: {
          campaign: launch,
          fields: ['valueProposition', 'offerCode', 'segments', 'launchDate'].map((name) => ({
            name,
            text: name === 'launchDate' ? '2027-03-05' : 'given',
          })),
        },
      },
      // What was approved is another brief now.
      approve(launch, 'brand'),
      approve(launch, 'legal'),
      {
        mutation: 'returnHandoff',
        input: { campaign: launch, handoff: signOff, reason: "the segments are last year's" },
      },
    ],
    refused: { mutation: 'acceptHandoff', input: { campaign: launch, handoff: signOff } },
  },
  HANDOFF_ACCEPTED: {
    before: [
      { mutation: 'offerHandoff', input: { campaign: launch, handoff: signOff } },
      { mutation: 'acceptHandoff', input: { campaign: launch, handoff: signOff } },
    ],
    refused: { mutation: 'returnHandoff', input: { campaign: launch, handoff: signOff, reason: 'late' } },
  },
  BRANCH_NOT_TAKEN: {
    before: [
      step('startStep', launch, 'framework'),
      step('completeStep', launch, 'framework'),
      step('startStep', launch, 'social-in-house'),
    ],
    refused: step('startStep', launch, 'social-agency'),
  },
  APPROVAL_MISSING: {
    before: [create('bold-launch', 'product-launch', 'HIGH')],
    refused: { mutation: 'launchChannel', input: { campaign: 'bold-launch', channel: 'social' } },
  },
  BRANCH_EXISTS: {
    before: [propose('brand', { branch: 'faster-social' })],
    refused: propose('legal', { branch: 'faster-social' }),
  },
  PUSH_REJECTED: { refused: propose('brand', { branch: 'locked' }) },
  INVALID_PROPOSAL: { refused: propose('brnd') },
  NOTHING_CHANGES: { refused: propose('copywriter') },
  UNKNOWN_VERSION: { refused: migrate(launch, 12) },
  NOTHING_TO_UNDO: { refused: { mutation: 'undoMigration', input: { campaign: launch } } },
  MIGRATION_STUCK: {
    before: [
      create('spring-promotion', 'regulated-promotion'),
      ...briefDone('spring-promotion'),
      signed(approve('spring-promotion', 'regulatory-approval')),
    ],
    refused: migrate('spring-promotion', 1),
  },
  SIGNATURE_MEANING_MISSING: { refused: approve('spring-promotion', 'legal-approval') },
  CHANGED_SINCE_MIGRATION: {
    before: [migrate('bold-launch', 1), step('startStep', 'bold-launch', 'brief')],
    refused: { mutation: 'undoMigration', input: { campaign: 'bold-launch' } },
  },
  UNKNOWN_TASK: {
    refused: { mutation: 'completeTask', input: { campaign: launch, task: 'new-subject-lines' } },
  },
  CHANNEL_PAUSED: {
    before: [
      {
        mutation: 'pauseChannel',
        input: { campaign: 'spring-promotion', channel: 'email', reason: 'the offer is wrong' },
      },
    ],
    refused: { mutation: 'launchChannel', input: { campaign: 'spring-promotion', channel: 'email' } },
  },
  SELF_APPROVAL: {
    before: [
      create(note, 'social-post'),
      ...briefDone(note),
      step('startStep', note, 'write-post'),
      step('completeStep', note, 'write-post'),
    ],
    refused: step('approve', note, 'brand-approval'),
  },
  CONTENT_CHANGED: {
    refused: {
      ...approve(note, 'brand-approval'),
      input: { campaign: note, step: 'brand-approval', contentHash: 'of-yesterday' },
    },
  },
  UNKNOWN_ROLE: { refused: delegate(note, 'brnd', 'creative-lead') },
  NOTHING_TO_DELEGATE: { refused: delegate(note, 'copywriter', 'agency') },
  DELEGATION_TO_SELF: { refused: delegate(note, 'brand', 'brand') },
  DELEGATE_NOT_ALLOWED: { refused: delegate(note, 'brand', 'copywriter') },
  DELEGATION_LOOP: {
    before: [
      create(article, 'article'),
      step('startStep', article, 'draft'),
      step('completeStep', article, 'draft'),
      delegate(article, 'editor', 'reviewer'),
    ],
    refused: delegate(article, 'reviewer', 'editor'),
  },
  DELEGATED_ON: {
    before: [delegate(article, 'reviewer', 'proof-reader')],
    refused: as('proof-reader@example.com', 'approver,proof-reader', step('approve', article, 'check')),
  },
  DELEGATION_ENDED: {
    before: [
      delegate(article, 'editor', 'reviewer', { until: '2026-11-24T00:00:00Z' }),
      { sql: "UPDATE campaign_delegation SET until = '2026-11-22T00:00:00Z' WHERE until IS NOT NULL" },
    ],
    refused: as('reviewer@example.com', 'approver,reviewer', step('approve', article, 'check')),
  },
  ALREADY_APPROVED: {
    before: [
      as('editor@example.com', 'approver,editor', step('approve', article, 'check')),
      as('editor@example.com', 'approver,editor', step('approve', article, 'sign')),
    ],
    refused: as('editor@example.com', 'approver,editor', step('approve', article, 'sign')),
  },
  CAMPAIGN_NOT_FINISHED: {
    before: [approve(note, 'brand-approval')],
    refused: { mutation: 'endCampaign', input: { campaign: note } },
  },
  UNKNOWN_RULE: { refused: past(launch, { rule: 'social-befor-email' }) },
  DEVIATION_NOT_ALLOWED: { refused: past(launch, { rule: 'social-before-email' }) },
  NOTHING_TO_DEVIATE: { refused: past(note, { step: 'brief' }) },
  CHANNEL_NOT_LIVE: {
    refused: { mutation: 'launchPermit', input: { campaign: note, channel: 'social' } },
  },
  CONTENT_DIFFERS: {
    before: [{ mutation: 'launchChannel', input: { campaign: note, channel: 'social' } }],
    refused: { mutation: 'launchPermit', input: { campaign: note, channel: 'social', contentHash: 'other' } },
  },
  ALREADY_LAUNCHED: {
    refused: { mutation: 'planLaunch', input: { campaign: note, plannedLaunchAt: '2027-01-04T09:00:00Z' } },
  },
  CAMPAIGN_NOT_RUNNING: {
    before: [
      step('startStep', note, 'retrospective'),
      step('completeStep', note, 'retrospective'),
      { mutation: 'endCampaign', input: { campaign: note } },
    ],
    refused: step('startStep', note, 'brief'),
  },
  RETROSPECTIVE_NOT_OPEN: { refused: lookBack(launch, { complete: true }) },
  UNKNOWN_ACTION: { refused: lookBack(note, { actions: [{ number: 9, done: true }] }) },
  ANSWERS_MISSING: { refused: lookBack(note, { complete: true }) },
  RETROSPECTIVE_COMPLETED: {
    before: [
      lookBack(note, {
        answers: { convergence: 'Yes.', bottlenecks: 'None.', drift: 'No.' },
        complete: true,
      }),
    ],
    refused: { mutation: 'answerSurvey', input: { campaign: note, score: 4 } },
  },
  LAUNCH_IN_PAST: {
    refused: {
      mutation: 'createCampaign',
      input: {
        ...{ key: 'yesterday', name: 'yesterday', workflow: 'product-launch' },
        plannedLaunchAt: '2026-11-22T09:00:00Z',
      },
    },
  },
  TOO_EARLY: {
    before: [
      create('two-channels', 'post-then-mail', 'LOW'),
      step('startStep', 'two-channels', 'idea'),
      step('completeStep', 'two-channels', 'idea'),
      { mutation: 'launchChannel', input: { campaign: 'two-channels', channel: 'social' } },
    ],
    refused: { mutation: 'launchChannel', input: { campaign: 'two-channels', channel: 'email' } },
  },
};

/** The second channel follows the first after some hours. */
const POST_THEN_MAIL = `apiVersion: weir/v1
kind: Workflow
id: post-then-mail
name: Post, then mail
steward: marketing-ops-manager
pattern: sequential
channels: [social, email]
sections:
  - id: all
    model: linear
    steps:
      - { id: idea, kind: brief, responsible: copywriter, accountable: social-lead, effort: P1D }
      - { id: post, kind: launch, channel: social, responsible: social-lead, accountable: social-lead, effort: PT1H }
      - { id: send, kind: launch, channel: email, responsible: email-lead, accountable: email-lead, effort: PT1H }
      - { id: look-back, kind: retrospective, responsible: social-lead, accountable: social-lead, effort: PT1H }
sequence:
  - { step: send, after: post, minGap: PT5H, maxGap: P2D }
`;

/** Two approvals of roles that stand in for each other. */
const ARTICLE = `apiVersion: weir/v1
kind: Team
id: desk
roles:
  - { id: editor, delegates: [reviewer] }
  - { id: reviewer, delegates: [editor, proof-reader] }
  - { id: proof-reader }
---
apiVersion: weir/v1
kind: Workflow
id: article
name: Article
steward: editor
pattern: sequential
channels: [web]
sections:
  - id: all
    model: linear
    steps:
      - { id: draft, kind: brief, responsible: editor, accountable: editor, effort: P1D }
      - { id: check, kind: approval, responsible: editor, accountable: editor, effort: P1D }
      - { id: sign, kind: approval, quorum: all, responsible: [editor, reviewer], accountable: editor, effort: P1D }
      - { id: put-live, kind: launch, channel: web, responsible: editor, accountable: editor, effort: PT1H }
      - { id: look-back, kind: retrospective, responsible: editor, accountable: editor, effort: PT1H }
`;

describe('every refusal of the catalogue', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ targets: ['webhook hooks.example.com'] });
    const pilot = (await readFile('workflows/social-post.yaml', 'utf8'))
      .replace('id: social-post', 'id: trial')
      .replace('status: active', 'status: pilot\npilotCampaigns: [spring-trial]');
    const taxonomy = await readFile('workflows/taxonomy.yaml', 'utf8');
    await commitFiles(
      api.repository,
      {
        'workflows/trial.yaml': pilot,
        'workflows/article.yaml': ARTICLE,
        'workflows/post-then-mail.yaml': POST_THEN_MAIL,
        'workflows/taxonomy.yaml': taxonomy.replace(
          'offers:\n',
          'offers:\n  - { id: XMAS15, percent: 15, validTo: 2026-12-24 }\n',
        ),
      },
      { message: 'Try it', date: '2026-01-05T09:00:00Z' },
    );
    await api.sync.run('cli', LOCAL_ACTOR);
    // Something that is no branch stands where one would be written.
    await mkdir(path.join(api.repository, '.git/refs/heads/locked'));
  }, 60_000);
  afterAll(() => api.close());

  const ask = async ({ mutation, input, headers = {} }: Ask): Promise<Refusal[]> => {
    const type = TYPES[mutation] ?? `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
    const isSync = mutation === 'syncRepository';
    const [variables, passed] = isSync
      ? ['$release: [String!]', 'release: $release']
      : [`$input: ${type}!`, 'input: $input'];
    const query = `mutation (${variables}) { payload: ${mutation}(${passed}) { refusals { __typename code message } } }`;
    const { data, errors } = await post(api.url, { query, variables: isSync ? input : { input } }, headers);
    expect(errors).toEqual([]);
    return (data as { payload: { refusals: Refusal[] } }).payload.refusals;
  };

  it.each(Object.entries(CASES))(
    'is given, with the message and the type that the documentation shows: %s',
    async (code, { before, refused }) => {
      for (const each of before ?? [])
        if ('sql' in each) await api.query(each.sql);
        else expect(await ask(each)).toEqual([]);
      const { kind, example } = REFUSALS[code as RefusalCode];
      const type = {
        'not-found': 'NotFoundRefusal',
        state: 'StateRefusal',
        rule: 'RuleRefusal',
        permission: 'PermissionRefusal',
        input: 'InputRefusal',
      }[kind];
      expect(await ask(refused)).toContainEqual({ __typename: type, code, message: example });
    },
  );

  it('keeps the brief of a campaign that has ended', async () => {
    const input = { campaign: note, fields: [{ name: 'offerCode', text: 'LATE' }] };
    expect(await ask({ mutation: 'updateBrief', input })).toMatchObject([{ code: 'CAMPAIGN_NOT_RUNNING' }]);
  });
});
