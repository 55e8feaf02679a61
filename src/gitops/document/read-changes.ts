import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { comparePlaces, distinctProblems, type Problem } from '../../domain/problem.js';
import { canonicalJson } from '../../domain/workflow/canonical.js';
import {
  type Claim,
  type DefinitionName,
  type KnownFile,
  type KnownFiles,
  nameOf,
} from '../../domain/workflow/known-files.js';
import type { Definition, ReadStep } from '../../domain/workflow/reading.js';
import { type Identified, identify, Register } from './identify.js';
import { judge } from './judge.js';
import type { ParsedFile } from './parse-yaml.js';
import { type Relatives, shape, type Shaped } from './shaped.js';
import { type Surroundings, surroundingsOf } from './surroundings.js';

/** Contents of a file by its place and its name in git. */
export type Parse = (path: string, blob: string) => ParsedFile;

/** With more files than this, what they say is kept packed. */
const FOLDED_ABOVE = 500;
/** So many files are read before others who wait for this process get a turn. */
const FILES_AT_A_TIME = 20;

/**
 * Reads what changed, and what has to do with it: files that define the same, that extend it, that share a date with it, and
 * those that wait. Finds what `readDefinitions` finds of these files with all files at hand. Where what everything is checked
 * against (Team, Taxonomy, Policy) has changed every file is read, and where workflows have come or gone, what names them.
 * @param known the files before; brought up to date here, except for what is held
 * @param context what `known` was checked against
 * @param changed names of contents by path; null where the file is gone
 * @param today ISO 8601 date on which excuses of the Policy are judged
 */
export async function readChanges(
  known: KnownFiles,
  context: string | null,
  changed: ReadonlyMap<string, string | null>,
  parse: Parse,
  today: string,
): Promise<ReadStep> {
  const names = new Map<string, DefinitionName>();
  const concern = (file: KnownFile) => {
    for (const each of [...file.claims, ...file.held])
      names.set(nameOf(each), { kind: each.kind, key: each.key });
  };
  const touched: KnownFile[] = [];
  let isNaming = false;
  let seen = 0;
  for (const [path, blob] of changed) {
    const before = known.get(path);
    if (before) touched.push(before);
    if (blob === null) {
      isNaming = true;
      known.remove(path);
      continue;
    }
    const file = claimed(path, blob, parse, before);
    known.set(file);
    touched.push(file);
    isNaming ||= !before || namesIn(before) !== namesIn(file);
    if (++seen % FILES_AT_A_TIME === 0) await setImmediate();
  }
  touched.push(...[...known.waiting].flatMap((path) => known.get(path) ?? []));
  const paths = connected(known, touched);

  const identified = (path: string): readonly Identified[] => {
    const blob = known.get(path)?.blob;
    if (blob === undefined || blob === null) return [];
    return parse(path, blob).documents.flatMap((document) => identify(document, [], new Set()));
  };
  const lost = new Set(known.lostIds);
  const { workflows } = known;
  const relatives: Relatives = {
    workflows: { get: (key) => parentFor(key, known, identified) },
    known: workflows,
    lost,
  };
  const shared = [...known.shared].sort();
  const around = surroundingsOf(
    shared.flatMap((path) => {
      const blob = known.get(path)?.blob;
      return typeof blob === 'string' ? sharedShapes(parse(path, blob), relatives) : [];
    }),
    {
      has: (key) => workflows.has(key) || lost.has(key),
      [Symbol.iterator]: () => [...workflows, ...lost].values(),
    },
    today,
  );
  const newContext = fingerprint(around, today);
  if (newContext !== context) for (const path of known.paths) paths.add(path);
  const naming = isNaming ? shared : [];

  const register = new Register();
  const definitions: Definition[] = [];
  const problems: Problem[] = [];
  const files: KnownFile[] = [];
  seen = 0;
  for (const path of [...new Set([...paths, ...naming])].sort()) {
    const file = known.get(path);
    if (typeof file?.blob !== 'string') continue;
    const read = judgeFile(parse(path, file.blob), { register, relatives, around });
    const isNews = paths.has(path) || canonicalJson(read.problems) !== canonicalJson(file.problems);
    if (++seen % FILES_AT_A_TIME === 0) await setImmediate();
    if (!isNews) continue;
    const now = { ...file, problems: read.problems };
    known.set(now);
    concern(now);
    files.push(now);
    definitions.push(...(paths.size > FOLDED_ABOVE ? read.definitions.map(folded) : read.definitions));
    problems.push(...read.problems);
  }
  for (const file of touched) concern(file);
  const gone = [...changed].flatMap(([path, blob]) => (blob === null ? [path] : []));
  return {
    definitions,
    problems: distinctProblems(problems).sort(comparePlaces),
    policy: around.policy,
    files,
    gone,
    names: [...names.values()],
    context: newContext,
  };
}

/**
 * A definition packed until it is looked at: a Policy may have every file read again, and as objects ten thousand meanings
 * take two hundred megabytes.
 */
function folded({ meaning, source, ...rest }: Definition): Definition {
  const packed = alone(deflateRawSync(JSON.stringify({ meaning, source }), { level: 1 }));
  const unpacked = () =>
    JSON.parse(inflateRawSync(packed).toString()) as Pick<Definition, 'meaning' | 'source'>;
  return {
    ...rest,
    get meaning() {
      return unpacked().meaning;
    },
    get source() {
      return unpacked().source;
    },
  } as Definition;
}

/** A copy in memory of its own: what zlib returns keeps sixteen kilobytes, and a share in Node's pool keeps eight. */
function alone(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

/** What a file says it defines; what is wrong with it is found later. */
function claimed(path: string, blob: string, parse: Parse, before: KnownFile | undefined): KnownFile {
  const { documents, lost } = parse(path, blob);
  const ids = new Set(lost);
  const claims = documents.flatMap((document) => identify(document, [], ids)).map(toClaim);
  return { path, blob, claims, lost: [...ids], problems: [], held: before?.held ?? [] };
}

/** Everything in a file that a document of another kind may name. */
const namesIn = ({ claims, lost }: KnownFile): string => [...claims.map(nameOf), ...lost].sort().join('\n');

/** What every commit is checked against is shaped once; its form rests on nothing outside of the file. */
const SHAPED = new WeakMap<ParsedFile, readonly Shaped[]>();

function sharedShapes(file: ParsedFile, relatives: Relatives): readonly Shaped[] {
  const shaped =
    SHAPED.get(file) ??
    file.documents
      .flatMap((document) => identify(document, [], new Set()))
      .flatMap((each) => (each.kind === 'Workflow' ? [] : [shape(each, relatives)]));
  SHAPED.set(file, shaped);
  return shaped;
}

function toClaim({ kind, key, document }: Identified): Claim {
  const value = document.value as Record<string, unknown>;
  const parent = kind === 'Workflow' && typeof value['extends'] === 'string' ? value['extends'] : null;
  return { kind, key, parent, dates: kind === 'Workflow' && parent === null ? datesIn(value) : [] };
}

function datesIn({ milestones }: Record<string, unknown>): string[] {
  if (!Array.isArray(milestones)) return [];
  return milestones.flatMap((milestone: unknown) => {
    const { id, date } = (milestone ?? {}) as { id?: unknown; date?: unknown };
    return typeof id === 'string' && typeof date === 'string' ? [`${id} ${date}`] : [];
  });
}

/** The files, and all whose reading depends on what they say or said. */
function connected(known: KnownFiles, touched: readonly KnownFile[]): Set<string> {
  const paths = new Set(touched.filter(({ blob }) => blob !== null).map(({ path }) => path));
  const queue = [...touched];
  const reach = (found: Iterable<string>) => {
    for (const path of found) {
      const file = known.get(path);
      if (!file || paths.has(path)) continue;
      paths.add(path);
      queue.push(file);
    }
  };
  for (let file = queue.pop(); file; file = queue.pop()) {
    for (const claim of file.claims) {
      reach(known.claimants(claim));
      if (claim.kind === 'Workflow') reach(known.children(claim.key));
      for (const date of claim.dates) reach(known.withDate(date));
    }
    for (const id of file.lost) reach(known.children(id));
  }
  return paths;
}

/** The first document of a key, in the order of paths. */
function parentFor(
  key: string,
  known: KnownFiles,
  identified: (path: string) => readonly Identified[],
): Identified | undefined {
  const [path] = [...known.claimants({ kind: 'Workflow', key })].sort();
  return path === undefined
    ? undefined
    : identified(path).find((each) => each.kind === 'Workflow' && each.key === key);
}

interface Against {
  readonly register: Register;
  readonly relatives: Relatives;
  readonly around: Surroundings;
}

function judgeFile(
  file: ParsedFile,
  { register, relatives, around }: Against,
): { definitions: Definition[]; problems: Problem[] } {
  const problems = [...file.problems];
  const definitions = file.documents
    .flatMap((document) => identify(document, problems, new Set()))
    .filter((document) => register.admit(document, problems))
    .map((document) => judge(shape(document, relatives), around));
  problems.push(...definitions.flatMap((definition) => definition.problems));
  return { definitions, problems: distinctProblems(problems).sort(comparePlaces) };
}

/** Another release may judge otherwise. */
const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };

/** Changes with everything that the judgement of a workflow rests on beside the workflow itself. */
function fingerprint({ vocabulary, policy }: Surroundings, today: string): string {
  const excuses = policy.excuses.filter(({ until }) => today <= until);
  const plain = JSON.stringify(
    { version, vocabulary, policy: { ...policy, excuses } },
    (_, value: unknown) =>
      value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value,
  );
  return createHash('sha256').update(plain).digest('hex');
}
