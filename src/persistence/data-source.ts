import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { First1700000000000 } from './migrations/1700000000000-first.js';
import { NamedChanges1700000000001 } from './migrations/1700000000001-named-changes.js';
import { Alignment1700000000002 } from './migrations/1700000000002-alignment.js';
import { KnownFiles1700000000003 } from './migrations/1700000000003-known-files.js';
import { Operations1700000000004 } from './migrations/1700000000004-operations.js';
import { CampaignMigration1700000000005 } from './migrations/1700000000005-campaign-migration.js';
import { PullRequests1700000000006 } from './migrations/1700000000006-pull-requests.js';
import { WorstProblems1700000000007 } from './migrations/1700000000007-worst-problems.js';
import { SyncNotes1700000000008 } from './migrations/1700000000008-sync-notes.js';
import { ProposalIntents1700000000009 } from './migrations/1700000000009-proposal-intents.js';
import { Signals1700000000010 } from './migrations/1700000000010-signals.js';
import { Permits1700000000011 } from './migrations/1700000000011-permits.js';
import { Notifications1700000000012 } from './migrations/1700000000012-notifications.js';
import { Approvals1700000000013 } from './migrations/1700000000013-approvals.js';
import { BriefVersions1700000000014 } from './migrations/1700000000014-brief-versions.js';
import { RequestKeys1700000000015 } from './migrations/1700000000015-request-keys.js';
import { UnusualSignals1700000000016 } from './migrations/1700000000016-unusual-signals.js';
import { QuarterlyReviews1700000000018 } from './migrations/1700000000018-quarterly-reviews.js';
import { Retrospectives1700000000019 } from './migrations/1700000000019-retrospectives.js';
import { Incidents1700000000020 } from './migrations/1700000000020-incidents.js';
import { OneMessageAChange1700000000022 } from './migrations/1700000000022-one-message-a-change.js';
import { MeaningOfProposals1700000000024 } from './migrations/1700000000024-meaning-of-proposals.js';
import { QuartersAsTheyWere1700000000025 } from './migrations/1700000000025-quarters-as-they-were.js';
import { HandoffContent1700000000026 } from './migrations/1700000000026-handoff-content.js';
import { TriggerSuppressions1700000000027 } from './migrations/1700000000027-trigger-suppressions.js';
import { SignalsUpToABatch1700000000029 } from './migrations/1700000000029-signals-up-to-a-batch.js';
import { AuthorsOfMerges1700000000030 } from './migrations/1700000000030-authors-of-merges.js';
import { ApiTokens1700000000031 } from './migrations/1700000000031-api-tokens.js';
import { AuditChain1700000000032 } from './migrations/1700000000032-audit-chain.js';
import { FormerReplicas1700000000033 } from './migrations/1700000000033-former-replicas.js';
import { AuditByVersion1700000000034 } from './migrations/1700000000034-audit-by-version.js';
import { CountedChanges1700000000035 } from './migrations/1700000000035-counted-changes.js';
import { IndexesOfQuestions1700000000036 } from './migrations/1700000000036-indexes-of-questions.js';
import { MetricsAreParts1700000000037 } from './migrations/1700000000037-metrics-are-parts.js';
import { AlertsByKind1700000000038 } from './migrations/1700000000038-alerts-by-kind.js';
import * as campaignRows from './rows/campaign-rows.js';
import * as definitionRows from './rows/definition-rows.js';
import * as operationRows from './rows/operation-rows.js';
import * as pullRequestRows from './rows/pull-request-rows.js';

/** Longest a statement may run: a dashboard has given up by then, and a runaway one must not hold others up. */
const STATEMENT_TIMEOUT_MS = 15_000;
/** Enough for the requests that one process works on at once; PostgreSQL's own default limit is 100. */
const POOL_SIZE = 20;

interface DataSourceOptions {
  readonly schema?: string;
  readonly connectTimeoutMs?: number;
  readonly lockTimeoutMs?: number;
}

/**
 * @param schema another one than that of the connection
 * @param connectTimeoutMs how long is waited for a connection; without it as long as TypeORM does
 * @param lockTimeoutMs how long a statement waits for a lock; without it as long as it may run
 */
export function createDataSource(
  url: string,
  { schema, connectTimeoutMs, lockTimeoutMs }: DataSourceOptions = {},
): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMS: connectTimeoutMs }),
    entities: [
      ...Object.values(definitionRows),
      ...Object.values(campaignRows),
      ...Object.values(operationRows),
      ...Object.values(pullRequestRows),
    ],
    migrations: [
      First1700000000000,
      NamedChanges1700000000001,
      Alignment1700000000002,
      KnownFiles1700000000003,
      Operations1700000000004,
      CampaignMigration1700000000005,
      PullRequests1700000000006,
      WorstProblems1700000000007,
      SyncNotes1700000000008,
      ProposalIntents1700000000009,
      Signals1700000000010,
      Permits1700000000011,
      Notifications1700000000012,
      Approvals1700000000013,
      BriefVersions1700000000014,
      RequestKeys1700000000015,
      UnusualSignals1700000000016,
      QuarterlyReviews1700000000018,
      Retrospectives1700000000019,
      Incidents1700000000020,
      OneMessageAChange1700000000022,
      MeaningOfProposals1700000000024,
      QuartersAsTheyWere1700000000025,
      HandoffContent1700000000026,
      TriggerSuppressions1700000000027,
      SignalsUpToABatch1700000000029,
      AuthorsOfMerges1700000000030,
      ApiTokens1700000000031,
      AuditChain1700000000032,
      FormerReplicas1700000000033,
      AuditByVersion1700000000034,
      CountedChanges1700000000035,
      IndexesOfQuestions1700000000036,
      MetricsAreParts1700000000037,
      AlertsByKind1700000000038,
    ],
    migrationsTableName: 'weir_migration',
    poolSize: POOL_SIZE,
    extra: {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      application_name: 'weir',
      ...(lockTimeoutMs === undefined ? {} : { lock_timeout: lockTimeoutMs }),
      ...(schema === undefined ? {} : { options: `-c search_path=${schema}` }),
    },
  });
}
