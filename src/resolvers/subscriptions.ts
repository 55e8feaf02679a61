import { Repeater } from '@graphql-yoga/subscription';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { StoredAlert } from '../application/ports.js';
import type { SyncRunRecord } from '../application/reads.js';
import type { CampaignRecord } from '../application/records.js';
import { CampaignType } from '../schema/campaign-types.js';
import { SyncRunType } from '../schema/repository-types.js';
import { type NodeType, parseGlobalId } from '../schema/node.js';
import { AlertType } from '../schema/operation-types.js';
import { badInput } from './arguments.js';
import type { Context } from './context.js';

interface Subscribing<Arguments> {
  readonly args: Arguments;
  readonly context: Context;
}

const AFTER = 'The last one that was seen: those since then come first.';

@Resolver()
export class SubscriptionResolver {
  @Subscription(() => CampaignType, {
    description: 'The campaign as it is now, and again whenever it has changed.',
    subscribe: ({ args, context }: Subscribing<{ key: string; after?: string | null }>) =>
      followCampaign(args.key, args.after ?? null, context),
  })
  campaignChanged(
    @Arg('key', () => String, { description: 'Its key.' }) _key: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Its `cursor` when it was seen last: nothing comes before it has changed.',
    })
    _after: string | null,
    @Root() campaign: CampaignRecord,
  ): CampaignRecord {
    return campaign;
  }

  @Subscription(() => SyncRunType, {
    description: 'Every sync that found something new or wrong.',
    subscribe: ({ args, context }: Subscribing<{ after?: string | null }>) =>
      followSyncs(placeOf('SyncRun', args.after), context),
  })
  repositorySynced(
    @Arg('after', () => ID, { nullable: true, description: AFTER }) _after: string | null,
    @Root() run: SyncRunRecord,
  ): SyncRunRecord {
    return run;
  }

  @Subscription(() => AlertType, {
    description: 'Every alert, when it is raised.',
    subscribe: ({ args, context }: Subscribing<{ after?: string | null }>) =>
      followAlerts(placeOf('Alert', args.after), context),
  })
  alertRaised(
    @Arg('after', () => ID, { nullable: true, description: AFTER }) _after: string | null,
    @Root() alert: StoredAlert,
  ): StoredAlert {
    return alert;
  }
}

/** Listens before it looks, so that no change falls between the two. */
async function followCampaign(
  key: string,
  after: string | null,
  context: Context,
): Promise<AsyncIterable<CampaignRecord>> {
  const found = await context.reads.campaign(key);
  if (!found) throw badInput(`there is no campaign '${key}'`);
  let isKnown = after !== null;
  return follow(context.changes.campaign(key), async (push) => {
    const { reads, load } = context.renew();
    const campaign = await reads.campaign(key);
    if (!campaign) return;
    // What was seen may be told of late: it is known until it has changed.
    isKnown &&= (await load.cursor.load(campaign.id)) === after;
    if (!isKnown) await push(campaign);
  });
}

/** The number behind an id that was given out; null where none is given. */
function placeOf(type: NodeType, id: string | null | undefined): string | null {
  if (id == null) return null;
  const found = parseGlobalId(id);
  if (found?.type !== type)
    throw badInput(`'after' is the id of ${type === 'Alert' ? 'an Alert' : 'a SyncRun'}`);
  return found.id;
}

const followSyncs = (after: string | null, context: Context): AsyncIterable<SyncRunRecord> =>
  followRows(context.changes.syncRuns(), after, (...asked) => context.renew().reads.syncRunsAfter(...asked));

const followAlerts = (after: string | null, context: Context): AsyncIterable<StoredAlert> =>
  followRows(context.changes.alerts(), after, (...asked) => context.renew().reads.alertsAfter(...asked));

/** Everything after a row, also what nobody has told of; without one, what comes from now on. */
function followRows<Row extends { readonly id: string }>(
  notices: AsyncIterable<readonly string[]>,
  after: string | null,
  look: (after: string | null, ids: readonly string[]) => Promise<Row[]>,
): AsyncIterable<Row> {
  let last = after;
  const seen = new Set<string>();
  // What was told of may be older than what was seen, where two were written at the same time; or is told of late, and was seen.
  const isNews = (id: string): boolean => !seen.has(id) && (after === null || BigInt(id) > BigInt(after));
  return follow(notices, async (push, told) => {
    if (last === null) {
      last = (await look(null, []))[0]?.id ?? '0';
      if (told.length === 0) return;
    }
    for (let rows = await look(last, told.filter(isNews)); rows.length > 0; rows = await look(last, [])) {
      for (const row of rows) {
        await push(row);
        seen.add(row.id);
        if (BigInt(row.id) > BigInt(last)) last = row.id;
      }
    }
    for (const id of [...seen].slice(0, -MOST_SEEN)) seen.delete(id);
  });
}
/** Of which it is known that they were given; nothing is told of so late. */
const MOST_SEEN = 1_000;

/** Calls `look` at once and after every notice; ends when the client goes. A slow client is waited for. */
function follow<T>(
  notices: AsyncIterable<readonly string[]>,
  look: (push: (value: T) => Promise<unknown>, told: readonly string[]) => Promise<void>,
): AsyncIterable<T> {
  return new Repeater<T>(async (push, stop) => {
    const iterator = notices[Symbol.asyncIterator]();
    void stop.then(() => iterator.return?.());
    const give = (value: T): Promise<unknown> => Promise.resolve(push(value));
    await look(give, []);
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      await look(give, next.value);
    }
  });
}
