import { holdBack, type PlannedChange } from './plan.js';
import type { Workflow } from './workflow.js';

/** A campaign that has ended on a version of a workflow that was a pilot. */
export interface PilotCampaign {
  readonly workflow: string;
  readonly key: string;
  /** Metrics that have a value. */
  readonly measured: readonly string[];
}

/** Whether a change opens a pilot to everybody. */
export const isPromotion = (
  before: Pick<Workflow, 'status'> | null,
  after: Pick<Workflow, 'status'> | null,
): boolean => before?.status === 'pilot' && after?.status === 'active';

/**
 * What a pilot lacks to be opened to everybody, in words; null where it lacks nothing, or nothing is opened. A pilot has shown
 * something when one of its campaigns has ended with a value of every KPI that the definition names (R99).
 * @param campaigns those that have ended on the pilot
 */
export function whyNotPromoted(
  before: Workflow | null,
  after: Workflow | null,
  campaigns: readonly PilotCampaign[],
): string | null {
  if (!before || !isPromotion(before, after)) return null;
  if (campaigns.length === 0) return 'no campaign of the pilot has ended';
  const missing = campaigns.map(({ key, measured }) => ({
    key,
    kpis: before.kpis.filter((kpi) => !measured.includes(kpi)),
  }));
  const [best] = missing.sort((one, other) => one.kpis.length - other.kpis.length);
  if (!best || best.kpis.length === 0) return null;
  return `of the pilot's campaigns none has all of its KPIs: ${best.key} lacks ${best.kpis.join(', ')}`;
}

/** Workflows that would be opened to everybody. */
export const promotionsIn = (planned: readonly PlannedChange[]): string[] =>
  planned.filter(({ held, ...each }) => held === null && isPromotion(...sides(each))).map(({ key }) => key);

/**
 * Holds back pilots that would be opened to everybody before they have shown anything.
 * @param released workflows that a steward lets go
 */
export const limitPromotions = (
  planned: readonly PlannedChange[],
  campaigns: readonly PilotCampaign[],
  released: ReadonlySet<string>,
): PlannedChange[] =>
  planned.map((each) => {
    if (each.kind !== 'Workflow' || each.held !== null || released.has(each.key)) return each;
    const ofThis = campaigns.filter(({ workflow }) => workflow === each.key);
    const why = whyNotPromoted(...sides(each), ofThis);
    return why === null ? each : holdBack(each, 'pilot', `${why}, so a steward has to let it go`);
  });

function sides({
  kind,
  base,
  definition,
}: Pick<PlannedChange, 'kind' | 'base' | 'definition'>): [Workflow | null, Workflow | null] {
  if (kind !== 'Workflow' || base === null || base.retired) return [null, null];
  return [base.meaning as Workflow, definition?.kind === 'Workflow' ? definition.meaning : null];
}
