import fc from 'fast-check';
import type { Decision } from '../../src/domain/campaign/actions.js';
import { actorOf } from '../../src/domain/campaign/actor.js';
import {
  briefChanges,
  type BriefVersion,
  hubOwned,
  updateBrief,
  withChanges,
} from '../../src/domain/campaign/brief.js';
import { addAsset } from '../../src/domain/campaign/assets.js';
import { launchMovedBy, planLaunch, toldInPast } from '../../src/domain/campaign/launch-plan.js';
import { checkpointsOf, type FormerLaunch, givenUp } from '../../src/domain/calendar/checkpoints.js';
import { wrongFields } from '../../src/domain/campaign/input.js';
import { spokesOf, standingsOf, whyNotPull } from '../../src/domain/campaign/spokes.js';
import type { Brief } from '../../src/domain/campaign/state.js';
import { Play, workflowAt, workflowOf } from '../support/play.js';
import { CONTENT_LAUNCH } from '../support/brief-world.js';

const workflow = workflowOf(CONTENT_LAUNCH);
const DAY = 86_400_000;
const day = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * DAY);

const brief = fc.dictionary(
  fc.constantFrom('offerCode', 'segments', 'tone', 'launchDate', 'subjectLine'),
  fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 3 })),
) as fc.Arbitrary<Brief>;

/** The brief after changes, each laid over what was there. */
const after = (before: Brief, changes: ReturnType<typeof briefChanges>): Brief =>
  Object.fromEntries(
    Object.entries({
      ...before,
      ...Object.fromEntries(changes.map(({ field, after: value }) => [field, value])),
    }).flatMap(([field, value]) => (value === null ? [] : [[field, value]])),
  );

describe('versions of a brief', () => {
  it('differ by what leads from one to the other, and by nothing where they are the same', () => {
    fc.assert(
      fc.property(brief, brief, (one, other) => {
        const changes = briefChanges(one, other);
        expect(after(one, changes)).toEqual({ ...other });
        expect(briefChanges(one, one)).toEqual([]);
        expect(changes.length === 0).toBe(briefChanges(other, one).length === 0);
      }),
    );
  });

  it('can be told again from what each changed', () => {
    fc.assert(
      fc.property(fc.array(brief, { maxLength: 8 }), (briefs) => {
        const versions = briefs.map((each, at): BriefVersion => ({
          ...{ number: at + 1, brief: each, actor: 'x', createdAt: day(at) },
        }));
        const told = withChanges(versions).reduce<Brief>((all, { changes }) => after(all, changes), {});
        expect(told).toEqual({ ...briefs.at(-1) });
      }),
    );
  });
});

describe('fields that the hub owns', () => {
  const launch = workflowAt('tests/fixtures/product-launch.yaml');
  const set = (field: string, ...roles: string[]) =>
    hubOwned(launch, actorOf('x', ['contributor', ...roles]), [{ field }])?.code ?? null;

  it('are denied to whoever has no role in the hub', () => {
    expect(set('offerCode', 'email-lead')).toBe('HUB_OWNED_FIELD');
    expect(set('offerCode', 'agency')).toBe('HUB_OWNED_FIELD');
    expect(set('subjectLine', 'email-lead')).toBeNull();
    expect(set('offerCode', 'campaign-manager')).toBeNull();
    expect(set('offerCode', 'marketing-ops-manager', 'email-lead')).toBeNull();
    expect(set('offerCode', 'product-manager')).toBe('HUB_OWNED_FIELD');
    expect(set('offerCode')).toBe('HUB_OWNED_FIELD');
    expect(set('offerCode', 'steward')).toBeNull();
  });

  it('cannot be got by any order of updates of a spoke', () => {
    const owned = ['valueProposition', 'offerCode', 'segments', 'launchDate'];
    const update = fc.dictionary(
      fc.constantFrom(...owned, 'subjectLine', 'note'),
      fc.option(fc.string({ maxLength: 5 })),
    );
    fc.assert(
      fc.property(fc.array(update, { maxLength: 6 }), (updates) => {
        const play = new Play(launch);
        play.brief['offerCode'] = 'SPRING25';
        for (const fields of updates)
          play.do((situation) => {
            const decision = updateBrief(
              ...([situation, actorOf('x', ['contributor', 'email-lead']), fields] as const),
              { version: 1, basedOn: null, versions: [] },
              () => null,
            );
            for (const change of decision.changes ?? [])
              if (change.type === 'brief') {
                for (const field of owned) expect(change.brief[field]).toEqual(play.brief[field]);
              }
            return decision;
          });
      }),
    );
  });
});

describe('spokes', () => {
  it('are lanes, and channels that are in none', () => {
    expect(spokesOf(workflow, ['email', 'fax', 'social'])).toMatchObject([
      { key: 'email', channels: ['email'], roles: ['email-lead', 'creative-lead', 'campaign-manager'] },
      { key: 'social', channels: ['social'] },
      { key: 'fax', channels: ['fax'], roles: [] },
    ]);
  });

  it('are pulled for by their own roles, the hub, and stewards', () => {
    const pull = (spoke: string, ...roles: string[]) =>
      whyNotPull(workflow, ['email', 'social'], spoke, actorOf('x', roles))?.code ?? null;
    expect(pull('email', 'viewer', 'email-lead')).toBeNull();
    expect(pull('email', 'viewer', 'social-lead')).toBe('ROLE_MISSING');
    expect(pull('email', 'email-lead')).toBe('ROLE_MISSING');
    expect(pull('email', 'contributor', 'campaign-manager')).toBeNull();
    expect(pull('email', 'steward')).toBeNull();
    expect(pull('emial', 'steward')).toBe('UNKNOWN_SPOKE');
  });

  it('have their channels to themselves, but for the hub and stewards', () => {
    const { situation } = new Play(workflow);
    const asset = (channel: string, key = 'teaser') => ({
      ...{ key, channel, text: 'x', offer: null, segments: [], links: [], theme: null },
      ...{ plannedAt: null, derivedFrom: null, flags: [] },
    });
    const words = { taxonomy: null, plannedLaunchAt: null, now: day(1) };
    const plans = { createdAt: day(0), plannedLaunchAt: day(30), formerLaunches: [] };
    const existing = [{ ...asset('email'), revision: 1, derivedRevision: null }];
    const told = (channel: string, ...roles: string[]) => {
      const actor = actorOf('x', ['contributor', ...roles]);
      const plan = { launchAt: null, channels: [{ channel, plannedAt: day(40) }] };
      const [added, planned] = [
        addAsset(situation, actor, asset(channel), existing, words),
        planLaunch(situation, actor, plan, plans, day(1)),
      ];
      return [added, planned].map(({ refusals }) => refusals[0]?.code ?? null);
    };
    expect(told('email', 'email-lead')).toEqual([null, null]);
    expect(told('email', 'social-lead')).toEqual(['ROLE_MISSING', 'ROLE_MISSING']);
    expect(told('email')).toEqual(['ROLE_MISSING', 'ROLE_MISSING']);
    expect(told('email', 'marketing-ops-manager')).toEqual([null, null]);
    expect(told('email', 'steward')).toEqual([null, null]);
    // Nor is an asset of another spoke taken over by giving it a channel of one's own.
    expect(told('social', 'social-lead')).toEqual(['ROLE_MISSING', null]);
    const { refusals } = addAsset(
      ...([situation, actorOf('x', ['contributor', 'social-lead']), asset('email')] as const),
      ...([existing, words] as const),
    );
    expect(refusals).toMatchObject([
      {
        message:
          "'x' does not work on 'email', and 'teaser' is published there: ask email-lead or creative-lead or campaign-manager",
        askRole: ['email-lead', 'creative-lead', 'campaign-manager'],
      },
    ]);
  });

  it('are out of date as long as, and only where, what they pulled last is not the present version', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.tuple(fc.constantFrom('email', 'social'), fc.integer({ min: 1, max: 6 })), {
          maxLength: 8,
        }),
        (current, given) => {
          const pulls = given
            .filter(([, version]) => version <= current)
            .map(([spoke, version], at) => ({
              ...{ spoke, version, actor: `a${at}`, firstAt: day(at), lastAt: day(at) },
            }));
          const versions = Array.from({ length: current }, (_, at) => ({
            ...{ number: at + 1, brief: { offerCode: `code ${at}` }, actor: 'x', createdAt: day(at) },
          }));
          for (const { key, isOutOfDate, changes } of standingsOf(spokesOf(workflow, []), pulls, versions)) {
            const own = pulls.filter(({ spoke }) => spoke === key).map(({ version }) => version);
            expect(isOutOfDate).toBe(own.length > 0 && Math.max(...own) < current);
            expect(changes.map(({ field }) => field)).toEqual(isOutOfDate ? ['offerCode'] : []);
          }
        },
      ),
    );
  });
});

describe('checkpoints', () => {
  const moved = (...moves: readonly (readonly [on: number, launch: number])[]) =>
    moves.reduce(
      (plans, [on, launch]) => {
        const former = givenUp(plans, day(on));
        const formerLaunches = former ? [...plans.formerLaunches, former] : plans.formerLaunches;
        return { ...plans, plannedLaunchAt: day(launch), formerLaunches };
      },
      { createdAt: day(0), plannedLaunchAt: day(30), formerLaunches: [] as readonly FormerLaunch[] },
    );
  const at = (plans: ReturnType<typeof moved>) =>
    checkpointsOf(workflow, plans).map((each) => ((each.at?.getTime() ?? 0) - day(0).getTime()) / DAY);

  it('move with the launch; those that had come stay (R51)', () => {
    expect(at(moved())).toEqual([16, 23, 29]);
    expect(at(moved([10, 60]))).toEqual([46, 53, 59]);
    expect(at(moved([25, 60]))).toEqual([16, 23, 59]);
    // Brought forward on day 25 to day 26: nothing of that plan had come but the eve, when it is put off again.
    expect(at(moved([25, 26.25], [25.5, 80]))).toEqual([16, 23, 25.25]);
    // A plan that puts a checkpoint before itself has not held it.
    expect(at(moved([5, 10], [6, 40]))).toEqual([26, 33, 39]);
  });

  it('never move once they have come, whatever is planned afterwards', () => {
    const move = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 120 }));
    fc.assert(
      fc.property(fc.array(move, { minLength: 1, maxLength: 8 }), (steps) => {
        let [now, moves] = [0, [] as (readonly [number, number])[]];
        let before = moved();
        for (const [later, launch] of steps) {
          now += later;
          const since = moves.at(-1)?.[0] ?? 0;
          const next = moved(...(moves = [...moves, [now, launch]]));
          const [old, young] = [at(before), at(next)];
          old.forEach((when, each) => {
            if (when > since && when <= now) expect(young[each]).toBe(when);
          });
          before = next;
        }
      }),
    );
  });

  it('have no date without a launch', () => {
    const plans = { createdAt: day(0), plannedLaunchAt: null, formerLaunches: [] };
    expect(checkpointsOf(workflow, plans).map((each) => each.at)).toEqual([null, null, null]);
    expect(givenUp(plans, day(1))).toBeNull();
  });
});

describe('a launch', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  const { situation } = new Play(workflow);
  const hub = actorOf('x', ['contributor', 'steward']);
  const plans = (plannedLaunchAt: string | null) => ({
    ...{ createdAt: day(0), formerLaunches: [] },
    plannedLaunchAt: plannedLaunchAt === null ? null : new Date(plannedLaunchAt),
  });
  const codes = ({ refusals }: Decision) => refusals.map(({ code }) => code);
  const plan = (launchAt: string | null, ...opens: string[]) =>
    codes(
      planLaunch(
        situation,
        hub,
        {
          launchAt: launchAt === null ? null : new Date(launchAt),
          channels: opens.map((time) => ({ channel: 'email', plannedAt: new Date(time) })),
        },
        plans('2026-12-21T09:00:00Z'),
        now,
      ),
    );
  const tell = (launchDate: string, before: string | null, zone = situation) =>
    codes(
      updateBrief(zone, hub, { launchDate }, { version: 1, basedOn: null, versions: [] }, (brief) =>
        launchMovedBy(zone, brief, plans(before), now),
      ),
    );

  it('is planned for a time that is to come; clocks may disagree by five minutes', () => {
    expect(plan('2026-11-23T11:55:00.000Z')).toEqual([]);
    expect(plan('2026-11-23T11:54:59.999Z')).toEqual(['LAUNCH_IN_PAST']);
    expect(plan(null, '2026-11-23T11:54:59.999Z')).toEqual(['LAUNCH_IN_PAST']);
    expect(plan(null, '2026-11-24T09:00:00Z')).toEqual([]);
    // What is planned for a time that has come since stays as it is.
    const late = { launchAt: new Date('2026-11-20T09:00:00Z'), channels: [] };
    expect(codes(planLaunch(situation, hub, late, plans('2026-11-20T09:00:00Z'), now))).toEqual([]);
  });

  it('is not opened by an asset that is planned for a time that is over; one whose time has come stays', () => {
    const ground = { taxonomy: null, plannedLaunchAt: null, now };
    const asset = (time: string, text = 'x') => ({
      ...{ key: 'mail', channel: 'email', text, offer: null, segments: [], links: [], theme: null },
      ...{ plannedAt: new Date(time), derivedFrom: null, flags: [] },
    });
    const add = (given: ReturnType<typeof asset>, ...known: ReturnType<typeof asset>[]) =>
      addAsset(
        ...([situation, hub, given] as const),
        ...([known.map((each) => ({ ...each, revision: 1, derivedRevision: null })), ground] as const),
      );
    const [over, earlier, soon] = ['2026-11-23T11:54:59Z', '2026-11-20T09:00:00Z', '2026-11-23T11:55:00Z'];
    expect(add(asset(over)).refusals).toMatchObject([
      {
        code: 'LAUNCH_IN_PAST',
        message: expect.stringMatching(/^asset 'mail' cannot be planned for /) as string,
      },
    ]);
    expect(codes(add(asset(earlier), asset(over)))).toEqual(['LAUNCH_IN_PAST']);
    expect(codes(add(asset(soon), asset(over)))).toEqual([]);
    expect(codes(add(asset(over, 'y'), asset(over)))).toEqual([]);
  });

  it('is told for a day that is not over, at a time of day that is to come', () => {
    expect(tell('2026-11-22', '2026-12-21T09:00:00Z')).toEqual(['LAUNCH_IN_PAST']);
    expect(tell('2026-11-23', '2026-12-21T09:00:00Z')).toEqual(['LAUNCH_IN_PAST']);
    expect(tell('2026-11-23', '2026-12-21T15:00:00Z')).toEqual([]);
    expect(tell('2026-11-23', null)).toEqual([]);
    expect(tell('2026-11-22', null)).toEqual(['LAUNCH_IN_PAST']);
    expect(tell('2026-11-23T11:00Z', '2026-11-23T16:00:00Z')).toEqual(['LAUNCH_IN_PAST']);
    // In Auckland the 24th has begun, on which it is still the 23rd in Honolulu.
    const at = (timezone: string, told: string) =>
      toldInPast({ launchDate: told }, timezone, now)?.code ?? null;
    expect(at('Pacific/Auckland', '2026-11-23')).toBe('LAUNCH_IN_PAST');
    expect(at('Pacific/Honolulu', '2026-11-23')).toBeNull();
  });

  it('moves to another moment, also of the same day, and not where its day is told', () => {
    const moved = (launchDate: string) =>
      launchMovedBy(situation, { launchDate }, plans('2026-12-21T09:00:00Z'), now);
    expect(moved('2026-12-21T15:00Z')).toMatchObject({ launchAt: new Date('2026-12-21T15:00:00Z') });
    expect(moved('2026-12-22')).toMatchObject({ launchAt: new Date('2026-12-22T09:00:00Z') });
    expect(moved('2026-12-21T10:00+01:00')).toBeNull();
    expect(moved('2026-12-21')).toBeNull();
  });

  it('is told as a day or a moment, and in no other way', () => {
    for (const told of [
      '2027-02-30',
      '05.03.2027',
      'March 5',
      '2027',
      '2027-W09',
      '2027-03-05T09:00+25:00',
      ' ',
    ])
      expect([told, tell(told, null), wrongFields({ launchDate: told })?.code]).toEqual([
        ...[told, ['INVALID_INPUT'], 'INVALID_INPUT'],
      ]);
    expect(wrongFields({ launchDate: 'March 5' })).toMatchObject({
      message:
        "'March 5' cannot be the launchDate: it takes a day such as 2027-03-05, or a moment such as 2027-03-05T09:00+01:00",
      missing: ['launchDate as YYYY-MM-DD or YYYY-MM-DDTHH:MM±HH:MM'],
    });
    for (const told of [
      '',
      '2028-02-29',
      '2027-03-05T09:00',
      '2027-03-05T09:00:30.5Z',
      '2027-03-05T09:00+14:00',
    ])
      expect([told, wrongFields({ launchDate: told })]).toEqual([told, null]);
    expect(wrongFields({ launchDate: null })).toBeNull();
    // What an older release let in keeps nobody from setting another field.
    const old = new Play(workflow);
    old.brief['launchDate'] = 'when it is warm';
    const base = { version: 1, basedOn: null, versions: [] };
    expect(codes(updateBrief(old.situation, hub, { tone: 'warm' }, base, () => null))).toEqual([]);
  });
});
