// From git to the API, for a small repository and a large one, in one run: how long the history takes to read beside git itself,
// how long a push takes to be served, what a poll costs that finds nothing, and how much memory all of it needs. The large
// history is imported from its last commits on (IMPORTED), as a shallow clone would be, and is whole in git;
// `WEIR_COMMITS=20000 npm run bench -- sync` imports all of it, which takes some minutes more. Each process keeps its heap below
// HEAP, as Node does by itself in a container of 512 MiB; with more at hand Node would rather grow than tidy up.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { createLogger } from '../dist/observability/logger.js';
import { startEmbeddedPostgres } from '../dist/persistence/embedded.js';
import { change, generate, keyOf } from './sync/generate.js';
import { git, nativeRead } from './sync/git.js';
import { startHost } from './sync/host.js';
import { startServer } from './sync/server.js';
import { figure } from './figures.js';

const SIZES = [
  { name: 'small', definitions: 100, commits: 200 },
  { name: 'large', definitions: 10_000, commits: 20_000 },
];
/** So many of the last commits of a history are imported. */
const IMPORTED = Number(process.env.WEIR_COMMITS ?? 2_000);
const HEAP = '--max-old-space-size=256';
/** Of so many commits isomorphic-git reads the files; of all of them it would take minutes. */
const COMPARED = 500;
const ROUNDS = 5;
const PUSHES = 40;
const PLANS = 5;
/** The first pushes after a start find nothing in memory. */
const WARM_UP = 5;
/** Limits of the requirement: times of git's own, times of the small repository's, MiB. */
const [MOST_READING, MOST_GROWTH, MOST_MIB] = [10, 1.5, 512];

const run = promisify(execFile);
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const ninth = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.9)];
const failures = [];
const limit = (what, value, most, unit) => {
  figure(what, `${value.toFixed(1)} ${unit}`, `at most ${most}`, value <= most);
  if (value > most) failures.push(`${what}: ${value.toFixed(1)} ${unit}, more than ${most}`);
};
const script = async (name, ...args) => {
  const file = path.join(import.meta.dirname, 'sync', `${name}.js`);
  return JSON.parse((await run(process.execPath, [HEAP, file, ...args.map(String)])).stdout);
};

const directory = mkdtempSync(path.join(os.tmpdir(), 'weir-bench-'));
const started = [];
try {
  const database = await startEmbeddedPostgres({ directory, logger: createLogger('silent') });
  started.push(() => database.stop());
  const host = await startHost(directory);
  started.push(() => host.close());
  const repositories = [];
  for (const size of SIZES) repositories.push(await prepare(size, database.url));
  for (const repository of repositories) await readHistory(repository);
  for (const repository of repositories) await importHistory(repository);
  await push(repositories);
  for (const repository of repositories) await copy(repository, host.url);
} finally {
  for (const stop of started.reverse()) await stop().catch((error) => failures.push(error.message));
  // Where the bench runs as root the data lie elsewhere, and here is a link to them (docs/adr/0003).
  rmSync(realpathSync(path.join(directory, 'postgres')), { recursive: true, force: true });
  rmSync(directory, { recursive: true, force: true });
}
for (const failure of failures) console.log(`NOT HELD: ${failure}`);
if (failures.length > 0) process.exitCode = 1;

/** A repository with its history, and an empty database for it. */
async function prepare({ name, definitions, commits }, serverUrl) {
  const location = path.join(directory, `${name}.git`);
  const changes = await generate(location, definitions, commits);
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  await server.end();
  const databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const title = `${name} (${definitions.toLocaleString('en')} definitions, ${commits.toLocaleString('en')} commits)`;
  return { name, title, definitions, commits, location, changes, databaseUrl };
}

/** The git side of an import: every commit, and every file that it changes. */
async function readHistory({ title, location, commits }) {
  const ratios = async (reader, count) => {
    const [own, native] = [[], []];
    let peak = 0;
    for (let round = 0; round < ROUNDS; round++) {
      native.push(await nativeRead(location, count));
      const { milliseconds, peakMiB } = await script('read', reader, location, count);
      own.push(milliseconds);
      peak = Math.max(peak, peakMiB);
    }
    return { own: median(own), native: median(native), ratio: median(own) / median(native), peak };
  };
  const whole = await ratios('weir', 'Infinity');
  console.log(
    `${title}: history read in ${seconds(whole.own)}, by git itself in ${seconds(whole.native)}: ${whole.ratio.toFixed(1)} times; peak ${mib(whole.peak)}`,
  );
  const part = await ratios('isomorphic-git', Math.min(COMPARED, commits - 1));
  console.log(
    `  isomorphic-git, last ${Math.min(COMPARED, commits - 1)} commits: ${seconds(part.own)}, git itself ${seconds(part.native)}: ${part.ratio.toFixed(1)} times`,
  );
  limit(`${title}: history beside git`, whole.ratio, MOST_READING, 'times');
  limit(`${title}: peak of reading`, whole.peak, MOST_MIB, 'MiB');
}

/** Reading, checking and one transaction a commit. */
async function importHistory({ title, location, commits, databaseUrl }) {
  const shallow = path.join(location, 'shallow');
  const isWhole = commits <= IMPORTED;
  if (!isWhole) writeFileSync(shallow, `${await git(location, 'rev-parse', `main~${IMPORTED - 1}`)}\n`);
  const found = await script('import', databaseUrl, location, directory);
  rmSync(shallow, { force: true });
  const perSecond = (found.commits - 1) / (found.seconds - found.firstSeconds);
  console.log(
    `${title}: ${isWhole ? 'all' : 'the last'} ${found.commits} commits imported, the first in ${found.firstSeconds.toFixed(1)} s, then ${perSecond.toFixed(0)} a second; peak ${mib(found.peakMiB)}`,
  );
  limit(`${title}: peak of the import`, found.peakMiB, MOST_MIB, 'MiB');
}

/** One changed file a push, in turns, so that whatever else the machine does hits both alike. */
async function push(repositories) {
  const sides = [];
  for (const repository of repositories) {
    const own = path.join(directory, `serve-${repository.name}`);
    mkdirSync(own);
    const mirror = path.join(directory, `mirror-${repository.name}.git`);
    await git(null, 'clone', '--quiet', '--mirror', repository.location, mirror);
    const server = await startServer({ ...repository, directory: own, heap: HEAP });
    started.push(() => server.stop());
    sides.push({ ...repository, server, mirror, visible: [], fetched: [] });
  }
  for (let number = -WARM_UP; number < PUSHES; number++) {
    for (const side of number % 2 === 0 ? sides : sides.toReversed()) {
      const definition = (Math.abs(number) * 7_919) % side.definitions;
      const sha = await change(side.location, definition, ++side.changes[definition]);
      const visible = await side.server.visible(keyOf(definition), sha);
      const begin = performance.now();
      await git(side.mirror, 'fetch', '--quiet');
      if (number < 0) continue;
      side.visible.push(visible);
      side.fetched.push(performance.now() - begin);
    }
  }
  for (const { title, server, visible, fetched } of sides) {
    const plans = [];
    for (let number = 0; number < PLANS; number++) plans.push(await server.plan());
    const peak = await server.peakMiB();
    console.log(
      `${title}: from push to visible ${median(visible).toFixed(0)} ms (median of ${PUSHES}; nine of ten within ${ninth(visible).toFixed(0)}), git fetch of the same ${median(fetched).toFixed(0)} ms; server's peak ${mib(peak)}`,
    );
    console.log(`${title}: a plan of one changed file ${median(plans).toFixed(0)} ms (median of ${PLANS})`);
    limit(`${title}: peak of the server`, peak, MOST_MIB, 'MiB');
    await server.stop();
  }
  const [small, large] = sides.map(({ visible }) => median(visible));
  console.log(`from push to visible, large beside small: ${(large / small).toFixed(2)} times`);
  limit('from push to visible, large beside small', large / small, MOST_GROWTH, 'times');
}

/** The first copy of a repository behind HTTP, and polls of it that find nothing. */
async function copy({ name, title, databaseUrl }, url) {
  const folder = path.join(directory, `copy-${name}`);
  const found = await script('clone', `${url}/${name}.git`, folder, databaseUrl);
  console.log(
    `${title}: copied over HTTP in ${found.seconds.toFixed(1)} s, peak ${mib(found.peakMiB)}; a poll that finds nothing takes ${found.pollMs.toFixed(0)} ms and writes in ${found.written} transactions, asking the host alone ${found.askMs.toFixed(0)} ms`,
  );
  // The library that fetches indexes what it got in memory; there is no way around it but another git (docs/operations.md).
  if (found.peakMiB > MOST_MIB)
    console.log(
      `  above ${MOST_MIB} MiB, once: keep a copy made by git on disk instead (docs/operations.md, "Large repositories")`,
    );
}

function seconds(milliseconds) {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}
function mib(value) {
  return `${value.toFixed(0)} MiB`;
}
