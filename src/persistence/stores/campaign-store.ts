import type { PilotCampaign } from '../../domain/workflow/promotion.js';
import { pilotCampaigns } from '../reads/pilots.js';
import { type EntityManager, In, IsNull } from 'typeorm';
import type {
  CampaignStore,
  LoadedCampaign,
  NewCampaign,
  PastCampaignRecord,
  StoredVersion,
  UndoPoint,
} from '../../application/ports.js';
import type { FlaggedAsset } from '../../domain/alignment/asset.js';
import type { Actor } from '../../domain/campaign/actor.js';
import type { Brief, CampaignStatus, Change } from '../../domain/campaign/state.js';
import {
  CampaignRow,
  ChannelRow,
  DelegationRow,
  DeviationRow,
  MigrationRow,
  StepRow,
} from '../rows/campaign-rows.js';
import { announce } from '../change-feed.js';
import { later } from '../later.js';
import { readParts } from '../rows/campaign-parts.js';

export class SqlCampaignStore implements CampaignStore {
  constructor(private readonly manager: EntityManager) {}

  async add({ channels, ...campaign }: NewCampaign, actor: Actor): Promise<string | null> {
    const inserted: { raw: unknown } = await this.manager
      .createQueryBuilder()
      .insert()
      .into(CampaignRow)
      .values({
        ...campaign,
        budget: String(campaign.budget),
        labels: [...campaign.labels],
        flags: [...campaign.flags],
        brief: { ...campaign.brief } as never,
        briefVersion: 1,
        formerLaunches: [],
        status: 'running',
        launchedAt: null,
        endedAt: null,
      })
      .orIgnore()
      .returning('id')
      .execute();
    const id = (inserted.raw as { id: string }[])[0]?.id;
    if (id === undefined) return null;
    await this.manager.query(
      `INSERT INTO brief_version (campaign_id, number, brief, actor, created_at) SELECT id, 1, brief, $2, created_at
         FROM campaign WHERE id = $1`,
      [id, actor.name],
    );
    const rows = channels.map((channel) => ({
      campaignId: id,
      ...channel,
      status: 'planned',
      launchedAt: null,
    }));
    if (rows.length > 0) await this.manager.insert(ChannelRow, rows);
    await announce(this.manager, { campaign: campaign.key });
    return id;
  }

  async addPast({ steps, ...campaign }: PastCampaignRecord): Promise<string | null> {
    const inserted: { raw: unknown } = await this.manager
      .createQueryBuilder()
      .insert()
      .into(CampaignRow)
      .values({
        ...campaign,
        ...{ policyVersionId: null, taxonomyVersionId: null, plannedLaunchAt: null },
        ...{
          labels: [...campaign.labels],
          flags: [],
          brief: {} as never,
          briefVersion: 0,
          formerLaunches: [],
          budget: '0',
        },
        ...{ status: 'ended', risk: 'medium' },
      })
      .orIgnore()
      .returning('id')
      .execute();
    const id = (inserted.raw as { id: string }[])[0]?.id;
    if (id === undefined) return null;
    await this.manager.insert(
      StepRow,
      steps.map((step) => ({ campaignId: id, ...step, status: 'done' })),
    );
    await announce(this.manager, { campaign: campaign.key });
    return id;
  }

  async lock(key: string): Promise<LoadedCampaign | null> {
    const row = await this.manager.findOne(CampaignRow, {
      where: { key },
      // Rows that refer to it, such as batches of signals of many campaigns, are written meanwhile.
      lock: { mode: 'for_no_key_update' },
    });
    if (!row) return null;
    const ids = [row.versionId, row.policyVersionId ?? [], row.taxonomyVersionId ?? []].flat();
    const { versions, ...parts } = await readParts(this.manager, row.id, ids);
    const of = <K extends 'Workflow' | 'Policy' | 'Taxonomy'>(kind: K) =>
      (versions.find((each) => each.kind === kind) as StoredVersion<K> | undefined) ?? null;
    const version = of('Workflow');
    if (!version) throw new Error(`version ${row.versionId} is referred to but missing`);
    return {
      ...{ ...row, ...parts, version, policy: of('Policy'), taxonomy: of('Taxonomy') },
      budget: Number(row.budget),
      status: row.status as CampaignStatus,
    };
  }

  async apply(campaign: LoadedCampaign, changes: readonly Change[], actor: Actor, now: Date): Promise<void> {
    await this.invalidate(campaign, changes, actor, now);
    await this.reopen(campaign, changes, actor, now);
    for (const change of changes) await this.applyOne(campaign, change, actor, now);
    await this.announce(campaign);
  }

  async announce({ key }: LoadedCampaign): Promise<void> {
    await announce(this.manager, { campaign: key });
  }

  private async applyOne(
    { id: campaignId, version: { id: versionId }, launchedAt }: LoadedCampaign,
    change: Change,
    actor: Actor,
    now: Date,
  ) {
    switch (change.type) {
      case 'step':
        await this.saveStep(campaignId, change, actor, now);
        return;
      case 'gate': {
        const { key, status, results } = change;
        await later(this.manager, `gate ${campaignId} ${key}`, {
          writes: {
            evaluated: `INSERT INTO campaign_gate (campaign_id, key, status, results, evaluated_at) VALUES ($1, $2, $3, $4, $5)
                        ON CONFLICT (campaign_id, key) DO UPDATE SET status = $3, results = $4, evaluated_at = $5`,
          },
          values: [campaignId, key, status, JSON.stringify(results), now],
        });
        return;
      }
      case 'handoff':
        await later(this.manager, `handoff ${campaignId} ${change.key}`, {
          writes: {
            accepted: `INSERT INTO campaign_handoff (campaign_id, key, accepted_at, accepted_by, content_hash)
                       VALUES ($1, $2, $3, $4, $5)
                       ON CONFLICT (campaign_id, key) DO UPDATE SET accepted_at = $3, accepted_by = $4, content_hash = $5`,
          },
          values: [campaignId, change.key, now, actor.name, change.contentHash ?? null],
        });
        return;
      case 'approval': {
        const { step, decision, role, comment, forRole = role, round = 0, contentHash = null } = change;
        const { signature = null } = change;
        await later(this.manager, null, {
          writes: {
            decided: `INSERT INTO campaign_approval (campaign_id, version_id, step, decision, role, for_role, round, comment, content_hash,
                                                     actor, decided_at, signature)
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
          },
          values: [
            ...[campaignId, versionId, step, decision, role, forRole, round, comment, contentHash],
            ...[actor.name, now, signature && JSON.stringify(signature)],
          ],
        });
        return;
      }
      case 'invalidation':
        // All of them at once, before anything that is approved with them.
        return;
      case 'return':
        await this.manager.query(
          'INSERT INTO campaign_return (campaign_id, handoff, reason, actor, returned_at) VALUES ($1, $2, $3, $4, $5)',
          [campaignId, change.handoff, change.reason, actor.name, now],
        );
        return;
      case 'offer':
        await this.manager.query(
          `UPDATE campaign_return SET offered_at = $3, offered_by = $4
            WHERE campaign_id = $1 AND handoff = $2 AND offered_at IS NULL`,
          [campaignId, change.handoff, now, actor.name],
        );
        return;
      case 'assessment':
        await this.manager.update(CampaignRow, campaignId, { risk: change.risk, flags: [...change.flags] });
        return;
      case 'delegation': {
        const { role, step, toRole, toPerson, reason, until } = change;
        await this.endDelegations(campaignId, role, step, now);
        await this.manager.insert(DelegationRow, {
          ...{ campaignId, role, step, toRole, toPerson, reason, until },
          ...{ by: actor.name, at: now, endedAt: null },
        });
        return;
      }
      case 'delegation-end':
        await this.endDelegations(campaignId, change.role, change.step, now);
        return;
      case 'deviation': {
        const { kind, key, rationale, told } = change;
        const decided = { rationale, told: [...told], actor: actor.name, decidedAt: now };
        await this.manager.insert(DeviationRow, { campaignId, versionId, kind, key, ...decided });
        if (kind === 'rule')
          await this.manager.query('UPDATE campaign SET waived = array_append(waived, $2) WHERE id = $1', [
            campaignId,
            key,
          ]);
        return;
      }
      case 'channel': {
        const { channel, status } = change;
        await this.manager.update(
          ChannelRow,
          { campaignId, channel },
          { status, ...(status === 'live' ? { launchedAt: now } : {}) },
        );
        if (status === 'live' && launchedAt === null)
          await this.manager.update(CampaignRow, campaignId, { launchedAt: now });
        return;
      }
      case 'pause': {
        const { channel, reason, by } = change;
        const paused = { status: 'paused', pausedBy: by, pausedReason: reason, pausedAt: now };
        await this.manager.update(ChannelRow, { campaignId, channel }, paused);
        return;
      }
      case 'resume':
        await this.manager.query(
          `UPDATE campaign_channel SET status = CASE WHEN launched_at IS NULL THEN 'planned' ELSE 'live' END,
             paused_by = NULL, paused_reason = NULL, paused_at = NULL WHERE campaign_id = $1 AND channel = $2`,
          [campaignId, change.channel],
        );
        return;
      case 'budget': {
        const { channel, budget } = change;
        await this.manager.update(ChannelRow, { campaignId, channel }, { budget });
        return;
      }
      case 'creative': {
        const { channel, asset } = change;
        await this.manager.update(ChannelRow, { campaignId, channel }, { creative: asset });
        return;
      }
      case 'task':
        await this.manager.query(
          `INSERT INTO campaign_task (campaign_id, key, name, responsible, trigger, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
          [campaignId, change.key, change.name, change.responsible, change.trigger, now],
        );
        return;
      case 'task-done':
        await this.manager.query(
          `UPDATE campaign_task SET done_at = $3, done_by = $4 WHERE campaign_id = $1 AND key = $2 AND done_at IS NULL`,
          [campaignId, change.key, now, actor.name],
        );
        return;
      case 'brief':
        await this.saveBrief(campaignId, change.brief, actor, now);
        return;
      case 'plan':
        await this.plan(campaignId, change);
        return;
      case 'asset':
        await this.saveAsset(campaignId, change.asset, actor, now);
        return;
      case 'pins':
        await this.move(campaignId, change, now);
        return;
      case 'campaign':
        await this.manager.update(CampaignRow, campaignId, {
          ...{ status: change.status, endedAt: now, cancelledBecause: change.reason },
        });
    }
  }

  private async invalidate(
    { id }: LoadedCampaign,
    changes: readonly Change[],
    actor: Actor,
    now: Date,
  ): Promise<void> {
    const steps = changes.flatMap((change) =>
      change.type === 'invalidation' && change.kind === 'step'
        ? [{ step: change.key, because: change.because }]
        : [],
    );
    if (steps.length === 0) return;
    await later(this.manager, null, {
      writes: {
        voided: `UPDATE campaign_approval a SET invalidated_at = $2, invalidated_by = $3, invalidated_because = v.because
                   FROM jsonb_to_recordset($4) AS v (step text, because text)
                  WHERE a.campaign_id = $1 AND a.step = v.step AND a.decision = 'approved' AND a.invalidated_at IS NULL`,
      },
      values: [id, now, actor.name, JSON.stringify(steps)],
    });
  }

  private async reopen(
    { id }: LoadedCampaign,
    changes: readonly Change[],
    actor: Actor,
    now: Date,
  ): Promise<void> {
    const handoffs = changes.flatMap((change) =>
      change.type === 'invalidation' && change.kind === 'handoff'
        ? [{ key: change.key, because: change.because }]
        : [],
    );
    if (handoffs.length === 0) return;
    await later(this.manager, null, {
      writes: {
        gone: `DELETE FROM campaign_handoff h USING jsonb_to_recordset($4) AS v (key text, because text)
                WHERE h.campaign_id = $1 AND h.key = v.key
            RETURNING h.key, v.because, h.accepted_at, h.accepted_by, h.content_hash`,
        logged: `INSERT INTO campaign_reopening (campaign_id, handoff, because, actor, reopened_at, accepted_at, accepted_by, content_hash)
                 SELECT $1::bigint, key, because, $3::text, $2::timestamptz, accepted_at, accepted_by, content_hash FROM gone`,
      },
      values: [id, now, actor.name, JSON.stringify(handoffs)],
    });
  }

  private async plan(
    campaignId: string,
    { launchAt, former, channels }: Change & { type: 'plan' },
  ): Promise<void> {
    await this.manager.query(
      `WITH moved AS (UPDATE campaign SET planned_launch_at = $2, former_launches = former_launches || $3::jsonb WHERE id = $1)
       UPDATE campaign_channel c SET planned_at = n."plannedAt"
         FROM jsonb_to_recordset($4) AS n (channel text, "plannedAt" timestamptz)
        WHERE c.campaign_id = $1 AND c.channel = n.channel`,
      [campaignId, launchAt, JSON.stringify(former === null ? [] : [former]), JSON.stringify(channels)],
    );
  }

  /** Whoever sets a field to something else is one of its authors. */
  private async saveBrief(campaignId: string, brief: Brief, actor: Actor, now: Date): Promise<void> {
    await this.manager.query(
      `WITH changed AS (
         UPDATE campaign SET brief = $2, brief_version = brief_version + 1, brief_authors = (
             SELECT coalesce(jsonb_object_agg(field, CASE WHEN brief->field = value THEN brief_authors->field
               ELSE (coalesce(brief_authors->field, '[]') - $3::text) || jsonb_build_array($3::text) END)
               FILTER (WHERE brief->field IS DISTINCT FROM value OR brief_authors ? field), '{}')
               FROM jsonb_each($2) AS given (field, value))
          WHERE id = $1 RETURNING id, brief_version, brief)
       INSERT INTO brief_version (campaign_id, number, brief, actor, created_at)
       SELECT id, brief_version, brief, $3, $4 FROM changed`,
      [campaignId, JSON.stringify(brief), actor.name, now],
    );
  }

  /** A new revision is one of which readers see something else. */
  private async saveAsset(campaignId: string, asset: FlaggedAsset, actor: Actor, now: Date): Promise<void> {
    const { key, channel, text, offer, segments, links, theme, plannedAt, derivedFrom, flags } = asset;
    await this.manager.query(
      `INSERT INTO campaign_asset AS known (campaign_id, key, channel, text, offer, segments, links, theme, planned_at, derived_from,
                                            derived_revision, revision, updated_at, flags, written_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
               (SELECT revision FROM campaign_asset WHERE campaign_id = $1 AND key = $10), 1, $11, $12, ARRAY[$13::text])
       ON CONFLICT (campaign_id, key) DO UPDATE
         SET channel = $3, text = $4, offer = $5, segments = $6, links = $7, theme = $8, planned_at = $9, derived_from = $10,
             derived_revision = excluded.derived_revision, updated_at = $11, flags = $12,
             written_by = array_remove(known.written_by, $13) || $13,
             revision = known.revision + ((known.text, known.offer, known.segments, known.links)
               IS DISTINCT FROM (excluded.text, excluded.offer, excluded.segments, excluded.links))::int`,
      [
        ...[campaignId, key, channel, text, offer, segments, links, theme, plannedAt, derivedFrom, now],
        ...[flags, actor.name],
      ],
    );
  }

  /** Records go by their new keys, what was done and by whom stays; nothing is deleted but what a move had added. */
  private async move(campaignId: string, change: Change & { type: 'pins' }, now: Date): Promise<void> {
    const { pins, renamed, channels, undoes } = change;
    if (undoes === null) {
      const { versionId, policyVersionId, taxonomyVersionId } = await this.manager.findOneByOrFail(
        CampaignRow,
        {
          id: campaignId,
        },
      );
      const from = { versionId, policyVersionId, taxonomyVersionId };
      await this.manager.insert(MigrationRow, {
        campaignId,
        from,
        renamed,
        channels,
        movedAt: now,
        undoneAt: null,
      });
      const rows = channels.map((channel) => ({
        ...{ campaignId, channel, status: 'planned', plannedAt: null, launchedAt: null },
      }));
      if (rows.length > 0) await this.manager.insert(ChannelRow, rows);
    } else {
      await this.manager.update(MigrationRow, undoes, { undoneAt: now });
      if (channels.length > 0)
        await this.manager.delete(ChannelRow, { campaignId, channel: In([...channels]) });
    }
    // What was gone past was a rule of the version before.
    await this.manager.update(CampaignRow, campaignId, { ...pins, waived: [] });
    for (const [table, column, kind] of NAMED) {
      const names = renamed.filter((each) => each.kind === kind);
      if (names.length === 0) continue;
      await this.manager.query(
        `UPDATE ${table} SET ${column} = n."to" FROM jsonb_to_recordset($2) AS n ("from" text, "to" text)
          WHERE campaign_id = $1 AND ${column} = n."from"`,
        [campaignId, JSON.stringify(names)],
      );
    }
  }

  private async endDelegations(
    campaignId: string,
    role: string,
    step: string | null,
    now: Date,
  ): Promise<void> {
    await this.manager.update(
      DelegationRow,
      { campaignId, role, step: step ?? IsNull(), endedAt: IsNull() },
      { endedAt: now },
    );
  }

  async undoPoint(campaignId: string): Promise<UndoPoint | null> {
    return this.manager.findOne(MigrationRow, {
      where: { campaignId, undoneAt: IsNull() },
      order: { id: 'DESC' },
    });
  }

  /** The first start is kept through rework, so that a lead time counts what rework cost. */
  private async saveStep(
    campaignId: string,
    { key, state: { status, round } }: Change & { type: 'step' },
    actor: Actor,
    now: Date,
  ): Promise<void> {
    const isFinished = status === 'done' || status === 'skipped';
    await later(this.manager, `step ${campaignId} ${key}`, {
      writes: {
        moved: `INSERT INTO campaign_step (campaign_id, key, status, round, started_at, finished_at, finished_by)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (campaign_id, key) DO UPDATE
                  SET status = $3, round = $4, started_at = coalesce(campaign_step.started_at, $5), finished_at = $6, finished_by = $7`,
      },
      values: [
        ...[campaignId, key, status, round, status === 'pending' ? null : now],
        ...(isFinished ? [now, actor.name] : [null, null]),
      ],
    });
  }

  async countRunning(workflows: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows: { key: string; running: number }[] = await this.manager.query(
      `SELECT d.key, count(c.id)::int AS running
         FROM definition d
         JOIN definition_version v ON v.definition_id = d.id
         JOIN campaign c ON c.version_id = v.id AND c.status = 'running'
        WHERE d.kind = 'Workflow' AND d.key = ANY($1)
        GROUP BY d.key`,
      [workflows],
    );
    return new Map(rows.map(({ key, running }) => [key, running]));
  }

  pilots(workflows: readonly string[]): Promise<PilotCampaign[]> {
    return pilotCampaigns(this.manager, workflows);
  }
}

/** Where keys of a workflow's parts stand in the records of a campaign. */
const NAMED = [
  ['campaign_step', 'key', 'step'],
  ['campaign_approval', 'step', 'step'],
  ['campaign_gate', 'key', 'gate'],
  ['campaign_handoff', 'key', 'handoff'],
  ['campaign_return', 'handoff', 'handoff'],
  ['campaign_reopening', 'handoff', 'handoff'],
  ['campaign_delegation', 'step', 'step'],
  ['campaign_request', 'step', 'step'],
  ['campaign_request', 'handoff', 'handoff'],
] as const;
