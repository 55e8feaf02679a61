import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Chains the audit records, and keeps how it was known who acted and what was signed: what is written waits in `audit_unsealed` until it has a place in the chain, so that nobody who
 * writes waits for anybody else who does.
 */
export class AuditChain1700000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const CHAIN = ['audit_seal', 'audit_checkpoint', 'audit_publication'];
const RECORD = ['audit_record', ...CHAIN];

const UP = [
  'ALTER TABLE audit_record ADD COLUMN origin jsonb',
  'ALTER TABLE campaign_approval ADD COLUMN signature jsonb',
  // In the order of sealing, which is not that of ids where one transaction ends before another that began earlier.
  `CREATE TABLE audit_seal (
    position bigint PRIMARY KEY,
    record_id bigint NOT NULL UNIQUE REFERENCES audit_record,
    hash bytea NOT NULL CHECK (length(hash) = 32)
  )`,
  `CREATE TABLE audit_unsealed (
    record_id bigint PRIMARY KEY REFERENCES audit_record,
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`,
  `CREATE TABLE audit_checkpoint (
    position bigint PRIMARY KEY REFERENCES audit_seal,
    token text NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `CREATE TABLE audit_publication (
    position bigint PRIMARY KEY REFERENCES audit_checkpoint,
    commit_sha text NOT NULL
  )`,
  'INSERT INTO audit_unsealed (record_id) SELECT id FROM audit_record',
  ...CHAIN.map(
    (table) => `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  ),
  ...RECORD.map(
    (table) => `CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  ),
];

const DOWN = [
  'DROP TRIGGER never_emptied ON audit_record',
  ...[...CHAIN].reverse().map((table) => `DROP TABLE ${table}`),
  'DROP TABLE audit_unsealed',
  'ALTER TABLE campaign_approval DROP COLUMN signature',
  'ALTER TABLE audit_record DROP COLUMN origin',
];
