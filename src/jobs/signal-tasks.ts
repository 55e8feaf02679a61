import { EVALUATE, WATCH } from '../application/record-signals.js';
import { evaluateTriggers } from '../application/evaluate-triggers.js';
import { CHECK_MEETINGS, tellOfOverMeeting } from '../application/meeting-load.js';
import { watchSignals } from '../application/watch-signals.js';
import type { Ports } from '../application/ports.js';
import { keptSince } from '../domain/triggers/reading.js';
import type { Logger } from '../observability/logger.js';
import type { Lane } from './worker.js';

export interface SignalTasks {
  readonly ports: Ports;
  readonly logger: Logger;
}

/** Triggers of several campaigns side by side; once a day room is made for the months to come, and old ones go. */
export const signalLane = ({ ports, logger }: SignalTasks): Lane => ({
  atATime: 4,
  timetable: '23 2 * * * keep-signals ?max=3',
  tasks: {
    [EVALUATE]: async ({ campaign }) => {
      if (typeof campaign === 'string') await evaluateTriggers(ports, campaign);
    },
    'keep-signals': () =>
      ports.inTransaction(async ({ signals }) => {
        const now = ports.clock.now();
        await signals.prepare(now);
        const gone = await signals.forget(keptSince(now));
        if (gone.length > 0) logger.info(`signals are no longer kept one by one: ${gone.join(', ')}`);
      }),
  },
});

/** What people are told of campaigns beside the triggers, which wait for none of it. Meetings are looked at once an hour, too. */
export const watchLane = (ports: Ports): Lane => ({
  atATime: 1,
  timetable: `7 * * * * ${CHECK_MEETINGS} ?max=1`,
  tasks: { [WATCH]: () => watchSignals(ports), [CHECK_MEETINGS]: () => tellOfOverMeeting(ports) },
});
