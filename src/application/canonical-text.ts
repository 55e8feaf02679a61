import serialize from 'canonicalize';

// Its types are those of an ES module, and it is none.
const canonical = serialize as unknown as (value: unknown) => string | undefined;

/** A value as JSON in the canonical form of RFC 8785, which is the same however its keys are ordered. */
export const canonicalText = (value: unknown): string => canonical(value) ?? 'null';
