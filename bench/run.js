// Measures Weir beside what it is compared with, in one run on one machine, and prints ratios.
//   npm run bench [-- language]
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { installOnce } from './install.js';

const here = import.meta.dirname;
const wanted = process.argv.slice(2);
const benches = readdirSync(here)
  .filter((name) => name.endsWith('.bench.js'))
  .map((name) => name.replace('.bench.js', ''))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

if (benches.includes('questions')) installOnce();
for (const name of benches) {
  console.log(`\n# ${name}`);
  const child = spawn(process.execPath, [path.join(here, `${name}.bench.js`)], { stdio: 'inherit' });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  if (code !== 0) process.exitCode = 1;
}
