import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import type { Ports } from '../../src/application/ports.js';
import { RepositorySync, type SyncOptions, type SyncReport } from '../../src/application/sync-repository.js';
import { watchRepository } from '../../src/application/watch-repository.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { GitSource, type GitSourceOptions } from '../../src/gitops/git-source.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { SqlReads } from '../../src/persistence/reads/sql-reads.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { createTestDatabase } from './database.js';
import { SIMPLE_TEAM, simpleWorkflow } from './definitions.js';
import { type GitServer, startGitServer } from './git-server.js';
import { commitFiles, git, initRepository } from './repository.js';

export interface SyncWorld {
  readonly directory: string;
  /** Whoever pushes works here. */
  readonly work: string;
  readonly databaseUrl: string;
  readonly data: DataSource;
  readonly reads: SqlReads;
  readonly ports: Ports;
  server: GitServer;
  now: Date;
  /** Files of the definitions' folder; null removes one. */
  readonly commit: (files: Readonly<Record<string, string | null>>, message: string) => Promise<string>;
  readonly push: (...more: readonly string[]) => Promise<string>;
  readonly open: (location?: string, more?: Partial<GitSourceOptions>) => GitSource;
  readonly sync: (options?: SyncOptions, source?: GitSource) => Promise<SyncReport>;
  /** Kind and message of each that is open, oldest first. */
  readonly alerts: () => Promise<[string, string][]>;
  readonly isRetired: (key: string) => Promise<boolean>;
  readonly minutesLater: (minutes: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const PAGE = { first: 50, after: null, last: null, before: null };

/** Files of small workflows. */
export const workflows = (...ids: readonly string[]): Record<string, string> =>
  Object.fromEntries(ids.map((id) => [`${id}.yaml`, simpleWorkflow(id)]));

/** A repository that is pushed to and served over HTTP, with workflows a to d in it, and a database. */
export async function startSyncWorld(): Promise<SyncWorld> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-sync-'));
  const work = path.join(directory, 'work');
  await initRepository(work);
  await initRepository(path.join(directory, 'bare.git'), { bare: true });
  await git(work, 'remote', 'add', 'origin', path.join(directory, 'bare.git'));
  const database = await createTestDatabase();
  const data = await createDataSource(database.url).initialize();
  const reads = new SqlReads(data.manager);
  const world: SyncWorld = {
    ...{ directory, work, data, reads, databaseUrl: database.url },
    ports: { clock: { now: () => world.now }, inTransaction: transactionsOn(data) },
    server: await startGitServer(directory),
    now: new Date('2026-03-01T00:00:00Z'),
    commit: (files, message) =>
      commitFiles(
        work,
        Object.fromEntries(Object.entries(files).map(([file, text]) => [`workflows/${file}`, text])),
        { message },
      ),
    push: (...more) => git(work, 'push', '--quiet', '--force', 'origin', 'main', ...more),
    open: (location = `${world.server.url}/bare.git`, more = {}) =>
      new GitSource({
        ...{ location, branch: 'main', folder: 'workflows', token: null },
        cacheDirectory: path.join(directory, 'copies'),
        ...more,
      }),
    sync: (options = {}, source = world.open()) =>
      new RepositorySync(world.ports, source).run('cli', LOCAL_ACTOR, options),
    alerts: async () =>
      (await reads.alerts(PAGE, { isOpen: true }, { field: 'time', direction: 'asc' })).edges.map(
        ({ node: { kind, message } }) => [kind, message],
      ),
    isRetired: async (key) => (await reads.workflow(key))?.retiredAt !== null,
    minutesLater: async (minutes) => {
      world.now = new Date(world.now.getTime() + minutes * 60_000);
      await watchRepository(world.ports);
    },
    close: async () => {
      await data.destroy();
      await database.drop();
      await world.server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  await world.commit({ 'team.yaml': SIMPLE_TEAM, ...workflows('a', 'b', 'c', 'd') }, 'Begin');
  await world.push();
  return world;
}
