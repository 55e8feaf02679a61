import { places } from './parse-yaml.js';

type Value = Record<string, unknown>;
const isMap = (value: unknown): value is Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const idOf = (value: unknown): unknown => (isMap(value) ? value['id'] : undefined);

/** Keys that say what a document is, and are never inherited. */
const OWN_KEYS = new Set(['apiVersion', 'kind', 'id', 'name', 'extends', 'status', 'tests']);

/**
 * The document that a child with `extends` stands for: maps merge key by key, lists of entries with an `id`
 * merge by it (`remove: true` drops one, `before` or `after` places one), anything else is replaced.
 * Each value keeps the place it was written at, in the parent's file or the child's.
 */
export function extendDocument(parent: Value, child: Value): Value {
  const inherited = Object.fromEntries(Object.entries(parent).filter(([key]) => !OWN_KEYS.has(key)));
  const { extends: _, ...own } = child;
  return mergeMaps(carry(parent, inherited), carry(child, own));
}

/** Gives a copy the places of the value it was made from. */
function carry<T extends object>(from: object, to: T): T {
  const entry = places.get(from);
  if (entry) places.set(to, entry);
  return to;
}

function mergeMaps(base: Value, over: Value): Value {
  const merged: Value = { ...base };
  const members = new Map(places.get(base)?.members ?? []);
  for (const [key, value] of Object.entries(over)) {
    merged[key] = mergeValues(merged[key], value);
    const place = places.get(over)?.members.get(key);
    if (place) members.set(key, place);
  }
  const self = places.get(over)?.self ?? places.get(base)?.self;
  if (self) places.set(merged, { self, members });
  return merged;
}

function mergeValues(base: unknown, over: unknown): unknown {
  if (isMap(base) && isMap(over)) return mergeMaps(base, over);
  if (!Array.isArray(base) || !Array.isArray(over)) return over;
  const lists = [base, over] as unknown[][];
  if (!lists.every((list) => list.every((entry) => idOf(entry) !== undefined))) return over;
  return mergeLists(base, over);
}

interface Entry {
  value: unknown;
  readonly from: object;
  readonly position: number;
}

function mergeLists(base: readonly unknown[], over: readonly unknown[]): unknown[] {
  const entries = base.map((value, position): Entry => ({ value, from: base, position }));
  const find = (id: unknown) => entries.findIndex((entry) => idOf(entry.value) === id);
  for (const [position, value] of over.entries()) {
    const { remove, before, after, ...rest } = value as Value;
    const anchor = typeof before === 'string' ? before : typeof after === 'string' ? after : null;
    const here = find(idOf(value));
    const own = carry(value as Value, anchor === null && after !== undefined ? { ...rest, after } : rest);
    const merged = here < 0 ? own : mergeValues(entries[here]?.value, own);
    if (here >= 0 && (remove === true || anchor !== null)) entries.splice(here, 1);
    if (remove === true) continue;
    const entry: Entry = { value: merged, from: over, position };
    if (anchor !== null)
      entries.splice(placeBeside(find(anchor), typeof before === 'string', entries.length), 0, entry);
    else if (here >= 0) entries[here] = entry;
    else entries.push(entry);
  }
  const merged = entries.map((entry) => entry.value);
  const members = entries.map(
    (entry, position) => [position, places.get(entry.from)?.members.get(entry.position)] as const,
  );
  const self = places.get(over)?.self;
  if (self) {
    places.set(merged, {
      self,
      members: new Map(members.flatMap(([key, place]) => (place ? [[key, place]] : []))),
    });
  }
  return merged;
}

const placeBeside = (anchor: number, before: boolean, end: number): number =>
  anchor < 0 ? end : before ? anchor : anchor + 1;
