import {
  DELIVER,
  deliverTo,
  type NotificationTarget,
  type Pass,
  takeOver,
  tidyNotifications,
} from '../application/deliver-notifications.js';
import type { Ports } from '../application/ports.js';
import type { Logger } from '../observability/logger.js';
import type { Lane } from './worker.js';

export interface NotificationTasks {
  readonly ports: Ports;
  readonly targets: readonly NotificationTarget[];
  readonly logger: Logger;
}

/** Delivers notifications; at least once a minute, should a job have been lost. Once a day old ones go. */
export function notificationLane({ ports, targets, logger }: NotificationTasks): Lane {
  const deliveries = new Map(
    targets.map((target) => [target.name, oneAtATime(() => deliver(ports, target, logger))]),
  );
  const names = [...deliveries.keys()];
  return {
    // One for each target, as one that is silent holds up its own only; and one for what finds it busy.
    atATime: targets.length + 1,
    timetable: '* * * * * notifications ?max=1\n41 2 * * * tidy-notifications ?max=3',
    tasks: {
      [DELIVER]: async ({ target }) => {
        if (typeof target === 'string') await deliveries.get(target)?.();
      },
      notifications: async () => {
        for (const target of targets) await takeOver(ports, target);
        await ports.inTransaction(async ({ jobs }) => {
          for (const target of names) await jobs.ask(DELIVER, { target }, { key: `notifications ${target}` });
        });
      },
      'tidy-notifications': () => tidyNotifications(ports, names),
    },
  };
}

async function deliver(ports: Ports, target: NotificationTarget, logger: Logger): Promise<void> {
  const { delivered, dead, failures }: Pass = await deliverTo(ports, target);
  if (dead > 0)
    logger.error(`${dead} notifications to ${target.name} are not tried any more; see notifications`);
  else if (failures.length > 0)
    logger.warn(`notifications to ${target.name}: ${failures[0]}; it is tried again`);
  if (delivered > 0) logger.info(`${delivered} notifications delivered to ${target.name}`);
}

/** Whoever asks while it is done is answered at once, and it is done once more afterwards. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let isBusy = false;
  let isAsked = false;
  return async () => {
    isAsked = true;
    if (isBusy) return;
    isBusy = true;
    try {
      while (isAsked) {
        isAsked = false;
        await work();
      }
    } finally {
      isBusy = false;
    }
  };
}
