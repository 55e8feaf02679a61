import type { GraphQLSchema } from 'graphql';

interface SchemaChange {
  readonly path: string;
  readonly message: string;
}
export function breakingChanges(before: GraphQLSchema, after: GraphQLSchema): Promise<SchemaChange[]>;
export function unnamed(changes: readonly SchemaChange[], changelog: string): SchemaChange[];
export function unsoundDeprecations(schema: GraphQLSchema, today: Date): { path: string; reason: string }[];
