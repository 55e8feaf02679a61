import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Ports } from '../application/ports.js';
import {
  type AudienceOf,
  type GivenAudience,
  removeAudience,
  replaceAudience,
} from '../application/replace-audience.js';
import { WHOLE_LIST } from '../domain/alignment/audience.js';
import { WrongMembers } from '../domain/alignment/members.js';
import { REFUSALS } from '../domain/campaign/refusal.js';
import { refuse } from './refuse.js';
import { patiently } from './silence.js';
import { STATUS, takeUploads } from './uploads.js';

/** Twenty million members of 128 characters, and their line ends. */
const MAX_AUDIENCE_BYTES = 2_600_000_000;
/** Each holds a connection to the database; the others are for everybody else. */
const MOST_UPLOADS = 4;

/**
 * `PUT /audiences/<campaign>/<channel>` takes the hashed ids of whom a channel reaches, one a line; `DELETE` forgets them.
 * Without a channel it is the one list that the audience of every channel is to be a part of (R54): the answer says who is not in it.
 * No `POST`: a browser lets any page send one, but asks before a `PUT`.
 */
export function registerAudiences(app: FastifyInstance, ports: Ports, logger: Logger): void {
  let uploads = 0;
  void app.register((scope, _options, registered) => {
    takeUploads(scope, logger, (error, reply) =>
      error instanceof WrongMembers ? reply.code(422).send({ problems: error.problems }) : null,
    );
    const put = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const { headers, body, raw, actor } = request;
      const of = audienceOf(request);
      const [encoding, type] = [headers['content-encoding'], headers['content-type'] ?? ''];
      if (encoding !== undefined && encoding !== 'identity')
        return refuse(
          reply,
          415,
          'UNSUPPORTED_MEDIA_TYPE',
          `an audience is read as it is, not in ${encoding}`,
        );
      if (/\bjson\b/i.test(type))
        return refuse(
          reply,
          415,
          'UNSUPPORTED_MEDIA_TYPE',
          'send an audience as hashed ids, one a line, with content-type: text/plain',
        );
      if (uploads >= MOST_UPLOADS) {
        const message = `${MOST_UPLOADS} audiences are being sent already; try again`;
        return refuse(reply.header('retry-after', '30'), 503, 'BUSY', message);
      }
      uploads++;
      try {
        const lines = patiently(raw, (body ?? raw) as AsyncIterable<Uint8Array>);
        return await answer(reply, of, await replaceAudience(ports, actor, of, lines));
      } finally {
        uploads--;
      }
    };
    const remove = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const of = audienceOf(request);
      return answer(reply, of, await removeAudience(ports, request.actor, of));
    };
    for (const url of ['/audiences/:campaign', '/audiences/:campaign/:channel']) {
      scope.put(
        url,
        { bodyLimit: MAX_AUDIENCE_BYTES, config: { takesUploads: true, use: 'audiences' } },
        put,
      );
      scope.delete(url, { config: { use: 'audiences' } }, remove);
    }
    registered();
  });
}

function audienceOf({ params }: FastifyRequest): AudienceOf {
  const { campaign, channel = WHOLE_LIST } = params as {
    readonly campaign: string;
    readonly channel?: string;
  };
  return { campaign, channel };
}

function answer(
  reply: FastifyReply,
  { campaign, channel }: AudienceOf,
  { refusals, ...given }: GivenAudience,
): FastifyReply {
  const [first] = refusals;
  return reply
    .code(first ? STATUS[REFUSALS[first.code].kind] : 200)
    .send({ campaign, channel: channel === WHOLE_LIST ? null : channel, ...given, refusals });
}
