import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { GraphQLClient } from 'graphql-request';
import pg from 'pg';
import type { Ports } from '../../src/application/ports.js';
import type { PullRequestHost } from '../../src/application/pull-requests.js';
import { RepositorySync } from '../../src/application/sync-repository.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { buildExampleRepository } from '../../src/example/history.js';
import { definitionJsonSchema } from '../../src/gitops/document/json-schema.js';
import { knownAt } from '../../src/application/plan.js';
import { GitProposals } from '../../src/gitops/proposals.js';
import { GitProposalWriter } from '../../src/gitops/propose.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { createAuthentication } from '../../src/http/authentication.js';
import { knownTokens } from '../../src/persistence/stores/api-token-store.js';
import { createServer, type ServerOptions } from '../../src/http/server.js';
import { Metrics } from '../../src/observability/metrics.js';
import { createLogger } from '../../src/observability/logger.js';
import { ChangeFeed } from '../../src/persistence/change-feed.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { measuresOf } from '../../src/persistence/measures.js';
import { migrate } from '../../src/persistence/migrate.js';
import { SqlReads } from '../../src/persistence/reads/sql-reads.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { buildApiSchema } from '../../src/resolvers/build-schema.js';
import { createTestDatabase, type Template } from './database.js';
import { installWitness, unaccounted } from './witness.js';

/** The day on which the example world of the tests ends. */
export const TODAY = new Date('2026-11-23T00:00:00Z');

/** Somebody who approves for everybody and has made nothing: nobody approves their own work. */
export const REVIEWER = [
  'reviewer@example.com',
  'approver,brand,legal,medical,regulatory,finance,creative-lead,marketing-ops-manager,ops',
] as const;

const SILENT = {
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** The example's repository as all tests of a run copy it. */
const example = (): string => path.join(os.tmpdir(), `weir-example-${process.env['TEST_RUN'] ?? '0'}`);

const sourceOf = (location: string, cacheDirectory: string): GitSource =>
  new GitSource({ location, branch: null, folder: 'workflows', token: null, cacheDirectory });

/** A database into which the example's history was synced. */
const SYNCED: Template = {
  name: 'synced',
  fill: async (url) => {
    await migrate(url);
    await rm(example(), { recursive: true, force: true });
    await buildExampleRepository(example(), TODAY);
    const data = await createDataSource(url).initialize();
    const ports = { clock: { now: () => TODAY }, inTransaction: transactionsOn(data) };
    await new RepositorySync(ports, sourceOf(example(), os.tmpdir())).run('cli', LOCAL_ACTOR);
    await data.destroy();
    await installWitness(url);
  },
};

export interface TestApi {
  readonly url: string;
  /** What the clock of the service says; it stands still. */
  now: Date;
  readonly databaseUrl: string;
  /** For use cases that the API does not offer. */
  readonly ports: Ports;
  /** Where the definitions are committed to, and what takes them over. */
  readonly repository: string;
  readonly sync: RepositorySync;
  /** A client that acts as the given person in the given roles; without them as the local admin. */
  as(actor?: string, roles?: string): GraphQLClient;
  readonly query: (sql: string, values?: unknown[]) => Promise<unknown[]>;
  /** How many statements the service has sent to the database so far. */
  readonly questions: () => number;
  /** How many connections the service has open. */
  readonly connections: () => Promise<number>;
  /** @throws Error where something was changed without an audit record */
  close(): Promise<void>;
}

/** The whole service on a real database, a real repository and a real port, with the example's history synced. */
export async function startApi({
  host = null,
  targets = [],
  ...options
}: Partial<ServerOptions> & {
  readonly host?: PullRequestHost | null;
  /** Names of targets, for which notifications are written; none is delivered. */
  readonly targets?: readonly string[];
} = {}): Promise<TestApi> {
  const database = await createTestDatabase(SYNCED);
  const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-api-'));
  const repository = path.join(directory, 'example');
  await cp(example(), repository, { recursive: true });
  const source = sourceOf(repository, directory);
  const data = createDataSource(database.url);
  let questions = 0;
  const counted = {
    logger: { ...SILENT, logQuery: () => void (questions += 1) },
    logging: ['query' as const],
  };
  data.setOptions({ ...counted });
  await data.initialize();
  const ours = new pg.Pool({ connectionString: database.url, application_name: 'test', max: 4 });
  const query = async (sql: string, values?: unknown[]): Promise<unknown[]> =>
    (await ours.query<Record<string, unknown>>(sql, values)).rows;
  await query('UPDATE repository SET location = $1', [repository]);
  const changes = new ChangeFeed(database.url, createLogger('silent'));
  await changes.start();
  const clock = { now: TODAY };
  const ports = { clock: { now: () => clock.now }, inTransaction: transactionsOn(data, targets) };
  const sync = new RepositorySync(ports, source);
  const reads = new SqlReads(data.manager);
  const metrics = new Metrics(measuresOf(data, reads), () => TODAY);
  const app = await createServer({
    services: {
      ports,
      reads,
      sync,
      changes,
      proposals: new GitProposals(
        source,
        () => TODAY.toISOString().slice(0, 10),
        () => knownAt(ports.inTransaction),
      ),
      proposing: {
        writer: new GitProposalWriter(
          source,
          () => TODAY.toISOString().slice(0, 10),
          () => knownAt(ports.inTransaction),
        ),
        ...{ source, host },
      },
    },
    schema: await buildApiSchema((code) => metrics.refusal(code)),
    logger: createLogger('silent'),
    metrics,
    authenticate: createAuthentication({
      ...{ tokens: knownTokens(data), clock: ports.clock },
      ...{ accessTokens: null, isOpen: () => Promise.resolve(true) },
    }),
    dashboard: directory,
    workflowSchema: definitionJsonSchema(),
    whyNotReady: () => Promise.resolve(null),
    ...options,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    get now() {
      return clock.now;
    },
    set now(moment) {
      clock.now = moment;
    },
    url,
    databaseUrl: database.url,
    ports,
    repository,
    sync,
    as: (actor, roles) =>
      new GraphQLClient(`${url}/graphql`, {
        headers: actor === undefined ? {} : { 'weir-actor': actor, 'weir-roles': roles ?? '' },
      }),
    questions: () => questions,
    connections: () => promisify(app.server.getConnections.bind(app.server))(),
    query,
    close: async () => {
      await app.close();
      await changes.stop();
      await data.destroy();
      const missing = await unaccounted(query);
      await ours.end();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
      if (missing.length > 0) throw new Error(missing.join('\n'));
    },
  };
}
