// A server of its own on the example, in a folder of its own, for what is measured over HTTP.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MAIN = path.resolve(import.meta.dirname, '../dist/main.js');

/** @returns once it is ready: where it listens, its process, and how it is stopped. The example is played first, which takes a while. */
export async function startServer(port, env = {}) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'weir-bench-'));
  const server = spawn(process.execPath, [MAIN, 'serve'], {
    cwd: directory,
    env: { ...process.env, PORT: String(port), ...env },
    stdio: 'ignore',
  });
  const ended = once(server, 'exit');
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (server.exitCode !== null) {
      await stop();
      throw new Error(`the server ended with ${server.exitCode}`);
    }
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return { url, pid: server.pid, stop };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
