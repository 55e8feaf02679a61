import { DateTime } from 'luxon';
import type { Brief } from '../campaign/state.js';
import type { Asset } from './asset.js';
import type { Contradiction } from './consistency.js';
import { BRIEF } from './remarks.js';

/** A field of the brief that an asset or a channel does not keep to (R52). */
export interface DriftEntry {
  readonly field: string;
  readonly briefValue: string;
  /** Key of the asset; null where it is the channel's plan. */
  readonly asset: string | null;
  readonly channel: string;
  readonly value: string;
}

interface Planned {
  readonly brief: Brief;
  readonly assets: readonly Asset[];
  readonly channels: ReadonlyMap<string, { readonly plannedAt: Date | null }>;
  readonly contradictions: readonly Contradiction[];
  readonly timezone: string;
}

/** What has drifted from the brief: what assets state apart from their text, what their text says, and when channels open. */
export function driftOf({ brief, assets, channels, contradictions, timezone }: Planned): DriftEntry[] {
  const offer = textOf(brief['offerCode']);
  const segments = listOf(brief['segments']);
  const launch = textOf(brief['launchDate']);
  const fields = assets.flatMap((asset): DriftEntry[] => {
    const { key, channel } = asset;
    const entry = (field: string, briefValue: string, value: string): DriftEntry => ({
      ...{ field, briefValue, asset: key, channel, value },
    });
    const foreign = asset.segments.filter((segment) => !segments.includes(segment));
    return [
      ...(offer !== null && asset.offer !== null && asset.offer.toLowerCase() !== offer.toLowerCase()
        ? [entry('offerCode', offer, asset.offer)]
        : []),
      ...(segments.length > 0 && foreign.length > 0
        ? [entry('segments', segments.join(', '), foreign.join(', '))]
        : []),
    ];
  });
  const days = [...channels].flatMap(([channel, { plannedAt }]): DriftEntry[] => {
    const day = plannedAt === null ? null : DateTime.fromJSDate(plannedAt, { zone: timezone }).toISODate();
    if (day === null || launch === null || !DateTime.fromISO(launch).isValid) return [];
    if (DateTime.fromISO(launch, { setZone: true }).toISODate() === day) return [];
    return [{ field: 'launchDate', briefValue: launch, asset: null, channel, value: day }];
  });
  const channelOf = new Map(assets.map(({ key, channel }) => [key, channel]));
  const said = contradictions.flatMap(({ fact, a, b, values: [one, other] }): DriftEntry[] => {
    if (a !== BRIEF && b !== BRIEF) return [];
    const [asset, briefValue, value] = a === BRIEF ? [b, one, other] : [a, other, one];
    return [{ field: fact, briefValue, asset, channel: channelOf.get(asset) ?? '', value }];
  });
  // An offer that is told by a field and by the text has drifted once.
  const told = new Set(fields.flatMap(({ field, asset }) => (field === 'offerCode' ? [asset] : [])));
  return [...fields, ...days, ...said.filter(({ field, asset }) => field !== 'code' || !told.has(asset))];
}

export const textOf = (value: Brief[string] | undefined): string | null =>
  value === undefined || value.length === 0 ? null : typeof value === 'string' ? value : value.join(', ');

/** A list, or a text with commas. */
export const listOf = (value: Brief[string] | undefined): readonly string[] =>
  value === undefined
    ? []
    : typeof value === 'string'
      ? value
          .split(',')
          .map((each) => each.trim())
          .filter((each) => each !== '')
      : value;
