import { meansTheSame } from '../canonical.js';
import { showValue } from './sentence.js';

/** What changed in a Team, Taxonomy, Policy or Library, a sentence each. */
export function documentChanges(before: object, after: object): string[] {
  return fieldsOf(before, after).flatMap(([field, one, other]) => {
    if (!isKeyedList(one) || !isKeyedList(other)) return [`${field} ${showValue(one)} → ${showValue(other)}`];
    const [old, now] = [byKey(one), byKey(other)];
    return [
      ...[...now.keys()].filter((key) => !old.has(key)).map((key) => `${field}: '${key}' added`),
      ...[...old.keys()].filter((key) => !now.has(key)).map((key) => `${field}: '${key}' removed`),
      ...[...now].flatMap(([key, entry]) =>
        fieldsOf(old.get(key) ?? entry, entry).map(
          ([name, was, is]) => `${field}: '${key}' ${name} ${showValue(was)} → ${showValue(is)}`,
        ),
      ),
    ];
  });
}

/** The fields that say something else, with both values. */
function fieldsOf(before: object, after: object): [field: string, before: unknown, after: unknown][] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field): [string, unknown, unknown] => [field, old.get(field) ?? null, now.get(field) ?? null])
    .filter(([field, one, other]) => !meansTheSame(field, one, other));
}

type Keyed = object & { readonly key: string };
const isKeyedList = (value: unknown): value is readonly Keyed[] =>
  Array.isArray(value) && value.every((entry) => typeof (entry as Partial<Keyed> | null)?.key === 'string');

const byKey = (entries: readonly Keyed[]): Map<string, Keyed> =>
  new Map(entries.map((entry) => [entry.key, entry]));
