import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

/** Changes after which a client that worked may fail, as graphql-inspector sees them. */
export async function breakingChanges(before, after) {
  const changes = await diff(before, after);
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path, message }) => ({ path: path ?? message, message }));
}

/** Those that the part of the changelog on what is not yet released does not name. */
export function unnamed(changes, changelog) {
  const unreleased = /## \[?Unreleased\]?\n([\s\S]*?)(?=\n## |$)/.exec(changelog)?.[1] ?? '';
  return changes.filter(({ path }) => !unreleased.includes(`\`${path}\``));
}

/** Deprecations that do not say what to use instead and when they end, or whose end is past. */
export function unsoundDeprecations(schema, today) {
  return deprecations(schema).filter(({ reason }) => {
    const [, day] = /^Use .+\. Removal on (\d{4}-\d\d-\d\d)$/.exec(reason) ?? [];
    return day === undefined || !(new Date(`${day}T00:00:00Z`) > today);
  });
}

function deprecations(schema) {
  return Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => {
      if (isEnumType(type)) return type.getValues().map((value) => [`${type.name}.${value.name}`, value]);
      if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [];
      return Object.values(type.getFields()).flatMap((field) => [
        [`${type.name}.${field.name}`, field],
        ...(field.args ?? []).map((argument) => [`${type.name}.${field.name}.${argument.name}`, argument]),
      ]);
    })
    .flatMap(([path, { deprecationReason: reason }]) => (reason == null ? [] : [{ path, reason }]));
}
