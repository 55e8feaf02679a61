import { delegationsAfter } from '../domain/campaign/approvals/people.js';
import type { FlaggedAsset } from '../domain/alignment/asset.js';
import { overlapOf } from '../domain/alignment/audience.js';
import type { Turn } from '../domain/alignment/convergence.js';
import { type Change, channelsAfter, stateAfter } from '../domain/campaign/state.js';
import { agrees, dimensionsOf } from '../domain/metrics/agreement.js';
import type { Measurements } from '../domain/campaign/convergence.js';
import { isMetric, METRIC_INPUTS, type MetricInput, METRICS } from '../domain/metrics/catalogue.js';
import { type ChannelOverlap, measure, type Response } from '../domain/metrics/measure.js';
import { WorkingCalendar } from '../domain/calendar/working-calendar.js';
import { DEFAULT_POLICY } from '../domain/workflow/document.js';
import { gatesOf, placedSteps } from '../domain/workflow/steps.js';
import type { AudienceOverlap, LoadedCampaign, Stores } from './ports.js';
import { situationOf } from './situation.js';

/** A campaign after some changes, as loading it again would give it. */
export function campaignAfter(
  campaign: LoadedCampaign,
  changes: readonly Change[],
  now: Date,
  by = '',
): LoadedCampaign {
  return changes.reduce<LoadedCampaign>(
    (before, change) => ({
      ...before,
      ...(change.type === 'brief' && { brief: change.brief, briefVersion: before.briefVersion + 1 }),
      ...(change.type === 'plan' && { plannedLaunchAt: change.launchAt }),
      ...(change.type === 'assessment' && { risk: change.risk, flags: change.flags }),
      ...(change.type === 'asset' && { assetFlags: flagsAfter(before.assetFlags, change.asset) }),
      ...(change.type === 'deviation' &&
        change.kind === 'rule' && { waived: [...before.waived, change.key] }),
      delegations: delegationsAfter(before.delegations, change, { by, now }),
      ...(change.type === 'campaign' && { status: change.status }),
      state: stateAfter(before.state, change),
      channels: channelsAfter(before.channels, change, now),
    }),
    campaign,
  );
}

const flagsAfter = (
  known: LoadedCampaign['assetFlags'],
  { key, channel, flags }: FlaggedAsset,
): LoadedCampaign['assetFlags'] => [...known.filter((each) => each.key !== key), { key, channel, flags }];

/** What metrics rest on that these changes touch. */
export const inputsOf = (changes: readonly Change[]): ReadonlySet<MetricInput> =>
  new Set(
    changes.flatMap((change): MetricInput[] => {
      if (change.type === 'step') return ['steps'];
      if (change.type === 'gate') return ['gates'];
      if (change.type === 'plan') return change.channels.length > 0 ? ['channels'] : [];
      if (change.type === 'channel' || change.type === 'pause' || change.type === 'resume')
        return ['channels'];
      if (change.type === 'handoff') return ['handoffs'];
      if (change.type === 'invalidation' && change.kind === 'handoff') return ['handoffs'];
      if (change.type === 'brief') return ['brief'];
      // Another version asks for other things of everything.
      if (change.type === 'pins') return [...METRIC_INPUTS];
      return change.type === 'asset' ? ['assets'] : [];
    }),
  );

/** Measures again what depends on the inputs that have changed, and notes which dimensions began or ceased to agree. */
export async function measureCampaign(
  stores: Stores,
  campaign: LoadedCampaign,
  changed: ReadonlySet<MetricInput>,
  now: Date,
): Promise<void> {
  if (changed.size === 0) return;
  const { metrics } = stores;
  const reads = (...inputs: MetricInput[]) => inputs.some((input) => changed.has(input));
  const assets = reads('assets', 'brief', 'channels', 'audiences') ? await metrics.assets(campaign.id) : [];
  const overlaps = reads('audiences') ? (await metrics.overlaps(campaign.id)).flatMap(channelOverlap) : [];
  const measurements = measure(
    {
      ...campaign,
      workflow: campaign.version.meaning,
      offers: campaign.taxonomy?.meaning.offers ?? [],
      timezone: (campaign.policy?.meaning ?? DEFAULT_POLICY).timezone,
      assets,
      overlaps,
      responses: reads('handoffs') ? await responsesOf(stores, campaign) : [],
      now,
      driftBefore: reads('assets', 'brief', 'channels')
        ? await metrics.evidence(campaign.id, 'brief-drift')
        : [],
    },
    changed,
  );
  await metrics.save(campaign.id, measurements, now);
  const dimensions = dimensionsOf(changed);
  if (dimensions.length === 0) return;
  const values = new Map([
    ...campaign.measured,
    ...measurements.map(({ metric, value }) => [metric, value] as const),
  ]);
  const situation = situationOf(campaign);
  const news = dimensions.flatMap((dimension): Turn[] => {
    const before = campaign.agreed.get(dimension) ?? false;
    const after = agrees(dimension, situation, assets, values);
    return before === after ? [] : [{ at: now, dimension, agrees: after }];
  });
  if (news.length > 0) await metrics.addTurns(campaign.id, news);
}

async function responsesOf({ metrics }: Stores, campaign: LoadedCampaign): Promise<Response[]> {
  const { meaning } = campaign.version;
  const times = await metrics.times(campaign.id);
  const situation = situationOf(campaign);
  return meaning.handoffs.flatMap(({ key, from, respondWithin }): Response[] => {
    const acceptedAt = times.handoffs.get(key);
    const ends = placedSteps(meaning).flatMap(({ step, section }) => {
      const end = section === from ? times.steps.get(step.key) : undefined;
      return end === undefined ? [] : [end.getTime()];
    });
    if (respondWithin === null || acceptedAt === undefined || ends.length === 0) return [];
    const reopened = times.reopenings.get(key)?.getTime() ?? 0;
    const opened = new Date(Math.max(...ends, reopened));
    const [receiver] = situation.receiversOf(key);
    const role = campaign.roles.find((each) => each.key === receiver);
    const calendar = new WorkingCalendar(opened, role ?? ROUND_THE_CLOCK);
    const elapsedHours = Math.max(0, (acceptedAt.getTime() - opened.getTime()) / 3_600_000);
    return [
      {
        handoff: key,
        workingHours: calendar.worked(elapsedHours),
        withinHours: calendar.hoursOf(respondWithin),
      },
    ];
  });
}
const ROUND_THE_CLOCK = { timezone: null, workingDays: [], workingHours: null, holidays: [] };

function channelOverlap({ one, other, shared, jaccardError }: AudienceOverlap): ChannelOverlap[] {
  const overlap = overlapOf({ one: one.size, other: other.size, both: shared });
  return overlap ? [{ a: one.channel, b: other.channel, shared, jaccardError, ...overlap }] : [];
}

/** What a gate's checks are held against: each in the form of its limit. */
export async function measurementsFor(
  stores: Stores,
  campaign: LoadedCampaign,
  gate: string,
  now: Date,
): Promise<Measurements> {
  const checked = gatesOf(campaign.version.meaning).find(({ key }) => key === gate)?.checks ?? [];
  const names = checked.flatMap(({ metric }) => (isMetric(metric) ? [metric] : []));
  let values = await stores.metrics.values(campaign.id);
  const unknown = names.filter((name) => !values.has(name));
  if (unknown.length > 0) {
    // A campaign from before metrics were kept.
    await measureCampaign(stores, campaign, new Set(unknown.flatMap((name) => METRICS[name].inputs)), now);
    values = await stores.metrics.values(campaign.id);
  }
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = values.get(name) ?? null;
      if (value === null) return [];
      return [[name, METRICS[name].unit === 'hours' ? durationOf(value) : value]];
    }),
  );
}

const durationOf = (hours: number): string => `PT${Math.round(hours * 60)}M`;
