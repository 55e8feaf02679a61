import { setTimeout as delay } from 'node:timers/promises';
import type { Served } from './serve.js';

interface Answer {
  readonly data?: { readonly it?: { readonly refusals: readonly { readonly code: string }[] } | null } | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** Sends a mutation once. @returns null where there was no answer */
export async function send(
  url: string,
  mutation: string,
  input: object,
  key: string,
): Promise<Answer | null> {
  const isStep = mutation === 'startStep' || mutation === 'completeStep';
  const type = isStep ? 'StepInput' : `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { refusals { code } } }`;
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ query, variables: { input } }),
  }).then(
    async (response) => (await response.json()) as Answer,
    () => null,
  );
}

/** After these it is not known whether it was done: whoever is told so sends the same again, under the same key. */
const FAULTS = ['INTERNAL_SERVER_ERROR', 'TIMEOUT'];

/**
 * Sends the same under the same key, to one server after the other, until it is acknowledged.
 * @returns how often it was sent
 */
export async function acknowledged(
  servers: readonly (Pick<Served, 'url'> & Partial<Served>)[],
  mutation: string,
  input: object,
  key: string,
): Promise<number> {
  for (let tries = 1; ; tries++) {
    const server = servers[tries % servers.length];
    if (server?.child && server.child.exitCode !== null)
      throw new Error(`the server has ended: ${server.output?.().slice(-5_000) ?? ''}`);
    const answer = await send(server?.url ?? '', mutation, input, key);
    const refusals = answer?.data?.it?.refusals;
    if (refusals?.length === 0) return tries;
    const isFault = (answer?.errors ?? []).every(({ extensions: { code } }) => FAULTS.includes(code));
    if (refusals || !isFault)
      throw new Error(`${mutation} ${JSON.stringify(input)}: ${JSON.stringify(answer)}`);
    await delay(50);
  }
}
