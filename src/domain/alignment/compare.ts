import { DateTime } from 'luxon';
import type { Claim, Fact, FactName, Moment } from './facts/fact.js';

/** Whether two claims about the same thing can both be true; null where that cannot be told. */
export type Verdict = boolean | null;

export function compatible(one: Claim, other: Claim, fact: FactName): Verdict {
  if (one.type === 'number' && other.type === 'number') return numbersAgree(one, other);
  if (one.type === 'moment' && other.type === 'moment')
    return momentsAgree(one.moment, other.moment, fact === 'deadline');
  if (one.type === 'word' && other.type === 'word') return one.word === other.word;
  return null;
}

/** A third is 33 % and 33.3 %. */
const PERCENT_TOLERANCE = 0.5;

function numbersAgree(
  one: Extract<Claim, { type: 'number' }>,
  other: Extract<Claim, { type: 'number' }>,
): Verdict {
  const isPercent = one.unit === '%';
  if (one.unit !== other.unit && one.unit !== '' && other.unit !== '') return false;
  const same = Math.abs(one.number - other.number) <= (isPercent ? PERCENT_TOLERANCE : 0.004);
  if (one.bound === other.bound) return same;
  // A saving of up to 50 % is another promise than one of 50 %; a price from 49 € is kept by one of 59 €.
  const bounds = [one, other].map(({ bound }) => bound);
  if (bounds.includes('at-most')) return false;
  const [least, exact] = one.bound === 'at-least' ? [one, other] : [other, one];
  return exact.number >= least.number - 0.004;
}

/** @param isEnd 00:00 is then the end of the day before */
function momentsAgree(one: Moment, other: Moment, isEnd: boolean): Verdict {
  if (one.relative !== null || other.relative !== null) {
    // Read at the same time they mean the same; otherwise nobody can tell, but for the weekday.
    if (one.relative !== null && one.relative === other.relative) return true;
    const isOtherDay = one.weekday !== null && other.weekday !== null && one.weekday !== other.weekday;
    return isOtherDay ? false : null;
  }
  const [first, second] = isEnd ? [endOf(one), endOf(other)] : [one, other];
  for (const part of ['year', 'month', 'day'] as const) {
    const [a, b] = [first[part], second[part]];
    if (a !== null && b !== null && a !== b) return false;
  }
  const weekdays = [first, second].map((moment) => moment.weekday ?? weekdayOf(moment));
  if (weekdays[0] != null && weekdays[1] != null && weekdays[0] !== weekdays[1]) return false;
  if ((first.month === null) !== (second.month === null) && (weekdays[0] == null || weekdays[1] == null))
    return null;
  if (first.minutes === null || second.minutes === null) return true;
  // A time without a zone may be of any.
  if ((first.offset === null) !== (second.offset === null))
    return first.minutes === second.minutes ? true : null;
  const [one0, other0] = [first, second].map(({ minutes, offset }) => (minutes ?? 0) - (offset ?? 0));
  return Math.abs((one0 ?? 0) - (other0 ?? 0)) <= 1;
}

/** Midnight at the beginning of a day as the end of the one before. */
function endOf(moment: Moment): Moment {
  if (moment.minutes !== 0 || moment.month === null || moment.day === null) return moment;
  const day = DateTime.utc(moment.year ?? 2026, moment.month, moment.day).minus({ days: 1 });
  return { ...moment, month: day.month, day: day.day, weekday: null, minutes: 1440 };
}

const weekdayOf = ({ year, month, day }: Moment): number | null =>
  year === null || month === null || day === null ? null : DateTime.utc(year, month, day).weekday;

/** Two texts that say something about the same fact. */
export interface Comparison {
  readonly fact: FactName;
  readonly verdict: Verdict;
  /** The claims of each that the other does not share. */
  readonly one: readonly Fact[];
  readonly other: readonly Fact[];
}

/** Facts of which a text states one main thing, so that saying another besides is no contradiction. */
const ANY_IN_COMMON: ReadonlySet<FactName> = new Set(['call-to-action']);

/**
 * What two texts claim about the same thing, and whether they agree. Who says more does not contradict: they contradict where
 * each says something that the other does not. Where one states several values, each may be of another thing; then only values
 * that are close to each other are taken for rivals.
 */
export function compare(one: readonly Fact[], other: readonly Fact[]): Comparison | null {
  const [first] = one;
  if (!first || other.length === 0) return null;
  const { fact, about } = first;
  const ofKind = (facts: readonly Fact[]) => facts.filter((each) => each.about === about);
  const [mine, theirs] = [ofKind(one), ofKind(other)];
  const left = unshared(mine, other);
  const right = left.length === 0 ? [] : unshared(theirs, one);
  if (ANY_IN_COMMON.has(fact)) {
    if (left.length === mine.length && right.length === theirs.length)
      return { fact, verdict: false, one: left, other: right };
  } else if (right.length > 0) {
    if (one.length === 1 && other.length === 1) return { fact, verdict: false, one: left, other: right };
    const isShared = left.length < mine.length;
    const rivalsOf = (some: readonly Fact[], others: readonly Fact[]) =>
      some.filter((each) => others.some((mate) => areRivals(each.claim, mate.claim, isShared)));
    const rivals = rivalsOf(left, right);
    if (rivals.length > 0) return { fact, verdict: false, one: rivals, other: rivalsOf(right, left) };
  }
  const isKnown = one.some((each) => other.some((mate) => verdictOf(each, mate) === true));
  return { fact, verdict: isKnown ? true : null, one, other };
}

/** Only the verdict of {@link compare}, in less time. */
export function verdictOn(one: readonly Fact[], other: readonly Fact[]): Verdict {
  const [[first], [second]] = [one, other];
  if (one.length === 1 && other.length === 1 && first && second)
    return compatible(first.claim, second.claim, first.fact);
  return compare(one, other)?.verdict ?? null;
}

/** How far apart two amounts, or two days, may be to be of the same thing: less where the texts agree on another value. */
const RIVALS = { ratio: { alone: 2, beside: 1.5 }, days: { alone: 60, beside: 31 } } as const;

function areRivals(one: Claim, other: Claim, isShared: boolean): boolean {
  const reach = isShared ? 'beside' : 'alone';
  if (one.type === 'number' && other.type === 'number') {
    if (one.unit === '%') return true;
    const [least, most] = [one.number, other.number].sort((a, b) => a - b) as [number, number];
    return most <= least * RIVALS.ratio[reach];
  }
  if (one.type === 'moment' && other.type === 'moment') {
    const [first, second] = [dayOf(one.moment), dayOf(other.moment)];
    return first === null || second === null || Math.abs(first - second) <= RIVALS.days[reach];
  }
  return true;
}

/** Days since some beginning, in the year of the campaign where none is said. */
const dayOf = ({ year, month, day }: Moment): number | null =>
  month === null || day === null ? null : DateTime.utc(year ?? 2026, month, day).toMillis() / 86_400_000;

/** Of what is claimed, what no claim of the other text shares. `On Friday` shares nothing where days are told by date. */
function unshared(some: readonly Fact[], all: readonly Fact[]): Fact[] {
  const isDated = all.some(({ claim }) => claim.type === 'moment' && claim.moment.month !== null);
  return some.filter((each) =>
    all.every((mate) => {
      const verdict = verdictOf(each, mate);
      const isVague = mate.claim.type === 'moment' && mate.claim.moment.month === null;
      return verdict === false || (verdict === null && isDated && isVague);
    }),
  );
}

const verdictOf = (one: Fact, other: Fact): Verdict => compatible(one.claim, other.claim, one.fact);

/**
 * What is claimed of each kind of fact, once each: only the same kind can be compared. A price that does not say what it is for
 * may be any of the other text's, so these stand beside it.
 */
export function kindsOf(facts: readonly Fact[]): Map<string, Fact[]> {
  const kinds = new Map<string, Fact[]>();
  const seen = new Set<string>();
  const prices: Fact[] = [];
  for (const fact of facts) {
    const kind = `${fact.fact} ${fact.about}`;
    const claim = kind + JSON.stringify(fact.claim);
    if (seen.has(claim)) continue;
    seen.add(claim);
    if (fact.fact === 'price' && fact.about !== '' && fact.claim.type === 'number') prices.push(fact);
    const known = kinds.get(kind);
    if (known) known.push(fact);
    else kinds.set(kind, [fact]);
  }
  kinds.get('price ')?.push(...prices);
  return kinds;
}
