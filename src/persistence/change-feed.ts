import { EventEmitter, on } from 'node:events';
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
export const announce = (manager: EntityManager, notice: Notice): Promise<unknown> =>
  manager.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(notice)]);

/**
 * What has changed, whichever replica changed it. One connection listens; when it is lost, it is opened again, and
 * since notices may have been missed meanwhile, whoever follows a campaign is then told to look again.
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

  campaign(key: string): AsyncIterable<unknown> {
    return on(this.#topics, `campaign ${key}`);
  }

  /** Calls whenever any campaign may have changed. @returns what ends that */
  onCampaigns(listener: () => void): () => void {
    this.#topics.on('campaigns', listener);
    return () => this.#topics.off('campaigns', listener);
  }

  syncRuns(): AsyncIterable<readonly [id: string]> {
    return on(this.#topics, 'sync run') as AsyncIterable<[string]>;
  }

  alerts(): AsyncIterable<readonly [id: string]> {
    return on(this.#topics, 'alert') as AsyncIterable<[string]>;
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
    const isCampaign = (topic: string | symbol) => String(topic).startsWith('campaign ');
    for (const topic of this.#topics.eventNames().filter(isCampaign)) this.#topics.emit(topic);
    this.#topics.emit('campaigns');
  }
}
