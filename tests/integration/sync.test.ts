import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { RepositorySync, type SyncReport } from '../../src/application/sync-repository.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { SqlReads } from '../../src/persistence/reads/sql-reads.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { SIMPLE_TEAM, simpleWorkflow } from '../support/definitions.js';
import { createTestDatabase } from '../support/database.js';
import { type GitServer, startGitServer } from '../support/git-server.js';
import { commitFiles, git, initRepository } from '../support/repository.js';

const TOKEN = 'secret-token';
const workflow = (id: string, effort = 'P1D', responsible = 'writer') =>
  simpleWorkflow(id, { effort, responsible });
const TEAM = SIMPLE_TEAM;

describe.each(['on disk', 'over HTTP'])('syncing a repository %s', (place) => {
  let directory: string;
  let work: string;
  let server: GitServer | null = null;
  let data: DataSource;
  let reads: SqlReads;
  let source: GitSource;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-sync-'));
    work = path.join(directory, 'work');
    await initRepository(work);
    let location = work;
    if (place === 'over HTTP') {
      await initRepository(path.join(directory, 'bare.git'), { bare: true });
      await git(work, 'remote', 'add', 'origin', path.join(directory, 'bare.git'));
      server = await startGitServer(directory, { token: TOKEN });
      location = `${server.url}/bare.git`;
    }
    const database = await createTestDatabase();
    drop = () => database.drop();
    data = createDataSource(database.url);
    await data.initialize();
    reads = new SqlReads(data.manager);
    source = new GitSource({
      location,
      branch: 'main',
      folder: 'workflows',
      token: TOKEN,
      cacheDirectory: path.join(directory, 'cache'),
    });
  }, 60_000);

  afterAll(async () => {
    await data.destroy();
    await drop();
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const commit = async (files: Record<string, string | null>, message: string, day: number) => {
    const date = `2026-02-${String(day).padStart(2, '0')}T09:00:00Z`;
    const placed = Object.fromEntries(
      Object.entries(files).map(([file, text]) => [`workflows/${file}`, text]),
    );
    return commitFiles(work, placed, { message, date });
  };
  const sync = async (): Promise<SyncReport> => {
    if (server) await git(work, 'push', '--quiet', '--force', 'origin', 'main');
    const ports = {
      clock: { now: () => new Date('2026-03-01T00:00:00Z') },
      inTransaction: transactionsOn(data),
    };
    return new RepositorySync(ports, source).run('cli', LOCAL_ACTOR);
  };
  const served = async (key: string) => (await reads.workflow(key))?.version.number ?? null;
  const history = async (key: string) => {
    const page = { first: 50, after: null, last: null, before: null };
    const { edges } = await reads.changes(page, { workflow: [key] }, { field: 'time', direction: 'asc' });
    return edges.map((edge) => edge.node.kind);
  };
  const dump = async (): Promise<string> => {
    const tables = [
      'git_commit',
      'definition',
      'definition_version',
      'definition_change',
      'repository',
      'definition_file',
      'sync_run',
      'audit_record',
    ];
    const rows = await Promise.all(
      tables.map((table) => data.query<unknown[]>(`SELECT * FROM ${table} ORDER BY 1`)),
    );
    return JSON.stringify(rows);
  };

  it('makes a version of each commit that changes meaning', async () => {
    await commit({ 'team.yaml': TEAM, 'post.yaml': workflow('post') }, 'Begin', 1);
    await commit({ 'post.yaml': workflow('post', 'P2D') }, 'Plan two days (#7)', 2);
    await commit({ 'post.yaml': `# only a comment\n${workflow('post', 'P2D')}` }, 'Say why', 3);
    expect(await sync()).toMatchObject({ outcome: 'synced', commits: 3, versions: 3 });
    expect(await served('post')).toBe(2);
    const id = (await reads.workflow('post'))?.id ?? '';
    const then = await reads.version(id, { type: 'as-of', asOf: new Date('2026-02-01T12:00:00Z') });
    expect(then?.number).toBe(1);
    const [second] = await reads.commits([(await reads.workflow('post'))?.version.commitSha ?? '']);
    expect(second).toMatchObject({ pullRequest: 7, author: { email: 'ops@example.com' } });
  });

  it('writes nothing the second time', async () => {
    const before = await dump();
    expect(await sync()).toMatchObject({ outcome: 'unchanged', commits: 0 });
    expect(await dump()).toBe(before);
  });

  it('holds back a bad file, serves the last good version, and shows both', async () => {
    const bad = await commit(
      { 'post.yaml': workflow('post', 'P3D', 'nobody'), 'ad.yaml': workflow('ad') },
      'Break it',
      4,
    );
    expect(await sync()).toMatchObject({ outcome: 'held-back', versions: 1 });
    expect([await served('post'), await served('ad')]).toEqual([2, 1]);
    const repository = await reads.repository();
    expect(repository?.attemptedSha).toBe(bad);
    expect(repository?.servedSha).not.toBe(bad);
    const errors = (await reads.problems(100)).filter((problem) => problem.severity === 'error');
    expect(errors).toMatchObject([{ code: 'E_UNKNOWN_ROLE', file: 'workflows/post.yaml', line: 11 }]);
    const mended = await commit({ 'post.yaml': workflow('post', 'P3D') }, 'Mend it', 5);
    expect(await sync()).toMatchObject({ outcome: 'synced' });
    expect((await reads.repository())?.servedSha).toBe(mended);
    expect(await served('post')).toBe(3);
  });

  it('does not take a file that was emptied for one that was deleted', async () => {
    await commit({ 'ad.yaml': '' }, 'Empty it by accident', 5);
    expect(await sync()).toMatchObject({ outcome: 'held-back', versions: 0 });
    expect((await reads.workflow('ad'))?.retiredAt).toBeNull();
    await commit({ 'ad.yaml': workflow('ad') }, 'Fill it again', 5);
    expect(await sync()).toMatchObject({ outcome: 'synced', versions: 0 });
  });

  it('keeps the identity over a rename, and the version over a revert', async () => {
    await commit({ 'post.yaml': null, 'social-post.yaml': workflow('post', 'P3D') }, 'Rename', 6);
    await commit({ 'social-post.yaml': workflow('post', 'P2D') }, 'Revert to two days', 7);
    expect(await sync()).toMatchObject({ versions: 0 });
    expect(await served('post')).toBe(2);
    expect(await history('post')).toEqual(['added', 'modified', 'modified', 'moved', 'modified']);
    expect((await reads.workflow('post'))?.file).toBe('workflows/social-post.yaml');
  });

  it('retires what is removed, and restores it when it comes back', async () => {
    await commit({ 'ad.yaml': null }, 'Retire ads', 8);
    await sync();
    expect((await reads.workflow('ad'))?.retiredAt).toEqual(new Date('2026-02-08T09:00:00Z'));
    await commit({ 'ad.yaml': workflow('ad') }, 'Bring ads back', 9);
    await sync();
    expect((await reads.workflow('ad'))?.retiredAt).toBeNull();
    expect(await history('ad')).toEqual(['added', 'retired', 'restored']);
  });

  it('takes a merge as one commit with its pull request', async () => {
    await git(work, 'checkout', '--quiet', '-b', 'change');
    await commit({ 'ad.yaml': workflow('ad', 'P4D') }, 'First try', 10);
    await commit({ 'ad.yaml': workflow('ad', 'P5D') }, 'Second thought', 11);
    await git(work, 'checkout', '--quiet', 'main');
    const identity = ['-c', 'user.name=Ops', '-c', 'user.email=ops@example.com'];
    await git(
      work,
      ...identity,
      'merge',
      '--quiet',
      '--no-ff',
      '-m',
      'Merge pull request #12 from change',
      'change',
    );
    expect(await sync()).toMatchObject({ commits: 1, versions: 1 });
    const [merge] = await reads.commits([(await reads.repository())?.attemptedSha ?? '']);
    expect(merge).toMatchObject({
      pullRequest: 12,
      author: { name: 'Ops' },
      mergedAuthor: { name: 'Marketing operations', email: 'ops@example.com' },
    });
  });

  it('notices a rewritten history, follows it, and loses no version', async () => {
    const id = (await reads.workflow('ad'))?.id ?? '';
    await git(work, 'reset', '--quiet', '--hard', 'HEAD~2');
    await commit({ 'ad.yaml': workflow('ad', 'P9D') }, 'Another history', 12);
    const report = await sync();
    expect(report.note).toMatch(/history of the branch was rewritten/);
    expect((await reads.workflow('ad'))?.version.meaning.sections).toHaveLength(1);
    expect(await served('ad')).toBe(3);
    expect(await reads.version(id, { type: 'number', number: 2 })).not.toBeNull();
  });
});
