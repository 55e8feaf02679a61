import type { Refusal } from '../domain/campaign/refusal.js';
import { actorOf } from '../domain/campaign/actor.js';

/** Who sees to campaigns and reviews. */
export const STEWARD = actorOf('marketing-ops@example.com', ['steward', 'contributor']);

/** The example is made to be played through; a refusal is a mistake in it. */
export function expectDone(
  { refusals: [refusal] }: { readonly refusals: readonly Refusal[] },
  what: string,
): void {
  if (refusal) throw new Error(`playing the example, ${what}: ${refusal.message}`);
}
