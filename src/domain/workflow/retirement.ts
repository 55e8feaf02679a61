import type { Policy } from './document.js';
import { holdBack, type PlannedChange } from './plan.js';

/** What a retirement is measured against. */
export interface InUse {
  /** Workflows that are served and not retired. */
  readonly active: number;
  /** Campaigns that run, by workflow. */
  readonly running: ReadonlyMap<string, number>;
  /** Workflows that a steward lets go. */
  readonly released: ReadonlySet<string>;
}

/**
 * Holds back retirements that look like an accident: more than the Policy's share of all workflows at once (one alone is
 * never too many), or of one that more than its number of campaigns run on.
 */
export function limitRetirements(
  planned: readonly PlannedChange[],
  { retireLimit }: Policy,
  { active, running, released }: InUse,
): PlannedChange[] {
  const leaving = planned.filter(({ kind, change }) => kind === 'Workflow' && change === 'retired');
  const isMany = leaving.length > 1 && leaving.length > retireLimit.share * active;
  const whyHeld = ({ key }: PlannedChange): string | null => {
    if (released.has(key)) return null;
    const campaigns = running.get(key) ?? 0;
    if (campaigns > retireLimit.runningCampaigns) return `${campaigns} campaigns are running on it`;
    return isMany ? `${leaving.length} of ${active} workflows would be retired at once` : null;
  };
  return planned.map((each) => {
    const why = leaving.includes(each) ? whyHeld(each) : null;
    return why === null ? each : holdBack(each, 'retirement', `${why}, so a steward has to let it go`);
  });
}

/** With `onBadFile: commit` the rest of a commit waits with a retirement. */
export const holdCommit = (planned: PlannedChange): PlannedChange =>
  planned.change === 'held-back' || planned.change === 'unchanged'
    ? planned
    : holdBack(planned, 'commit', 'a retirement of the commit waits');
