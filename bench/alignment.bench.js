// How long it takes to compare what channels say and whom they reach; overlap beside the bare statement on the same rows.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { consistencyOf } from '../dist/domain/alignment/consistency.js';
import { createLogger } from '../dist/observability/logger.js';
import { createDataSource } from '../dist/persistence/data-source.js';
import { startEmbeddedPostgres } from '../dist/persistence/embedded.js';
import { SqlAudienceStore } from '../dist/persistence/stores/audience-store.js';
import { figure } from './figures.js';

const ROUNDS = 5;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** Offers that differ in figure, day and code, and words that differ from text to text. */
const WORDS =
  'shop home city team expert style season family friend coffee garden light table summer winter bicycle market street window colour paper travel music kitchen holiday mountain river train evening morning'.split(
    ' ',
  );
const filler = (seed) =>
  Array.from({ length: 48 }, (_, at) => WORDS[(seed * 7 + at * at + at * seed) % WORDS.length]).join(' ');
/** Other texts each round, since what was found in a text is remembered. */
const textsOf = (round) =>
  Array.from({ length: 1_000 }, (_, at) => ({
    ...{ id: `a${at}`, channel: 'email' },
    text: `Get ${5 + (at % 50)} % off your order until ${1 + (at % 28)} May with code SAVE${at}. Only €${9 + (at % 90)}. ${filler(at)}. Order now, free shipping over €50. ${round}`
      .padEnd(500, '.')
      .slice(0, 500),
  }));
const cpu = [];
for (let round = 0; round <= ROUNDS; round++) {
  const texts = textsOf(round);
  const before = process.cpuUsage();
  const { contradictionCount } = consistencyOf(texts, { timezone: 'Europe/Berlin', products: [] });
  const { user, system } = process.cpuUsage(before);
  if (contradictionCount === 0) throw new Error('nothing was compared');
  if (round > 0) cpu.push((user + system) / 1_000);
}
figure('comparing 1,000 texts of 500 characters', `${median(cpu).toFixed(0)} ms of CPU`);
console.log(
  `1,000 texts of 500 characters compared: ${median(cpu).toFixed(0)} ms of CPU (median of ${ROUNDS})`,
);

const SIZE = Number(process.env.AUDIENCE ?? 1_000_000);
const directory = mkdtempSync(path.join(os.tmpdir(), 'weir-bench-'));
const postgres = await startEmbeddedPostgres({ directory, logger: createLogger('silent') });
const source = createDataSource(postgres.url);
try {
  await source.initialize();
  await source.runMigrations();
  await source.query(`INSERT INTO git_commit (sha, author_name, author_email, authored_at, committed_at, message, signature)
    VALUES ('a', '', '', now(), now(), '', '{}')`);
  await source.query(`INSERT INTO definition (kind, key, file) VALUES ('Workflow', 'w', 'w.yaml')`);
  await source.query(`INSERT INTO definition_version (definition_id, number, hash, meaning, source, file, commit_sha)
    VALUES (1, 1, '', '{}', '', '', 'a')`);
  await source.query(`INSERT INTO campaign (key, name, version_id, status, type, risk, budget, labels, flags, brief, created_at)
    VALUES ('c', 'c', 1, 'running', '', 'low', 0, '{}', '{}', '{}', now())`);
  const member = (number) => number.toString(16).padStart(32, '0');
  function* lines(from) {
    for (let at = from; at < from + SIZE; at += 10_000) {
      yield Buffer.from(Array.from({ length: 10_000 }, (_, more) => `${member(at + more)}\n`).join(''));
    }
  }
  const upload = async (channel, from) => {
    const begin = performance.now();
    await source.transaction(async (manager) => {
      const store = new SqlAudienceStore(manager);
      await store.replace('1', channel, await store.load(Readable.from(lines(from))), new Date());
    });
    return performance.now() - begin;
  };
  console.log(`audience of ${SIZE} sent and stored: ${(await upload('email', 0)).toFixed(0)} ms`);
  const second = await upload('social', SIZE / 2);
  console.log(`a second one, compared with the first: ${second.toFixed(0)} ms`);
  for (const [name, channel] of [
    ['one', 'email'],
    ['other', 'social'],
  ]) {
    await source.query(`CREATE TABLE ${name} (member uuid PRIMARY KEY)`);
    await source.query(`INSERT INTO ${name} SELECT member FROM audience_member m JOIN audience a ON a.id = m.audience_id
      WHERE a.channel = '${channel}' ORDER BY member`);
  }
  await source.query('VACUUM ANALYZE');
  const ids = (await source.query('SELECT id FROM audience ORDER BY channel')).map(({ id }) => ({
    id,
    size: SIZE,
  }));
  const store = new SqlAudienceStore(source.manager);
  const [bare, ours] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    let begin = performance.now();
    const [{ shared: expected }] = await source.query(
      'SELECT count(*)::int AS shared FROM one JOIN other USING (member)',
    );
    const bareMs = performance.now() - begin;
    begin = performance.now();
    const { shared } = await source.transaction((manager) =>
      new SqlAudienceStore(manager).count(ids[0], ids[1]),
    );
    const ownMs = performance.now() - begin;
    if (shared !== expected || shared !== SIZE / 2) throw new Error(`${shared} are not ${expected}`);
    if (round > 0) [bare, ours].forEach((times, at) => times.push(at === 0 ? bareMs : ownMs));
  }
  console.log(
    `overlap of two audiences of ${SIZE}: ${median(ours).toFixed(0)} ms, bare statement on two tables of their own ${median(bare).toFixed(0)} ms, ratio ${(median(ours) / median(bare)).toFixed(2)}`,
  );
  figure(
    `the overlap of two audiences of ${SIZE}`,
    `${median(ours).toFixed(0)} ms, ${(median(ours) / median(bare)).toFixed(2)} times the bare statement`,
  );
  const begin = performance.now();
  const { shared, jaccardError } = await store.estimate(ids[0], ids[1]);
  console.log(
    `estimated: ${(performance.now() - begin).toFixed(0)} ms, ${shared} of ${SIZE / 2}, standard error of Jaccard ${jaccardError.toFixed(4)}`,
  );
} finally {
  await source.destroy();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}
