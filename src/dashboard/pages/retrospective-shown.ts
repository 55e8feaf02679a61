import type { RetrospectiveQuery } from '../api/operations.ts';

export type RetrospectiveShown = NonNullable<NonNullable<RetrospectiveQuery['campaign']>['retrospective']>;
