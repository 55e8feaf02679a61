import { ITSELF } from '../domain/campaign/actor.js';
import { wantedIn } from '../domain/campaign/approvals/asked.js';
import type { Request } from '../domain/campaign/approvals/people.js';
import { type Passed, type Routed, routing } from '../domain/campaign/approvals/routing.js';
import { overdueAlert } from '../domain/campaign/approvals/overdue.js';
import { peopleOf } from './people.js';
import type { LoadedCampaign, Ports, Stores } from './ports.js';
import { situationOf } from './situation.js';
import { tellOfRequests } from './tell.js';

/** Whoever does what nobody asked for by hand. */
const ROUTER = 'routing';
/** Campaigns that are looked at in one go; what is left is looked at in the next. */
const AT_ONCE = 500;

/** Brings the routing log of a campaign up to date: who is asked for what is wanted now, and what is answered. */
export async function routeRequests(
  stores: Stores,
  campaign: LoadedCampaign,
  by: string,
  now: Date,
): Promise<Routed> {
  const wanted = wantedIn(situationOf(campaign));
  const routed = routing(wanted, peopleOf(campaign, now));
  if (routed.asked.length + routed.answered.length + routed.passed.length === 0) return routed;
  await stores.routing.save(campaign.id, routed, by, now);
  for (const each of routed.passed.filter(({ isLate }) => isLate)) await tell(stores, campaign, each, now);
  for (const { step, handoff, role } of routed.answered.filter(({ passedAt }) => passedAt !== null))
    await stores.alerts.resolve('answer-overdue', subjectOf(campaign, { step, handoff, role }), now);
  return routed;
}

const subjectOf = ({ key }: LoadedCampaign, one: Pick<Request, 'step' | 'handoff' | 'role'>): string =>
  [key, one.step ?? one.handoff ?? '', one.role].join(' ');

async function tell(stores: Stores, campaign: LoadedCampaign, passed: Passed, now: Date): Promise<void> {
  const subject = subjectOf(campaign, passed.request);
  // Somebody else is asked now, so people are told once more.
  await stores.alerts.resolve('answer-overdue', subject, now);
  const { steward } = campaign.version.meaning;
  await stores.alerts.raise({ ...overdueAlert({ campaign: campaign.key, steward }, passed), subject }, now);
}

/**
 * Asks others where somebody's time to answer is over: each campaign in a transaction of its own, which looks again under its lock, so
 * that of several processes one does it.
 * @returns how many campaigns were looked at
 */
export async function routeOverdue({ inTransaction, clock }: Ports): Promise<number> {
  const due = await inTransaction(({ routing: store }) => store.due(clock.now(), AT_ONCE));
  for (const key of due) {
    await inTransaction(async (stores) => {
      const now = clock.now();
      const campaign = await stores.campaigns.lock(key);
      if (!campaign) return;
      const { asked, passed } = await routeRequests(stores, campaign, ROUTER, now);
      if (passed.length === 0) return;
      await tellOfRequests(stores, campaign, asked, now);
      await stores.campaigns.announce(campaign);
      await stores.audit.add({
        ...{
          happenedAt: now,
          actor: ROUTER,
          roles: [],
          origin: ITSELF,
          action: 'approval.route',
          subject: campaign.key,
        },
        ...{ campaignId: campaign.id, versionId: campaign.version.id, commitSha: null },
        ...{ before: { passed: passed.map(({ request }) => request) }, after: { asked } },
      });
    });
  }
  return due.length;
}
