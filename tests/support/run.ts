import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';

export interface RunOptions {
  readonly cwd?: string;
  /** All of its environment. */
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: Uint8Array | string;
}
export interface Bytes {
  readonly code: number;
  readonly out: Buffer;
  readonly err: Buffer;
}
type Answer = { readonly id: number } & (Bytes | { readonly fault: string });

let runner: ChildProcess | null = null;
let last = 0;
const waiting = new Map<number, (answer: Answer) => void>();

/**
 * Runs a program to its end, started by a small process of its own: the system copies the page tables of whoever
 * starts one, which takes ten times as long from a worker full of modules as git itself does.
 * @throws Error when it could not be started, or was killed
 */
export async function runBytes(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Bytes> {
  const id = ++last;
  const { cwd = process.cwd(), env = process.env, input = '' } = options;
  const answer = await new Promise<Answer>((resolve) => {
    waiting.set(id, resolve);
    runnerOf().ref();
    runnerOf().send({ id, file, args, cwd, env: { ...env }, input });
  });
  if ('fault' in answer) throw new Error(`${file} ${args.join(' ')}: ${answer.fault}`);
  return answer;
}

/** The same, for programs that read and write text. */
export async function run(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const { code, out, err } = await runBytes(file, args, options);
  return { code, out: out.toString(), err: err.toString() };
}

/** Runs the command as it was built. */
export const weir = (args: readonly string[], options: RunOptions = {}) =>
  run(process.execPath, [path.resolve('dist/main.js'), ...args], options);

function runnerOf(): ChildProcess {
  if (runner !== null) return runner;
  const started = fork(path.resolve('tests/support/program-runner.js'), {
    serialization: 'advanced',
    execArgv: [],
  });
  started.on('message', (answer: Answer) => {
    const resolve = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) unref(started);
    resolve?.(answer);
  });
  started.on('exit', () => {
    runner = null;
    for (const [id, resolve] of waiting) resolve({ id, fault: 'whoever was to start it has ended' });
    waiting.clear();
  });
  return (runner = started);
}

/** Nobody waits for it any more. */
function unref(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}
