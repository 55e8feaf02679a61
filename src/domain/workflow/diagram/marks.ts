import { diffWorkflows } from '../diff/diff.js';
import type { Workflow } from '../workflow.js';

/** What a newer version did to an element that is drawn. */
export type Mark =
  { readonly kind: 'added' | 'removed' } | { readonly kind: 'changed'; readonly fields: readonly string[] };

/** Marks by element, for example `step email-copy`; what stayed as it was has none. */
export type Marks = ReadonlyMap<string, Mark>;

export const elementName = (kind: string, key: string): string => `${kind} ${key}`;
export const laneName = (section: string, lane: string): string => elementName('lane', `${section}/${lane}`);
export const WORKFLOW = 'workflow';

/** The changes between two versions as they are drawn: a part under another name is one that is gone and one that is new. */
export function markChanges(before: Workflow, after: Workflow): Marks {
  const marks = new Map<string, Mark>();
  const changed = (name: string, field: string) => {
    const mark = marks.get(name);
    if (mark === undefined) marks.set(name, { kind: 'changed', fields: [field] });
    else if (mark.kind === 'changed' && !mark.fields.includes(field))
      marks.set(name, { kind: 'changed', fields: [...mark.fields, field] });
  };
  for (const { element, verb, key, property, before: was } of diffWorkflows(before, after).changes) {
    const name = element === 'workflow' ? WORKFLOW : elementName(element, key);
    if (name === WORKFLOW) changed(name, property ?? 'id');
    else if (element === 'check') changed(elementName('gate', key.split('/')[0] ?? ''), 'checks');
    else if (verb === 'added' || verb === 'removed') marks.set(name, { kind: verb });
    else if (verb === 'renamed') {
      marks.set(elementName(element, String(was)), { kind: 'removed' });
      marks.set(name, { kind: 'added' });
    } else if (verb !== 'reordered') changed(name, property ?? 'place');
  }
  return marks;
}
