import { approve, completeStep, reject, startStep } from '../../src/application/campaign-actions.js';
import { createCampaign } from '../../src/application/create-campaign.js';
import { type Actor, actorOf, LOCAL_ACTOR, type Origin } from '../../src/domain/campaign/actor.js';
import type { SignatureMeaning } from '../../src/domain/campaign/approvals/signature.js';
import { REFUSALS } from '../../src/domain/campaign/refusal.js';
import { REVIEWER, startApi, type TestApi } from '../support/api.js';
import { verifiedIn } from '../support/audit-world.js';

describe('a decision in a regulated workflow', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    await createCampaign(api.ports, LOCAL_ACTOR, {
      ...{ key: 'drug', name: 'Drug', workflow: 'regulated-promotion', type: null, risk: 'low', budget: 0 },
      ...{ labels: [], flags: [], brief: {}, plannedLaunchAt: null, channels: [] },
    });
    for (const act of [startStep, completeStep])
      expect((await act(api.ports, LOCAL_ACTOR, { campaign: 'drug', step: 'brief' })).refusals).toEqual([]);
  }, 60_000);
  afterAll(() => api.close());

  const minutesAgo = (minutes: number) => new Date(api.now.getTime() - minutes * 60_000);
  const medical = (by: Origin['by'], authenticatedAt: Date | null): Actor =>
    actorOf('medical@example.com', ['approver', 'medical'], {
      ...{ by, authenticatedAt, token: null, address: '192.0.2.7', fullName: 'Head of medical affairs' },
    });
  const decide = async (actor: Actor, meaning: SignatureMeaning | null, step = 'medical-approval') => {
    const on = { campaign: 'drug', step, comment: null, contentHash: null, meaning };
    return (await approve(api.ports, actor, on)).refusals;
  };
  const recorded = () =>
    api.query("SELECT 1 FROM audit_record WHERE action IN ('step.approve', 'step.reject')");

  it('says what it means', async () => {
    expect(await decide(medical('oidc', minutesAgo(1)), null)).toMatchObject([
      { code: 'SIGNATURE_MEANING_MISSING', missing: ['meaning'], rule: 'medical-approval' },
    ]);
    const on = { campaign: 'drug', step: 'medical-approval', comment: 'no source' };
    expect((await reject(api.ports, medical('oidc', minutesAgo(1)), on)).refusals).toMatchObject([
      { code: 'SIGNATURE_MEANING_MISSING' },
    ]);
    expect(await recorded()).toEqual([]);
  });

  it.each<[string, Origin['by'], number | null]>([
    ['a session of some time before', 'oidc', 42],
    ['a session that is as old as may not be', 'oidc', 15],
    ['a session of which nobody knows when it began', 'oidc', null],
    ['a token, however new', 'token', 0],
    ['Weir itself', 'weir', null],
  ])('is not signed by %s', async (_, by, minutes) => {
    const refusals = await decide(medical(by, minutes === null ? null : minutesAgo(minutes)), 'approval');
    expect(refusals).toMatchObject([
      { code: 'AUTHENTICATION_TOO_OLD', missing: ['authentication within 15 minutes'] },
    ]);
    if (minutes === 42) expect(refusals[0]?.message).toBe(REFUSALS.AUTHENTICATION_TOO_OLD.example);
    expect(await recorded()).toEqual([]);
  });

  it('is signed with name, time and meaning, bound to what was looked at, wherever it is shown', async () => {
    expect(await decide(medical('oidc', minutesAgo(14)), 'responsibility')).toEqual([]);
    const { campaign, auditLog } = await api.as().request<{
      campaign: { approvals: { contentHash: string; signature: object }[] };
      auditLog: { nodes: object[] };
    }>(
      `{ campaign(key: "drug") { approvals { contentHash signature { ...signature } } }
         auditLog(first: 1, filter: { action: [STEP_APPROVE] }) { nodes {
           origin { by address authenticatedAt fullName token } beforeHash afterHash signature { ...signature } } } }
       fragment signature on Signature { name fullName meaning by signedAt authenticatedAt contentHash }`,
    );
    const signature = {
      ...{
        name: 'medical@example.com',
        fullName: 'Head of medical affairs',
        meaning: 'RESPONSIBILITY',
        by: 'OIDC',
      },
      ...{ signedAt: api.now.toISOString(), authenticatedAt: minutesAgo(14).toISOString() },
      contentHash: campaign.approvals[0]?.contentHash,
    };
    expect(campaign.approvals).toMatchObject([
      { contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string, signature },
    ]);
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    const { authenticatedAt } = signature;
    const origin = {
      by: 'OIDC',
      address: '192.0.2.7',
      authenticatedAt,
      fullName: 'Head of medical affairs',
      token: null,
    };
    expect(auditLog.nodes).toEqual([{ origin, beforeHash: hash, afterHash: hash, signature }]);
    expect((await verifiedIn(api.ports)).wrong).toBeNull();
  });

  it('is signed as it is where nobody has to sign in, and says so', async () => {
    const mutation = `mutation ($meaning: SignatureMeaning) { approve(input: { campaign: "drug", step: "legal-approval", meaning: $meaning }) {
      refusals { code } campaign { approvals { step signature { name by meaning authenticatedAt } } } } }`;
    const { approve: done } = await api
      .as(...REVIEWER)
      .request<{ approve: { refusals: object[]; campaign: { approvals: object[] } } }>(mutation, {
        meaning: 'REVIEW',
      });
    expect(done.refusals).toEqual([]);
    expect(done.campaign.approvals).toContainEqual({
      step: 'legal-approval',
      signature: { name: REVIEWER[0], by: 'LOCAL', meaning: 'REVIEW', authenticatedAt: null },
    });
  });

  it('is not signed where nobody asks for it, and nothing is', async () => {
    await createCampaign(api.ports, LOCAL_ACTOR, {
      ...{ key: 'note', name: 'Note', workflow: 'social-post', type: null, risk: 'low', budget: 0 },
      ...{ labels: [], flags: [], brief: {}, plannedLaunchAt: null, channels: [] },
    });
    for (const step of ['brief', 'write-post'])
      for (const act of [startStep, completeStep])
        expect((await act(api.ports, LOCAL_ACTOR, { campaign: 'note', step })).refusals).toEqual([]);
    const actor = actorOf('brand@example.com', ['approver', 'brand']);
    const on = { campaign: 'note', step: 'brand-approval', comment: null, contentHash: null };
    expect((await approve(api.ports, actor, on)).refusals).toEqual([]);
    expect(await api.query("SELECT signature FROM campaign_approval WHERE step = 'brand-approval'")).toEqual([
      { signature: null },
    ]);
  });
});
