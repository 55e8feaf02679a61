import Bottleneck from 'bottleneck';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import type { PullRequestChecks } from '../../src/application/check-pull-request.js';
import { createCampaign } from '../../src/application/create-campaign.js';
import type { PullRequestHost } from '../../src/application/pull-requests.js';
import { RepositorySync } from '../../src/application/sync-repository.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { knownAt } from '../../src/application/plan.js';
import { GitProposals } from '../../src/gitops/proposals.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { GitHubHost } from '../../src/hosts/github.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { SqlReads } from '../../src/persistence/reads/sql-reads.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { createTestDatabase } from './database.js';
import { startGitServer } from './git-server.js';
import { type GitHubDouble, startGitHubDouble } from './github-double.js';
import { commitFiles, type Files, git, initRepository } from './repository.js';

const TOKEN = 'a-token';

/** A repository behind HTTP, its pull requests at a host, and a database. */
export interface PullRequestWorld {
  readonly double: GitHubDouble;
  readonly checks: PullRequestChecks & { readonly source: GitSource };
  /** The same as another process has it. */
  anotherReplica(): Promise<PullRequestChecks>;
  readonly work: string;
  readonly directory: string;
  readonly databaseUrl: string;
  readonly location: string;
  /** Commits to a branch, made from the one named where it is new, and pushes it; to a pull request's head too. */
  push(branch: string, files: Files, pull?: number): Promise<string>;
  sync(): Promise<void>;
  createCampaign(key: string, workflow: string): Promise<void>;
  query<T>(sql: string): Promise<T[]>;
  close(): Promise<void>;
}

/** A client of the double without the pauses that the real one asks for. */
export const hurriedHost = (double: GitHubDouble, token = TOKEN): PullRequestHost =>
  new GitHubHost({
    ...{ api: `${double.url}/api/v3`, web: double.url, owner: 'acme', repo: 'campaigns', token },
    pace: {
      throttle: { write: new Bottleneck.Group({}), notifications: new Bottleneck.Group({}) },
      retry: { retryAfterBaseValue: 1 },
    },
  });

export async function startPullRequestWorld(files: Files): Promise<PullRequestWorld> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-pulls-'));
  const [work, bare] = [path.join(directory, 'work'), path.join(directory, 'bare.git')];
  await initRepository(bare, { bare: true });
  await initRepository(work);
  await git(work, 'remote', 'add', 'origin', bare);
  await commitFiles(work, files, { message: 'Begin' });
  await git(work, 'push', '--quiet', 'origin', 'main');
  const server = await startGitServer(directory);
  const double = await startGitHubDouble(TOKEN, 'app');
  for (const login of ['steward', 'somebody', 'colleague']) double.permissions.set(login, 'write');
  const database = await createTestDatabase();
  const open: DataSource[] = [];
  const now = { at: Date.parse('2026-03-02T09:00:00Z') };
  const replica = async (copies: string): Promise<PullRequestWorld['checks']> => {
    const data = createDataSource(database.url);
    await data.initialize();
    open.push(data);
    const source = new GitSource({
      ...{ location: `${server.url}/bare.git`, branch: 'main', folder: 'workflows', token: null },
      cacheDirectory: path.join(directory, copies),
    });
    // Every look at the clock is a moment later than the one before.
    const ports = { clock: { now: () => new Date((now.at += 1_000)) }, inTransaction: transactionsOn(data) };
    const proposals = new GitProposals(
      source,
      () => '2026-03-02',
      () => knownAt(ports.inTransaction),
    );
    return { ports, reads: new SqlReads(data.manager), proposals, source, host: hurriedHost(double) };
  };
  const checks = await replica('copies');
  return {
    ...{ double, checks, work, directory, databaseUrl: database.url, location: `${server.url}/bare.git` },
    anotherReplica: () => replica(`copies-${open.length}`),
    push: async (branch, changed, pull) => {
      await git(
        work,
        'checkout',
        '--quiet',
        '-B',
        branch,
        branch === 'main' ? 'main' : await startOf(work, branch),
      );
      const sha = await commitFiles(work, changed, { message: `Change ${branch}` });
      const refs = [
        `HEAD:refs/heads/${branch}`,
        ...(pull === undefined ? [] : [`HEAD:refs/pull/${pull}/head`]),
      ];
      await git(work, 'push', '--quiet', '--force', 'origin', ...refs);
      const known = double.pulls.find(({ number }) => number === pull);
      if (known) known.sha = sha;
      return sha;
    },
    sync: async () => {
      await new RepositorySync(checks.ports, checks.source).run('cli', LOCAL_ACTOR);
    },
    createCampaign: async (key, workflow) => {
      const { refusals } = await createCampaign(checks.ports, LOCAL_ACTOR, {
        ...{ key, name: key, workflow, type: null, risk: 'low', budget: 0, labels: [], flags: [] },
        ...{ brief: {}, plannedLaunchAt: null, channels: [] },
      });
      if (refusals[0]) throw new Error(refusals[0].message);
    },
    query: async (sql) => (await open[0]?.query(sql)) ?? [],
    close: async () => {
      for (const each of open) await each.destroy();
      await database.drop();
      await double.close();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The branch as it is; a new one begins where `main` is. */
const startOf = (work: string, branch: string): Promise<string> =>
  git(work, 'rev-parse', '--verify', '--quiet', branch).catch(() => git(work, 'rev-parse', 'main'));
