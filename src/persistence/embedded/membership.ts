import pg from 'pg';
import { DatabaseStartError } from './database-start-error.js';

/** One Weir process among those that use the same embedded server. */
export interface Membership {
  /** Gives the server up; `true` when nobody else uses it, and then nobody can join any more until it has stopped. */
  leave(): Promise<boolean>;
  /** Closes the session behind the membership, after the server has stopped or for the others to go on. */
  close(): Promise<void>;
}

/** "WEIR" in ASCII. */
const lockKey = 0x57454952;

/**
 * Joins the processes that use the server. Each holds a shared advisory lock, which ends with its session: however a
 * process dies, its membership is gone too, so the last one to leave in order can safely stop the server.
 * @returns null while the server is starting or stopping
 * @throws DatabaseStartError when the server refuses the password
 */
export async function join(url: string, onLost: (error: Error) => void): Promise<Membership | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'weir-membership', ssl: false });
  let leaving = false;
  client.on('error', (error) => {
    if (!leaving) onLost(error);
  });
  const joined = await connect(client);
  if (!joined) {
    leaving = true;
    await client.end().catch(ignore);
    return null;
  }
  return {
    async leave() {
      leaving = true;
      await client.query('SELECT pg_advisory_unlock_shared($1)', [lockKey]);
      return isTrue(await client.query('SELECT pg_try_advisory_lock($1) AS ok', [lockKey]));
    },
    close: () => client.end().catch(ignore),
  };
}

async function connect(client: pg.Client): Promise<boolean> {
  try {
    await client.connect();
    return isTrue(await client.query('SELECT pg_try_advisory_lock_shared($1) AS ok', [lockKey]));
  } catch (error) {
    if (isPassing(error)) return false;
    const { code, message } = error as { code?: string; message: string };
    if (code !== '28P01') throw error;
    throw new DatabaseStartError(
      `the embedded database refuses the password that Weir keeps beside it (${message})`,
      'restore the file postgres-password, or remove the state directory to begin anew',
      { cause: error },
    );
  }
}

/** Refusals of a server that is not ready yet or any more: cannot_connect_now, admin_shutdown, a closed port. */
function isPassing(error: unknown): boolean {
  const { code = '', message } = error as { code?: string; message: string };
  return (
    ['57P03', '57P01', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code) || message.includes('terminated')
  );
}

const isTrue = (result: pg.QueryResult<{ ok: boolean }>): boolean => result.rows[0]?.ok === true;

function ignore(): void {
  // The session ends with the server; there is nobody left to tell.
}
