import type { FastifyInstance } from 'fastify';
import { ICalCalendar } from 'ical-generator';
import type { Reads } from '../application/reads.js';
import { campaignEvents, eventsFor } from '../domain/calendar/campaign-events.js';
import type { Workflow } from '../domain/workflow/workflow.js';

/** `GET /calendar/<campaign>.ics`: what takes place in a campaign (RFC 5545), with `?role=` what concerns one role. */
export function registerCalendar(app: FastifyInstance, reads: Reads, now: () => Date): void {
  app.get<{ Params: { campaign: string }; Querystring: { role?: string } }>(
    '/calendar/:campaign.ics',
    async (request, reply) => {
      const { campaign: key } = request.params;
      const campaign = await reads.campaign(key);
      const [version] = campaign ? await reads.versionsById([campaign.versionId]) : [];
      if (!campaign || !version)
        return reply.code(404).send({ errors: [{ message: `there is no campaign '${key}'` }] });
      const channels = await reads.channels([campaign.id]);
      const all = campaignEvents(version.meaning as Workflow, { ...campaign, channels }, now());
      const { role } = request.query;
      const calendar = new ICalCalendar({ name: campaign.name, prodId: '//Weir//Weir//EN' });
      for (const { id, summary, start, end, isWholeDay, roles } of role === undefined
        ? all
        : eventsFor(all, role))
        calendar.createEvent({
          ...{
            id: `${id}.${campaign.key}@weir.invalid`,
            stamp: campaign.createdAt,
            start,
            allDay: isWholeDay,
          },
          ...(end === null ? {} : { end }),
          summary: `${campaign.name}: ${summary}`,
          ...(roles.length === 0 ? {} : { description: `For ${roles.join(', ')}` }),
        });
      return reply.type('text/calendar; charset=utf-8').send(calendar.toString());
    },
  );
}
