import type { Reading } from '../reading.js';
import { after, before, type Fact, type FactName, pattern, wordFact, words } from './fact.js';

/** What is said in a few fixed ways: each a name for it and the ways to say it, English and German. */
export interface Sayings {
  readonly names: readonly string[];
  /** One search for all of them; which it was is the group that matched. */
  readonly ways: RegExp;
}
export function sayings(table: Readonly<Record<string, readonly string[]>>): Sayings {
  const groups = Object.values(table).map((ways, at) => `(?<n${at}>${ways.join('|')})`);
  return { names: Object.keys(table), ways: pattern(words(...groups)) };
}

/** Which of them a text says, and means: each once. */
export function said(
  fact: FactName,
  { names, ways }: Sayings,
  reading: Reading,
  isMeant: (lead: string, rest: string, name: string, match: string) => boolean,
): Fact[] {
  const { text } = reading;
  const found = new Map<string, Fact>();
  for (const match of text.matchAll(ways)) {
    const name = names.find((_, at) => match.groups?.[`n${at}`] !== undefined) ?? '';
    const end = match.index + match[0].length;
    if (found.has(name)) continue;
    if (isMeant(before(text, match.index), after(text, end), name, match[0]))
      found.set(name, wordFact(fact, name, reading.source(match.index, end)));
  }
  return [...found.values()];
}
