import type { AuditLogQuery } from '../api/operations.ts';

export type RecordShown = AuditLogQuery['auditLog']['nodes'][number];
