import type { Mark } from './marks.js';

/**
 * A workflow as a picture, before any format: groups, nodes in them, and arrows. Flat lists that refer to each
 * other by id, so that two drawings can be laid over each other. Order is order of reading.
 */
export interface Drawing {
  readonly title: string;
  readonly subtitle: string;
  readonly groups: readonly Group[];
  readonly nodes: readonly DrawnNode[];
  readonly arrows: readonly Arrow[];
  /** Only of a comparison: what changed in the workflow's own fields; null where nothing is compared. */
  readonly comparison: { readonly mark: Mark | null } | null;
}

/** A section, and within it a lane, a spoke or the hub. */
export interface Group {
  readonly id: string;
  readonly parent: string | null;
  readonly element: string | null;
  readonly name: string;
  /** What it is: `parallel`, `lane`, `hub`. */
  readonly tag: string;
  readonly mark: Mark | null;
}

export type Shape =
  | 'task'
  | 'brief'
  | 'approval'
  | 'review'
  | 'launch'
  | 'retrospective'
  | 'gate'
  | 'handoff'
  | 'trigger'
  | 'choice'
  | 'merge'
  | 'fork'
  | 'join'
  | 'start'
  | 'end';

export interface DrawnNode {
  readonly id: string;
  readonly group: string | null;
  /** Name under which marks know it; null for what only the picture has, such as a fork. */
  readonly element: string | null;
  readonly shape: Shape;
  /** A word for the shape, so that nobody has to know it: `approval`, `launch: email`. */
  readonly tag: string | null;
  readonly name: string;
  /** Small print: who and how long, checks, conditions. */
  readonly details: readonly string[];
  /** Does not always happen: it has a condition or may be skipped. */
  readonly conditional: boolean;
  readonly mark: Mark | null;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /**
   * `rework` runs against the reading direction; `needs` and `rule` are order beyond the lanes; `aside` leads to a gate
   * that nothing waits for.
   */
  readonly kind: 'flow' | 'rework' | 'needs' | 'aside' | 'rule';
  readonly label: string | null;
  readonly mark: Mark | null;
}

/**
 * A name that Mermaid and DOT read as one plain word, different for different keys: a dash becomes `_`, anything
 * else unusual its code between two `Z`.
 */
export const idOf = (kind: string, key: string): string =>
  `${kind}_${key.replaceAll(/[^A-Za-z0-9-]|Z/gu, (sign) => `Z${sign.codePointAt(0)?.toString(16) ?? ''}Z`).replaceAll('-', '_')}`;

/** Answers whether one can come from the first to the second along flow arrows. */
export function waysOf(arrows: readonly Arrow[]): (from: string, to: string) => boolean {
  const next = new Map<string, string[]>();
  for (const { from, to, kind } of arrows)
    if (kind === 'flow') next.set(from, [...(next.get(from) ?? []), to]);
  return (from, to) => {
    const seen = new Set([from]);
    for (const here of seen) {
      if (here === to) return true;
      for (const there of next.get(here) ?? []) seen.add(there);
    }
    return false;
  };
}
