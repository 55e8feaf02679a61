import type { TypedDocumentString } from './operations.ts';
import { credentials, signOut, tokenOfSession, whySignedOut } from './session.ts';

/** The server asks who asks, and nobody has signed in, or with what it does not take. */
export class NotSignedIn extends Error {}

/** The server cannot be reached: it is stopped, or the network is away. */
export class Unreachable extends Error {}

/** What the API says of a question that it does not answer. */
export class ApiError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { message: string; extensions?: { code?: string; correlationId?: string } }[];
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Under which a change is made once, however often it is sent. */
  readonly idempotencyKey?: string;
}

/**
 * Asks the public GraphQL API: for a query by its hash, so that the browser, where it keeps an answer, asks only whether it still holds.
 *
 * @throws NotSignedIn, Unreachable, ApiError
 */
export async function ask<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  { signal, idempotencyKey }: AskOptions = {},
): Promise<T> {
  const token = tokenOfSession();
  const address = addressOf(document, variables);
  let response = address && (await send(address, { headers: { 'apollo-require-preflight': '1' }, signal }));
  // A server of another version knows other documents.
  if (!response || response.status === 404) {
    const key: Record<string, string> =
      idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
    const headers = { 'content-type': 'application/json', ...key };
    const body = JSON.stringify({ query: document.toString().trim(), variables });
    response = await send('/graphql', { method: 'POST', headers, body, signal });
  }
  const { data, errors } = (await response.json().catch(() => ({}))) as Answer<T>;
  const [first] = errors ?? [];
  if (response.status === 401) {
    // Others may have been answered before, and somebody may have signed in anew since.
    if (token !== null && token === tokenOfSession()) signOut(first?.message);
    throw new NotSignedIn(whySignedOut());
  }
  if (first) throw new ApiError(first.message, first.extensions?.code ?? 'UNKNOWN');
  if (!data) throw new Unreachable(`Weir answered ${response.status}`);
  return data;
}

/** @throws Unreachable, or what the signal was aborted with */
const send = (address: string, { headers, signal, ...rest }: Sent): Promise<Response> =>
  fetch(address, {
    ...rest,
    headers: {
      accept: 'application/graphql-response+json, application/json',
      ...credentials(),
      ...headers,
    },
    signal: signal ?? null,
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new Unreachable('Weir cannot be reached');
  });

interface Sent {
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal | undefined;
}

/** Where the answer to a query is read; null for what changes something, and for more than every proxy takes in an address. */
function addressOf<T, V>(document: TypedDocumentString<T, V>, variables: V): string | null {
  const { name, hash } = (document.__meta__ ?? {}) as { name?: string; hash?: string };
  if (name === undefined || hash === undefined) return null;
  const asked = { operationName: name, documentId: hash, variables: JSON.stringify(variables) };
  const parameters = new URLSearchParams(asked);
  const address = `/graphql?${parameters.toString()}`;
  return address.length > MAX_ADDRESS_LENGTH ? null : address;
}

const MAX_ADDRESS_LENGTH = 2_000;
