import { groupsBy } from '../domain/groups.js';
import { type Turn, turnsOf } from '../domain/triggers/unusual.js';
import type { LoadedCampaign, Ports, Stores, UnwatchedBatch } from './ports.js';

/** Batches that one transaction looks through. */
const AT_ONCE = 20;

/**
 * Looks through every batch of signals for unusual values, once, each with what could be seen then (R62). One alert for a signal of a
 * campaign and channel, until it is usual again.
 */
export async function watchSignals(ports: Ports): Promise<void> {
  let hasMore = true;
  while (hasMore) hasMore = await ports.inTransaction((stores) => watchSome(stores, ports.clock.now()));
}

async function watchSome(stores: Stores, now: Date): Promise<boolean> {
  const batches = await stores.signals.unwatched(AT_ONCE);
  const found: { readonly series: Series; readonly turns: readonly Turn[] }[] = [];
  for (const batch of batches)
    for (const signal of batch.signals) {
      const all = await stores.signals.valuesUpTo(batch, signal);
      for (const [channel, values] of groupsBy(all, (value) => value.channel)) {
        const turns = turnsOf(values);
        if (turns.length > 0) found.push({ series: { ...batch, signal, channel }, turns });
      }
    }
  // Campaigns are locked only once all is looked through, so that nobody else waits for that.
  for (const { series, turns } of found) await tell(stores, series, turns, now);
  if (batches.length > 0) await stores.signals.watched(batches, now);
  return batches.length === AT_ONCE;
}

interface Series extends UnwatchedBatch {
  readonly signal: string;
  readonly channel: string | null;
}

async function tell(stores: Stores, series: Series, turns: readonly Turn[], now: Date): Promise<void> {
  const { campaign: key, signal, channel } = series;
  const subject = [key, signal, ...(channel === null ? [] : [channel])].join(' ');
  // Locked before its alerts, as by whoever ends it, so that neither waits for the other; one that has ended is not told of.
  const campaign = await stores.campaigns.lock(key);
  for (const { unusual } of turns) {
    if (unusual === null) await stores.alerts.resolve('signal-unusual', subject, now);
    else if (campaign?.status === 'running') {
      const [message, roles] = [what(series, unusual), whoAnswers(campaign, signal)];
      await stores.alerts.raise({ kind: 'signal-unusual', subject, message, campaign: key, roles }, now);
    }
  }
}

function whoAnswers({ taxonomy, version }: LoadedCampaign, name: string): string[] {
  const owner = taxonomy?.meaning.signals.find(({ key }) => key === name)?.owner;
  return [owner ?? version.meaning.steward];
}

function what({ campaign, signal, channel }: Series, unusual: NonNullable<Turn['unusual']>): string {
  const { value, at, expected } = unusual;
  const where = channel === null ? '' : ` on ${channel}`;
  return (
    `${signal}${where} of campaign '${campaign}' was ${value} at ${at.toISOString()}; ` +
    `after the ${expected.values} values before it, ${short(expected.from)} to ${short(expected.to)} was to be expected`
  );
}

const short = (value: number): number => Number(value.toPrecision(4));
