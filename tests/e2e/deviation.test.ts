import { readFile } from 'node:fs/promises';
import { endGap } from '../../src/application/wait-for-gaps.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { REVIEWER, startApi, type TestApi } from '../support/api.js';
import { commitFiles } from '../support/repository.js';

const WHY = { rationale: 'The fair begins tomorrow.', told: ['brand', 'legal'] };

describe('going past what the definition asks for (R65)', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ targets: ['webhook hooks.example.com'] });
    const policy = await readFile('workflows/policy.yaml', 'utf8');
    const allowed = `deviations:
  - { from: [rule, gate], when: "campaign.risk != 'high'", by: [campaign-manager] }
  - { from: [step], by: [creative-lead] }
`;
    const moment = { message: 'What may be gone past', date: '2026-11-22T00:00:00Z' };
    const social = (await readFile('workflows/social-post.yaml', 'utf8'))
      .replace('id: social-post', 'id: gated-post')
      .replace(
        /      - id: publish/,
        `      - id: extra\n        responsible: copywriter\n        accountable: social-lead\n        effort: PT1H\n      - id: publish`,
      )
      .concat('\nrules:\n  - { id: never, block: "launch:social", until: "done(\'extra\')" }\n');
    const two = (await readFile('workflows/social-post.yaml', 'utf8'))
      .replace('id: social-post', 'id: post-then-mail')
      .replace('channels: [social]', 'channels: [social, email]')
      .replace(
        '      - id: retrospective',
        `      - { id: send, kind: launch, channel: email, responsible: social-lead, accountable: social-lead, effort: PT1H }\n      - id: retrospective`,
      )
      .concat('\nsequence:\n  - { step: send, after: publish, minGap: PT20H }\n');
    await commitFiles(
      api.repository,
      {
        'workflows/policy.yaml': `${policy.trimEnd()}\n${allowed}`,
        'workflows/gated.yaml': social,
        'workflows/two.yaml': two,
      },
      moment,
    );
    await api.sync.run('cli', LOCAL_ACTOR);
  }, 60_000);
  afterAll(() => api.close());

  const act = async (
    mutation: string,
    input: object,
    who: readonly [string, string] | [] = [],
    type?: string,
  ) => {
    const name = type ?? `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${name}!) { payload: ${mutation}(input: $input) { refusals { code message askRole } } }`;
    const { payload } = await api
      .as(...who)
      .request<{ payload: { refusals: { code: string; askRole: string[] }[] } }>(document, { input });
    return payload.refusals.map(({ code }) => code);
  };
  const step = (mutation: string, campaign: string, key: string) =>
    act(mutation, { campaign, step: key }, [], 'StepInput');
  /** What the launch of the second channel waits for, and what whoever does it was told. */
  const sending = async (campaign: string) => {
    type Told = { kind: string; subject: string; happened: string };
    const { found, notifications } = await api.as().request<{
      found: { steps: { key: string; missing: string[] }[] };
      notifications: { nodes: (Told & { parts: Told[] })[] };
    }>(
      `query ($key: String!) { found: campaign(key: $key) { steps { key missing } }
        notifications(filter: { campaign: $key }) { nodes { kind subject happened parts { kind subject happened } } } }`,
      { key: campaign },
    );
    return {
      missing: found.steps.find(({ key }) => key === 'send')?.missing ?? [],
      told: notifications.nodes
        .flatMap((node) => (node.parts.length > 0 ? node.parts : [node]))
        .flatMap(({ kind, subject, happened }) =>
          kind === 'STEP_READY' && subject === 'send' ? [happened] : [],
        ),
    };
  };
  const begin = async (campaign: string, workflow = 'gated-post', risk = 'MEDIUM') => {
    expect(await act('createCampaign', { key: campaign, name: campaign, workflow, risk })).toEqual([]);
    for (const key of ['brief', 'write-post']) {
      await step('startStep', campaign, key);
      await step('completeStep', campaign, key);
    }
    expect(await act('approve', { campaign, step: 'brand-approval' }, REVIEWER)).toEqual([]);
  };

  it('takes a reason, somebody who is told, and the role that the Policy names', async () => {
    await begin('fair');
    const rule = { campaign: 'fair', rule: 'never' };
    expect(await act('deviate', { ...rule, ...WHY, rationale: ' ' })).toEqual(['REASON_MISSING']);
    expect(await act('deviate', { ...rule, ...WHY, told: [] })).toEqual(['REASON_MISSING']);
    const writer = ['writer@example.com', 'contributor,copywriter'] as const;
    expect(await act('deviate', { ...rule, ...WHY }, writer)).toEqual(['ROLE_MISSING']);
    await begin('risky', 'gated-post', 'HIGH');
    expect(await act('deviate', { campaign: 'risky', rule: 'never', ...WHY })).toEqual([
      'DEVIATION_NOT_ALLOWED',
    ]);
    await expect(act('deviate', { ...rule, step: 'extra', ...WHY })).rejects.toThrow(
      'name exactly one of gate, rule and step',
    );
  });

  it('lets go on past a rule and a mandatory step, and shows it for ever after', async () => {
    const campaign = 'fair';
    const manager = ['manager@example.com', 'contributor,campaign-manager'] as const;
    expect(await act('launchChannel', { campaign, channel: 'social' })).toEqual(
      expect.arrayContaining(['PREDECESSOR_OPEN', 'BLOCKED_BY_RULE']),
    );
    expect(await act('deviate', { campaign, step: 'publish', ...WHY })).toEqual(['PREDECESSOR_OPEN']);
    expect(await step('skipStep', campaign, 'extra')).toEqual(['WRONG_ACTION']);
    expect(await act('deviate', { campaign, step: 'extra', ...WHY })).toEqual([]);
    expect(await act('deviate', { campaign, step: 'publish', ...WHY })).toEqual(['WRONG_ACTION']);
    expect(await act('launchChannel', { campaign, channel: 'social' })).toEqual(['BLOCKED_BY_RULE']);
    expect(await act('deviate', { campaign, rule: 'never', ...WHY }, manager)).toEqual([]);
    expect(await act('deviate', { campaign, rule: 'never', ...WHY }, manager)).toEqual([
      'NOTHING_TO_DEVIATE',
    ]);
    expect(await act('launchChannel', { campaign, channel: 'social' })).toEqual([]);
    for (const mutation of ['startStep', 'completeStep']) await step(mutation, campaign, 'retrospective');
    expect(await act('endCampaign', { campaign })).toEqual([]);
    const { found, auditLog } = await api.as().request<{
      found: { deviations: object[]; retrospective: { evidence: object } };
      auditLog: { nodes: object[] };
    }>(`{
      found: campaign(key: "fair") {
        deviations { kind key rationale told actor }
        retrospective { evidence { deviations } }
      }
      auditLog(first: 5, filter: { campaign: "fair", action: [CAMPAIGN_DEVIATE] }) { nodes { actor subject } }
    }`);
    expect(found.deviations).toEqual([
      { kind: 'STEP', key: 'extra', ...WHY, actor: 'local' },
      { kind: 'RULE', key: 'never', ...WHY, actor: 'manager@example.com' },
    ]);
    expect(found.retrospective.evidence).toEqual({ deviations: 2 });
    expect(auditLog.nodes).toMatchObject([
      { subject: 'never', actor: 'manager@example.com' },
      { subject: 'extra' },
    ]);
  });

  it('lets a channel follow another before their least gap is over, and sends nothing until then (R24)', async () => {
    const campaign = 'in-a-hurry';
    const gap = { campaign, rule: 'sequence:publish-to-send', ...WHY };
    const permit = { campaign, channel: 'email' };
    await begin(campaign, 'post-then-mail');
    expect(await act('launchChannel', { campaign, channel: 'email' })).toEqual(['PREDECESSOR_OPEN']);
    expect(await act('deviate', gap)).toEqual(['NOTHING_TO_DEVIATE']);
    expect(await act('launchChannel', { campaign, channel: 'social' })).toEqual([]);
    expect(await act('launchChannel', { campaign, channel: 'email' })).toEqual(['TOO_EARLY']);
    expect(await act('launchPermit', permit)).toEqual(['TOO_EARLY']);
    expect(await act('deviate', gap, ['writer@example.com', 'contributor,copywriter'])).toEqual([
      'ROLE_MISSING',
    ]);
    const { missing } = await sending(campaign);
    expect(missing).toHaveLength(1);
    expect(await act('deviate', gap)).toEqual([]);
    expect(await sending(campaign)).toEqual({
      missing: [],
      told: ['Everything that “Send” waited for is done.'],
    });
    // The time that it had to wait for is no news any more.
    await endGap(api.ports, campaign, { step: 'send', end: new Date(missing[0] ?? '') });
    expect((await sending(campaign)).told).toHaveLength(1);
    expect(await act('launchChannel', { campaign, channel: 'email' })).toEqual([]);
    expect(await act('launchPermit', permit)).toEqual([]);
  });

  it('says until when a launch has to wait for its least gap, and tells who launches it then and not before (R24)', async () => {
    const campaign = 'in-step';
    await begin(campaign, 'post-then-mail');
    expect(await act('launchChannel', { campaign, channel: 'social' })).toEqual([]);
    const now = api.now;
    const end = new Date(now.getTime() + 20 * 3_600_000);
    expect(await sending(campaign)).toEqual({ missing: [end.toISOString()], told: [] });
    const jobs =
      "SELECT run_at FROM graphile_worker.jobs WHERE task_identifier = 'end-gap' AND key LIKE '% in-step send %'";
    expect(await api.query(jobs)).toEqual([{ run_at: end }]);
    // Another action meanwhile changes nothing of it, and costs no statement more than where nothing has to wait.
    const pause = async (one: string) => {
      const before = api.questions();
      const pausing = { campaign: one, channel: 'social', reason: 'a typo' };
      expect(await act('pauseChannel', pausing)).toEqual([]);
      return api.questions() - before;
    };
    expect(await pause(campaign)).toBe(await pause('in-a-hurry'));
    expect(await api.query(jobs)).toEqual([{ run_at: end }]);
    expect((await sending(campaign)).told).toEqual([]);
    api.now = end;
    try {
      // A job that is repeated tells nobody twice.
      for (const _ of [1, 2]) await endGap(api.ports, campaign, { step: 'send', end });
      expect(await sending(campaign)).toEqual({
        missing: [],
        told: ['The time between “Send” and what was launched before it is over.'],
      });
      expect(await act('launchChannel', { campaign, channel: 'email' })).toEqual([]);
    } finally {
      api.now = now;
    }
  });

  it('does not go past a gate before it is reached', async () => {
    const campaign = 'launch';
    expect(
      await act('createCampaign', { key: campaign, name: 'Launch', workflow: 'product-launch' }),
    ).toEqual([]);
    const gate = { campaign, gate: 'integration-review', ...WHY };
    expect(await act('deviate', gate)).toEqual(['GATE_NOT_REACHED']);
    expect(await act('deviate', { ...gate, gate: 'integration-revue' })).toEqual(['UNKNOWN_GATE']);
  });

  it('holds again under another version: what was gone past was a rule of the one before', async () => {
    await begin('moved');
    expect(await act('deviate', { campaign: 'moved', step: 'extra', ...WHY })).toEqual([]);
    expect(await act('deviate', { campaign: 'moved', rule: 'never', ...WHY })).toEqual([]);
    const gated = await readFile(`${api.repository}/workflows/gated.yaml`, 'utf8');
    await commitFiles(
      api.repository,
      { 'workflows/gated.yaml': gated.replace('name: Simple social post', 'name: Another name') },
      { message: 'Renamed', date: '2026-11-22T10:00:00Z' },
    );
    await api.sync.run('cli', LOCAL_ACTOR);
    const moved = await act('migrateCampaign', { campaign: 'moved' });
    expect(moved).toEqual([]);
    expect(await act('launchChannel', { campaign: 'moved', channel: 'social' })).toEqual(['BLOCKED_BY_RULE']);
  });

  it('is refused in a regulated campaign', async () => {
    await act('createCampaign', { key: 'drug', name: 'Drug', workflow: 'regulated-promotion' });
    expect(await act('deviate', { campaign: 'drug', step: 'brief', ...WHY })).toEqual([
      'DEVIATION_NOT_ALLOWED',
    ]);
  });
});
