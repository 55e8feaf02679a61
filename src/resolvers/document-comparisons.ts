import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { MAX_COMPARISONS } from '../schema/limits.js';

/** What is asked for at one place, and the fragments it stands in. */
interface Part {
  readonly set: SelectionSetNode;
  readonly trail: readonly string[];
}

/**
 * About how much there is to compare in a document before it is known whether its fields fit together: its fields, with every
 * fragment put in place, and every pair of fields of one name, or of fragments, that come to stand at the same place. Counting stops
 * just above the limit, so that it never takes longer than what it keeps away.
 */
export function comparisonsOf({ definitions }: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  let count = 0;
  const look = (parts: readonly Part[]): void => {
    const fields = new Map<string, { times: number; inside: Part[] }>();
    const spread = new Set<string>();
    const gather = ({ set, trail }: Part): void => {
      for (const selection of set.selections) {
        if (++count > MAX_COMPARISONS) return;
        if (selection.kind === Kind.INLINE_FRAGMENT) gather({ set: selection.selectionSet, trail });
        else if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const name = selection.name.value;
          const fragment = fragments.get(name);
          // One that stands within itself is refused later, with its cycle.
          if (!fragment || spread.has(name) || trail.includes(name)) continue;
          spread.add(name);
          gather({ set: fragment.selectionSet, trail: [...trail, name] });
        } else {
          const { alias, name, selectionSet } = selection;
          const field = fields.get((alias ?? name).value) ?? { times: 0, inside: [] };
          fields.set((alias ?? name).value, field);
          field.times += 1;
          if (selectionSet) field.inside.push({ set: selectionSet, trail });
        }
      }
    };
    parts.forEach(gather);
    count += pairsOf(spread.size);
    for (const { times, inside } of fields.values()) {
      count += pairsOf(times);
      if (inside.length > 0 && count <= MAX_COMPARISONS) look(inside);
    }
  };
  for (const each of definitions) {
    if (each.kind !== Kind.OPERATION_DEFINITION && each.kind !== Kind.FRAGMENT_DEFINITION) continue;
    look([
      { set: each.selectionSet, trail: each.kind === Kind.FRAGMENT_DEFINITION ? [each.name.value] : [] },
    ]);
  }
  return count;
}

const pairsOf = (count: number): number => (count * (count - 1)) / 2;
