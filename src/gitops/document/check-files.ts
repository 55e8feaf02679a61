import { comparePlaces, distinctProblems, type Problem } from '../../domain/problem.js';
import { type Identified, identify, parseFile, Register, type SourceFile } from './identify.js';
import { judge } from './judge.js';
import type { ParsedFile } from './parse-yaml.js';
import { workflowsOf } from './read.js';
import { shape, type Shaped } from './shaped.js';
import { type Surroundings, surroundingsOf } from './surroundings.js';

/** What a folder of definitions says of itself. */
export interface FolderCheck {
  readonly workflows: number;
  readonly problems: readonly Problem[];
}

/** Kinds that others are checked against. */
const SHARED = /\bkind['"]?\s*:\s*['"]?(Team|Taxonomy|Policy|Library)\b/;
const EXTENDS = /\bextends['"]?\s*:\s*['"]?([\w.-]+)/g;

/**
 * Finds the same problems as `readDefinitions`, but keeps in memory only what others refer to: Team, Taxonomy, Policy,
 * Library, and workflows that are extended. Every other file is read, checked and forgotten, so that memory grows with the
 * largest file and not with the repository.
 */
export function checkFiles(
  paths: readonly string[],
  load: (path: string) => SourceFile,
  today: string,
): FolderCheck {
  const kept = parseShared(paths, load);
  const lost = new Set([...kept.values()].flatMap((file) => file.lost));
  const shared = identified([...kept.values()], lost);
  const relatives = { workflows: workflowsOf(shared), lost };
  const shaped = (document: Identified, known: readonly string[]) => shape(document, { ...relatives, known });
  const documents = shared.filter(({ kind }) => kind !== 'Workflow').map((document) => shaped(document, []));
  // What only the other kinds are checked against, the keys of all workflows, is known in the end.
  const context = surroundingsOf(documents, new Set(), today);

  const register = new Register();
  const problems: Problem[] = [];
  const waiting: Identified[] = [];
  let workflows = 0;
  for (const path of paths) {
    const file = kept.get(path) ?? parseFile(load(path));
    for (const id of file.lost) lost.add(id);
    problems.push(...file.problems);
    for (const document of file.documents.flatMap((each) => identify(each, problems, lost))) {
      if (!register.admit(document, problems)) continue;
      if (document.kind === 'Workflow') workflows += 1;
      if (document.kind !== 'Workflow' || isOrphan(document, relatives.workflows)) waiting.push(document);
      else problems.push(...problemsOf(shaped(document, []), context));
    }
  }
  const known = register.workflows;
  const whole = { ...surroundingsOf(documents, new Set([...known, ...lost]), today), dates: context.dates };
  for (const document of waiting) problems.push(...problemsOf(shaped(document, known), whole));
  return { workflows, problems: distinctProblems(problems).sort(comparePlaces) };
}

/** The files that others are checked against or extend. */
function parseShared(paths: readonly string[], load: (path: string) => SourceFile): Map<string, ParsedFile> {
  const shared = new Set<string>();
  const parents = new Set<string>();
  for (const path of paths) {
    const { text } = load(path);
    if (SHARED.test(text)) shared.add(path);
    for (const [, parent = ''] of text.matchAll(EXTENDS)) parents.add(parent);
  }
  const kept = new Map<string, ParsedFile>();
  for (const path of paths) {
    if (parents.size === 0 && !shared.has(path)) continue;
    const file = load(path);
    if (shared.has(path) || idsIn(file.text).some((id) => parents.has(id))) kept.set(path, parseFile(file));
  }
  return kept;
}

/** Whatever may be an id, of whatever. */
const idsIn = (text: string): string[] =>
  [...text.matchAll(/\bid['"]?\s*:\s*['"]?([\w.-]+)/g)].map(([, id = '']) => id);

/** The documents of the files, the first of each name. */
function identified(files: readonly ParsedFile[], lost: Set<string>): Identified[] {
  const register = new Register();
  const elsewhere: Problem[] = [];
  return files
    .flatMap((file) => file.documents.flatMap((document) => identify(document, elsewhere, lost)))
    .filter((document) => register.admit(document, elsewhere));
}

/** Whether a workflow extends one that is not at hand: what it may have meant is known when all keys are. */
function isOrphan({ document }: Identified, workflows: ReadonlyMap<string, Identified>): boolean {
  const parent = (document.value as Record<string, unknown>)['extends'];
  return typeof parent === 'string' && !workflows.has(parent);
}

const problemsOf = (document: Shaped, context: Surroundings): readonly Problem[] =>
  judge(document, context).problems;
