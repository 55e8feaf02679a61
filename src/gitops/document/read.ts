import { comparePlaces, distinctProblems, type Problem } from '../../domain/problem.js';
import type { Reading } from '../../domain/workflow/reading.js';
import { type Identified, identify, parseFile, Register, type SourceFile } from './identify.js';
import { judge } from './judge.js';
import type { ParsedFile } from './parse-yaml.js';
import { shape } from './shaped.js';
import { surroundingsOf } from './surroundings.js';

export type { SourceFile } from './identify.js';

/** Remembers parsed files between readings of the same repository, by path and text. */
export type ParseCache = Map<string, ParsedFile>;

/**
 * Reads every document of the files, checks each and all of them together.
 * @param today ISO 8601 date on which excuses of the Policy are judged.
 */
export function readDefinitions(
  files: readonly SourceFile[],
  today: string,
  cache: ParseCache = new Map(),
): Reading {
  const parsed = files.map((file) => parseOnce(file, cache));
  const problems: Problem[] = parsed.flatMap((file) => [...file.problems]);
  const lost = new Set(parsed.flatMap((file) => file.lost));
  const register = new Register();
  const documents = parsed
    .flatMap((file) => file.documents.flatMap((document) => identify(document, problems, lost)))
    .filter((document) => register.admit(document, problems));
  const workflows = workflowsOf(documents);
  const known = register.workflows;
  const shaped = documents.map((document) => shape(document, { workflows, known, lost }));
  const context = surroundingsOf(shaped, new Set([...known, ...lost]), today);
  const definitions = shaped.map((each) => judge(each, context));
  problems.push(...definitions.flatMap((definition) => definition.problems));
  return { definitions, problems: distinctProblems(problems).sort(comparePlaces), policy: context.policy };
}

export const workflowsOf = (documents: readonly Identified[]): Map<string, Identified> =>
  new Map(documents.flatMap((each) => (each.kind === 'Workflow' ? [[each.key, each] as const] : [])));

function parseOnce(file: SourceFile, cache: ParseCache): ParsedFile {
  const key = `${file.path}\n${file.text}`;
  const known = cache.get(key);
  if (known) return known;
  const parsed = parseFile(file);
  cache.set(key, parsed);
  return parsed;
}
