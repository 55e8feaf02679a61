/** What is wrong with a log, all of it that is worth reading, line by line. */
export class LogError extends Error {
  override readonly name = 'LogError';
  constructor(file: string, problems: readonly string[], more = 0) {
    super(
      [...problems, ...(more > 0 ? [`… and ${more} more`] : [])].map((each) => `${file}: ${each}`).join('\n'),
    );
  }
}

/** Who gets more would mend the first ones and run again. */
const MOST = 20;

/** Gathers what is wrong with rows, so that somebody can mend it in one go. */
export class LogProblems {
  readonly #problems: string[] = [];
  #more = 0;

  constructor(private readonly file: string) {}

  add(problem: string): void {
    if (this.#problems.length < MOST) this.#problems.push(problem);
    else this.#more++;
  }

  throwIfAny(): void {
    if (this.#problems.length > 0) throw new LogError(this.file, this.#problems, this.#more);
  }
}

/** What a library calls the error; empty where it has no name. */
export function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
