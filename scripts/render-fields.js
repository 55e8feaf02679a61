/** docs/fields.md: every key of the format, by the part it belongs to, and an example with all of them. */
export function renderFields(schema, example) {
  const parts = new Map();
  for (const kind of schema.anyOf)
    if (kind.title !== 'variant') collect(kind, schema.$defs, kind.title, parts, new Set());
  const { extends: parent } = schema.anyOf.find(({ title }) => title === 'variant').properties;
  parts
    .get('workflow')
    .set('extends', { description: parent.description, values: 'text', isRequired: false });
  return [
    '# Every key of the format',
    '',
    'What each key says, by the part of a definition that it belongs to; [workflow-format.md](workflow-format.md) explains how',
    'they work together. Keys with a star have to be there (in a variant, which `extends` another workflow, only those of the',
    'workflow itself: `apiVersion`, `kind`, `id`).',
    ...[...parts].flatMap(([part, keys]) => [
      '',
      `## ${part[0].toUpperCase()}${part.slice(1)}`,
      '',
      ...(FORM_PER_KEY.has(part) ? ['Exactly one of these.', ''] : []),
      '| key | meaning | values |',
      '|---|---|---|',
      ...[...keys].map(
        ([key, { description, values, isRequired }]) =>
          `| \`${key}\`${isRequired && !FORM_PER_KEY.has(part) ? '\\*' : ''} | ${cell(description)} | ${cell(values)} |`,
      ),
    ]),
    '',
    '## An example with all of them',
    '',
    'It is valid as it stands; a test checks that, and that no key is missing.',
    '',
    '```yaml',
    example.trimEnd(),
    '```',
    '',
  ].join('\n');
}

/** Parts that have one key at a time. */
const FORM_PER_KEY = new Set(['action', 'event']);

function collect(schema, defs, part, parts, above) {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    if (!above.has(name)) collect(defs[name], defs, part, parts, new Set([...above, name]));
    return;
  }
  const inside = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  if (schema.items) inside.push(schema.items);
  if (typeof schema.additionalProperties === 'object') inside.push(schema.additionalProperties);
  for (const each of inside) collect(each, defs, part, parts, above);
  const here = schema.title ?? part;
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    const keys = parts.get(here) ?? parts.set(here, new Map()).get(here);
    const isRequired = (schema.required ?? []).includes(key);
    if (!keys.has(key))
      keys.set(key, { description: value.description ?? '', values: valuesOf(value, defs), isRequired });
    collect(value, defs, here, parts, above);
  }
}

/** What may stand there, in a few words. */
function valuesOf(schema, defs) {
  if (typeof schema !== 'object') return 'nothing';
  if (schema.$ref) return valuesOf(defs[schema.$ref.split('/').at(-1)], defs);
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if ('const' in schema) return `\`${schema.const}\``;
  const options = schema.anyOf ?? schema.oneOf;
  if (options)
    return [
      ...new Set(options.map((each) => valuesOf(each, defs)).filter((each) => each !== 'nothing')),
    ].join(', or ');
  if (schema.prefixItems) return schema.prefixItems.map((each) => valuesOf(each, defs)).join(' and ');
  if (schema.type === 'array') return `list of ${valuesOf(schema.items ?? {}, defs)}`;
  if (schema.title) return schema.title;
  if (schema.type === 'object')
    return typeof schema.additionalProperties === 'object'
      ? `map of ${valuesOf(schema.additionalProperties, defs)}`
      : 'map';
  return (
    { string: 'text', boolean: 'true or false', integer: 'whole number' }[schema.type] ??
    schema.type ??
    'anything'
  );
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
