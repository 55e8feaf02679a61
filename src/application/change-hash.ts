import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/workflow/canonical.js';
import type { MeaningChange } from '../domain/workflow/diff/change.js';
import { type Parts, partsOf } from '../domain/workflow/diff/parts.js';
import type { Workflow } from '../domain/workflow/workflow.js';

/** Enough that two changes of one plan never share it. */
const DIGITS = 32;

const hashOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, DIGITS);

/**
 * Gives each change of a workflow a hash of what it means: formatting, comments, the order of keys and every other change leave
 * it alone. Approvals bind to it.
 */
export function hasherOf(key: string, after: Workflow | null): (change: MeaningChange) => string {
  let parts: Parts | null = null;
  return (change) => {
    const { kind, path, verb, property, place, position, before, after: now } = change;
    const field = verb === 'reordered' ? 'steps' : (property ?? 'value');
    const values = [before, now].map((value) => canonicalJson({ [field]: value }));
    if (position === null || !after) return hashOf([key, kind, path, place, values]);
    parts ??= partsOf(after);
    // What it follows, and not its number: something else that comes in further up does not move it.
    const follows = position === 0 ? null : (parts.chains.get(place ?? '')?.[position - 1] ?? position);
    return hashOf([key, kind, path, place, values, follows]);
  };
}

/** The hash of a definition that comes, goes, or is not a workflow and so changes as a whole. */
export const definitionHash = (
  kind: string,
  key: string,
  change: string,
  meanings: readonly [before: string | null, after: string | null],
): string => hashOf([kind, key, change, meanings]);
