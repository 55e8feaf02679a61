import type { Workflow } from '../workflow.js';
import type { MeaningChange } from './change.js';
import { nameOf, type Part, partsOf, workflowOf } from './parts.js';
import { rename } from './rename.js';

/** The newer version, from the older one and what changed; the inverse of `diffWorkflows`. */
export function applyChanges(before: Workflow, changes: readonly MeaningChange[]): Workflow {
  const renamed = changes.reduce((parts, { verb, element, before: from, after: to }) => {
    if (verb !== 'renamed' || element === 'workflow') return parts;
    return rename(parts, { kind: element, from: String(from), to: String(to) });
  }, partsOf(before));
  const parts = new Map(renamed.parts);
  const chains = new Map([...renamed.chains].map(([place, names]) => [place, [...names]]));
  const takeOut = (part: Part) => {
    const chain = chains.get(part.place ?? '');
    if (chain)
      chains.set(
        part.place ?? '',
        chain.filter((name) => name !== nameOf(part)),
      );
  };
  for (const change of changes) {
    const { verb, element, key, property, place, after } = change;
    const name = nameOf({ kind: element, key });
    const part = parts.get(name);
    if (verb === 'added') parts.set(name, { kind: element, key, place, fields: after as Part['fields'] });
    if (verb === 'reordered') chains.set(key, [...(after as string[])]);
    if (!part) continue;
    if (verb === 'renamed' && element === 'workflow') parts.set(name, { ...part, key: String(after) });
    if (verb === 'changed') {
      const fields = { ...part.fields, [property ?? '']: after };
      parts.set(name, { ...part, fields });
    }
    if (verb === 'removed' || verb === 'moved') takeOut(part);
    if (verb === 'removed') parts.delete(name);
    if (verb === 'moved') parts.set(name, { ...part, place });
  }
  // From front to back, so that each position is that of the finished chain.
  const placed = changes
    .filter(({ verb, position }) => (verb === 'added' || verb === 'moved') && position !== null)
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  for (const { element, key, place, position } of placed) {
    const chain = chains.get(place ?? '') ?? [];
    chain.splice(position ?? 0, 0, nameOf({ kind: element, key }));
    chains.set(place ?? '', chain);
  }
  return workflowOf({ parts, chains });
}
