import type { EntityManager } from 'typeorm';
import type {
  AuditRecord,
  AuditStore,
  RepositoryState,
  SyncRun,
  SyncStore,
} from '../../application/ports.js';
import { announce } from '../change-feed.js';
import { AuditRow } from '../rows/campaign-rows.js';
import { RepositoryRow, SyncRunRow } from '../rows/definition-rows.js';

export class SqlSyncStore implements SyncStore {
  constructor(private readonly manager: EntityManager) {}

  async state(): Promise<RepositoryState | null> {
    return this.manager.findOneBy(RepositoryRow, { id: 1 });
  }

  async save(state: RepositoryState): Promise<void> {
    await this.manager.upsert(RepositoryRow, { id: 1, ...state }, ['id']);
  }

  async addRun(run: SyncRun): Promise<string> {
    const result = await this.manager.insert(SyncRunRow, run);
    const id = String(result.identifiers[0]?.['id'] ?? '');
    await announce(this.manager, { syncRun: id });
    return id;
  }
}

export class SqlAuditStore implements AuditStore {
  constructor(private readonly manager: EntityManager) {}

  async add(record: AuditRecord): Promise<void> {
    await this.manager.insert(AuditRow, { ...record, roles: [...record.roles] });
  }
}
