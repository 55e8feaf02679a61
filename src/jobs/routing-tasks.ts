import type { Ports } from '../application/ports.js';
import { routeOverdue } from '../application/route-requests.js';
import { END_GAP, endGap } from '../application/wait-for-gaps.js';
import type { Logger } from '../observability/logger.js';
import type { Lane } from './worker.js';

export interface RoutingTasks {
  readonly ports: Ports;
  readonly logger: Logger;
}

/** Every minute others are asked for what was not answered in time. People are told of a launch when its least gap is over. */
export const routingLane = ({ ports, logger }: RoutingTasks): Lane => ({
  atATime: 1,
  timetable: '* * * * * route-overdue ?max=1',
  tasks: {
    [END_GAP]: async ({ campaign, step, end }) => {
      if (typeof campaign === 'string' && typeof step === 'string' && typeof end === 'string')
        await endGap(ports, campaign, { step, end: new Date(end) });
    },
    'route-overdue': async () => {
      const campaigns = await routeOverdue(ports);
      if (campaigns > 0) logger.info(`answers are overdue in ${campaigns} campaigns; others are asked`);
    },
  },
});
