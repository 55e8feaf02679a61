import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { FINDINGS } from '../../src/domain/findings.js';
import type { Problem } from '../../src/domain/problem.js';
import { readDefinitions, type SourceFile } from '../../src/gitops/document/read.js';
// @ts-expect-error: the script that writes docs/findings.md has no types
import { changed } from '../../scripts/render-findings.js';

interface Example {
  readonly code: string;
  /** Other findings of the same place. */
  readonly also?: readonly string[];
  readonly mark: string;
}
const examples = parse(readFileSync('tests/fixtures/findings.yaml', 'utf8')) as Example[];
const shipped = readdirSync('workflows')
  .filter((name) => name.endsWith('.yaml'))
  .map((path): SourceFile => ({ path, text: readFileSync(`workflows/${path}`, 'utf8') }));
const apply = changed as (example: Example, files: readonly SourceFile[]) => SourceFile[];
const read = (files: readonly SourceFile[]) => readDefinitions(files, '2026-11-23').problems;

/** Found only where the history of the repository is known. */
const OF_HISTORY = ['E_MERGE_CONFLICT', 'W_STALE', 'W_BIG_BANG'];

describe('the catalogue of findings', () => {
  it('has an example of each', () => {
    const known = Object.keys(FINDINGS).filter((code) => !OF_HISTORY.includes(code));
    expect(examples.map(({ code }) => code)).toEqual(known);
  });

  it('finds nothing in what the examples change', () => {
    expect(read(shipped)).toEqual([]);
  });

  it.each(examples)('finds $code, and nothing else, at its token', (example) => {
    const files = apply(example, shipped);
    const problems = read(files);
    expect(problems.map(({ code }) => code).sort()).toEqual([example.code, ...(example.also ?? [])].sort());
    const found = problems.find(({ code }) => code === example.code);
    expect(found && marked(found, files)).toBe(example.mark);
  });
});

function marked({ file, line, column, endLine, endColumn }: Problem, files: readonly SourceFile[]): string {
  const text = files.find(({ path }) => path === file)?.text.split('\n')[line - 1] ?? '';
  return text.slice(column - 1, endLine === line ? endColumn - 1 : undefined);
}
