import {
  compactVerify,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWK,
  SignJWT,
} from 'jose';
import type { Anchor } from '../domain/audit/chain.js';
import { type CheckpointLog, CheckpointsRewritten, type StoredCheckpoint } from './audit-ports.js';
import { sha256 } from './sha256.js';
import type { Ports } from './ports.js';
import { sealAudit } from './seal-audit.js';
import { ALGORITHM, privateKeyOf, signingKey } from './signing-key.js';

/** Tells a checkpoint from everything else that the same keys sign (RFC 8725, 3.11). */
const TYPE = 'weir-checkpoint+jwt';

/** What a checkpoint says. */
export interface CheckpointClaims {
  readonly position: number;
  /** Of the record there, which covers all before it. */
  readonly hash: string;
  /** SHA-256 of the checkpoint before; null in the first. */
  readonly previous: string | null;
}

/**
 * Seals what waits and signs what the chain is then, unless it is what it was.
 * @returns the position; null where nothing was sealed since the last
 */
export async function checkpointAudit({ clock, inTransaction }: Ports): Promise<number | null> {
  await sealAudit(inTransaction);
  return inTransaction(async (stores) => {
    const { auditChain } = stores;
    await auditChain.lock();
    const [last, before] = [await auditChain.last(), await auditChain.lastCheckpoint()];
    if (last === null || last.position === before?.position) return null;
    const now = clock.now();
    const signing = await signingKey(stores, now);
    const { position, hash } = last;
    const claims = { position, hash, previous: before && sha256(before.token) } satisfies CheckpointClaims;
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, kid: signing.id, typ: TYPE })
      .setIssuer('weir')
      .setIssuedAt(now)
      .sign(await privateKeyOf(signing));
    await auditChain.addCheckpoint({ position, token, at: now });
    return position;
  });
}

/** What is told of, where somebody has changed it. */
const PUBLISHED = 'the published audit checkpoints';

/**
 * Adds to the log what it does not have. What it has is never replaced: where it is not what was published last, somebody has
 * changed it, and people are told to look.
 * @returns how many were published
 */
export async function publishCheckpoints(
  { inTransaction, clock }: Ports,
  log: CheckpointLog,
): Promise<number> {
  const { last, waiting } = await inTransaction(async ({ auditChain }) => ({
    last: await auditChain.lastPublished(),
    waiting: await auditChain.unpublished(),
  }));
  if (waiting.length === 0) return 0;
  const commits = await log.append(last?.commit ?? null, waiting).catch(async (error: unknown) => {
    if (!(error instanceof CheckpointsRewritten)) throw error;
    const message = `${error.message}; nothing is published until it is mended: weir verify-audit says what is wrong`;
    await inTransaction(({ alerts }) =>
      alerts.raise({ kind: 'audit-rewritten', subject: PUBLISHED, message }, clock.now()),
    );
    return null;
  });
  if (commits === null) return 0;
  await inTransaction(async ({ auditChain, alerts }) => {
    await alerts.resolve('audit-rewritten', PUBLISHED, clock.now());
    for (const [at, { position }] of waiting.entries())
      await auditChain.addPublication(position, commits[at] ?? '');
  });
  return waiting.length;
}

/** What a checkpoint says, for people; nothing is verified here. */
export function statedIn({ position, token, at, commit }: StoredCheckpoint) {
  const { hash } = decodeJwt<CheckpointClaims>(token);
  return { position, hash, signedAt: at, keyId: decodeProtectedHeader(token).kid ?? '', commitSha: commit };
}

export type ReadCheckpoint =
  { readonly anchor: Anchor; readonly previous: string | null } | { readonly forged: string };

/** Reads checkpoints that one of the keys has signed. @param source where they are from, as people are told */
export function checkpointReader(keys: { keys: JWK[] }, source: string) {
  const keyOf = createLocalJWKSet(keys);
  return async (token: string): Promise<ReadCheckpoint> => {
    try {
      const { payload, protectedHeader } = await compactVerify(token, keyOf, { algorithms: [ALGORITHM] });
      if (protectedHeader['typ'] !== TYPE) return { forged: 'what is signed is no checkpoint' };
      const { position, hash, previous } = JSON.parse(new TextDecoder().decode(payload)) as CheckpointClaims;
      return { anchor: { position, hash, source: `${source} of position ${position}` }, previous };
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      return { forged: error.message };
    }
  };
}
