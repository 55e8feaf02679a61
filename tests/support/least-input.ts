import {
  getNamedType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** What some inputs take beyond what their types ask for: one of several fields that each may be left out. */
const ONE_OF: Readonly<Record<string, object>> = {
  DeviateInput: { gate: 'any' },
  DelegateInput: { toRole: 'any' },
};
const SCALARS: Readonly<Record<string, unknown>> = {
  ...{
    String: 'any',
    ID: 'any',
    Int: 1,
    Float: 1,
    Boolean: false,
    DateTimeISO: '2026-12-01T09:00:00Z',
    TimeZone: 'UTC',
  },
};

/** The least that a type of the schema takes. */
export function leastOf(type: GraphQLInputType): unknown {
  if (!isNonNullType(type)) return null;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  const named = getNamedType(inner);
  if (isEnumType(named)) return named.getValues()[0]?.name;
  if (!isInputObjectType(named)) {
    if (!(named.name in SCALARS)) throw new Error(`the test knows no value of ${named.name}`);
    return SCALARS[named.name];
  }
  const fields = Object.values(named.getFields()).flatMap((field) =>
    isNonNullType(field.type) && field.defaultValue === undefined ? [[field.name, leastOf(field.type)]] : [],
  );
  return { ...Object.fromEntries(fields), ...ONE_OF[named.name] };
}
