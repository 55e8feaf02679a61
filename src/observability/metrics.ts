import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The repository as far as it is measured; the same whichever replica is asked. */
export interface RepositoryMeasure {
  readonly errors: number;
  readonly held: number;
  readonly behindSince: Date | null;
  readonly failingSince: Date | null;
  readonly openAlerts: number;
}

/** Notifications as far as they are measured; the same whichever replica is asked. */
export interface NotificationMeasure {
  readonly pending: number;
  readonly dead: number;
  /** When the oldest that waits was written. */
  readonly oldest: Date | null;
}

/** From a commit to its versions being served: a webhook takes seconds, polling a minute, a mended mistake days. */
const LIVE_SECONDS = [1, 2, 5, 10, 30, 60, 120, 300, 900, 3_600, 86_400];

/** What `/metrics` shows, in the format of Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #webhooks: Counter;
  readonly #syncs: Counter;
  readonly #live: Histogram;
  readonly #queries: Counter;

  /** @param measure asks the database how the repository stands; null where there is none yet */
  constructor(
    measure: () => Promise<RepositoryMeasure | null>,
    notifications: () => Promise<NotificationMeasure>,
    now: () => Date,
  ) {
    const registers = [this.#registry];
    this.#webhooks = new Counter({
      name: 'weir_webhook_deliveries_total',
      help: 'Deliveries of webhooks to this process, by host and what became of them.',
      labelNames: ['host', 'outcome'],
      registers,
    });
    this.#syncs = new Counter({
      name: 'weir_sync_runs_total',
      help: 'Syncs by this process, by how they ended.',
      labelNames: ['outcome'],
      registers,
    });
    this.#live = new Histogram({
      name: 'weir_push_to_live_seconds',
      help: 'From the time of a commit until it is taken over, for commits that came while this process ran.',
      buckets: LIVE_SECONDS,
      registers,
    });
    this.#queries = new Counter({
      name: 'weir_queries_total',
      help: 'Queries of GraphQL over HTTP to this process, by what they were read from.',
      labelNames: ['from'],
      registers,
    });
    const seconds = (since: Date | null) =>
      since === null ? 0 : (now().getTime() - since.getTime()) / 1_000;
    const repository = [
      ['weir_repository_error_files', 'Files with errors.', ({ errors }) => errors],
      ['weir_repository_held_files', 'Files of which something is held back.', ({ held }) => held],
      [
        'weir_repository_behind_seconds',
        'Since when what is served is other than what the branch says; 0 where it is not.',
        ({ behindSince }) => seconds(behindSince),
      ],
      [
        'weir_repository_failing_seconds',
        'Since when the repository cannot be read; 0 where it can.',
        ({ failingSince }) => seconds(failingSince),
      ],
      ['weir_alerts_open', 'Alerts whose cause lasts.', ({ openAlerts }) => openAlerts],
    ] as const satisfies readonly (readonly [string, string, (measure: RepositoryMeasure) => number])[];
    const told = [
      [
        'weir_notifications_pending',
        'Deliveries of notifications that are still to be made.',
        ({ pending }) => pending,
      ],
      [
        'weir_notifications_dead',
        'Deliveries of notifications that are not tried any more.',
        ({ dead }) => dead,
      ],
      [
        'weir_notifications_oldest_seconds',
        'Since when the oldest notification waits; 0 where none does.',
        ({ oldest }) => seconds(oldest),
      ],
    ] as const satisfies readonly (readonly [string, string, (measure: NotificationMeasure) => number])[];
    this.#sources = [shown(registers, repository, measure), shown(registers, told, notifications)];
  }

  readonly #sources: readonly (() => Promise<void>)[];

  webhook(host: string, outcome: string): void {
    this.#webhooks.inc({ host, outcome });
  }

  sync(outcome: string): void {
    this.#syncs.inc({ outcome });
  }

  live(seconds: number): void {
    this.#live.observe(Math.max(0, seconds));
  }

  query(from: 'primary' | 'standby'): void {
    this.#queries.inc({ from });
  }

  /** Shows for how long what the standby answers may be out of date; -1 while that is not known. */
  standby(behindSeconds: () => number | null): void {
    new Gauge({
      name: 'weir_standby_behind_seconds',
      help: 'For how long what this process reads from the standby may be out of date; -1 while it does not know.',
      registers: [this.#registry],
      collect() {
        this.set(behindSeconds() ?? -1);
      },
    });
  }

  async render(): Promise<{ readonly type: string; readonly text: string }> {
    for (const refresh of this.#sources) await refresh();
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}

/** Gauges of what one question measures; 0 where there is nothing to measure. */
function shown<Measure>(
  registers: Registry[],
  entries: readonly (readonly [name: string, help: string, value: (measure: Measure) => number])[],
  ask: () => Promise<Measure | null>,
): () => Promise<void> {
  const gauges = entries.map(([name, help, value]) => ({
    gauge: new Gauge({ name, help, registers }),
    value,
  }));
  return async () => {
    const measure = await ask();
    for (const { gauge, value } of gauges) gauge.set(measure ? value(measure) : 0);
  };
}
