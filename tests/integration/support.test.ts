import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createTestDatabase } from '../support/database.js';
import { startGitServer } from '../support/git-server.js';
import { commitFiles, git, initRepository } from '../support/repository.js';

describe('the test database', () => {
  it('is migrated, and apart from every other', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await withClient(one.url, (client) => client.query('CREATE TABLE only_here ()'));
    const tables = await withClient(two.url, (client) =>
      client.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"),
    );
    const names = tables.rows.map((row) => row.name);
    expect(names.length).toBeGreaterThan(0);
    expect(names).not.toContain('only_here');
    await Promise.all([one.drop(), two.drop()]);
  });

  it('names the connection that a test left open', async () => {
    const database = await createTestDatabase();
    const leak = new pg.Client({ connectionString: database.url, application_name: 'forgetful' });
    leak.on('error', () => undefined);
    await leak.connect();
    await leak.query('SELECT 1 AS forgotten');
    await expect(database.drop()).rejects.toThrow(/left open:\nforgetful: SELECT 1 AS forgotten/);
  });
});

describe('the git server', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'weir-git-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('takes a push and gives it back to a clone', async () => {
    const server = await startGitServer(root);
    await initRepository(join(root, 'shared.git'), { bare: true });
    const work = join(root, 'work');
    await initRepository(work);
    const sha = await commitFiles(
      work,
      { 'workflows/a.yaml': 'kind: Workflow\n' },
      { message: 'Add a workflow' },
    );
    await git(work, 'push', '--quiet', `${server.url}/shared.git`, 'main');
    await git(root, 'clone', '--quiet', `${server.url}/shared.git`, 'clone');
    expect(await git(join(root, 'clone'), 'rev-parse', 'HEAD')).toBe(sha);
    expect(server.requests.map((request) => request.path)).toContain('/shared.git/git-receive-pack');
    await server.close();
  });

  it('lets nobody in without the token', async () => {
    const server = await startGitServer(root, { token: 'open-sesame' });
    await initRepository(join(root, 'closed.git'), { bare: true });
    const withToken = server.url.replace('http://', 'http://x-access-token:open-sesame@');
    await expect(git(root, 'ls-remote', `${server.url}/closed.git`)).rejects.toThrow();
    await expect(git(root, 'ls-remote', `${withToken}/closed.git`)).resolves.toBe('');
    expect(server.requests[0]).toMatchObject({ status: 401 });
    await server.close();
  });

  it('gives equal histories equal ids', async () => {
    const build = async (name: string): Promise<string> => {
      await initRepository(join(root, name));
      await commitFiles(join(root, name), { 'a.yaml': 'one\n' }, { message: 'One' });
      return commitFiles(join(root, name), { 'a.yaml': null, 'b.yaml': 'one\n' }, { message: 'Move' });
    };
    expect(await build('first')).toBe(await build('second'));
  });
});

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
