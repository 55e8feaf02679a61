import type { Text } from './consistency.js';
import { BRIEF } from './remarks.js';
import { read } from './reading.js';
import { covers, topicOf } from './topic.js';

/** Fields of a brief as it is written: a text, or a list of them. */
export type BriefFields = Readonly<Record<string, string | readonly string[]>>;

/** Fields that are no facts of the offer: they are looked at elsewhere, or tell people what to do. */
const NO_FACTS = new Set([
  'keyMessages',
  'tone',
  'valueProposition',
  'audience',
  'segments',
  'notes',
  'goal',
]);

/** A brief as one more text, so that what it says can be compared: `offerCode: SPRING25` reads `offer code: SPRING25`. */
export function briefAsText(fields: BriefFields): Text {
  const lines = Object.entries(fields)
    .filter(([name]) => !NO_FACTS.has(name))
    .map(([name, value]) => `${spoken(name)}: ${typeof value === 'string' ? value : value.join(', ')}`);
  return { id: BRIEF, channel: BRIEF, text: lines.join('\n') };
}

const spoken = (name: string): string =>
  name
    .replace(/([a-zäöüß\d])([A-ZÄÖÜ])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();

export interface Coverage {
  readonly id: string;
  /** What of it the text has, and what it has not. */
  readonly covered: readonly string[];
  readonly missing: readonly string[];
  /** In another language, or without words: could not be told. */
  readonly unknown: readonly string[];
}

/** Half of the words of a message: less is chance, more would refuse what is said in other words. A keyword is there or not. */
const SHARES = { 'key-message': 0.5, keyword: 1 } as const;

/** Which key messages each text says, in whatever words (R53); or which keywords it has, in whatever form (R22). */
export function coverageOf(
  texts: readonly Pick<Text, 'id' | 'text'>[],
  wanted: readonly string[],
  kind: keyof typeof SHARES,
): Coverage[] {
  const known = wanted.map((message) => ({ message, topic: topicOf(read(message)) }));
  return texts.map(({ id, text }) => {
    const topic = topicOf(read(text));
    const found = known.map(({ message, topic: own }) => ({
      message,
      verdict: covers(topic, own, SHARES[kind]),
    }));
    const those = (verdict: boolean | null) =>
      found.filter((each) => each.verdict === verdict).map(({ message }) => message);
    return { id, covered: those(true), missing: those(false), unknown: those(null) };
  });
}
