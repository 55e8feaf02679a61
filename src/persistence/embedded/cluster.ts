import { randomBytes } from 'node:crypto';
import {
  access,
  chown,
  constants,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { accountFor, canReach } from './account.js';
import { type Binaries, findBinaries, openDirectory } from './binaries.js';
import { DatabaseStartError, explained, failureLine, remedyFor } from './database-start-error.js';
import { type Account, processExists, run } from './run.js';

/** A data directory that is ready to be served, and what is needed to serve it. */
export interface Cluster {
  readonly dataDirectory: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  readonly password: string;
}

export const superuser = 'weir';

/**
 * The cluster of a state directory, created on first use.
 * @throws DatabaseStartError when the disk refuses, or the data are of another major version or another user
 */
export function openCluster(stateDirectory: string, signal: AbortSignal | undefined): Promise<Cluster> {
  return explained('opening the embedded database', async () => {
    await mkdir(stateDirectory, { recursive: true });
    const existing = await realDirectory(join(stateDirectory, 'postgres'));
    const account = await accountFor(existing);
    const binaries = await findBinaries(account);
    const password = await keepPassword(stateDirectory, existing !== null);
    if (existing !== null) await checkData(existing, binaries);
    const dataDirectory =
      existing ?? (await createData({ stateDirectory, account, binaries, password, signal }));
    return { dataDirectory, account, binaries, password };
  });
}

/** The folder behind the path, which is a link when root had to keep the data elsewhere; null when there is none. */
async function realDirectory(path: string): Promise<string | null> {
  return realpath(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await rm(path, { force: true });
    return null;
  });
}

async function keepPassword(stateDirectory: string, hasData: boolean): Promise<string> {
  const file = join(stateDirectory, 'postgres-password');
  if (!hasData) {
    const fresh = randomBytes(24).toString('base64url');
    await writeFile(file, fresh, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  const password = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  });
  if (password !== '') return password;
  throw new DatabaseStartError(
    `${file} is ${hasData ? 'missing, so the data beside it cannot be opened' : 'empty'}`,
    `restore it, or remove ${stateDirectory} to begin anew`,
  );
}

async function checkData(dataDirectory: string, binaries: Binaries): Promise<void> {
  await access(dataDirectory, constants.R_OK | constants.W_OK | constants.X_OK);
  const found = (await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  const { output } = await run(binaries.postgres, ['--version']);
  const expected = /\b(\d+)\.\d+/.exec(output)?.[1];
  if (expected === undefined) {
    throw new DatabaseStartError(`PostgreSQL does not run here: ${failureLine(output)}`, remedyFor(output));
  }
  if (found === expected) return;
  throw new DatabaseStartError(
    `${dataDirectory} holds ${found === '' ? 'no complete database' : `data of PostgreSQL ${found}, not ${expected}`}`,
    'move it away to begin anew, or serve it with a PostgreSQL server of its version and set DATABASE_URL',
  );
}

interface NewData extends Omit<Cluster, 'dataDirectory'> {
  readonly stateDirectory: string;
  readonly signal: AbortSignal | undefined;
}

/** Builds the data beside their place and moves them in whole: half a database is never found there, nor two at once. */
async function createData(wanted: NewData): Promise<string> {
  const { stateDirectory, account } = wanted;
  await removeUnfinished(stateDirectory);
  const target = join(stateDirectory, 'postgres');
  const nearby = account === undefined || (await canReach(stateDirectory, account));
  if (!nearby) await mkdir(openDirectory, { recursive: true, mode: 0o755 });
  const directory = await mkdtemp(
    join(nearby ? stateDirectory : openDirectory, `${unfinishedPrefix}${process.pid}-`),
  );
  try {
    await initialise(directory, wanted);
    await (nearby ? rename(directory, target) : symlink(directory, target));
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    const another = await realDirectory(target);
    if (another === null) throw error;
  }
  return realpath(target);
}

const unfinishedPrefix = 'postgres-data-';

async function removeUnfinished(stateDirectory: string): Promise<void> {
  const left = (await readdir(stateDirectory)).filter((name) => name.startsWith(unfinishedPrefix));
  for (const name of left) {
    const maker = Number(basename(name).slice(unfinishedPrefix.length).split('-')[0]);
    if (!processExists(maker)) await rm(join(stateDirectory, name), { recursive: true, force: true });
  }
}

async function initialise(
  directory: string,
  { account, binaries, password, signal }: NewData,
): Promise<void> {
  const passwordFile = `${directory}.password`;
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (account)
      await Promise.all([directory, passwordFile].map((path) => chown(path, account.uid, account.gid)));
    const initdb = [
      ...[
        `--pgdata=${directory}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
      ],
      // The built-in locale sorts alike on every machine, whatever locales its system has.
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ];
    const { ok, output } = await run(binaries.initdb, initdb, { account, signal });
    signal?.throwIfAborted();
    if (!ok)
      throw new DatabaseStartError(
        `creating the embedded database: ${failureLine(output)}`,
        remedyFor(output),
      );
  } finally {
    await rm(passwordFile, { force: true });
  }
}
