import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as german } from '@orama/stemmers/german';
import { deu, eng } from 'stopword';
import type { Reading } from './reading.js';

/** The stems of the words that carry meaning, and how often each occurs. */
export interface Topic {
  readonly language: string | null;
  readonly stems: ReadonlyMap<string, number>;
}

const STEMMERS: Readonly<Record<string, (word: string) => string>> = { en: english, de: german };
const STOPWORDS = new Set([...deu, ...eng]);
const WORD = /\p{L}[\p{L}'-]*/gu;

export function topicOf({ text, language }: Pick<Reading, 'text' | 'language'>): Topic {
  const stem = STEMMERS[language ?? ''] ?? ((word: string) => word);
  const stems = new Map<string, number>();
  for (const [found] of text.matchAll(WORD)) {
    const word = found.toLowerCase();
    if (word.length < 3 || STOPWORDS.has(word)) continue;
    const key = stem(word);
    stems.set(key, (stems.get(key) ?? 0) + 1);
  }
  return { language, stems };
}

/**
 * Cosine of the stems (Salton, Wong and Yang 1975) of every two topics, by place: 1 where both use the same words equally
 * often, 0 where they share none, null where their languages differ or one has no words. It says whether two texts speak of
 * the same; not whether they agree.
 */
export function similarities(topics: readonly Topic[]): (one: number, other: number) => number | null {
  const norms = topics.map(({ stems }) =>
    Math.sqrt([...stems.values()].reduce((sum, count) => sum + count ** 2, 0)),
  );
  // By stem, who uses it: numbers of topics, rising, and how often.
  const users = new Map<string, { readonly topics: number[]; readonly counts: number[] }>();
  topics.forEach(({ stems }, at) => {
    for (const [stem, count] of stems) {
      const known = users.get(stem) ?? { topics: [], counts: [] };
      users.set(stem, known);
      known.topics.push(at);
      known.counts.push(count);
    }
  });
  const dots = new Float64Array(topics.length);
  let current = -1;
  /** Products with all that come after; kept until another is asked for, since they are asked for in order. */
  const fill = (one: number): void => {
    dots.fill(0);
    current = one;
    for (const [stem, count] of topics[one]?.stems ?? []) {
      const { topics: all, counts } = users.get(stem) ?? { topics: [], counts: [] };
      for (let at = all.length - 1; at >= 0; at--) {
        const other = all[at] ?? 0;
        if (other <= one) break;
        dots[other] = (dots[other] ?? 0) + count * (counts[at] ?? 0);
      }
    }
  };
  return (one, other) => {
    const length = (norms[one] ?? 0) * (norms[other] ?? 0);
    if (length === 0 || differ(topics[one]?.language, topics[other]?.language)) return null;
    if (current !== one) fill(one);
    return Math.min(1, (dots[other] ?? 0) / length);
  };
}

const differ = (one: string | null | undefined, other: string | null | undefined): boolean =>
  one != null && other != null && one !== other;

/** Parts of words this long mean the same: `Zeitersparnis` and `Zeit`. */
const LEAST_PART = 4;

/** Whether at least this share of the stems of a message is in a text. Null in another language. */
export function covers(topic: Topic, message: Topic, share: number): boolean | null {
  if (differ(topic.language, message.language) || message.stems.size === 0) return null;
  const own = [...topic.stems.keys()];
  const found = [...message.stems.keys()].filter(
    (stem) => topic.stems.has(stem) || own.some((word) => isPart(word, stem) || isPart(stem, word)),
  );
  return found.length / message.stems.size >= share;
}

const isPart = (part: string, word: string): boolean => part.length >= LEAST_PART && word.startsWith(part);
