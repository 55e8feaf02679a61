import type { Ports, Stores } from './ports.js';

/** A host that is away comes back within this, mostly. */
const FAILING_MS = 5 * 60_000;
/** Who has merged something wrong is given the time to mend it. */
const BEHIND_MS = 15 * 60_000;
/** Hosts deliver again by hand for three days (GitHub); a week leaves room. */
const DELIVERIES_MS = 7 * 86_400_000;

/** Raises an alert of what lasts, and ends it when it has passed. Done every minute, by one process. */
export function watchRepository({ inTransaction, clock }: Ports): Promise<void> {
  return inTransaction(async (stores) => {
    const now = clock.now();
    const state = await stores.sync.state();
    if (!state) return;
    const { location, failure, failingSince, behindSince, errors, held } = state;
    const lasts = (since: Date | null, ms: number) => since !== null && now.getTime() - since.getTime() >= ms;
    if (lasts(failingSince, FAILING_MS) && failure !== null)
      await stores.alerts.raise({ kind: 'repository-unreadable', subject: location, message: failure }, now);
    if (lasts(behindSince, BEHIND_MS)) await stores.alerts.raise(behind(location, errors, held), now);
    else await stores.alerts.resolve('served-behind', location, now);
    await stores.deliveries.forget(new Date(now.getTime() - DELIVERIES_MS));
  });
}

type RaisedAlert = Parameters<Stores['alerts']['raise']>[0];

const behind = (location: string, errors: number, held: number): RaisedAlert => ({
  kind: 'served-behind',
  subject: location,
  message: `files with errors: ${errors}, files of which something is held back: ${held}; see repository { problems heldBack }`,
});
