import type { FastifyInstance } from 'fastify';
import { pullBrief } from '../application/brief.js';
import type { Ports } from '../application/ports.js';
import { REFUSALS } from '../domain/campaign/refusal.js';
import { STATUS } from './uploads.js';

/**
 * `GET /briefs/<campaign>/<spoke>`: the brief for a spoke, with an `ETag`; `If-None-Match` with that tag is answered 304 as long
 * as it is the present version (RFC 9110, 13.1.2). Either way it is noted which version the spoke works from.
 */
export function registerBriefs(app: FastifyInstance, ports: Ports): void {
  app.get<{ Params: { campaign: string; spoke: string } }>(
    '/briefs/:campaign/:spoke',
    { config: { use: 'briefs' } },
    async ({ params, headers, actor }, reply) => {
      const tags = (headers['if-none-match'] ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
      const known = tags.map((each) => each.replace(/^"(.*)"$/, '$1'));
      const { campaign, spoke } = params;
      const { refusals, pulled } = await pullBrief(ports, actor, { campaign, spoke, tag: null });
      if (!pulled) {
        const [first] = refusals;
        return reply.code(first ? STATUS[REFUSALS[first.code].kind] : 404).send({ refusals });
      }
      const { version, tag, brief } = pulled;
      void reply.header('etag', `"${tag}"`).header('cache-control', 'private, no-cache');
      if (known.includes(tag)) return reply.code(304).send();
      return reply.send({ campaign, spoke, version, brief });
    },
  );
}
