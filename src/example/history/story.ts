/** Who commits: teams, never people. */
export const AUTHORS = {
  operations: { name: 'Marketing operations', email: 'marketing-ops@example.com' },
  campaigns: { name: 'Campaign management', email: 'campaigns@example.com' },
  creative: { name: 'Creative team', email: 'creative@example.com' },
  social: { name: 'Social media team', email: 'social@example.com' },
  paidMedia: { name: 'Paid media team', email: 'paid-media@example.com' },
  regulatory: { name: 'Regulatory affairs', email: 'regulatory@example.com' },
  product: { name: 'Product management', email: 'product@example.com' },
  web: { name: 'Web team', email: 'web@example.com' },
  events: { name: 'Events team', email: 'events@example.com' },
} as const;
export interface Author {
  readonly name: string;
  readonly email: string;
}

/**
 * What a commit does to one file. Only the final files are stored (in `workflows/`); older texts are found by
 * walking back, so an edit says what stood there before and an addition says nothing of its text.
 */
export type Change =
  | { readonly type: 'add'; readonly path: string }
  | { readonly type: 'edit'; readonly path: string; readonly was: string; readonly now: string }
  | { readonly type: 'rename'; readonly from: string; readonly to: string }
  | { readonly type: 'remove'; readonly path: string; readonly text: string };

/** One commit of the story, dated by working day of the first or the second quarter. */
export interface PlannedCommit {
  readonly key: string;
  readonly quarter: 1 | 2;
  readonly day: number;
  readonly hour: number;
  readonly author: Author;
  readonly message: string;
  readonly changes?: readonly Change[];
  /** Branch of a pull request; without it the commit is made on main. */
  readonly branch?: string;
  /** Branch that the commit merges into main. */
  readonly merges?: string;
  /** Key of the earlier commit that this one takes back. */
  readonly reverts?: string;
}

export const add = (path: string): Change => ({ type: 'add', path });
export const rename = (from: string, to: string): Change => ({ type: 'rename', from, to });
export const remove = (path: string, text: string): Change => ({ type: 'remove', path, text });

/** Replaces text; what is there `now` must stand exactly once in the file. */
export const edit = (path: string, was: string, now: string): Change => ({ type: 'edit', path, was, now });
/** Adds text that was not there before. */
export const insert = (path: string, now: string): Change => edit(path, '', now);
