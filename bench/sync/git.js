// Git as it is installed, blind to the settings of the machine.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const ENVIRONMENT = {
  PATH: process.env.PATH,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Marketing operations',
  GIT_AUTHOR_EMAIL: 'ops@example.com',
  GIT_COMMITTER_NAME: 'Marketing operations',
  GIT_COMMITTER_EMAIL: 'ops@example.com',
};

/** @returns what it printed, trimmed */
export async function git(directory, ...args) {
  const { stdout } = await run('git', args, {
    ...(directory === null ? {} : { cwd: directory }),
    env: ENVIRONMENT,
    maxBuffer: 256 * 1024 * 1024,
  });
  return stdout.trim();
}

/** What the reader of a history is compared with. @returns milliseconds */
export async function nativeRead(directory, commits) {
  const some = commits === 'Infinity' ? '' : `-${commits}`;
  const command = `git log ${some} --raw --no-abbrev --first-parent main -- workflows | awk '/^:/ { print $4 }' | git cat-file --batch > /dev/null`;
  const begin = performance.now();
  await run('sh', ['-c', command], { cwd: directory, env: ENVIRONMENT });
  return performance.now() - begin;
}
