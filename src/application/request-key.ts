import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import type { Change } from '../domain/campaign/state.js';
import type { RequestKey, RequestKeys, Stores } from './ports.js';

/** Keys for the actions of one request, in the order in which they are taken: the same again for the same request. */
export class KeysOfRequest implements RequestKeys {
  #taken = 0;
  constructor(private readonly request: RequestKey) {}

  next(): RequestKey {
    this.#taken += 1;
    const { key, hash } = this.request;
    return { key: `${key} ${this.#taken}`, hash };
  }
}

/** What came of an action when its request was sent before. */
export interface Former {
  /** Key of the campaign. */
  readonly campaign: string;
  /** Null where another request had its key, and nothing may be done. */
  readonly changes: readonly Change[] | null;
  readonly refusals: readonly Refusal[];
}

/**
 * Looks for an action of the same caller with the same key, which has to be done under the lock of what it acts on. A refused action has
 * done nothing, so it is decided anew.
 */
export async function formerOf(
  { audit }: Pick<Stores, 'audit'>,
  actor: string,
  request: RequestKey | null,
): Promise<Former | null> {
  const found = request && (await audit.ofRequest(actor, request.key));
  if (!found) return null;
  const { campaign, hash, changes } = found;
  if (hash === request.hash) return { campaign, changes, refusals: [] };
  const message = `the key '${request.key.split(' ')[0] ?? ''}' came with another request before: a new request takes a new key`;
  return { campaign, changes: null, refusals: [refusal('REQUEST_KEY_REUSED', message)] };
}
