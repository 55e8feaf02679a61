// The product beside others, on the same PostgreSQL with the same rows, for the same answers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { again, byHash, byText, Client, hashOf } from './ask.js';
import { directory } from './data.js';
import { mediansOf, measure } from './load.js';
import { inOneForm, QUARTER, questionsOf } from './questions.js';
import { cpuMs, memoryMiB, peakMemoryMiB, startServer, startWeir, untilTheEnd } from './servers.js';

const PEERS = path.join(import.meta.dirname, 'peers');
const MODULES = path.join(import.meta.dirname, '../node_modules');
const AT_ONCE = 4;
/** What takes longer than this is asked once at a time, so that a round ends. */
const SLOW_MS = 250;
/** A server that is ready has things to do of its own; what is measured comes after these. */
const QUIET_MS = 500;
const QUIET_CPU_MS = 20;
const MOST_LOOKS = 20;

/** A manifest of the documents that are asked by hash. */
export function writeManifest(questions) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'weir-bench-'));
  untilTheEnd(async () => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'documents.json');
  const texts = questions.flatMap(({ full, compared }) => [full.query, compared.query]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(texts.map((text) => [hashOf(text), text]))));
  return file;
}

/** The servers that are compared, all running and asked in turn. */
export async function startPeers(database, manifest) {
  const env = { DATABASE_URL: database };
  const resolvers = { ...env, LOG_LEVEL: 'error' };
  const postgraphile = path.join(MODULES, 'postgraphile/dist/cli-run.js');
  const config = path.join(PEERS, 'graphile.config.js');
  const weir = await startWeir({ database, cwd: directory, port: 4832, env: { WEIR_DOCUMENTS: manifest } });
  const of = (file, port, given) => startServer(path.join(PEERS, file), { port, env: given, cwd: directory });
  const others = {
    postgraphile: await startServer([postgraphile, '-C', config], { port: 4833, env }),
    bare: await of('bare.js', 4834, env),
    mercurius: await of('mercurius.js', 4835, resolvers),
    yoga: await of('yoga.js', 4836, resolvers),
  };
  return Object.fromEntries(
    Object.entries({ weir, ...others }).map(([name, server]) => {
      const client = new Client(server.url);
      untilTheEnd(client.close);
      return [name, { ...server, client }];
    }),
  );
}

/** Until a server has nothing to do any more, or never ceases to. */
export async function quiet(pid) {
  for (let looked = 0; looked < MOST_LOOKS; looked++) {
    const before = cpuMs(pid);
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    if (cpuMs(pid) - before < QUIET_CPU_MS) return;
  }
}

/** What is measured of a question: who is asked for what. Nothing where a server has no such answer. */
async function asked(peers, { full, compared, postgraphile, bare }) {
  const { weir } = peers;
  const post = (peer, request) => peers[peer].client.repeat(request);
  return {
    full: await weir.client.repeat(byText(full)),
    fullTrusted: await weir.client.repeat(byHash(full)),
    fullAgain: await again(weir.client, full),
    apollo: await weir.client.repeat(byText(compared)),
    trusted: await weir.client.repeat(byHash(compared)),
    again: await again(weir.client, compared),
    postgraphile: postgraphile && (await post('postgraphile', byText(postgraphile))),
    bare: await post('bare', { path: '/', body: JSON.stringify(bare) }),
    mercurius: await post('mercurius', byText(compared)),
    yoga: await post('yoga', byText(compared)),
  };
}

/** @throws where two answers to the same question differ */
async function checkSame(peers, { name, compared, postgraphile, bare }) {
  const answers = {
    weir: await peers.weir.client.send(byText(compared)),
    ...(postgraphile ? { postgraphile: await peers.postgraphile.client.send(byText(postgraphile)) } : {}),
    bare: await peers.bare.client.send({ path: '/', body: JSON.stringify(bare) }),
    mercurius: await peers.mercurius.client.send(byText(compared)),
    yoga: await peers.yoga.client.send(byText(compared)),
  };
  const [first, ...others] = Object.entries(answers).map(([peer, { text }]) => [
    peer,
    inOneForm(JSON.parse(text).data),
  ]);
  for (const [peer, form] of others) {
    if (isDeepStrictEqual(form, first[1])) continue;
    throw new Error(`${name}: ${peer} answers otherwise\n${firstDifference(first[1], form).join('\n')}`);
  }
}

function firstDifference(one, other, at = '') {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return [`${at}: ${JSON.stringify(one)}`, `${at}: ${JSON.stringify(other)}`];
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)]))
    if (!isDeepStrictEqual(one[name], other[name]))
      return firstDifference(one[name], other[name], `${at}.${name}`);
  return [];
}

/** Which of the peers answers what is asked. */
const PEER_OF = { postgraphile: 'postgraphile', bare: 'bare', mercurius: 'mercurius', yoga: 'yoga' };

/**
 * Every question of every peer, in turn, in rounds.
 * @param only names of questions; null: all @returns by question and what was asked, the median of each figure and the rounds
 */
export async function compare({ database, only, rounds, ms, tell }) {
  const questions = (await questionsOn(database)).filter(({ name }) => only === null || only.includes(name));
  const peers = await startPeers(database, writeManifest(questions));
  const found = [];
  for (const { pid } of Object.values(peers)) await quiet(pid);
  for (const question of questions) {
    await checkSame(peers, question);
    const asks = Object.entries(await asked(peers, question)).filter(([, ask]) => ask !== null);
    const cells = [];
    for (const [what, ask] of asks) {
      const { pid } = peers[PEER_OF[what] ?? 'weir'];
      cells.push({ what, ask, pid, atOnce: await warm(ask), rounds: [] });
    }
    for (let round = 0; round < rounds; round++)
      for (const cell of cells) cell.rounds.push(await measure({ ...cell, ms }));
    const results = Object.fromEntries(
      cells.map(({ what, atOnce, rounds: all }) => [what, { ...mediansOf(all), atOnce, rounds: all }]),
    );
    found.push({ name: question.name, title: question.title, results });
    tell(
      `${question.title}: ${Object.entries(results)
        .map(([what, { cpuMs: cpu }]) => `${what} ${cpu.toFixed(2)}`)
        .join(', ')} ms of CPU`,
    );
  }
  const memory = Object.fromEntries(
    Object.entries(peers).map(([name, { pid }]) => [
      name,
      { peakMiB: peakMemoryMiB(pid), restMiB: memoryMiB(pid) },
    ]),
  );
  for (const { stop, client } of Object.values(peers)) {
    await client.close();
    await stop();
  }
  return { questions: found, memory };
}

/** The questions. Which quarter is over is known to the product alone, and its manifest has to be there when it starts. */
export async function questionsOn(database) {
  const weir = await startWeir({ database, cwd: directory, port: 4832 });
  const client = new Client(weir.url);
  try {
    const { text } = await client.send(byText({ query: QUARTER }));
    return questionsOf(JSON.parse(text).data.quarterlyReview);
  } finally {
    await client.close();
    await weir.stop();
  }
}

const WARM_MS = 1_000;

/** Asks until the code is compiled. @returns how many are asked at once from then on */
export async function warm(ask) {
  const began = performance.now();
  await ask();
  const isSlow = performance.now() - began > SLOW_MS;
  if (isSlow) return 1;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (performance.now() - began < WARM_MS) await ask();
    }),
  );
  return AT_ONCE;
}
