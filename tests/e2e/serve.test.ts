import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { SIMPLE_TEAM, simpleWorkflow } from '../support/definitions.js';
import { freePort } from '../support/free-port.js';
import { commitFiles } from '../support/repository.js';
import { weir } from '../support/run.js';
import { until } from '../support/until.js';

interface Lead {
  evidence: { leadTimeHours: number };
  workflowVersion: { number: number; workflow: { key: string } };
}
const MAIN = path.resolve('dist/main.js');

describe('weir serve, as a process', () => {
  let directory: string;
  let port: number;
  const started: ChildProcess[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-serve-'));
    port = await freePort();
  });
  afterAll(async () => {
    for (const child of started) child.kill('SIGTERM');
    await rm(directory, { recursive: true, force: true });
  });

  const start = (cwd = directory, ...more: string[]) => startWith({}, cwd, ...more);
  const startWith = (settings: Record<string, string>, cwd = directory, ...more: string[]) => {
    const env = {
      ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port) },
      ...settings,
    };
    const child = spawn(process.execPath, [MAIN, 'serve', ...more], { cwd, env });
    started.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    return {
      child,
      ended,
      output: () => output,
      ready: () => until(() => Promise.resolve(output.includes('Weir is ready')), 60_000),
    };
  };
  const ask = async (query: string): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return ((await response.json()) as { data: unknown }).data;
  };
  const postmaster = () => path.join(directory, '.weir', 'postgres', 'postmaster.pid');

  it('builds the example world, serves it, and stops in order with its database', async () => {
    const server = start();
    await server.ready();
    const counts = `{ campaigns(first: 0) { totalCount } workflows(first: 0) { totalCount } retrospectives(first: 0) { totalCount } }`;
    expect(await ask(counts)).toEqual({
      campaigns: { totalCount: 38 },
      workflows: { totalCount: 10 },
      retrospectives: { totalCount: 33 },
    });
    const review = (await ask(
      '{ retrospectives(first: 50) { nodes { evidence { leadTimeHours } workflowVersion { number workflow { key } } } } }',
    )) as { retrospectives: { nodes: Lead[] } };
    const median = (key: string, numbers: readonly number[]): number => {
      const found = review.retrospectives.nodes.filter(
        ({ workflowVersion: { number, workflow } }) => workflow.key === key && numbers.includes(number),
      );
      const hours = found.map((each) => each.evidence.leadTimeHours).sort((a, b) => a - b);
      return hours[Math.floor(hours.length / 2)] ?? Number.NaN;
    };
    // Where the workflow improved the lead time did; the annual event changed nothing and took as long as before.
    expect(median('regulated-promotion', [2])).toBeLessThan(0.8 * median('regulated-promotion', [1]));
    expect(median('quarterly-b2b-launch', [8])).toBeLessThan(0.8 * median('quarterly-b2b-launch', [1]));
    expect(median('annual-event', [1])).toBeGreaterThan(450);
    const second = start();
    expect(await second.ended).not.toBe(0);
    expect(second.output()).toMatch(/port \d+ on 127\.0\.0\.1 is taken.*choose another with PORT=/);
    server.child.kill('SIGTERM');
    expect({ code: await server.ended, output: server.output() }).toEqual({
      code: 0,
      output: expect.stringContaining('stopping') as string,
    });
    expect(existsSync(postmaster())).toBe(false);
  }, 90_000);

  it('listens to other machines only once it is told apart who asks', async () => {
    const place = await mkdtemp(path.join(directory, 'exposed-'));
    const refused = startWith({ HOST: '0.0.0.0' }, place, '--empty');
    expect(await refused.ended).toBe(2);
    expect(refused.output()).toContain(
      'HOST="0.0.0.0": expected 127.0.0.1, ::1, localhost; no authentication',
    );
    const tokens = (...args: string[]) => weir(['token', ...args], { cwd: place });
    const wrong = await tokens('create', 'ci', '--role', 'viewer', '--days', '1000');
    expect([wrong.code, wrong.err]).toEqual([1, 'weir: a token is good for 1 to 366 days\n']);
    const useless = await tokens('create', 'useless', '--role', 'veiwer');
    expect([useless.code, useless.err]).toEqual([
      0,
      expect.stringContaining('none of its roles is a permission'),
    ]);
    const made = await tokens('create', 'ci', '--role', 'viewer');
    const token = made.out.trim();
    expect([made.code, token]).toEqual([0, expect.stringMatching(/^weir_[a-z0-9]{12}_[\w-]{43}$/)]);
    const [, id = ''] = token.split('_');
    const server = startWith({ HOST: '0.0.0.0' }, place, '--empty');
    await server.ready();
    const status = async (headers: Record<string, string>) =>
      (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).status;
    expect([await status({}), await status({ authorization: `Bearer ${token}` })]).toEqual([401, 200]);
    expect((await tokens('list')).out).toContain(`${id}  ci                    viewer  everywhere`);
    expect((await tokens('revoke', id)).out).toBe(`token '${id}' (ci) is not taken any more\n`);
    expect(await status({ authorization: `Bearer ${token}` })).toBe(401);
    expect((await tokens('revoke', 'none')).code).toBe(1);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    // That nobody has a token any more makes the server open to nobody.
    const again = startWith({}, place, '--empty');
    await again.ready();
    expect(await status({})).toBe(401);
    again.child.kill('SIGTERM');
    await again.ended;
  }, 90_000);

  it('begins to ask for tokens beside whoever makes the first one', async () => {
    const place = await mkdtemp(path.join(directory, 'open-'));
    const server = startWith({}, place, '--empty');
    await server.ready();
    const status = async (headers: Record<string, string>) =>
      (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).status;
    expect(await status({})).toBe(200);
    const tokens = (...args: string[]) => weir(['token', ...args], { cwd: place });
    const made = await tokens('create', 'ci', '--role', 'viewer');
    expect(made.err).toContain('it is the first token: from now on no server');
    expect((await tokens('create', 'more', '--role', 'viewer')).err).not.toContain('first token');
    await until(async () => (await status({})) === 401, 10_000);
    expect(await status({ authorization: `Bearer ${made.out.trim()}` })).toBe(200);
    expect(server.output()).toContain('an API token was made');
    server.child.kill('SIGTERM');
    await server.ended;
  }, 90_000);

  it('starts without anything, and takes what is committed to the repository it names', async () => {
    const server = start(await mkdtemp(path.join(directory, 'empty-')), '--empty');
    await server.ready();
    const [, repository = ''] = /can be committed to ([^"]+)/.exec(server.output()) ?? [];
    const text = simpleWorkflow('leaflet');
    await commitFiles(
      repository,
      { 'workflows/a.yaml': text, 'workflows/team.yaml': SIMPLE_TEAM },
      { message: 'a' },
    );
    expect(await ask('mutation { syncRepository { refusals { message } } }')).toEqual({
      syncRepository: { refusals: [] },
    });
    expect(await ask('{ workflow(key: "leaflet") { name } campaigns { totalCount } }')).toEqual({
      workflow: { name: 'leaflet' },
      campaigns: { totalCount: 0 },
    });
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  }, 60_000);

  it('says that it stops, and answers meanwhile, each time for the last time on a connection', async () => {
    const folder = await mkdtemp(path.join(directory, 'drain-'));
    const server = startWith({ WEIR_DRAIN_SECONDS: '3' }, folder, '--empty');
    await server.ready();
    const look = async () => {
      const response = await fetch(`http://127.0.0.1:${port}/health/ready`);
      return { status: response.status, text: await response.text(), headers: response.headers };
    };
    expect((await look()).headers.get('connection')).toBe('keep-alive');
    const begun = Date.now();
    server.child.kill('SIGTERM');
    const leaving = await until(async () => {
      const found = await look();
      return found.status === 503 ? found : null;
    });
    expect(JSON.parse(leaving.text)).toEqual({ ok: false, reason: 'stopping' });
    expect(leaving.headers.get('connection')).toBe('close');
    expect(await ask('{ campaigns { totalCount } }')).toEqual({ campaigns: { totalCount: 0 } });
    expect(await server.ended).toBe(0);
    expect(Date.now() - begun).toBeGreaterThan(2_900);
  }, 60_000);

  it('takes everything over after a kill -9, without doing it again', async () => {
    const killed = start();
    await killed.ready();
    killed.child.kill('SIGKILL');
    await killed.ended;
    const next = start();
    await next.ready();
    expect(next.output()).toContain('0 commits, 0 new versions');
    expect(next.output()).not.toContain('campaigns played');
    next.child.kill('SIGINT');
    expect(await next.ended).toBe(0);
    expect(existsSync(postmaster())).toBe(false);
  }, 60_000);
});
