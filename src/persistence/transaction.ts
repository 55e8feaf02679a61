import type { DataSource, EntityManager } from 'typeorm';
import type { InTransaction, Stores } from '../application/ports.js';
import { ToldAlerts } from '../application/tell.js';
import { type Reads, TimedOut } from '../application/reads.js';
import type { ReadSource } from './read-source.js';
import { SqlReads } from './reads/sql-reads.js';
import { sqlStateOf } from './sql-state.js';
import { SqlApiTokenStore } from './stores/api-token-store.js';
import { SqlAuditChainStore } from './stores/audit-chain-store.js';
import { SqlAudienceStore } from './stores/audience-store.js';
import { SqlBriefStore } from './stores/brief-store.js';
import { SqlCampaignStore } from './stores/campaign-store.js';
import { SqlDefinitionStore } from './stores/definition-store.js';
import { SqlMeetingStore } from './stores/meeting-store.js';
import { SqlMetricStore } from './stores/metric-store.js';
import { SqlAlertStore, SqlDeliveryStore, SqlJobStore, SqlPinStore } from './stores/operation-stores.js';
import { SqlNotificationStore } from './stores/notification-store.js';
import { SqlPullRequestStore } from './stores/pull-request-store.js';
import { SqlIncidentStore } from './stores/incident-store.js';
import { SqlRetrospectiveStore } from './stores/retrospective-store.js';
import { SqlReviewStore } from './stores/review-store.js';
import { SqlRoutingStore } from './stores/routing-store.js';
import { SqlSignalStore } from './stores/signal-store.js';
import { SqlTriggerStore } from './stores/trigger-store.js';
import { SqlSigningKeyStore } from './stores/signing-key-store.js';
import { SqlAuditStore, SqlSyncStore } from './stores/sync-store.js';

/**
 * One PostgreSQL transaction for each unit of work; locks that the stores take end with it.
 * @param targets names of the targets that notifications go to; without any, nobody is told
 */
export const transactionsOn =
  (source: DataSource, targets: readonly string[] = []): InTransaction =>
  (work) =>
    source.transaction((manager) => work(storesOn(manager, targets))).catch(explainTimeout);

/**
 * Many units of work as one transaction: all of them happen, or none. Nobody is told of what they do.
 * @param many is given what reads, too, as they leave it
 */
export const allOrNothing = <T>(
  source: DataSource,
  many: (inTransaction: InTransaction, reads: Reads) => Promise<T>,
): Promise<T> =>
  source.transaction((manager) =>
    many((work) => work(storesOn(manager, [])), new SqlReads(oneByOne(manager))),
  );

/** A transaction has one connection, which takes one question after the other. */
function oneByOne(manager: EntityManager): ReadSource {
  let last: Promise<unknown> = Promise.resolve();
  const next = <T>(ask: () => Promise<T>): Promise<T> => {
    const answer = last.then(ask);
    last = answer.catch(() => undefined);
    return answer;
  };
  return {
    query: (sql, values) => next(() => manager.query(sql, values)),
    find: (row, options) => next(() => manager.find(row, options)),
  };
}

/** PostgreSQL gave up waiting, for a lock or for a statement. Nothing was written. */
function explainTimeout(error: unknown): never {
  const state = sqlStateOf(error);
  if (state === '57014' || state === '55P03') {
    throw new TimedOut('the database took too long', { cause: error });
  }
  throw error;
}

function storesOn(manager: EntityManager, targets: readonly string[]): Stores {
  const definitions = new SqlDefinitionStore(manager);
  const notifications = new SqlNotificationStore(manager, targets);
  return {
    definitions,
    notifications,
    sync: new SqlSyncStore(manager),
    campaigns: new SqlCampaignStore(manager),
    audit: new SqlAuditStore(manager),
    apiTokens: new SqlApiTokenStore(manager),
    auditChain: new SqlAuditChainStore(manager),
    metrics: new SqlMetricStore(manager),
    audiences: new SqlAudienceStore(manager),
    briefs: new SqlBriefStore(manager),
    alerts: new ToldAlerts(new SqlAlertStore(manager), { definitions, notifications }),
    pins: new SqlPinStore(manager),
    deliveries: new SqlDeliveryStore(manager),
    jobs: new SqlJobStore(manager),
    pullRequests: new SqlPullRequestStore(manager),
    signals: new SqlSignalStore(manager),
    meetings: new SqlMeetingStore(manager),
    triggers: new SqlTriggerStore(manager),
    signingKeys: new SqlSigningKeyStore(manager),
    routing: new SqlRoutingStore(manager),
    reviews: new SqlReviewStore(manager),
    incidents: new SqlIncidentStore(manager),
    retrospectives: new SqlRetrospectiveStore(manager),
  };
}
