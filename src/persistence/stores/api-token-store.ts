import type { DataSource, EntityManager } from 'typeorm';
import type { ApiTokenStore, KnownTokens, StoredToken } from '../../application/access-ports.js';

const TOKEN = `id, name, roles, uses, hash, created_at AS "createdAt", created_by AS "createdBy",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

export class SqlApiTokenStore implements ApiTokenStore {
  constructor(private readonly manager: EntityManager) {}

  async add({
    id,
    name,
    roles,
    uses,
    hash,
    createdAt,
    createdBy,
    expiresAt,
  }: Omit<StoredToken, 'lastUsedAt'>): Promise<void> {
    await this.manager.query(
      `INSERT INTO api_token (id, name, roles, uses, hash, created_at, created_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, name, roles, uses, hash, createdAt, createdBy, expiresAt],
    );
  }

  all(limit: number): Promise<StoredToken[]> {
    return this.manager.query(`SELECT ${TOKEN} FROM api_token ORDER BY created_at DESC, id LIMIT $1`, [
      limit,
    ]);
  }

  async find(id: string): Promise<StoredToken | null> {
    const [found = null] = await this.manager.query<StoredToken[]>(
      `SELECT ${TOKEN} FROM api_token WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return found;
  }

  async revoke(id: string, now: Date): Promise<void> {
    await this.manager.query('UPDATE api_token SET revoked_at = $2 WHERE id = $1', [id, now]);
  }
}

/** Asked at every request, so it is one statement; of the primary, where a token that was revoked is known to be at once. */
export const knownTokens = (source: DataSource): KnownTokens => ({
  use: async (...given) => {
    const [found = null] = await source.query<StoredToken[]>(USE, given);
    return found;
  },
  exist: async () => {
    const [row] = await source.query<{ exist: boolean }[]>(
      'SELECT EXISTS (SELECT 1 FROM api_token) AS exist',
    );
    return row?.exist === true;
  },
});

/** That a token is in use is written once an hour; who looks for one that can go wants to know no more. */
const USE = `WITH used AS (
    UPDATE api_token SET last_used_at = $3
     WHERE id = $1 AND hash = $2 AND (last_used_at IS NULL OR last_used_at < $3::timestamptz - interval '1 hour')
  ) SELECT ${TOKEN} FROM api_token WHERE id = $1 AND hash = $2`;
