// The six questions of a dashboard, asked of a server of its own on the example: what each costs the server, and how long it takes.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startServer } from './server.js';

/** So long each question is asked in a round, in milliseconds. */
const ROUND_MS = Number(process.env.ROUND_MS ?? 3_000);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const AT_ONCE = 4;
/** Of Linux: what /proc counts in. */
const TICKS_A_SECOND = 100;
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

// Every request comes from one address; and no sync comes between two rounds.
const server = await startServer(4998, { WEIR_RATE_LIMIT: '1000000', WEIR_POLL_SECONDS: '3600' });
try {
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
  await server.stop();
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
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const text = await response.text();
  if (!response.ok || text.includes('"errors"')) throw new Error(text.slice(0, 400));
  return text;
}
