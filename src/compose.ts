import path from 'node:path';
import type { DataSource } from 'typeorm';
import type { CheckpointLog } from './application/audit-ports.js';
import type { PullRequestChecks } from './application/check-pull-request.js';
import type { RepositorySync } from './application/sync-repository.js';
import type { Proposing } from './application/finish-proposal.js';
import type { PullRequestHost } from './application/pull-requests.js';
import type { NotificationTarget } from './application/deliver-notifications.js';
import type { DefinitionSource, InTransaction, Ports } from './application/ports.js';
import type { Config } from './config/config.js';
import type { Reads } from './application/reads.js';
import { knownAt } from './application/plan.js';
import { ConfigError } from './config/config-error.js';
import { LOOPBACK } from './config/loopback.js';
import { GitCheckpointLog } from './gitops/checkpoint-log.js';
import { GitProposals } from './gitops/proposals.js';
import { GitProposalWriter } from './gitops/propose.js';
import { GitSource, type GitSourceOptions } from './gitops/git-source.js';
import { PastSource } from './gitops/past-source.js';
import { readSigners } from './gitops/signature.js';
import { hostOf } from './hosts/host-of.js';
import { accessTokens } from './http/access-token.js';
import { type Authenticate, createAuthentication, openUntilToken } from './http/authentication.js';
import { isOwnNetwork } from './notify/addresses.js';
import { createTargets } from './notify/targets.js';
import { part, withParts } from './observability/correlation.js';
import type { Logger } from './observability/logger.js';
import { Metrics } from './observability/metrics.js';
import { ChangeFeed } from './persistence/change-feed.js';
import { createDataSource } from './persistence/data-source.js';
import { DatabaseClock } from './persistence/database-clock.js';
import { DatabaseStartError, type EmbeddedPostgres, startEmbeddedPostgres } from './persistence/embedded.js';
import { measuresOf } from './persistence/measures.js';
import { migrate } from './persistence/migrate.js';
import { knownTokens } from './persistence/stores/api-token-store.js';
import { traceStatements } from './persistence/trace-statements.js';
import { SqlReads } from './persistence/reads/sql-reads.js';
import { Standby } from './persistence/standby.js';
import { allOrNothing, transactionsOn } from './persistence/transaction.js';
import type { Services } from './resolvers/context.js';

/** A migrated database and everything that works on it. */
export interface Running {
  readonly database: DataSource;
  readonly ports: Ports;
  readonly reads: SqlReads;
  readonly metrics: Metrics;
  /** Where notifications go. */
  readonly targets: readonly NotificationTarget[];
  /** Past a pooler, for whoever listens. */
  readonly directUrl: string;
  /** Listens only once it is started. */
  readonly changes: ChangeFeed;
  /** Many units of work as one transaction. */
  allOrNothing<T>(many: (inTransaction: InTransaction, reads: Reads) => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** Connects to the configured database, or starts the embedded one, and brings its schema up to date. */
export async function openDatabase(config: Config, logger: Logger, signal?: AbortSignal): Promise<Running> {
  const targets = openTargets(config);
  const embedded = config.databaseUrl === undefined ? await embed(config, logger, signal) : null;
  try {
    const url = embedded?.url ?? config.databaseUrl ?? '';
    const applied = await migrate(config.databaseDirectUrl ?? url).catch(explainConnection);
    if (applied.length > 0) logger.info(`database schema brought up to date (${applied.length} migrations)`);
    const database = createDataSource(url);
    await database.initialize().catch(explainConnection);
    if (!(await limitsStatements(database)))
      logger.warn(
        'statements have no time limit, as the pooler of DATABASE_URL leaves ours out: give its connections one (docs/operations.md)',
      );
    const clock = await new DatabaseClock(database).start();
    if (config.tracesEndpoint !== undefined) traceStatements(database);
    const changes = new ChangeFeed(config.databaseDirectUrl ?? url, logger);
    const reads = new SqlReads(database.manager);
    const inTransaction = transactionsOn(
      database,
      targets.map(({ name }) => name),
    );
    return {
      database,
      ports: {
        clock,
        inTransaction: (work) => part('transaction', {}, () => inTransaction(work)),
      },
      ...{ reads, targets },
      metrics: new Metrics(measuresOf(database, reads), () => clock.now()),
      directUrl: config.databaseDirectUrl ?? url,
      changes,
      allOrNothing: (many) => allOrNothing(database, many),
      stop: async () => {
        await changes.stop();
        clock.stop();
        await database.destroy();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** The standby that queries are read from; null where none is configured. One that is away is looked for until it is there. */
export async function openStandby(
  { databaseReadUrl: url }: Config,
  { database, metrics }: Running,
  logger: Logger,
): Promise<Standby | null> {
  if (url === undefined) return null;
  const standby = new Standby({ primary: database, url, logger });
  metrics.standby(() => standby.behindSeconds());
  await standby.start();
  return standby;
}

/** A database that is not there is the most likely mistake of a first start, and deserves plain words. */
function explainConnection(error: unknown): never {
  const { code = '', message } = error as { code?: string; message: string };
  const place = `the database of DATABASE_URL cannot be used: ${message}`;
  if (/^(ECONN|ENOTFOUND|EHOST|ETIMEDOUT|EAI_)/.test(code)) {
    throw new DatabaseStartError(place, 'start it, or unset DATABASE_URL to use the embedded one', {
      cause: error,
    });
  }
  if (/^(28|3D|42501)/.test(code)) {
    throw new DatabaseStartError(
      place,
      'check the user, the password and the database name in DATABASE_URL',
      { cause: error },
    );
  }
  if (message.includes('unsupported startup parameter')) {
    throw new DatabaseStartError(
      place,
      'in pgbouncer.ini set ignore_startup_parameters = statement_timeout, and the limit with connect_query (docs/operations.md)',
      { cause: error },
    );
  }
  throw error;
}

/** Whether the limit that connections ask for is in force. */
async function limitsStatements(database: DataSource): Promise<boolean> {
  const [row] = await database.query<{ statement_timeout: string }[]>('SHOW statement_timeout');
  return row?.statement_timeout !== '0';
}

function embed(config: Config, logger: Logger, signal?: AbortSignal): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ directory: config.stateDirectory, logger, ...(signal ? { signal } : {}) });
}

/** @throws ConfigError where the keys of WEIR_SIGNERS cannot be used */
export async function checkSigners({ signers }: Config): Promise<void> {
  if (signers === undefined) return;
  await readSigners(signers).catch((error: Error) => {
    throw new ConfigError([`WEIR_SIGNERS: ${error.message}`]);
  });
}

/** @throws ConfigError where a target is in the server's own network, which is not allowed; secrets of URLs are not shown */
export function openTargets({ notify }: Config): NotificationTarget[] {
  const own = notify.addresses.map(({ url }) => new URL(url)).filter(isOwnNetwork);
  if (own.length > 0 && !notify.allowPrivate) {
    const hosts = own.map(({ host }) => host).join(', ');
    throw new ConfigError([
      `WEIR_NOTIFY_URL: ${hosts} is in the server's own network; set WEIR_NOTIFY_PRIVATE=true to allow that`,
    ]);
  }
  return createTargets(notify);
}

/**
 * How it is told who asks. Without a key set, and as long as no API token was ever made, everybody on this machine is believed.
 * @throws ConfigError where that would be open to other machines
 */
export async function openAuthentication(
  { jwksUrl, jwtAudience, oidcIssuer, host }: Config,
  { database, ports }: Running,
  logger: Logger,
): Promise<Authenticate> {
  const tokens = knownTokens(database);
  const isOpen = jwksUrl === undefined && !(await tokens.exist());
  if (isOpen && !LOOPBACK.includes(host)) {
    throw new ConfigError([
      `HOST="${host}": expected ${LOOPBACK.join(', ')}; no authentication is configured, so anyone who can reach the server would act as its admin. Set WEIR_JWKS_URL, or make a token with: weir token create NAME --role admin`,
    ]);
  }
  if (isOpen) logger.info('no authentication is configured: whoever is on this machine acts as admin');
  const access =
    jwksUrl === undefined
      ? null
      : accessTokens({ jwksUrl, audience: jwtAudience ?? '', issuer: oidcIssuer ?? null });
  const closed = () => logger.info('an API token was made: from now on nobody is answered without one');
  return createAuthentication({
    ...{ tokens, clock: ports.clock, accessTokens: access },
    isOpen: isOpen ? openUntilToken(tokens, closed) : () => Promise.resolve(false),
  });
}

/** The repository that definitions are read from: the configured one, or the example's. */
export function openSource(
  config: Config,
  location = config.repo ?? exampleDirectory(config),
): DefinitionSource & GitSource {
  return new GitSource(sourceOptions(config, location));
}

const sourceOptions = (config: Config, location: string): GitSourceOptions => ({
  location,
  branch: config.branch ?? null,
  folder: config.path,
  token: config.repoToken ?? null,
  cacheDirectory: path.join(config.stateDirectory, 'repositories'),
  signersFile: config.signers ?? null,
});

/** The same for the sync, whose reading shows in traces. */
export const openSyncedSource = (config: Config): DefinitionSource & GitSource =>
  withParts(openSource(config), {
    refresh: 'git fetch',
    commitsSince: 'git log',
    read: 'read and validate',
  });

/** Where checkpoints of the audit record are published: beside the definitions. */
export const openCheckpointLog = (config: Config, location?: string): CheckpointLog =>
  new GitCheckpointLog(openSource(config, location));

/** Proposals of the example, which are made while its history goes on. */
export function examplesProposing(config: Config, { ports }: Running, now: () => Date): Proposing {
  const source = new PastSource(sourceOptions(config, exampleDirectory(config)), now);
  const today = (): string => now().toISOString().slice(0, 10);
  const writer = new GitProposalWriter(source, today, () => knownAt(ports.inTransaction));
  return { source, writer, host: null };
}

export const exampleDirectory = (config: Config): string => path.join(config.stateDirectory, 'example');

/** Where pull requests of the configured repository are; null where there is no token for it. */
const openHost = ({ repo, githubToken, gitlabToken }: Config): PullRequestHost | null =>
  repo === undefined ? null : hostOf(repo, { github: githubToken ?? null, gitlab: gitlabToken ?? null });

/** Plans and proposals share one reader of the repository; the sync has its own. */
export function servicesOf(running: Running, sync: RepositorySync, config: Config): Services {
  const { ports, reads, changes } = running;
  const source = openSource(config);
  const reading = [() => today(running), () => knownAt(ports.inTransaction)] as const;
  return {
    ...{ ports, reads, changes, sync },
    proposals: new GitProposals(source, ...reading),
    proposing: {
      writer: new GitProposalWriter(source, ...reading),
      source,
      host: openHost(config),
    },
  };
}

/** What pull requests are checked with; null where no host is configured. */
export function pullRequestsOf({ ports, reads, proposals, proposing }: Services): PullRequestChecks | null {
  const { source, host } = proposing;
  return host && { ports, reads, proposals, source, host };
}

const today = ({ ports }: Running): string => ports.clock.now().toISOString().slice(0, 10);
