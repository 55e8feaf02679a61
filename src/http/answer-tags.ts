import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ChangeCounts, Reads } from '../application/reads.js';
import { type Actor, lacking } from '../domain/campaign/actor.js';
import type { AnswerNotes } from '../resolvers/context.js';

/** Who asks what, and how far the database had come before anything was read for the answer. */
export interface Asked {
  readonly counts: ChangeCounts;
  /** The text of the document, its variables and what else decides on the answer. */
  readonly question: string;
  readonly actor: Actor;
}

/**
 * What an answer rests on: tables that were read for it, and until when the clock lets it hold. Its entity tag (RFC 9110, 8.8.3) says
 * all of that, so that any replica can tell later, with nothing kept, whether a fresh answer would be the same.
 */
export class Footing implements AnswerNotes {
  readonly #tables = new Set<string>();
  /** In milliseconds since 1970. */
  #until = Infinity;
  #isLasting = true;

  constructor(
    private readonly asked: Asked,
    private readonly build: string,
  ) {}

  /** Tables that have a count. */
  get tables(): readonly string[] {
    return this.asked.counts.tables;
  }

  read(table: string): void {
    this.#tables.add(table);
  }

  holdsUntil(moment: Date): void {
    this.#until = Math.min(this.#until, moment.getTime());
  }

  /** Also of what was asked of something else than the database. */
  holdsNow(): void {
    this.#isLasting = false;
  }

  /** Null where the answer holds for this moment alone. */
  tag(): string | null {
    if (!this.#isLasting) return null;
    const bits = this.tables.reduce(
      (all, table, at) => all | (this.#tables.has(table) ? 1n << BigInt(at) : 0n),
      0n,
    );
    const basis: Basis = { bits, until: this.#until };
    return `W/"${write(basis)}.${digest(this.asked, this.build, basis)}"`;
  }
}

/** The first of these tags that a fresh answer would have again; null where there is none. */
export function currentTag(given: string, asked: Asked, build: string, now: Date): string | null {
  const tags = given.slice(0, MAX_HEADER_LENGTH).matchAll(/(?:W\/)?"([0-9a-z]+)\.([0-9a-z]+)\.([\w-]+)"/g);
  for (const [tag, bits = '', until = '', hash] of tags) {
    const basis = read(bits, until);
    if (basis.until > now.getTime() && hash === digest(asked, build, basis)) return tag;
  }
  return null;
}

/** Some tags of ours; whoever sends more has not kept them from here. */
const MAX_HEADER_LENGTH = 2_000;

interface Basis {
  /** One for each table, in the order of `counts.tables`. */
  readonly bits: bigint;
  readonly until: number;
}

const write = ({ bits, until }: Basis): string =>
  `${bits.toString(36)}.${until === Infinity ? 'z' : until.toString(36)}`;

const read = (bits: string, until: string): Basis => ({
  bits: Array.from(bits).reduce((all, digit) => all * 36n + BigInt(parseInt(digit, 36)), 0n),
  until: until === 'z' ? Infinity : parseInt(until, 36),
});

function digest({ counts, question, actor }: Asked, build: string, basis: Basis): string {
  const changed = counts.tables.map((table, at) => ((basis.bits >> BigInt(at)) & 1n ? counts.of(table) : ''));
  const roles = actor.roles === 'every' ? 'every' : [...actor.roles].sort();
  const all = [
    build,
    question,
    actor.name,
    [...actor.permissions].sort(),
    roles,
    counts.since,
    changed,
    write(basis),
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url').slice(0, DIGEST_LENGTH);
}

/** 132 bits. */
const DIGEST_LENGTH = 22;

declare module 'fastify' {
  interface FastifyRequest {
    /** What the answer rests on, noted while it is made; null where nobody asks for it. */
    footing: Footing | null;
  }
}

interface AnswerTagsOptions {
  /** Another one for another program, which may answer otherwise. */
  readonly build: string;
  readonly readsOf: (request: FastifyRequest) => Promise<Reads>;
  readonly now: () => Date;
}

/** Tells a caller who sends the tag of an answer again that it is still the same, without making it (RFC 9110, 13.1.2). */
export class AnswerTags {
  constructor(
    app: FastifyInstance,
    private readonly options: AnswerTagsOptions,
  ) {
    app.decorateRequest('footing', null);
    app.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('etag') || reply.hasHeader('cache-control')) return;
      const vary = reply.getHeader('vary');
      const others = vary === undefined ? '' : `${String(vary)}, `;
      void reply.headers({ ...CACHED, vary: `${others}authorization, accept, weir-actor, weir-roles` });
    });
  }

  /** @param request as it is asked, with the text of its document */
  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    { query, operationName, variables }: Question,
  ): Promise<void> {
    const { build, readsOf, now } = this.options;
    const { actor, headers } = request;
    // Whoever may not read is told so on the usual way.
    if (lacking(actor, 'viewer')) return;
    const counts = await (await readsOf(request)).changeCounts();
    const question = JSON.stringify([query, operationName, variables, headers.accept]);
    const asked = { counts, question, actor };
    const given = headers['if-none-match'];
    const tag = given === undefined ? null : currentTag(given, asked, build, now());
    if (tag === null) request.footing = new Footing(asked, build);
    else await reply.code(304).header('etag', tag).send();
  }
}

type Question = Readonly<Record<string, unknown>>;

/** Whoever keeps an answer asks each time whether it still holds. */
const CACHED = { 'cache-control': 'private, no-cache' };
