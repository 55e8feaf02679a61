import { type Client, createClient } from 'graphql-ws';
import type { TypedDocumentString } from './operations.ts';
import { credentials } from './session.ts';

/** Between two attempts to come back. */
const MOST_PAUSE_MS = 15_000;

let client: Client | null = null;

/** One socket for everything that is followed; it comes back by itself after the server was away. */
const connection = (): Client =>
  (client ??= createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: credentials,
    lazyCloseTimeout: 1_000,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    // Doubled each time by itself, it would be hours after a night without a server.
    retryWait: (tries) =>
      new Promise((resolve) => setTimeout(resolve, Math.min(1_000 * 2 ** tries, MOST_PAUSE_MS))),
  }));

/** Calls back for each event, and once after the connection was lost, as something may have happened meanwhile. @returns what ends it */
export function follow<T, V extends Record<string, unknown>>(
  document: TypedDocumentString<T, V>,
  variables: V,
  onEvent: () => void,
): () => void {
  let wasConnected = false;
  const off = connection().on('connected', () => {
    if (wasConnected) onEvent();
    wasConnected = true;
  });
  const end = connection().subscribe(
    { query: document.toString().trim(), variables },
    { next: onEvent, error: () => undefined, complete: () => undefined },
  );
  return () => {
    off();
    end();
  };
}
