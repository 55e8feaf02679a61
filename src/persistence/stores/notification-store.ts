import { later } from '../later.js';
import type { EntityManager } from 'typeorm';
import type { ClaimedNotification, NotificationStore } from '../../application/ports.js';
import { carried } from '../../observability/correlation.js';
import type { Notification } from '../../domain/notification/notification.js';

export class SqlNotificationStore implements NotificationStore {
  /** @param targets names of where every notification goes */
  constructor(
    private readonly manager: EntityManager,
    private readonly targets: readonly string[],
  ) {}

  get isWanted(): boolean {
    return this.targets.length > 0;
  }

  /** One statement. The jobs of each action have a key of their own, as all actions would wait for each other at a common one. */
  async add(notifications: readonly Notification[], now: Date): Promise<void> {
    const rows = notifications.map(({ recipient: { type, name }, ...rest }) => ({
      ...{ ...rest, recipient_type: type, recipient: name },
    }));
    await later(this.manager, 'notifications', {
      writes: {
        told_news: `INSERT INTO notification (key, kind, subject, campaign, recipient_type, recipient, roles, title, happened, asked,
                                   due, timezone, parts, created_at)
         SELECT n.*, $2 FROM jsonb_to_recordset($1) AS n (key text, kind text, subject text, campaign jsonb, recipient_type text,
           recipient text, roles text[], title text, happened text, asked text, due timestamptz, timezone text, parts jsonb)
         ON CONFLICT (key) DO NOTHING RETURNING id`,
        told_where: `INSERT INTO notification_delivery (notification_id, target, state, next_at)
         SELECT told_news.id, target, 'pending', $2 FROM told_news, unnest($3::text[]) AS target
         RETURNING notification_id, target`,
      },
      call: `(SELECT count(job) FROM (
        SELECT graphile_worker.add_job('deliver-notifications', (jsonb_build_object('target', target) || $4::jsonb)::json,
                                       job_key := format('notifications %s %s', target, min(notification_id))) AS job
          FROM told_where GROUP BY target) AS jobs)`,
      values: [JSON.stringify(rows), now, this.targets, JSON.stringify(carried())],
    });
  }

  async claim(
    target: string,
    { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
  ): Promise<ClaimedNotification[]> {
    const rows = await this.manager.query<Row[]>(
      `WITH due AS (
         SELECT notification_id FROM notification_delivery
          WHERE target = $1 AND state = 'pending' AND next_at <= $2
            AND NOT EXISTS (SELECT 1 FROM notification_target WHERE target = $1 AND rests_until > $2)
          ORDER BY notification_id LIMIT $4 FOR UPDATE SKIP LOCKED),
       taken AS (
         UPDATE notification_delivery d SET attempts = attempts + 1, next_at = $3
           FROM due WHERE d.target = $1 AND d.notification_id = due.notification_id
         RETURNING d.notification_id, d.attempts)
       SELECT ${MESSAGE_COLUMNS}, taken.attempts FROM taken JOIN notification n ON n.id = taken.notification_id ORDER BY n.id`,
      [target, now, until, limit],
    );
    return rows.map(toMessage);
  }

  async delivered(target: string, id: string, now: Date): Promise<void> {
    await this.manager.query(
      `UPDATE notification_delivery SET state = 'delivered', ended_at = $3, last_error = NULL
        WHERE target = $1 AND notification_id = $2`,
      [target, id, now],
    );
  }

  async failed(
    target: string,
    id: string,
    { error, nextAt, now }: { readonly error: string; readonly nextAt: Date | null; readonly now: Date },
  ): Promise<void> {
    // What another process has delivered meanwhile stays delivered.
    await this.manager.query(
      `UPDATE notification_delivery SET last_error = $3, next_at = coalesce($4, next_at),
         state = CASE WHEN $4::timestamptz IS NULL THEN 'dead' ELSE 'pending' END,
         ended_at = CASE WHEN $4::timestamptz IS NULL THEN $5::timestamptz END
        WHERE target = $1 AND notification_id = $2 AND state = 'pending'`,
      [target, id, error, nextAt, now],
    );
  }

  async rest(
    target: string,
    { until, others }: { readonly until: Date; readonly others: readonly string[] },
  ): Promise<void> {
    await this.manager.query(
      `INSERT INTO notification_target (target, rests_until) VALUES ($1, $2)
       ON CONFLICT (target) DO UPDATE SET rests_until = greatest(notification_target.rests_until, $2)`,
      [target, until],
    );
    await this.manager.query(
      `UPDATE notification_delivery SET attempts = attempts - 1, next_at = $3
        WHERE target = $1 AND notification_id = ANY($2) AND state = 'pending'`,
      [target, others, until],
    );
  }

  async outlook(target: string): Promise<{ nextAt: Date | null; hasTrouble: boolean }> {
    const [row] = await this.manager.query<{ nextAt: Date | null; hasTrouble: boolean }[]>(
      `SELECT (SELECT greatest(min(next_at), (SELECT rests_until FROM notification_target WHERE target = $1))
                 FROM notification_delivery WHERE target = $1 AND state = 'pending' HAVING count(*) > 0) AS "nextAt",
              EXISTS (SELECT 1 FROM notification_delivery WHERE target = $1
                        AND (state = 'dead' OR state = 'pending' AND replayed_at IS NOT NULL)) AS "hasTrouble"`,
      [target],
    );
    return row ?? { nextAt: null, hasTrouble: false };
  }

  async replay(id: string, now: Date): Promise<string[] | null> {
    const [found] = await this.manager.query<{ targets: string[] }[]>(
      `WITH again AS (
         UPDATE notification_delivery SET state = 'pending', attempts = 0, next_at = $2, replayed_at = $2, ended_at = NULL
          WHERE notification_id = $1 AND state = 'dead' RETURNING target)
       SELECT array(SELECT target FROM again ORDER BY 1) AS targets FROM notification WHERE id = $1`,
      [id, now],
    );
    return found?.targets ?? null;
  }

  async rename(former: string, target: string): Promise<boolean> {
    // Where there was a second one of the host, nobody knows any more which of them is left.
    const [renamed] = await this.manager.query<[unknown[], number]>(
      `UPDATE notification_delivery d SET target = $2
        WHERE target = $1 AND state = 'pending' AND NOT EXISTS (
          SELECT 1 FROM notification_delivery second
           WHERE second.notification_id = d.notification_id AND second.target = $1 || ' #2')
       RETURNING notification_id`,
      [former, target],
    );
    return renamed.length > 0;
  }

  async forget(before: Date): Promise<void> {
    await this.manager.query(
      `DELETE FROM notification n WHERE created_at < $1 AND NOT EXISTS (
         SELECT 1 FROM notification_delivery d
          WHERE d.notification_id = n.id AND (d.state <> 'delivered' OR d.ended_at >= $1))`,
      [before],
    );
  }

  async abandon(
    targets: readonly string[],
    { before, now, error }: { readonly before: Date; readonly now: Date; readonly error: string },
  ): Promise<string[]> {
    const rows = await this.manager.query<{ target: string }[]>(
      `WITH gone AS (
         UPDATE notification_delivery d SET state = 'dead', ended_at = $3, last_error = $4
           FROM notification n
          WHERE n.id = d.notification_id AND n.created_at < $2 AND d.state = 'pending' AND d.target <> ALL($1)
         RETURNING target)
       SELECT DISTINCT target FROM gone ORDER BY 1`,
      [targets, before, now, error],
    );
    return rows.map(({ target }) => target);
  }
}

/** Columns as the records call them. */
const MESSAGE_COLUMNS = `n.id, n.message_id AS "messageId", n.kind, n.subject, n.campaign, n.recipient_type AS "recipientType",
  n.recipient, n.roles, n.title, n.happened, n.asked, n.due, n.timezone, n.parts, n.created_at AS "createdAt"`;

type Row = Omit<ClaimedNotification, 'recipient'> & {
  readonly recipientType: 'person' | 'role' | 'everyone';
  readonly recipient: string;
};

const toMessage = ({
  recipientType: type,
  recipient: name,
  campaign,
  parts,
  ...rest
}: Row): ClaimedNotification => ({
  ...rest,
  campaign: campaign && {
    ...campaign,
    // JSON has no times.
    plannedLaunchAt: campaign.plannedLaunchAt && new Date(campaign.plannedLaunchAt),
  },
  parts: parts.map((part) => ({ ...part, due: part.due && new Date(part.due) })),
  recipient: { type, name },
});
