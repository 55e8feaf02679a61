import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** As soon as that a database that is back is noticed. */
const PAUSE_MS = 500;

/**
 * Connections for the queue, which is to outlive its database: what graphile-worker asks is asked again until there is an answer. Left to
 * itself it ends when its timetable cannot be read at a full minute, and a job whose end cannot be noted stays taken for hours.
 * Each of its questions stands for itself and may be asked twice; whoever listens, by a callback, looks after that alone.
 */
export class JobPool extends pg.Pool {
  #isGivenUp = false;

  constructor(options: pg.PoolConfig) {
    super(options);
    // A connection that breaks fails the next question; without anybody who listens it would end the process.
    this.on('error', () => undefined);
    this.on('connect', (client) => void client.on('error', () => undefined));
    const ask = super.query.bind(this) as Ask;
    this.query = ((...asked) => this.patiently(() => ask(...asked))) as Ask as typeof this.query;
  }

  /** Asks nothing again from now on. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(heard: Heard): void;
  override connect(heard?: Heard): Promise<pg.PoolClient> | void {
    if (heard) super.connect(heard);
    else return this.patiently(() => super.connect()).then((client) => this.patient(client));
  }

  /** A connection whose questions are asked again on another one, where it breaks. */
  private patient(client: pg.PoolClient): pg.PoolClient {
    const patient = Object.create(client) as { query: Ask };
    const ask = client.query.bind(client) as Ask;
    patient.query = (...asked) =>
      ask(...asked).catch((error: unknown) => {
        if (this.#isGivenUp || !isAway(error)) throw error;
        return (this.query as Ask)(...asked);
      });
    return patient as unknown as pg.PoolClient;
  }

  private async patiently<T>(ask: () => Promise<T>): Promise<T> {
    for (;;)
      try {
        return await ask();
      } catch (error) {
        if (this.#isGivenUp || !isAway(error)) throw error;
        await delay(PAUSE_MS);
      }
  }
}

type Heard = Parameters<pg.Pool['connect']>[0];
type Ask = (...asked: readonly unknown[]) => Promise<unknown>;

/** Of the connection (SQLSTATE 08), of what there is too little of (53), of an operator (57P); or none of the database's at all. */
const isAway = (error: unknown): boolean =>
  !(error instanceof pg.DatabaseError) || /^(08|53|57P)/.test(error.code ?? '');
