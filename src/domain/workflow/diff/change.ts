import type { PartKind } from './parts.js';

/** What can happen to a part; `changed` is one property that says something else. */
export const CHANGE_VERBS = ['added', 'removed', 'renamed', 'moved', 'reordered', 'changed'] as const;
export type ChangeVerb = (typeof CHANGE_VERBS)[number];

/**
 * What a change means for a campaign that already runs, if it went on under the new version with what is recorded of it:
 * - `none`: nothing that is enforced reads what changed;
 * - `compatible`: whatever it may do now it may still do;
 * - `breaking`: something it may do now would be refused, or something it has begun is no longer there.
 */
export const CLASSIFICATIONS = ['none', 'compatible', 'breaking'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export const worst = (classes: readonly Classification[]): Classification =>
  classes.includes('breaking') ? 'breaking' : classes.includes('compatible') ? 'compatible' : 'none';

/** One difference in meaning between two versions of a workflow. */
export interface MeaningChange {
  /** A kind of the catalogue in docs/changes.md, for example `step-added` or `step-effort-changed`. */
  readonly kind: string;
  /** Part and property, for example `step email-copy / effort`; the place, where its parts are reordered. */
  readonly path: string;
  readonly element: PartKind;
  readonly verb: ChangeVerb;
  /** Key of the part, after the change where it was renamed; the place, where its parts are reordered. */
  readonly key: string;
  /** Null unless one property changed. */
  readonly property: string | null;
  /** Where the part stands, before the change where it was removed; null for a part of the whole workflow. */
  readonly place: string | null;
  /** Which one it is in its chain, from 0; null where order means nothing. */
  readonly position: number | null;
  /** The fields, the key, the place, the names in order or the value before; null where there was none. */
  readonly before: unknown;
  readonly after: unknown;
  readonly classification: Classification;
  /** A sentence a marketer understands. */
  readonly summary: string;
}
