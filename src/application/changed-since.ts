import { changedSince, type Held } from '../domain/campaign/approvals/edits.js';
import type { Scope } from '../domain/campaign/approvals/scope.js';
import type { Stores } from './ports.js';

/** Changes that are looked back on; what was looked at before so many is not found any more. */
const LOOKED_BACK = 200;

/** What there is to see, and what was looked at, by their hashes. */
interface Compared {
  readonly hash: string;
  /** Null where nobody says. */
  readonly given: string | null;
  readonly scope: Scope;
  readonly hashOf: (held: Held) => string;
}

/** What has changed since something of a campaign was looked at, by whom and when, in words; empty where nothing has. */
export async function toldSince(
  { audit }: Stores,
  campaignId: string,
  { hash, given, scope, hashOf }: Compared,
): Promise<string> {
  if (given === null || given === hash) return '';
  const edits = await audit.edits(campaignId, LOOKED_BACK);
  return changedSince(edits, scope, (held) => hashOf(held) === given);
}
