// Imports a whole history in a process of its own, so that its memory can be told: node import.js DATABASE REPOSITORY FOLDER
import { RepositorySync } from '../../dist/application/sync-repository.js';
import { LOCAL_ACTOR } from '../../dist/domain/campaign/actor.js';
import { GitSource } from '../../dist/gitops/git-source.js';
import { createDataSource } from '../../dist/persistence/data-source.js';
import { migrate } from '../../dist/persistence/migrate.js';
import { transactionsOn } from '../../dist/persistence/transaction.js';

const [databaseUrl, location, cacheDirectory] = process.argv.slice(2);
await migrate(databaseUrl);
const database = await createDataSource(databaseUrl).initialize();
const source = new GitSource({ location, branch: 'main', folder: 'workflows', token: null, cacheDirectory });
const ports = { clock: { now: () => new Date() }, inTransaction: transactionsOn(database) };
const begin = performance.now();
let first = 0;
const progress = (done) => {
  if (done === 1) first = performance.now();
};
const report = await new RepositorySync(ports, source).run('cli', LOCAL_ACTOR, { progress });
const end = performance.now();
await database.destroy();
console.log(
  JSON.stringify({
    outcome: report.outcome,
    commits: report.commits,
    versions: report.versions,
    firstSeconds: (first - begin) / 1_000,
    seconds: (end - begin) / 1_000,
    processorSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1_024,
  }),
);
