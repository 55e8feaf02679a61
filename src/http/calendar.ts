import type { FastifyInstance } from 'fastify';
import { ICalCalendar, ICalEventStatus } from 'ical-generator';
import { campaignCalendar } from '../application/campaign-calendar.js';
import type { Reads } from '../application/reads.js';
import { refuseWithout } from './guard.js';
import { refuse } from './refuse.js';
import { eventsFor } from '../domain/calendar/campaign-events.js';

/**
 * `GET /calendar/<campaign>.ics`: what takes place in a campaign (RFC 5545), with `?role=` what concerns one role. Calendar programs
 * send no headers, so the token may stand in the address, `?token=`.
 */
export function registerCalendar(app: FastifyInstance, reads: Reads, now: () => Date): void {
  app.get<{ Params: { campaign: string }; Querystring: { role?: string } }>(
    '/calendar/:campaign.ics',
    { config: { use: 'calendar', takesTokenOfQuery: true } },
    async (request, reply) => {
      const denied = refuseWithout('viewer', request, reply);
      if (denied) return denied;
      const { campaign: key } = request.params;
      const found = await campaignCalendar(reads, key, now());
      if (!found) return refuse(reply, 404, 'NOT_FOUND', `there is no campaign '${key}'`);
      const { campaign, events: all, changedAt, revision } = found;
      const { role } = request.query;
      const isOver = (start: Date) =>
        campaign.status === 'cancelled' && campaign.endedAt !== null && start > campaign.endedAt;
      const calendar = new ICalCalendar({ name: campaign.name, prodId: '//Weir//Weir//EN' });
      for (const { id, summary, start, end, isWholeDay, roles, note } of role === undefined
        ? all
        : eventsFor(all, role))
        calendar.createEvent({
          ...{
            id: `${id}.${campaign.key}@weir.invalid`,
            // A calendar program takes what it has over what has not changed since (RFC 5545, 3.8.7.2 and 3.8.7.4).
            ...{ stamp: changedAt, lastModified: changedAt, sequence: revision },
            start,
            allDay: isWholeDay,
          },
          ...(end === null ? {} : { end }),
          // What was called off does not take place; calendars strike it out.
          ...(isOver(start) ? { status: ICalEventStatus.CANCELLED } : {}),
          summary: `${campaign.name}: ${summary}`,
          ...describing(roles, note),
        });
      return reply.type('text/calendar; charset=utf-8').send(calendar.toString());
    },
  );
}

function describing(roles: readonly string[], note: string | null): { description?: string } {
  const parts = [
    ...(roles.length === 0 ? [] : [`For ${roles.join(', ')}`]),
    ...(note === null ? [] : [note]),
  ];
  return parts.length === 0 ? {} : { description: parts.join('\n') };
}
