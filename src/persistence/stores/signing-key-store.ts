import type { EntityManager } from 'typeorm';
import type { SigningKey, SigningKeyStore } from '../../application/ports.js';

const KEY = 'id, private_key AS "privateKey", public_key AS "publicKey"';

export class SqlSigningKeyStore implements SigningKeyStore {
  constructor(private readonly manager: EntityManager) {}

  async lock(): Promise<void> {
    await this.manager.query('LOCK TABLE signing_key IN SHARE ROW EXCLUSIVE MODE');
  }

  async newest(): Promise<SigningKey | null> {
    return (await this.all()).at(-1) ?? null;
  }

  all(): Promise<SigningKey[]> {
    return this.manager.query(`SELECT ${KEY} FROM signing_key ORDER BY created_at, id`);
  }

  async add({ id, privateKey, publicKey }: SigningKey, now: Date): Promise<void> {
    await this.manager.query(
      'INSERT INTO signing_key (id, private_key, public_key, created_at) VALUES ($1, $2, $3, $4)',
      [id, privateKey, publicKey, now],
    );
  }
}
