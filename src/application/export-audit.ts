import type { ExportedRecord } from './audit-ports.js';
import type { Ports } from './ports.js';
import type { AuditFilter, Reads } from './reads.js';
import { sealAudit } from './seal-audit.js';

/** So many places of the chain are looked through at once, however few of them are asked for. */
const WINDOW = 1_000;

/** Seals what waits, then gives what is there at that moment, in the order of the chain and a part at a time. */
export async function* exportAudit(
  { inTransaction }: Pick<Ports, 'inTransaction'>,
  reads: Pick<Reads, 'auditEnd' | 'exportedRecords'>,
  filter: AuditFilter,
): AsyncGenerator<ExportedRecord[]> {
  await sealAudit(inTransaction);
  const end = await reads.auditEnd();
  for (let after = 0; after < end; after += WINDOW)
    yield await reads.exportedRecords(after, Math.min(after + WINDOW, end), filter);
}
