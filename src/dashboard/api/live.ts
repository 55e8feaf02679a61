import { type Client, createClient } from 'graphql-ws';
import { connectionLost, connectionMade, connectionUnneeded } from './away.ts';
import type { TypedDocumentString } from './operations.ts';
import { credentials } from './session.ts';

/** Between two attempts to come back. */
const [LEAST_PAUSE_MS, MOST_PAUSE_MS] = [500, 5_000];

/** How many follow something now. */
let followers = 0;
let client: Client | null = null;

/** One socket for everything that is followed; it comes back by itself after the server was away. */
const connection = (): Client =>
  (client ??= createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: credentials,
    lazyCloseTimeout: 1_000,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (tries) => new Promise((resolve) => setTimeout(resolve, pause(tries))),
    on: {
      connected: (_socket, _payload, again) => void connectionMade(again),
      // By the client itself once nobody follows anything.
      closed: () => {
        if (followers > 0) connectionLost();
      },
    },
  }));

/** Longer each time, but not by hours after a night without a server; never at once for all pages that it has left. */
const pause = (tries: number): number =>
  Math.min(LEAST_PAUSE_MS * 2 ** tries, MOST_PAUSE_MS) * (0.6 + 0.4 * Math.random());

/** Calls back for each event; once a lost connection is there again, all is asked anew. @returns what ends it */
export function follow<T, V extends Record<string, unknown>>(
  document: TypedDocumentString<T, V>,
  variables: V,
  onEvent: () => void,
): () => void {
  followers += 1;
  const end = connection().subscribe(
    { query: document.toString().trim(), variables },
    { next: onEvent, error: () => undefined, complete: () => undefined },
  );
  return () => {
    end();
    followers -= 1;
    if (followers === 0) connectionUnneeded();
  };
}
