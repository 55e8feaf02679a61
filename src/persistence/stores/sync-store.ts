import { later } from '../later.js';
import type { AuditAction } from '../../domain/campaign/audit.js';
import type { EntityManager } from 'typeorm';
import type {
  AuditRecord,
  AuditStore,
  RequestRecord,
  RepositoryState,
  SyncRun,
  SyncStore,
} from '../../application/ports.js';
import type { Edit } from '../../domain/campaign/approvals/edits.js';
import type { Brief, Change } from '../../domain/campaign/state.js';
import { comparePlaces, distinctProblems, type Problem } from '../../domain/problem.js';
import { announce } from '../change-feed.js';
import type { ReadSource } from '../read-source.js';
import { RepositoryRow, SyncRunRow } from '../rows/definition-rows.js';

/**
 * Problems of all files: of as many as are asked for the worst, in the order in which people read them. As each of the files has
 * at least one of its worst severity, they are in as many of the files.
 */
export async function worstProblems(source: ReadSource, limit: number): Promise<Problem[]> {
  const rows: { problem: Problem }[] = await source.query(
    `SELECT problem
       FROM (SELECT path, problems FROM definition_file WHERE worst IS NOT NULL ORDER BY worst, path LIMIT $1) file,
         jsonb_array_elements(problems) problem
      ORDER BY array_position(ARRAY['error', 'warning', 'info'], problem->>'severity'), path LIMIT $1`,
    [limit],
  );
  return distinctProblems(rows.map(({ problem }) => problem)).sort(comparePlaces);
}

export class SqlSyncStore implements SyncStore {
  constructor(private readonly manager: EntityManager) {}

  async state(): Promise<RepositoryState | null> {
    return this.manager.findOneBy(RepositoryRow, { id: 1 });
  }

  async save(state: RepositoryState): Promise<void> {
    await this.manager.upsert(RepositoryRow, { id: 1, ...state }, ['id']);
  }

  problems(limit: number): Promise<Problem[]> {
    return worstProblems(this.manager, limit);
  }

  async firstRunAt(): Promise<Date | null> {
    const [row] = await this.manager.query<{ at: Date | null }[]>(
      'SELECT min(started_at) AS at FROM sync_run',
    );
    return row?.at ?? null;
  }

  async addRun(run: SyncRun): Promise<string> {
    const result = await this.manager.insert(SyncRunRow, run);
    const id = String(result.identifiers[0]?.['id'] ?? '');
    await announce(this.manager, { syncRun: id });
    return id;
  }
}

export class SqlAuditStore implements AuditStore {
  constructor(private readonly manager: EntityManager) {}

  async add({ request = null, ...record }: AuditRecord): Promise<void> {
    const { happenedAt, actor, roles, origin, action, subject, campaignId, versionId, commitSha } = record;
    const { before, after } = record;
    await later(this.manager, null, {
      writes: {
        audited: `INSERT INTO audit_record (happened_at, actor, roles, action, subject, campaign_id, version_id, commit_sha, before, after,
                                            request_key, request_hash, origin)
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
        unsealed: 'INSERT INTO audit_unsealed (record_id) SELECT id FROM audited',
      },
      values: [
        ...[happenedAt, actor, roles, action, subject, campaignId, versionId, commitSha],
        ...[before && JSON.stringify(before), after && JSON.stringify(after)],
        ...[request?.key ?? null, request?.hash ?? null, origin && JSON.stringify(origin)],
      ],
    });
  }

  async ofRequest(actor: string, key: string): Promise<RequestRecord | null> {
    const [found = null] = await this.manager.query<RequestRecord[]>(
      `SELECT c.key AS campaign, a.request_hash AS hash, coalesce(a.after->'changes', '[]') AS changes
         FROM audit_record a JOIN campaign c ON c.id = a.campaign_id WHERE a.request_key = $2 AND a.actor = $1`,
      [actor, key],
    );
    return found;
  }

  async edits(campaignId: string, most: number): Promise<Edit[]> {
    const rows = await this.manager.query<{ at: Date; actor: string; after: Edited }[]>(
      `SELECT happened_at AS at, actor, after FROM audit_record
        WHERE campaign_id = $1 AND action IN ('campaign.create', 'brief.update', 'launch.plan', 'asset.add') ORDER BY id DESC LIMIT $2`,
      [campaignId, most],
    );
    return rows.reverse().map(({ at, actor, after: { brief, changes = [] } }) => ({
      ...{ at, actor },
      brief: brief ?? changes.find((change) => change.type === 'brief')?.brief ?? null,
      asset: changes.find((change) => change.type === 'asset')?.asset ?? null,
    }));
  }

  sinceMove(campaignId: string): Promise<{ action: AuditAction; subject: string }[]> {
    return this.manager.query(
      `SELECT action, subject FROM audit_record WHERE campaign_id = $1 AND id > (
         SELECT max(id) FROM audit_record WHERE campaign_id = $1 AND action = 'campaign.migrate') AND action <> ALL($2)
        ORDER BY id`,
      [campaignId, BY_THE_WAY],
    );
  }
}

/** What an audit record has of a brief and an asset. */
interface Edited {
  readonly brief?: Brief;
  readonly changes?: readonly Change[];
}

/** What changes nothing of how a campaign stands. */
const BY_THE_WAY: readonly AuditAction[] = [
  'brief.pull',
  'signal.record',
  'trigger.suppress',
  'approval.route',
  'channel.permit',
  'incident.record',
];
