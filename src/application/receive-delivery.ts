import { askForCheck } from './check-pull-request.js';
import type { Ports } from './ports.js';

/** What a host tells, as far as it is believed: that something may have happened, never what. */
export interface Delivery {
  readonly host: string;
  /** Given by the host; the same when it delivers again. */
  readonly id: string;
  readonly event: string;
  readonly news: 'push' | 'pull-request' | 'other';
  /** Number of the pull request it is about. */
  readonly pullRequest: number | null;
}

/**
 * Keeps the delivery and asks for the work in one transaction, so that neither is there without the other: whoever is
 * answered after it may forget the delivery.
 * @returns false for one that was received before; nothing happens then
 */
export function receiveDelivery({ inTransaction, clock }: Ports, delivery: Delivery): Promise<boolean> {
  const { host, id, event, news, pullRequest } = delivery;
  return inTransaction(async (stores) => {
    if (!(await stores.deliveries.add(host, id, event, clock.now()))) return false;
    if (news === 'push') await stores.jobs.ask('sync', { trigger: 'webhook' }, { key: 'sync' });
    if (news === 'pull-request' && pullRequest !== null) await askForCheck(stores, pullRequest);
    return true;
  });
}
