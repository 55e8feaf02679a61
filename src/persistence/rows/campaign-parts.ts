import type { EntityManager } from 'typeorm';
import type { OpenRequest, Delegation } from '../../domain/campaign/approvals/people.js';
import type { CampaignState, ChannelState, GivenApproval, StepState } from '../../domain/campaign/state.js';

/** What has happened to a campaign, as far as it decides what may happen next. */
export interface CampaignParts {
  readonly state: CampaignState;
  readonly channels: ReadonlyMap<string, ChannelState>;
  readonly delegations: readonly Delegation[];
  readonly requests: readonly OpenRequest[];
  /** What the assets of a channel are said to contain. */
  readonly assetFlags: ReadonlyMap<string, readonly string[]>;
}

const list = (fields: string, rest: string): string =>
  `(SELECT coalesce(json_agg(json_build_object(${fields}) ORDER BY p.id), '[]') FROM ${rest})`;
const PARTS = `SELECT
  ${list(`'key', key, 'status', status, 'round', round, 'by', finished_by`, `(SELECT *, key AS id FROM campaign_step WHERE campaign_id = $1) p`)} AS steps,
  ${list(`'key', key, 'status', status`, `(SELECT *, key AS id FROM campaign_gate WHERE campaign_id = $1) p`)} AS gates,
  ${list(`'key', key`, `(SELECT *, key AS id FROM campaign_handoff WHERE campaign_id = $1) p`)} AS handoffs,
  ${list(
    `'channel', channel, 'status', status, 'plannedAt', planned_at, 'launchedAt', launched_at, 'pausedBy', paused_by, 'budget', budget_cents, 'creative', creative`,
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
  ${list(`'channel', channel, 'flags', flags`, `(SELECT *, key AS id FROM campaign_asset WHERE campaign_id = $1 AND flags <> '{}') p`)} AS flags`;

/** Times are texts in JSON. */
type AsJson<T> = { readonly [K in keyof T]: Date extends T[K] ? string | Exclude<T[K], Date> : T[K] };

interface Row {
  readonly steps: readonly (StepState & { readonly key: string })[];
  readonly gates: readonly { readonly key: string; readonly status: never }[];
  readonly handoffs: readonly { readonly key: string }[];
  readonly channels: readonly AsJson<ChannelState & { readonly channel: string }>[];
  readonly approvals: readonly GivenApproval[];
  readonly returns: readonly { readonly handoff: string; readonly reason: string }[];
  readonly delegations: readonly AsJson<Delegation>[];
  readonly requests: readonly AsJson<OpenRequest>[];
  readonly flags: readonly { readonly channel: string; readonly flags: readonly string[] }[];
}

const timeOf = (text: string): Date => new Date(text);
const timeOrNull = (text: string | null): Date | null => (text === null ? null : timeOf(text));

/** Reads all of it with one question. */
export async function readParts(manager: EntityManager, campaignId: string): Promise<CampaignParts> {
  const [row] = await manager.query<Row[]>(PARTS, [campaignId]);
  if (!row) throw new Error('a question without a condition has one answer');
  const flags = new Map<string, string[]>();
  for (const { channel, flags: some } of row.flags)
    flags.set(channel, [...new Set([...(flags.get(channel) ?? []), ...some])]);
  return {
    state: {
      steps: new Map(row.steps.map(({ key, ...step }) => [key, step])),
      gates: new Map(row.gates.map(({ key, status }) => [key, status])),
      handoffs: new Set(row.handoffs.map(({ key }) => key)),
      approvals: row.approvals,
      returned: new Map(row.returns.map(({ handoff, reason }) => [handoff, reason])),
    },
    channels: new Map(
      row.channels.map(({ channel, plannedAt, launchedAt, ...state }) => [
        channel,
        { ...state, plannedAt: timeOrNull(plannedAt), launchedAt: timeOrNull(launchedAt) },
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
    assetFlags: flags,
  };
}
