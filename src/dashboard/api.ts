/** The server asks for a token, and has none, or one that it does not take. */
export class NotSignedIn extends Error {}

/** Kept as long as the tab is open, and given to no other site. */
const KEPT_AS = 'weir-token';

export const signIn = (token: string): void => sessionStorage.setItem(KEPT_AS, token);

/** Asks the public GraphQL API. @throws NotSignedIn; Error with the API's own words when it gives no data */
export async function ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const token = sessionStorage.getItem(KEPT_AS);
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
  const [first] = errors ?? [];
  if (response.status === 401) {
    sessionStorage.removeItem(KEPT_AS);
    throw new NotSignedIn(token === null ? '' : (first?.message ?? ''));
  }
  if (first || !data) throw new Error(first?.message ?? `the API answered ${response.status}`);
  return data;
}

/** An answer to an action that was not carried out. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly missing: readonly string[];
  readonly askRole: readonly string[];
}
