// The same questions of a server on a thousand campaigns and of one on ten thousand, in turn; and what the larger one takes in memory.
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
  return { questions: found, memory };
}
