// How long requests that are meant to be dear take to be refused, and an ordinary question beside them, on a server of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import '../scripts/build-tests.js';

const { ATTACKS } = await import('../.tests/support/attacks.js');

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const LIMIT_MS = 100;
const ORDINARY = JSON.stringify({ query: '{ campaigns(first: 20) { nodes { key steps { key status } } } }' });
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const directory = mkdtempSync(path.join(os.tmpdir(), 'weir-bench-'));
const main = path.resolve(import.meta.dirname, '../dist/main.js');
const server = spawn(process.execPath, [main, 'serve'], {
  cwd: directory,
  env: { ...process.env, PORT: '4999' },
  stdio: 'ignore',
});
try {
  await ready();
  const alone = await ordinary(50);
  const slow = [];
  for (const { name, body } of ATTACKS) {
    const [times, beside] = [[], []];
    await ask(body);
    for (let round = 0; round < ROUNDS; round++) {
      times.push(await ask(body));
      const [, besideIt] = await Promise.all([ask(body), ask(ORDINARY)]);
      beside.push(besideIt);
    }
    const line = `${median(times).toFixed(0).padStart(5)} ms  ${median(beside).toFixed(0).padStart(5)} ms  ${name}`;
    console.log(line);
    if (median(times) > LIMIT_MS) slow.push(name);
  }
  console.log('refused in, an ordinary question at the same time; of ' + ROUNDS + ' rounds the median');
  const after = await ordinary(50);
  console.log(`an ordinary question by itself: ${alone.toFixed(1)} ms before, ${after.toFixed(1)} ms after`);
  if (slow.length > 0) {
    console.log(`longer than ${LIMIT_MS} ms: ${slow.join('; ')}`);
    process.exitCode = 1;
  }
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(directory, { recursive: true, force: true });
}

async function ask(body) {
  const begin = performance.now();
  // What is larger than allowed is answered while it is still being sent, which the sender takes for a fault.
  await fetch('http://127.0.0.1:4999/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  }).then(
    (response) => response.text(),
    (error) => error,
  );
  return performance.now() - begin;
}

async function ordinary(times) {
  const taken = [];
  for (let at = 0; at < times; at++) taken.push(await ask(ORDINARY));
  return median(taken);
}

/** The example is played at the first start, which takes a while. */
async function ready() {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const answer = await fetch('http://127.0.0.1:4999/health/ready').catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
