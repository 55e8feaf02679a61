import pg from 'pg';

/**
 * Connections for the queue, which is to outlive its database. graphile-worker tries again after the errors it knows to pass; that the
 * database went away, or has no more connections, is said to it as one of them (SQLSTATE 57P03, cannot_connect_now). What it tries again
 * is only how a job that was done is noted.
 */
export class JobPool extends pg.Pool {
  constructor(options: pg.PoolConfig) {
    super(options);
    this.on('connect', explain);
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(heard: Heard): void;
  override connect(heard?: Heard): Promise<pg.PoolClient> | void {
    return heard ? super.connect(heard) : super.connect().catch(sayAway);
  }
}

type Heard = Parameters<pg.Pool['connect']>[0];

function explain(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
  const explained = (...asked: unknown[]) => {
    const answer = query(...asked);
    return answer instanceof Promise ? answer.catch(sayAway) : answer;
  };
  client.query = explained as typeof client.query;
}

/** Of the connection (08), of what there is too little of (53), of an operator (57P); or none of the database's at all. */
function sayAway(error: Error & { code?: string }): never {
  const isOfDatabase = error instanceof pg.DatabaseError;
  if (!isOfDatabase || /^(08|53|57P)/.test(error.code ?? ''))
    throw Object.assign(error, { code: '57P03' });
  throw error;
}
