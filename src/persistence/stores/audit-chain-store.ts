import type { EntityManager } from 'typeorm';
import type {
  AuditChainStore,
  AuditTexts,
  SealedRecord,
  StoredCheckpoint,
} from '../../application/audit-ports.js';
import type { Link } from '../../domain/audit/chain.js';
import { AUDIT_LINK, AUDIT_TEXTS, CHECKPOINTS, LAST_CHECKPOINT } from '../reads/audit.js';

/** Any number; the same for all who seal. */
const SEALING = 7_317_351;

export class SqlAuditChainStore implements AuditChainStore {
  constructor(private readonly manager: EntityManager) {}

  async hasUnsealed(): Promise<boolean> {
    return (await this.rows('SELECT 1 FROM audit_unsealed LIMIT 1')).length > 0;
  }

  async lock(): Promise<void> {
    await this.rows('SELECT pg_advisory_xact_lock($1)', SEALING);
  }

  async last(): Promise<Link | null> {
    return this.one(`SELECT ${AUDIT_LINK} FROM audit_seal s ORDER BY s.position DESC LIMIT 1`);
  }

  async unsealed(limit: number): Promise<AuditTexts[]> {
    const rows = await this.rows<{ texts: AuditTexts }>(
      `SELECT ${AUDIT_TEXTS} FROM audit_unsealed u JOIN audit_record a ON a.id = u.record_id ORDER BY u.record_id LIMIT $1`,
      limit,
    );
    return rows.map(({ texts }) => texts);
  }

  async seal(links: readonly Link[]): Promise<void> {
    const records = links.map(({ record }) => record);
    await this.rows(
      `INSERT INTO audit_seal (position, record_id, hash)
       SELECT position, record, decode(hash, 'hex') FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS given (position, record, hash)`,
      links.map(({ position }) => position),
      records,
      links.map(({ hash }) => hash),
    );
    await this.rows('DELETE FROM audit_unsealed WHERE record_id = ANY($1)', records);
  }

  after(position: number, limit: number): Promise<SealedRecord[]> {
    return this.rows(
      `SELECT ${AUDIT_LINK}, CASE WHEN a.id IS NULL THEN NULL ELSE texts END AS texts
         FROM (SELECT * FROM audit_seal WHERE position > $1 ORDER BY position LIMIT $2) s
         LEFT JOIN audit_record a ON a.id = s.record_id CROSS JOIN LATERAL (SELECT ${AUDIT_TEXTS}) t ORDER BY s.position`,
      position,
      limit,
    );
  }

  async strayAfter(id: string, limit: number): Promise<{ last: string | null; stray: string | null }> {
    const row = await this.one<{ last: string | null; stray: string | null }>(
      `SELECT max(a.id) AS last, min(a.id) FILTER (WHERE s.record_id IS NULL AND u.record_id IS NULL) AS stray
         FROM (SELECT id FROM audit_record WHERE id > $1 ORDER BY id LIMIT $2) a
         LEFT JOIN audit_seal s ON s.record_id = a.id LEFT JOIN audit_unsealed u ON u.record_id = a.id`,
      id,
      limit,
    );
    return row ?? { last: null, stray: null };
  }

  checkpoints(after: number, limit: number): Promise<StoredCheckpoint[]> {
    return this.rows(`${CHECKPOINTS} WHERE c.position > $1 ORDER BY c.position LIMIT $2`, after, limit);
  }

  lastCheckpoint(): Promise<StoredCheckpoint | null> {
    return this.one(LAST_CHECKPOINT);
  }

  async addCheckpoint({ position, token, at }: Omit<StoredCheckpoint, 'commit'>): Promise<void> {
    await this.rows(
      'INSERT INTO audit_checkpoint (position, token, created_at) VALUES ($1, $2, $3)',
      position,
      token,
      at,
    );
  }

  unpublished(): Promise<StoredCheckpoint[]> {
    return this.rows(
      `${CHECKPOINTS} WHERE c.position > coalesce((SELECT max(position) FROM audit_publication), 0) ORDER BY c.position`,
    );
  }

  lastPublished(): Promise<StoredCheckpoint | null> {
    return this.one(`${CHECKPOINTS} WHERE p.position IS NOT NULL ORDER BY c.position DESC LIMIT 1`);
  }

  async addPublication(position: number, commit: string): Promise<void> {
    await this.rows(
      'INSERT INTO audit_publication (position, commit_sha) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      position,
      commit,
    );
  }

  private rows<T>(sql: string, ...values: readonly unknown[]): Promise<T[]> {
    return this.manager.query<T[]>(sql, [...values]);
  }

  private async one<T>(sql: string, ...values: readonly unknown[]): Promise<T | null> {
    return (await this.rows<T>(sql, ...values))[0] ?? null;
  }
}
