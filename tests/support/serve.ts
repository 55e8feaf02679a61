import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort } from './free-port.js';
import { until } from './until.js';

export interface Served {
  readonly url: string;
  readonly child: ChildProcess;
  /** With which code it ended; null after a signal. */
  readonly ended: Promise<number | null>;
  /** All that it has printed so far. */
  readonly output: () => string;
  /** The lines of its log that say this. */
  lines(message: string | RegExp): Record<string, unknown>[];
  ready(): Promise<unknown>;
  /** Status and body of a page; null where nobody answers. */
  get(page: string): Promise<readonly [number, unknown] | null>;
  /** Ends it, in whichever state it is: at once, unless in order. */
  close(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** `weir serve` as a process of its own. */
export async function startServe(
  cwd: string,
  settings: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<Served> {
  const port = await freePort();
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), ...settings };
  const child = spawn(process.execPath, [...nodeOptions, path.resolve('dist/main.js'), 'serve'], {
    cwd,
    env,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  const get = (page: string) =>
    fetch(url + page).then(
      async (response) => [response.status, await response.json()] as const,
      () => null,
    );
  return {
    ...{ url, child, ended, get },
    output: () => output,
    lines: (message) =>
      output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ msg }) => (typeof message === 'string' ? msg === message : message.test(String(msg)))),
    ready: () => until(async () => (await get('/health/ready'))?.[0] === 200, 60_000),
    close: async (signal = 'SIGKILL') => {
      if (child.exitCode === null && child.signalCode === null && child.kill(signal)) await ended;
    },
  };
}
