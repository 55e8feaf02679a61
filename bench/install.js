// Installs what only the benches need, when it is missing or out of date.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const stamp = path.join(here, 'node_modules/.installed');

/** The lock's hash is written after the install, so that a broken one is tried again. @throws when npm fails */
export function installOnce() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(here, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  // PostGraphile wants a later Node than what may run here; it gets its own.
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`npm ci in bench/ ended with ${status}`);
  writeFileSync(stamp, lock);
}
