import type { PlannedChange } from '../domain/workflow/plan.js';
import { limitPromotions, promotionsIn, whyNotPromoted } from '../domain/workflow/promotion.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import type { Commit, Stores } from './ports.js';

/**
 * Holds back pilots that a commit opens to everybody before they have shown anything (R99). What was committed before Weir was
 * there is history: nobody could have measured those pilots here.
 */
export async function limitPilots(
  stores: Stores,
  planned: readonly PlannedChange[],
  { commit, released }: { readonly commit: Commit; readonly released: ReadonlySet<string> },
): Promise<readonly PlannedChange[]> {
  const promoted = promotionsIn(planned);
  if (promoted.length === 0) return planned;
  const beginning = await stores.sync.firstRunAt();
  if (beginning === null || commit.committedAt < beginning) return planned;
  return limitPromotions(planned, await stores.campaigns.pilots(promoted), released);
}

/** Whether one of the pilots that wait has by now shown what it has to. */
export async function hasPilotShown({ definitions, campaigns }: Stores): Promise<boolean> {
  const waiting = [...(await definitions.waiting())].flatMap(([key, reason]) =>
    reason === 'pilot' ? [key] : [],
  );
  if (waiting.length === 0) return false;
  const served = await definitions.served(waiting.map((key) => ({ kind: 'Workflow', key })));
  const ended = await campaigns.pilots(waiting);
  return served.some(({ key, version }) => {
    const pilot = version?.meaning as Workflow | undefined;
    const ofThis = ended.filter(({ workflow }) => workflow === key);
    return pilot !== undefined && whyNotPromoted(pilot, { ...pilot, status: 'active' }, ofThis) === null;
  });
}
