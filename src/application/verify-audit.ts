import type { JWK } from 'jose';
import { type Anchor, type LinkedText } from '../domain/audit/chain.js';
import { ChainVerifier, type Wrong } from '../domain/audit/verify.js';
import type { PublishedCheckpoint, StoredCheckpoint } from './audit-ports.js';
import { auditFields, auditText } from './audit-text.js';
import { sha256 } from './sha256.js';
import { checkpointReader } from './checkpoint-audit.js';
import type { InTransaction } from './ports.js';
import { sealAudit } from './seal-audit.js';

/** So many records are read at once. */
const BATCH = 1_000;

export interface AuditReport {
  /** How many records are as they were sealed, from the beginning. */
  readonly records: number;
  /** How many checkpoints agree with them. */
  readonly checkpoints: number;
  /** The first wrong record; null where there is none. */
  readonly wrong: Wrong | null;
}

export interface AuditQuestion {
  readonly keys: { keys: JWK[] };
  /** What was published; null where nobody published, or it is not to be looked at. */
  readonly published: readonly PublishedCheckpoint[] | null;
  /** Is told how many records were looked at. */
  readonly progress?: (records: number) => void;
}

/** Seals what waits, then walks through all there is: records, checkpoints, and what was published of them. */
export async function verifyAudit(
  inTransaction: InTransaction,
  { keys, published, progress }: AuditQuestion,
): Promise<AuditReport> {
  await sealAudit(inTransaction);
  const stored = await allCheckpoints(inTransaction);
  const own = await anchorsOf(
    stored.map(({ token }) => token),
    keys,
    'the checkpoint',
  );
  const foreign = await anchorsOf(
    (published ?? []).map(({ token }) => token),
    keys,
    'the published checkpoint',
  );
  const anchors = [...own.anchors, ...foreign.anchors].sort((one, other) => one.position - other.position);
  const report = await verifyChain(chainOf(inTransaction), anchors, progress);
  const later = own.forged ?? foreign.forged ?? (published && notAsPublished(stored, published));
  const wrong = report.wrong ?? later ?? (await stray(inTransaction));
  return { ...report, wrong };
}

/** @param links in the order in which they are; anchors in that of their positions */
export async function verifyChain(
  links: AsyncIterable<LinkedText>,
  anchors: readonly Anchor[],
  progress?: (records: number) => void,
): Promise<AuditReport> {
  const chain = new ChainVerifier(sha256);
  let checkpoints = 0;
  const report = (wrong: Wrong | null): AuditReport => ({ records: chain.position, checkpoints, wrong });
  for await (const link of links) {
    const wrong = chain.next(link);
    if (wrong) return report(wrong);
    for (let next = anchors[checkpoints]; next?.position === chain.position; next = anchors[++checkpoints]) {
      const rewritten = chain.anchor(next);
      if (rewritten) return report(rewritten);
    }
    progress?.(chain.position);
  }
  const beyond = anchors[checkpoints];
  return report(beyond ? chain.end(beyond) : null);
}

async function* chainOf(inTransaction: InTransaction): AsyncGenerator<LinkedText> {
  for (let after = 0, isMore = true; isMore;) {
    const from = after;
    const batch = await inTransaction(({ auditChain }) => auditChain.after(from, BATCH));
    for (const { texts, ...link } of batch) yield { ...link, text: texts && auditText(auditFields(texts)) };
    after = batch.at(-1)?.position ?? after;
    isMore = batch.length === BATCH;
  }
}

/** Checkpoints up to the first that does not hold, and why it does not. Each names the one before it. */
export async function anchorsOf(
  tokens: readonly string[],
  keys: { keys: JWK[] },
  source: string,
): Promise<{ anchors: Anchor[]; forged: Wrong | null }> {
  const read = checkpointReader(keys, source);
  const anchors: Anchor[] = [];
  for (const [at, token] of tokens.entries()) {
    const found = await read(token);
    const before = at === 0 ? null : sha256(tokens[at - 1] ?? '');
    if ('forged' in found)
      return { anchors, forged: forged(`${source} number ${at + 1} does not hold: ${found.forged}`) };
    if (found.previous !== before)
      return { anchors, forged: forged(`${found.anchor.source} does not follow the one before it`) };
    anchors.push(found.anchor);
  }
  return { anchors, forged: null };
}

const forged = (message: string, position: number | null = null): Wrong => ({
  ...{ kind: 'forged', position, record: null, message },
});

/** What is published is the beginning of what is there, and all of what was ever published. */
function notAsPublished(
  stored: readonly StoredCheckpoint[],
  published: readonly PublishedCheckpoint[],
): Wrong | null {
  for (const [at, { position, token, commit }] of stored.entries()) {
    const found = published[at];
    if (!found && commit === null) return null;
    if (!found)
      return forged(
        `the checkpoint of position ${position} was published as ${commit}, and is not there`,
        position,
      );
    if (found.token !== token || (commit !== null && commit !== found.commit))
      return forged(`the checkpoint of position ${position} was published as something else`, position);
  }
  const more = published[stored.length];
  return more ? forged(`${more.commit} publishes a checkpoint that the database does not have`) : null;
}

/** A record that nobody has sealed, and nobody would. */
async function stray(inTransaction: InTransaction): Promise<Wrong | null> {
  for (let after: string | null = '0'; after !== null;) {
    const from: string = after;
    const { last, stray: record } = await inTransaction(({ auditChain }) =>
      auditChain.strayAfter(from, BATCH * 10),
    );
    if (record !== null) {
      const message = `record ${record} was never sealed, and does not wait for it: it was not written by Weir`;
      return { kind: 'inserted', position: null, record, message };
    }
    after = last;
  }
  return null;
}

async function allCheckpoints(inTransaction: InTransaction): Promise<StoredCheckpoint[]> {
  const all: StoredCheckpoint[] = [];
  for (let isMore = true; isMore;) {
    const batch = await inTransaction(({ auditChain }) =>
      auditChain.checkpoints(all.at(-1)?.position ?? 0, BATCH),
    );
    all.push(...batch);
    isMore = batch.length === BATCH;
  }
  return all;
}
