import type { Asset } from '../alignment/asset.js';
import type { Overlap } from '../alignment/audience.js';
import { briefAsText, type Coverage, coverageOf } from '../alignment/brief.js';
import { consistencyOf, type Text } from '../alignment/consistency.js';
import { type DriftEntry, driftOf, listOf, textOf } from '../alignment/drift.js';
import { BRIEF, type Remark, remarksOn } from '../alignment/remarks.js';
import { type Timing, timingOf } from '../alignment/timing.js';
import { type Tone, toneNamed } from '../alignment/tone.js';
import type { Brief, CampaignState } from '../campaign/state.js';
import { hoursOf } from '../duration.js';
import type { Offer } from '../workflow/document.js';
import { gatesOf, stepsOf } from '../workflow/steps.js';
import type { Workflow } from '../workflow/workflow.js';
import { type MetricInput, type MetricName, MEASURED_METRICS, METRICS } from './catalogue.js';

/** A campaign as far as metrics are computed from it. */
export interface Measurable {
  readonly workflow: Workflow;
  readonly brief: Brief;
  readonly assets: readonly Asset[];
  readonly channels: ReadonlyMap<
    string,
    { readonly plannedAt: Date | null; readonly launchedAt: Date | null }
  >;
  readonly overlaps: readonly ChannelOverlap[];
  readonly offers: readonly Offer[];
  readonly state: CampaignState;
  /** Hand-offs that were accepted and had a time to be. */
  readonly responses: readonly Response[];
  readonly createdAt: Date;
  /** Of the Policy: days begin there. */
  readonly timezone: string;
  readonly now: Date;
  /** Evidence of drift when it was last measured: what still differs has done so since then. */
  readonly driftBefore: readonly Evidence[];
}

/** How long a hand-off waited to be accepted, in working hours of who receives it. */
export interface Response {
  readonly handoff: string;
  readonly workingHours: number;
  readonly withinHours: number;
}

/** How far the audiences of two channels are the same people. */
export interface ChannelOverlap extends Overlap {
  readonly a: string;
  readonly b: string;
  readonly shared: number;
  /** Standard error of the Jaccard index; null where it was counted. */
  readonly jaccardError: number | null;
}

/** Why a value is what it is. */
export type Evidence =
  | ({ readonly type: 'contradiction' } & Remark)
  | ({ readonly type: 'drift'; /** ISO 8601. */ readonly since: string } & DriftEntry)
  | {
      readonly type: 'tone';
      readonly asset: string;
      readonly tone: Exclude<Tone, null>;
      readonly wanted: string;
    }
  | ({ readonly type: 'coverage' } & Coverage)
  | ({ readonly type: 'opening' } & Timing['channels'][number])
  | ({ readonly type: 'response' } & Response)
  | ({ readonly type: 'overlap' } & ChannelOverlap);

export interface Measurement {
  readonly metric: MetricName;
  /** In the unit of the metric; null where something is missing. */
  readonly value: number | null;
  /** Figures beside the value, by name. */
  readonly parts: Readonly<Record<string, number>>;
  readonly evidence: readonly Evidence[];
  /** What it lacks, or what could not be compared. */
  readonly notes: readonly string[];
}

/** Nobody reads more; the value counts all. */
const MOST_EVIDENCE = 1_000;

/** Measures what depends on any of the inputs. */
export function measure(campaign: Measurable, changed: ReadonlySet<MetricInput>): Measurement[] {
  const wanted = new Set(
    MEASURED_METRICS.filter((name) => METRICS[name].inputs.some((input) => changed.has(input))),
  );
  const compared = ['message-consistency', 'brief-drift', 'tone-consistency'].some((name) =>
    wanted.has(name as MetricName),
  )
    ? compare(campaign)
    : null;
  return [...wanted].map((metric): Measurement => {
    const found = measureOne(metric, campaign, compared);
    const value = found.value;
    const evidence = found.evidence.slice(0, MOST_EVIDENCE);
    const notes =
      value === null && found.notes.length === 0 ? [noteOfNeeds(METRICS[metric].needs)] : found.notes;
    return { metric, ...found, evidence, notes };
  });
}

/** That something is missing which a metric needs, in words without marks of Markdown. */
export const noteOfNeeds = (needs: string): string => `needs ${needs.replaceAll('`', "'")}`;

type Found = Omit<Measurement, 'metric'>;
const found = (value: number | null, rest: Partial<Found> = {}): Found => ({
  ...{ parts: {}, evidence: [], notes: [] },
  ...rest,
  value,
});

function measureOne(metric: MetricName, campaign: Measurable, compared: Compared | null): Found {
  const { brief, assets, channels, state, createdAt } = campaign;
  switch (metric) {
    case 'message-consistency':
      return compared ? consistency(compared) : found(null);
    case 'brief-drift':
      return compared ? drift(campaign, compared) : found(null);
    case 'tone-consistency':
      return compared ? tone(campaign, compared) : found(null);
    case 'keyword-coverage':
      return coverage(coverageOf(texts(assets), listOf(brief['keywords']), 'keyword'));
    case 'key-message-coverage':
      return coverage(coverageOf(texts(assets), listOf(brief['keyMessages']), 'key-message'));
    case 'timing-spread':
      return timing(campaign);
    case 'audience-overlap':
      return overlap(campaign.overlaps);
    case 'time-to-launch': {
      const launchedAt = firstLaunch(channels)?.launchedAt ?? null;
      return found(launchedAt && hoursBetween(createdAt, launchedAt));
    }
    case 'launch-delay': {
      const first = firstLaunch(channels);
      return found(
        first?.plannedAt && first.launchedAt ? hoursBetween(first.plannedAt, first.launchedAt) : null,
      );
    }
    case 'rework-rounds':
      return found(Math.max(0, ...[...state.steps.values()].map(({ round }) => round)));
    case 'gates-failed':
      return found([...state.gates.values()].filter((status) => status === 'failed').length);
    case 'late-handoffs': {
      const { responses } = campaign;
      const late = responses.filter(({ workingHours, withinHours }) => workingHours > withinHours);
      if (responses.length === 0) return found(null);
      return found(late.length, { evidence: late.map((each) => ({ type: 'response', ...each })) });
    }
    case 'duration':
    case 'roi':
    case 'incidents':
    case 'satisfaction':
    case 'campaigns-created':
    case 'campaigns-launched':
    case 'campaigns-ended':
      return found(null);
  }
}

interface Compared {
  readonly result: ReturnType<typeof consistencyOf>;
  readonly hasBrief: boolean;
}

function compare({ brief, assets, channels, offers, timezone }: Measurable): Compared {
  const told = briefAsText({ ...brief, ...offerOf(brief, offers) });
  const hasBrief = told.text !== '';
  const products = [brief['product'], brief['products']].flatMap((value) => listOf(value));
  const result = consistencyOf([...(hasBrief ? [told] : []), ...texts(assets, channels)], {
    timezone,
    products,
  });
  return { result, hasBrief };
}

/** What the Taxonomy says of the offer that the brief names. */
function offerOf(brief: Brief, offers: readonly Offer[]): Brief {
  const code = textOf(brief['offerCode'])?.toLowerCase();
  const offer = offers.find(({ key }) => key.toLowerCase() === code);
  return {
    ...(offer?.percent == null ? {} : { discount: `${offer.percent} %` }),
    ...(offer?.validTo == null ? {} : { 'valid until': offer.validTo }),
  };
}

const texts = (assets: readonly Asset[], channels?: Measurable['channels']): Text[] =>
  assets.map(({ key, channel, text, plannedAt }) => {
    const opening = channels?.get(channel);
    return {
      ...{ id: key, channel, text },
      publishedAt: plannedAt ?? opening?.launchedAt ?? opening?.plannedAt ?? null,
    };
  });

function consistency({ result }: Compared): Found {
  const { score, contradictionCount, comparedPairs, notes, facts } = result;
  return found(score, {
    parts: {
      contradictions: contradictionCount,
      comparedPairs,
      facts: facts.length,
    },
    evidence: remarksOn(result).map((remark) => ({ type: 'contradiction', ...remark })),
    notes,
  });
}

function drift(campaign: Measurable, { result, hasBrief }: Compared): Found {
  if (!hasBrief || campaign.assets.length === 0) return found(null);
  const before = new Map(
    campaign.driftBefore.flatMap((entry) => (entry.type === 'drift' ? [[placeOf(entry), entry.since]] : [])),
  );
  const entries = driftOf({ ...campaign, contradictions: result.contradictions });
  const now = campaign.now.toISOString();
  return found(entries.length, {
    evidence: entries.map((entry) => ({ type: 'drift', since: before.get(placeOf(entry)) ?? now, ...entry })),
  });
}

const placeOf = ({ field, asset, channel }: DriftEntry): string => JSON.stringify([field, asset, channel]);

function tone({ brief }: Measurable, { result }: Compared): Found {
  const named = textOf(brief['tone']);
  const wanted = named === null ? null : toneNamed(named);
  const tones = result.tones.filter(({ id, tone: own }) => own !== null && id !== BRIEF);
  if (named === null || tones.length === 0) return found(null);
  if (wanted === null)
    return found(null, { notes: [`could not tell whether the brief's tone '${named}' is formal or casual`] });
  const others = tones.filter(({ tone: own }) => own !== wanted);
  return found(1 - others.length / tones.length, {
    parts: { assets: tones.length },
    evidence: others.flatMap(({ id, tone: own }) =>
      own === null ? [] : [{ type: 'tone', asset: id, tone: own, wanted: named }],
    ),
  });
}

function coverage(all: readonly Coverage[]): Found {
  const told = all.flatMap(({ id, covered, missing }) =>
    covered.length + missing.length === 0
      ? []
      : [{ id, share: covered.length / (covered.length + missing.length) }],
  );
  const evidence = all
    .filter(({ missing, unknown }) => missing.length + unknown.length > 0)
    .map((each) => ({ type: 'coverage', ...each }) as const);
  if (told.length === 0) return found(null, { evidence });
  const shares = told.map(({ share }) => share);
  return found(Math.min(...shares), {
    parts: { mean: shares.reduce((sum, share) => sum + share, 0) / shares.length, assets: told.length },
    evidence,
  });
}

/** Without a gate that says it, how close together channels are to open. */
const WINDOW = 'PT2H';

/** The bound that a gate of the workflow sets for a metric; the first that does. */
export const limitOf = (workflow: Workflow, metric: MetricName): number | string | null =>
  gatesOf(workflow)
    .flatMap(({ checks }) => checks)
    .find((check) => check.metric === metric)?.limit ?? null;

export const windowHours = (workflow: Workflow): number =>
  hoursOf(String(limitOf(workflow, 'timing-spread') ?? WINDOW));

function timing({ workflow, channels }: Measurable): Found {
  const launching = new Set(
    stepsOf(workflow).flatMap(({ kind, channel }) =>
      kind === 'launch' && channel !== null ? [channel] : [],
    ),
  );
  const openings = [...channels]
    .filter(([channel]) => launching.has(channel))
    .map(([channel, { plannedAt, launchedAt }]) => ({ channel, plannedAt, launchedAt }));
  const { spreadHours, variance, standardDeviationHours, inWindowShare, ...rest } = timingOf(
    openings,
    windowHours(workflow),
  );
  const parts =
    spreadHours === null || variance === null || standardDeviationHours === null || inWindowShare === null
      ? {}
      : { inWindowShare, windowHours: windowHours(workflow), variance, standardDeviationHours };
  return found(spreadHours, {
    parts,
    evidence: rest.channels.map((each) => ({ type: 'opening', ...each })),
    notes: rest.missing.map((channel) => `no time for ${channel}`),
  });
}

function overlap(overlaps: readonly ChannelOverlap[]): Found {
  const [first, ...others] = overlaps;
  if (!first) return found(null);
  const lowest = others.reduce((least, each) => (each.overlap < least.overlap ? each : least), first);
  return found(lowest.overlap, {
    parts: { jaccard: lowest.jaccard, pairs: overlaps.length },
    evidence: overlaps.map((each) => ({ type: 'overlap', ...each })),
  });
}

const firstLaunch = (channels: Measurable['channels']) =>
  [...channels.values()]
    .filter(({ launchedAt }) => launchedAt !== null)
    .sort((one, other) => (one.launchedAt?.getTime() ?? 0) - (other.launchedAt?.getTime() ?? 0))[0];

const hoursBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 3_600_000;

const hours = (value: number): string => `${Math.round(value * 10) / 10} h`;
const percent = (value: number): string => `${Math.round(value * 1000) / 10} %`;

/** What evidence says, in a sentence. */
export function messageOf(evidence: Evidence): string {
  switch (evidence.type) {
    case 'contradiction':
      return evidence.message;
    case 'drift': {
      const { field, briefValue, asset, channel, value } = evidence;
      const who = asset === null ? `the plan of channel '${channel}'` : `'${asset}'`;
      return `${field}: the brief says ${briefValue}, ${who} says ${value}`;
    }
    case 'tone':
      return `tone: the brief asks for ${evidence.wanted}, and '${evidence.asset}' is ${evidence.tone}`;
    case 'coverage': {
      const { id, covered, missing, unknown } = evidence;
      const lacks = missing.length > 0 ? `; missing: ${missing.join('; ')}` : '';
      const other = unknown.length > 0 ? `; in another language: ${unknown.join('; ')}` : '';
      return `'${id}' says ${covered.length} of ${covered.length + missing.length + unknown.length}${lacks}${other}`;
    }
    case 'opening': {
      const { channel, at, isActual, delayHours } = evidence;
      if (at === null) return `${channel} has no time`;
      const late =
        delayHours === null || delayHours === 0
          ? 'as planned'
          : `${hours(Math.abs(delayHours))} ${delayHours > 0 ? 'late' : 'early'}`;
      if (isActual) return `${channel} opened ${late}`;
      return `${channel} is planned for ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    }
    case 'response':
      return `hand-off '${evidence.handoff}' was accepted after ${hours(evidence.workingHours)} of work; it had ${hours(evidence.withinHours)}`;
    case 'overlap': {
      const { a, b, shared, overlap, jaccardError } = evidence;
      const about = jaccardError === null ? '' : 'about ';
      return `${a} and ${b} share ${about}${shared} people, ${percent(overlap)} of the smaller audience`;
    }
  }
}
