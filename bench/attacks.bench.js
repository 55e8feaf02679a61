// How long requests that are meant to be dear take to be refused, and an ordinary question beside them, on a server of its own.
import '../scripts/build-tests.js';
import { startServer } from './server.js';
import { figure } from './figures.js';

const { ATTACKS } = await import('../.tests/support/attacks.js');

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const LIMIT_MS = 100;
const ORDINARY = JSON.stringify({ query: '{ campaigns(first: 20) { nodes { key steps { key status } } } }' });
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const server = await startServer(4999);
try {
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
    figure(
      `refusing ${name}`,
      `${median(times).toFixed(0)} ms`,
      `at most ${LIMIT_MS} ms`,
      median(times) <= LIMIT_MS,
    );
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
  await server.stop();
}

async function ask(body) {
  const begin = performance.now();
  // What is larger than allowed is answered while it is still being sent, which the sender takes for a fault.
  await fetch(`${server.url}/graphql`, {
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
