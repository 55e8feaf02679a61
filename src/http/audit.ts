import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { exportAudit } from '../application/export-audit.js';
import type { Ports } from '../application/ports.js';
import type { Reads } from '../application/reads.js';
import { renderAuditEvent, renderAuditLine } from '../application/render-audit.js';
import { refuseWithout } from './guard.js';

const several = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const question = z.strictObject({
  format: z.enum(['ndjson', 'cloudevents']).default('ndjson'),
  campaign: z.string().nullable().default(null),
  workflow: z.string().nullable().default(null),
  version: z.coerce.number().int().min(1).max(2_147_483_647).nullable().default(null),
  action: several.nullable().default(null),
  actor: z.string().nullable().default(null),
  subject: z.string().nullable().default(null),
  since: moment.nullable().default(null),
  until: moment.nullable().default(null),
});

/** A page of checkpoints. */
const CHECKPOINTS = 1_000;

/**
 * `GET /audit.ndjson`: the audit record in the order of its chain, a line each, however long it is. `GET /audit/checkpoints`: what
 * it can be verified with. Both name people and where they were, so it takes a steward to read them.
 */
export function registerAudit(app: FastifyInstance, ports: Ports, reads: Reads): void {
  app.get('/audit.ndjson', { config: { use: 'audit' } }, async (request, reply) => {
    const denied = refuseWithout('steward', request, reply);
    if (denied) return denied;
    const asked = question.safeParse(request.query);
    if (!asked.success) return reply.code(400).send({ errors: asked.error.issues.map(toError) });
    const { format, since, until, ...filter } = asked.data;
    const records = exportAudit(ports, reads, { ...filter, happenedAt: { since, until } });
    const render = format === 'cloudevents' ? renderAuditEvent : renderAuditLine;
    return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(linesOf(records, render)));
  });
  app.get('/audit/checkpoints', { config: { use: 'audit' } }, async (request, reply) => {
    const denied = refuseWithout('steward', request, reply);
    if (denied) return denied;
    return reply.type('text/plain; charset=utf-8').send(Readable.from(checkpointsOf(ports)));
  });
}

/** As lines of one batch, so that a small record is not a small write. */
async function* linesOf<T>(
  batches: AsyncIterable<readonly T[]>,
  render: (record: T) => object,
): AsyncGenerator<string> {
  for await (const batch of batches)
    if (batch.length > 0) yield batch.map((each) => `${JSON.stringify(render(each))}\n`).join('');
}

async function* checkpointsOf({ inTransaction }: Ports): AsyncGenerator<string> {
  for (let after: number | undefined = 0; after !== undefined;) {
    const from: number = after;
    const batch = await inTransaction(({ auditChain }) => auditChain.checkpoints(from, CHECKPOINTS));
    if (batch.length > 0) yield batch.map(({ token }) => `${token}\n`).join('');
    after = batch.at(-1)?.position;
  }
}

const toError = ({ path, message }: z.core.$ZodIssue) => ({
  message: path.length === 0 ? message : `${path.join('.')}: ${message}`,
  extensions: { code: 'BAD_USER_INPUT' },
});
