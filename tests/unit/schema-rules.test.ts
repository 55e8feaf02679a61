import { buildSchema } from 'graphql';
import { breakingChanges, unnamed, unsoundDeprecations } from '../../scripts/schema-rules.js';

const BEFORE = buildSchema('type Query { a: Int b(c: Int): String! } enum Mood { GOOD BAD }');

describe('the evolution of the schema', () => {
  it.each([
    ['a field is removed', 'type Query { a: Int } enum Mood { GOOD BAD }', ['Query.b']],
    ['a type changes', 'type Query { a: String b(c: Int): String! } enum Mood { GOOD BAD }', ['Query.a']],
    [
      'an argument becomes required',
      'type Query { a: Int b(c: Int!): String! } enum Mood { GOOD BAD }',
      ['Query.b.c'],
    ],
    ['a value is removed', 'type Query { a: Int b(c: Int): String! } enum Mood { GOOD }', ['Mood.BAD']],
    [
      'a field becomes nullable',
      'type Query { a: Int b(c: Int): String } enum Mood { GOOD BAD }',
      ['Query.b'],
    ],
    [
      'something is added',
      'type Query { a: Int b(c: Int, d: Int): String! e: Int } enum Mood { GOOD BAD }',
      [],
    ],
  ])('breaks clients, or not, when %s', async (_, after, expected) => {
    const changes = await breakingChanges(BEFORE, buildSchema(after));
    expect(changes.map(({ path }) => path)).toEqual(expected);
  });

  it('asks for each breaking change in the part of the changelog that is not released', async () => {
    const changes = await breakingChanges(
      BEFORE,
      buildSchema('type Query { a: Int } enum Mood { GOOD BAD }'),
    );
    const entry = '- `Query.b` was removed';
    expect(unnamed(changes, `# Changelog\n\n## Unreleased\n\n${entry}\n\n## 1.0.0\n`)).toEqual([]);
    expect(unnamed(changes, `# Changelog\n\n## Unreleased\n\n## 1.0.0\n\n${entry}\n`)).toHaveLength(1);
    expect(unnamed(changes, '')).toHaveLength(1);
  });

  it('asks each deprecation for a way out and a day to come', () => {
    const schema = buildSchema(`
      type Query {
        good(x: Int @deprecated(reason: "Use y. Removal on 2027-03-01")): Int @deprecated(reason: "Use a. Removal on 2027-01-31")
        silent: Int @deprecated
        vague: Int @deprecated(reason: "old")
        past: Int @deprecated(reason: "Use good. Removal on 2026-01-01")
        never: Int @deprecated(reason: "Use good. Removal on 2027-02-30x")
      }
      input In { x: Int @deprecated(reason: "no") }
      enum Mood { BAD @deprecated(reason: "no") }`);
    const found = unsoundDeprecations(schema, new Date('2026-11-23T00:00:00Z')).map(({ path }) => path);
    expect(found).toEqual(['Query.silent', 'Query.vague', 'Query.past', 'Query.never', 'In.x', 'Mood.BAD']);
  });
});
