import { compare, type Comparison, kindsOf, type Verdict } from './compare.js';
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
  /** As it is written there. */
  readonly text: string;
}
export interface Contradiction {
  readonly fact: FactName | 'tone';
  /** Ids of the two texts. */
  readonly a: string;
  readonly b: string;
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
  readonly pairs: readonly Pair[];
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
  /** By kind of fact, the number of the set of claims: texts that claim the same have the same. */
  readonly claims: ReadonlyMap<string, number>;
}

/**
 * Whether texts for several channels say the same (R72, R74, R118): what each states is compared with what every other
 * states. Contradicting texts are often more alike than agreeing ones, so the words as such count for nothing.
 */
export function consistencyOf(texts: readonly Text[], context: Omit<Context, 'publishedAt'>): Consistency {
  const readings = texts.map(({ text }) => read(text));
  const sets = new Map<string, number>();
  const representatives: Fact[][] = [];
  const examined = texts.map((text, at): Examined => {
    const reading = readings[at] ?? read('');
    const facts = factsIn(reading, { ...context, publishedAt: text.publishedAt ?? null });
    const claims = new Map<string, number>();
    for (const [kind, own] of kindsOf(facts)) {
      const name = JSON.stringify([kind, own.map(({ claim }) => claim)]);
      const number = sets.get(name) ?? representatives.push(own) - 1;
      sets.set(name, number);
      claims.set(kind, number);
    }
    return { ...text, facts, tone: toneOf(reading), claims };
  });
  const verdicts = verdictsOf(representatives);
  const similarity = similarities(readings.map(topicOf));
  const contradictions: Contradiction[] = [];
  const pairs: Pair[] = [];
  const unknown = new Set<string>();
  let count = 0;
  examined.forEach((a, one) => {
    for (let other = one + 1; other < examined.length; other++) {
      const b = examined[other];
      if (!b) continue;
      let [compared, agreeing] = [0, 0];
      for (const [kind, own] of a.claims) {
        const theirs = b.claims.get(kind);
        if (theirs === undefined) continue;
        const verdict = verdicts(own, theirs);
        if (verdict !== null) compared++;
        if (verdict === true) agreeing++;
        else if (verdict === false ? ++count <= MOST_LISTED : unknown.size < MOST_LISTED) {
          const comparison = compare(representatives[own] ?? [], representatives[theirs] ?? []);
          if (comparison && verdict === false) contradictions.push(contradictionOf(comparison, a, b));
          else if (comparison) unknown.add(describeUnknown(comparison, a, b));
        }
      }
      if (a.tone !== null && b.tone !== null) {
        compared++;
        if (a.tone === b.tone) agreeing++;
      }
      const alike = similarity(one, other);
      pairs.push({
        a: a.id,
        b: b.id,
        similarity: alike === null ? null : rounded(alike),
        compared,
        agreeing,
      });
    }
  });
  const shares = pairs
    .filter(({ compared }) => compared > 0)
    .map(({ compared, agreeing }) => agreeing / compared);
  return {
    score:
      shares.length === 0 ? null : rounded(shares.reduce((sum, share) => sum + share, 0) / shares.length),
    contradictions,
    contradictionCount: count,
    pairs,
    facts: examined.flatMap((text) =>
      text.facts.map(({ fact, value, range }) => ({ fact, value, ...placeOf(text, range) })),
    ),
    tones: examined.map(({ id, tone }) => ({ id, tone })),
    notes: [...unknown, ...notesOn(texts, shares.length)].slice(0, MOST_LISTED),
  };
}

/** The verdict on every two sets of claims, each found once. */
function verdictsOf(sets: readonly (readonly Fact[])[]): (one: number, other: number) => Verdict {
  const known = new Map<number, Int8Array>();
  return (one, other) => {
    const row = known.get(one) ?? new Int8Array(sets.length);
    known.set(one, row);
    const found = row[other];
    if (found) return found === UNKNOWN ? null : found === AGREE;
    const verdict = compare(sets[one] ?? [], sets[other] ?? [])?.verdict ?? null;
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
    ...{ fact, a: a.id, b: b.id, values: [said(one), said(other)] as const },
    places: [
      ...own(a, one).map(({ range }) => placeOf(a, range)),
      ...own(b, other).map(({ range }) => placeOf(b, range)),
    ],
  };
}

const placeOf = ({ id, text }: Text, { start, end }: Range): Place => ({
  id,
  start,
  end,
  text: text.slice(start, end),
});

const describeUnknown = ({ fact, one, other }: Comparison, a: Text, b: Text): string =>
  `could not compare the ${fact} of '${a.id}' (${one.map(({ value }) => value).join(', ')}) and '${b.id}' (${other.map(({ value }) => value).join(', ')}): it depends on when each is read`;

function notesOn(texts: readonly Text[], comparable: number): string[] {
  if (texts.length < 2)
    return [`there ${texts.length === 1 ? 'is one text' : 'are no texts'}: nothing to compare`];
  return comparable === 0 ? ['no two texts state the same kind of fact: could not compare'] : [];
}

/** Rounded far below anything that matters. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
