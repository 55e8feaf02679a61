import { ALERT_KINDS, type Alert } from '../domain/alert.js';
import type { Request } from '../domain/campaign/approvals/people.js';
import { type AskedOne, newsOfRequests } from '../domain/notification/asked.js';
import { type News, newsOf, newsOfGap } from '../domain/notification/news.js';
import { type AboutCampaign, addressed, type Audience } from '../domain/notification/notification.js';
import type { Situation } from '../domain/campaign/situation.js';
import type { Change } from '../domain/campaign/state.js';
import type { AlertStore, DefinitionStore, LoadedCampaign, NotificationStore, Stores } from './ports.js';
import { situationOf } from './situation.js';

type Telling = Pick<Stores, 'notifications'>;

/**
 * Writes what an action has made due for whom, and what else there is to tell of it, into the outbox, in the action's transaction.
 * @param before null where the campaign has just been created
 */
export async function tellOfChanges(
  stores: Telling,
  before: Situation | null,
  after: LoadedCampaign,
  { changes, asked, actor, now }: Acted,
): Promise<void> {
  if (!stores.notifications.isWanted) return;
  const situation = situationOf(after);
  const news = [...newsOf(before, situation, changes, now), ...newsOfRequests(situation, whom(after, asked))];
  await tell(stores, news, after, { roles: after.roles, actor, now });
}

interface Acted {
  readonly changes: readonly Change[];
  /** Of whom answers are asked now. */
  readonly asked: readonly Request[];
  readonly actor: string;
  readonly now: Date;
}

/** Tells those who are asked for an answer when nobody did anything. */
export async function tellOfRequests(
  stores: Telling,
  campaign: LoadedCampaign,
  asked: readonly Request[],
  now: Date,
): Promise<void> {
  if (!stores.notifications.isWanted) return;
  const news = newsOfRequests(situationOf(campaign), whom(campaign, asked));
  await tell(stores, news, campaign, { roles: campaign.roles, actor: null, now });
}

/** Tells those who launch a step that the least gap before it has ended. */
export async function tellOfGap(
  stores: Telling,
  campaign: LoadedCampaign,
  { step, end }: { readonly step: string; readonly end: Date },
  now: Date,
): Promise<void> {
  if (!stores.notifications.isWanted) return;
  const news = newsOfGap(situationOf(campaign), step, end);
  await tell(stores, news, campaign, { roles: campaign.roles, actor: null, now });
}

const whom = ({ delegations }: LoadedCampaign, asked: readonly Request[]): AskedOne[] =>
  asked.map((each) => ({
    ...each,
    isPerson: each.rule === 'delegated' && delegations.some(({ toPerson }) => toPerson === each.asked),
  }));

async function tell(
  { notifications }: Telling,
  news: readonly News[],
  campaign: AboutCampaign | null,
  audience: Audience,
): Promise<void> {
  if (news.length === 0) return;
  const about = campaign && {
    ...{ key: campaign.key, name: campaign.name, plannedLaunchAt: campaign.plannedLaunchAt },
  };
  const messages = addressed(news, about, audience);
  if (messages.length > 0) await notifications.add(messages, audience.now);
}

/** Alerts of which people are told when they are raised, in the same transaction. */
export class ToldAlerts implements AlertStore {
  constructor(
    private readonly alerts: AlertStore,
    private readonly stores: {
      readonly definitions: DefinitionStore;
      readonly notifications: NotificationStore;
    },
  ) {}

  async raise(alert: Alert, now: Date): Promise<boolean> {
    const isNew = await this.alerts.raise(alert, now);
    if (isNew && this.stores.notifications.isWanted) {
      const { campaign = null } = alert;
      const about = campaign === null ? null : { key: campaign, name: campaign, plannedLaunchAt: null };
      const roles = (await this.stores.definitions.teams()).flatMap((team) => team.roles);
      await tell(this.stores, [newsOfAlert(alert, now)], about, { roles, actor: null, now });
    }
    return isNew;
  }
  resolve: AlertStore['resolve'] = (...given) => this.alerts.resolve(...given);
  resolveOthers: AlertStore['resolveOthers'] = (...given) => this.alerts.resolveOthers(...given);
  resolveOf: AlertStore['resolveOf'] = (...given) => this.alerts.resolveOf(...given);
  endOthers: AlertStore['endOthers'] = (...given) => this.alerts.endOthers(...given);
  acknowledge: AlertStore['acknowledge'] = (...given) => this.alerts.acknowledge(...given);
}

const newsOfAlert = ({ kind, subject, message, roles = [] }: Alert, now: Date): News => ({
  ...{ kind: 'alert', subject: `${kind} ${subject}`, occurrence: now.toISOString(), roles, within: null },
  title: `alert: ${kind.replaceAll('-', ' ')}`,
  happened: `${ALERT_KINDS[kind]} ${message}${/[.!?]$/.test(message) ? '' : '.'}`,
  asked: 'Look into it, and acknowledge the alert, so that others know that you do.',
});
