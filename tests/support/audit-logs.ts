import type { AuditTexts, SealedRecord } from '../../src/application/audit-ports.js';
import { auditFields, auditText } from '../../src/application/audit-text.js';
import { sha256 } from '../../src/application/sha256.js';
import { type Anchor, BEGINNING, type LinkedText, linkOf } from '../../src/domain/audit/chain.js';
import { verifyChain } from '../../src/application/verify-audit.js';

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Dice {
  below(limit: number): number;
  pick<T>(items: readonly T[]): T;
}

export function diceOf(seed: number): Dice {
  const random = randomOf(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return { below, pick: (items) => items[below(items.length)] as never };
}

const WORDS = ['brief', 'Überblick', 'a"b', 'back\\slash', '{"not": 1.0}', '🎈', '', 'null', '12'];

/** As the database writes its `jsonb`. */
const jsonbText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}: ${jsonbText(each)}`)
    .join(', ')}}`;
};

export function randomState(dice: Dice): string | null {
  if (dice.below(5) === 0) return null;
  const leaf = () =>
    dice.pick<unknown>([dice.pick(WORDS), dice.below(1_000), dice.below(100) / 8, true, null, [1, 2]]);
  return jsonbText({
    type: dice.pick(WORDS),
    value: leaf(),
    changes: [{ key: leaf() }, { [dice.pick(WORDS)]: leaf() }],
  });
}

const orNull = <T>(dice: Dice, value: T): T | null => (dice.below(3) === 0 ? null : value);

export function randomTexts(dice: Dice, id: number): AuditTexts {
  const moment = new Date(Date.UTC(2026, 10, 23) + dice.below(10 ** 9)).toISOString().replace('Z', '000Z');
  return {
    ...{ id: `${id}`, happenedAt: moment, actor: dice.pick(WORDS), roles: [dice.pick(WORDS), 'viewer'] },
    origin: orNull(dice, jsonbText({ by: 'local', token: null })),
    ...{ action: 'step.start', subject: dice.pick(WORDS) },
    ...{
      campaignId: orNull(dice, '7'),
      versionId: orNull(dice, `${dice.below(9)}`),
      commitSha: orNull(dice, 'ab12'),
    },
    ...{ requestKey: orNull(dice, 'k'), requestHash: orNull(dice, 'h') },
    ...{ before: randomState(dice), after: randomState(dice) },
  };
}

export const textOf = (texts: AuditTexts): string => auditText(auditFields(texts));

/** A clean chain. Ids are not in order: transactions end in another order than they begin in. */
export function randomLog(dice: Dice, length: number): SealedRecord[] {
  let hash = BEGINNING;
  return Array.from({ length }, (_, at) => {
    const texts = randomTexts(dice, at % 2 === 0 ? at + 2 : at);
    hash = linkOf(sha256, hash, textOf(texts));
    return { position: at + 1, record: texts.id, hash, texts };
  });
}

export const anchorAt = (log: readonly SealedRecord[], position: number): Anchor => ({
  ...{ position, hash: log[position - 1]?.hash ?? '', source: 'a checkpoint' },
});

export async function* linksOf(log: readonly SealedRecord[]): AsyncGenerator<LinkedText> {
  for (const { texts, ...link } of log)
    yield await Promise.resolve({ ...link, text: texts && textOf(texts) });
}

export const verified = (log: readonly SealedRecord[], anchors: readonly Anchor[]) =>
  verifyChain(linksOf(log), anchors);
