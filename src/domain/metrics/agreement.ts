import type { Asset } from '../alignment/asset.js';
import { type Dimension, DIMENSIONS } from '../alignment/convergence.js';
import { listOf } from '../alignment/drift.js';
import type { Situation } from '../campaign/situation.js';
import type { MetricInput, MetricName } from './catalogue.js';
import { limitOf, windowHours } from './measure.js';

/** A dimension is looked at again when one of these has changed. */
const INPUTS: Readonly<Record<Dimension, readonly MetricInput[]>> = {
  content: ['assets', 'brief', 'channels'],
  targeting: ['assets', 'brief', 'audiences'],
  channels: ['steps', 'channels', 'gates'],
  timing: ['channels'],
};
export const dimensionsOf = (changed: ReadonlySet<MetricInput>): Dimension[] =>
  DIMENSIONS.filter((dimension) => INPUTS[dimension].some((input) => changed.has(input)));

/** What channels have to reach where no gate of the workflow says otherwise. */
const LIMITS = { 'message-consistency': 1, 'brief-drift': 0, 'audience-overlap': 0.5 } as const;

/**
 * Whether a campaign agrees in one dimension (R85).
 * Content: every channel has an asset, no text contradicts another or the brief. Targeting: the audiences overlap; without
 * audiences, all assets are for the same segments, and these are the brief's. Channels: each is live, or all that comes
 * before its launch is done. Timing: they open close enough together.
 */
export function agrees(
  dimension: Dimension,
  situation: Situation,
  assets: readonly Asset[],
  measured: ReadonlyMap<MetricName, number | null>,
): boolean {
  const { workflow, campaign, progress } = situation;
  const value = (metric: MetricName) => measured.get(metric) ?? null;
  const limit = (metric: keyof typeof LIMITS) => Number(limitOf(workflow, metric) ?? LIMITS[metric]);
  const launches = [...progress.steps.values()].filter(
    ({ part }) => part.kind === 'launch' && part.channel !== null,
  );
  switch (dimension) {
    case 'content': {
      const told = new Set(assets.map(({ channel }) => channel));
      const consistency = value('message-consistency');
      return (
        launches.length > 0 &&
        launches.every(({ part }) => told.has(part.channel ?? '')) &&
        (consistency ?? 1) >= limit('message-consistency') &&
        (value('brief-drift') ?? 0) <= limit('brief-drift')
      );
    }
    case 'targeting': {
      const overlap = value('audience-overlap');
      return overlap === null
        ? sameSegments(assets, listOf(campaign.brief['segments']))
        : overlap >= limit('audience-overlap');
    }
    case 'channels':
      return (
        launches.length > 0 &&
        launches.every(({ part, status }) => {
          const isPaused = campaign.channels.get(part.channel ?? '')?.status === 'paused';
          return !isPaused && (status === 'ready' || status === 'started' || status === 'done');
        })
      );
    case 'timing': {
      const spread = value('timing-spread');
      return spread !== null && spread <= windowHours(workflow);
    }
  }
}

function sameSegments(assets: readonly Asset[], wanted: readonly string[]): boolean {
  const [first, ...others] = assets.map(({ segments }) => [...new Set(segments)].sort().join('\n'));
  if (first === undefined || first === '') return false;
  const isOfBrief = wanted.length === 0 || first.split('\n').every((segment) => wanted.includes(segment));
  return isOfBrief && others.every((each) => each === first);
}
