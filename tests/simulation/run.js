import path from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { simulate } from './simulate.js';
import { openWeir } from './weir.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    database: { type: 'string' },
    dist: { type: 'string', default: path.resolve('dist') },
  },
});
const dist = path.resolve(values.dist);
const load = (file) => import(pathToFileURL(path.join(dist, file)).href);

const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-simulation-'));
let embedded = null;
let url = values.database;
if (url === undefined) {
  const { startEmbeddedPostgres } = await load('persistence/embedded.js');
  const { createLogger } = await load('observability/logger.js');
  embedded = await startEmbeddedPostgres({ directory, logger: createLogger('error', process.stderr) });
  url = embedded.url;
  const { migrate } = await load('persistence/migrate.js');
  await migrate(url);
  // Nobody pulls the plug of this machine: what a transaction promises to readers does not rest on the disk.
  const { createDataSource } = await load('persistence/data-source.js');
  const settings = await createDataSource(url).initialize();
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes'])
    await settings.query(`ALTER SYSTEM SET ${setting} = off`);
  await settings.query('SELECT pg_reload_conf()');
  await settings.destroy();
}
const weir = await openWeir(dist, url);
const [first, count] = [Number(values.from), Number(values.seeds)];
let done = 0;
try {
  const began = Date.now();
  for (let seed = first; seed < first + count; seed++) {
    await simulate(seed, weir);
    done++;
    if (done % 100 === 0 || done === count)
      console.log(`${done} of ${count} seeds, ${Math.round((Date.now() - began) / done)} ms each`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await weir.close();
  await embedded?.stop();
  await rm(directory, { recursive: true, force: true });
}
