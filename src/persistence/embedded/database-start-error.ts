/** The embedded database cannot be started. The message is one line: what failed, then what to do about it. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';

  constructor(problem: string, remedy: string, options?: ErrorOptions) {
    super(`${problem}; ${remedy}`, options);
  }
}

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space on that disk, or set DATABASE_URL to use a PostgreSQL server of your own',
  EDQUOT: 'free some of your disk quota, or set DATABASE_URL to use a PostgreSQL server of your own',
  EROFS: 'start Weir in a writable folder, or set DATABASE_URL to use a PostgreSQL server of your own',
  EACCES: 'make it writable for this user, or set DATABASE_URL to use a PostgreSQL server of your own',
  EPERM: 'make it writable for this user, or set DATABASE_URL to use a PostgreSQL server of your own',
};

/** Runs a step of the start, turning what a disk refuses into a DatabaseStartError that names the file. */
export async function explained<T>(doing: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const { code = '', path, message } = error as NodeJS.ErrnoException;
    const remedy = remedies[code];
    if (remedy === undefined) throw error;
    throw new DatabaseStartError(`${doing}: ${path === undefined ? message : `${path}: ${code}`}`, remedy, {
      cause: error,
    });
  }
}

/** The line of a PostgreSQL program's output that says why it failed. */
export function failureLine(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const telling =
    lines.find((line) => /No space left|Read-only file system|Permission denied/i.test(line)) ??
    lines.findLast((line) => /\b(FATAL|PANIC|error):/.test(line)) ??
    lines.at(-1) ??
    'no message';
  return telling.replace(/^.*?\b(FATAL|PANIC|error):\s*/, '');
}

/** What to do about a failed PostgreSQL program, judged by what it printed. */
export function remedyFor(output: string): string {
  if (/No space left on device/i.test(output)) return remedies['ENOSPC'] ?? '';
  if (/Read-only file system/i.test(output)) return remedies['EROFS'] ?? '';
  if (/Permission denied/i.test(output)) return remedies['EACCES'] ?? '';
  return 'set DATABASE_URL to use a PostgreSQL server of your own';
}
