import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, openSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What is run, and the Debian package that it comes from. */
const PACKAGES = {
  ...{ initdb: 'postgresql', pg_basebackup: 'postgresql', pg_dump: 'postgresql', pg_restore: 'postgresql' },
  ...{ postgres: 'postgresql', pgbouncer: 'pgbouncer', haproxy: 'haproxy', git: 'git' },
};

/**
 * Where each program lies.
 * @throws Error naming the packages of those that are missing
 */
export function findPrograms() {
  const debian = '/usr/lib/postgresql';
  const versions = readable(debian).sort((one, other) => Number(other) - Number(one));
  const folders = [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
    '/usr/sbin',
  ];
  const found = Object.keys(PACKAGES).map((name) => [
    name,
    folders.map((folder) => path.join(folder, name)).find(isProgram),
  ]);
  const missing = found.filter(([, file]) => file === undefined).map(([name]) => PACKAGES[name]);
  if (missing.length > 0)
    throw new Error(`missing: apt-get install ${[...new Set(missing)].sort().join(' ')}`);
  return Object.fromEntries(found);
}

const readable = (folder) => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whom PostgreSQL and PgBouncer run as, which refuse to be run by root; undefined: as this process. */
export async function findAccount() {
  if (process.getuid() !== 0) return undefined;
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, 'postgres'])));
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** A program to its end. @throws Error with what it printed */
export async function finish(file, args, options = {}) {
  const { stdout } = await run(file, args, { maxBuffer: 64 * 2 ** 20, ...options }).catch((error) => {
    throw new Error(
      `${path.basename(file)} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? error.message}`,
    );
  });
  return stdout;
}

const started = new Set();

/** Starts a program that goes on; what it prints goes to a file. */
export function start(name, file, args, { log, ...options }) {
  const output = openSync(log, 'a');
  const child = spawn(file, args, { stdio: ['ignore', output, output], ...options });
  const program = {
    ...{ name, log, pid: child.pid },
    isRunning: () => child.exitCode === null && child.signalCode === null,
    signal: (signal) => child.kill(signal),
    /** Asks it to end, and waits for that as long as it is given. */
    stop: async (signal = 'SIGTERM', withinMs = 60_000) => {
      if (!program.isRunning()) return;
      const ended = once(child, 'exit');
      child.kill(signal);
      if (await Promise.race([ended, delay(withinMs, null, { ref: false })])) return;
      child.kill('SIGKILL');
      await ended;
      throw new Error(`${name} did not end within ${withinMs / 1_000} s of ${signal}; see ${log}`);
    },
  };
  started.add(program);
  child.once('exit', () => started.delete(program));
  child.once('error', (error) => {
    started.delete(program);
    console.error(`${name}: ${error.message}`);
  });
  return program;
}

/** Ends everything that was started, the last first. */
export async function stopAll() {
  for (const program of [...started].reverse())
    await program
      .stop(program.name.startsWith('postgres') ? 'SIGINT' : 'SIGTERM', 20_000)
      .catch(() => undefined);
}

/** Looks until there is something. @throws Error when there is nothing in time */
export async function until(what, look, withinMs = 60_000) {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${withinMs / 1_000} s in vain: ${what}`);
    await delay(20);
  }
}

/** A port that nobody listens on now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** Megabytes that a process holds now, and held at most. */
export async function memoryOf(pid) {
  const text = await readFile(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)[1]) / 1_024);
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
}
