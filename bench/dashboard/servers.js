// Servers in processes of their own, all on the same Node and on one core, and what the system knows of them.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** PostGraphile needs 22 or later; what is compared runs on the same. */
export const NODE = path.join(import.meta.dirname, '../node_modules/node/bin/node');
/** The core of the server that is asked, and that of whoever asks, of PostgreSQL and of everything else. */
const [SERVER_CORE, OTHER_CORE] = ['0', '1'];
const LOOKED_FOR_MS = 5;
const STOPPED_WITHIN_MS = 20_000;

/** What ends when this process does, the last first. */
const begun = new Set();

/** @param end what ends something, once @returns the same, which it need not be told to any more */
export function untilTheEnd(end) {
  let ended = null;
  const once = () => (ended ??= end().finally(() => begun.delete(once)));
  begun.add(once);
  return once;
}

/** Ends all that was begun, and this process. */
export async function endAll(code) {
  for (const end of [...begun].reverse()) await end().catch(() => undefined);
  process.exit(code);
}
process.once('SIGINT', () => void endAll(130));
process.once('SIGTERM', () => void endAll(143));
process.once('uncaughtException', (error) => {
  console.error(error);
  void endAll(1);
});

/** Puts this process, and what it begins from now on, on the core that is not the server's. */
export function leaveServerCore() {
  const { status } = spawnSync('taskset', ['-a', '-c', '-p', OTHER_CORE, String(process.pid)]);
  if (status !== 0)
    throw new Error('cores cannot be given out: the bench needs Linux, two cores and taskset (util-linux)');
}

/**
 * @param file a program for Node, with its arguments
 * @param place what is well once it is ready; without it any answer will do
 * @param isPinned whether it has the server's core to itself
 */
export async function startServer(
  file,
  { port, env = {}, cwd = ROOT, place = null, isPinned = true, node = NODE },
) {
  const command = [node, ...[file].flat()];
  const [program, ...rest] = isPinned ? ['taskset', '-c', SERVER_CORE, ...command] : command;
  const began = performance.now();
  const child = spawn(program, rest, {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', GRAPHILE_ENV: 'production', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => (said = `${said}${data}`.slice(-2_000)));
  const ended = once(child, 'exit');
  const stop = untilTheEnd(async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS);
    await ended;
    clearTimeout(late);
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) {
      await stop();
      throw new Error(`${command.slice(1).join(' ')} ended with ${child.exitCode}: ${said}`);
    }
    const answer = await fetch(`${url}${place ?? '/'}`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok || (answer && place === null)) break;
    await new Promise((resolve) => setTimeout(resolve, LOOKED_FOR_MS));
  }
  return { url, pid: child.pid, readyMs: performance.now() - began, stop };
}

/** The product, on a database. */
export const startWeir = ({ database, port = 4832, env = {}, ...options }) =>
  startServer([path.join(ROOT, 'dist/main.js'), 'serve'], {
    ...options,
    ...{ port, place: '/health/ready' },
    env: {
      ...{ DATABASE_URL: database, LOG_LEVEL: 'error' },
      // Every request comes from one address; and no sync comes between two rounds.
      ...{ WEIR_RATE_LIMIT: '0', WEIR_POLL_SECONDS: '86400' },
      ...env,
    },
  });

/** Of all threads of a process, in user and system mode; far finer than what is said of the process as a whole. */
export const cpuMs = (pid) =>
  readdirSync(`/proc/${pid}/task`)
    .map((thread) => ranMs(`/proc/${pid}/task/${thread}`))
    .reduce((sum, each) => sum + each, 0);

/** A thread may end before it is asked. */
function ranMs(thread) {
  try {
    return Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(error.code)) return 0;
    throw error;
  }
}

const statusOf = (pid, name) =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) /
  1_024;

export const memoryMiB = (pid) => statusOf(pid, 'VmRSS');
export const peakMemoryMiB = (pid) => statusOf(pid, 'VmHWM');
