import {
  LONGEST_ROW,
  persistentIssues,
  type ReviewTrigger,
  triggersOfTaxonomy,
  triggersOfTeam,
} from '../domain/learning/review-triggers.js';
import type { Taxonomy, Team } from '../domain/workflow/document.js';
import type { Definition } from '../domain/workflow/reading.js';
import type { LoadedCampaign, StoredVersion, Stores } from './ports.js';

/** Of what was committed longer ago nobody has to be told: a repository that is read for the first time is full of it. */
const RECENT_DAYS = 30;

/** Tells of what calls for a review in a change of a Taxonomy or a Team (R94). */
export async function tellOfChange(
  stores: Stores,
  { meaning: before }: StoredVersion,
  { kind, meaning: after }: Definition,
  committedAt: Date,
  now: Date,
): Promise<void> {
  if (now.getTime() - committedAt.getTime() > RECENT_DAYS * 86_400_000 || after === null) return;
  if (kind === 'Taxonomy') await tell(stores, triggersOfTaxonomy(before as Taxonomy, after), now);
  if (kind === 'Team') await tell(stores, triggersOfTeam(before as Team, after), now);
}

/** Tells of trouble that campaigns on the workflow have again and again (R94). The campaign has ended. */
export async function tellOfPersistentIssues(
  stores: Stores,
  { version }: LoadedCampaign,
  now: Date,
): Promise<void> {
  const ended = await stores.retrospectives.ended(version.definitionId, LONGEST_ROW);
  await tell(stores, persistentIssues(version.key, ended), now);
}

async function tell({ alerts }: Stores, triggers: readonly ReviewTrigger[], now: Date): Promise<void> {
  for (const { subject, because } of triggers)
    await alerts.raise({ kind: 'review-due', subject, message: because }, now);
}
