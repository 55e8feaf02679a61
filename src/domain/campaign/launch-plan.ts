import { DateTime } from 'luxon';
import { givenUp, type LaunchPlans } from '../calendar/checkpoints.js';
import { textOf } from '../alignment/drift.js';
import { CLOCKS_DISAGREE_MINUTES } from '../triggers/reading.js';
import type { Workflow } from '../workflow/workflow.js';
import { accept, type Decision, notRunning, refuse } from './actions.js';
import { type Actor, lacking } from './actor.js';
import { afterBrief } from './approvals/invalidate.js';
import { hubOwned, hubsOf } from './brief.js';
import { isDay, LAUNCH_DATE } from './input.js';
import { didYouMean, type Refusal, refusal } from './refusal.js';
import type { Situation } from './situation.js';
import { notTheirChannel } from './spokes.js';
import type { Brief, Change } from './state.js';

export interface LaunchPlan {
  /** When the campaign is to launch; null leaves that as it is. */
  readonly launchAt: Date | null;
  /** When single channels open; null is with the campaign. */
  readonly channels: readonly { readonly channel: string; readonly plannedAt: Date | null }[];
}

/**
 * Plans the launch and the opening of single channels. Channels that were to open with the campaign move with it, others stay; the
 * brief's launch date follows, also where the launch stays, so that spokes that pulled the one before are out of date (R50, R51).
 */
export function planLaunch(
  situation: Situation,
  actor: Actor,
  { launchAt, channels }: LaunchPlan,
  known: LaunchPlans,
  now: Date,
): Decision {
  const refused =
    lacking(actor, 'contributor') ??
    notRunning(situation) ??
    wrongChannels(situation, channels) ??
    notTheirs(situation, actor, channels);
  if (refused) return refuse(refused);
  const isMoved = launchAt !== null && launchAt.getTime() !== known.plannedLaunchAt?.getTime();
  const denied =
    launchAt &&
    (hubOwned(situation.workflow, actor, [{ field: LAUNCH_DATE }]) ??
      (isMoved ? hasLaunched(situation) : null));
  if (denied) return refuse(denied);
  const opened = channels.filter(
    ({ channel, plannedAt }) =>
      situation.campaign.channels.get(channel)?.plannedAt?.getTime() !== plannedAt?.getTime(),
  );
  const over = inPast([...(isMoved ? [{ channel: null, plannedAt: launchAt }] : []), ...opened], now);
  if (over) return refuse(over);
  const plannedLaunchAt = launchAt ?? known.plannedLaunchAt;
  const named = channels.map(({ channel, plannedAt }) => ({
    channel,
    plannedAt: plannedAt ?? plannedLaunchAt,
  }));
  const followers = isMoved ? following(situation, channels, known.plannedLaunchAt, launchAt) : [];
  const others = [...followers, ...named].filter(
    ({ channel, plannedAt }) =>
      situation.campaign.channels.get(channel)?.plannedAt?.getTime() !== plannedAt?.getTime(),
  );
  const plan: Change = {
    ...{ type: 'plan', launchAt: plannedLaunchAt, channels: others },
    former: isMoved ? givenUp(known, now) : null,
  };
  const { campaign, policy } = situation;
  const told = launchAt && launchDateTold(campaign.brief, launchAt, policy.timezone);
  return accept(
    ...(isMoved || others.length > 0 ? [plan] : []),
    ...(told ? [{ type: 'brief', brief: told } as const, ...afterBrief(situation, told)] : []),
  );
}

/** The brief of a new campaign: where a hub owns the launch date and nobody gives it, it is the day of the planned launch. */
export function briefOfNew(
  workflow: Workflow,
  { brief, plannedLaunchAt }: { readonly brief: Brief; readonly plannedLaunchAt: Date | null },
  zone: string,
): Brief {
  const isGiven = textOf(brief[LAUNCH_DATE]) !== null;
  if (plannedLaunchAt === null || isGiven || !hubsOf(workflow).some(({ owns }) => owns.includes(LAUNCH_DATE)))
    return brief;
  return launchDateTold(brief, plannedLaunchAt, zone) ?? brief;
}

/**
 * Why something cannot be planned for these times: the first that is over (R51), by more than clocks may disagree. A channel of null is the
 * campaign; of an asset, what is planned is when readers see it.
 */
export function inPast(
  plans: readonly {
    readonly channel: string | null;
    readonly asset?: string;
    readonly plannedAt: Date | null;
  }[],
  now: Date,
): Refusal | null {
  const earliest = now.getTime() - CLOCKS_DISAGREE_MINUTES * 60_000;
  const over = plans.find(({ plannedAt }) => plannedAt !== null && plannedAt.getTime() < earliest);
  if (!over?.plannedAt) return null;
  const opening = over.channel === null ? 'the launch' : `the opening of '${over.channel}'`;
  const what = over.asset === undefined ? opening : `asset '${over.asset}'`;
  const message = `${what} cannot be planned for ${over.plannedAt.toISOString()}, which is over: it is ${now.toISOString()}`;
  return refusal('LAUNCH_IN_PAST', message, { missing: ['a time that is to come'] });
}

/** The same of the launch date that a brief names; a day is over when it has ended, by the clock of the Policy. */
export function toldInPast(brief: Brief, zone: string, now: Date): Refusal | null {
  const told = textOf(brief[LAUNCH_DATE]) ?? '';
  const date = DateTime.fromISO(told, { zone });
  if (!date.isValid) return null;
  return inPast([{ channel: null, plannedAt: (isDay(told) ? date.endOf('day') : date).toJSDate() }], now);
}

/**
 * The planned launch where a brief names another day: at the same time of day, by the clock of the Policy; or another moment. Null where
 * it names none, or the same, or something has been launched; a refusal where that is over. The channels' plans stay: they are the spokes', and drift
 * tells who has not followed.
 */
export function launchMovedBy(
  situation: Situation,
  brief: Brief,
  known: LaunchPlans,
  now: Date,
): Change | Refusal | null {
  const told = textOf(brief[LAUNCH_DATE]);
  if (told === null || told === textOf(situation.campaign.brief[LAUNCH_DATE]) || hasLaunched(situation))
    return null;
  const { timezone: zone } = situation.policy;
  const date = DateTime.fromISO(told, { zone });
  const before = known.plannedLaunchAt && DateTime.fromJSDate(known.plannedLaunchAt, { zone });
  const at =
    isDay(told) && before
      ? date.set({ hour: before.hour, minute: before.minute, second: before.second })
      : date;
  const isSame = isDay(told) ? at.toISODate() === before?.toISODate() : at.toMillis() === before?.toMillis();
  if (!at.isValid || isSame) return null;
  const launchAt = at.toJSDate();
  const over = before ? inPast([{ channel: null, plannedAt: launchAt }], now) : toldInPast(brief, zone, now);
  return over ?? { type: 'plan', launchAt, former: givenUp(known, now), channels: [] };
}

function notTheirs({ workflow }: Situation, actor: Actor, channels: LaunchPlan['channels']): Refusal | null {
  const denied = channels.flatMap(
    ({ channel }) => notTheirChannel(workflow, channel, actor, 'its team plans when it opens') ?? [],
  );
  return denied[0] ?? null;
}

function following(
  { campaign }: Situation,
  named: LaunchPlan['channels'],
  before: Date | null,
  launchAt: Date,
): { channel: string; plannedAt: Date }[] {
  return [...campaign.channels].flatMap(([channel, { plannedAt, launchedAt }]) => {
    const isWithCampaign = launchedAt === null && plannedAt?.getTime() === before?.getTime();
    const isNamed = named.some((each) => each.channel === channel);
    return isWithCampaign && !isNamed ? [{ channel, plannedAt: launchAt }] : [];
  });
}

/** The brief with the day of the launch; null where it says so already, or names the moment. */
function launchDateTold(brief: Brief, launchAt: Date, zone: string): Brief | null {
  const day = DateTime.fromJSDate(launchAt, { zone }).toISODate();
  const told = textOf(brief[LAUNCH_DATE]) ?? '';
  const isTold = told === day || DateTime.fromISO(told, { zone }).toMillis() === launchAt.getTime();
  return day === null || isTold ? null : { ...brief, [LAUNCH_DATE]: day };
}

function hasLaunched({ campaign: { facts, channels } }: Situation): Refusal | null {
  const live = [...channels].filter(([, { launchedAt }]) => launchedAt !== null).map(([channel]) => channel);
  if (live.length === 0) return null;
  const message = `campaign '${facts.key}' has launched on ${live.join(', ')}: its launch cannot be moved any more`;
  return refusal('ALREADY_LAUNCHED', message);
}

function wrongChannels({ campaign }: Situation, given: LaunchPlan['channels']): Refusal | null {
  const known = [...campaign.channels.keys()];
  for (const [at, { channel }] of given.entries()) {
    if (!known.includes(channel))
      return refusal(
        'UNKNOWN_CHANNEL',
        `the campaign has no channel '${channel}'${didYouMean(channel, known)}`,
      );
    if (given.findIndex((each) => each.channel === channel) !== at)
      return refusal('INVALID_INPUT', `the plan of '${channel}' is given twice`);
    if (campaign.channels.get(channel)?.launchedAt != null)
      return refusal('ALREADY_LAUNCHED', `'${channel}' has been launched: it cannot be planned any more`);
  }
  return null;
}
