import { spawn } from 'node:child_process';

/** Whom a program runs as; PostgreSQL refuses to run as root. Absent: as this process. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/**
 * Runs a program to its end. It gets a session of its own, so that a terminal's Ctrl-C reaches only Weir, which then
 * ends things in order, and an empty environment, so that a developer's PG* variables change nothing.
 */
export function run(
  program: string,
  args: readonly string[],
  options: { account?: Account | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Outcome> {
  const { account, signal } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      ...account,
      ...(signal && { signal }),
      ...(process.platform !== 'win32' && { cwd: '/', env: bareEnvironment, detached: true }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-outputLimit);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => {
      resolve({ ok: false, output: `error: ${error.message}` });
    });
    child.on('close', (code) => {
      resolve({ ok: code === 0, output });
    });
  });
}

const bareEnvironment = { LC_ALL: 'C', PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };
const outputLimit = 16_384;

export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
