import type { ReadSource } from '../read-source.js';
import { HAS_OPEN_ACTIONS, surveys } from './retrospectives.js';
import { endedIncidents, lateFixes, reportedIncidents, suppressions } from './incidents.js';
import { groupsBy } from '../../domain/groups.js';
import type { MeaningChange } from '../../domain/workflow/diff/change.js';
import type { PilotCampaign } from '../../domain/workflow/promotion.js';
import { pilotCampaigns } from './pilots.js';
import type { EntityTarget, FindOptionsOrder, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { In } from 'typeorm';
import type { ExportedRecord, StoredCheckpoint } from '../../application/audit-ports.js';
import type {
  CampaignTask,
  RepositoryState,
  StoredAlert,
  StoredVersion,
  VersionRef,
  WorkflowPin,
} from '../../application/ports.js';
import type {
  AlertFilter,
  NotificationDelivery,
  NotificationFilter,
  NotificationRecord,
  HeldRecord,
  AuditFilter,
  ByTime,
  DecisionFilter,
  DecisionRecord,
  SignalHour,
  CampaignFilter,
  ChangeCounts,
  CampaignOrder,
  CampaignStats,
  ChangeFilter,
  ChangeRecord,
  CommitRecord,
  SignatureRecord,
  LeadTimeRecord,
  IncidentRecord,
  PastPin,
  SuppressionRecord,
  ReviewedWorkflow,
  VersionUse,
  MetricLine,
  MetricValue,
  Order,
  Page,
  PageRequest,
  EndedIncidents,
  Reads,
  RetrospectiveFilter,
  RetrospectiveRecord,
  SurveyResult,
  SeriesRequest,
  StoredAuditRecord,
  SyncRunFilter,
  SyncRunRecord,
  VersionFilter,
  WorkflowFilter,
  WorkflowOrder,
  WorkflowRecord,
} from '../../application/reads.js';
import type {
  DelegationRecord,
  RequestRecord,
  DeviationRecord,
  AssetRecord,
  AudienceRecord,
  BriefPullRecord,
  BriefVersionRecord,
  CampaignParts,
  CampaignRecord,
  CampaignSnapshot,
  ChannelRecord,
  EndedSnapshot,
  MetricRecord,
  StepEvent,
  StepRecord,
  TurnRecord,
} from '../../application/records.js';
import type { CampaignGroupField } from '../../domain/campaign/statistics.js';
import type { Reading } from '../../domain/triggers/reading.js';
import {
  DelegationRow,
  RequestRow,
  DeviationRow,
  ChannelRow,
  RetrospectiveRow,
  StepRow,
} from '../rows/campaign-rows.js';
import type { AuditAction } from '../../domain/campaign/audit.js';
import { ASSET_COLUMNS, AUDIENCE_COLUMNS } from '../rows/metric-columns.js';
import type { TypeUse } from '../../domain/learning/library.js';
import { servedLibraries, typeUse } from './library.js';
import type { Library, Policy, Team } from '../../domain/workflow/document.js';
import type { KeptReview, Landed } from '../../domain/learning/decisions.js';
import type { Serving } from '../../domain/learning/servings.js';
import {
  completedReviews,
  leadTimes,
  pinsAt,
  landedProposals,
  reviewedWorkflows,
  servings,
  reviewSnapshot,
  versionUse,
} from './review.js';
import { RepositoryRow } from '../rows/definition-rows.js';
import { PinRow } from '../rows/operation-rows.js';
import type { NotificationMeasure, RepositoryMeasure } from '../../observability/metrics.js';
import type { Problem } from '../../domain/problem.js';
import { TEAMS } from '../stores/definition-store.js';
import { TASK_COLUMNS } from '../stores/trigger-store.js';
import { worstProblems } from '../stores/sync-store.js';
import { WHOLE_LIST } from '../../domain/alignment/audience.js';
import { BRIEF_PULL_COLUMNS, BRIEF_VERSION_COLUMNS } from '../rows/brief-columns.js';
import { campaignConditions, isOnVersion } from './campaign-conditions.js';
import type { MetricName } from '../../domain/metrics/catalogue.js';
import { campaignParts } from './campaign-parts.js';
import { Kept, type NumberedVersion, type Revised } from './kept.js';
import { changeCounts, noting } from './change-counts.js';
import { campaignStats, metricSeries } from './campaign-statistics.js';
import { stepEvents } from './step-events.js';
import { metricValues } from './metric-values.js';
import { auditConditions, auditEnd, exportedRecords, LAST_CHECKPOINT } from './audit.js';
import { Conditions } from './conditions.js';
import { conditionOf } from './version-condition.js';
import { type ListQuery, readPage, readPages } from './page.js';

const VERSION_COLUMNS = `v.id, v.definition_id AS "definitionId", d.kind, d.key, v.number, v.hash, v.meaning, v.source,
  v.file, v.commit_sha AS "commitSha"`;
const WORKFLOW_COLUMNS = 'd.id, d.key, d.file, d.retired_at AS "retiredAt", v.id AS "versionId"';
const WORKFLOWS = `FROM definition d
  JOIN definition_version v ON v.id = coalesce(
    (SELECT p.version_id FROM workflow_pin p WHERE p.definition_id = d.id), d.served_version_id)
  WHERE d.kind = 'Workflow'`;
/** The model that all sections share, or hybrid. */
const MODEL = `(SELECT CASE count(DISTINCT section->>'model') WHEN 1 THEN min(section->>'model') ELSE 'hybrid' END
  FROM jsonb_array_elements(v.meaning->'sections') section)`;
const CAMPAIGN_COLUMNS = `c.id, c.key, c.name, c.version_id AS "versionId", c.policy_version_id AS "policyVersionId",
  c.taxonomy_version_id AS "taxonomyVersionId", c.status,
  c.type, c.risk, c.budget::float8 AS budget, c.labels, c.flags, c.brief, c.brief_version AS "briefVersion",
  c.planned_launch_at AS "plannedLaunchAt", c.former_launches AS "formerLaunches", c.waived,
  c.created_at AS "createdAt", c.launched_at AS "launchedAt", c.ended_at AS "endedAt",
  c.cancelled_because AS "cancelledBecause", c.revision`;
const CHANGE_COLUMNS = `h.id, h.definition_id AS "definitionId", d.key AS "workflowKey", h.kind,
  h.from_version_id AS "fromVersionId", h.to_version_id AS "toVersionId", h.file, h.commit_sha AS "commitSha",
  h.rewound_after IS NOT NULL AS "isRewind", h.classification, h.summary`;

const RETROSPECTIVE_COLUMNS =
  'r.id, r.campaign_id AS "campaignId", r.evidence, r.answers, r.actions, r.created_at AS "createdAt", r.completed_at AS "completedAt", r.completed_by AS "completedBy"';
const RUN_COLUMNS = `s.id, s.trigger, s.started_at AS "startedAt", s.finished_at AS "finishedAt", s.outcome,
  s.from_sha AS "fromSha", s.to_sha AS "toSha", s.commits, s.versions, s.problems, s.error, s.note`;
const AUDIT_COLUMNS = `a.id, a.happened_at AS "happenedAt", a.actor, a.roles, a.origin, a.action, a.subject,
  a.campaign_id AS "campaignId", a.version_id AS "versionId", a.commit_sha AS "commitSha", a.before, a.after,
  (SELECT position::float8 FROM audit_seal WHERE record_id = a.id) AS position,
  (SELECT encode(hash, 'hex') FROM audit_seal WHERE record_id = a.id) AS hash`;

/** What of a campaign's parts decides what may happen next. */
/** What is no work of a person on a campaign. */
const NO_TOUCH: readonly AuditAction[] = [
  ...(['campaign.import', 'brief.pull', 'signal.record', 'trigger.fire', 'trigger.suppress'] as const),
];

const STATE = {
  step: "'key', p.key, 'status', p.status, 'round', p.round",
  gate: "'key', p.key, 'status', p.status",
  handoff: "'key', p.key",
  channel: "'channel', p.channel, 'status', p.status",
};
/** The same, with when and how it happened. */
const HISTORY = {
  step: `${STATE.step}, 'startedAt', p.started_at, 'finishedAt', p.finished_at`,
  gate: `${STATE.gate}, 'results', p.results, 'evaluatedAt', p.evaluated_at`,
  handoff: `${STATE.handoff}, 'acceptedAt', p.accepted_at`,
  approval: "'step', p.step, 'role', p.role, 'decision', p.decision",
};

/** Campaigns, each with its parts as lists, so that many are read with one question. */
const snapshots = (parts: Readonly<Record<string, string>>): string =>
  `SELECT ${CAMPAIGN_COLUMNS}, d.key AS workflow, ${Object.entries(parts)
    .map(
      ([part, fields]) => `(SELECT coalesce(json_agg(json_build_object(${fields})), '[]')
        FROM campaign_${part} p WHERE p.campaign_id = c.id) AS "${part}s"`,
    )
    .join(', ')}
  FROM campaign c JOIN definition_version v ON v.id = c.version_id JOIN definition d ON d.id = v.definition_id`;

const ALERT_COLUMNS = `a.id, a.kind, a.subject, a.message, a.campaign, a.roles, a.raised_at AS "raisedAt", a.resolved_at AS "resolvedAt",
  a.acknowledged_at AS "acknowledgedAt", a.acknowledged_by AS "acknowledgedBy", a.note, a.resolution`;

const NOTIFICATION_COLUMNS = `n.id, n.message_id AS "messageId", n.kind, n.subject, n.campaign->>'key' AS "campaignKey",
  n.recipient_type AS "recipientType", n.recipient, n.roles, n.title, n.happened, n.asked, n.due, n.timezone,
  n.parts, n.created_at AS "createdAt"`;

const DECISION_COLUMNS = `t.id, t.campaign_id AS "campaignId", t.trigger, t.signal, t.decided_at AS at, t.outcome, t.seen, t.actions`;

/** More than anybody reads in one answer. */
const HELD_SHOWN = 1_000;
/** Of events that somebody has missed. */
const AT_ONCE = 100;

/** Every question of the API as SQL, lists as whole pages, parts of campaigns for many campaigns at once. */
export class SqlReads implements Reads {
  constructor(
    private readonly source: ReadSource,
    private readonly kept = new Kept(),
  ) {}

  changeCounts = (): Promise<ChangeCounts> => changeCounts(this.source);
  noting = (tables: readonly string[], note: (table: string) => void): Reads =>
    new SqlReads(noting(this.source, tables, note), this.kept);

  private async rows<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return this.source.query<T[]>(sql, [...values]);
  }

  private async one<T>(sql: string, values: readonly unknown[]): Promise<T | null> {
    return (await this.rows<T>(sql, values))[0] ?? null;
  }

  private page<T>(query: ListQuery, request: PageRequest): Promise<Page<T>> {
    return readPage<T>(this.source, query, request);
  }

  async workflow(key: string): Promise<WorkflowRecord | null> {
    return (await this.workflowsByKey([key]))[0] ?? null;
  }

  async workflowsById(ids: readonly string[]): Promise<WorkflowRecord[]> {
    return this.withVersions(
      await this.rows(`SELECT ${WORKFLOW_COLUMNS} ${WORKFLOWS} AND d.id = ANY($1)`, [ids]),
    );
  }

  async workflowsByKey(keys: readonly string[]): Promise<(WorkflowRecord | null)[]> {
    const found = await this.withVersions(
      await this.rows(`SELECT ${WORKFLOW_COLUMNS} ${WORKFLOWS} AND d.key = ANY($1)`, [keys]),
    );
    return keys.map((key) => found.find((each) => each.key === key) ?? null);
  }

  private async withVersions(rows: readonly WorkflowRow[]): Promise<WorkflowRecord[]> {
    const versions = await this.versionsById(rows.map(({ versionId }) => versionId));
    return rows.map(({ versionId, ...row }) => {
      const version = versions.find(({ id }) => id === versionId);
      if (!version) throw new Error(`version ${versionId} is referred to but missing`);
      return { ...row, version: version as StoredVersion<'Workflow'> };
    });
  }

  libraries = (): Promise<Library[]> => servedLibraries(this.source);
  typeUse = (): Promise<TypeUse[]> => typeUse(this.source);

  async workflows(
    request: PageRequest,
    filter: WorkflowFilter,
    order: WorkflowOrder,
  ): Promise<Page<WorkflowRecord>> {
    const where = new Conditions()
      .add("v.meaning->>'pattern' = ANY(?)", filter.pattern)
      .add(`${MODEL} = ANY(?)`, filter.model)
      .add(
        "CASE WHEN d.retired_at IS NULL THEN v.meaning->>'status' ELSE 'retired' END = ANY(?)",
        filter.status,
      )
      .add("v.meaning->>'steward' = ?", filter.steward)
      .add('(d.retired_at IS NOT NULL) = ?', filter.retired)
      .search("(d.key || ' ' || (v.meaning->>'name'))", filter.search);
    const expression = order.field === 'name' ? "(v.meaning->>'name')" : 'd.key';
    const page = await this.page<WorkflowRow>(
      {
        select: WORKFLOW_COLUMNS,
        from: `${WORKFLOWS} AND ${where.toString()}`,
        values: where.values,
        order: { ...named(order), expression, type: 'text' },
        id: 'd.id',
      },
      request,
    );
    const nodes = await this.withVersions(page.edges.map(({ node }) => node));
    return withNodes(page, nodes);
  }

  async version(definitionId: string, ref: VersionRef): Promise<StoredVersion<'Workflow'> | null> {
    const [found = null] = await this.versionsAt([definitionId], ref);
    return found;
  }

  async versionsAt(
    definitionIds: readonly string[],
    ref: VersionRef,
  ): Promise<(StoredVersion<'Workflow'> | null)[]> {
    const [condition, value] = conditionOf(ref);
    const read = (ids: readonly string[]) =>
      this.rows<NumberedVersion>(
        `SELECT v.id, v.definition_id AS "definitionId", v.number FROM definition_version v JOIN definition d ON d.id = v.definition_id
          WHERE d.id = ANY($1) AND ${condition}`,
        [ids, value],
      );
    const rows = await (ref.type === 'number'
      ? this.kept.numbers.orRead(
          definitionIds.map((id) => `${id} ${ref.number}`),
          (missing) => read(missing.map((key) => key.slice(0, key.indexOf(' ')))),
        )
      : read(definitionIds));
    const versions = await this.versionsById(rows.map(({ id }) => id));
    return definitionIds.map(
      (id) =>
        (versions.find((version) => version.definitionId === id) as StoredVersion<'Workflow'> | undefined) ??
        null,
    );
  }

  async teams(): Promise<Team[]> {
    const rows = await this.rows<{ meaning: Team }>(TEAMS, []);
    return rows.map(({ meaning }) => meaning);
  }

  async pastKeys(definitionIds: readonly string[], limit: number): Promise<string[]> {
    const rows = await this.rows<{ key: string }>(
      `SELECT md5(coalesce(string_agg(id || ' ' || revision, ',' ORDER BY ended_at DESC, id DESC), '')) AS key
         FROM unnest($1::bigint[]) WITH ORDINALITY AS parent (definition_id, place) LEFT JOIN LATERAL (
           SELECT c.id, c.revision, c.ended_at FROM campaign c JOIN definition_version v ON v.id = c.version_id
            WHERE v.definition_id = parent.definition_id AND c.status = 'ended' ORDER BY c.ended_at DESC, c.id DESC LIMIT $2
         ) c ON true GROUP BY place ORDER BY place`,
      [definitionIds, limit],
    );
    return rows.map(({ key }) => `${this.kept.name} ${key}`);
  }

  async endedCampaigns(definitionIds: readonly string[], limit: number): Promise<CampaignRecord[][]> {
    const rows = await this.rows<CampaignRecord & { definitionId: string }>(
      `SELECT parent.id AS "definitionId", ${CAMPAIGN_COLUMNS} FROM unnest($1::bigint[]) AS parent (id)
        CROSS JOIN LATERAL (
          SELECT c.* FROM campaign c JOIN definition_version v ON v.id = c.version_id
            WHERE v.definition_id = parent.id AND c.status = 'ended' ORDER BY c.ended_at DESC, c.id DESC LIMIT $2
        ) c`,
      [definitionIds, limit],
    );
    const groups = groupsBy(rows, ({ definitionId }) => definitionId);
    return definitionIds.map((id) => groups.get(id) ?? []);
  }

  async endedOn(versionIds: readonly string[], limit: number): Promise<CampaignRecord[][]> {
    const rows = await this.rows<CampaignRecord>(
      `SELECT ${CAMPAIGN_COLUMNS} FROM unnest($1::bigint[]) AS parent (id) CROSS JOIN LATERAL (
          SELECT * FROM campaign WHERE version_id = parent.id AND status = 'ended' ORDER BY ended_at DESC, id DESC LIMIT $2
        ) c`,
      [versionIds, limit],
    );
    const groups = groupsBy(rows, ({ versionId }) => versionId);
    return versionIds.map((id) => groups.get(id) ?? []);
  }

  async campaignsOn(versionIds: readonly string[], limit: number): Promise<CampaignRecord[][]> {
    const rows = await this.rows<CampaignRecord>(
      `SELECT ${CAMPAIGN_COLUMNS} FROM unnest($1::bigint[]) AS parent (id) CROSS JOIN LATERAL (
          SELECT * FROM campaign WHERE version_id = parent.id ORDER BY created_at DESC, id DESC LIMIT $2
        ) c`,
      [versionIds, limit],
    );
    const groups = groupsBy(rows, ({ versionId }) => versionId);
    return versionIds.map((id) => groups.get(id) ?? []);
  }

  runningCampaigns(workflows: readonly string[], after: string, limit: number): Promise<CampaignSnapshot[]> {
    return this.rows(
      `${snapshots(STATE)} WHERE d.kind = 'Workflow' AND d.key = ANY($1) AND c.status = 'running' AND c.id > $2
        ORDER BY c.id LIMIT $3`,
      [workflows, after, limit],
    );
  }

  recentlyEnded(workflows: readonly string[], since: Date, limit: number): Promise<EndedSnapshot[]> {
    return this.rows(
      `${snapshots({ ...STATE, ...HISTORY })}
        WHERE d.kind = 'Workflow' AND d.key = ANY($1) AND c.status = 'ended' AND c.ended_at >= $2
        ORDER BY c.ended_at DESC, c.id DESC LIMIT $3`,
      [workflows, since, limit],
    );
  }

  async touches(campaignIds: readonly string[]): Promise<number[]> {
    const rows = await this.rows<{ touches: number }>(
      `SELECT count(a.id)::int AS touches FROM unnest($1::bigint[]) WITH ORDINALITY AS parent (id, place)
        LEFT JOIN audit_record a ON a.campaign_id = parent.id AND a.action <> ALL($2)
        GROUP BY parent.place ORDER BY parent.place`,
      [campaignIds, NO_TOUCH],
    );
    return rows.map(({ touches }) => touches);
  }

  stepEvents = (ids: readonly string[]): Promise<StepEvent[]> => stepEvents(this.source, ids);

  versionsById(ids: readonly string[]): Promise<StoredVersion[]> {
    return this.kept.versions.orRead(ids, (missing) =>
      this.rows(
        `SELECT ${VERSION_COLUMNS} FROM definition_version v JOIN definition d ON d.id = v.definition_id WHERE v.id = ANY($1)`,
        [missing],
      ),
    );
  }

  async versions(
    definitionIds: readonly string[],
    request: PageRequest,
    filter: VersionFilter,
    order: ByTime,
  ): Promise<Page<StoredVersion<'Workflow'>>[]> {
    const where = new Conditions()
      .add(`coalesce(g.merged_author->>'email', g.author_email) = ?`, filter.author)
      .during('g.committed_at', filter.committedAt);
    const from = `FROM definition_version v JOIN definition d ON d.id = v.definition_id
      JOIN git_commit g ON g.sha = v.commit_sha WHERE d.id = parent.id AND ${where.toString()}`;
    const list = { select: 'v.id', from, values: where.values, order: byId('v.id', order), id: 'v.id' };
    const pages = await readPages<{ id: string }>(this.source, list, request, definitionIds);
    const ids = pages.flatMap(({ edges }) => edges.map(({ node }) => node.id));
    return inPages(pages, (await this.versionsById(ids)) as StoredVersion<'Workflow'>[]);
  }

  async changes(request: PageRequest, filter: ChangeFilter, order: ByTime): Promise<Page<ChangeRecord>> {
    const where = new Conditions()
      .add('d.key = ANY(?)', filter.workflow)
      .add('h.kind = ANY(?)', filter.kind)
      .add('h.classification = ANY(?)', filter.classification)
      .add(
        `(SELECT coalesce(merged_author->>'email', author_email) FROM git_commit WHERE sha = h.commit_sha) = ?`,
        filter.author,
      )
      .add('(SELECT pull_request FROM git_commit WHERE sha = h.commit_sha) = ?', filter.pullRequest)
      .during('h.committed_at', filter.committedAt);
    const from = `FROM definition_change h JOIN definition d ON d.id = h.definition_id WHERE d.kind = 'Workflow' AND ${where.toString()}`;
    const list = { select: 'h.id', from, values: where.values, order: byId('h.id', order), id: 'h.id' };
    const page = await this.page<{ id: string }>(list, request);
    return withNodes(page, await this.changesById(page.edges.map(({ node }) => node.id)));
  }

  private changesById(ids: readonly string[]): Promise<ChangeRecord[]> {
    return this.kept.changes.orRead(ids, (missing) =>
      this.rows(
        `SELECT ${CHANGE_COLUMNS} FROM definition_change h JOIN definition d ON d.id = h.definition_id WHERE h.id = ANY($1)`,
        [missing],
      ),
    );
  }

  async meaningOfChanges(ids: readonly string[]): Promise<(readonly MeaningChange[])[]> {
    const rows = await this.rows<{ id: string; changes: MeaningChange[] }>(
      'SELECT id, changes FROM definition_change WHERE id = ANY($1)',
      [ids],
    );
    const byId = new Map(rows.map(({ id, changes }) => [id, changes]));
    return ids.map((id) => byId.get(id) ?? []);
  }

  async changeById(id: string): Promise<ChangeRecord | null> {
    return (await this.changesById([id]))[0] ?? null;
  }

  commits(shas: readonly string[]): Promise<CommitRecord[]> {
    return this.kept.commits.orRead(shas, (missing) =>
      this.rows(
        `SELECT sha, json_build_object('name', author_name, 'email', author_email) AS author, merged_author AS "mergedAuthor",
                authored_at AS "authoredAt", committed_at AS "committedAt", message, pull_request AS "pullRequest"
           FROM git_commit WHERE sha = ANY($1)`,
        [missing],
      ),
    );
  }

  commitSignatures(shas: readonly string[]): Promise<SignatureRecord[]> {
    return this.rows('SELECT sha, signature FROM git_commit WHERE sha = ANY($1)', [shas]);
  }

  campaign(key: string): Promise<CampaignRecord | null> {
    return this.one(`SELECT ${CAMPAIGN_COLUMNS} FROM campaign c WHERE c.key = $1`, [key]);
  }

  campaignsById(ids: readonly string[]): Promise<CampaignRecord[]> {
    return this.rows(`SELECT ${CAMPAIGN_COLUMNS} FROM campaign c WHERE c.id = ANY($1)`, [ids]);
  }

  async campaigns(
    request: PageRequest,
    filter: CampaignFilter,
    order: CampaignOrder,
  ): Promise<Page<CampaignRecord>> {
    const page = await this.page<Revised>(campaignList('true', filter, order), request);
    return withNodes(page, await this.revised(page.edges.map(({ node }) => node)));
  }

  async campaignsOf(
    definitionIds: readonly string[],
    request: PageRequest,
    filter: CampaignFilter,
    order: CampaignOrder,
  ): Promise<Page<CampaignRecord>[]> {
    const list = campaignList(isOnVersion('WHERE v.definition_id = parent.id'), filter, order);
    const pages = await readPages<Revised>(this.source, list, request, definitionIds);
    const campaigns = await this.revised(pages.flatMap(({ edges }) => edges.map(({ node }) => node)));
    return inPages(pages, campaigns);
  }

  parts(campaigns: readonly Revised[]): Promise<CampaignParts[]> {
    return this.kept.parts.asOf(campaigns, (missing) => campaignParts(this.source, missing));
  }

  /** These campaigns as they are, or were the moment before, when they were of these revisions. */
  private revised(campaigns: readonly Revised[]): Promise<CampaignRecord[]> {
    return this.kept.campaigns.asOf(campaigns, (missing) => this.campaignsById(missing));
  }

  private ofCampaigns<Row extends ObjectLiteral & { campaignId: string }, T>(
    row: EntityTarget<Row>,
    campaignIds: readonly string[],
    order: FindOptionsOrder<Row> = {},
  ): Promise<T[]> {
    const where = { campaignId: In([...campaignIds]) } as FindOptionsWhere<Row>;
    return this.source.find(row, { where, order }) as unknown as Promise<T[]>;
  }

  /** The same, oldest first. */
  private inOrder<Row extends ObjectLiteral & { campaignId: string; id: string }, T>(
    row: EntityTarget<Row>,
    campaignIds: readonly string[],
  ): Promise<T[]> {
    const where = { campaignId: In([...campaignIds]) } as FindOptionsWhere<Row>;
    const order = { id: 'ASC' } as FindOptionsOrder<Row>;
    return this.source.find(row, { where, order }) as unknown as Promise<T[]>;
  }

  steps = (ids: readonly string[]): Promise<StepRecord[]> => this.ofCampaigns(StepRow, ids);
  channels = (ids: readonly string[]): Promise<ChannelRecord[]> =>
    this.ofCampaigns(ChannelRow, ids, { channel: 'ASC' });
  requests = (ids: readonly string[]): Promise<RequestRecord[]> => this.inOrder(RequestRow, ids);
  delegations = (ids: readonly string[]): Promise<DelegationRecord[]> => this.inOrder(DelegationRow, ids);
  deviations = (ids: readonly string[]): Promise<DeviationRecord[]> => this.ofCampaigns(DeviationRow, ids);
  retrospectivesOf = (ids: readonly string[]): Promise<RetrospectiveRecord[]> =>
    this.ofCampaigns(RetrospectiveRow, ids);

  assets = (ids: readonly string[]): Promise<AssetRecord[]> =>
    this.rows(`SELECT ${ASSET_COLUMNS} FROM campaign_asset WHERE campaign_id = ANY($1) ORDER BY key`, [ids]);
  audiences = (ids: readonly string[]): Promise<AudienceRecord[]> =>
    this.rows(
      `SELECT a.*, a.size - o.shared AS "outsideList"
         FROM (SELECT ${AUDIENCE_COLUMNS} FROM audience WHERE campaign_id = ANY($1)) a
         LEFT JOIN audience l ON l.campaign_id = a."campaignId" AND l.channel = '${WHOLE_LIST}'
         LEFT JOIN audience_overlap o ON o.one_id = l.id AND o.other_id = a.id ORDER BY a.channel`,
      [ids],
    );
  briefVersions = async (ids: readonly string[], limit: number): Promise<BriefVersionRecord[][]> => {
    const found = await this.rows<BriefVersionRecord>(
      `SELECT v.* FROM unnest($1::bigint[]) AS parent (id) CROSS JOIN LATERAL (
         SELECT ${BRIEF_VERSION_COLUMNS} FROM brief_version WHERE campaign_id = parent.id ORDER BY number DESC LIMIT $2) v
        ORDER BY v.number`,
      [ids, limit],
    );
    const groups = groupsBy(found, ({ campaignId }) => campaignId);
    return ids.map((id) => groups.get(id) ?? []);
  };
  briefPulls = (ids: readonly string[]): Promise<BriefPullRecord[]> =>
    this.rows(
      `SELECT DISTINCT ON (campaign_id, spoke) ${BRIEF_PULL_COLUMNS} FROM brief_pull WHERE campaign_id = ANY($1)
        ORDER BY campaign_id, spoke, version DESC, last_at DESC`,
      [ids],
    );
  pulledBriefs = (ids: readonly string[]): Promise<BriefVersionRecord[]> =>
    this.rows(
      `WITH wanted AS (
         SELECT id AS campaign_id, brief_version AS number FROM campaign WHERE id = ANY($1)
         UNION SELECT campaign_id, max(version) FROM brief_pull WHERE campaign_id = ANY($1) GROUP BY campaign_id, spoke)
       SELECT ${BRIEF_VERSION_COLUMNS} FROM brief_version JOIN wanted USING (campaign_id, number)`,
      [ids],
    );
  metrics = (ids: readonly string[]): Promise<MetricRecord[]> =>
    this.rows(
      `SELECT campaign_id AS "campaignId", metric, value, parts, evidence, notes, measured_at AS "measuredAt"
         FROM campaign_metric WHERE campaign_id = ANY($1)`,
      [ids],
    );
  tasks = (ids: readonly string[]): Promise<CampaignTask[]> =>
    this.rows(`SELECT ${TASK_COLUMNS} FROM campaign_task WHERE campaign_id = ANY($1) ORDER BY id`, [ids]);
  signalHours = (campaignId: string, signal: string, from: Date, to: Date): Promise<SignalHour[]> =>
    this.rows(
      `SELECT hour, count, missing, sum, min, max, samples::float8 AS samples FROM signal_hour
        WHERE campaign_id = $1 AND signal = $2 AND hour >= $3 AND hour < $4 ORDER BY hour`,
      [campaignId, signal, from, to],
    );
  signalReadings = (
    campaignId: string,
    signal: string,
    from: Date,
    to: Date,
    limit: number,
  ): Promise<Reading[]> =>
    this.rows(
      `SELECT at, value, samples FROM signal
        WHERE campaign_id = $1 AND signal = $2 AND at >= $3 AND at < $4 ORDER BY at, key LIMIT $5`,
      [campaignId, signal, from, to, limit],
    );
  turns = (ids: readonly string[]): Promise<TurnRecord[]> =>
    this.rows(
      `SELECT campaign_id AS "campaignId", at, dimension, agrees FROM campaign_turn
        WHERE campaign_id = ANY($1) ORDER BY id`,
      [ids],
    );

  retrospectives(
    request: PageRequest,
    filter: RetrospectiveFilter,
    order: ByTime,
  ): Promise<Page<RetrospectiveRecord>> {
    const where = new Conditions()
      .add('d.key = ANY(?)', filter.workflow)
      .during('r.created_at', filter.createdAt)
      .add("jsonb_exists_all(r.answers, ARRAY['convergence', 'bottlenecks', 'drift']) = ?", filter.answered)
      .add(`${HAS_OPEN_ACTIONS} = ?`, filter.hasOpenActions);
    const from = `FROM retrospective r JOIN campaign c ON c.id = r.campaign_id JOIN definition_version v ON v.id = c.version_id
      JOIN definition d ON d.id = v.definition_id WHERE ${where.toString()}`;
    return this.page(
      { select: RETROSPECTIVE_COLUMNS, from, values: where.values, order: byId('r.id', order), id: 'r.id' },
      request,
    );
  }

  surveys = (ids: readonly string[]): Promise<SurveyResult[]> => surveys(this.source, ids);

  async changesByCommit(shas: readonly string[]): Promise<ChangeRecord[][]> {
    const rows = await this.rows<ChangeRecord>(
      `SELECT ${CHANGE_COLUMNS} FROM definition_change h JOIN definition d ON d.id = h.definition_id
        WHERE d.kind = 'Workflow' AND h.commit_sha = ANY($1) ORDER BY h.id`,
      [shas],
    );
    return shas.map((sha) => rows.filter(({ commitSha }) => commitSha === sha));
  }

  retrospectiveById(id: string): Promise<RetrospectiveRecord | null> {
    return this.one(`SELECT ${RETROSPECTIVE_COLUMNS} FROM retrospective r WHERE r.id = $1`, [id]);
  }

  syncRunById(id: string): Promise<SyncRunRecord | null> {
    return this.one(`SELECT ${RUN_COLUMNS} FROM sync_run s WHERE s.id = $1`, [id]);
  }

  syncRunsAfter(id: string | null, ids: readonly string[]): Promise<SyncRunRecord[]> {
    return this.after(`SELECT ${RUN_COLUMNS} FROM sync_run s`, 's.id', id, ids);
  }

  /** As many as one step of a subscription takes; it asks again for those after. */
  private after<T>(select: string, column: string, id: string | null, ids: readonly string[]): Promise<T[]> {
    return id === null
      ? this.rows(`${select} ORDER BY ${column} DESC LIMIT 1`, [])
      : this.rows(
          `${select} WHERE ${column} > $1 OR ${column} = ANY($2) ORDER BY ${column} LIMIT ${AT_ONCE}`,
          [id, ids],
        );
  }

  auditRecordById(id: string): Promise<StoredAuditRecord | null> {
    return this.one(`SELECT ${AUDIT_COLUMNS} FROM audit_record a WHERE a.id = $1`, [id]);
  }

  leadTimes = (from: Date, to: Date): Promise<LeadTimeRecord[]> => leadTimes(this.source, from, to);
  reviewedWorkflows = (from: Date, to: Date): Promise<ReviewedWorkflow[]> =>
    reviewedWorkflows(this.source, from, to);
  servings = (definitionIds: readonly string[]): Promise<Serving[][]> => servings(this.source, definitionIds);
  versionUse = (from: Date, to: Date): Promise<VersionUse[]> => versionUse(this.source, from, to);
  pinsAt = (moment: Date): Promise<PastPin[]> => pinsAt(this.source, moment);
  completedReviews = (): Promise<KeptReview[]> => completedReviews(this.source);
  reviewSnapshot = (start: Date): Promise<object | null> => reviewSnapshot(this.source, start);
  reportedIncidents = (ids: readonly string[]): Promise<IncidentRecord[]> =>
    reportedIncidents(this.source, ids);
  suppressions = (ids: readonly string[]): Promise<SuppressionRecord[]> => suppressions(this.source, ids);
  lateFixes = (ids: readonly string[]): Promise<string[]> => lateFixes(this.source, ids);
  landedProposals = (branches: readonly string[]): Promise<Landed[]> =>
    landedProposals(this.source, branches);

  changesDuring(from: Date, to: Date, limit: number): Promise<ChangeRecord[]> {
    return this.rows(
      `SELECT ${CHANGE_COLUMNS} FROM definition_change h JOIN definition d ON d.id = h.definition_id
        WHERE d.kind = 'Workflow' AND h.committed_at >= $1 AND h.committed_at < $2 ORDER BY h.id LIMIT $3`,
      [from, to, limit],
    );
  }

  async policy(): Promise<Policy | null> {
    const [row] = await this.rows<{ meaning: Policy }>(
      `SELECT v.meaning FROM definition d JOIN definition_version v ON v.id = d.served_version_id
        WHERE d.kind = 'Policy' AND d.retired_at IS NULL ORDER BY d.id LIMIT 1`,
      [],
    );
    return row?.meaning ?? null;
  }

  campaignStats(
    groupBy: readonly CampaignGroupField[],
    filter: CampaignFilter,
    now: Date,
  ): Promise<CampaignStats[]> {
    return campaignStats(this.source, groupBy, filter, now);
  }

  metricSeries(request: SeriesRequest): Promise<MetricLine[]> {
    return metricSeries(this.source, request);
  }

  metricValues(
    metrics: readonly MetricName[],
    definitionIds: readonly string[],
    limit: number,
    until: Date | null,
  ): Promise<MetricValue[][][]> {
    return metricValues(this.source, metrics, definitionIds, limit, until);
  }

  async repository(): Promise<RepositoryState | null> {
    return (await this.source.find(RepositoryRow, { where: { id: 1 } }))[0] ?? null;
  }

  repositoryMeasure(): Promise<RepositoryMeasure | null> {
    return this.one(
      `SELECT errors, held, behind_since AS "behindSince", failing_since AS "failingSince",
         (SELECT count(*)::int FROM alert WHERE resolved_at IS NULL) AS "openAlerts" FROM repository`,
      [],
    );
  }

  problems(limit: number): Promise<Problem[]> {
    return worstProblems(this.source, limit);
  }

  async problemsOf(files: readonly string[]): Promise<(readonly Problem[])[]> {
    const rows: { path: string; problems: Problem[] }[] = await this.source.query(
      'SELECT path, problems FROM definition_file WHERE path = ANY($1)',
      [files],
    );
    const byPath = new Map(rows.map(({ path, problems }) => [path, problems]));
    return files.map((file) => byPath.get(file) ?? []);
  }

  pilotCampaigns(workflows: readonly string[]): Promise<PilotCampaign[]> {
    return pilotCampaigns(this.source, workflows);
  }

  heldBack(): Promise<HeldRecord[]> {
    return this.source.query(
      `SELECT entry->>'kind' AS kind, entry->>'key' AS key, entry->>'reason' AS reason, path AS file,
              entry->>'because' AS because
         FROM definition_file, jsonb_array_elements(held) entry
        WHERE held <> '[]' ORDER BY path, key LIMIT ${HELD_SHOWN}`,
    );
  }

  syncRuns(request: PageRequest, filter: SyncRunFilter, order: ByTime): Promise<Page<SyncRunRecord>> {
    const where = new Conditions()
      .add('s.outcome = ANY(?)', filter.outcome)
      .add('s.trigger = ANY(?)', filter.trigger)
      .during('s.started_at', filter.startedAt);
    const from = `FROM sync_run s WHERE ${where.toString()}`;
    return this.page(
      { select: RUN_COLUMNS, from, values: where.values, order: byId('s.id', order), id: 's.id' },
      request,
    );
  }

  pins(definitionIds: readonly string[]): Promise<WorkflowPin[]> {
    return this.source.find(PinRow, { where: { definitionId: In([...definitionIds]) } });
  }

  decisionById(id: string): Promise<DecisionRecord | null> {
    return this.one(`SELECT ${DECISION_COLUMNS} FROM trigger_decision t WHERE t.id = $1`, [id]);
  }

  decisions(
    campaignIds: readonly string[],
    request: PageRequest,
    filter: DecisionFilter,
    order: ByTime,
  ): Promise<Page<DecisionRecord>[]> {
    const where = new Conditions()
      .add('t.trigger = ANY(?)', filter.trigger)
      .add('t.outcome = ANY(?)', filter.outcome)
      .during('t.decided_at', filter.decidedAt);
    const from = `FROM trigger_decision t WHERE t.campaign_id = parent.id AND ${where.toString()}`;
    const list = {
      select: DECISION_COLUMNS,
      from,
      values: where.values,
      order: byId('t.id', order),
      id: 't.id',
    };
    return readPages(this.source, list, request, campaignIds);
  }

  alertById(id: string): Promise<StoredAlert | null> {
    return this.one(`SELECT ${ALERT_COLUMNS} FROM alert a WHERE a.id = $1`, [id]);
  }

  alertsAfter(id: string | null, ids: readonly string[]): Promise<StoredAlert[]> {
    return this.after(`SELECT ${ALERT_COLUMNS} FROM alert a`, 'a.id', id, ids);
  }

  async campaignCursors(campaignIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.rows<{ campaignId: string; cursor: string }>(
      `SELECT campaign_id AS "campaignId", max(id)::text AS cursor FROM audit_record WHERE campaign_id = ANY($1) GROUP BY campaign_id`,
      [campaignIds],
    );
    return new Map(rows.map(({ campaignId, cursor }) => [campaignId, cursor]));
  }

  async campaignChanges(campaignId: string): Promise<{ count: number; last: Date | null }> {
    const [row] = await this.rows<{ count: number; last: Date | null }>(
      'SELECT count(*)::int AS count, max(happened_at) AS last FROM audit_record WHERE campaign_id = $1',
      [campaignId],
    );
    return row ?? { count: 0, last: null };
  }

  endedIncidents = (from: Date, to: Date): Promise<EndedIncidents[]> => endedIncidents(this.source, from, to);

  alerts(request: PageRequest, filter: AlertFilter, order: ByTime): Promise<Page<StoredAlert>> {
    const where = new Conditions()
      .add('a.kind = ANY(?)', filter.kind)
      .add('(a.resolved_at IS NULL) = ?', filter.isOpen)
      .add('(a.acknowledged_at IS NOT NULL) = ?', filter.isAcknowledged)
      .during('a.raised_at', filter.raisedAt);
    const from = `FROM alert a WHERE ${where.toString()}`;
    return this.page(
      { select: ALERT_COLUMNS, from, values: where.values, order: byId('a.id', order), id: 'a.id' },
      request,
    );
  }

  notificationById(id: string): Promise<NotificationRecord | null> {
    return this.one(`SELECT ${NOTIFICATION_COLUMNS} FROM notification n WHERE n.id = $1`, [id]);
  }

  notifications(
    request: PageRequest,
    filter: NotificationFilter,
    order: ByTime,
  ): Promise<Page<NotificationRecord>> {
    const where = new Conditions()
      .add(
        'EXISTS (SELECT 1 FROM notification_delivery x WHERE x.notification_id = n.id AND x.state = ANY(?))',
        filter.state,
      )
      .add("n.kind || ARRAY(SELECT p->>'kind' FROM jsonb_array_elements(n.parts) AS p) && ?", filter.kind)
      .add("n.campaign->>'key' = ?", filter.campaign)
      .add('n.recipient = ?', filter.recipient)
      .during('n.created_at', filter.createdAt);
    const from = `FROM notification n WHERE ${where.toString()}`;
    return this.page(
      { select: NOTIFICATION_COLUMNS, from, values: where.values, order: byId('n.id', order), id: 'n.id' },
      request,
    );
  }

  async notificationDeliveries(ids: readonly string[]): Promise<NotificationDelivery[][]> {
    const rows = await this.rows<NotificationDelivery>(
      `SELECT notification_id AS "notificationId", target, state, attempts, last_error AS "lastError", ended_at AS "endedAt",
              CASE WHEN state = 'pending' THEN next_at END AS "nextAt"
         FROM notification_delivery WHERE notification_id = ANY($1::bigint[]) ORDER BY target`,
      [ids],
    );
    const groups = groupsBy(rows, ({ notificationId }) => notificationId);
    return ids.map((id) => groups.get(id) ?? []);
  }

  async notificationMeasure(): Promise<NotificationMeasure> {
    const [row] = await this.rows<NotificationMeasure>(
      `SELECT count(*) FILTER (WHERE state = 'pending')::int AS pending, count(*) FILTER (WHERE state = 'dead')::int AS dead,
              min(n.created_at) FILTER (WHERE state = 'pending') AS oldest
         FROM notification_delivery d JOIN notification n ON n.id = d.notification_id WHERE state IN ('pending', 'dead')`,
      [],
    );
    return row ?? { pending: 0, dead: 0, oldest: null };
  }

  lastCheckpoint(): Promise<StoredCheckpoint | null> {
    return this.one(LAST_CHECKPOINT, []);
  }

  auditEnd = (): Promise<number> => auditEnd(this.source);
  exportedRecords = (after: number, upTo: number, filter: AuditFilter): Promise<ExportedRecord[]> =>
    exportedRecords(this.source, after, upTo, filter);

  auditLog(request: PageRequest, filter: AuditFilter, order: ByTime): Promise<Page<StoredAuditRecord>> {
    const where = auditConditions(filter);
    const from = `FROM audit_record a WHERE ${where.toString()}`;
    return this.page(
      { select: AUDIT_COLUMNS, from, values: where.values, order: byId('a.id', order), id: 'a.id' },
      request,
    );
  }
}

function campaignList(within: string, filter: CampaignFilter, order: CampaignOrder): ListQuery {
  const where = campaignConditions(filter);
  const time = (column: string) =>
    ({ expression: `coalesce(${column}, 'infinity')`, type: 'timestamptz' }) as const;
  const orders = {
    'created-at': { expression: 'c.created_at', type: 'timestamptz' },
    'planned-launch-at': time('c.planned_launch_at'),
    'launched-at': time('c.launched_at'),
    'ended-at': time('c.ended_at'),
    key: { expression: 'c.key', type: 'text' },
    name: { expression: 'c.name', type: 'text' },
  } as const;
  return {
    select: 'c.id, c.revision',
    from: `FROM campaign c WHERE ${within} AND ${where.toString()}`,
    values: where.values,
    order: { ...named(order), ...orders[order.field] },
    id: 'c.id',
  };
}

type WorkflowRow = Omit<WorkflowRecord, 'version'> & { readonly versionId: string };

/** What was read of each entry of a page, in the same order. */
function withNodes<From, To>(page: Page<From>, nodes: readonly To[]): Page<To> {
  if (nodes.length !== page.edges.length) throw new Error('an entry of a page is missing');
  return { ...page, edges: nodes.map((node, at) => ({ node, cursor: page.edges[at]?.cursor ?? '' })) };
}

/** The same of several pages: what was read of all their entries, one after the other. */
function inPages<From, To>(pages: readonly Page<From>[], nodes: readonly To[]): Page<To>[] {
  let next = 0;
  return pages.map((page) => withNodes(page, nodes.slice(next, (next += page.edges.length))));
}

const named = ({ field, direction }: Order<string>) => ({ name: field, descending: direction === 'desc' });

/** Ids are given out in the order of time. */
const byId = (expression: string, order: ByTime) =>
  ({ ...named(order), expression, type: 'bigint' }) as const;
