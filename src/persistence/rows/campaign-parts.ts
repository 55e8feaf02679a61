import type { EntityManager } from 'typeorm';
import type { AssetFlags, StoredVersion } from '../../application/ports.js';
import type { Dimension } from '../../domain/alignment/convergence.js';
import type { MetricName } from '../../domain/metrics/catalogue.js';
import type { Role } from '../../domain/workflow/document.js';
import { TEAMS } from '../stores/definition-store.js';
import type { OpenRequest, Delegation } from '../../domain/campaign/approvals/people.js';
import type { CampaignState, ChannelState, GivenApproval, StepState } from '../../domain/campaign/state.js';

/** What has happened to a campaign, as far as it decides what may happen next. */
export interface CampaignParts {
  readonly state: CampaignState;
  readonly channels: ReadonlyMap<string, ChannelState>;
  readonly delegations: readonly Delegation[];
  readonly requests: readonly OpenRequest[];
  /** What the assets of a channel are said to contain. */
  readonly assetFlags: readonly AssetFlags[];
  /** The definitions that it is pinned to. */
  readonly versions: readonly StoredVersion[];
  /** Of all Teams that are served. */
  readonly roles: readonly Role[];
  readonly measured: ReadonlyMap<MetricName, number | null>;
  readonly agreed: ReadonlyMap<Dimension, boolean>;
}

const list = (fields: string, rest: string): string =>
  `(SELECT coalesce(json_agg(json_build_object(${fields}) ORDER BY p.id), '[]') FROM ${rest})`;
const PARTS = `SELECT
  ${list(`'key', key, 'status', status, 'round', round, 'by', finished_by`, `(SELECT *, key AS id FROM campaign_step WHERE campaign_id = $1) p`)} AS steps,
  ${list(`'key', key, 'status', status`, `(SELECT *, key AS id FROM campaign_gate WHERE campaign_id = $1) p`)} AS gates,
  ${list(`'key', key, 'by', accepted_by`, `(SELECT *, key AS id FROM campaign_handoff WHERE campaign_id = $1) p`)} AS handoffs,
  ${list(
    `'channel', channel, 'status', status, 'plannedAt', planned_at, 'launchedAt', launched_at, 'pausedBy', paused_by, 'pausedReason', paused_reason, 'pausedAt', paused_at, 'budget', budget_cents, 'creative', creative`,
    `(SELECT *, channel AS id FROM campaign_channel WHERE campaign_id = $1) p`,
  )} AS channels,
  ${list(
    `'step', step, 'forRole', for_role, 'role', role, 'actor', actor, 'round', round`,
    `campaign_approval p WHERE campaign_id = $1 AND decision = 'approved' AND invalidated_at IS NULL`,
  )} AS approvals,
  ${list(`'handoff', handoff, 'reason', reason`, `campaign_return p WHERE campaign_id = $1 AND offered_at IS NULL`)} AS returns,
  ${list(
    `'role', role, 'step', step, 'toRole', to_role, 'toPerson', to_person, 'reason', reason, 'until', until, 'by', actor, 'at', delegated_at`,
    `campaign_delegation p WHERE campaign_id = $1 AND ended_at IS NULL`,
  )} AS delegations,
  ${list(
    `'id', id::text, 'step', step, 'handoff', handoff, 'isReturned', is_returned, 'role', role, 'asked', asked, 'rule', rule, 'because', because, 'askedAt', asked_at, 'dueAt', due_at, 'until', until, 'passedAt', passed_at`,
    `campaign_request p WHERE campaign_id = $1 AND answered_at IS NULL`,
  )} AS requests,
  ${list(`'key', key, 'channel', channel, 'flags', flags`, `(SELECT *, key AS id FROM campaign_asset WHERE campaign_id = $1 AND flags <> '{}') p`)} AS flags,
  ${list(
    `'id', id::text, 'definitionId', definition_id::text, 'kind', kind, 'key', key, 'number', number, 'hash', hash, 'meaning', meaning, 'source', source, 'file', file, 'commitSha', commit_sha`,
    `(SELECT v.*, d.kind, d.key FROM definition_version v JOIN definition d ON d.id = v.definition_id WHERE v.id = ANY($2::bigint[])) p`,
  )} AS versions,
  (SELECT coalesce(json_agg(t.meaning->'roles'), '[]') FROM (${TEAMS}) t) AS roles,
  ${list(`'metric', metric, 'value', value`, `(SELECT metric AS id, * FROM campaign_metric WHERE campaign_id = $1) p`)} AS measured,
  ${list(
    `'dimension', dimension, 'agrees', agrees`,
    `(SELECT DISTINCT ON (dimension) * FROM campaign_turn WHERE campaign_id = $1 ORDER BY dimension, id DESC) p`,
  )} AS turns`;

/** Times are texts in JSON. */
type AsJson<T> = { readonly [K in keyof T]: Date extends T[K] ? string | Exclude<T[K], Date> : T[K] };

interface Row {
  readonly steps: readonly (StepState & { readonly key: string })[];
  readonly gates: readonly { readonly key: string; readonly status: never }[];
  readonly handoffs: readonly { readonly key: string; readonly by: string | null }[];
  readonly channels: readonly AsJson<ChannelState & { readonly channel: string }>[];
  readonly approvals: readonly GivenApproval[];
  readonly returns: readonly { readonly handoff: string; readonly reason: string }[];
  readonly delegations: readonly AsJson<Delegation>[];
  readonly requests: readonly AsJson<OpenRequest>[];
  readonly flags: readonly AssetFlags[];
  readonly versions: readonly StoredVersion[];
  readonly roles: readonly (readonly Role[])[];
  readonly measured: readonly { readonly metric: MetricName; readonly value: number | null }[];
  readonly turns: readonly { readonly dimension: Dimension; readonly agrees: boolean }[];
}

const timeOf = (text: string): Date => new Date(text);
const timeOrNull = (text: string | null): Date | null => (text === null ? null : timeOf(text));

/** Reads all of it with one question. */
export async function readParts(
  manager: EntityManager,
  campaignId: string,
  versionIds: readonly string[],
): Promise<CampaignParts> {
  const [row] = await manager.query<Row[]>(PARTS, [campaignId, versionIds]);
  if (!row) throw new Error('a question without a condition has one answer');
  return {
    state: {
      steps: new Map(row.steps.map(({ key, ...step }) => [key, step])),
      gates: new Map(row.gates.map(({ key, status }) => [key, status])),
      handoffs: new Set(row.handoffs.map(({ key }) => key)),
      acceptedBy: new Map(row.handoffs.flatMap(({ key, by }) => (by === null ? [] : [[key, by]]))),
      approvals: row.approvals,
      returned: new Map(row.returns.map(({ handoff, reason }) => [handoff, reason])),
    },
    channels: new Map(
      row.channels.map(({ channel, plannedAt, launchedAt, pausedAt = null, ...state }) => [
        channel,
        {
          ...state,
          plannedAt: timeOrNull(plannedAt),
          launchedAt: timeOrNull(launchedAt),
          pausedAt: timeOrNull(pausedAt),
        },
      ]),
    ),
    delegations: row.delegations.map((each) => ({
      ...each,
      at: timeOf(each.at),
      until: timeOrNull(each.until),
    })),
    requests: row.requests.map((each) => ({
      ...each,
      askedAt: timeOf(each.askedAt),
      dueAt: timeOrNull(each.dueAt),
      until: timeOrNull(each.until),
      passedAt: timeOrNull(each.passedAt),
    })),
    assetFlags: row.flags,
    versions: row.versions,
    roles: row.roles.flat(),
    measured: new Map(row.measured.map(({ metric, value }) => [metric, value])),
    agreed: new Map(row.turns.map(({ dimension, agrees }) => [dimension, agrees])),
  };
}
