import { later } from './later.js';
import { EventEmitter } from 'node:events';
import type { EntityManager } from 'typeorm';
import { Client } from 'pg';
import type { Changes } from '../application/ports.js';
import type { Logger } from '../observability/logger.js';

/** The one channel of PostgreSQL's LISTEN and NOTIFY that all replicas share. */
const CHANNEL = 'weir_changes';
/** First wait before a lost connection is tried again, and the longest; each try doubles it. */
const RETRY_MS = { first: 250, longest: 10_000 };

type Notice = { readonly campaign: string } | { readonly syncRun: string } | { readonly alert: string };

/** Tells every replica once the transaction is committed, and never when it is rolled back. */
export const announce = (manager: EntityManager, notice: Notice): Promise<void> =>
  later(manager, JSON.stringify(notice), {
    ...{ writes: {}, call: 'pg_notify($1, $2)', values: [CHANNEL, JSON.stringify(notice)] },
  });

/**
 * What has changed, whichever replica changed it. One connection listens; when it is lost, it is opened again, and
 * since notices may have been missed meanwhile, whoever follows anything is then told to look again.
 */
export class ChangeFeed implements Changes {
  readonly #topics = new EventEmitter().setMaxListeners(0);
  #client: Client | null = null;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param url past a pooler, which would not keep the connection that listens */
  constructor(
    private readonly url: string,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  campaign(key: string): AsyncIterable<readonly string[]> {
    return gathered(this.#topics, `campaign ${key}`);
  }

  /** Calls whenever any campaign may have changed. @returns what ends that */
  onCampaigns(listener: () => void): () => void {
    this.#topics.on('campaigns', listener);
    return () => this.#topics.off('campaigns', listener);
  }

  syncRuns(): AsyncIterable<readonly string[]> {
    return gathered(this.#topics, 'sync run');
  }

  alerts(): AsyncIterable<readonly string[]> {
    return gathered(this.#topics, 'alert');
  }

  async #connect(): Promise<void> {
    const client = new Client({ connectionString: this.url, application_name: 'weir listener' });
    // A lost connection ends, and its end is what is acted on.
    client.on('error', () => undefined);
    client.on('notification', ({ payload }) => this.#tell(JSON.parse(payload ?? '{}') as Notice));
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    if (this.#stopped) return client.end();
    this.#client = client;
    client.once('end', () => this.#reconnect(RETRY_MS.first));
  }

  #tell(notice: Notice): void {
    if ('campaign' in notice) {
      this.#topics.emit(`campaign ${notice.campaign}`);
      this.#topics.emit('campaigns');
    } else if ('alert' in notice) this.#topics.emit('alert', notice.alert);
    else this.#topics.emit('sync run', notice.syncRun);
  }

  #reconnect(waitMs: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#connect().then(
        () => this.#lookAgain(),
        () => this.#reconnect(Math.min(waitMs * 2, RETRY_MS.longest)),
      );
    }, waitMs);
  }

  #lookAgain(): void {
    this.logger.info('listening for changes again');
    for (const topic of this.#topics.eventNames()) this.#topics.emit(topic);
  }
}

/** Ids that are kept for somebody who is slow; of more he only knows that there are some. */
const MOST_GATHERED = 1_000;

/** What a topic has told since it was asked for last, however often: a reader who is slow costs no more than one who is quick. */
function gathered(topics: EventEmitter, topic: string): AsyncIterable<readonly string[]> {
  const ids = new Set<string>();
  let [isDue, hasEnded] = [false, false];
  let wake: () => void = () => undefined;
  const tell = (id?: string): void => {
    isDue = true;
    if (id !== undefined && ids.size < MOST_GATHERED) ids.add(id);
    wake();
  };
  topics.on(topic, tell);
  const next = async (): Promise<IteratorResult<readonly string[], undefined>> => {
    while (!isDue && !hasEnded) await new Promise<void>((resolve) => (wake = resolve));
    if (hasEnded) return { done: true, value: undefined };
    const value = [...ids];
    ids.clear();
    isDue = false;
    return { done: false, value };
  };
  const end = (): Promise<IteratorResult<readonly string[], undefined>> => {
    hasEnded = true;
    topics.off(topic, tell);
    wake();
    return Promise.resolve({ done: true, value: undefined });
  };
  return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
}
