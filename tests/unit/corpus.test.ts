import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Problem } from '../../src/domain/problem.js';
import { checkFiles } from '../../src/gitops/document/check-files.js';
import { type ParseCache, readDefinitions } from '../../src/gitops/document/read.js';
import { byPlace, type Case, casesOf, committed, FOLDER, readFaults, TODAY } from '../support/corpus.js';

const cases = casesOf(readFaults(), 220);
const cache: ParseCache = new Map();
const found = new Map(
  cases.map(({ name, text, base }) => [
    name,
    readDefinitions([{ path: name, text }, ...base.beside], TODAY, cache).problems,
  ]),
);
const problemsOf = ({ name }: Case): readonly Problem[] => found.get(name) ?? [];
const spotOf = ({ line, column, endLine, endColumn, code }: Problem): string =>
  `${line}:${column}-${endLine}:${endColumn} ${code}`;
const shown = (problems: readonly Problem[]): string =>
  problems
    .map((each) => `${each.file}:${each.line}:${each.column}-${each.endColumn} ${each.code} ${each.message}`)
    .join('\n');

if (process.env['WRITE_CORPUS'] !== undefined) {
  for (const name of committed()) rmSync(`${FOLDER}/${name}`);
  mkdirSync(FOLDER, { recursive: true });
  for (const { name, text } of cases) writeFileSync(`${FOLDER}/${name}`, text);
  writeFileSync(`${FOLDER}/golden.txt`, `${cases.map((each) => shown(problemsOf(each))).join('\n')}\n`);
}

describe('the corpus of broken definitions', () => {
  it('has each mistake once, and combinations of them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(300);
    expect(committed()).toEqual(cases.map(({ name }) => name));
  });

  it.each(cases.map((each) => [each.name, each] as const))(
    '%s gives one finding for each mistake, at its word',
    (name, each) => {
      expect(readFileSync(`${FOLDER}/${name}`, 'utf8')).toBe(each.text);
      const problems = problemsOf(each);
      const spots = problems.map(
        (problem) => `${problem.file === name ? '' : problem.file}${spotOf(problem)}`,
      );
      expect(spots.sort(byPlace)).toEqual(each.expected);
    },
  );

  it('is told in these words', () => {
    const told = cases.map((each) => shown(problemsOf(each))).join('\n');
    expect(`${told}\n`).toBe(readFileSync(`${FOLDER}/golden.txt`, 'utf8'));
  });

  it('is found the same way one file after the other', () => {
    for (const each of cases) {
      const files = [{ path: each.name, text: each.text }, ...each.base.beside];
      const byPath = new Map(files.map((file) => [file.path, file]));
      const load = (path: string) => byPath.get(path) ?? { path, text: '' };
      const { problems } = checkFiles([...byPath.keys()], load, TODAY);
      expect(shown(problems)).toBe(shown(problemsOf(each)));
    }
  });
});
