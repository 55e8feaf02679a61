// Runs after npm ci: builds dist, so that `npx weir` works in a checkout. Does nothing where that cannot be done and is
// not needed: without the development tools, or without the sources, as in an image that copies a finished dist.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (existsSync('src/main.ts') && existsSync('node_modules/typescript')) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit', shell: true });
  if (status !== 0) console.warn('dist is not complete, since the sources do not compile: see npm run build');
}
