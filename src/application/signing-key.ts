import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { Ports, SigningKey, Stores } from './ports.js';

/** Ed25519 (RFC 8037). */
export const ALGORITHM = 'EdDSA';

/** The key that permits and checkpoints are signed with; made when the first is asked for, and shared by all replicas. */
export async function signingKey({ signingKeys }: Stores, now: Date): Promise<SigningKey> {
  const known = await signingKeys.newest();
  if (known) return known;
  await signingKeys.lock();
  const made = await signingKeys.newest();
  if (made) return made;
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const key = {
    id: randomUUID(),
    privateKey: await exportJWK(privateKey),
    publicKey: await exportJWK(publicKey),
  };
  await signingKeys.add(key, now);
  return key;
}

export const privateKeyOf = ({ privateKey }: SigningKey) => importJWK(privateKey, ALGORITHM);

/** Public keys of all that was ever signed, as a JSON Web Key Set (RFC 7517). */
export const publicKeys = (inTransaction: Ports['inTransaction']): Promise<{ keys: JWK[] }> =>
  inTransaction(async ({ signingKeys }) => {
    const all = await signingKeys.all();
    return {
      keys: all.map(({ id, publicKey }) => ({
        ...publicKey,
        ...{ kid: id, alg: ALGORITHM, use: 'sig' },
      })),
    };
  });
