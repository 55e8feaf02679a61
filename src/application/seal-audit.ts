import { BEGINNING, type Link, linkOf } from '../domain/audit/chain.js';
import { auditFields, auditText } from './audit-text.js';
import { sha256 } from './sha256.js';
import type { InTransaction } from './ports.js';

/** So many records are read at once; those of one step are one. */
const BATCH = 1_000;

/**
 * Gives every record that is committed, and has none, its place in the chain. Whoever writes records does not wait for that; those
 * who seal take turns. A record whose transaction ends late gets a later place.
 * @returns how many were sealed
 */
export async function sealAudit(inTransaction: InTransaction): Promise<number> {
  let sealed = 0;
  for (let last = BATCH; last === BATCH; sealed += last) last = await sealBatch(inTransaction);
  return sealed;
}

const sealBatch = (inTransaction: InTransaction): Promise<number> =>
  inTransaction(async ({ auditChain }) => {
    // Most of the time there is nothing, and nobody needs to take turns over that.
    if (!(await auditChain.hasUnsealed())) return 0;
    await auditChain.lock();
    const waiting = await auditChain.unsealed(BATCH);
    const last = await auditChain.last();
    let [position, hash] = [last?.position ?? 0, last?.hash ?? BEGINNING];
    const links: Link[] = waiting.map((texts) => {
      hash = linkOf(sha256, hash, auditText(auditFields(texts)));
      position += 1;
      return { position, record: texts.id, hash };
    });
    await auditChain.seal(links);
    return links.length;
  });
