/** A plain value, as JSON and YAML know it. */
export type PlainValue =
  string | number | boolean | null | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/**
 * A change of a definition's text. Paths lead from the root by keys and, in lists, by ids or positions, such as
 * `sections.creative.spokes.email.steps.email-copy.effort`; those of a difference, such as `step email-copy / effort`, lead to
 * the same.
 */
export type Edit =
  /** Gives what is at the path another value, or gives it one. */
  | { readonly type: 'set'; readonly path: string; readonly value: PlainValue }
  | { readonly type: 'remove'; readonly path: string }
  /** Puts an entry into the list at the path: before or behind the one named, else at the end. */
  | {
      readonly type: 'insert';
      readonly path: string;
      readonly value: PlainValue;
      readonly before: string | null;
      readonly after: string | null;
    };
