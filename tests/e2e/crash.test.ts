import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { RowDigest } from '../../src/application/ports.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { SIMPLE_TEAM, simpleWorkflow } from '../support/definitions.js';
import { commitFiles, initRepository } from '../support/repository.js';

const COMMITS = 60;

describe('a process that is killed', () => {
  let directory: string;
  let databases: TestDatabase[];
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-crash-'));
    await initRepository(directory);
    for (let commit = 0; commit < COMMITS; commit++) {
      const files = {
        [`workflows/w${commit % 7}.yaml`]: simpleWorkflow(`w${commit % 7}`, { effort: `P${commit + 1}D` }),
      };
      await commitFiles(
        directory,
        { 'workflows/team.yaml': SIMPLE_TEAM, ...files },
        { message: `${commit}` },
      );
    }
    databases = [await createTestDatabase(), await createTestDatabase()];
  }, 60_000);
  afterAll(async () => {
    await Promise.all(databases.map((each) => each.drop()));
    await rm(directory, { recursive: true, force: true });
  });

  /** `weir sync`; killed as soon as so many commits are there. */
  const sync = async (url: string, killedAt: number | null): Promise<void> => {
    const env = { PATH: process.env['PATH'], DATABASE_URL: url, WEIR_REPO: directory, LOG_LEVEL: 'silent' };
    const child = spawn(process.execPath, [path.resolve('dist/main.js'), 'sync'], { cwd: directory, env });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const data = killedAt === null ? null : await createDataSource(url).initialize();
    while (data && child.exitCode === null) {
      const [row] = await data.query<{ count: number }[]>('SELECT count(*)::int AS count FROM git_commit');
      if ((row?.count ?? 0) >= (killedAt ?? 0)) child.kill('SIGKILL');
      if (child.signalCode ?? child.killed) break;
    }
    await ended;
    await data?.destroy();
  };
  const digests = async (url: string): Promise<RowDigest[]> => {
    const data = await createDataSource(url).initialize();
    const rows = await transactionsOn(data)((stores) => stores.definitions.digests());
    await data.destroy();
    return rows.sort((one, other) => (`${one.table} ${one.name}` < `${other.table} ${other.name}` ? -1 : 1));
  };

  it('leaves a state from which the next comes to the same rows', async () => {
    const [whole, broken] = databases as [TestDatabase, TestDatabase];
    await sync(whole.url, null);
    for (const killedAt of [1, 3, 10, 11, 30, 59]) await sync(broken.url, killedAt);
    await sync(broken.url, null);
    const expected = await digests(whole.url);
    expect(expected.filter(({ table }) => table === 'git_commit')).toHaveLength(COMMITS);
    expect(await digests(broken.url)).toEqual(expected);
  }, 60_000);
});
