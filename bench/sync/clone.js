// The first copy of a repository behind HTTP, and looking whether there is anything new, in a process of its own:
// node clone.js URL FOLDER
import { RepositorySync } from '../../dist/application/sync-repository.js';
import { LOCAL_ACTOR } from '../../dist/domain/campaign/actor.js';
import { GitSource } from '../../dist/gitops/git-source.js';
import { createDataSource } from '../../dist/persistence/data-source.js';
import { transactionsOn } from '../../dist/persistence/transaction.js';

const POLLS = 30;
const [location, cacheDirectory, databaseUrl] = process.argv.slice(2);
const source = new GitSource({ location, branch: 'main', folder: 'workflows', token: null, cacheDirectory });
const begin = performance.now();
await source.refresh();
const seconds = (performance.now() - begin) / 1_000;
const peakMiB = process.resourceUsage().maxRSS / 1_024;

const database = await createDataSource(databaseUrl).initialize();
const ports = { clock: { now: () => new Date() }, inTransaction: transactionsOn(database) };
const sync = new RepositorySync(ports, source);
await sync.run('poll', LOCAL_ACTOR);
const before = await written();
const pollMs = await median(() => sync.run('poll', LOCAL_ACTOR));
const transactions = (await written()) - before;
const askMs = await median(() => source.refresh());
await database.destroy();
console.log(JSON.stringify({ seconds, peakMiB, pollMs, askMs, written: transactions }));

async function median(work) {
  const times = [];
  for (let poll = 0; poll < POLLS; poll++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[POLLS >> 1];
}

/** Transactions that wrote something, of anybody, so far. */
async function written() {
  const [{ next }] = await database.query('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next');
  return Number(next);
}
