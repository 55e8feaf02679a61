// The same questions of a server on a thousand campaigns and of one on ten thousand, in turn; and what the larger one takes in memory.
import pg from 'pg';
import { byHash, Client } from './ask.js';
import { questionsOn, quiet, warm, writeManifest } from './compare.js';
import { directory } from './data.js';
import { mediansOf, measure } from './load.js';
import { memoryMiB, peakMemoryMiB, startWeir, untilTheEnd } from './servers.js';

/** @param sizes the smaller and the larger, with their databases */
export async function grow({ sizes, rounds, ms, tell }) {
  const questions = await questionsOn(sizes[0].database);
  const manifest = writeManifest(questions);
  const servers = [];
  for (const [place, { size, database }] of sizes.entries()) {
    const server = await startWeir({
      database,
      cwd: directory,
      port: 4837 + place,
      env: { WEIR_DOCUMENTS: manifest },
    });
    const client = new Client(server.url);
    untilTheEnd(client.close);
    await quiet(server.pid);
    servers.push({ ...server, size, client, restMiB: memoryMiB(server.pid) });
  }
  const larger = sizes.at(-1).database;
  const before = await readWhole(larger);
  const found = [];
  for (const { name, title, full } of questions) {
    const cells = [];
    for (const { pid, size, client } of servers) {
      const ask = await client.repeat(byHash(full));
      await warm(ask);
      cells.push({ size, pid, ask, atOnce: 1, rounds: [] });
    }
    for (let round = 0; round < rounds; round++)
      for (const cell of cells) cell.rounds.push(await measure({ ...cell, ms }));
    const [small, large] = cells.map(({ rounds: all }) => mediansOf(all));
    const ratio = large.p50Ms / small.p50Ms;
    found.push({ name, title, small, large, ratio });
    tell(
      `${title}: p50 ${small.p50Ms.toFixed(1)} ms, ${large.p50Ms.toFixed(1)} ms, ${ratio.toFixed(2)} times`,
    );
  }
  const memory = servers.map(({ size, pid, restMiB }) => ({ size, restMiB, peakMiB: peakMemoryMiB(pid) }));
  for (const { stop, client } of servers) {
    await client.close();
    await stop();
  }
  // What connections have counted is known once they are closed.
  await new Promise((resolve) => setTimeout(resolve, COUNTED_WITHIN_MS));
  const scans = [...(await readWhole(larger))]
    .map(([table, times]) => ({ table, times: times - (before.get(table) ?? 0) }))
    .filter(({ times }) => times > 0);
  return { questions: found, memory, scans };
}

const COUNTED_WITHIN_MS = 2_000;
/** Tables that grow have more rows than this. */
const FEW = 2_000;

/** How often each table of many rows was read from end to end. */
async function readWhole(database) {
  const client = new pg.Client(database);
  await client.connect();
  const { rows } = await client.query(
    'SELECT relname, seq_scan::int AS times FROM pg_stat_user_tables WHERE n_live_tup > $1',
    [FEW],
  );
  await client.end();
  return new Map(rows.map(({ relname, times }) => [relname, times]));
}
