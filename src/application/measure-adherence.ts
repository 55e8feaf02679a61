import { type Adherence, adherence } from '../domain/adherence/adherence.js';
import type { EventLog, LogCase } from '../domain/adherence/event-log.js';
import type { CompiledWorkflow } from '../domain/workflow/compiled.js';
import type { CampaignRecord, StepEvent, StepRecord } from './records.js';

/**
 * How far ended campaigns followed the version that they were pinned to. What the record says of each step, in every
 * round, is aligned; campaigns that were brought in from elsewhere have the last time of each step only.
 * @throws CannotCalculate
 */
export function measureAdherence(
  compiled: CompiledWorkflow,
  campaigns: readonly CampaignRecord[],
  events: readonly StepEvent[],
  steps: readonly StepRecord[],
): Adherence {
  const activities = new Map<string, number>();
  const placeOf = (step: string): number => {
    const place = activities.get(step) ?? activities.size;
    activities.set(step, place);
    return place;
  };
  const cases = campaigns.map(({ id, key }): LogCase => {
    const recorded = events.filter(({ campaignId }) => campaignId === id);
    return asCase(key, recorded.length > 0 ? recorded : lastTimes(id, steps), placeOf);
  });
  const log: EventLog = { activities: [...activities.keys()], cases };
  return adherence(compiled, log);
}

/** What is left of a campaign that did not run here. */
const lastTimes = (campaignId: string, steps: readonly StepRecord[]): StepEvent[] =>
  steps
    .flatMap((step): StepEvent[] => {
      if (step.campaignId !== campaignId || step.finishedAt === null) return [];
      const of = { campaignId, step: step.key, hasLapsed: false };
      const began = step.startedAt === null ? [] : [{ ...of, hasEnded: false, at: step.startedAt }];
      return [...began, { ...of, hasEnded: true, at: step.finishedAt }];
    })
    .sort((one, other) => one.at.getTime() - other.at.getTime());

/** Ends in their order, each with the last beginning of its step where there is one. */
function asCase(id: string, events: readonly StepEvent[], placeOf: (step: string) => number): LogCase {
  const begun = new Map<string, number>();
  const ended: { place: number; start: number | null; end: number }[] = [];
  for (const { step, hasEnded, at } of events) {
    if (!hasEnded) begun.set(step, at.getTime());
    else {
      ended.push({ place: placeOf(step), start: begun.get(step) ?? null, end: at.getTime() });
      begun.delete(step);
    }
  }
  return {
    id,
    activities: Int32Array.from(ended, ({ place }) => place),
    ends: Float64Array.from(ended, ({ end }) => end),
    starts: ended.every(({ start }) => start !== null)
      ? Float64Array.from(ended, ({ start, end }) => start ?? end)
      : null,
  };
}
