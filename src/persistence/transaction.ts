import type { DataSource } from 'typeorm';
import type { InTransaction } from '../application/ports.js';
import { SqlCampaignStore } from './stores/campaign-store.js';
import { SqlDefinitionStore } from './stores/definition-store.js';
import { SqlAuditStore, SqlSyncStore } from './stores/sync-store.js';

/** One PostgreSQL transaction for each unit of work; locks that the stores take end with it. */
export const transactionsOn =
  (source: DataSource): InTransaction =>
  (work) =>
    source.transaction((manager) =>
      work({
        definitions: new SqlDefinitionStore(manager),
        sync: new SqlSyncStore(manager),
        campaigns: new SqlCampaignStore(manager),
        audit: new SqlAuditStore(manager),
      }),
    );
