// From the start of a process until it answers: the product, and a bare server that imports the same.
import path from 'node:path';
import { directory } from './data.js';
import { median } from './load.js';
import { memoryMiB, startServer, startWeir } from './servers.js';

const APOLLO = path.join(import.meta.dirname, 'peers/apollo.js');

export async function start({ database, rounds, tell }) {
  const [weir, apollo] = [[], []];
  for (let round = 0; round < rounds; round++) {
    weir.push(await once(() => startWeir({ database, cwd: directory, port: 4840 })));
    apollo.push(await once(() => startServer(APOLLO, { port: 4841 })));
  }
  const found = {
    weirMs: median(weir.map(({ ms }) => ms)),
    apolloMs: median(apollo.map(({ ms }) => ms)),
    apolloMiB: median(apollo.map(({ miB }) => miB)),
    rounds: { weir, apollo },
  };
  tell(
    `ready after ${found.weirMs.toFixed(0)} ms, a bare Apollo with the same imports after ${found.apolloMs.toFixed(0)} ms`,
  );
  return { ...found, ratio: found.weirMs / found.apolloMs };
}

async function once(begin) {
  const { readyMs, pid, stop } = await begin();
  const miB = memoryMiB(pid);
  await stop();
  return { ms: readyMs, miB };
}
