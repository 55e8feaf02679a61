import { CannotCalculate } from '../domain/cannot-calculate.js';
import { type CalendarEvent, campaignEvents } from '../domain/calendar/campaign-events.js';
import { handoffReviewsOf } from '../domain/calendar/default-cadence.js';
import { sectionEnds } from '../domain/forecast/section-ends.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import { DEFAULT_POLICY, type Policy } from '../domain/workflow/document.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import { stepsSoFar } from './forecasts.js';
import type { Reads } from './reads.js';
import type { CampaignRecord } from './records.js';

export interface CampaignCalendar {
  readonly campaign: CampaignRecord;
  readonly events: readonly CalendarEvent[];
  readonly changedAt: Date;
  /** How often the campaign was changed, so that of two feeds it can be told which is the later one. */
  readonly revision: number;
}

/** What takes place in a campaign; null where there is none of that key. */
export async function campaignCalendar(
  reads: Reads,
  key: string,
  now: Date,
): Promise<CampaignCalendar | null> {
  const campaign = await reads.campaign(key);
  if (!campaign) return null;
  const { versionId, policyVersionId } = campaign;
  const versions = await reads.versionsById([
    versionId,
    ...(policyVersionId === null ? [] : [policyVersionId]),
  ]);
  const meaningOf = (id: string | null) => versions.find((version) => version.id === id)?.meaning;
  const workflow = meaningOf(versionId) as Workflow | undefined;
  if (!workflow) return null;
  const { timezone } = (meaningOf(policyVersionId) as Policy | undefined) ?? DEFAULT_POLICY;
  const channels = await reads.channels([campaign.id]);
  const stageEnds = await stageEndsOf(reads, campaign, workflow, now);
  const { count: revision, last } = await reads.campaignChanges(campaign.id);
  const events = campaignEvents(workflow, { ...campaign, channels, timezone, stageEnds }, now);
  return { campaign, events, changedAt: last ?? campaign.createdAt, revision };
}

/** When the stages end at whose gates people meet; none where nobody does, or where it cannot be told. */
async function stageEndsOf(
  reads: Reads,
  campaign: CampaignRecord,
  workflow: Workflow,
  now: Date,
): Promise<ReadonlyMap<string, Date>> {
  if (handoffReviewsOf(workflow).length === 0) return new Map();
  const { createdAt, endedAt } = campaign;
  const [teams, steps] = [await reads.teams(), await reads.steps([campaign.id])];
  const hours = ((endedAt ?? now).getTime() - createdAt.getTime()) / HOUR;
  const underway = { nowHours: Math.max(0, hours), steps: stepsSoFar(createdAt, steps) };
  try {
    const staffing = { start: createdAt, teams, continuous: false };
    const ends = sectionEnds(workflow, compileWorkflow(workflow), staffing, underway);
    return new Map([...ends].map(([section, end]) => [section, new Date(createdAt.getTime() + end * HOUR)]));
  } catch (error) {
    if (error instanceof CannotCalculate) return new Map();
    throw error;
  }
}
const HOUR = 3_600_000;
