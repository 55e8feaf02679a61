import { DateTime, Duration } from 'luxon';
import { finding, type Finding } from '../../problem.js';
import type { MeaningChange } from '../diff/change.js';
import type { Policy } from '../document.js';
import type { Workflow } from '../workflow.js';
import { limitOf } from './context.js';

/** Parts of a workflow that change at once, and that a campaign would notice (R98). */
export function checkTransition(
  workflow: string,
  changes: readonly MeaningChange[],
  policy: Policy,
): Finding[] {
  const limit = limitOf({ policy }, 'W_BIG_BANG', 'changes');
  const noticed = changes.filter(({ classification }) => classification !== 'none');
  const parts = new Set(noticed.map(({ element, key }) => `${element} ${key}`));
  if (parts.size <= limit) return [];
  const message = `this changes ${parts.size} parts of '${workflow}' at once; people keep up with ${limit}`;
  return [
    finding('W_BIG_BANG', message, ['id'], {
      hint: 'introduce one element at a time, each in a change of its own',
    }),
  ];
}

/** Definitions that were left alone for longer than they say themselves (R93). */
export function checkAge({ key, reviewEvery }: Workflow, touchedAt: Date, today: string): Finding[] {
  if (reviewEvery === null) return [];
  const due = DateTime.fromJSDate(touchedAt, { zone: 'utc' }).plus(Duration.fromISO(reviewEvery)).toISODate();
  if (due === null || today <= due) return [];
  const touched = touchedAt.toISOString().slice(0, 10);
  const message = `'${key}' was to be reviewed by ${due}: it was last touched on ${touched}`;
  return [
    finding('W_STALE', message, ['review'], { hint: 'look at it again, and change what is no longer true' }),
  ];
}
