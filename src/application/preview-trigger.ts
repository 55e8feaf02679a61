import { lookbackOf } from '../domain/triggers/decide.js';
import { replay, type Replayed } from '../domain/triggers/replay.js';
import type { ChannelState } from '../domain/campaign/state.js';
import type { Trigger } from '../domain/workflow/workflow.js';
import type { Reads } from './reads.js';

/** Readings that one preview looks at; more would not be answered in time. */
const MOST_READINGS = 2_000;

export interface TriggerPreview {
  readonly signal: string;
  readonly readings: number;
  /** Whether there are more readings than were looked at. */
  readonly isCut: boolean;
  readonly decisions: readonly Replayed[];
}

/** What a trigger would have done on past signals of a campaign; nothing is changed. */
export async function previewTrigger(
  reads: Reads,
  campaignId: string,
  trigger: Trigger,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<TriggerPreview> {
  const since = new Date(from.getTime() - lookbackOf(trigger));
  const limit = MOST_READINGS + 1;
  const [found, channels, tasks, assets] = await Promise.all([
    reads.signalReadings(campaignId, trigger.signal, since, to, limit),
    reads.channels([campaignId]),
    reads.tasks([campaignId]),
    reads.assets([campaignId]),
  ]);
  const readings = found.slice(0, MOST_READINGS);
  const around = {
    channels: new Map<string, ChannelState>(channels.map((each) => [each.channel, each])),
    openTasks: new Set(tasks.flatMap(({ key, isDone }) => (isDone ? [] : [key]))),
    assets: new Map(
      channels.map(({ channel }) => [
        channel,
        assets.flatMap((asset) => (asset.channel === channel ? [asset.key] : [])),
      ]),
    ),
  };
  return {
    signal: trigger.signal,
    readings: readings.length,
    isCut: found.length > MOST_READINGS,
    decisions: replay(trigger, readings, from, around),
  };
}
