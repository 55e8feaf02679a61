import path from 'node:path';
import { type DataSource } from 'typeorm';
import type { PullRequestChecks } from '../../src/application/check-pull-request.js';
import type { NotificationTarget } from '../../src/application/deliver-notifications.js';
import type { Ports } from '../../src/application/ports.js';
import { RepositorySync } from '../../src/application/sync-repository.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { knownAt } from '../../src/application/plan.js';
import { GitProposals } from '../../src/gitops/proposals.js';
import { GitProposalWriter } from '../../src/gitops/propose.js';
import { createAuthentication } from '../../src/http/authentication.js';
import { knownTokens } from '../../src/persistence/stores/api-token-store.js';
import { createServer } from '../../src/http/server.js';
import { followCampaigns, pullRequestLane } from '../../src/jobs/pull-request-tasks.js';
import { keepPolling, repositoryLanes } from '../../src/jobs/repository-tasks.js';
import { routingLane } from '../../src/jobs/routing-tasks.js';
import { notificationLane } from '../../src/jobs/notification-tasks.js';
import { signalLane, watchLane } from '../../src/jobs/signal-tasks.js';
import { startWorker } from '../../src/jobs/worker.js';
import { createLogger } from '../../src/observability/logger.js';
import { Metrics } from '../../src/observability/metrics.js';
import { ChangeFeed } from '../../src/persistence/change-feed.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { measuresOf } from '../../src/persistence/measures.js';
import { SqlReads } from '../../src/persistence/reads/sql-reads.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { buildApiSchema } from '../../src/resolvers/build-schema.js';

export interface Replica {
  readonly url: string;
  readonly ports: Ports;
  readonly reads: SqlReads;
  readonly data: DataSource;
  readonly sync: RepositorySync;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  readonly databaseUrl: string;
  /** A repository on disk, or behind HTTP. */
  readonly location: string;
  /** A folder for copies of remote repositories, which replicas do not share. */
  readonly directory: string;
  readonly webhookSecrets?: readonly string[];
  readonly pollSeconds?: number;
  /** Pull requests at a host. */
  readonly checks?: PullRequestChecks;
  readonly now?: () => Date;
  /** Where notifications go. */
  readonly targets?: readonly NotificationTarget[];
}

/** One of several servers on the same database, as `weir serve` starts it. */
export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  const { databaseUrl, location, directory, pollSeconds = 3_600, targets = [] } = options;
  const { now = () => new Date() } = options;
  const logger = createLogger('silent');
  const data = createDataSource(databaseUrl);
  await data.initialize();
  const cacheDirectory = path.join(directory, 'copies');
  const source = new GitSource({
    location,
    branch: 'main',
    folder: 'workflows',
    token: null,
    cacheDirectory,
  });
  const ports = {
    clock: { now },
    inTransaction: transactionsOn(
      data,
      targets.map(({ name }) => name),
    ),
  };
  const reads = new SqlReads(data.manager);
  const changes = new ChangeFeed(databaseUrl, logger);
  await changes.start();
  const sync = new RepositorySync(ports, source);
  const today = () => ports.clock.now().toISOString().slice(0, 10);
  const metrics = new Metrics(measuresOf(data, reads), now);
  const proposing = {
    writer: new GitProposalWriter(source, today, () => knownAt(ports.inTransaction)),
    source,
    host: options.checks?.host ?? null,
  };
  const app = await createServer({
    services: {
      ...{
        ports,
        reads,
        sync,
        changes,
        proposals: new GitProposals(source, today, () => knownAt(ports.inTransaction)),
      },
      proposing,
    },
    schema: await buildApiSchema((code) => metrics.refusal(code)),
    logger,
    authenticate: createAuthentication({
      ...{ tokens: knownTokens(data), clock: ports.clock },
      ...{ accessTokens: null, isOpen: () => Promise.resolve(true) },
    }),
    dashboard: directory,
    workflowSchema: {},
    metrics,
    whyNotReady: () => Promise.resolve(null),
    webhookSecrets: options.webhookSecrets ?? [],
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const repository = { ports, sync, pollSeconds, logger, metrics };
  const worker = await startWorker({
    url: databaseUrl,
    lanes: [
      ...repositoryLanes(repository),
      pullRequestLane({ ports, proposing, checks: options.checks ?? null, logger }),
      signalLane({ ports, logger }),
      routingLane({ ports, logger }),
      watchLane(ports),
      notificationLane({ ports, targets, logger }),
    ],
    ...{ logger, ports, metrics },
  });
  const polling = keepPolling(repository);
  const following = followCampaigns({ ports, logger }, changes);
  return {
    url,
    ports,
    reads,
    data,
    sync,
    close: async () => {
      await polling.stop();
      await following.stop();
      await worker.stop();
      await app.close();
      await changes.stop();
      await data.destroy();
    },
  };
}
