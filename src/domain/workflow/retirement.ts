import type { Policy } from './document.js';
import type { PlannedChange } from './plan.js';

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
 * never too many), or of one that more than its number of campaigns run on. With `onBadFile: commit` the rest of the
 * commit waits with them.
 */
export function limitRetirements(
  planned: readonly PlannedChange[],
  { retireLimit, onBadFile }: Policy,
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
  const held = new Map(leaving.flatMap((each) => [[each, whyHeld(each)] as const]));
  const isAllHeld = onBadFile === 'commit' && [...held.values()].some((why) => why !== null);
  return planned.map((each) => {
    const why = held.get(each) ?? null;
    if (why !== null) return heldBack(each, 'retirement', `${why}, so a steward has to let it go`);
    const isSettled = each.change === 'held-back' || each.change === 'unchanged';
    return isAllHeld && !isSettled ? heldBack(each, 'commit', 'a retirement of the commit waits') : each;
  });
}

const heldBack = (planned: PlannedChange, held: PlannedChange['held'], why: string): PlannedChange => ({
  ...planned,
  change: 'held-back',
  classification: 'none',
  changes: [],
  held,
  summary: `${planned.kind} '${planned.key}' held back: ${why}`,
});
