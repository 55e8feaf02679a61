import { setMaxListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { FollowingReads, Reads } from '../application/reads.js';
import type { Logger } from '../observability/logger.js';
import { createDataSource } from './data-source.js';
import type { ReadSource } from './read-source.js';
import { sqlStateOf } from './sql-state.js';
import { SqlReads } from './reads/sql-reads.js';

/** How often it is looked where both are: two questions of no cost. */
const LOOK_MS = 1_000;
/** A standby that takes longer to say where it is, or to take a connection, answers nobody else in time either. */
const ANSWER_MS = 2_000;
/** What is older than this is not shown: people who tell each other of a change look within seconds. */
const MOST_BEHIND_MS = 10_000;
/** How long a request waits until the standby holds what its caller has written; the primary would have answered by then. */
const WAIT_MS = 250;
/** First pause between two looks while somebody waits; each one doubles it. */
const FIRST_PAUSE_MS = 4;

/** What no standby reaches. */
const BEYOND = 'FFFFFFFF/FFFFFFFF';
/** As PostgreSQL writes a position in its log: the upper and the lower 32 bits in hexadecimal. */
const POSITION = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i;
const PRIMARY_POSITION = 'SELECT pg_current_wal_lsn()::text AS position';
const REPLAYED = 'SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text END AS position';
const CLUSTER = 'SELECT system_identifier::text AS cluster FROM pg_control_system()';

export interface StandbyOptions {
  readonly primary: DataSource;
  /** Of one standby; behind an address that leads to several, nothing could be said of the one that answers. */
  readonly url: string;
  readonly logger: Logger;
  /** A clock that never goes back, in milliseconds. */
  readonly now?: () => number;
}

/** The connections to the standby, from when it was found until it is given up. */
interface Copy {
  readonly data: DataSource;
  readonly reads: Reads;
  /** Asks where it is: however many questions wait for a connection, that is not one of them. */
  readonly watcher: Client;
  /** Aborted when it is given up, for those who still wait for it. */
  readonly gone: AbortController;
  /** Where it is, while that is asked: everybody who waits looks at the same answer. */
  asking: Promise<void> | null;
}

/**
 * A streaming standby, which queries are read from while it is recent enough. Where it stands is told by positions in the log alone: no
 * machine's clock matters, and a standby that receives nothing any more is told from one that there is nothing to receive for.
 */
export class Standby implements FollowingReads {
  #copy: Copy | null = null;
  #replayed = 0n;
  /** Where the primary was when, as far as the standby has not been seen there. */
  #ahead: { readonly at: number; readonly position: bigint }[] = [];
  /** Everything that was committed by then is in the standby; null while that is not known. */
  #heldAt: number | null = null;
  #wasUsed: boolean | null = null;
  #looking: Promise<void> = Promise.resolve();
  readonly #stopping = new AbortController();
  readonly #now: () => number;

  constructor(private readonly options: StandbyOptions) {
    this.#now = options.now ?? (() => performance.now());
  }

  /** Looks where it stands until it is stopped. Resolves after the first look, whatever that has found. */
  async start(): Promise<void> {
    await this.#look();
    this.#looking = this.#keepLooking();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#looking;
    await unlessAborted(AbortSignal.timeout(ANSWER_MS), this.#giveUp()).catch(() => undefined);
  }

  async at(position: string | null): Promise<Reads | null> {
    const copy = this.#copy;
    const wanted = position === null ? 0n : parse(position);
    if (copy === null || wanted === null || !this.#isRecent()) return null;
    const late = AbortSignal.timeout(WAIT_MS);
    for (let pause = FIRST_PAUSE_MS; this.#replayed < wanted; pause *= 2) {
      await unlessAborted(late, this.#askWhere(copy)).catch(() => undefined);
      if (this.#replayed >= wanted) break;
      if (late.aborted) return null;
      await delay(pause, undefined, { signal: late }).catch(() => undefined);
    }
    // It may have been given up meanwhile, and another one found that has not come as far.
    return copy === this.#copy ? copy.reads : null;
  }

  async position(): Promise<string> {
    const asked = unlessAborted(AbortSignal.timeout(ANSWER_MS), this.#primaryPosition());
    return (await asked.catch(() => null)) ?? BEYOND;
  }

  /** For how long, in seconds, what is read from it may be out of date; null while that is not known. */
  behindSeconds(): number | null {
    return this.#heldAt === null ? null : (this.#now() - this.#heldAt) / 1_000;
  }

  #isRecent(): boolean {
    return this.#heldAt !== null && this.#now() - this.#heldAt <= MOST_BEHIND_MS;
  }

  async #keepLooking(): Promise<void> {
    const { signal } = this.#stopping;
    for (;;) {
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await this.#look();
    }
  }

  async #look(): Promise<void> {
    const at = this.#now();
    const late = AbortSignal.timeout(ANSWER_MS);
    // The primary first, so that what the standby says afterwards is not short of it by the time that the question took.
    const primary = await unlessAborted(late, this.#primaryPosition()).catch(() => null);
    if (primary !== null) this.#ahead.push({ at, position: parse(primary) ?? 0n });
    try {
      this.#copy ??= await this.#open();
      await unlessAborted(AbortSignal.timeout(ANSWER_MS), this.#askWhere(this.#copy));
      while (this.#ahead[0] && this.#ahead[0].position <= this.#replayed)
        this.#heldAt = this.#ahead.shift()?.at ?? null;
      // By the time it comes to one of these, it is too far behind all the same.
      while (this.#ahead[0] && this.#ahead[0].at < at - MOST_BEHIND_MS) this.#ahead.shift();
      this.#tell('it is too far behind');
    } catch (error) {
      // Nobody waits for connections of which the other end may be gone.
      void this.#giveUp();
      this.#tell(reasonOf(error as Error));
    }
  }

  /** Says it once when queries begin or cease to be read from it. */
  #tell(why: string): void {
    const isUsed = this.#isRecent();
    if (isUsed === this.#wasUsed) return;
    this.#wasUsed = isUsed;
    const { logger } = this.options;
    if (isUsed) logger.info('queries are read from the standby');
    else logger.warn(`the standby is not used, and queries are read from the primary: ${why}`);
  }

  async #open(): Promise<Copy> {
    const { primary, url } = this.options;
    const data = createDataSource(url, { connectTimeoutMs: ANSWER_MS });
    const watcher = new Client({ connectionString: url, application_name: 'weir watcher' });
    // A lost connection shows in the next question.
    watcher.on('error', () => undefined);
    const late = AbortSignal.timeout(2 * ANSWER_MS);
    const ask = (source: DataSource) =>
      unlessAborted(late, source.query<{ cluster: string }[]>(CLUSTER)).then(([row]) => row?.cluster);
    try {
      await unlessAborted(late, data.initialize());
      await unlessAborted(late, watcher.connect());
      const gone = new AbortController();
      setMaxListeners(0, gone.signal);
      if ((await ask(data)) !== (await ask(primary)))
        throw new Error('DATABASE_READ_URL is of another cluster than DATABASE_URL');
      const reads = new SqlReads(withFallback(data.manager, gone.signal, primary.manager));
      return { data, watcher, gone, reads, asking: null };
    } catch (error) {
      void close({ data, watcher });
      throw error;
    }
  }

  #giveUp(): Promise<void> {
    const copy = this.#copy;
    [this.#copy, this.#heldAt, this.#ahead, this.#replayed] = [null, null, [], 0n];
    copy?.gone.abort(new Error('the standby was given up'));
    return copy === null ? Promise.resolve() : close(copy);
  }

  async #primaryPosition(): Promise<string | null> {
    const [row] = await this.options.primary.query<{ position: string }[]>(PRIMARY_POSITION);
    return row?.position ?? null;
  }

  /** @throws Error where it does not say where it is, or is no standby */
  #askWhere(copy: Copy): Promise<void> {
    copy.asking ??= copy.watcher
      .query<{ position: string | null }>(REPLAYED)
      .then(({ rows: [row] }) => {
        const position = parse(row?.position ?? '');
        if (position === null) throw new Error('DATABASE_READ_URL is not of a standby');
        if (copy === this.#copy) this.#replayed = position;
      })
      .finally(() => (copy.asking = null));
    return copy.asking;
  }
}

/** What the standby does not answer, the primary is asked: it went away, or had to choose between the question and following. */
function withFallback(standby: ReadSource, gone: AbortSignal, primary: ReadSource): ReadSource {
  const ask = async <T>(question: (source: ReadSource) => Promise<T>): Promise<T> => {
    if (gone.aborted) return question(primary);
    try {
      return await unlessAborted(gone, question(standby));
    } catch (error) {
      // What takes too long here would there as well.
      if (sqlStateOf(error) === STATEMENT_TIMEOUT) throw error;
      return question(primary);
    }
  };
  return {
    query: (sql, values) => ask((source) => source.query(sql, values)),
    find: (row, options) => ask((source) => source.find(row, options)),
  };
}

/** SQLSTATE query_canceled. */
const STATEMENT_TIMEOUT = '57014';

/** Several addresses of one name that all refuse have no message of their own. */
function reasonOf(error: Error & { code?: string }): string {
  return error.name === 'TimeoutError' ? 'it does not answer' : error.message || (error.code ?? error.name);
}

/** Waits for some work unless a signal comes first; the work goes on by itself. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason as Error);
    signal.addEventListener('abort', end, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

async function close({ data, watcher }: Pick<Copy, 'data' | 'watcher'>): Promise<void> {
  const pool = data.isInitialized ? data.destroy() : Promise.resolve();
  await Promise.allSettled([pool, watcher.end()]);
}

function parse(position: string): bigint | null {
  const [, upper, lower] = POSITION.exec(position) ?? [];
  return upper === undefined || lower === undefined
    ? null
    : (BigInt(`0x${upper}`) << 32n) | BigInt(`0x${lower}`);
}
