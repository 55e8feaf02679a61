import { type ApprovalWorld, startApprovalWorld } from '../support/approval-world.js';

describe('approvals of what was seen', () => {
  let world: ApprovalWorld;
  beforeAll(async () => {
    world = await startApprovalWorld('2026-11-23T09:00:00+01:00');
  }, 60_000);
  afterAll(() => world.world.close());

  it('keep creative work waiting until all three have signed off, and nobody signs off their own work (R41)', async () => {
    await world.create('chain');
    await world.brief('writer', 'chain', { claim: 'Works in a day.', subjectLine: 'At last' });
    await world.finish('chain', 'brief');
    await world.brief('brand', 'chain', { subjectLine: 'At last!' });
    expect((await world.act('brand', 'approve', 'chain', { step: 'brand-ok' })).refusals).toEqual([
      {
        code: 'SELF_APPROVAL',
        message:
          "'brand@example.com' wrote 'subjectLine' of the brief, and nobody approves their own work: 'brand-ok' takes somebody else who speaks for brand",
        missing: ['brand'],
        askRole: ['brand'],
      },
    ]);
    // What legal looks at, brand has not written.
    await world.does('legal', 'approve', 'chain', { step: 'legal-ok' });
    await world.does('admin', 'updateBrief', 'chain', { fields: [{ name: 'claim', text: 'Works in two.' }] });
    expect(await world.codes('admin', 'approve', 'chain', { step: 'medical-ok' })).toEqual(['SELF_APPROVAL']);
    expect(await world.codes('writer', 'startStep', 'chain', { step: 'email-copy' })).toEqual([
      'PREDECESSOR_OPEN',
    ]);
    expect(
      (await world.act('manager', 'acceptHandoff', 'chain', { handoff: 'claims-to-creative' })).refusals,
    ).toMatchObject([{ code: 'HANDOFF_NOT_REACHED', missing: ['legal-ok', 'medical-ok', 'brand-ok'] }]);
    // Only where the Policy allows it is a step gone past.
    const past = { step: 'medical-ok', rationale: 'Nothing medical in it.', told: ['medical'] };
    expect(await world.codes('legal', 'deviate', 'chain', past)).toEqual(['ROLE_MISSING']);
    await world.does('ops', 'deviate', 'chain', past);
  });

  it('say beforehand whose approval a change costs, then whose it cost (R47)', async () => {
    await world.signedOff('preview');
    const before = await world.step('preview', 'legal-ok', 'contentHash');
    const voids = async (field: string, dryRun: boolean) => {
      const answer = await world.brief('writer', 'preview', { [field]: 'Other words' }, { dryRun });
      return answer.invalidates;
    };
    expect((await voids('subjectLine', true)).map(({ roles }) => roles)).toEqual([['brand']]);
    expect(await voids('claim', true)).toEqual(
      ['legal', 'medical', 'brand'].map((role) => ({
        ...{ kind: 'STEP', key: `${role}-ok`, roles: [role], actors: [`${role}@example.com`] },
        because: "'claim' of the brief changed",
      })),
    );
    expect(await voids('audience', false)).toEqual([]);
    expect(await world.step('preview', 'legal-ok', 'status contentHash')).toMatchObject({
      ...{ status: 'DONE', ...(before as object) },
    });
    expect((await voids('subjectLine', false)).map(({ roles }) => roles)).toEqual([['brand']]);
    expect(await world.step('preview', 'brand-ok', 'status askedOf')).toEqual({
      status: 'STARTED',
      askedOf: ['brand'],
    });
    expect(
      (await world.act('manager', 'acceptHandoff', 'preview', { handoff: 'claims-to-creative' })).refusals,
    ).toMatchObject([{ missing: ['brand-ok'], askRole: ['brand'] }]);
    const { approvals } = await world.campaign<{ approvals: object[] }>(
      'preview',
      'approvals { step forRole contentHash round invalidatedAt invalidatedBy invalidatedBecause workflowVersion { number } }',
    );
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    const holds = { invalidatedAt: null, invalidatedBy: null, invalidatedBecause: null };
    const given = { contentHash: hash, round: 0, workflowVersion: { number: 1 } };
    expect(approvals).toEqual([
      { step: 'legal-ok', forRole: 'legal', ...given, ...holds },
      { step: 'medical-ok', forRole: 'medical', ...given, ...holds },
      {
        ...{ step: 'brand-ok', forRole: 'brand', ...given, invalidatedAt: '2026-11-23T08:00:00.000Z' },
        ...{ invalidatedBy: 'writer@example.com', invalidatedBecause: "'subjectLine' of the brief changed" },
      },
    ]);
    await world.does('brand', 'approve', 'preview', { step: 'brand-ok' });
    await world.does('manager', 'acceptHandoff', 'preview', { handoff: 'claims-to-creative' });
  });

  it('hold up all that follows, also work that has begun, until they are given again', async () => {
    await world.compared('late-change');
    await world.brief('writer', 'late-change', { claim: 'Works in an hour.' });
    const missing = { missing: ['hand-off claims-to-creative'] };
    const launch = async () =>
      (await world.act('manager', 'launchChannel', 'late-change', { channel: 'email' })).refusals;
    expect(await launch()).toMatchObject([{ code: 'PREDECESSOR_OPEN', ...missing }]);
    expect(await world.step('late-change', 'email-copy', 'status missing')).toEqual({
      status: 'DONE',
      ...missing,
    });
    const accept = { handoff: 'claims-to-creative' };
    expect((await world.act('manager', 'acceptHandoff', 'late-change', accept)).refusals).toMatchObject([
      { code: 'HANDOFF_NOT_REACHED', missing: ['legal-ok', 'medical-ok', 'brand-ok'] },
    ]);
    for (const who of ['legal', 'medical', 'brand'] as const)
      await world.does(who, 'approve', 'late-change', { step: `${who}-ok` });
    expect(await launch()).toMatchObject([{ code: 'PREDECESSOR_OPEN', ...missing }]);
    await world.does('manager', 'acceptHandoff', 'late-change', accept);
    await world.does('manager', 'launchChannel', 'late-change', { channel: 'email' });
  });

  it('open the review of all channels again when one of them changes (R37)', async () => {
    await world.compared('edited');
    const preview = await world.asset('writer', 'edited', 'email', 'mail', 'Dear customers', {
      dryRun: true,
    });
    expect(preview.invalidates).toMatchObject([
      { kind: 'STEP', key: 'email-review', actors: ['brand@example.com'], because: "asset 'mail' changed" },
      { kind: 'GATE', key: 'together', roles: ['manager'] },
    ]);
    await world.asset('writer', 'edited', 'email', 'mail', 'Dear customers');
    const { gates } = await world.campaign<{ gates: object[] }>('edited', 'gates { status missing }');
    expect(gates).toEqual([{ status: 'WAITING', missing: ['email-review'] }]);
    const launch = { channel: 'email' };
    expect(await world.codes('manager', 'launchChannel', 'edited', launch)).toEqual(['PREDECESSOR_OPEN']);
    await world.does('brand', 'approve', 'edited', { step: 'email-review' });
    expect((await world.act('manager', 'launchChannel', 'edited', launch)).refusals).toMatchObject([
      { missing: ['gate together'], askRole: ['manager'] },
    ]);
    await world.does('manager', 'evaluateGate', 'edited', { gate: 'together' });
    await world.does('manager', 'launchChannel', 'edited', launch);
    // The other channel has nothing to do with it.
    expect(
      (await world.asset('writer', 'edited', 'social', 'more', 'Hello again')).invalidates,
    ).toMatchObject([
      { kind: 'STEP', key: 'social-ok', roles: ['legal', 'brand'], because: "asset 'more' was added" },
      { kind: 'GATE', key: 'together' },
    ]);
  });

  it('are demanded by the risk of the channel and by what is on it, and again when the risk rises (R40)', async () => {
    for (const [key, flags] of [
      ['plain', []],
      ['priced', ['price-claim']],
    ] as const) {
      await world.create(key, 'post');
      await world.asset('writer', key, 'social', 'post', 'New lamps', { flags });
      await world.finish(key, 'idea', 'write');
    }
    const launch = { channel: 'social' };
    expect((await world.act('manager', 'launchChannel', 'plain', launch)).refusals).toMatchObject([
      {
        code: 'APPROVAL_MISSING',
        message:
          "where channel.key == 'social' && channel.risk == 'low', the policy demands approval by brand before the launch on 'social'",
        askRole: ['brand'],
      },
    ]);
    expect(
      (await world.act('manager', 'launchChannel', 'priced', launch)).refusals.map(({ askRole }) => askRole),
    ).toEqual([['brand'], ['legal']]);
    expect(await world.step('priced', 'publish', 'askedOf routing { rule because }')).toEqual({
      askedOf: ['brand', 'legal'],
      routing: ['brand', 'legal'].map(() => ({
        rule: 'POLICY',
        because: "policy 'rules' demands it before the launch on 'social'",
      })),
    });
    expect(await world.codes('medical', 'approve', 'priced', { step: 'publish' })).toEqual(['ROLE_MISSING']);
    await world.does('brand', 'approve', 'priced', { step: 'publish' });
    await world.does('legal', 'approve', 'priced', { step: 'publish' });
    const raised = { risk: 'HIGH', reason: 'A competitor complained.' };
    const voided = [
      {
        kind: 'STEP',
        key: 'publish',
        roles: ['brand', 'legal'],
        because: 'the risk rose from medium to high',
      },
    ];
    expect(
      (await world.does('writer', 'assessCampaign', 'priced', { ...raised, dryRun: true })).invalidates,
    ).toMatchObject(voided);
    expect((await world.does('writer', 'assessCampaign', 'priced', raised)).invalidates).toMatchObject(
      voided,
    );
    expect(await world.codes('manager', 'launchChannel', 'priced', launch)).toEqual([
      'APPROVAL_MISSING',
      'APPROVAL_MISSING',
    ]);
    expect(
      await world.codes('writer', 'assessCampaign', 'priced', { risk: 'LOW', reason: 'It is not.' }),
    ).toEqual(['ROLE_MISSING']);
    await world.does('brand', 'approve', 'priced', { step: 'publish' });
    await world.does('legal', 'approve', 'priced', { step: 'publish' });
    await world.does('manager', 'launchChannel', 'priced', launch);
    await world.does('brand', 'approve', 'plain', { step: 'publish' });
    await world.does('manager', 'launchChannel', 'plain', launch);
    expect(await world.codes('legal', 'approve', 'plain', { step: 'publish' })).toEqual(['WRONG_ACTION']);
  });

  it('count once a role and once a person, k of n (R38)', async () => {
    await world.signedOff('quorum');
    await world.does('manager', 'acceptHandoff', 'quorum', { handoff: 'claims-to-creative' });
    await world.finish('quorum', 'social-copy');
    const ok = { step: 'social-ok' };
    await world.does('legal', 'approve', 'quorum', ok);
    expect(await world.step('quorum', 'social-ok', 'status askedOf')).toEqual({
      status: 'READY',
      askedOf: ['brand', 'medical'],
    });
    expect((await world.act('legal', 'approve', 'quorum', ok)).refusals).toMatchObject([
      {
        code: 'ALREADY_APPROVED',
        message: "legal has approved 'social-ok' already; it waits for brand or medical",
        askRole: ['brand', 'medical'],
      },
    ]);
    await world.does('admin', 'approve', 'quorum', ok);
    expect(await world.step('quorum', 'social-ok', 'status askedOf')).toEqual({
      status: 'DONE',
      askedOf: [],
    });
    // What was half approved is not approved at all once it changes.
    await world.asset('writer', 'quorum', 'social', 'posts', 'Hello');
    await world.does('brand', 'approve', 'quorum', ok);
    await world.asset('writer', 'quorum', 'social', 'posts', 'Hello!');
    await world.does('legal', 'approve', 'quorum', ok);
    expect(await world.step('quorum', 'social-ok', 'status')).toEqual({ status: 'STARTED' });
    expect(await world.codes('admin', 'approve', 'quorum', ok)).toEqual([]);
  });

  it('approve nothing that was not looked at, and once where two approve at the same time', async () => {
    await world.create('race');
    await world.brief('writer', 'race', { claim: 'Works in a day.', subjectLine: 'At last' });
    await world.finish('race', 'brief');
    const seen = await world.step<{ contentHash: string }>('race', 'legal-ok', 'contentHash');
    await world.brief('writer', 'race', { claim: 'Works in an hour.' });
    await world.brief('brand', 'race', { audience: 'doctors' });
    const { refusals } = await world.act('legal', 'approve', 'race', { step: 'legal-ok', ...seen });
    const now = await world.step<{ contentHash: string }>('race', 'legal-ok', 'contentHash');
    const message = (what: string) =>
      `what 'legal-ok' looks at is not what was looked at: ${what}. Look again, then approve`;
    const changed = "'claim' of the brief changed, by writer@example.com at 2026-11-23T08:00:00.000Z";
    expect(refusals).toMatchObject([
      {
        ...{ code: 'CONTENT_CHANGED', message: message(changed) },
        missing: [`contentHash of the step 'legal-ok', which is ${now.contentHash} now`],
      },
    ]);
    const { refusals: others } = await world.act('legal', 'approve', 'race', {
      ...{ step: 'legal-ok', contentHash: 'of-another-tool' },
    });
    expect(others[0]?.message).toBe(
      message(
        `the contentHash that was given belongs to no known version of it; the last change: ${changed}`,
      ),
    );
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => world.codes('legal', 'approve', 'race', { step: 'legal-ok', ...now })),
    );
    expect(answers.filter((codes) => codes.length === 0)).toHaveLength(1);
    expect(answers.flat()).toEqual(Array.from({ length: 5 }, () => 'STEP_NOT_OPEN'));
    // Of a change and an approval of what it changes, whichever comes first: what holds is of what is there.
    for (let round = 0; round < 8; round++) {
      const { contentHash } = await world.step<{ contentHash: string }>('race', 'medical-ok', 'contentHash');
      await Promise.all([
        world.act('medical', 'approve', 'race', { step: 'medical-ok', contentHash }),
        world.brief('writer', 'race', { claim: `Works in ${round} minutes.` }),
      ]);
      const { status } = await world.step<{ status: string }>('race', 'medical-ok', 'status');
      expect(['READY', 'STARTED']).toContain(status);
    }
    expect(await world.codes('legal', 'approve', 'race', { step: 'leagl-ok' })).toEqual(['UNKNOWN_STEP']);
  });

  it('escalate after the third rejection to somebody who can let it pass, or have it mended once more (R17)', async () => {
    await world.signedOff('returned');
    await world.does('manager', 'acceptHandoff', 'returned', { handoff: 'claims-to-creative' });
    const review = { step: 'email-review', comment: 'too long' };
    for (let round = 0; round < 3; round++) {
      await world.finish('returned', 'email-copy');
      await world.does('brand', 'reject', 'returned', review);
      if (round < 2) await world.finish('returned', 'mend-email');
    }
    expect(
      await world.step('returned', 'email-review', 'status askedOf routing { rule asked because }'),
    ).toEqual({
      ...{ status: 'ESCALATED', askedOf: ['manager'] },
      routing: expect.arrayContaining([
        { rule: 'ESCALATED', asked: 'manager', because: 'the work was returned 3 times' },
      ]) as object[],
    });
    expect((await world.act('brand', 'approve', 'returned', review)).refusals).toMatchObject([
      { code: 'ROLE_MISSING', askRole: ['manager'] },
    ]);
    await world.does('manager', 'reject', 'returned', review);
    await world.finish('returned', 'mend-email', 'email-copy');
    await world.does('brand', 'reject', 'returned', review);
    await world.does('manager', 'approve', 'returned', { step: 'email-review' });
    expect(await world.step('returned', 'email-review', 'status askedOf')).toEqual({
      status: 'DONE',
      askedOf: [],
    });
  });

  it('are asked of whom the Policy demands as soon as an asset is said to contain something, and no longer', async () => {
    await world.compared('flagged');
    await world.does('manager', 'evaluateGate', 'flagged', { gate: 'together' });
    const asked = () => world.step('flagged', 'send', 'askedOf');
    expect(await asked()).toEqual({ askedOf: [] });
    await world.asset('writer', 'flagged', 'email', 'mail', 'Dear all', { flags: ['price-claim'] });
    await world.does('brand', 'approve', 'flagged', { step: 'email-review' });
    await world.does('manager', 'evaluateGate', 'flagged', { gate: 'together' });
    expect(await asked()).toEqual({ askedOf: ['legal'] });
    // Left out, it stays what it was said to contain; that it contains less takes a steward.
    await world.asset('writer', 'flagged', 'email', 'mail', 'Dear all');
    expect(await asked()).toEqual({ askedOf: ['legal'] });
    const less = { channel: 'email', key: 'mail', text: 'Dear all', flags: [] };
    expect(await world.codes('writer', 'addAsset', 'flagged', less)).toEqual(['ROLE_MISSING']);
    await world.does('admin', 'addAsset', 'flagged', less);
    expect(await asked()).toEqual({ askedOf: [] });
  });

  it('are joined by hand-offs of what was taken over, which a change opens again (R12, R45)', async () => {
    const key = { handoff: 'claims-to-creative' };
    const handoff = async <T = object>(fields: string): Promise<T> => {
      const { handoffs } = await world.campaign<{ handoffs: T[] }>('taken', `handoffs { ${fields} }`);
      return handoffs[0] as T;
    };
    await world.signedOff('taken');
    const { contentHash } = await handoff<{ contentHash: string }>('contentHash');
    // A field that no approval looks at, but the whole brief is handed over.
    await world.brief('writer', 'taken', { audience: 'doctors' });
    const now = await handoff<{ contentHash: string }>('contentHash');
    expect(now.contentHash).not.toBe(contentHash);
    expect(
      (await world.act('manager', 'acceptHandoff', 'taken', { ...key, contentHash })).refusals,
    ).toMatchObject([
      {
        code: 'CONTENT_CHANGED',
        message:
          "what hand-off 'claims-to-creative' takes over is not what was looked at: 'audience' of the brief changed, by writer@example.com at 2026-11-23T08:00:00.000Z. Look again, then accept",
        missing: [`contentHash of the hand-off 'claims-to-creative', which is ${now.contentHash} now`],
      },
    ]);
    expect(await handoff('status acceptedAt')).toEqual({ status: 'OPEN', acceptedAt: null });
    await world.does('manager', 'acceptHandoff', 'taken', { ...key, ...now });
    expect(await handoff('status acceptedBy contentHash')).toEqual({
      ...{ status: 'ACCEPTED', acceptedBy: 'manager@example.com', ...now },
    });
    // The same again is the same; of something else nobody is told that it was accepted.
    await world.does('manager', 'acceptHandoff', 'taken', { ...key, ...now });
    expect(await world.codes('manager', 'acceptHandoff', 'taken', { ...key, contentHash })).toEqual([
      'CONTENT_CHANGED',
    ]);
    await world.finish('taken', 'email-copy');

    const reopened = {
      ...{ kind: 'HANDOFF', key: 'claims-to-creative', roles: ['manager'] },
      ...{ actors: ['manager@example.com'], because: "'audience' of the brief changed" },
    };
    const emptied = { fields: [{ name: 'audience' }] };
    const asked = await world.does('writer', 'updateBrief', 'taken', { ...emptied, dryRun: true });
    expect(asked.invalidates).toEqual([reopened]);
    expect(await handoff('status')).toEqual({ status: 'ACCEPTED' });
    expect((await world.does('writer', 'updateBrief', 'taken', emptied)).invalidates).toEqual([reopened]);
    const log = {
      ...{ because: reopened.because, by: 'writer@example.com', at: '2026-11-23T08:00:00.000Z' },
      ...{ acceptedAt: '2026-11-23T08:00:00.000Z', acceptedBy: 'manager@example.com', ...now },
    };
    const logged = 'reopenings { because by at acceptedAt acceptedBy contentHash }';
    expect(await handoff(`status acceptedAt acceptedBy askedOf ${logged}`)).toEqual({
      ...{ status: 'OPEN', acceptedAt: null, acceptedBy: null, askedOf: ['manager'], reopenings: [log] },
    });
    // What was finished stays so; what was not waits.
    expect(await world.step('taken', 'email-copy', 'status missing')).toEqual({
      status: 'DONE',
      missing: ['hand-off claims-to-creative'],
    });
    expect(await world.codes('writer', 'startStep', 'taken', { step: 'social-copy' })).toEqual([
      'PREDECESSOR_OPEN',
    ]);
    await world.does('manager', 'acceptHandoff', 'taken', key);
    await world.does('writer', 'startStep', 'taken', { step: 'social-copy' });
    expect(await handoff(`status ${logged}`)).toEqual({ status: 'ACCEPTED', reopenings: [log] });

    // Emptied, or no longer as it was verified, it takes what is missing.
    const none = await world.brief('writer', 'taken', { claim: 'none' });
    expect(none.invalidates.at(-1)).toMatchObject({
      because: "'claim' of the brief changed, and it lacks condition brief.claim != 'none'",
    });
    expect(await handoff('status missing')).toEqual({
      status: 'WAITING',
      missing: ['legal-ok', 'medical-ok', 'brand-ok'],
    });
    for (const who of ['legal', 'medical', 'brand'] as const)
      await world.does(who, 'approve', 'taken', { step: `${who}-ok` });
    expect((await world.act('manager', 'acceptHandoff', 'taken', key)).refusals).toMatchObject([
      { code: 'HANDOFF_INCOMPLETE', missing: ["condition brief.claim != 'none'"], askRole: ['manager'] },
    ]);
    expect(await world.codes('writer', 'completeStep', 'taken', { step: 'social-copy' })).toEqual([
      'PREDECESSOR_OPEN',
    ]);
  });
});
