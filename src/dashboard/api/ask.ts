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

/** Asks the public GraphQL API. @throws NotSignedIn, Unreachable, ApiError */
export async function ask<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  { signal, idempotencyKey }: AskOptions = {},
): Promise<T> {
  const token = tokenOfSession();
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...credentials(),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    body: JSON.stringify({ query: document.toString().trim(), variables }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    throw new Unreachable('Weir cannot be reached');
  });
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
