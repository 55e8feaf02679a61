import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { RepositoryError } from '../application/repository-error.js';
import { RepositorySync, type SyncOptions } from '../application/sync-repository.js';
import {
  checkSigners,
  exampleDirectory,
  examplesProposing,
  openAuthentication,
  openCheckpointLog,
  openDatabase,
  openSyncedSource,
  openStandby,
  pullRequestsOf,
  type Running,
  servicesOf,
} from '../compose.js';
import type { Config } from '../config/config.js';
import { LOCAL_ACTOR } from '../domain/campaign/actor.js';
import { buildExampleRepository } from '../example/history.js';
import { playExample } from '../example/play.js';
import { definitionJsonSchema } from '../gitops/document/json-schema.js';
import { emptyRepository } from '../gitops/empty-repository.js';
import { hashed, readManifests, TrustedDocuments } from '../http/documents.js';
import type { SignIn } from '../http/dashboard.js';
import { createServer } from '../http/server.js';
import { auditLane, keepSealing } from '../jobs/audit-tasks.js';
import { followCampaigns, pullRequestLane } from '../jobs/pull-request-tasks.js';
import { keepPolling, repositoryLanes } from '../jobs/repository-tasks.js';
import { routingLane } from '../jobs/routing-tasks.js';
import { notificationLane } from '../jobs/notification-tasks.js';
import { signalLane, watchLane } from '../jobs/signal-tasks.js';
import { startWorker } from '../jobs/worker.js';
import { createLogger, type Logger } from '../observability/logger.js';
import { buildApiSchema } from '../resolvers/build-schema.js';
import { takePort } from './port.js';
import { Readiness } from './readiness.js';
import { type Begun, closeDatabases, stopServing, stopSignal } from './stopping.js';

/** Runs the service until it is told to stop. Resolves with the exit code. */
export async function serve(given: Config, options: { empty: boolean }): Promise<number> {
  const logger = createLogger(given.logLevel);
  const config = options.empty ? await withEmptyRepository(given, logger) : given;
  const stopping = stopSignal();
  const tracing = await openTracing(config, logger);
  const early = await takePort(config, 'starting: the database is opened and its schema brought up to date');
  try {
    await checkSigners(config);
    const running = await openDatabase(config, logger, stopping.signal);
    const begun: Begun = { app: null, working: [], databases: [running] };
    try {
      const starting = startServing({ config, logger, running, early, begun, signal: stopping.signal });
      // A start may wait for a host that is silent; whoever stops it does not.
      await Promise.race([starting, stopping.asked.then(() => stopping.signal.throwIfAborted())]);
      await stopping.asked;
      logger.info(`stopping${config.drainSeconds > 0 ? `, after ${config.drainSeconds} more seconds` : ''}`);
      await stopServing(begun, { drainMs: config.drainSeconds * 1_000, logger });
    } catch (error) {
      await stopServing(begun, { drainMs: 0, logger });
      throw error;
    } finally {
      await closeDatabases(begun, logger);
    }
  } finally {
    await early.stop();
    await tracing?.stop();
    // What hangs, such as a job that was handed back, keeps the process no longer.
    setTimeout(() => process.exit(), 1_000).unref();
  }
  logger.info('stopped');
  return 0;
}

/** Traces are sent only where somebody takes them, and nothing of what sends them is loaded otherwise. */
async function openTracing(
  { tracesEndpoint: endpoint }: Config,
  logger: Logger,
): Promise<{ stop(): Promise<void> } | null> {
  if (endpoint === undefined) return null;
  const { startTracing } = await import('../observability/tracing.js');
  return startTracing({ endpoint, logger });
}

interface Serving {
  readonly config: Config;
  readonly logger: Logger;
  readonly running: Running;
  /** Answers on the port until the server does. */
  readonly early: { stop(): Promise<void> };
  /** Gets what is begun, as soon as it is. */
  readonly begun: Begun;
  readonly signal: AbortSignal;
}

/** From an open database to "ready". @throws what the signal was aborted with */
async function startServing({ config, logger, running, early, begun, signal }: Serving): Promise<void> {
  const dashboard = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'dashboard');
  const documents = await trustedDocuments(config, dashboard);
  const authenticate = await openAuthentication(config, running, logger);
  const isExample = config.repo === undefined;
  if (isExample) await prepareExample(config, running, logger);
  const sync = new RepositorySync(running.ports, openSyncedSource(config));
  await running.changes.start();
  const standby = await openStandby(config, running, logger);
  if (standby) begun.databases.push(standby);
  const services = servicesOf(running, sync, config);
  const readiness = new Readiness(signal, () => running.database.query('SELECT 1'));
  const app = await createServer({
    services,
    copy: standby,
    schema: await buildApiSchema((code) => running.metrics.refusal(code)),
    logger,
    authenticate,
    dashboard,
    signIn: signInOf(config),
    corsOrigins: config.corsOrigins,
    documents,
    metrics: running.metrics,
    webhookSecrets: config.webhookSecrets,
    introspection: config.introspection,
    isCompiling: config.isCompiling,
    requestsAMinute: config.requestsAMinute,
    trustedProxies: config.trustedProxies,
    workflowSchema: definitionJsonSchema(),
    whyNotReady: () => readiness.why(),
    isStopping: () => signal.aborted,
  });
  begun.app = app;
  signal.throwIfAborted();
  await early.stop();
  const address = await app.listen({ host: config.host, port: config.port });
  // What is there is served meanwhile; whoever balances the load asks /health/ready.
  await startingSync(sync, logger, { signal, progress: readiness.progress(logger) });
  if (isExample) await fillExample(config, running, logger, readiness, signal);
  signal.throwIfAborted();
  const repository = { ...running, sync, logger, pollSeconds: config.pollSeconds };
  const lanes = [
    ...repositoryLanes(repository),
    pullRequestLane({ ...services, checks: pullRequestsOf(services), logger }),
    signalLane({ ports: running.ports, logger }),
    routingLane({ ports: running.ports, logger }),
    watchLane(running.ports),
    auditLane({ ...running, logger, checkpoints: config.auditRef ? openCheckpointLog(config) : null }),
    notificationLane({ ports: running.ports, targets: running.targets, logger }),
  ];
  begun.working.push(await startWorker({ ...running, url: running.directUrl, lanes, logger }));
  begun.working.push(keepPolling(repository), keepSealing({ ...running, logger }));
  if (pullRequestsOf(services)) begun.working.push(followCampaigns({ ...services, logger }, running.changes));
  readiness.waitsFor = null;
  logger.info(`Weir is ready: ${address}/ (GraphQL at /graphql, GraphiQL at /graphiql)`);
  if (running.targets.length > 0 && config.notify.secrets.length === 0)
    logger.warn(
      'notifications are not signed: set WEIR_NOTIFY_SECRET, so that receivers can tell that they are ours',
    );
}

/** Tokens of an issuer are of use only where they are also taken. */
function signInOf({ oidcIssuer, oidcClientId, oidcScope, jwksUrl, jwtAudience }: Config): SignIn | null {
  if (oidcIssuer === undefined || oidcClientId === undefined || jwksUrl === undefined) return null;
  return { issuer: oidcIssuer, clientId: oidcClientId, audience: jwtAudience ?? null, scope: oidcScope };
}

/** The dashboard's own documents, and those of the configured manifests. */
async function trustedDocuments(config: Config, dashboard: string): Promise<TrustedDocuments> {
  const own = path.join(dashboard, 'documents.json');
  const manifests = await readManifests([own, ...config.documents]);
  const { IMPACT_DOCUMENT } = await import('./ask-server.js');
  return new TrustedDocuments([hashed(IMPACT_DOCUMENT), ...manifests], config.documentsOnly);
}

/** Where no repository is configured, one without definitions, to which some can be committed. */
async function withEmptyRepository(config: Config, logger: Logger): Promise<Config> {
  if (config.repo !== undefined) return config;
  const repo = path.join(config.stateDirectory, 'empty');
  await emptyRepository(repo);
  logger.info(`no repository is configured (WEIR_REPO): definitions can be committed to ${repo}`);
  return { ...config, repo };
}

/** Builds the example's repository, unless that has been done before. */
async function prepareExample(config: Config, { ports }: Running, logger: Logger): Promise<void> {
  const directory = exampleDirectory(config);
  const { built } = await buildExampleRepository(directory, ports.clock.now());
  if (built) logger.info(`example repository built in ${directory}`);
}

/** Plays what happened in the example, unless there are campaigns. */
async function fillExample(
  config: Config,
  running: Running,
  logger: Logger,
  start: Readiness,
  signal: AbortSignal,
): Promise<void> {
  const { ports, reads } = running;
  const none = { first: 0, after: null, last: null, before: null };
  const { count } = await reads.campaigns(none, {}, { field: 'key', direction: 'asc' });
  if ((await count()) > 0) return;
  const proposing = (now: () => Date) => examplesProposing(config, running, now);
  await running.allOrNothing((inTransaction, ofTransaction) =>
    playExample({ inTransaction, reads: ofTransaction, proposing }, ports.clock.now(), (done, total) => {
      signal.throwIfAborted();
      start.waitsFor = `example campaigns played: ${done} of ${total}`;
      if (done % 10 === 0 || done === total) logger.info(start.waitsFor);
    }),
  );
}

/** A repository that is away is no reason not to serve what was taken over before; without anything to serve it is. */
async function startingSync(sync: RepositorySync, logger: Logger, options: SyncOptions): Promise<void> {
  const { outcome, error, note, commits, versions, toSha, problems } = await sync.run(
    'start',
    LOCAL_ACTOR,
    options,
  );
  if (error !== null && toSha === null) throw new RepositoryError(error);
  if (error !== null)
    logger.error(`the repository cannot be read; what was taken over before is served: ${error}`);
  else logger.info(`repository ${outcome}: ${commits} commits, ${versions} new versions`);
  if (note !== null) logger.warn(note);
  for (const problem of problems.slice(0, 5)) {
    logger.warn(`${problem.file}:${problem.line}:${problem.column} ${problem.code} ${problem.message}`);
  }
}
