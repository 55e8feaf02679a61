import { GraphQLError } from 'graphql';
import { BadProposal } from '../application/plan.js';
import type { VersionRef } from '../application/ports.js';
import type { PageRequest } from '../application/reads.js';
import { TIME_BUCKETS, type TimeBucket } from '../domain/campaign/statistics.js';
import { hoursOf } from '../domain/duration.js';
import type { Supposition } from '../domain/forecast/what-if.js';
import type { PageArguments } from '../schema/connection.js';
import type { EffortInput, SuppositionInput, VersionRefInput } from '../schema/inputs.js';
import { MAX_PAGE } from '../schema/limits.js';
import type { BriefValue } from '../domain/campaign/state.js';
import { type BriefFieldInput, toBriefValue } from '../schema/values.js';

export const badInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

export const forbidden = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });

/** Fields of a brief by name, each given once: two values of one field would leave open which counts. */
export function toGivenFields(given: readonly BriefFieldInput[]): Record<string, BriefValue | null> {
  const names = given.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw badInput(`the field '${twice}' is given twice`);
  return Object.fromEntries(given.map((field) => [field.name, toBriefValue(field)]));
}

/** What cannot be planned was asked for wrongly. */
export function refuseBadProposal(error: unknown): never {
  if (error instanceof BadProposal) throw badInput(error.message);
  throw error;
}

/** Checks what the type system cannot: one direction at a time, and a size that can be answered. */
export function toPageRequest({ first, after, last, before }: PageArguments): PageRequest {
  if (first != null && last != null) throw badInput("give 'first' or 'last', not both");
  for (const [name, value] of [
    ['first', first],
    ['last', last],
  ] as const) {
    if (value != null && value < 0) throw badInput(`'${name}' cannot be negative`);
    if (value != null && value > MAX_PAGE) {
      throw badInput(`'${name}' is ${value}; a page holds at most ${MAX_PAGE}, so ask for several`);
    }
  }
  return { first: first ?? null, after: after ?? null, last: last ?? null, before: before ?? null };
}

export function toVersionRef({ number, commit, asOf }: VersionRefInput): VersionRef {
  const given = [number, commit, asOf].filter((each) => each != null).length;
  if (given !== 1) throw badInput('give exactly one of number, commit and asOf');
  if (number != null) return { type: 'number', number };
  if (commit == null) return { type: 'as-of', asOf: asOf ?? new Date(0) };
  if (!/^[0-9a-f]{7,64}$/i.test(commit)) {
    throw badInput(`'${commit}' is not the hash of a commit: give at least its first seven digits`);
  }
  return { type: 'commit', commit: commit.toLowerCase() };
}

/** More at once than anybody would weigh against what is. */
const MAX_SUPPOSITIONS = 20;

export function toSuppositions(inputs: readonly SuppositionInput[]): Supposition[] {
  if (inputs.length > 0 && inputs.length <= MAX_SUPPOSITIONS) return inputs.map(toSupposition);
  throw badInput(`suppose from one thing to ${MAX_SUPPOSITIONS}, not ${inputs.length}`);
}

function toSupposition({ without, parallel, capacity, effort, slip }: SuppositionInput): Supposition {
  const given = [without, parallel, capacity, effort, slip].filter((each) => each != null).length;
  if (given !== 1) throw badInput('give exactly one of without, parallel, capacity, effort and slip');
  if (without != null) return { type: 'without', step: without };
  if (parallel != null) return { type: 'parallel', steps: parallel };
  if (capacity != null) {
    if (capacity.units < 1) throw badInput(`there is at least one '${capacity.role}', not ${capacity.units}`);
    return { type: 'capacity', ...capacity };
  }
  if (effort != null) return toEffort(effort);
  const { step, by } = slip ?? { step: '', by: 'PT0H' };
  if (hoursOf(by) <= 0) throw badInput(`a step slips by more than nothing, not '${by}'`);
  return { type: 'slip', step, by };
}

function toEffort({ step, likely, ...rest }: EffortInput): Supposition {
  const [optimistic, pessimistic] = [rest.optimistic ?? likely, rest.pessimistic ?? likely];
  const [low = 0, mode = 0, high = 0] = [optimistic, likely, pessimistic].map(hoursOf);
  if (!(low >= 0 && low <= mode && mode <= high))
    throw badInput('an effort is optimistic, likely, pessimistic: none below zero or below the one before');
  return { type: 'effort', step, effort: { optimistic, likely, pessimistic } };
}

const DAY_MS = 86_400_000;
/** Points of one line: a year of days and some. More cannot be told apart on a screen. */
const MAX_POINTS = 400;

/** A period that begins before it ends and whose buckets can be drawn. */
export function checkPeriod(from: Date, to: Date, bucket: TimeBucket): void {
  if (from >= to) throw badInput("'from' must be before 'to'");
  const points = (to.getTime() - from.getTime()) / DAY_MS / TIME_BUCKETS[bucket];
  if (points > MAX_POINTS) {
    throw badInput(`a line has at most ${MAX_POINTS} points: ask for a longer bucket or a shorter period`);
  }
}
