import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './run.js';

/** Path → content; null removes the file. */
export type Files = Readonly<Record<string, string | null>>;

export interface CommitDetails {
  readonly message: string;
  /** `Name <address>` */
  readonly author?: string;
  readonly date?: string;
}

/** Settings of git as its variables: no waiting for the disk, and no tidying up behind each command. */
export const HURRIED_GIT = {
  GIT_CONFIG_COUNT: '3',
  ...{ GIT_CONFIG_KEY_0: 'core.fsync', GIT_CONFIG_VALUE_0: 'none' },
  ...{ GIT_CONFIG_KEY_1: 'maintenance.auto', GIT_CONFIG_VALUE_1: 'false' },
  ...{ GIT_CONFIG_KEY_2: 'receive.autogc', GIT_CONFIG_VALUE_2: 'false' },
};

/** Creates a repository whose first branch is `main`; `bare` for one that others push to. */
export async function initRepository(dir: string, { bare = false } = {}): Promise<void> {
  await mkdir(dir, { recursive: true });
  await git(dir, 'init', '--quiet', '--initial-branch=main', ...(bare ? ['--bare'] : []));
}

/** Writes the files and commits them with a fixed author and date, so that equal histories have equal ids. */
export async function commitFiles(dir: string, files: Files, details: CommitDetails): Promise<string> {
  for (const [path, content] of Object.entries(files)) await put(join(dir, path), content);
  await git(dir, 'add', '--all');
  return commit(dir, details);
}

/** Commits what is staged, even when nothing changed. @returns the commit's id */
export async function commit(dir: string, details: CommitDetails): Promise<string> {
  const {
    message,
    author = 'Marketing operations <ops@example.com>',
    date = '2026-01-05T09:00:00Z',
  } = details;
  const [, name = '', email = ''] = /^(.*?)\s*<(.*)>$/.exec(author) ?? [];
  const identity = {
    ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date },
    ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: date },
  };
  await execute(dir, ['commit', '--quiet', '--allow-empty', '-m', message], identity);
  return git(dir, 'rev-parse', 'HEAD');
}

/** Runs git in the folder, blind to the settings of the machine. @returns what it printed, trimmed */
export function git(dir: string, ...args: readonly string[]): Promise<string> {
  return execute(dir, args, {});
}

async function execute(
  dir: string,
  args: readonly string[],
  variables: Record<string, string>,
): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...HURRIED_GIT,
    ...variables,
  };
  const { code, out, err } = await run('git', args, { cwd: dir, env });
  if (code !== 0) throw new Error(`git ${args.join(' ')} failed:\n${err}`);
  return out.trim();
}

async function put(path: string, content: string | null): Promise<void> {
  if (content === null) {
    await rm(path);
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
