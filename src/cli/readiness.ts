import type { SyncProgress } from '../application/sync-repository.js';
import type { Logger } from '../observability/logger.js';

/** Shorter than the two seconds that a probe usually waits, so that it is told why. */
const DATABASE_MS = 1_500;

/** Whether requests should be sent to this process, and if not, why not; the reasons are for people. */
export class Readiness {
  /** What the start is at; null when it is over. */
  waitsFor: string | null = 'looking at the repository';
  #asked: Promise<string | null> | null = null;

  /**
   * @param signal aborted as soon as the process is asked to stop
   * @param askDatabase fails, or takes its time, where the database does not answer
   */
  constructor(
    private readonly signal: AbortSignal,
    private readonly askDatabase: () => Promise<unknown>,
  ) {}

  async why(): Promise<string | null> {
    if (this.signal.aborted) return 'stopping';
    return this.waitsFor ?? this.whyNoDatabase();
  }

  progress(logger: Logger): SyncProgress {
    return (done, total) => {
      const count = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} commits`;
      this.waitsFor = `importing history: ${count}`;
      if (done % 100 === 0) logger.info(this.waitsFor);
    };
  }

  /** One question at a time, however many probes there are: a database that hangs is not asked again and again. */
  private whyNoDatabase(): Promise<string | null> {
    this.#asked ??= this.askDatabase()
      .then(
        () => null,
        () => 'the database does not answer',
      )
      .finally(() => (this.#asked = null));
    return Promise.race([this.#asked, late()]);
  }
}

const late = (): Promise<string> =>
  new Promise((resolve) => {
    const why = `the database has not answered within ${DATABASE_MS / 1_000} s`;
    setTimeout(() => resolve(why), DATABASE_MS).unref();
  });
