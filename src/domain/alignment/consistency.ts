import { compare, type Comparison, kindsOf, type Verdict, verdictOn } from './compare.js';
import { factsIn } from './extract.js';
import type { Context, Fact, FactName } from './facts/fact.js';
import { type Range, read } from './reading.js';
import { type Tone, toneOf } from './tone.js';
import { similarities, topicOf } from './topic.js';

/** Something that a reader gets to see: a mail, an advertisement, a sales script. */
export interface Text {
  readonly id: string;
  readonly channel: string;
  readonly text: string;
  /** When it is read, where that is known: then `tomorrow` is a day. */
  readonly publishedAt?: Date | null;
}
export interface Place extends Range {
  readonly id: string;
  readonly channel: string;
  /** As it is written there. */
  readonly text: string;
}
export interface Contradiction {
  readonly fact: FactName;
  /** Ids of the two texts. */
  readonly a: string;
  readonly b: string;
  readonly channels: readonly [string, string];
  /** What each says. */
  readonly values: readonly [string, string];
  readonly places: readonly Place[];
}
export interface Pair {
  readonly a: string;
  readonly b: string;
  /** Null where the languages differ or one has no words. */
  readonly similarity: number | null;
  /** Facts that both speak of and that could be compared, and those of them on which they agree. */
  readonly compared: number;
  readonly agreeing: number;
}
export interface Consistency {
  /** Mean share of the shared facts that agree, over the pairs that share any; null where none does. */
  readonly score: number | null;
  readonly contradictions: readonly Contradiction[];
  /** Of more contradictions than are listed: how many there are. */
  readonly contradictionCount: number;
  /** Pairs that share a fact that could be compared. */
  readonly comparedPairs: number;
  /** Every two texts, listed when asked for: of a thousand texts there are half a million. */
  readonly pairs: () => Pair[];
  readonly facts: readonly (Place & { readonly fact: FactName; readonly value: string })[];
  readonly tones: readonly { readonly id: string; readonly tone: Tone }[];
  /** What could not be compared, and why. */
  readonly notes: readonly string[];
}

/** Nobody reads more; the count says how many there are. */
const MOST_LISTED = 1000;

/** A text with what was found in it. */
interface Examined extends Text {
  readonly facts: readonly Fact[];
  readonly tone: Tone;
  /** Numbers of the kinds of fact that it states. */
  readonly kinds: readonly number[];
  /** By kind, the number of what it claims: texts that claim the same have the same; undefined where it claims nothing. */
  readonly claims: readonly (number | undefined)[];
}

/**
 * Whether texts for several channels say the same (R72, R74, R118): what each states is compared with what every other
 * states. Contradicting texts are often more alike than agreeing ones, so the words as such count for nothing.
 */
export function consistencyOf(texts: readonly Text[], context: Omit<Context, 'publishedAt'>): Consistency {
  const { examined, claimed } = examine(texts, context);
  const verdicts = verdictsOf(claimed);
  const contradictions: Contradiction[] = [];
  const unknown = new Set<string>();
  let [count, comparedPairs, shares] = [0, 0, 0];
  // Of the pair at hand: half a million pairs are compared, and a result for each would have to be thrown away again.
  let [compared, agreeing] = [0, 0];
  const comparePair = (a: Examined, b: Examined, told: boolean): void => {
    compared = 0;
    agreeing = 0;
    for (const kind of a.kinds) {
      const theirs = b.claims[kind];
      const own = a.claims[kind];
      if (own === undefined || theirs === undefined) continue;
      const verdict = own === theirs ? true : verdicts(own, theirs);
      if (verdict !== null) compared++;
      if (verdict === true) agreeing++;
      else if (told && (verdict === false ? ++count <= MOST_LISTED : unknown.size < MOST_LISTED)) {
        const comparison = compare(claimed[own] ?? [], claimed[theirs] ?? []);
        if (comparison && verdict === false) contradictions.push(contradictionOf(comparison, a, b));
        else if (comparison) unknown.add(describeUnknown(comparison, a, b));
      }
    }
    if (a.tone === null || b.tone === null) return;
    compared++;
    if (a.tone === b.tone) agreeing++;
  };
  forEachPair(examined, (a, b) => {
    comparePair(a, b, true);
    if (compared === 0) return;
    comparedPairs++;
    shares += agreeing / compared;
  });
  return {
    score: comparedPairs === 0 ? null : rounded(shares / comparedPairs),
    contradictions,
    contradictionCount: count,
    comparedPairs,
    pairs: () => {
      const similarity = similarities(texts.map(({ text }) => topicOf(read(text))));
      const pairs: Pair[] = [];
      forEachPair(examined, (a, b, one, other) => {
        comparePair(a, b, false);
        const alike = similarity(one, other);
        pairs.push({
          ...{ a: a.id, b: b.id, similarity: alike === null ? null : rounded(alike) },
          ...{ compared, agreeing },
        });
      });
      return pairs;
    },
    facts: examined.flatMap((text) =>
      text.facts.map(({ fact, value, range }) => ({ fact, value, ...placeOf(text, range) })),
    ),
    tones: examined.map(({ id, tone }) => ({ id, tone })),
    notes: [...unknown, ...tonesApart(examined), ...notesOn(texts, comparedPairs)].slice(0, MOST_LISTED),
  };
}

interface Findings {
  readonly facts: readonly Fact[];
  readonly tone: Tone;
}
/** By text and context: the texts of a campaign are compared again with each change, and hardly any has changed. */
const known = new Map<string, Findings>();
const MOST_KNOWN = 2_000;
/** Longer texts are rare, and would fill the memory. */
const LONGEST_KNOWN = 5_000;

function findingsOf({ text, publishedAt = null }: Text, context: Omit<Context, 'publishedAt'>): Findings {
  const { timezone, products } = context;
  const key = JSON.stringify([publishedAt, timezone, products, text]);
  const kept = known.get(key);
  if (kept) return kept;
  const reading = read(text);
  const found = { facts: factsIn(reading, { ...context, publishedAt }), tone: toneOf(reading) };
  const [oldest] = known.keys();
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  if (text.length <= LONGEST_KNOWN) known.set(key, found);
  return found;
}

/** What each text claims, by kind of fact; and, by number, all that is claimed. */
function examine(
  texts: readonly Text[],
  context: Omit<Context, 'publishedAt'>,
): { readonly examined: readonly Examined[]; readonly claimed: readonly (readonly Fact[])[] } {
  const kinds = new Map<string, number>();
  const numbers = new Map<string, number>();
  const claimed: Fact[][] = [];
  const examined = texts.map((text): Examined => {
    const { facts, tone } = findingsOf(text, context);
    const own: number[] = [];
    const claims: (number | undefined)[] = [];
    for (const [name, ofKind] of kindsOf(facts)) {
      const kind = kinds.get(name) ?? kinds.size;
      kinds.set(name, kind);
      const claim = JSON.stringify([kind, ofKind.map((fact) => fact.claim)]);
      const number = numbers.get(claim) ?? claimed.push(ofKind) - 1;
      numbers.set(claim, number);
      own.push(kind);
      claims[kind] = number;
    }
    return { ...text, facts, tone, kinds: own, claims };
  });
  return { examined, claimed };
}

function forEachPair<T>(all: readonly T[], act: (a: T, b: T, one: number, other: number) => void): void {
  all.forEach((a, one) => {
    for (let other = one + 1; other < all.length; other++) {
      const b = all[other];
      if (b !== undefined) act(a, b, one, other);
    }
  });
}

/** The verdict on every two sets of claims, each found once. */
function verdictsOf(sets: readonly (readonly Fact[])[]): (one: number, other: number) => Verdict {
  const rows: (Int8Array | undefined)[] = [];
  return (one, other) => {
    const row = (rows[one] ??= new Int8Array(sets.length));
    const found = row[other];
    if (found) return found === UNKNOWN ? null : found === AGREE;
    const verdict = verdictOn(sets[one] ?? [], sets[other] ?? []);
    row[other] = verdict === null ? UNKNOWN : verdict ? AGREE : CONTRADICT;
    return verdict;
  };
}
const [AGREE, CONTRADICT, UNKNOWN] = [1, 2, 3];

function contradictionOf({ fact, one, other }: Comparison, a: Examined, b: Examined): Contradiction {
  // Those that were compared stand for all that claim the same: here are the text's own.
  const own = (text: Examined, facts: readonly Fact[]) =>
    text.facts.filter((each) =>
      facts.some(({ value, about }) => each.fact === fact && each.value === value && each.about === about),
    );
  const said = (facts: readonly Fact[]) => [...new Set(facts.map(({ value }) => value))].join(', ');
  return {
    ...{ fact, a: a.id, b: b.id, channels: [a.channel, b.channel] as const },
    ...{ values: [said(one), said(other)] as const },
    places: [
      ...own(a, one).map(({ range }) => placeOf(a, range)),
      ...own(b, other).map(({ range }) => placeOf(b, range)),
    ],
  };
}

const placeOf = ({ id, channel, text }: Text, { start, end }: Range): Place => ({
  id,
  channel,
  start,
  end,
  text: text.slice(start, end),
});

const describeUnknown = ({ fact, one, other }: Comparison, a: Text, b: Text): string =>
  `could not compare the ${fact} of '${a.id}' (${one.map(({ value }) => value).join(', ')}) and '${b.id}' (${other.map(({ value }) => value).join(', ')}): it depends on when each is read`;

/** Tones count in the score like a fact; that they differ may be meant, so it is noted and no contradiction. */
function tonesApart(examined: readonly Examined[]): string[] {
  const [formal, casual] = (['formal', 'casual'] as const).map((tone) =>
    examined.flatMap((text) => (text.tone === tone ? [`'${text.id}'`] : [])),
  );
  if (!formal?.length || !casual?.length) return [];
  const some = (ids: readonly string[]) =>
    ids.slice(0, 4).join(', ') + (ids.length > 4 ? ` and ${ids.length - 4} more` : '');
  return [`tones differ: formal in ${some(formal)}, casual in ${some(casual)}`];
}

function notesOn(texts: readonly Text[], comparable: number): string[] {
  if (texts.length < 2)
    return [`there ${texts.length === 1 ? 'is one text' : 'are no texts'}: nothing to compare`];
  return comparable === 0 ? ['no two texts state the same kind of fact: could not compare'] : [];
}

/** Rounded far below anything that matters. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
