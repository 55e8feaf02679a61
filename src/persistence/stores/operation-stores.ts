import { carried } from '../../observability/correlation.js';
import type { EntityManager } from 'typeorm';
import type {
  AlertStore,
  DeliveryStore,
  JobStore,
  PinStore,
  StoredAlert,
  StoredVersion,
  WorkflowPin,
} from '../../application/ports.js';
import { type Alert, OVER_WHEN_NOTICED } from '../../domain/alert.js';
import { announce } from '../change-feed.js';
import { VersionRow } from '../rows/definition-rows.js';
import { AlertRow, PinRow } from '../rows/operation-rows.js';
import { later } from '../later.js';
import { toVersion } from './definition-store.js';

export class SqlAlertStore implements AlertStore {
  constructor(private readonly manager: EntityManager) {}

  async raise({ kind, subject, message, campaign = null, roles = [] }: Alert, now: Date): Promise<boolean> {
    const rows: { id: string; is_new: boolean }[] = await this.manager.query(
      `INSERT INTO alert (kind, subject, message, raised_at, campaign, roles) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (kind, subject) WHERE resolved_at IS NULL
         DO UPDATE SET message = excluded.message WHERE alert.message <> excluded.message
       RETURNING id, xmax = 0 AS is_new`,
      [kind, subject, message, now, campaign, roles],
    );
    const [raised] = rows.filter(({ is_new: isNew }) => isNew);
    if (raised) await announce(this.manager, { alert: raised.id });
    return raised !== undefined;
  }

  async resolve(kind: Alert['kind'], subject: string, now: Date): Promise<void> {
    await this.manager.query(
      'UPDATE alert SET resolved_at = $3 WHERE kind = $1 AND subject = $2 AND resolved_at IS NULL',
      [kind, subject, now],
    );
  }

  async resolveOthers(kind: Alert['kind'], subjects: readonly string[], now: Date): Promise<void> {
    await this.manager.query(
      'UPDATE alert SET resolved_at = $3 WHERE kind = $1 AND subject <> ALL($2) AND resolved_at IS NULL',
      [kind, subjects, now],
    );
  }

  async resolveOf(campaign: string, kinds: readonly Alert['kind'][], now: Date): Promise<void> {
    await this.manager.query(
      'UPDATE alert SET resolved_at = $3 WHERE campaign = $1 AND kind = ANY($2) AND resolved_at IS NULL',
      [campaign, kinds, now],
    );
  }

  async endOthers(location: string, resolution: string, now: Date): Promise<void> {
    await this.manager.query(
      `UPDATE alert SET resolved_at = $3, resolution = $2 WHERE resolved_at IS NULL
         AND (kind = 'history-rewritten' OR kind IN ('repository-unreadable', 'served-behind') AND subject <> $1)`,
      [location, resolution, now],
    );
  }

  async acknowledge(id: string, by: string, note: string | null, now: Date): Promise<StoredAlert | null> {
    await this.manager.query(
      `UPDATE alert SET acknowledged_at = $3, acknowledged_by = $2, note = $4,
         resolved_at = CASE WHEN kind = ANY($5) THEN coalesce(resolved_at, $3) ELSE resolved_at END
        WHERE id = $1 AND acknowledged_at IS NULL`,
      [id, by, now, note, OVER_WHEN_NOTICED],
    );
    return this.manager.findOneBy(AlertRow, { id });
  }
}

export class SqlPinStore implements PinStore {
  constructor(private readonly manager: EntityManager) {}

  async set(pin: WorkflowPin): Promise<void> {
    await this.manager.upsert(PinRow, { ...pin }, ['definitionId']);
  }

  async remove(definitionId: string): Promise<void> {
    await this.manager.delete(PinRow, { definitionId });
  }

  async version(workflow: string): Promise<StoredVersion<'Workflow'> | null> {
    const row = await this.manager
      .createQueryBuilder(VersionRow, 'version')
      .innerJoin(PinRow, 'pin', 'pin.version_id = version.id')
      .innerJoin('definition', 'definition', 'definition.id = pin.definition_id')
      .where('definition.key = :workflow', { workflow })
      .getOne();
    return row ? toVersion('Workflow', workflow, row) : null;
  }
}

export class SqlDeliveryStore implements DeliveryStore {
  constructor(private readonly manager: EntityManager) {}

  async add(host: string, delivery: string, event: string, now: Date): Promise<boolean> {
    const rows: unknown[] = await this.manager.query(
      `INSERT INTO webhook_delivery (host, delivery, event, received_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [host, delivery, event, now],
    );
    return rows.length > 0;
  }

  async forget(before: Date): Promise<void> {
    await this.manager.query('DELETE FROM webhook_delivery WHERE received_at < $1', [before]);
  }
}

/** Far longer than any job takes but a first sync of a large repository, which waits for itself at a lock of its own. */
const ABANDONED = '15 minutes';

/** Jobs are rows of graphile-worker's own schema: asked for in the transaction that needs them, or not at all. */
export class SqlJobStore implements JobStore {
  constructor(private readonly manager: EntityManager) {}

  async ask(task: string, payload: object, { key, at }: { key: string; at?: Date }): Promise<void> {
    // What is asked for at once takes the place of what waits; what is asked for later leaves it as it is.
    await later(this.manager, null, {
      writes: {},
      call: `graphile_worker.add_job($1, $2::json, job_key := $3, run_at := coalesce($4, now()), job_key_mode := $5)`,
      values: [
        task,
        JSON.stringify({ ...payload, ...carried() }),
        key,
        at ?? null,
        at ? 'preserve_run_at' : 'replace',
      ],
    });
  }

  async handBack(workers: readonly string[]): Promise<number> {
    return this.free('locked_by = ANY($1)', workers);
  }

  async freeAbandoned(): Promise<number> {
    return this.free(`locked_at < now() - $1::interval`, ABANDONED);
  }

  async addUpChanges(): Promise<void> {
    await this.manager.query(
      `WITH ended AS (
         DELETE FROM change_count WHERE xid <> 0 AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint RETURNING topic, value)
       INSERT INTO change_count AS known SELECT topic, 0, sum(value) FROM ended GROUP BY topic ORDER BY topic
         ON CONFLICT (topic, xid) DO UPDATE SET value = known.value + excluded.value`,
    );
  }

  /** graphile-worker itself frees what was held for four hours. */
  private async free(condition: string, value: unknown): Promise<number> {
    const held = await this.manager.query<{ holder: string }[]>(
      `SELECT locked_by AS holder FROM graphile_worker.jobs WHERE locked_by IS NOT NULL AND ${condition}`,
      [value],
    );
    const holders = [...new Set(held.map(({ holder }) => holder))];
    if (held.length > 0)
      await this.manager.query('SELECT graphile_worker.force_unlock_workers($1)', [holders]);
    return held.length;
  }
}
