/** The digest that a chain is made with: SHA-256 of a text, in hex. The domain computes none by itself. */
export type Digest = (text: string) => string;

/** What the first record is chained to. */
export const BEGINNING = '0'.repeat(64);

/** The hash of a record covers the one before it, and so everything before it. @param text the record's canonical form */
export const linkOf = (digest: Digest, before: string, text: string): string => digest(`${before}\n${text}`);

/** One place of the chain. */
export interface Link {
  /** Counts from 1 without a gap, in the order of sealing. */
  readonly position: number;
  /** Id of the record that was sealed there. */
  readonly record: string;
  readonly hash: string;
}

/** A place of the chain with what is there now. */
export interface LinkedText extends Link {
  /** Null where there is no such record. */
  readonly text: string | null;
}

/** What somebody else knows the chain by: up to this place it had this hash. */
export interface Anchor {
  readonly position: number;
  readonly hash: string;
  /** Where that is known from, as people are told. */
  readonly source: string;
}
