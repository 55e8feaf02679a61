import type { Check } from './workflow.js';

export const ELEMENT_KINDS = [
  'workflow',
  'section',
  'step',
  'gate',
  'handoff',
  'rule',
  'trigger',
  'milestone',
  'cadence',
  'sequence',
  'checkpoint',
] as const;
export type ElementKind = (typeof ELEMENT_KINDS)[number];
export type ChangeVerb = 'added' | 'removed' | 'moved' | 'reordered' | 'changed';

/**
 * What a change means for a campaign that already runs, if it were moved to the new version:
 * - `none`: nothing it may do or must do differs;
 * - `compatible`: whatever it may do now it may still do;
 * - `breaking`: something it may do now is forbidden, or something it has begun is no longer there.
 */
export const CLASSIFICATIONS = ['none', 'compatible', 'breaking'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export const worst = (classes: readonly Classification[]): Classification =>
  classes.includes('breaking') ? 'breaking' : classes.includes('compatible') ? 'compatible' : 'none';

/** Properties that inform people and forecasts and that no action is refused for. */
const INFORMATIVE: ReadonlySet<string> = new Set([
  'name',
  'steward',
  'decision',
  'reviewEvery',
  'audience',
  'kpis',
  'consulted',
  'informed',
  'effort',
  'weight',
  'staffing',
  'relevance',
  'waiting',
  'probability',
  'escalateAfter',
  'derivedFrom',
  'announceBefore',
  'consumers',
  'owner',
  'respondWithin',
  'mode',
  'meeting',
  'accountable',
  'pattern',
  'campaignTypes',
  'regulated',
  'status',
  'date',
]);
/** Elements that only inform. */
const INFORMATIVE_KINDS: ReadonlySet<ElementKind> = new Set(['cadence', 'milestone', 'checkpoint']);
/** Elements whose removal only lifts a demand. */
const DEMANDS: ReadonlySet<ElementKind> = new Set(['gate', 'handoff', 'rule', 'sequence', 'trigger']);
/** Lists in which every entry is a demand: a shorter one asks for less. */
const DEMAND_LISTS: ReadonlySet<string> = new Set(['needs', 'checks', 'payload', 'verify', 'after', 'owns']);
/** Lists in which every entry is a permission: a longer one allows more. */
const PERMISSION_LISTS: ReadonlySet<string> = new Set([
  'responsible',
  'approvers',
  'channels',
  'produces',
  'lanes',
]);

export function classify(
  kind: ElementKind,
  verb: ChangeVerb,
  field: string | null,
  before: unknown,
  after: unknown,
  fields: Readonly<Record<string, unknown>>,
): Classification {
  if (INFORMATIVE_KINDS.has(kind)) return 'none';
  if (verb === 'removed') return DEMANDS.has(kind) ? 'compatible' : 'breaking';
  if (verb === 'added') {
    if (kind === 'gate' && fields['onFail'] !== 'block') return 'compatible';
    if (kind === 'step' && fields['optional'] === true) return 'compatible';
    return kind === 'trigger' ? 'compatible' : 'breaking';
  }
  if (field === null) return 'breaking';
  if (INFORMATIVE.has(field)) return 'none';
  if (kind === 'trigger') return 'compatible';
  if (field.startsWith('check ')) return isLooser(before, after) ? 'compatible' : 'breaking';
  if (field === 'optional') return after === true ? 'compatible' : 'breaking';
  if (field === 'onFail') return after === 'block' ? 'breaking' : 'compatible';
  if (DEMAND_LISTS.has(field)) return includesAll(before, after) ? 'compatible' : 'breaking';
  if (PERMISSION_LISTS.has(field)) return includesAll(after, before) ? 'compatible' : 'breaking';
  return 'breaking';
}

/** Whether a gate's check lets through all that it let through before. Only numbers are compared. */
function isLooser(before: unknown, after: unknown): boolean {
  if (after === null) return true;
  const [old, now] = [before, after] as Partial<Check>[];
  if (typeof old?.limit !== 'number' || typeof now?.limit !== 'number' || old.bound !== now.bound)
    return false;
  return now.bound === 'at-least' ? now.limit <= old.limit : now.limit >= old.limit;
}

function includesAll(larger: unknown, smaller: unknown): boolean {
  const entries = (value: unknown) =>
    Array.isArray(value) ? value.map((entry) => JSON.stringify(entry)) : [];
  const known = new Set(entries(larger));
  return entries(smaller).every((entry) => known.has(entry));
}
