import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { freePort } from '../support/free-port.js';
import { weir } from '../support/run.js';
import { startSyncWorld, type SyncWorld } from '../support/sync-world.js';
import { until } from '../support/until.js';

/** Whatever is told in it is a secret that was told. */
const MARK = 'hunter2';
const SIGNING = `whsec_${Buffer.from(`${MARK}${MARK}${MARK}${MARK}`).toString('base64')}`;

/** Somebody else's server, which refuses everything and says everything back that it was sent. */
async function startEcho(): Promise<{ host: string; server: Server }> {
  const server = createServer((request, response) => {
    const body = JSON.stringify({ message: request.url, headers: request.headers });
    response.writeHead(request.url?.includes('missing') ? 404 : 500, { 'content-type': 'application/json' });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('secrets', () => {
  let world: SyncWorld;
  let echo: { host: string; server: Server };
  let child: ChildProcess | undefined;
  /** All that was printed, answered and kept. */
  let told: string[];

  beforeAll(async () => {
    world = await startSyncWorld();
    echo = await startEcho();
    told = [];
  }, 60_000);
  afterAll(async () => {
    if (child?.exitCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    echo.server.close();
    await world.close();
  });

  const tokens = (): Record<string, string> => ({
    ...{ WEIR_REPO_TOKEN: MARK, WEIR_GITHUB_TOKEN: MARK, WEIR_GITLAB_TOKEN: MARK, WEIR_TOKEN: MARK },
    ...{ WEIR_WEBHOOK_SECRET: `${MARK}-new,${MARK}-old`, WEIR_NOTIFY_SECRET: SIGNING },
    WEIR_NOTIFY_URL: `slack+http://${echo.host}/services/${MARK}?token=${MARK}`,
    ...{ WEIR_NOTIFY_PRIVATE: 'true', LOG_LEVEL: 'trace' },
  });
  const environment = (settings: Readonly<Record<string, string>>) => ({
    ...{ PATH: process.env['PATH'], DATABASE_URL: world.databaseUrl },
    ...{ ...tokens(), ...settings },
  });
  const command = async (args: readonly string[], settings: Readonly<Record<string, string>>) => {
    const { code, out, err } = await weir(args, { cwd: world.directory, env: environment(settings) });
    told.push(out, err);
    return code;
  };

  it('are not told by a command that fails', async () => {
    const gone = `127.0.0.1:${await freePort()}`;
    for (const location of [
      `http://ops:${MARK}@${echo.host}/missing.git`,
      `http://ops:${MARK}@${gone}/bare.git`,
      `http://${MARK}@${echo.host}/bare.git`,
    ])
      expect(await command(['sync'], { WEIR_REPO: location })).not.toBe(0);
    const database = `postgres://weir:${MARK}@${gone}/weir`;
    expect(await command(['sync'], { DATABASE_URL: database, WEIR_REPO: world.work })).not.toBe(0);
    for (const [name, value] of [
      ['WEIR_NOTIFY_URL', `ftp://${MARK}@example.com`],
      ['WEIR_NOTIFY_SECRET', MARK],
      ['WEIR_REPO', `http://${echo.host}/bare.git?private_token=${MARK}`],
      ['WEIR_TOKEN', `${MARK} ${MARK}`],
      ['WEIR_JWKS_URL', `ftp://ops:${MARK}@example.com`],
      ['DATABASE_URL', `mysql://ops:${MARK}@example.com`],
    ] as const)
      expect(await command(['sync'], { [name]: value })).toBe(2);
    expect(told.join('\n')).toContain(echo.host);
    expect(told.join('\n')).not.toContain(MARK);
  }, 60_000);

  it('are not told by a server whatever goes wrong, nor kept by its database', async () => {
    const port = await freePort();
    child = spawn(process.execPath, [path.resolve('dist/main.js'), 'serve'], {
      cwd: world.directory,
      env: environment({ WEIR_REPO: world.work, PORT: String(port) }),
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => told.push(String(text)));
    await until(() => Promise.resolve(told.join('').includes('is ready')), 30_000);
    const url = `http://127.0.0.1:${port}`;
    const ask = async (where: string, init: RequestInit = {}) => {
      const answer = await fetch(`${url}${where}`, init);
      told.push(JSON.stringify([...answer.headers]), await answer.text());
    };
    const headers = { 'content-type': 'application/json' };
    const post = (query: string, more: Record<string, string> = {}) =>
      ask('/graphql', { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify({ query }) });
    for (const token of [MARK, `weir_${'a'.repeat(12)}_${MARK}`, `eyJhbGciOiJub25lIn0.${MARK}.`])
      await post('{ viewer { name } }', { authorization: `Bearer ${token}` });
    await ask(`/calendar/spring.ics?token=${MARK}`);
    await post(
      'mutation { createCampaign(input: { key: "spring", name: "Spring", workflow: "a" }) { refusals { code } } }',
    );
    await post('mutation { proposeWorkflowChange(input: {}) { refusals { code } } }');
    await post('mutation { syncRepository { run { outcome error } } }');
    await post(
      '{ auditLog(first: 50) { nodes { id } } repository { url: __typename } plan(base: "x", head: "y") { ok } }',
    );
    for (const host of ['github', 'gitlab', 'gitea']) {
      const signed = { 'x-hub-signature-256': 'sha256=0', 'x-gitlab-token': 'wrong', ...headers };
      await ask(`/webhooks/${host}`, { method: 'POST', headers: signed, body: '{}' });
    }
    await ask('/metrics');
    await until(async () => {
      const sent = await world.data.query<unknown[]>(
        'SELECT 1 FROM notification_delivery WHERE last_error IS NOT NULL',
      );
      return sent.length > 0;
    }, 30_000);
    // Its database goes away in the middle of the work.
    await world.data.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await post('{ campaigns { totalCount } }');
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    expect(told.join('\n')).toContain('UNCHANGED');
    expect(told.join('\n')).not.toContain(MARK);
    expect(told.join('\n')).not.toContain(SIGNING.slice(6));
    expect(await kept()).toContain('spring');
    expect(await kept()).not.toContain(MARK);
    expect(await kept()).not.toContain(SIGNING.slice(6));
  }, 90_000);

  /** Every row of every table, as text. */
  async function kept(): Promise<string> {
    const tables = await world.data.query<{ name: string }[]>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { name } of tables)
      for (const row of await world.data.query<{ text: string }[]>(
        `SELECT each::text AS text FROM ${name} each`,
      ))
        texts.push(row.text);
    return texts.join('\n');
  }
});
