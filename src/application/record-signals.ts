import { type Actor, lacking, recordedActor } from '../domain/campaign/actor.js';
import { isKey } from '../domain/campaign/input.js';
import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import { readLine, wrongFields } from '../domain/triggers/line.js';
import { linesIn } from '../domain/triggers/lines.js';
import { type GivenReading, isTaken, rejected, type Rejection, RESULTS } from '../domain/triggers/reading.js';
import type { Ports, SignalListener, Stores } from './ports.js';

/** As many as are stored in one transaction: more are no faster, and take longer to be seen. */
const BATCH = 20_000;
/** Of text that waits to be stored; the sender waits meanwhile. */
const BATCH_CHARACTERS = 4_000_000;
/** So many rejected readings are listed; the others are counted. */
const MOST_LISTED = 1_000;
/** Of one mutation; `POST /signals` takes any number. */
export const MOST_AT_ONCE = 5_000;

/** The job that asks the triggers of a campaign about what is new. */
export const EVALUATE = 'evaluate-triggers';

/** The job that looks through what is new for unusual values. */
export const WATCH = 'watch-signals';

/** A reading and where it stood; or why there is none. */
interface Item {
  readonly place: number;
  readonly given: GivenReading | Rejection;
}
export interface Rejected extends Rejection {
  /** Line or index of the reading. */
  readonly place: number;
}
export interface Recorded {
  /** Stored now. */
  readonly accepted: number;
  /** Of a key that was stored before, or earlier in the same request; they have no effect. */
  readonly duplicates: number;
  readonly rejectedCount: number;
  /** The first of them. */
  readonly rejected: readonly Rejected[];
  readonly refusals: readonly Refusal[];
}

export const NOTHING: Recorded = { accepted: 0, duplicates: 0, rejectedCount: 0, rejected: [], refusals: [] };

/**
 * Stores readings as NDJSON, one a line. Each batch is a transaction of its own, so that a sender that is cut off sends the
 * same again, and what was stored counts as duplicates.
 * @param progress is told what is stored so far
 */
export async function recordLines(
  ports: Ports,
  actor: Actor,
  pieces: AsyncIterable<Uint8Array>,
  progress: (recorded: Recorded) => void = () => undefined,
): Promise<Recorded> {
  const denied = lacking(actor, 'contributor');
  if (denied) return { ...NOTHING, refusals: [denied] };
  let recorded = NOTHING;
  let [items, characters]: [Item[], number] = [[], 0];
  // One batch is stored while the next is read, so a sender waits for neither the one nor the other alone; not more, so it does wait.
  let storing: Promise<void> = Promise.resolve();
  const flush = async () => {
    await storing;
    storing = recordBatch(ports, actor, items).then((stored) => {
      recorded = together(recorded, stored);
      progress(recorded);
    });
    // It is thrown where it is waited for.
    storing.catch(() => undefined);
    [items, characters] = [[], 0];
  };
  try {
    for await (const lines of linesIn(pieces)) {
      for (const { number, text } of lines) {
        items.push({ place: number, given: text === null ? TOO_LONG : readLine(text) });
        characters += text?.length ?? 0;
        if (items.length >= BATCH || characters >= BATCH_CHARACTERS) await flush();
      }
    }
    if (items.length > 0) await flush();
  } finally {
    await storing;
  }
  return recorded;
}
const TOO_LONG: Rejection = { code: 'line-too-long', message: 'the line has more than 64 KiB' };

/** Stores readings of one campaign, by their place in the list. */
export async function recordSignals(
  ports: Ports,
  actor: Actor,
  campaign: string,
  given: readonly Omit<GivenReading, 'campaign'>[],
): Promise<Recorded> {
  const refuse = (first: Refusal): Recorded => ({ ...NOTHING, refusals: [first] });
  const denied = lacking(actor, 'contributor');
  if (denied) return refuse(denied);
  const listener = await ports.inTransaction(async ({ signals }) => listenerOf(signals, campaign));
  if (!listener) return refuse(refusal('UNKNOWN_CAMPAIGN', `there is no campaign '${campaign}'`));
  const now = ports.clock.now();
  if (!RESULTS.some((signal) => isTaken(signal, listener, now)))
    return refuse(refusal('CAMPAIGN_NOT_RUNNING', `campaign '${campaign}' is ${listener.status}`));
  if (given.length > MOST_AT_ONCE)
    return refuse(
      refusal('INVALID_INPUT', `at most ${MOST_AT_ONCE} signals at once; POST /signals takes more`),
    );
  const items = given.map((each, place) => {
    const reading = { ...each, campaign };
    return { place, given: wrongFields(reading) ?? reading };
  });
  return recordBatch(ports, actor, items);
}

const listenerOf = async (signals: Stores['signals'], campaign: string): Promise<SignalListener | null> =>
  isKey(campaign) ? ((await signals.listeners([campaign])).get(campaign) ?? null) : null;

function recordBatch(ports: Ports, actor: Actor, items: readonly Item[]): Promise<Recorded> {
  return ports.inTransaction(async (stores) => {
    const now = ports.clock.now();
    const named = new Set<string>();
    for (const { given } of items) if ('campaign' in given) named.add(given.campaign);
    const listeners = await stores.signals.listeners([...named].filter(isKey));
    const taken: GivenReading[] = [];
    const refused: Rejected[] = [];
    for (const { place, given } of items) {
      const isGiven = 'campaign' in given;
      const why = isGiven ? rejected(given, listeners.get(given.campaign) ?? null, now) : given;
      if (why) refused.push({ place, ...why });
      else if (isGiven) taken.push(given);
    }
    const accepted = taken.length === 0 ? 0 : await store(stores, actor, taken, listeners, now);
    return {
      ...{ accepted, duplicates: taken.length - accepted, refusals: [] },
      ...{ rejectedCount: refused.length, rejected: refused.slice(0, MOST_LISTED) },
    };
  });
}

const NOBODY = { campaign: '', status: '', listensTo: [] as readonly string[] };

/** Stores them and asks for their triggers while the campaign runs, in one transaction: neither happens without the other. */
async function store(
  { signals, jobs, audit }: Stores,
  actor: Actor,
  taken: readonly GivenReading[],
  listeners: ReadonlyMap<string, SignalListener>,
  now: Date,
): Promise<number> {
  const added = await signals.add(taken, { campaigns: listeners, sentBy: actor.name, now });
  const byId = new Map(
    [...listeners].map(([campaign, listener]) => [listener.id, { campaign, ...listener }]),
  );
  for (const { campaignId, batch, signals: names } of added) {
    const { campaign, status, listensTo } = byId.get(campaignId) ?? NOBODY;
    if (status === 'running' && names.some((name) => listensTo.includes(name)))
      await jobs.ask(EVALUATE, { campaign }, { key: `triggers ${campaignId}` });
    else await signals.evaluated(campaignId, [batch], now);
  }
  const count = added.reduce((sum, each) => sum + each.count, 0);
  const [first] = added;
  if (!first) return count;
  await jobs.ask(WATCH, {}, { key: `${WATCH} ${first.batch}` });
  await audit.add({
    ...{ happenedAt: now, ...recordedActor(actor), action: 'signal.record', subject: first.batch },
    ...{ campaignId: added.length === 1 ? first.campaignId : null, versionId: null, commitSha: null },
    ...{ before: null, after: { count, campaigns: added.length } },
  });
  return count;
}

const together = (one: Recorded, other: Recorded): Recorded => ({
  accepted: one.accepted + other.accepted,
  duplicates: one.duplicates + other.duplicates,
  rejectedCount: one.rejectedCount + other.rejectedCount,
  rejected: [...one.rejected, ...other.rejected.slice(0, MOST_LISTED - one.rejected.length)],
  refusals: [],
});
