import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from './until.js';

/** A shell that keeps its folder, variables and functions from one paste to the next, as a terminal does. */
export class Terminal {
  readonly #shell: ChildProcess;
  readonly #ended: Promise<unknown>;
  #printed = '';
  #pastes = 0;

  /** Begins in this folder, with this for all of its environment. */
  constructor(cwd: string, env: NodeJS.ProcessEnv) {
    // A process group of its own, to which `interrupt` goes as Ctrl-C does.
    this.#shell = spawn('sh', ['-e'], { cwd, env, detached: true });
    this.#ended = once(this.#shell, 'close');
    for (const stream of [this.#shell.stdout, this.#shell.stderr])
      stream?.on('data', (text) => (this.#printed += String(text)));
  }

  /** All that was printed so far. */
  get printed(): string {
    return this.#printed;
  }

  /** Runs commands that go on; nobody waits for them. */
  begin(commands: string): void {
    this.#shell.stdin?.write(`{\n${commands}\n} </dev/null\n`);
  }

  /** Runs commands to their end. @returns what they printed @throws Error at the first that fails */
  async paste(commands: string): Promise<string> {
    const before = this.#printed.length;
    const mark = `-- end of paste ${++this.#pastes} --\n`;
    this.begin(commands);
    this.#shell.stdin?.write(`echo '${mark.trim()}'\n`);
    const isDone = (): boolean => this.#printed.endsWith(mark);
    const done = new Promise<void>((resolve) => {
      this.#shell.stdout?.on('data', () => isDone() && resolve());
    });
    await Promise.race([done, this.#ended]);
    const printed = this.#printed.slice(before);
    if (!isDone()) throw new Error(`a command failed:\n${commands}\nIt printed:\n${printed}`);
    return printed.slice(0, -mark.length);
  }

  /** Waits until this was printed. @throws Error when it was not in time, with what was */
  async says(text: string, withinMs = 60_000): Promise<void> {
    await until(() => Promise.resolve(this.#printed.includes(text)), withinMs).catch(() => {
      throw new Error(`"${text}" was not printed within ${withinMs} ms, but:\n${this.#printed}`);
    });
  }

  /** Ctrl-C, and waits until all of it has ended. */
  async interrupt(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#shell;
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGINT');
    this.#shell.stdin?.destroy();
    await this.#ended;
  }
}
