// Installs this folder's packages when they are missing or out of date, checks its code and runs its suites:
//   node tests/conformance/run.js [--browser] [arguments of jest: only the suites are run]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from './chromium.js';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const stamp = path.join(here, 'node_modules/.installed');
const given = process.argv.slice(2);
const inBrowser = given.includes('--browser');
const forJest = given.filter((argument) => argument !== '--browser');

if (!existsSync(path.join(root, 'dist/persistence/embedded.js'))) {
  console.error('conformance: the tests start a compiled PostgreSQL: run `npm ci` at the root first');
  process.exit(2);
}
await installOnce();
if (inBrowser) process.env.CHROMIUM = chromium();
// The root's own check knows nothing of packages that are installed only here.
if (given.length === 0) {
  await run('node', ['node_modules/typescript/bin/tsc', '-p', 'tests/conformance/tsconfig.json']);
  await run('node', ['../../node_modules/eslint/bin/eslint.js', '.'], here);
}
await run('node', [
  '--disable-warning=ExperimentalWarning',
  '--experimental-vm-modules',
  'node_modules/jest/bin/jest.js',
  '--config',
  `tests/conformance/jest.${inBrowser ? 'browser.' : ''}config.js`,
  ...forJest,
]);

function chromium() {
  try {
    return findChromium();
  } catch (error) {
    console.error(`conformance: ${error.message}`);
    process.exit(2);
  }
}

/** The lock's hash is written after the install, so that a broken one is tried again. */
async function installOnce() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(here, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], here);
  writeFileSync(stamp, lock);
}

/** Ends this process with the command's exit code unless that is 0. */
async function run(command, args, cwd = root) {
  const child = spawn(command, args, { cwd, stdio: 'inherit' });
  const forward = (signal) => child.kill(signal);
  process.on('SIGTERM', forward);
  // The terminal sends SIGINT to both; this one only waits for the other to clean up.
  const wait = () => undefined;
  process.on('SIGINT', wait);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (exitCode, signal) => resolve(signal === null ? exitCode : 1));
  });
  process.off('SIGTERM', forward);
  process.off('SIGINT', wait);
  if (code !== 0) process.exit(code);
}
