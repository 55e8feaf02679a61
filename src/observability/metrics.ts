import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The repository as far as it is measured; the same whichever replica is asked. */
export interface RepositoryMeasure {
  readonly errors: number;
  readonly held: number;
  readonly behindSince: Date | null;
  readonly failingSince: Date | null;
  readonly openAlerts: number;
}

/** From a commit to its versions being served: a webhook takes seconds, polling a minute, a mended mistake days. */
const LIVE_SECONDS = [1, 2, 5, 10, 30, 60, 120, 300, 900, 3_600, 86_400];

/** What `/metrics` shows, in the format of Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #webhooks: Counter;
  readonly #syncs: Counter;
  readonly #live: Histogram;

  /** @param measure asks the database how the repository stands; null where there is none yet */
  constructor(measure: () => Promise<RepositoryMeasure | null>, now: () => Date) {
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
    const seconds = (since: Date | null) =>
      since === null ? 0 : (now().getTime() - since.getTime()) / 1_000;
    const gauges = [
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
    this.#gauges = gauges.map(([name, help, value]) => ({
      gauge: new Gauge({ name, help, registers }),
      value,
    }));
    this.#measure = measure;
  }

  readonly #gauges: readonly { gauge: Gauge; value: (measure: RepositoryMeasure) => number }[];
  readonly #measure: () => Promise<RepositoryMeasure | null>;

  webhook(host: string, outcome: string): void {
    this.#webhooks.inc({ host, outcome });
  }

  sync(outcome: string): void {
    this.#syncs.inc({ outcome });
  }

  live(seconds: number): void {
    this.#live.observe(Math.max(0, seconds));
  }

  async render(): Promise<{ readonly type: string; readonly text: string }> {
    const measure = await this.#measure();
    for (const { gauge, value } of this.#gauges) gauge.set(measure ? value(measure) : 0);
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}
