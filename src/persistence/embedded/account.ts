import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseStartError } from './database-start-error.js';
import { run, type Account } from './run.js';

const userName = 'postgres';

/**
 * The account that runs the server: this process's own (undefined), unless that is root. Then it is the owner of the
 * data, so that `sudo` in a user's checkout leaves the files the user's, or the system user "postgres".
 */
export async function accountFor(dataDirectory: string | null): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (dataDirectory === null) return (await findUser()) ?? (await createUser());
  const { uid, gid } = await stat(dataDirectory);
  if (uid !== 0) return { uid, gid };
  throw new DatabaseStartError(
    `${dataDirectory} belongs to root, whom PostgreSQL refuses to run as`,
    `give it to another user (chown -R ${userName}) or remove it`,
  );
}

async function findUser(): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', userName]), run('id', ['-g', userName])]);
  return uid.ok && gid.ok ? { uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}

async function createUser(): Promise<Account> {
  const created = await run('useradd', ['--system', '--user-group', '--no-create-home', userName]);
  const account = await findUser();
  if (account !== undefined) return account;
  throw new DatabaseStartError(
    `PostgreSQL refuses to run as root, and the user "${userName}" could not be created (${created.output.trim()})`,
    'start Weir as an ordinary user, or set DATABASE_URL to use a PostgreSQL server of your own',
  );
}

/** Whether the account may enter the folder and every folder above it; a home folder such as /root is often closed. */
export async function canReach(directory: string, { uid, gid }: Account): Promise<boolean> {
  const found = await stat(directory);
  const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
  if ((found.mode & bit) === 0) return false;
  const above = dirname(directory);
  return above === directory || canReach(above, { uid, gid });
}
