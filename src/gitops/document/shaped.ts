import { finding, type FindingDetails, type Problem } from '../../domain/problem.js';
import { nearest } from '../../domain/suggestion.js';
import type { DefinitionKind } from '../../domain/workflow/document.js';
import { extendDocument, misplaced } from './extend.js';
import type { Identified } from './identify.js';
import { place } from './place.js';
import { readShape, type Shape } from './shape.js';

/** A document whose form has been read. */
export interface Shaped<K extends DefinitionKind = DefinitionKind> extends Identified {
  readonly kind: K;
  /** Null when even its form depends on another document that is wrong. */
  readonly shape: Shape<K> | null;
  /** Whether it says of itself only how it differs from another. */
  readonly isVariant: boolean;
  /** What is wrong before or with its form, placed. */
  readonly problems: readonly Problem[];
}

/** What a document may extend. */
export interface Relatives {
  /** Workflows by key, as far as they are at hand. */
  readonly workflows: Pick<ReadonlyMap<string, Identified>, 'get'>;
  /** Keys of every workflow there is. */
  readonly known: Iterable<string>;
  /** Ids of documents that could not be parsed. */
  readonly lost: ReadonlySet<string>;
}

export function shape(identified: Identified, relatives: Relatives): Shaped {
  const { kind, document } = identified;
  const isVariant = typeof parentOf(identified) === 'string';
  const circle = circleOf(identified, relatives);
  if (circle !== null) {
    // One circle is one problem: that of the first by name.
    const [first] = [...circle].sort();
    const message = `'extends' goes in a circle: ${[...circle, identified.key].join(' → ')}`;
    const problems =
      first === identified.key ? [place(document, finding('E_EXTENDS', message, ['extends']))] : [];
    return { ...identified, isVariant, shape: null, problems };
  }
  const resolved = resolveExtends(identified, relatives, []);
  if (!resolved.value) return { ...identified, isVariant, shape: null, problems: resolved.problems };
  const read = readShape(kind, resolved.value);
  const extended = { ...document, value: read.value };
  const findings = [...read.findings, ...(kind === 'Workflow' ? misplaced(read.value) : [])];
  return {
    ...identified,
    document: extended,
    isVariant,
    shape: read,
    problems: [...resolved.problems, ...findings.map((each) => place(extended, each))],
  };
}

/** More names than this help nobody. */
const LISTED = 20;
const listed = (names: readonly string[]): string =>
  names.slice(0, LISTED).join(', ') + (names.length > LISTED ? ', …' : '');

type Value = Record<string, unknown>;
const parentOf = ({ kind, document }: Identified): unknown =>
  kind === 'Workflow' ? (document.value as Value)['extends'] : undefined;

/** The workflows that extend each other in a circle with this one; null where it is in none. */
function circleOf(identified: Identified, { workflows }: Relatives): string[] | null {
  const way = [identified.key];
  for (let at: Identified | undefined = identified; at;) {
    const next: unknown = parentOf(at);
    if (next === identified.key) return way;
    if (typeof next !== 'string' || way.includes(next)) return null;
    way.push(next);
    at = workflows.get(next);
  }
  return null;
}

/** The document after `extends`, and what is wrong with how it extends; no value when it cannot be had. */
function resolveExtends(
  identified: Identified,
  relatives: Relatives,
  trail: readonly string[],
): { value: Value | null; problems: Problem[] } {
  const { document } = identified;
  const value = document.value as Value;
  const parentKey = value['extends'];
  if (identified.kind !== 'Workflow' || typeof parentKey !== 'string') return { value, problems: [] };
  const fail = (message: string, details: FindingDetails = {}) => ({
    value: null,
    problems: [place(document, finding('E_EXTENDS', message, ['extends'], details))],
  });
  // Whoever stands outside of the circle and extends into it has nothing of its own to mend.
  if (trail.includes(parentKey)) return { value: null, problems: [] };
  const { workflows, known, lost } = relatives;
  const parent = workflows.get(parentKey);
  if (!parent) {
    // A parent that could not be parsed is one problem, not one for every child.
    if (lost.has(parentKey)) return { value: null, problems: [] };
    const names = [...known].sort();
    const meant = nearest(parentKey, names);
    return fail(
      `there is no workflow '${parentKey}' to extend`,
      meant === null
        ? { hint: `known in the files that are read: ${listed(names)}` }
        : { hint: `did you mean '${meant}'?`, replacement: meant },
    );
  }
  const above = resolveExtends(parent, relatives, [...trail, identified.key]);
  if (!above.value) return { value: null, problems: trail.length > 0 ? above.problems : [] };
  const extended = extendDocument(above.value, value);
  return { value: extended.value, problems: extended.findings.map((each) => place(document, each)) };
}
