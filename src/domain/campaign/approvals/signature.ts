import type { Actor, Origin } from '../actor.js';
import { type Refusal, refusal } from '../refusal.js';

/** What somebody says with a signature (21 CFR 11.50). */
export type SignatureMeaning = 'review' | 'approval' | 'responsibility' | 'authorship';

/** How long ago somebody may have proved who they are, at the most. */
const MAX_AGE_MINUTES = 15;

/** Who has signed what, when, and what they say with it. It belongs to one decision, and to what was decided on. */
export interface Signature {
  /** As the record knows them. */
  readonly name: string;
  /** In print; null where only the name for the record is known. */
  readonly fullName: string | null;
  readonly meaning: SignatureMeaning;
  readonly by: Origin['by'];
  readonly signedAt: Date;
  /** When they proved who they are; null where nobody had to. */
  readonly authenticatedAt: Date | null;
  /** SHA-256 of what was looked at. */
  readonly contentHash: string;
}

export interface Signing {
  readonly step: string;
  readonly meaning: SignatureMeaning | null;
  readonly contentHash: string;
  readonly now: Date;
}

/** A signature as it was stored. */
export const storedSignature = (stored: Signature): Signature => ({
  ...stored,
  signedAt: new Date(stored.signedAt),
  authenticatedAt: stored.authenticatedAt && new Date(stored.authenticatedAt),
});

/** The signature of the decision among the changes of an audit record; null where there is none. */
export function signatureIn(after: object | null): Signature | null {
  const { changes = [] } = (after ?? {}) as { changes?: readonly { signature?: Signature | null }[] };
  const signature = changes.find((each) => each.signature)?.signature;
  return signature ? storedSignature(signature) : null;
}

/**
 * Signs a decision. A regulated campaign demands that; elsewhere it is done where somebody says what they mean by it.
 * @returns null where nothing is signed
 */
export function sign(
  { name, origin }: Actor,
  isRegulated: boolean,
  { step, meaning, contentHash, now }: Signing,
): { readonly signature: Signature | null } | Refusal {
  if (meaning === null) {
    if (!isRegulated) return { signature: null };
    const message = `'${step}' is signed, as the workflow is regulated: say what the signature means`;
    return refusal('SIGNATURE_MEANING_MISSING', message, { rule: step, missing: ['meaning'] });
  }
  const why = whyNotSign(name, origin, now);
  if (why !== null) {
    const missing = [`authentication within ${MAX_AGE_MINUTES} minutes`];
    return refusal('AUTHENTICATION_TOO_OLD', `'${step}' is signed: ${why}`, { rule: step, missing });
  }
  const { by, fullName, authenticatedAt } = origin;
  return { signature: { name, fullName, meaning, by, signedAt: now, authenticatedAt, contentHash } };
}

function whyNotSign(name: string, { by, authenticatedAt }: Origin, now: Date): string | null {
  const again = `sign in, at most ${MAX_AGE_MINUTES} minutes before`;
  // Without authentication whoever sits at the machine is who they say they are; the signature tells.
  if (by === 'local') return null;
  if (by === 'token') return `a token that was stored signs nothing; ${again}`;
  if (by === 'weir') return 'nobody has signed in';
  if (authenticatedAt === null) return `nothing says when '${name}' signed in; ${again}`;
  const minutes = Math.floor((now.getTime() - authenticatedAt.getTime()) / 60_000);
  return minutes < MAX_AGE_MINUTES ? null : `'${name}' signed in ${minutes} minutes ago; ${again}`;
}
