import { GraphQLError } from 'graphql';
import type { PageRequest, VersionRef } from '../application/reads.js';
import type { PageArguments } from '../schema/connection.js';
import type { VersionRefInput } from '../schema/inputs.js';

export const badInput = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** Checks what the type system cannot: one direction at a time, and no negative numbers. */
export function toPageRequest({ first, after, last, before }: PageArguments): PageRequest {
  if (first != null && last != null) throw badInput("give 'first' or 'last', not both");
  for (const [name, value] of [
    ['first', first],
    ['last', last],
  ] as const) {
    if (value != null && value < 0) throw badInput(`'${name}' cannot be negative`);
  }
  return { first: first ?? null, after: after ?? null, last: last ?? null, before: before ?? null };
}

export function toVersionRef({ number, commit, asOf }: VersionRefInput): VersionRef {
  const given = [number, commit, asOf].filter((each) => each != null).length;
  if (given !== 1) throw badInput('give exactly one of number, commit and asOf');
  if (number != null) return { type: 'number', number };
  if (commit != null) return { type: 'commit', commit };
  return { type: 'as-of', asOf: asOf ?? new Date(0) };
}
