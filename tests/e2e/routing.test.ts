import { routeOverdue } from '../../src/application/route-requests.js';
import { type ApprovalWorld, startApprovalWorld } from '../support/approval-world.js';
import { until } from '../support/until.js';

interface Line {
  readonly role: string;
  readonly asked: string;
  readonly rule: string;
  readonly because: string;
  readonly askedAt: string;
  readonly dueAt: string | null;
  readonly passedAt: string | null;
  readonly answeredAt: string | null;
  readonly answeredBy: string | null;
  readonly isLate: boolean;
}
const MONDAY = '2026-11-23T09:00:00+01:00';

describe('who is asked', () => {
  let world: ApprovalWorld;
  beforeAll(async () => {
    world = await startApprovalWorld(MONDAY);
  }, 60_000);
  beforeEach(() => {
    world.now = MONDAY;
  });
  afterAll(() => world.world.close());

  const log = async (campaign: string, step: string, fields = 'asked rule because') =>
    (await world.step<{ routing: Line[] }>(campaign, step, `routing { ${fields} }`)).routing;
  const handoff = async (campaign: string, fields: string) =>
    (await world.campaign<{ handoffs: object[] }>(campaign, `handoffs { ${fields} }`)).handoffs[0];
  /** Several replicas look at the same moment. */
  const look = () => Promise.all([1, 2, 3].map(() => routeOverdue(world.world.replica.ports)));
  const waiting = async (campaign: string) => {
    await world.create(campaign);
    await world.brief('writer', campaign, { claim: 'Works in a day.', subjectLine: 'At last' });
    await world.finish(campaign, 'brief');
  };
  const alerts = async () => {
    const asked =
      '{ alerts(first: 50, filter: { kind: [ANSWER_OVERDUE] }) { nodes { subject message resolvedAt } } }';
    return (
      await world.world.ask<{
        alerts: { nodes: { subject: string; message: string; resolvedAt: string | null }[] };
      }>(asked)
    ).alerts.nodes;
  };

  it('is the role, with the time it has in its own working hours (R88)', async () => {
    // Friday afternoon in Berlin; eight working hours on are Monday's, then Tuesday is none of the role's holidays yet.
    world.now = '2026-11-20T15:00:00+01:00';
    await waiting('hours');
    expect(await world.step('hours', 'legal-ok', 'askedOf askedSince dueAt')).toEqual({
      askedOf: ['legal'],
      askedSince: '2026-11-20T14:00:00.000Z',
      dueAt: '2026-11-23T14:00:00.000Z',
    });
    // Two working days by the Policy, over a holiday.
    world.now = '2026-11-24T09:00:00+01:00';
    await waiting('holiday');
    expect(await world.step('holiday', 'brand-ok', 'dueAt')).toEqual({ dueAt: '2026-11-26T16:00:00.000Z' });
    expect(await log('holiday', 'brand-ok')).toEqual([
      { asked: 'brand', rule: 'DEFAULT', because: "responsible for 'brand-ok'" },
    ]);
  });

  it('is the stand-in, then who is accountable, then the steward, when no answer comes in time (R42)', async () => {
    await waiting('slow');
    world.now = '2026-11-26T17:00:00+01:00';
    await look();
    world.now = '2026-12-03T09:00:00+01:00';
    await look();
    expect(await log('slow', 'brand-ok', 'asked rule because passedAt isLate')).toEqual([
      {
        asked: 'brand',
        rule: 'DEFAULT',
        because: "responsible for 'brand-ok'",
        passedAt: '2026-11-26T16:00:00.000Z',
        isLate: true,
      },
      {
        asked: 'design-lead',
        rule: 'STAND_IN',
        because: 'brand has not answered by 2026-11-24T16:00:00.000Z',
        passedAt: '2026-12-03T08:00:00.000Z',
        isLate: true,
      },
      {
        asked: 'manager',
        rule: 'ESCALATED',
        because: 'design-lead has not answered by 2026-11-30T16:00:00.000Z',
        passedAt: null,
        isLate: false,
      },
    ]);
    expect(await world.step('slow', 'brand-ok', 'askedOf')).toEqual({ askedOf: ['manager'] });
    const subject = 'slow brand-ok brand';
    expect((await alerts()).filter((each) => each.subject === subject)).toEqual([
      {
        subject,
        message:
          "design-lead has not answered for brand at 'brand-ok' of campaign 'slow', which was due 2026-11-30T16:00:00.000Z; manager is asked now",
        resolvedAt: null,
      },
      {
        subject,
        message: expect.stringContaining('design-lead is asked now') as string,
        resolvedAt: expect.any(String) as string,
      },
    ]);
    world.now = '2026-12-05T09:00:00+01:00';
    await look();
    expect(await world.step('slow', 'brand-ok', 'askedOf')).toEqual({ askedOf: ['ops'] });
    world.now = '2026-12-08T09:00:00+01:00';
    await look();
    await look();
    expect((await alerts()).find((each) => each.subject === subject)?.message).toContain(
      'nobody is left to ask',
    );
    expect(await log('slow', 'brand-ok')).toHaveLength(4);
    const audit = await world.world.ask<{ auditLog: { totalCount: number } }>(
      '{ auditLog(filter: { campaign: "slow", action: [APPROVAL_ROUTE] }) { totalCount } }',
    );
    expect(audit.auditLog.totalCount).toBe(4);
    // Whoever was asked on the way can answer, and the role itself as well; nobody else.
    expect(await world.codes('medical', 'approve', 'slow', { step: 'brand-ok' })).toEqual(['ROLE_MISSING']);
    await world.does('ops', 'approve', 'slow', { step: 'brand-ok' });
    expect((await alerts()).every((each) => each.subject !== subject || each.resolvedAt !== null)).toBe(true);
    const { approvals } = await world.campaign<{ approvals: object[] }>(
      'slow',
      'approvals { role forRole actor }',
    );
    expect(approvals).toEqual([{ role: 'ops', forRole: 'brand', actor: 'ops@example.com' }]);
    expect((await log('slow', 'brand-ok', 'answeredBy')).map(({ answeredBy }) => answeredBy)).toEqual(
      Array.from({ length: 4 }, () => 'ops@example.com'),
    );
  });

  it('is the stand-in at once where the role is recorded as away', async () => {
    world.now = '2026-12-02T09:00:00+01:00';
    await waiting('away');
    expect(await log('away', 'medical-ok')).toEqual([
      { asked: 'legal', rule: 'STAND_IN', because: 'medical is away until 2026-12-10' },
    ]);
    await world.does('legal', 'approve', 'away', { step: 'medical-ok' });
  });

  it('is asked of the same stand-in anew where they stand in for longer, with no more time to answer', async () => {
    await waiting('longer');
    const hand = (until: string) =>
      world.does('brand', 'delegate', 'longer', {
        ...{ role: 'brand', toRole: 'design-lead', reason: 'On leave.', until },
      });
    await hand('2026-11-24T09:00:00+01:00');
    world.now = '2026-11-23T15:00:00+01:00';
    await hand('2026-11-25T09:00:00+01:00');
    const ends = async () =>
      (
        await world.world.replica.data.query<{ asked: string; until: Date | null; due: Date }[]>(
          `SELECT r.asked, r.until, r.due_at AS due FROM campaign_request r JOIN campaign c ON c.id = r.campaign_id
            WHERE c.key = 'longer' AND r.step = 'brand-ok' ORDER BY r.id`,
        )
      ).map(({ asked, until, due }) => [asked, until?.toISOString() ?? null, due.toISOString()]);
    const due = '2026-11-24T16:00:00.000Z';
    expect(await ends()).toEqual([
      ['brand', null, expect.any(String)],
      ['design-lead', '2026-11-24T08:00:00.000Z', due],
      ['design-lead', '2026-11-25T08:00:00.000Z', due],
    ]);
    world.now = '2026-11-24T10:00:00+01:00';
    await look();
    expect(await world.step('longer', 'brand-ok', 'askedOf')).toEqual({ askedOf: ['design-lead'] });
    await world.does('design-lead', 'approve', 'longer', { step: 'brand-ok' });
  });

  it('is whoever the role was handed to, until it is taken back or the time is over', async () => {
    await waiting('handed');
    const until = '2026-11-24T09:00:00+01:00';
    await world.does('brand', 'delegate', 'handed', {
      role: 'brand',
      toRole: 'design-lead',
      reason: 'On leave.',
      until,
    });
    expect(await world.step('handed', 'brand-ok', 'askedOf')).toEqual({ askedOf: ['design-lead'] });
    expect(await log('handed', 'brand-ok')).toEqual([
      expect.objectContaining({ asked: 'brand' }),
      {
        asked: 'design-lead',
        rule: 'DELEGATED',
        because: 'brand was handed over by brand@example.com: On leave.',
      },
    ]);
    world.now = '2026-11-24T09:00:01+01:00';
    expect(
      (await world.act('design-lead', 'approve', 'handed', { step: 'brand-ok' })).refusals,
    ).toMatchObject([{ code: 'DELEGATION_ENDED', askRole: ['brand'] }]);
    await look();
    expect(await world.step('handed', 'brand-ok', 'askedOf')).toEqual({ askedOf: ['brand'] });
    await world.does('brand', 'delegate', 'handed', {
      role: 'brand',
      step: 'brand-ok',
      toRole: 'design-lead',
      reason: 'Again.',
    });
    await world.does('design-lead', 'approve', 'handed', { step: 'brand-ok' });
    const deputy = { role: 'legal', toPerson: 'deputy@example.com', reason: 'Only this one.' };
    await world.does('legal', 'delegate', 'handed', { ...deputy, step: 'legal-ok' });
    await world.does('legal', 'endDelegation', 'handed', { role: 'legal', step: 'legal-ok' });
    expect(await world.codes('deputy', 'approve', 'handed', { step: 'legal-ok' })).toEqual(['ROLE_MISSING']);
    expect(await world.step('handed', 'legal-ok', 'askedOf')).toEqual({ askedOf: ['legal'] });
    await world.does('steward', 'delegate', 'handed', { ...deputy, step: 'legal-ok' });
    await world.does('deputy', 'approve', 'handed', { step: 'legal-ok' });
    const found = await world.campaign(
      'handed',
      'approvals { role forRole actor } delegations { role step toRole toPerson by endedAt }',
    );
    expect(found).toMatchObject({
      approvals: [
        { role: 'design-lead', forRole: 'brand', actor: 'design-lead@example.com' },
        { role: 'legal', forRole: 'legal', actor: 'deputy@example.com' },
      ],
      delegations: [
        { role: 'brand', step: null, toRole: 'design-lead' },
        { role: 'brand', step: 'brand-ok', toRole: 'design-lead', endedAt: null },
        {
          role: 'legal',
          toPerson: 'deputy@example.com',
          by: 'legal@example.com',
          endedAt: expect.any(String) as string,
        },
        { role: 'legal', toPerson: 'deputy@example.com', by: 'steward@example.com', endedAt: null },
      ],
    });
  });

  it('is nobody whom the Team does not let stand in, and no role goes round in a circle', async () => {
    await waiting('circle');
    const hand = (who: 'brand' | 'writer' | 'design-lead' | 'steward', more: object) =>
      world.codes(who, 'delegate', 'circle', { reason: 'Away.', ...more });
    expect(await hand('brand', { role: 'brand', toRole: 'legal' })).toEqual(['DELEGATE_NOT_ALLOWED']);
    expect(await hand('brand', { role: 'brand', toPerson: 'medical@example.com' })).toEqual([
      'DELEGATE_NOT_ALLOWED',
    ]);
    expect(await hand('brand', { role: 'brand', toPerson: 'brand@example.com' })).toEqual([
      'DELEGATION_TO_SELF',
    ]);
    expect(await hand('brand', { role: 'brand', toRole: 'brand' })).toEqual(['DELEGATION_TO_SELF']);
    expect(await hand('brand', { role: 'brand', toRole: 'desgin-lead' })).toEqual(['UNKNOWN_ROLE']);
    expect(await hand('brand', { role: 'brand' })).toEqual(['INVALID_INPUT']);
    expect(
      await hand('brand', { role: 'brand', toRole: 'design-lead', until: '2026-11-22T00:00:00Z' }),
    ).toEqual(['INVALID_INPUT']);
    expect(await hand('brand', { role: 'brand', toRole: 'design-lead', reason: ' ' })).toEqual([
      'REASON_MISSING',
    ]);
    expect(await hand('brand', { role: 'brand', toRole: 'design-lead', step: 'brnd-ok' })).toEqual([
      'UNKNOWN_STEP',
    ]);
    expect(await hand('brand', { role: 'brand', toRole: 'design-lead', step: 'legal-ok' })).toEqual([
      'NOTHING_TO_DELEGATE',
    ]);
    expect(await hand('writer', { role: 'brand', toRole: 'design-lead' })).toEqual(['ROLE_MISSING']);
    expect(await hand('brand', { role: 'brand', toRole: 'design-lead' })).toEqual([]);
    // A stand-in hands nothing on.
    expect(await hand('design-lead', { role: 'brand', toRole: 'writer' })).toEqual(['DELEGATED_ON']);
    expect(await hand('steward', { role: 'design-lead', toRole: 'brand' })).toEqual(['NOTHING_TO_DELEGATE']);
  });

  it('accepts a hand-off, or sends it back until it is offered again; a late answer is known (R11, R12, R16, R88)', async () => {
    await world.create('passed');
    await world.brief('writer', 'passed', { claim: 'none', subjectLine: 'At last' });
    await world.finish('passed', 'brief');
    for (const who of ['legal', 'medical', 'brand'] as const)
      await world.does(who, 'approve', 'passed', { step: `${who}-ok` });
    const key = { handoff: 'claims-to-creative' };
    expect((await world.act('manager', 'acceptHandoff', 'passed', key)).refusals).toMatchObject([
      { code: 'HANDOFF_INCOMPLETE', missing: ["condition brief.claim != 'none'"], askRole: ['manager'] },
    ]);
    expect(await handoff('passed', 'mode meeting respondWithin askedOf dueAt status')).toEqual({
      ...{ mode: 'ASYNC', meeting: null, respondWithin: 'PT8H', askedOf: ['manager'], status: 'OPEN' },
      dueAt: '2026-11-23T16:00:00.000Z',
    });
    expect(await world.codes('legal', 'returnHandoff', 'passed', { ...key, reason: 'x' })).toEqual([
      'ROLE_MISSING',
    ]);
    expect(await world.codes('manager', 'returnHandoff', 'passed', { ...key, reason: ' ' })).toEqual([
      'REASON_MISSING',
    ]);
    await world.does('manager', 'returnHandoff', 'passed', { ...key, reason: 'There is no claim in it.' });
    expect(await world.codes('manager', 'returnHandoff', 'passed', { ...key, reason: 'Again.' })).toEqual([
      'HANDOFF_RETURNED',
    ]);
    expect(await handoff('passed', 'status returnedBecause routing { rule because }')).toEqual({
      ...{ status: 'RETURNED', returnedBecause: 'There is no claim in it.' },
      routing: [
        { rule: 'DEFAULT', because: "answers for what begins section 'creative'" },
        { rule: 'RETURNED', because: 'returned: There is no claim in it.' },
      ],
    });
    await world.brief('writer', 'passed', { claim: 'Works in a day.' });
    for (const who of ['legal', 'medical', 'brand'] as const)
      await world.does(who, 'approve', 'passed', { step: `${who}-ok` });
    expect(await world.codes('manager', 'acceptHandoff', 'passed', key)).toEqual(['HANDOFF_RETURNED']);
    await world.does('manager', 'offerHandoff', 'passed', key);
    await world.does('manager', 'offerHandoff', 'passed', key);
    world.now = '2026-11-24T10:00:00+01:00';
    await look();
    expect(await handoff('passed', 'askedOf routing { asked rule isLate }')).toMatchObject({
      askedOf: ['ops'],
      routing: [
        { rule: 'DEFAULT', isLate: false },
        { rule: 'RETURNED', isLate: false },
        // Meanwhile the brief was not approved, so that there was nothing to hand over.
        { rule: 'RETURNED', isLate: false },
        { asked: 'manager', rule: 'DEFAULT', isLate: true },
        { asked: 'ops', rule: 'ESCALATED', isLate: false },
      ],
    });
    await world.does('ops', 'acceptHandoff', 'passed', key);
    expect(await world.codes('manager', 'offerHandoff', 'passed', key)).toEqual(['HANDOFF_ACCEPTED']);
  });

  it('is asked by the timetable as well', async () => {
    await waiting('timetable');
    world.now = '2026-11-26T17:00:00+01:00';
    await world.world.replica.data.query(`SELECT graphile_worker.add_job('route-overdue', '{}'::json)`);
    await until(async () => (await log('timetable', 'brand-ok')).length === 2, 10_000);
  });
});
