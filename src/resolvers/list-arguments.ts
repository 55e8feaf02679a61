import { type ClassType, Arg } from 'type-graphql';

/** The argument `filter` of a list. */
export const Filter = (type: () => ClassType) =>
  Arg('filter', type, { nullable: true, description: 'Only what meets these conditions.' });

/** The argument `orderBy` of a list. */
export const OrderBy = (type: () => ClassType) =>
  Arg('orderBy', type, { nullable: true, description: 'In which order; without it, as the list says.' });

export const NEWEST_FIRST = { field: 'time', direction: 'desc' } as const;
export const NEWEST_CAMPAIGN_FIRST = { field: 'created-at', direction: 'desc' } as const;
