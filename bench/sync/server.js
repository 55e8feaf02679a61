// A server as people start it, on one repository.
import { fork } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const SECRET = 'a-secret-of-the-bench';
const READY_MS = 120_000;
const VISIBLE_MS = 30_000;
const LOOK_MS = 2;
const MAIN = path.join(import.meta.dirname, '..', '..', 'dist', 'main.js');
const QUERY = 'query Served($key: String!) { workflow(key: $key) { currentVersion { commit { sha } } } }';
const PLAN = '{ plan(base: "main~1", head: "main") { workflows { change } } }';

export async function startServer({ databaseUrl, location, directory, heap }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = fork(MAIN, ['serve'], {
    cwd: directory,
    execArgv: [heap, '--import', pathToFileURL(path.join(import.meta.dirname, 'memory.js')).href],
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      WEIR_REPO: location,
      WEIR_BRANCH: 'main',
      WEIR_POLL_SECONDS: '86400',
      WEIR_WEBHOOK_SECRET: SECRET,
      PORT: String(port),
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const ready = async () => (await fetch(`${url}/health/ready`).catch(() => null))?.ok === true;
  for (const deadline = Date.now() + READY_MS; !(await ready()); await delay(50))
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('the server does not start');
  return {
    /** @returns its peak so far, in MiB */
    peakMiB: async () => {
      child.send('peak');
      return (await once(child, 'message'))[0];
    },
    /** Tells of a push as a host does, and looks until the commit is served. @returns milliseconds */
    visible: async (key, sha) => {
      const begin = performance.now();
      await tell(url);
      for (
        const deadline = Date.now() + VISIBLE_MS;
        (await servedCommit(url, key)) !== sha;
        await delay(LOOK_MS)
      )
        if (Date.now() > deadline) throw new Error(`${sha} is not served after ${VISIBLE_MS} ms`);
      return performance.now() - begin;
    },
    /** Plans the last commit as if it were a proposal. @returns milliseconds */
    plan: async () => {
      const begin = performance.now();
      const { plan } = await ask(url, PLAN, {});
      if (plan.workflows.filter(({ change }) => change === 'MODIFIED').length !== 1)
        throw new Error('the plan of one changed file changes another number of workflows');
      return performance.now() - begin;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function tell(url) {
  const body = '{}';
  const response = await fetch(`${url}/webhooks/github`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
    },
  });
  if (response.status !== 202) throw new Error(`the webhook was answered with ${response.status}`);
}

async function servedCommit(url, key) {
  return (await ask(url, QUERY, { key })).workflow.currentVersion.commit.sha;
}

async function ask(url, query, variables) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    body: JSON.stringify({ query, variables }),
    headers: { 'content-type': 'application/json' },
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
