import { type Anchor, BEGINNING, type Digest, type LinkedText, linkOf } from './chain.js';

/** What is wrong with a record, as far as that can be told. */
export type WrongKind =
  /** It is not what was sealed there: it says something else, or another one stands in its place. */
  | 'changed'
  /** It was sealed, and is not there any more. */
  | 'missing'
  /** It stands where no record was sealed. */
  | 'inserted'
  /** The chain agrees with itself, and not with what somebody else knows of it: it was made anew. */
  | 'rewritten'
  /** What somebody else knows of the chain is not signed, or not by a key of ours. */
  | 'forged';

/** The first wrong record. */
export interface Wrong {
  readonly kind: WrongKind;
  /** Where it is; of a chain that was made anew, the first place where it may be. */
  readonly position: number | null;
  /** Its id, where one is known. */
  readonly record: string | null;
  readonly message: string;
}

/**
 * Walks a chain from its beginning and finds the first wrong record. It keeps one hash, so a chain may be of any length.
 * Anchors are taken in the order of their positions.
 */
export class ChainVerifier {
  #position = 0;
  #hash = BEGINNING;
  /** Up to where somebody else knows the chain to be as it was. */
  #anchored = 0;

  constructor(private readonly digest: Digest) {}

  get position(): number {
    return this.#position;
  }

  get hash(): string {
    return this.#hash;
  }

  /** @returns what is wrong there; after that, nothing that follows says anything */
  next({ position, record, hash, text }: LinkedText): Wrong | null {
    const expected = this.#position + 1;
    if (position > expected)
      return wrong('missing', expected, null, `nothing is at position ${expected}: ${position} comes next`);
    if (position < expected)
      return wrong('inserted', expected, record, `position ${position} comes again after ${this.#position}`);
    if (text === null)
      return wrong(
        'missing',
        position,
        record,
        `record ${record} was sealed here, and is not there any more`,
      );
    const link = linkOf(this.digest, this.#hash, text);
    if (link !== hash)
      return wrong('changed', position, record, `record ${record} is not what was sealed here`);
    this.#position = position;
    this.#hash = hash;
    return null;
  }

  /** Compares the place that was come to with what somebody else knows of it. */
  anchor({ position, hash, source }: Anchor): Wrong | null {
    if (position !== this.#position) throw new Error(`at position ${this.#position}, not ${position}`);
    const first = this.#anchored + 1;
    if (hash !== this.#hash) {
      const message = `the records from position ${first} to ${position} are not those of ${source}: the chain was made anew`;
      return wrong('rewritten', first, null, message);
    }
    this.#anchored = position;
    return null;
  }

  /** What somebody else knows beyond the end of the chain. */
  end({ position, source }: Anchor): Wrong {
    const first = this.#position + 1;
    const message = `the chain ends at position ${this.#position}, and ${source} knows it up to ${position}: its end was cut off, or all after position ${this.#anchored} was made anew`;
    return wrong('missing', first, null, message);
  }
}

const wrong = (kind: WrongKind, position: number | null, record: string | null, message: string): Wrong => ({
  ...{ kind, position, record, message },
});
