import { authorsOf } from '../domain/campaign/approvals/duties.js';
import { activeOn, isHandedTo, type People } from '../domain/campaign/approvals/people.js';
import { type Content, contentText, handoffText, scopeOf } from '../domain/campaign/approvals/scope.js';
import type { Seen } from '../domain/campaign/approvals/approve.js';
import type { Actor } from '../domain/campaign/actor.js';
import type { Situation } from '../domain/campaign/situation.js';
import type { Brief } from '../domain/campaign/state.js';
import type { Handoff, Step } from '../domain/workflow/workflow.js';
import type { LoadedCampaign, StoredAsset } from './ports.js';
import { sha256 } from './sha256.js';

/** Who may answer for whom in a campaign, and who was asked. */
export const peopleOf = ({ delegations, requests, roles }: LoadedCampaign, now: Date): People => ({
  now,
  roles,
  delegations,
  requests,
});

/** The same person, with the roles that are handed to them for the whole campaign. */
export function actingAs(actor: Actor, people: People): Actor {
  if (actor.roles === 'every') return actor;
  const handed = activeOn(people, null).filter((each) => each.step === null && isHandedTo(actor, each));
  return { ...actor, roles: new Set([...actor.roles, ...handed.map(({ role }) => role)]) };
}

/** SHA-256, in hexadecimal digits, of what an approval or a launch looks at. */
export const contentHashOfStep = (
  situation: Situation,
  step: Step,
  assets: readonly Content[],
  brief: Brief = situation.campaign.brief,
): string => sha256(contentText(scopeOf(situation, step), brief, assets));

/** The same of what a hand-off takes over. */
export const contentHashOfHandoff = (
  situation: Situation,
  handoff: Handoff,
  assets: readonly Content[],
  brief: Brief = situation.campaign.brief,
): string => sha256(handoffText(situation, handoff, assets, brief));

/** What there is to see at a step, and who made it; nothing of a step that there is not. */
export function seenAt(
  situation: Situation,
  key: string,
  {
    briefAuthors,
    assets,
    given,
  }: {
    readonly briefAuthors: LoadedCampaign['briefAuthors'];
    readonly assets: readonly StoredAsset[];
    readonly given: string | null;
  },
): Omit<Seen, 'since'> {
  const step = situation.progress.steps.get(key)?.part;
  if (!step) return { hash: '', given, authors: [] };
  const written = { brief: situation.campaign.brief, briefAuthors, assets };
  return {
    hash: contentHashOfStep(situation, step, assets),
    given,
    authors: authorsOf(situation, situation.state, step, written),
  };
}
