/** Asks the public GraphQL API. @throws Error with the API's own words when it gives no data */
export async function ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
  if (errors?.[0] || !data) throw new Error(errors?.[0]?.message ?? `the API answered ${response.status}`);
  return data;
}

/** An answer to an action that was not carried out. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly missing: readonly string[];
  readonly askRole: readonly string[];
}
