import type { DataSource, EntityManager } from 'typeorm';
import type { InTransaction, Stores } from '../application/ports.js';
import { SqlCampaignStore } from './stores/campaign-store.js';
import { SqlDefinitionStore } from './stores/definition-store.js';
import { SqlAuditStore, SqlSyncStore } from './stores/sync-store.js';

/** One PostgreSQL transaction for each unit of work; locks that the stores take end with it. */
export const transactionsOn =
  (source: DataSource): InTransaction =>
  (work) =>
    source.transaction((manager) => work(storesOn(manager)));

/** Many units of work as one transaction: all of them happen, or none. */
export const allOrNothing = <T>(
  source: DataSource,
  many: (inTransaction: InTransaction) => Promise<T>,
): Promise<T> => source.transaction((manager) => many((work) => work(storesOn(manager))));

const storesOn = (manager: EntityManager): Stores => ({
  definitions: new SqlDefinitionStore(manager),
  sync: new SqlSyncStore(manager),
  campaigns: new SqlCampaignStore(manager),
  audit: new SqlAuditStore(manager),
});
