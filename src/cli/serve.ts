import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RepositorySync } from '../application/sync-repository.js';
import {
  exampleDirectory,
  openDatabase,
  openSource,
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
import { hashed, readManifests, TrustedDocuments } from '../http/documents.js';
import { createServer } from '../http/server.js';
import { keepPolling, repositoryTasks, TIMETABLE } from '../jobs/repository-tasks.js';
import { PULL_REQUEST_TIMETABLE, pullRequestTasks } from '../jobs/pull-request-tasks.js';
import { startWorker } from '../jobs/worker.js';
import { createLogger, type Logger } from '../observability/logger.js';
import { buildApiSchema } from '../resolvers/build-schema.js';
import { refuseTakenPort } from './port.js';

/** Runs the service until it is told to stop. Resolves with the exit code. */
export async function serve(config: Config, options: { empty: boolean }): Promise<number> {
  const logger = createLogger(config.logLevel);
  const stopping = stopSignal();
  await refuseTakenPort(config.host, config.port);
  const dashboard = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'dashboard');
  const documents = await trustedDocuments(config, dashboard);
  const running = await openDatabase(config, logger, stopping.signal);
  try {
    const sync =
      config.repo === undefined && !options.empty
        ? await prepareExample(config, running, logger, stopping.signal)
        : new RepositorySync(running.ports, openSource(config));
    if (config.repo !== undefined) await startingSync(running, sync, logger);
    await running.changes.start();
    const services = servicesOf(running, sync, config);
    const app = await createServer({
      services,
      schema: await buildApiSchema(),
      logger,
      dashboard,
      corsOrigins: config.corsOrigins,
      documents,
      metrics: running.metrics,
      webhookSecrets: config.webhookSecrets,
      workflowSchema: definitionJsonSchema(),
      isReady: () =>
        running.database.query('SELECT 1').then(
          () => true,
          () => false,
        ),
    });
    stopping.signal.throwIfAborted();
    await app.listen({ host: config.host, port: config.port });
    logger.info(
      `Weir is ready: http://${config.host}:${config.port}/ (GraphQL at /graphql, GraphiQL at /graphiql)`,
    );
    const repository = { ...running, sync, logger, pollSeconds: config.pollSeconds };
    const worker = await startWorker({
      url: running.directUrl,
      tasks: { ...repositoryTasks(repository), ...pullRequestTasks(pullRequestsOf(services)) },
      timetable: `${TIMETABLE}\n${PULL_REQUEST_TIMETABLE}`,
      logger,
    });
    const polling = keepPolling(repository);
    await stopping.asked;
    logger.info('stopping');
    polling.stop();
    await worker.stop();
    await app.close();
    return 0;
  } finally {
    await running.stop();
  }
}

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

/** Builds the example's repository, syncs it and plays its campaigns, unless that has been done before. */
async function prepareExample(config: Config, running: Running, logger: Logger, signal: AbortSignal) {
  const today = running.ports.clock.now();
  const directory = exampleDirectory(config);
  const { built } = await buildExampleRepository(directory, today);
  if (built) logger.info(`example repository built in ${directory}`);
  const sync = new RepositorySync(running.ports, openSource(config, directory));
  await firstSync(sync, logger);
  const { count } = await running.reads.campaigns(
    { first: 0, after: null, last: null, before: null },
    {},
    { field: 'key', direction: 'asc' },
  );
  if ((await count()) > 0) return sync;
  await running.allOrNothing((inTransaction) =>
    playCampaigns(inTransaction, exampleCampaigns(today), (done, total) => {
      signal.throwIfAborted();
      if (done % 10 === 0 || done === total) logger.info(`example campaigns played: ${done} of ${total}`);
    }),
  );
  return sync;
}

/** A repository that is away is no reason not to serve what was taken over before; without anything to serve it is. */
async function startingSync(running: Running, sync: RepositorySync, logger: Logger): Promise<void> {
  try {
    await firstSync(sync, logger);
  } catch (error) {
    const repository = await running.reads.repository();
    if (repository?.attemptedSha === undefined || repository.attemptedSha === null) throw error;
    logger.error({ err: error }, 'the repository cannot be read; what was taken over before is served');
  }
}

async function firstSync(sync: RepositorySync, logger: Logger): Promise<void> {
  const progress = (done: number, total: number) => {
    if (done % 100 === 0) logger.info(`commits read: ${done} of ${total}`);
  };
  const report = await sync.run('start', LOCAL_ACTOR, { progress });
  logger.info(`repository ${report.outcome}: ${report.commits} commits, ${report.versions} new versions`);
  for (const problem of report.problems.slice(0, 5)) {
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
