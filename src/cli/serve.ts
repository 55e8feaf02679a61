import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RepositoryError } from '../application/repository-error.js';
import { RepositorySync, type SyncOptions, type SyncProgress } from '../application/sync-repository.js';
import {
  checkSigners,
  exampleDirectory,
  openAuthentication,
  openCheckpointLog,
  openDatabase,
  openSource,
  openStandby,
  pullRequestsOf,
  type Running,
  servicesOf,
} from '../compose.js';
import type { Config } from '../config/config.js';
import { LOCAL_ACTOR } from '../domain/campaign/actor.js';
import { exampleCampaigns } from '../example/campaigns.js';
import { buildExampleRepository } from '../example/history.js';
import { playCampaigns } from '../example/play.js';
import { definitionJsonSchema } from '../gitops/document/json-schema.js';
import { emptyRepository } from '../gitops/empty-repository.js';
import { hashed, readManifests, TrustedDocuments } from '../http/documents.js';
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
import { refuseTakenPort } from './port.js';

/** Runs the service until it is told to stop. Resolves with the exit code. */
export async function serve(given: Config, options: { empty: boolean }): Promise<number> {
  const logger = createLogger(given.logLevel);
  const config = options.empty ? await withEmptyRepository(given, logger) : given;
  const stopping = stopSignal();
  await refuseTakenPort(config.host, config.port);
  await checkSigners(config);
  const dashboard = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'dashboard');
  const documents = await trustedDocuments(config, dashboard);
  const running = await openDatabase(config, logger, stopping.signal);
  const closing: (() => Promise<unknown>)[] = [() => running.stop()];
  try {
    const authenticate = await openAuthentication(config, running, logger);
    const isExample = config.repo === undefined;
    if (isExample) await prepareExample(config, running, logger);
    const sync = new RepositorySync(running.ports, openSource(config));
    await running.changes.start();
    const standby = await openStandby(config, running, logger);
    closing.unshift(async () => standby?.stop());
    const services = servicesOf(running, sync, config);
    const start = new Start();
    const app = await createServer({
      services,
      copy: standby,
      schema: await buildApiSchema(),
      logger,
      authenticate,
      dashboard,
      corsOrigins: config.corsOrigins,
      documents,
      metrics: running.metrics,
      webhookSecrets: config.webhookSecrets,
      introspection: config.introspection,
      requestsAMinute: config.requestsAMinute,
      trustedProxies: config.trustedProxies,
      workflowSchema: definitionJsonSchema(),
      whyNotReady: async () => start.waitsFor ?? (await whyNoDatabase(running)),
      isStopping: () => stopping.signal.aborted,
    });
    closing.unshift(() => app.close());
    stopping.signal.throwIfAborted();
    await app.listen({ host: config.host, port: config.port });
    // What is there is served meanwhile; whoever balances the load asks /health/ready.
    await startingSync(sync, logger, { signal: stopping.signal, progress: start.progress(logger) });
    if (isExample) await playExample(running, logger, start, stopping.signal);
    start.waitsFor = null;
    logger.info(
      `Weir is ready: http://${config.host}:${config.port}/ (GraphQL at /graphql, GraphiQL at /graphiql)`,
    );
    if (running.targets.length > 0 && config.notify.secrets.length === 0)
      logger.warn(
        'notifications are not signed: set WEIR_NOTIFY_SECRET, so that receivers can tell that they are ours',
      );
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
    const worker = await startWorker({ url: running.directUrl, lanes, logger });
    const polling = keepPolling(repository);
    const sealing = keepSealing({ ...running, logger });
    const following = pullRequestsOf(services) && followCampaigns({ ...services, logger }, running.changes);
    // After the server: whoever starts the next one needs the port, and a job may wait ten seconds for somebody else's.
    closing.splice(
      1,
      0,
      () => worker.stop(),
      () => sealing.stop(),
      () => polling.stop(),
    );
    await stopping.asked;
    start.waitsFor = 'stopping';
    logger.info('stopping');
    // Whoever balances the load has to see that it is not ready before it takes no more.
    await delay(config.drainSeconds * 1_000);
    following?.stop();
    return 0;
  } finally {
    for (const close of closing) await close();
  }
}

/** What a start is at, until everything is there. */
class Start {
  /** For people; null when the start is over. */
  waitsFor: string | null = 'looking at the repository';

  progress(logger: Logger): SyncProgress {
    return (done, total) => {
      const count = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} commits`;
      this.waitsFor = `importing history: ${count}`;
      if (done % 100 === 0) logger.info(this.waitsFor);
    };
  }
}

const whyNoDatabase = ({ database }: Running): Promise<string | null> =>
  database.query('SELECT 1').then(
    () => null,
    () => 'the database does not answer',
  );

/** The dashboard's own documents, and those of the configured manifests. */
async function trustedDocuments(config: Config, dashboard: string): Promise<TrustedDocuments> {
  const own = (await import(pathToFileURL(path.join(dashboard, 'documents.js')).href)) as Record<
    string,
    string
  >;
  const others = await readManifests(config.documents);
  const { IMPACT_DOCUMENT } = await import('./ask-server.js');
  const documents = [...Object.values(own), IMPACT_DOCUMENT].map(hashed);
  return new TrustedDocuments([...documents, ...others], config.documentsOnly);
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

/** Plays the example's campaigns, unless there are some. */
async function playExample(
  running: Running,
  logger: Logger,
  start: Start,
  signal: AbortSignal,
): Promise<void> {
  const { ports, reads } = running;
  const none = { first: 0, after: null, last: null, before: null };
  const { count } = await reads.campaigns(none, {}, { field: 'key', direction: 'asc' });
  if ((await count()) > 0) return;
  await running.allOrNothing((inTransaction) =>
    playCampaigns(inTransaction, exampleCampaigns(ports.clock.now()), (done, total) => {
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

/** The start was called off by a signal. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Ctrl-C and SIGTERM ask for an orderly stop; a second one is not waited for. */
function stopSignal(): { signal: AbortSignal; asked: Promise<void> } {
  const controller = new AbortController();
  const asked = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.once(name, () => {
        controller.abort(new Stopped(`stopped by ${name}`));
        resolve();
      });
    }
  });
  return { signal: controller.signal, asked };
}
