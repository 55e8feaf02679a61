// How PostgreSQL reads its tables for each question, on the largest set of data: by auto_explain, which writes down the plan of each statement.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { byText, Client } from './ask.js';
import { questionsOn, quiet } from './compare.js';
import { directory, openCluster } from './data.js';
import { startWeir, untilTheEnd } from './servers.js';

const LOGS = path.join(directory, '.weir/postgres/log');
const EXPLAINED = {
  shared_preload_libraries: 'auto_explain',
  ...{ 'auto_explain.log_min_duration': '0', 'auto_explain.log_format': 'json' },
  ...{ logging_collector: 'on', log_destination: 'jsonlog', log_directory: 'log' },
};
/** Tables that grow have more rows than this. */
const FEW = 2_000;

/**
 * @returns of each question its plans, the same one once; the indexes by which they read tables; and the growing tables that
 * they read from end to end
 */
export async function plan({ size, tell }) {
  rmSync(LOGS, { recursive: true, force: true });
  const cluster = await openCluster(EXPLAINED);
  const database = cluster.urlOf(size);
  const growing = await growingTables(database);
  const questions = await questionsOn(database);
  const server = await startWeir({ database, cwd: directory });
  const client = new Client(server.url);
  untilTheEnd(client.close);
  const found = [];
  for (const { name, title, full } of questions) {
    await quiet(server.pid);
    const before = logged().length;
    // What never changes is read the first time, and not again.
    for (let times = 0; times < 2; times++) {
      await client.send(byText(full));
      await quiet(server.pid);
    }
    const plans = new Map(
      logged()
        .slice(before)
        .map((each) => [each['Query Text'], each]),
    );
    const nodes = [...plans.values()].flatMap(({ Plan: root }) => nodesOf(root));
    const indexes = [...new Set(nodes.flatMap((node) => node['Index Name'] ?? []))].sort();
    const isWhole = (node) => node['Node Type'] === 'Seq Scan' && growing.has(node['Relation Name']);
    const whole = [...new Set(nodes.filter(isWhole).map((node) => node['Relation Name']))].sort();
    found.push({ name, title, plans: [...plans.values()], indexes, whole });
    tell(`${title}: ${indexes.length} indexes; from end to end: ${whole.join(', ') || 'nothing'}`);
  }
  await client.close();
  await server.stop();
  await cluster.stop();
  return found;
}

/** What the log has of the server's own statements, the oldest first; not those by which jobs are looked for. */
const logged = () =>
  readdirSync(LOGS)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => readFileSync(path.join(LOGS, file), 'utf8').split('\n'))
    .filter((line) => line.includes('plan:'))
    .map((line) => JSON.parse(line))
    .filter(({ application_name: by, message }) => by?.startsWith('weir') && !message.includes('graphile'))
    .map(({ message }) => JSON.parse(message.slice(message.indexOf('{'))));

const nodesOf = (node) => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

async function growingTables(database) {
  const client = new pg.Client(database);
  await client.connect();
  const { rows } = await client.query(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > $1",
    [FEW],
  );
  await client.end();
  return new Set(rows.map(({ relname }) => relname));
}
