import { signatureIn } from '../domain/campaign/approvals/signature.js';
import type { ExportedRecord } from './audit-ports.js';
import { auditFields, stateHash } from './audit-text.js';

/** A record as it is exported: `record` is what is sealed, the rest explains it. */
export function renderAuditLine({ position, hash, texts, campaign, workflow, version }: ExportedRecord) {
  const record = auditFields(texts);
  const { before, after } = record;
  return {
    ...{ position, hash, record, campaign, workflow, version },
    ...{ beforeHash: stateHash(before), afterHash: stateHash(after) },
    signature: typeof after === 'object' ? signatureIn(after) : null,
  };
}

/** The same as an event of CloudEvents 1.0, in structured JSON. */
export function renderAuditEvent(exported: ExportedRecord) {
  const data = renderAuditLine(exported);
  const { id, action, subject, happenedAt } = data.record;
  const campaign = data.campaign === null ? '' : `/campaigns/${encodeURIComponent(data.campaign)}`;
  return {
    ...{ specversion: '1.0', id: `audit_${id}`, source: `/weir${campaign}`, type: `weir.audit.${action}` },
    ...{ subject, time: happenedAt, datacontenttype: 'application/json', data },
  };
}
