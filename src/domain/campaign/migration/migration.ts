import { type StepStatus } from '../progress.js';
import type { CampaignInput, Situation } from '../situation.js';
import type { ChannelState, CampaignState, Renamed } from '../state.js';
import { slipsOf } from './controls.js';
import { findDeadEnd } from './ending.js';
import { carryOver, type Names, namesBetween } from './names.js';
import { remainingOf } from './remaining.js';
import type { Version } from './version.js';
import { type Move, workProblems } from './work.js';

/**
 * What another version means for a campaign:
 * - `unaffected`: nothing that can still happen to it differs;
 * - `movable`: it can go on under the other version, and reach its end whatever happens;
 * - `stuck`: it could come to wait for ever, work would be lost or done again, or something has slipped past a control.
 */
export const MIGRATION_EFFECTS = ['unaffected', 'movable', 'stuck'] as const;
export type MigrationEffect = (typeof MIGRATION_EFFECTS)[number];

/** Where one step goes. */
export interface StepMapping {
  /** Key in the version that the campaign is pinned to; null where the step is new. */
  readonly from: string | null;
  /** Key in the other version; null where the step is gone, and what was done of it is kept as history. */
  readonly to: string | null;
  /** How it would stand afterwards; for a step that is gone, how it stood. */
  readonly status: StepStatus;
  /** In words, where there is more to say than that it stays as it is; else empty. */
  readonly detail: string;
}

/** What a change means for one running campaign. */
export interface CampaignImpact {
  /** Key of the campaign. */
  readonly campaign: string;
  readonly effect: MigrationEffect;
  /** As a sentence: why. */
  readonly detail: string;
  /** Every step that is renamed, gone or new; absent where the campaign is unaffected. */
  readonly mapping?: readonly StepMapping[];
  /** What is done, what could be done, and what then waits for ever or which rule is broken; only where it is stuck. */
  readonly trace?: readonly string[];
}

/** Whether and how a campaign can go on under another version. */
export interface Assessment {
  readonly effect: MigrationEffect;
  readonly detail: string;
  /** Every step of both versions, in the order of the newer one, what is gone last. */
  readonly mapping: readonly StepMapping[];
  /** Empty unless it is stuck. */
  readonly trace: readonly string[];
  /** Records that stand under another key afterwards; all others stay. */
  readonly renamed: readonly Renamed[];
  /** The campaign's channels afterwards. */
  readonly channels: readonly string[];
  /** What is recorded, under the keys of the other version. */
  readonly state: CampaignState;
}

/** Moves of campaigns from one version to another. */
export class Migration {
  readonly #names: Names;

  constructor(
    readonly from: Version,
    readonly to: Version,
  ) {
    this.#names = namesBetween(from.workflow, to.workflow);
  }

  assess(campaign: CampaignInput, state: CampaignState): Assessment {
    const names = this.#names;
    const carried = carryOver(state, names);
    const before = this.from.situation(campaign, state);
    const after = this.to.situation(withChannels(campaign, this.to), carried.state);
    const move: Move = { from: this.from, to: this.to, names, carried, before, after };
    const mapping = mappingOf(move);
    const channels = [...after.campaign.channels.keys()];
    const shared = { mapping, renamed: carried.renamed, state: carried.state, channels };
    const broken = [...workProblems(move), ...newSlips(move)];
    const [first] = broken;
    if (first !== undefined) return { ...shared, effect: 'stuck', detail: first, trace: broken };
    if (remainingOf(this.from, before) === remainingOf(this.to, after)) {
      const detail = 'nothing that can still happen to it differs';
      return { ...shared, effect: 'unaffected', detail, trace: [] };
    }
    const dead = findDeadEnd(this.to, after.campaign, carried.state);
    if (dead) return { ...shared, effect: 'stuck', ...dead };
    return { ...shared, effect: 'movable', detail: describe(mapping), trace: [] };
  }
}

/** The campaign with the channels that the version launches and it did not have. */
export function withChannels(campaign: CampaignInput, { workflow, steps }: Version): CampaignInput {
  const launched = [...steps.values()].flatMap(({ channel }) => (channel === null ? [] : [channel]));
  const missing = [...new Set([...workflow.channels, ...launched])].filter(
    (channel) => !campaign.channels.has(channel),
  );
  if (missing.length === 0) return campaign;
  const planned = missing.map(
    (channel) => [channel, { status: 'planned', plannedAt: null, launchedAt: null }] as const,
  );
  const channels = new Map<string, ChannelState>([...campaign.channels, ...planned]);
  return { ...campaign, channels, facts: { ...campaign.facts, channels: [...channels.keys()] } };
}

/** Controls that the campaign is past under the newer version and was not past under the older one. */
function newSlips({ from, to, names, before, after }: Move): string[] {
  const known = new Set(slipsOf(from, before).map(({ control, past }) => names.slip(control, past)));
  return slipsOf(to, after)
    .filter(({ control, past }) => !known.has(`${control} < ${past}`))
    .map(({ sentence }) => sentence);
}

function mappingOf({ from, to, names, before, after }: Move): StepMapping[] {
  const origins = new Map([...from.steps.keys()].map((key) => [names.of('step', key) ?? null, key]));
  const there = [...to.steps.keys()].map((key): StepMapping => {
    const origin = origins.get(key) ?? null;
    const status = after.progress.steps.get(key)?.status ?? 'waiting';
    return { from: origin, to: key, status, detail: detailOf(origin, key, status, before, after, to) };
  });
  const gone = [...from.steps.keys()].filter((key) => names.of('step', key) === null);
  return [
    ...there,
    ...gone.map((key): StepMapping => {
      const status = before.progress.steps.get(key)?.status ?? 'waiting';
      const detail = FINISHED.has(status) ? 'gone; kept as history, and not done again' : 'gone; not done';
      return { from: key, to: null, status, detail };
    }),
  ];
}
const FINISHED: ReadonlySet<string> = new Set(['done', 'skipped']);

function detailOf(
  origin: string | null,
  key: string,
  status: StepStatus,
  before: Situation,
  after: Situation,
  to: Version,
): string {
  const was = origin === null ? null : before.progress.steps.get(origin)?.status;
  const isLate =
    (status === 'waiting' || status === 'ready') &&
    [...after.state.steps].some(
      ([other, { status: recorded }]) =>
        recorded !== 'pending' && to.steps.has(other) && to.before(`step ${other}`).has(`step ${key}`),
    );
  const parts = [
    ...(origin === null ? [FINISHED.has(status) ? 'new; done in an earlier version' : 'new'] : []),
    ...(origin !== null && origin !== key ? [`called '${origin}' before`] : []),
    ...(was != null && was !== status ? [`${was} before`] : []),
    ...(isLate ? ['comes late: what follows it has begun'] : []),
  ];
  return parts.join('; ');
}

/** What moving over would change, in a few words. */
function describe(mapping: readonly StepMapping[]): string {
  const count = (number: number, what: string) => (number === 0 ? [] : [`${number} ${what}`]);
  const fresh = mapping.filter(({ from, status }) => from === null && !FINISHED.has(status)).length;
  const renamed = mapping.filter(({ from, to }) => from !== null && to !== null && from !== to).length;
  const kept = mapping.filter(({ to, status }) => to === null && FINISHED.has(status)).length;
  const dropped = mapping.filter(({ to, status }) => to === null && !FINISHED.has(status)).length;
  const late = mapping.filter(({ detail }) => detail.includes('comes late')).length;
  const parts = [
    ...count(fresh, `new step${fresh === 1 ? '' : 's'}`),
    ...count(renamed, 'renamed'),
    ...count(kept, 'kept as history'),
    ...count(dropped, 'no longer asked for'),
    ...count(late, 'out of order'),
  ];
  return `it can move over${parts.length > 0 ? `: ${parts.join(', ')}` : ': all its steps stay as they are'}`;
}
