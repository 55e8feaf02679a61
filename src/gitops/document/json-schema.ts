import { z } from 'zod';
import { DEFINITION_KINDS } from '../../domain/workflow/document.js';
import { WRITTEN } from './written.js';

type Schema = Readonly<Record<string, unknown>>;

/** What a variant says for itself; everything else may come from its parent. */
const OWN_KEYS = ['apiVersion', 'kind', 'id', 'extends'];

/** The JSON Schema of the definition format, from the same source as the validator. */
export function definitionJsonSchema(): object {
  const schemas = DEFINITION_KINDS.flatMap((kind): [string, Schema][] => {
    const { $schema: _, ...schema } = z.toJSONSchema(WRITTEN[kind], { io: 'input' });
    if (kind !== 'Workflow') return [[kind, schema]];
    return [
      [kind, alone(schema)],
      ['Variant', variant(schema)],
    ];
  });
  const named = schemas.map(([name, schema]) => withNames(schema, name));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Weir definition',
    description: 'A Workflow, Team, Taxonomy, Policy or Library of Weir.',
    anyOf: named.map(({ $defs: _, ...schema }) => schema),
    $defs: Object.assign({}, ...named.map(({ $defs }) => $defs)) as object,
  };
}

/** The schema with names for its parts that no other schema uses. */
function withNames(schema: Schema, name: string): Schema {
  const text = JSON.stringify(schema).replaceAll(/__schema(\d+)/g, `${name}$1`);
  return JSON.parse(text) as Schema;
}

function alone(schema: Schema): Schema {
  const { extends: _, ...properties } = schema['properties'] as Schema;
  return { ...schema, properties };
}

const variant = (schema: Schema): Schema => ({
  ...(withoutRequired(schema) as Schema),
  title: 'variant',
  required: OWN_KEYS,
});

function withoutRequired(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRequired);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, entry]) => !(key === 'required' && Array.isArray(entry)))
      .map(([key, entry]) => [key, withoutRequired(entry)]),
  );
}
