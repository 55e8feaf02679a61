import type { Notification } from '../domain/notification/notification.js';
import type { ClaimedNotification, Ports, Stores } from './ports.js';

/** Where notifications go. */
export interface NotificationTarget {
  /** What records call it; holds no secret. */
  readonly name: string;
  /** What records called it before names followed the address; null where that may have been another target. */
  readonly formerName: string | null;
  /** Sends one message; never throws. */
  send(message: OutgoingMessage, at: Date): Promise<Sent>;
}
export interface OutgoingMessage extends Omit<Notification, 'key'> {
  /** The same for every try and every target, so that whoever receives it can tell what came twice. */
  readonly messageId: string;
  readonly createdAt: Date;
}
export type Sent =
  | { readonly isSent: true }
  | {
      readonly isSent: false;
      /** For people; holds no secret. */
      readonly error: string;
      /** Whether any other message would fare alike now: the target is away or wants to rest. */
      readonly isTargetAway: boolean;
      /** Whether the target wants nothing more, so that no other try will do. */
      readonly isFinal: boolean;
      /** For how long the target wants to rest; null where it did not say. */
      readonly retryAfterMs: number | null;
    };

export const DELIVER = 'deliver-notifications';

/** How long after each try that failed the next one comes; after the last of them a message is a dead letter. */
const PAUSES_MS = [5_000, 30_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 6 * 3_600_000, 12 * 3_600_000];
export const MAX_TRIES = PAUSES_MS.length + 1;
/** No target is left alone for longer, whatever it asks for. */
const MAX_RETRY_AFTER_MS = 3_600_000;
/** How many are taken at once; they are sent one after the other, as receivers count how many come. */
const AT_ONCE = 10;
/** Who has taken some and says nothing for so long is gone: above the time that sending all of them may take. */
const LEASE_MS = 3 * 60_000;

/** What became of one pass over what is due. */
export interface Pass {
  readonly delivered: number;
  readonly failures: readonly string[];
  /** Messages that are not tried any more. */
  readonly dead: number;
}

/**
 * Sends everything that is due to a target, oldest first, and asks for the next look where something is to be tried again. No host is
 * asked within a transaction: messages are taken for a while, sent, and each is noted at once. What a process that dies has taken is
 * taken anew by another, and may come twice, with the same id.
 */
export async function deliverTo(ports: Ports, target: NotificationTarget): Promise<Pass> {
  const pass = { delivered: 0, failures: [] as string[], dead: 0 };
  let hasMore = true;
  let hasTried = false;
  while (hasMore) {
    const now = ports.clock.now();
    const taken = await ports.inTransaction(({ notifications }) =>
      notifications.claim(target.name, { now, until: new Date(now.getTime() + LEASE_MS), limit: AT_ONCE }),
    );
    hasTried ||= taken.length > 0;
    hasMore = (await sendAll(ports, target, taken, pass)) && taken.length === AT_ONCE;
  }
  if (hasTried) await ports.inTransaction((stores) => lookAgain(stores, target.name, ports.clock.now()));
  return pass;
}

/** @returns whether the target takes more */
async function sendAll(
  ports: Ports,
  target: NotificationTarget,
  taken: readonly ClaimedNotification[],
  pass: { delivered: number; failures: string[]; dead: number },
): Promise<boolean> {
  for (const [position, message] of taken.entries()) {
    const sent = await target.send(message, ports.clock.now());
    const now = ports.clock.now();
    if (sent.isSent) {
      pass.delivered += 1;
      await ports.inTransaction(({ notifications }) => notifications.delivered(target.name, message.id, now));
      continue;
    }
    pass.failures.push(sent.error);
    const pause = sent.isFinal ? undefined : PAUSES_MS[message.attempts - 1];
    if (pause === undefined) pass.dead += 1;
    const rest = Math.min(sent.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS);
    const nextAt = pause === undefined ? null : new Date(now.getTime() + Math.max(pause, rest));
    const others = taken.slice(position + 1).map(({ id }) => id);
    await ports.inTransaction(async ({ notifications, alerts }) => {
      await notifications.failed(target.name, message.id, { error: sent.error, nextAt, now });
      if (nextAt === null) await alerts.raise(undelivered(target.name, message.attempts, sent.error), now);
      if (!sent.isTargetAway) return;
      const until = new Date(now.getTime() + Math.max(PAUSES_MS[0] ?? 0, rest));
      await notifications.rest(target.name, { until, others });
    });
    if (sent.isTargetAway) return false;
  }
  return true;
}

/** An alert is over when nothing is dead any more, nor on its way for another time. */
async function lookAgain({ notifications, alerts, jobs }: Stores, target: string, now: Date): Promise<void> {
  const { nextAt, hasTrouble } = await notifications.outlook(target);
  if (!hasTrouble) await alerts.resolve('notifications-undelivered', target, now);
  if (!nextAt) return;
  await jobs.ask(DELIVER, { target }, { key: `notifications ${target} ${nextAt.toISOString()}`, at: nextAt });
}

/** What waits under the former name of a target waits under its name; an older process may still write some. */
export function takeOver(
  { inTransaction, clock }: Ports,
  { name, formerName }: NotificationTarget,
): Promise<void> {
  return inTransaction(async (stores) => {
    if (formerName === null || !(await stores.notifications.rename(formerName, name))) return;
    await lookAgain(stores, formerName, clock.now());
  });
}

const undelivered = (target: string, tries: number, error: string) =>
  ({
    kind: 'notifications-undelivered',
    subject: target,
    message: `${target} was tried ${tries === 1 ? 'once' : `${tries} times`}; the last time: ${error}. See notifications(filter: { state: [DEAD] }); replayNotification sends one again`,
  }) as const;

/** Delivered ones are kept so long; dead ones until they are sent again. */
const KEPT_MS = 30 * 86_400_000;
/** A target that is configured no longer may be one that a newer process has; within a day there is none of the older ones. */
const ABANDONED_MS = 86_400_000;

/** Tidies up: what was delivered long ago goes, and what waits for a target that is gone is a dead letter. */
export function tidyNotifications(
  { inTransaction, clock }: Ports,
  targets: readonly string[],
): Promise<void> {
  return inTransaction(async ({ notifications, alerts }) => {
    const now = clock.now();
    await notifications.forget(new Date(now.getTime() - KEPT_MS));
    const before = new Date(now.getTime() - ABANDONED_MS);
    for (const target of await notifications.abandon(targets, { before, now, error: GONE }))
      await alerts.raise(
        { kind: 'notifications-undelivered', subject: target, message: `${target}: ${GONE}` },
        now,
      );
  });
}
const GONE = 'WEIR_NOTIFY_URL names no such target any more';
