import { finding, type Finding, type Path } from '../../domain/problem.js';
import { nearest } from '../../domain/suggestion.js';
import { spans } from './source.js';

type Value = Record<string, unknown>;
const isMap = (value: unknown): value is Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** What tells the entries of a list apart: their `id`, or what those without one are called after. */
function idOf(value: unknown, path: Path): unknown {
  if (!isMap(value)) return undefined;
  if (value['id'] !== undefined) return value['id'];
  const list = path.findLast((segment) => typeof segment === 'string');
  const { from, to } = value;
  if (list === 'handoffs' && typeof from === 'string' && typeof to === 'string') return `${from}-to-${to}`;
  if (list === 'checks') return value['metric'];
  return undefined;
}

/** Keys that say what a document is, and are never inherited. */
const OWN_KEYS = new Set(['apiVersion', 'kind', 'id', 'name', 'extends', 'status', 'tests']);

/** What a child with `extends` stands for, and what is wrong with how it changes the inherited lists. */
export interface Extended {
  readonly value: Value;
  /** Paths are those of the child. */
  readonly findings: readonly Finding[];
}

/**
 * The document that a child with `extends` stands for: maps merge key by key, lists of entries with an `id`
 * merge by it (`remove: true` drops one, `before` or `after` places one), anything else is replaced.
 * Each value keeps the place it was written at, in the parent's file or the child's.
 */
export function extendDocument(parent: Value, child: Value): Extended {
  const inherited = Object.fromEntries(Object.entries(parent).filter(([key]) => !OWN_KEYS.has(key)));
  const { extends: _, ...own } = child;
  const merger = new Merger();
  const value = merger.maps(carry(parent, inherited), carry(child, own), []);
  return { value, findings: merger.findings };
}

/** Entries that change an inherited list where none is inherited. */
export function misplaced(value: unknown, path: Path = []): Finding[] {
  if (Array.isArray(value)) return value.flatMap((entry, position) => misplaced(entry, [...path, position]));
  if (!isMap(value)) return [];
  const own = ['remove', 'before', 'after'].filter(
    (key) => value['id'] !== undefined && value[key] !== undefined && !Array.isArray(value[key]),
  );
  const hint = own.includes('after') ? "to order steps, use 'needs'" : "it goes with 'extends'";
  return [
    ...own.map((key) =>
      finding(
        'E_PLACEMENT',
        `'${key}' changes an inherited list, and nothing is inherited here`,
        [...path, key],
        {
          target: 'key',
          hint,
        },
      ),
    ),
    ...Object.entries(value).flatMap(([key, entry]) => misplaced(entry, [...path, key])),
  ];
}

/** Gives a copy the places of the value it was made from. */
function carry<T extends object>(from: object, to: T): T {
  const entry = spans.get(from);
  if (entry) spans.set(to, entry);
  return to;
}

interface Entry {
  value: unknown;
  readonly from: object;
  readonly position: number;
}

class Merger {
  readonly findings: Finding[] = [];

  maps(base: Value, over: Value, path: Path): Value {
    const merged: Value = { ...base };
    const members = new Map(spans.get(base)?.members ?? []);
    for (const [key, value] of Object.entries(over)) {
      merged[key] = this.values(merged[key], value, [...path, key]);
      const span = spans.get(over)?.members.get(key);
      if (span) members.set(key, span);
    }
    const self = spans.get(over)?.self ?? spans.get(base)?.self;
    if (self) spans.set(merged, { self, members });
    return merged;
  }

  private values(base: unknown, over: unknown, path: Path): unknown {
    if (isMap(base) && isMap(over)) return this.maps(base, over, path);
    if (!Array.isArray(base) || !Array.isArray(over)) return over;
    const lists = [base, over] as unknown[][];
    if (!lists.every((list) => list.every((entry) => idOf(entry, path) !== undefined))) return over;
    return this.lists(base, over, path);
  }

  private lists(base: readonly unknown[], over: readonly unknown[], path: Path): unknown[] {
    const entries = base.map((value, position): Entry => ({ value, from: base, position }));
    const find = (id: unknown) => entries.findIndex((entry) => idOf(entry.value, path) === id);
    for (const [position, value] of over.entries()) {
      const { remove, before, after, ...rest } = value as Value;
      const placing = typeof before === 'string' ? 'before' : typeof after === 'string' ? 'after' : null;
      const here = find(idOf(value, path));
      const own = carry(
        value as Value,
        placing !== 'after' && after !== undefined ? { ...rest, after } : rest,
      );
      if (remove === true) {
        if (here >= 0) entries.splice(here, 1);
        else this.unknown(idOf(value, path), entries, [...path, position, 'id']);
        continue;
      }
      const merged = here < 0 ? own : this.values(entries[here]?.value, own, [...path, position]);
      const entry: Entry = { value: merged, from: over, position };
      if (placing === null) {
        if (here >= 0) entries[here] = entry;
        else entries.push(entry);
        continue;
      }
      if (here >= 0) entries.splice(here, 1);
      const anchor = (value as Value)[placing];
      const there = find(anchor);
      if (there < 0) this.unknown(anchor, entries, [...path, position, placing]);
      entries.splice(there < 0 ? entries.length : placing === 'before' ? there : there + 1, 0, entry);
    }
    const merged = entries.map((entry) => entry.value);
    const members = entries.map(
      (entry, position) => [position, spans.get(entry.from)?.members.get(entry.position)] as const,
    );
    const self = spans.get(over)?.self;
    if (self) {
      spans.set(merged, {
        self,
        members: new Map(members.flatMap(([key, span]) => (span ? [[key, span]] : []))),
      });
    }
    return merged;
  }

  private unknown(id: unknown, entries: readonly Entry[], path: Path): void {
    const known = entries.map((entry) => String(idOf(entry.value, path)));
    const meant = nearest(String(id), known);
    const details =
      meant === null
        ? { hint: `inherited: ${known.join(', ')}` }
        : { hint: `did you mean '${meant}'?`, replacement: meant };
    this.findings.push(
      finding('E_PLACEMENT', `nothing inherited here has the id '${String(id)}'`, path, details),
    );
  }
}
