import { RepositorySync } from '../application/sync-repository.js';
import { openDatabase, openSource } from '../compose.js';
import type { Config } from '../config/config.js';
import { LOCAL_ACTOR } from '../domain/campaign/actor.js';
import { createLogger } from '../observability/logger.js';
import { count, print, printJson, renderProblem } from './output.js';

/** Syncs once and reports; true when nothing was held back. */
export async function sync(
  config: Config,
  { format, release }: { format: string; release?: readonly string[] },
): Promise<boolean> {
  const running = await openDatabase(config, createLogger(config.logLevel, process.stderr));
  try {
    const report = await new RepositorySync(running.ports, openSource(config)).run('cli', LOCAL_ACTOR, {
      released: release ?? [],
    });
    const { outcome, fromSha, toSha, commits, versions, problems } = report;
    if (format === 'json') printJson({ outcome, fromSha, toSha, commits, versions, problems });
    else {
      for (const problem of problems) print(renderProblem(problem));
      print(
        `${outcome}: ${count(commits, 'commit')}, ${count(versions, 'new version')}, at ${toSha ?? 'no commit'}`,
      );
    }
    return outcome !== 'held-back';
  } finally {
    await running.stop();
  }
}

/** Brings the schema up to date, which opening the database does. */
export async function migrateDatabase(config: Config): Promise<void> {
  const running = await openDatabase(config, createLogger(config.logLevel, process.stderr));
  await running.stop();
  print('the database schema is up to date');
}
