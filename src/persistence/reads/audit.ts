import type { ReadSource } from '../read-source.js';
import type { ExportedRecord } from '../../application/audit-ports.js';
import type { AuditFilter } from '../../application/reads.js';
import { Conditions } from './conditions.js';

/** Everything that a record of `audit_record a` says, to the last digit. */
export const AUDIT_TEXTS = `jsonb_build_object('id', a.id::text,
  'happenedAt', to_char(a.happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'actor', a.actor, 'roles', a.roles,
  'origin', a.origin::text, 'action', a.action, 'subject', a.subject, 'campaignId', a.campaign_id::text,
  'versionId', a.version_id::text, 'commitSha', a.commit_sha, 'requestKey', a.request_key, 'requestHash', a.request_hash,
  'before', a.before::text, 'after', a.after::text) AS texts`;
/** A place of the chain, of `audit_seal s`. */
export const AUDIT_LINK = `s.position::float8 AS position, s.record_id AS record, encode(s.hash, 'hex') AS hash`;

/** Checkpoints, and the commits that they were published with. */
export const CHECKPOINTS = `SELECT c.position::float8 AS position, c.token, c.created_at AS at, p.commit_sha AS commit
  FROM audit_checkpoint c LEFT JOIN audit_publication p USING (position)`;
export const LAST_CHECKPOINT = `${CHECKPOINTS} ORDER BY c.position DESC LIMIT 1`;

/** Which records of `audit_record a`. @param values what stands before the filter's own */
export const auditConditions = (filter: AuditFilter, ...values: readonly unknown[]): Conditions =>
  new Conditions(...values)
    .add('a.campaign_id = (SELECT id FROM campaign WHERE key = ?)', filter.campaign)
    .add(
      `a.version_id IN (SELECT v.id FROM definition_version v JOIN definition d ON d.id = v.definition_id
         WHERE d.kind = 'Workflow' AND d.key = ?)`,
      filter.workflow,
    )
    .add('a.version_id IN (SELECT id FROM definition_version WHERE number = ?)', filter.version)
    .add('a.action = ANY(?)', filter.action)
    .add('a.actor = ?', filter.actor)
    .add('a.subject = ?', filter.subject)
    .during('a.happened_at', filter.happenedAt);

/** A part of the chain is looked through, however few of its records pass, so that no question takes long. */
export function exportedRecords(
  source: ReadSource,
  after: number,
  upTo: number,
  filter: AuditFilter,
): Promise<ExportedRecord[]> {
  const where = auditConditions(filter, after, upTo);
  return source.query(
    `SELECT ${AUDIT_LINK}, ${AUDIT_TEXTS}, c.key AS campaign, d.key AS workflow, v.number AS version
       FROM audit_seal s JOIN audit_record a ON a.id = s.record_id
       LEFT JOIN campaign c ON c.id = a.campaign_id
       LEFT JOIN definition_version v ON v.id = a.version_id
       LEFT JOIN definition d ON d.id = v.definition_id AND d.kind = 'Workflow'
      WHERE s.position > $1 AND s.position <= $2 AND ${where.toString()} ORDER BY s.position`,
    where.values,
  );
}

/** Where the chain ends; 0 where nothing was sealed. */
export async function auditEnd(source: ReadSource): Promise<number> {
  const [row] = await source.query<{ position: number | null }[]>(
    'SELECT max(position)::float8 AS position FROM audit_seal',
  );
  return row?.position ?? 0;
}
