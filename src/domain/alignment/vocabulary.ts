import { DateTime } from 'luxon';
import { nearest } from '../suggestion.js';
import type { Taxonomy } from '../workflow/document.js';

/** What is wrong with a word that all campaigns share (R49). */
export interface WordProblem {
  readonly code: 'UNKNOWN_OFFER' | 'UNKNOWN_SEGMENT' | 'OFFER_NOT_VALID';
  readonly message: string;
  /** What would mend it. */
  readonly mend: string;
}

/** Words that something uses, and the moment at which readers see it; null where that is not known. */
export interface UsedWords {
  readonly offers: readonly string[];
  readonly segments: readonly string[];
  readonly at: Date | null;
}

/**
 * What the Taxonomy does not know, and offers that do not hold when readers see them, by the days of a time zone, both ends included.
 * A Taxonomy that lists no offers, or no segments, says nothing about them. The case of a code does not matter.
 */
export function wordProblems(taxonomy: Taxonomy | null, used: UsedWords, timezone: string): WordProblem[] {
  const { offers = [], segments = [] } = taxonomy ?? {};
  const codes = offers.map(({ key }) => key);
  const names = segments.map(({ key }) => key);
  const ofOffers = used.offers.flatMap((code): WordProblem[] => {
    const offer = offers.find(({ key }) => key.toLowerCase() === code.toLowerCase());
    if (codes.length > 0 && !offer) return [unknown('UNKNOWN_OFFER', 'offer', code, codes)];
    const day = used.at && DateTime.fromJSDate(used.at, { zone: timezone }).toISODate();
    const { validFrom = null, validTo = null } = offer ?? {};
    if (day === null) return [];
    if (validFrom !== null && day < validFrom) return [invalid(code, `holds from ${validFrom} on`, day)];
    return validTo !== null && day > validTo ? [invalid(code, `held until ${validTo}`, day)] : [];
  });
  const ofSegments = used.segments.flatMap((segment): WordProblem[] =>
    names.length === 0 || names.includes(segment)
      ? []
      : [unknown('UNKNOWN_SEGMENT', 'segment', segment, names)],
  );
  return [...ofOffers, ...ofSegments];
}

function unknown(
  code: WordProblem['code'],
  what: string,
  word: string,
  known: readonly string[],
): WordProblem {
  const near = nearest(word, known);
  const suggestion = near === null ? '' : `, did you mean '${near}'?`;
  return {
    code,
    message: `the taxonomy has no ${what} '${word}'${suggestion}`,
    mend: near === null ? `use a ${what} of the taxonomy, or add '${word}' to it` : `use '${near}'`,
  };
}

const invalid = (code: string, when: string, day: string): WordProblem => ({
  code: 'OFFER_NOT_VALID',
  message: `offer '${code}' ${when}, and it is to be seen on ${day}`,
  mend: `use an offer that holds on ${day}, or move the date`,
});
