import { type Actor, lacking, recordedActor } from '../domain/campaign/actor.js';
import { refusal } from '../domain/campaign/refusal.js';
import type { IncidentCause, IncidentKind } from '../domain/learning/incidents.js';
import type { LoadedCampaign, Ports, Stores } from './ports.js';
import { formerOf } from './request-key.js';
import { lookBackOnLoaded } from './retrospective.js';
import { type Outcome, outcomeOf } from './run-campaign.js';

export interface IncidentReport {
  readonly campaign: string;
  readonly kind: IncidentKind;
  readonly subject: string;
  readonly cause: IncidentCause;
  readonly description: string;
  /** Null: now. */
  readonly happenedAt: Date | null;
}

/** More than anybody reads; a longer text is a document. */
const MOST_LETTERS = 2_000;
/** A campaign with more has another trouble; asking for them stays quick. */
const MOST_INCIDENTS = 500;

/**
 * Notes what went wrong in a campaign and its record does not show, also after it has ended (R79). Refused is what has not happened
 * yet, or before the campaign was there, and what is known already.
 */
export function recordIncident(ports: Ports, actor: Actor, report: IncidentReport): Promise<Outcome> {
  const { campaign: key, kind, subject, cause, description } = report;
  const refused = (...[code, message]: Parameters<typeof refusal>): Outcome => ({
    ...{ campaign: key, results: [] },
    refusals: [refusal(code, message)],
  });
  const request = ports.requestKeys?.next() ?? null;
  return ports.inTransaction(async (stores) => {
    const denied = lacking(actor, 'contributor');
    if (denied) return { campaign: null, refusals: [denied], results: [] };
    const campaign = await stores.campaigns.lock(key);
    if (!campaign) return { ...refused('UNKNOWN_CAMPAIGN', `there is no campaign '${key}'`), campaign: null };
    const former = await formerOf(stores, actor.name, request);
    if (former) return outcomeOf(former);
    const now = ports.clock.now();
    const happenedAt = report.happenedAt ?? now;
    for (const [what, text] of Object.entries({ subject, description }))
      if (text.trim() === '' || text.length > MOST_LETTERS)
        return refused('INVALID_INPUT', `the ${what} is empty or has more than ${MOST_LETTERS} characters`);
    if (happenedAt > now) return refused('INVALID_INPUT', 'what has not happened yet is no incident');
    const { createdAt } = campaign;
    if (happenedAt < createdAt)
      return refused(
        'INVALID_INPUT',
        `campaign '${key}' has been there since ${createdAt.toISOString()} only`,
      );
    const known = await knownAs(stores, campaign, report, now);
    if (known !== null) return refused('INVALID_INPUT', known);
    const incident = { kind, subject, cause, description, happenedAt, actor: actor.name, recordedAt: now };
    if (!(await stores.incidents.add(campaign.id, incident, MOST_INCIDENTS)))
      return refused('INVALID_INPUT', `a campaign has at most ${MOST_INCIDENTS} reported incidents`);
    await stores.campaigns.announce(campaign);
    await stores.audit.add({
      ...{ happenedAt: now, ...recordedActor(actor), action: 'incident.record' },
      ...{ subject, campaignId: campaign.id, versionId: campaign.version.id, commitSha: null },
      ...{ before: null, after: { ...incident, changes: [] }, request },
    });
    return { campaign: key, refusals: [], results: [] };
  });
}

/** How it is known already: the record shows it, or somebody has said the same of it; null where neither is so. */
async function knownAs(
  { retrospectives, incidents }: Stores,
  campaign: LoadedCampaign,
  { kind, subject, description }: IncidentReport,
  now: Date,
): Promise<string | null> {
  const isSame = (one: string, other: string): boolean =>
    one.trim().toLowerCase() === other.trim().toLowerCase();
  const found =
    (await retrospectives.foundAtEnd(campaign.id)) ??
    lookBackOnLoaded(campaign, await retrospectives.historyOf(campaign.id), now).incidents;
  const shown = found.find((each) => each.kind === kind && isSame(each.subject, subject));
  const what = `${kind.replaceAll('-', ' ')} '${subject}'`;
  if (shown) return `the record shows ${what} by itself: ${shown.evidence.join('; ')}`;
  const former = (await incidents.reported(campaign.id)).find(
    (each) => each.kind === kind && isSame(each.subject, subject) && isSame(each.description, description),
  );
  return former ? `${former.actor} has reported ${what} in the same words` : null;
}
