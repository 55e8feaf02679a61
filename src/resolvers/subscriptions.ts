import { Repeater } from '@graphql-yoga/subscription';
import { Arg, Resolver, Root, Subscription } from 'type-graphql';
import type { StoredAlert } from '../application/ports.js';
import type { SyncRunRecord } from '../application/reads.js';
import type { CampaignRecord } from '../application/records.js';
import { CampaignType } from '../schema/campaign-types.js';
import { SyncRunType } from '../schema/repository-types.js';
import { AlertType } from '../schema/operation-types.js';
import { badInput } from './arguments.js';
import type { Context } from './context.js';

interface Subscribing<Arguments> {
  readonly args: Arguments;
  readonly context: Context;
}

@Resolver()
export class SubscriptionResolver {
  @Subscription(() => CampaignType, {
    description: 'The campaign as it is now, and again whenever it has changed.',
    subscribe: ({ args, context }: Subscribing<{ key: string }>) => followCampaign(args.key, context),
  })
  campaignChanged(
    @Arg('key', () => String, { description: 'Its key.' }) _key: string,
    @Root() campaign: CampaignRecord,
  ): CampaignRecord {
    return campaign;
  }

  @Subscription(() => SyncRunType, {
    description: 'Every sync that found something new or wrong.',
    subscribe: ({ context }: Subscribing<unknown>) => followSyncs(context),
  })
  repositorySynced(@Root() run: SyncRunRecord): SyncRunRecord {
    return run;
  }

  @Subscription(() => AlertType, {
    description: 'Every alert, when it is raised.',
    subscribe: ({ context }: Subscribing<unknown>) => followAlerts(context),
  })
  alertRaised(@Root() alert: StoredAlert): StoredAlert {
    return alert;
  }
}

/** Listens before it looks, so that no change falls between the two. */
async function followCampaign(key: string, context: Context): Promise<AsyncIterable<CampaignRecord>> {
  if (!(await context.reads.campaign(key))) throw badInput(`there is no campaign '${key}'`);
  return follow(context.changes.campaign(key), async (push) => {
    const campaign = await context.renew().reads.campaign(key);
    if (campaign) await push(campaign);
  });
}

const followSyncs = (context: Context): AsyncIterable<SyncRunRecord> =>
  follow(context.changes.syncRuns(), async (push, notice) => {
    const run = notice && (await context.renew().reads.syncRunById(notice[0]));
    if (run) await push(run);
  });

const followAlerts = (context: Context): AsyncIterable<StoredAlert> =>
  follow(context.changes.alerts(), async (push, notice) => {
    const alert = notice && (await context.renew().reads.alertById(notice[0]));
    if (alert) await push(alert);
  });

/** Calls `look` at once and after every notice; ends when the client goes. A slow client is waited for. */
function follow<Notice, T>(
  notices: AsyncIterable<Notice>,
  look: (push: (value: T) => Promise<unknown>, notice: Notice | null) => Promise<void>,
): AsyncIterable<T> {
  return new Repeater<T>(async (push, stop) => {
    const iterator = notices[Symbol.asyncIterator]();
    void stop.then(() => iterator.return?.());
    const give = (value: T): Promise<unknown> => Promise.resolve(push(value));
    await look(give, null);
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      await look(give, next.value);
    }
  });
}
