import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, isObjectType } from 'graphql';
import { NAMED_LIKE_THEIR_TYPE, WITHOUT_ID } from './schema-exceptions.js';
import { HERE } from './support.js';

const ROOT = path.resolve(HERE, '../..');
const SCHEMA = 'src/schema/schema.graphql';

interface Problem {
  line: number;
  ruleId: string | null;
  message: string;
}

function lint(): Problem[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      'node_modules/eslint/bin/eslint.js',
      ...['--config', 'tests/conformance/schema.eslint.config.js', '--format', 'json', SCHEMA],
    ],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { messages: Problem[] }[]).flatMap(({ messages }) => messages);
}

const isExcepted = ({ ruleId, message }: Problem): boolean => {
  const [, field, type] = /Field "(\w+)" starts with the name of the parent type "(\w+)"/.exec(message) ?? [];
  return (
    ruleId === '@graphql-eslint/no-typename-prefix' &&
    NAMED_LIKE_THEIR_TYPE.includes(`${type ?? ''}.${field ?? ''}`)
  );
};

describe('the schema, by the rules of graphql-eslint', () => {
  it('keeps all that are recommended, and those of Relay', () => {
    const problems = lint().filter((problem) => !isExcepted(problem));
    expect(problems.map(({ line, message }) => `${line}: ${message.replace(/\n.*/s, '')}`)).toEqual([]);
  }, 60_000);

  it('excepts nothing that is not there', () => {
    const schema = buildSchema(readFileSync(path.join(ROOT, SCHEMA), 'utf8'));
    const stale = WITHOUT_ID.types.filter((name) => {
      const type = schema.getType(name);
      return !isObjectType(type) || 'id' in type.getFields();
    });
    expect(stale).toEqual([]);
  });
});
