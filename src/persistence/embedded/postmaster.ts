import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Cluster } from './cluster.js';
import { failureLine } from './database-start-error.js';
import { type Outcome, processExists, run } from './run.js';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/**
 * The server process of a data directory, running or just starting; null when there is none. A lock file left by a
 * crash is removed when its process is gone or is another program by now: PostgreSQL itself would refuse to start
 * over it if the number was given to a process of the same user, as it is after each restart of a container.
 */
export async function findPostmaster(dataDirectory: string): Promise<Postmaster | null> {
  const file = join(dataDirectory, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const [pid, , , port] = text.split('\n').map(Number);
  if (pid !== undefined && (await isPostmaster(pid, dataDirectory))) return { pid, port: port ?? 0 };
  await rm(file, { force: true });
  return null;
}

async function isPostmaster(pid: number, dataDirectory: string): Promise<boolean> {
  if (!processExists(pid)) return false;
  if (process.platform === 'win32') return true;
  const command =
    process.platform === 'linux'
      ? (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
      : (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).output;
  return command.includes('postgres') && command.includes(` ${dataDirectory} `);
}

/** Starts the server on a free port of the loopback address and waits until it takes connections. */
export async function launchPostmaster(
  { dataDirectory, account, binaries }: Cluster,
  settings: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const log = join(dataDirectory, 'server.log');
  await rm(log, { force: true });
  const all = { ...baseSettings, port: String(await freePort()), ...settings };
  const options = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`);
  const arguments_ = ['start', '-w', '-t', '60', '-D', dataDirectory, '-l', log, '-o', options.join(' ')];
  const { ok, output } = await run(binaries.pgCtl, arguments_, { account });
  return { ok, output: ok ? output : await readFile(log, 'utf8').catch(() => failureLine(output)) };
}

/** Ends the server in order: sessions are closed, data are written. */
export async function haltPostmaster({ dataDirectory, account, binaries }: Cluster): Promise<Outcome> {
  return run(binaries.pgCtl, ['stop', '-w', '-t', '60', '-m', 'fast', '-D', dataDirectory], { account });
}

const baseSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
