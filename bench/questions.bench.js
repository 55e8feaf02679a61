// The questions of a dashboard: the product beside others on the same rows, a growing set of data, changes, subscribers and starts.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { change } from './dashboard/changes.js';
import { compare } from './dashboard/compare.js';
import { copyOf, fill, openCluster, SIZES } from './dashboard/data.js';
import { grow } from './dashboard/growth.js';
import { plan } from './dashboard/plans.js';
import { table } from './dashboard/report.js';
import { endAll, leaveServerCore } from './dashboard/servers.js';
import { start } from './dashboard/start.js';

/** So long each question is asked in a round, in milliseconds. */
const ms = Number(process.env.ROUND_MS ?? 1_500);
const rounds = Number(process.env.ROUNDS ?? 3);
/** Of some parts alone: compare, grow, change, start, plans. */
const parts = (process.env.PARTS ?? 'compare,grow,change,start,plans').split(',');
/** Of some questions alone, by their names. */
const only = process.env.QUESTIONS?.split(',') ?? null;
const RESULTS = path.join(import.meta.dirname, 'results');

const tell = (text) => console.log(`  ${text}`);
const found = { date: new Date().toISOString(), ms, rounds };
const sizes = parts.some((part) => part === 'grow' || part === 'plans')
  ? Object.keys(SIZES).map(Number)
  : [100, 1_000];
found.filledSeconds = await fill(sizes, tell);
leaveServerCore();
const cluster = await openCluster();
const database = cluster.urlOf(1_000);
if (parts.includes('compare')) found.compared = await compare({ database, only, rounds, ms, tell });
if (parts.includes('grow')) {
  const both = [1_000, 10_000].map((size) => ({ size, database: cluster.urlOf(size) }));
  found.grown = await grow({ sizes: both, rounds, ms, tell });
}
if (parts.includes('change'))
  found.changed = await change({ database: await copyOf(cluster, 1_000), ms: 2 * ms, tell });
if (parts.includes('start')) found.started = await start({ database, rounds, tell });
await cluster.stop();
if (parts.includes('plans')) found.plans = await plan({ size: 10_000, tell });
mkdirSync(RESULTS, { recursive: true });
writeFileSync(path.join(RESULTS, 'questions.json'), JSON.stringify(found, null, 1));
console.log(table(found));
await endAll(0);
