// How fast signals are stored beside COPY of the same rows into the same table, and how soon a trigger decides among many campaigns.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { recordLines, recordSignals } from '../dist/application/record-signals.js';
import { LOCAL_ACTOR } from '../dist/domain/campaign/actor.js';
import { signalLane, watchLane } from '../dist/jobs/signal-tasks.js';
import { startWorker } from '../dist/jobs/worker.js';
import { createLogger } from '../dist/observability/logger.js';
import { createDataSource } from '../dist/persistence/data-source.js';
import { startEmbeddedPostgres } from '../dist/persistence/embedded.js';
import { migrate } from '../dist/persistence/migrate.js';
import { transactionsOn } from '../dist/persistence/transaction.js';
import { figure } from './figures.js';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const SIZE = Number(process.env.SIGNALS ?? 200_000);
/** As pieces of a request come from a socket. */
const PIECE_BYTES = 65_536;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

const CAMPAIGNS = 10_000;
const ASKED = 50;

/** From the request to the decision on record, of single readings for campaigns among many that run. */
async function decideAmongMany() {
  const guard = { maxAge: 'PT15M', minSamples: 500, completeness: 0.9, range: null };
  const trigger = {
    key: 't',
    signal: 's',
    when: 'value < 0.1',
    for: null,
    guard,
    cooldown: null,
    actions: [],
  };
  const meaning = {
    key: 'w',
    channels: [],
    milestones: [],
    sections: [],
    handoffs: [],
    rules: [],
    kpis: [],
    sequence: [],
    cadence: [],
    triggers: [trigger],
  };
  await source.query(`INSERT INTO definition_version (definition_id, number, hash, meaning, source, file, commit_sha)
    VALUES (1, 2, 'x', '${JSON.stringify(meaning)}', '', '', 'a')`);
  await source.query(`INSERT INTO campaign (key, name, version_id, status, type, risk, budget, labels, flags, brief, created_at)
    SELECT 'many' || n, 'c', 2, 'running', '', 'low', 0, '{}', '{}', '{}', now() FROM generate_series(1, ${CAMPAIGNS}) n`);
  const ports = { clock: { now: () => new Date() }, inTransaction: transactionsOn(source) };
  const logger = createLogger('error');
  const lanes = [signalLane({ ports, logger }), watchLane(ports)];
  const worker = await startWorker({ url: postgres.url, lanes, logger, ports });
  const times = [];
  for (let at = 1; at <= ASKED + 5; at++) {
    const begin = performance.now();
    const reading = { key: `k${at}`, signal: 's', at: new Date(), value: 0.05, samples: 500, channel: null };
    await recordSignals(ports, LOCAL_ACTOR, `many${at * 100}`, [reading]);
    for (;;) {
      const [{ count }] = await source.query('SELECT count(*)::int AS count FROM trigger_decision');
      if (count === at) break;
    }
    if (at > 5) times.push(performance.now() - begin);
  }
  await worker.stop();
  const slowest = Math.max(...times);
  figure(
    `a trigger decides among ${CAMPAIGNS} campaigns that run, after its signal was sent`,
    `${median(times).toFixed(0)} ms`,
  );
  console.log(
    `a trigger decides, ${CAMPAIGNS} campaigns running: ${median(times).toFixed(0)} ms after its signal was sent, ${slowest.toFixed(0)} ms at most (of ${ASKED})`,
  );
}

const directory = mkdtempSync(path.join(os.tmpdir(), 'weir-bench-'));
const postgres = await startEmbeddedPostgres({ directory, logger: createLogger('silent') });
await migrate(postgres.url);
const source = createDataSource(postgres.url);
try {
  await source.initialize();
  await source.query(`INSERT INTO git_commit (sha, author_name, author_email, authored_at, committed_at, message, signature)
    VALUES ('a', '', '', now(), now(), '', '{}')`);
  await source.query(`INSERT INTO definition (kind, key, file) VALUES ('Workflow', 'w', 'w.yaml')`);
  await source.query(`INSERT INTO definition_version (definition_id, number, hash, meaning, source, file, commit_sha)
    VALUES (1, 1, '', '{"triggers": []}', '', '', 'a')`);
  await source.query(`INSERT INTO campaign (key, name, version_id, status, type, risk, budget, labels, flags, brief, created_at)
    SELECT 'c' || n, 'c', 1, 'running', '', 'low', 0, '{}', '{}', '{}', now() FROM generate_series(1, 10) n`);
  await source.query(
    `INSERT INTO campaign_channel (campaign_id, channel, status) SELECT id, 'email', 'planned' FROM campaign`,
  );

  const now = new Date();
  // Over sixty days, so over three months, in the order of time, of ten campaigns.
  const readingsFrom = (first) =>
    Array.from({ length: SIZE }, (_, at) => ({
      campaignId: String((at % 10) + 1),
      signal: 'email.open_rate',
      key: `sender-${first + at}`,
      at: new Date(now.getTime() - (SIZE - at) * ((60 * 86_400_000) / SIZE)),
      value: at % 20 === 0 ? null : (at % 100) / 100,
      samples: 500,
      channel: 'email',
    }));
  const idOf = ({ campaignId, signal, key }) =>
    createHash('md5').update([campaignId, signal, key].join('\x1f')).digest('hex');
  const ports = { clock: { now: () => now }, inTransaction: transactionsOn(source) };
  const requestOf = (readings) =>
    Buffer.from(
      readings
        .map(({ campaignId, ...each }) => `${JSON.stringify({ campaign: `c${campaignId}`, ...each })}\n`)
        .join(''),
    );
  async function* piecesOf(request) {
    for (let at = 0; at < request.length; at += PIECE_BYTES) {
      // A socket lets others have their turn between two pieces.
      await setImmediate();
      yield request.subarray(at, at + PIECE_BYTES);
    }
  }
  const sent = async (request) => {
    const begin = performance.now();
    const { accepted, duplicates } = await recordLines(ports, LOCAL_ACTOR, piecesOf(request));
    return { accepted, duplicates, ms: performance.now() - begin };
  };
  const rowOf = (each) =>
    [
      ...[idOf(each), each.campaignId, 0, each.at.toISOString(), each.value ?? '\\N', each.samples],
      ...[now.toISOString(), each.signal, each.key, each.channel],
    ].join('\t');
  const textOf = (readings) => Buffer.from(readings.map((each) => `${rowOf(each)}\n`).join(''));
  const copied = async (text) => {
    const begin = performance.now();
    await source.transaction(async (manager) => {
      const client = await manager.queryRunner.connect();
      const columns = 'id, campaign_id, batch_id, at, value, samples, received_at, signal, key, channel';
      await pipeline(
        Readable.from(piecesOf(text)),
        client.query(copyFrom(`COPY signal (${columns}) FROM STDIN`)),
      );
    });
    return performance.now() - begin;
  };
  const [bare, ours, again] = [[], [], []];
  for (let round = 0; round <= ROUNDS; round++) {
    // As bytes only, as senders are elsewhere: their objects would be the collector's work within the times.
    const request = requestOf(readingsFrom(2 * round * SIZE));
    const text = textOf(readingsFrom((2 * round + 1) * SIZE));
    const first = await sent(request);
    const copy = await copied(text);
    const second = await sent(request);
    if (first.accepted !== SIZE || second.duplicates !== SIZE) throw new Error('lost');
    if (round === 0) continue;
    ours.push(first.ms);
    bare.push(copy);
    again.push(second.ms);
  }
  const ratios = bare.map((ms, at) => ms / ours[at]);
  console.log(
    `${SIZE} signals from their lines to the table: ${median(ours).toFixed(0)} ms; COPY of as many into the same table: ${median(bare).toFixed(0)} ms; the same ones sent again: ${median(again).toFixed(0)} ms`,
  );
  console.log(
    `speed ${median(ratios).toFixed(2)} of COPY (median of ${ROUNDS} rounds; from ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}; at least 0.5 is wanted)`,
  );
  figure(
    `storing ${SIZE} signals beside COPY of the same rows`,
    `${median(ours).toFixed(0)} ms, ${median(ratios).toFixed(2)} of its speed`,
    'at least 0.5',
    median(ratios) >= 0.5,
  );
  await decideAmongMany();
} finally {
  await source.destroy();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}
