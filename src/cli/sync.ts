import type { DefinitionSource } from '../application/ports.js';
import { rebuildDefinitions, type RebuildReport } from '../application/rebuild-definitions.js';
import { RepositoryError } from '../application/repository-error.js';
import { syncOnRequest } from '../application/sync-on-request.js';
import { RepositorySync, type SyncProgress } from '../application/sync-repository.js';
import { checkSigners, openDatabase, openSource, type Running } from '../compose.js';
import type { Config } from '../config/config.js';
import { LOCAL_ACTOR } from '../domain/campaign/actor.js';
import { createLogger } from '../observability/logger.js';
import { grantService } from '../persistence/grants.js';
import { withScratchSchema } from '../persistence/scratch.js';
import { transactionsOn } from '../persistence/transaction.js';
import { complain, count, print, printJson, renderProblem } from './output.js';

export interface SyncCommand {
  readonly format: string;
  readonly release: readonly string[];
  readonly rebuild?: boolean;
}

/** Syncs once and reports; true when nothing was held back. */
export async function sync(config: Config, { format, release, rebuild }: SyncCommand): Promise<boolean> {
  const logger = createLogger(config.logLevel, process.stderr);
  const progress = (done: number, total: number) => {
    if (done % 500 === 0) logger.info(`commits taken over: ${done} of ${total}`);
  };
  await checkSigners(config);
  const running = await openDatabase(config, logger);
  try {
    const source = openSource(config);
    const repository = new RepositorySync(running.ports, source);
    const request = { trigger: 'cli', release, progress } as const;
    const { run, refusals } = await syncOnRequest(
      running.ports.inTransaction,
      repository,
      LOCAL_ACTOR,
      request,
    );
    for (const { message } of refusals) complain(`weir: ${message}`);
    if (run === null) return false;
    const { outcome, error, note, fromSha, toSha, commits, versions, problems } = run;
    if (error !== null) throw new RepositoryError(error);
    if (rebuild === true) return reportRebuild(await rebuilt(running, source, progress), format);
    if (format === 'json')
      printJson({ outcome, note, fromSha, toSha, commits, versions, problems, refusals });
    else {
      for (const problem of problems) print(renderProblem(problem));
      print(
        `${outcome}: ${count(commits, 'commit')}, ${count(versions, 'new version')}, at ${toSha ?? 'no commit'}`,
      );
      if (note !== null) print(note);
    }
    return outcome !== 'held-back' && refusals.length === 0;
  } finally {
    await running.stop();
  }
}

const rebuilt = (
  running: Running,
  source: DefinitionSource,
  progress: SyncProgress,
): Promise<RebuildReport> =>
  withScratchSchema(running.directUrl, (data) =>
    rebuildDefinitions(running.ports.inTransaction, transactionsOn(data), {
      source,
      clock: running.ports.clock,
      progress,
    }),
  );

/** More differences than this are one: the two are not of the same repository. */
const SHOWN = 20;

function reportRebuild({ rows, differences, rewritten }: RebuildReport, format: string): boolean {
  const identical = differences.length === 0;
  if (format === 'json') printJson({ identical, rows, differences, rewritten });
  else if (identical) print(`identical: git alone gives the same ${count(rows, 'row')}, compared by hash`);
  else {
    for (const { table, name, stored, rebuilt } of differences.slice(0, SHOWN)) {
      const how =
        stored === null ? 'is missing' : rebuilt === null ? 'is not in git' : 'is not what git says';
      print(`${table} '${name}' ${how}`);
    }
    print(`${count(differences.length, 'row')} of ${rows} differ; nothing was changed`);
  }
  if (format !== 'json' && rewritten.length > 0)
    print(`kept from rewritten history: ${count(rewritten.length, 'commit')}, and what they made`);
  return identical;
}

/** Brings the schema up to date, which opening the database does. @param grant the role that is to run the service */
export async function migrateDatabase(config: Config, grant: string | null): Promise<void> {
  const running = await openDatabase(config, createLogger(config.logLevel, process.stderr));
  try {
    if (grant !== null) await grantService(running.directUrl, grant);
  } finally {
    await running.stop();
  }
  print('the database schema is up to date');
}
