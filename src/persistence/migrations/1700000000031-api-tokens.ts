import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API tokens, without their secrets. None is ever deleted: what was done with it is on record. */
export class ApiTokens1700000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE api_token (
      id text PRIMARY KEY,
      name text NOT NULL,
      roles text[] NOT NULL,
      uses text[] NOT NULL,
      hash text NOT NULL,
      created_at timestamptz NOT NULL,
      created_by text NOT NULL,
      expires_at timestamptz NOT NULL,
      revoked_at timestamptz,
      last_used_at timestamptz
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_token');
  }
}
