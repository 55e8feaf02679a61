import type { EntityTarget, FindManyOptions, ObjectLiteral } from 'typeorm';

/** Where questions are asked; the manager of a connection pool is one. */
export interface ReadSource {
  query<T>(sql: string, values?: unknown[]): Promise<T>;
  find<Row extends ObjectLiteral>(row: EntityTarget<Row>, options: FindManyOptions<Row>): Promise<Row[]>;
}
