/** Whoever sends a statement. */
export interface Asked {
  query<T>(sql: string, values: unknown[]): Promise<T>;
}
