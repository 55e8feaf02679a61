// The six questions of a dashboard, asked of a server of its own on the example: what each costs the server, and how long it takes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** So long each question is asked in a round, in milliseconds. */
const ROUND_MS = Number(process.env.ROUND_MS ?? 3_000);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const AT_ONCE = 4;
/** Of Linux: what /proc counts in. */
const TICKS_A_SECOND = 100;
const PORT = 4998;
const ROOT = path.resolve(import.meta.dirname, '..');

const QUESTIONS = [
  ['portfolio board', 'portfolio', { first: 50 }],
  ['one campaign in full', 'campaign', { key: 'folding-bike' }],
  ['a workflow and its versions', 'versions', { key: 'quarterly-b2b-launch' }],
  ['diff of two versions', 'diff', { key: 'quarterly-b2b-launch', from: { number: 1 }, to: { number: 8 } }],
  ['a page of the audit record', 'history', { first: 50 }],
  ['quarterly review', 'review', { quarter: '2026-Q3' }],
].map(([name, file, variables]) => ({
  name,
  body: JSON.stringify({
    query: readFileSync(path.join(ROOT, `examples/typed-client/documents/${file}.graphql`), 'utf8'),
    variables,
  }),
}));

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const median = (values) =>
  at(
    values.toSorted((a, b) => a - b),
    0.5,
  );

const directory = mkdtempSync(path.join(os.tmpdir(), 'weir-bench-'));
const server = spawn(process.execPath, [path.join(ROOT, 'dist/main.js'), 'serve'], {
  cwd: directory,
  // Every request comes from one address; and no sync comes between two rounds.
  env: { ...process.env, PORT: String(PORT), WEIR_RATE_LIMIT: '1000000', WEIR_POLL_SECONDS: '3600' },
  stdio: 'ignore',
});
try {
  await ready();
  for (const { body } of QUESTIONS) await answered(body);
  const found = new Map(QUESTIONS.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, body } of QUESTIONS) found.get(name).push(await load(body));
  console.log('server CPU a request, p50, p99, requests a second, size; of ' + ROUNDS + ' rounds the median');
  for (const [name, rounds] of found) {
    const of = (what) => median(rounds.map((each) => each[what]));
    console.log(
      `${of('cpuMs').toFixed(2).padStart(8)} ms ${of('p50').toFixed(1).padStart(7)} ms ${of('p99').toFixed(1).padStart(7)} ms ${of('rate').toFixed(0).padStart(5)}/s ${(of('bytes') / 1_024).toFixed(0).padStart(5)} KiB  ${name}`,
    );
  }
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(directory, { recursive: true, force: true });
}

/** Asks for a while, some at once. */
async function load(body) {
  const [times, end, before] = [[], performance.now() + ROUND_MS, cpuMs()];
  let bytes = 0;
  const begin = performance.now();
  const one = async () => {
    while (performance.now() < end) {
      const asked = performance.now();
      bytes = (await answered(body)).length;
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const took = performance.now() - begin;
  const sorted = times.sort((a, b) => a - b);
  return {
    cpuMs: (cpuMs() - before) / times.length,
    ...{ p50: at(sorted, 0.5), p99: at(sorted, 0.99) },
    rate: (times.length * 1_000) / took,
    bytes,
  };
}

/** Of the server's process, in user and system mode. */
function cpuMs() {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_A_SECOND;
}

async function answered(body) {
  const response = await fetch(`http://127.0.0.1:${PORT}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const text = await response.text();
  if (!response.ok || text.includes('"errors"')) throw new Error(text.slice(0, 400));
  return text;
}

/** The example is played at the first start, which takes a while. */
async function ready() {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${PORT}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
