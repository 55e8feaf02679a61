// Measures Weir beside what it is compared with, in one run on one machine, and prints ratios; at the end one table of all of them.
//   npm run bench [-- language questions]
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { tableOfFigures } from './figures.js';
import { installOnce } from './install.js';

const here = import.meta.dirname;
const wanted = process.argv.slice(2);
const benches = readdirSync(here)
  .filter((name) => name.endsWith('.bench.js'))
  .map((name) => name.replace('.bench.js', ''))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

const results = path.join(here, 'results');
const figures = path.join(results, 'figures.jsonl');
mkdirSync(results, { recursive: true });
rmSync(figures, { force: true });

let child;
// The terminal tells both; who tells this process alone means both too.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child?.kill('SIGTERM'));
const isOver = () => child?.signalCode != null || child?.exitCode === 130 || child?.exitCode === 143;

const began = performance.now();
if (benches.includes('questions')) installOnce();
for (const name of benches) {
  console.log(`\n# ${name}`);
  const since = performance.now();
  child = spawn(process.execPath, [path.join(here, `${name}.bench.js`)], {
    stdio: 'inherit',
    env: { ...process.env, BENCH_FIGURES: figures },
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  if (code !== 0) process.exitCode = 1;
  if (isOver()) break;
  console.log(`(${((performance.now() - since) / 1_000).toFixed(0)} s)`);
}
console.log(`\n${tableOfFigures(figures)}`);
console.log(`\n${((performance.now() - began) / 60_000).toFixed(1)} minutes in all`);
