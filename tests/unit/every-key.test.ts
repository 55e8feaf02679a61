import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { definitionJsonSchema } from '../../src/gitops/document/json-schema.js';
import { readDefinitions } from '../../src/gitops/document/read.js';

const text = readFileSync('tests/fixtures/every-key.yaml', 'utf8');

/** The keys of every map below a value; `of` picks those of one. */
function keysIn(value: unknown, of: (map: object) => readonly string[]): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  const below = Object.values(value).flatMap((each) => [...keysIn(each, of)]);
  return new Set([...(Array.isArray(value) ? [] : of(value)), ...below]);
}

describe('the example with every key', () => {
  it('is valid, with the variant and the tests in it', () => {
    const { definitions, problems } = readDefinitions([{ path: 'every-key.yaml', text }], '2026-11-23');
    expect(problems).toEqual([]);
    expect(definitions).toHaveLength(6);
  });

  it('has every key there is', () => {
    const used = keysIn(
      parseAllDocuments(text).map((document) => document.toJS() as unknown),
      Object.keys,
    );
    const known = keysIn(definitionJsonSchema(), (map) =>
      'properties' in map ? Object.keys(map.properties as object) : [],
    );
    expect([...known].filter((key) => !used.has(key))).toEqual([]);
    expect(known.size).toBeGreaterThan(100);
  });
});
