import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

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

/** The queue of jobs; the same whichever replica is asked. */
export interface JobMeasure {
  /** Due, and nobody is at them. */
  readonly ready: number;
  /** Failed when they were tried last: to be tried again, or given up. */
  readonly failed: number;
  /** Since when the oldest that is due is due. */
  readonly oldest: Date | null;
}

/** Connections of this process to the database. */
export interface PoolMeasure {
  readonly used: number;
  readonly idle: number;
  /** Requests for a connection that have to wait for one. */
  readonly waiting: number;
}

/** What is asked anew each time that the metrics are. */
export interface Measures {
  /** Null where there is no repository yet. */
  readonly repository: () => Promise<RepositoryMeasure | null>;
  readonly notifications: () => Promise<NotificationMeasure>;
  readonly jobs: () => Promise<JobMeasure>;
  readonly pool: () => PoolMeasure;
}

/** From a push to its versions being served: a webhook takes seconds, a mended mistake days. */
const LIVE_SECONDS = [1, 2, 5, 10, 30, 60, 120, 300, 900, 3_600, 86_400];
/** Up to the time after which a request is answered with what is there, and beyond it for uploads. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];
const JOB_SECONDS = [0.01, 0.1, 1, 5, 30, 120, 600];
/** Prometheus waits for ten seconds; a database that hangs is to cost its own figures and no others. */
const MEASURE_MS = 3_000;

/** What `/metrics` shows, in the format of Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #now: () => Date;
  readonly #live = this.#histogram(
    'weir_push_to_live_seconds',
    'From when a push was heard of (its webhook came, or a poll began that found it) until the commit is served.',
    LIVE_SECONDS,
    ['trigger'],
  );
  readonly #syncs = this.#counter(
    'weir_sync_runs_total',
    'Syncs by jobs of this process, by how they ended.',
    ['outcome'],
  );
  readonly #webhooks = this.#counter(
    'weir_webhook_deliveries_total',
    'Deliveries of webhooks to this process, by host and what became of them.',
    ['host', 'outcome'],
  );
  readonly #requests = this.#histogram(
    'weir_http_request_duration_seconds',
    'Requests over HTTP, by route and class of status; `fault` where they ended in a fault or out of time, `aborted` where whoever asked was gone before the answer.',
    REQUEST_SECONDS,
    ['route', 'status'],
  );
  readonly #operations = this.#histogram(
    'weir_graphql_operation_duration_seconds',
    'GraphQL over HTTP from the document to the answer; by name where the document is a trusted one, else `other`.',
    REQUEST_SECONDS,
    ['operation'],
  );
  readonly #errors = this.#counter('weir_graphql_errors_total', 'Errors in answers, by code.', ['code']);
  readonly #refusals = this.#counter('weir_refusals_total', 'Refusals of mutations, by code.', ['code']);
  readonly #jobs = this.#histogram(
    'weir_job_duration_seconds',
    'Jobs of this process, by task and how they ended.',
    JOB_SECONDS,
    ['task', 'outcome'],
  );
  readonly #subscriptions = this.#gauge(
    'weir_subscriptions_open',
    'Operations that are being answered over sockets of this process.',
  );
  readonly #syncedAge = this.#gauge(
    'weir_sync_age_seconds',
    'Since a sync of this process last read the branch, or since it began; the least of all replicas counts.',
  );
  readonly #up = this.#gauge(
    'weir_database_up',
    '1 where the database answered just now; where it is 0, what it would have told is left out.',
  );
  readonly #queries = this.#counter(
    'weir_queries_total',
    'Queries of GraphQL over HTTP to this process, by what they were read from.',
    ['from'],
  );
  readonly #behind = this.#gauge(
    'weir_standby_behind_seconds',
    'For how long what this process reads from the standby may be out of date; -1 while it does not know, or has none.',
  );
  #behindSeconds: () => number | null = () => null;
  readonly #sources: readonly (() => Promise<void>)[];
  #syncedAt: Date;

  constructor({ repository, notifications, jobs, pool }: Measures, now: () => Date) {
    this.#now = now;
    this.#syncedAt = now();
    const seconds = (since: Date | null) =>
      since === null ? 0 : (now().getTime() - since.getTime()) / 1_000;
    this.#sources = [
      this.#shown(
        () => Promise.resolve(pool()),
        [
          [
            'weir_database_connections_used',
            'Connections of this process that are at work.',
            ({ used }) => used,
          ],
          ['weir_database_connections_idle', 'Connections of this process that are not.', ({ idle }) => idle],
          [
            'weir_database_connections_waiting',
            'Requests for a connection that wait for one, as all are at work.',
            ({ waiting }) => waiting,
          ],
        ],
      ),
      this.#shown(repository, [
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
      ]),
      this.#shown(notifications, [
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
      ]),
      this.#shown(jobs, [
        ['weir_jobs_ready', 'Jobs that are due and that nobody is at.', ({ ready }) => ready],
        [
          'weir_jobs_failed',
          'Jobs that failed when they were tried last: tried again later, or given up.',
          ({ failed }) => failed,
        ],
        [
          'weir_jobs_oldest_seconds',
          'Since when the oldest job that is due is due; 0 where none is.',
          ({ oldest }) => seconds(oldest),
        ],
      ]),
    ];
    collectDefaultMetrics({ register: this.#registry });
  }

  webhook(host: string, outcome: string): void {
    this.#webhooks.inc({ host, outcome });
  }

  sync(outcome: string): void {
    this.#syncs.inc({ outcome });
    if (outcome !== 'failed') this.#syncedAt = this.#now();
  }

  live(trigger: string, seconds: number): void {
    this.#live.observe({ trigger }, Math.max(0, seconds));
  }

  request(route: string, status: string, seconds: number): void {
    this.#requests.observe({ route, status }, seconds);
  }

  operation(operation: string, seconds: number): void {
    this.#operations.observe({ operation }, seconds);
  }

  error(code: string): void {
    this.#errors.inc({ code });
  }

  refusal(code: string): void {
    this.#refusals.inc({ code });
  }

  job(task: string, outcome: 'done' | 'failed', seconds: number): void {
    this.#jobs.observe({ task, outcome }, seconds);
  }

  /** @param change how many more, or fewer, are open */
  subscriptions(change: number): void {
    this.#subscriptions.inc(change);
  }

  query(from: 'primary' | 'standby'): void {
    this.#queries.inc({ from });
  }

  /** Shows for how long what the standby answers may be out of date; -1 while that is not known. */
  standby(behindSeconds: () => number | null): void {
    this.#behindSeconds = behindSeconds;
  }

  async render(): Promise<{ readonly type: string; readonly text: string }> {
    this.#syncedAge.set((this.#now().getTime() - this.#syncedAt.getTime()) / 1_000);
    this.#behind.set(this.#behindSeconds() ?? -1);
    this.#up.set(1);
    await Promise.all(this.#sources.map((refresh) => refresh()));
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  /** Name, kind, labels and meaning of each, whether it has values or not. */
  async describe(): Promise<
    readonly { name: string; type: string; help: string; labels: readonly string[] }[]
  > {
    const all = await this.#registry.getMetricsAsJSON();
    return all.map(({ name, type, help }) => {
      const { labelNames = [] } = this.#registry.getSingleMetric(name) as { labelNames?: readonly string[] };
      return { name, help, type: String(type), labels: labelNames };
    });
  }

  /** Gauges of what one question measures: 0 where there is nothing to measure, and no value where nobody answers. */
  #shown<Measure>(
    ask: () => Promise<Measure | null>,
    entries: readonly (readonly [name: string, help: string, value: (measure: Measure) => number])[],
  ): () => Promise<void> {
    const gauges = entries.map(([name, help, value]) => ({ gauge: this.#gauge(name, help), value }));
    return async () => {
      try {
        const measure = await inTime(ask());
        for (const { gauge, value } of gauges) gauge.set(measure ? value(measure) : 0);
      } catch {
        this.#up.set(0);
        for (const { gauge } of gauges) gauge.remove();
      }
    };
  }

  #gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.#registry] });
  }

  #counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string, buckets: number[], labelNames: string[]): Histogram {
    return new Histogram({ name, help, buckets, labelNames, registers: [this.#registry] });
  }
}

/** @throws Error when it has not ended in time */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not measured within ${MEASURE_MS} ms`)), MEASURE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
