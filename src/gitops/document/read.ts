import { createHash } from 'node:crypto';
import {
  comparePlaces,
  finding,
  type Finding,
  type FindingDetails,
  hasErrors,
  type Path,
  type Problem,
} from '../../domain/problem.js';
import { FINDINGS, type FindingCode } from '../../domain/findings.js';
import { nearest } from '../../domain/suggestion.js';
import { canonicalJson } from '../../domain/workflow/canonical.js';
import { type Checked, checkMeaning, checkNaming, checkWording } from '../../domain/workflow/check/check.js';
import type { Vocabulary } from '../../domain/workflow/check/context.js';
import {
  checkLibrary,
  checkPolicy,
  checkTaxonomy,
  checkTeam,
  type Names,
} from '../../domain/workflow/check/documents.js';
import { applyPolicy } from '../../domain/workflow/check/policy.js';
import {
  DEFAULT_POLICY,
  DEFINITION_KINDS,
  type DefinitionKind,
  type Policy,
} from '../../domain/workflow/document.js';
import { isHole } from '../../domain/workflow/hole.js';
import type { Definition, Meanings, Reading } from '../../domain/workflow/reading.js';
import { extendDocument, misplaced } from './extend.js';
import { formFindings } from './form.js';
import { meanWorkflow } from './meaning.js';
import { meanLibrary, meanPolicy, meanTaxonomy, meanTeam } from './meaning-other.js';
import { type ParsedDocument, type ParsedFile, parseYaml } from './parse-yaml.js';
import { patched } from './patch.js';
import { place, problemOf } from './place.js';
import { findSecrets } from './secrets.js';
import { readShape, type Shape } from './shape.js';
import { Source } from './source.js';
import type { WrittenWorkflow } from './written.js';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

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
  const documents = parsed.flatMap((file) =>
    file.documents.flatMap((document) => identify(document, problems)),
  );
  const unique = refuseDuplicates(documents, problems);
  const shaped = unique.map((document) => shape(document, unique, lost));
  const policy = policyOf(shaped) ?? DEFAULT_POLICY;
  const context: Surroundings = {
    vocabulary: vocabularyOf(shaped),
    policy,
    names: namesOf(shaped, lost),
    today,
  };
  const definitions = shaped.map((each) => judge(each, context));
  problems.push(...definitions.flatMap((definition) => definition.problems));
  return { definitions, problems: distinct(problems).sort(comparePlaces), policy };
}

/** What is wrong in a parent is wrong in everything that extends it, but is one problem. */
function distinct(problems: readonly Problem[]): Problem[] {
  const name = ({ code, file, line, column, message }: Problem) =>
    [code, file, line, column, message].join('\n');
  return [...new Map(problems.map((problem) => [name(problem), problem])).values()];
}

function parseOnce(file: SourceFile, cache: ParseCache): ParsedFile {
  const key = `${file.path}\n${file.text}`;
  const known = cache.get(key);
  if (known) return known;
  const parsed = looksLikeWeir(file.text) ? parseYaml(file.path, file.text) : notWeir(file);
  const secrets = looksLikeWeir(file.text) ? findSecrets(new Source(file.path, file.text)) : [];
  const result = { ...parsed, problems: [...parsed.problems, ...secrets] };
  cache.set(key, result);
  return result;
}

/**
 * Folders hold other people's YAML too; a file that claims nothing of ours is not parsed at all. A file in UTF-16 has
 * U+0000 between its letters.
 */
function looksLikeWeir(text: string): boolean {
  const plain = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return (
    /apiVersion['"]?\s*:\s*['"]?weir\//.test(plain) ||
    /\bkind['"]?\s*:\s*['"]?(Workflow|Team|Taxonomy|Policy|Library)\b/.test(plain)
  );
}

const notWeir = ({ path: file, text }: SourceFile): ParsedFile => ({
  documents: [],
  problems: [
    {
      ...problemOf('W_NOT_WEIR', 'this file is not a Weir definition and is left out', {
        source: new Source(file, text),
        from: 0,
        to: 0,
      }),
      hint: "a definition begins with 'apiVersion: weir/v1' and a 'kind'",
    },
  ],
  lost: [],
});

interface Identified {
  readonly kind: DefinitionKind;
  readonly key: string;
  readonly document: ParsedDocument;
}

/** What a document is; nothing, and a problem, when that cannot be told. */
function identify(document: ParsedDocument, problems: Problem[]): Identified[] {
  const fail = (code: FindingCode, message: string, path: Path, details: FindingDetails = {}): never[] => {
    problems.push(place(document, finding(code, message, path, details)));
    return [];
  };
  const { value } = document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail('E_NOT_A_MAP', 'a definition is a map of keys and values', [], {
      hint: "it begins with 'apiVersion: weir/v1'",
    });
  }
  const { apiVersion, kind, id } = value as Record<string, unknown>;
  const known = DEFINITION_KINDS.find((each) => each === kind);
  if (apiVersion !== 'weir/v1') {
    if (typeof apiVersion === 'string' && !/weir|^v?1$/i.test(apiVersion)) {
      return fail('W_NOT_WEIR', `'${apiVersion}' is not an apiVersion of Weir; this document is left out`, [
        'apiVersion',
      ]);
    }
    const misspelt = Object.keys(value).find((key) => nearest(key, ['apiVersion']) !== null);
    if (apiVersion === undefined && misspelt !== undefined) {
      return fail('E_UNKNOWN_KEY', `unknown key '${misspelt}'`, [misspelt], {
        target: 'key',
        hint: "did you mean 'apiVersion'?",
        replacement: 'apiVersion',
      });
    }
    if (apiVersion === undefined) {
      return fail('E_API_VERSION', "the key 'apiVersion' is missing", known ? ['kind'] : [], {
        hint: "add 'apiVersion: weir/v1'",
      });
    }
    return fail('E_API_VERSION', `unknown apiVersion ${JSON.stringify(apiVersion)}`, ['apiVersion'], {
      hint: 'this version of Weir reads weir/v1',
      ...(typeof apiVersion === 'string' ? { replacement: 'weir/v1' } : {}),
    });
  }
  if (!known) {
    const misspelt = Object.keys(value).find((key) => nearest(key, ['kind']) !== null);
    if (kind === undefined && misspelt !== undefined) {
      return fail('E_UNKNOWN_KEY', `unknown key '${misspelt}'`, [misspelt], {
        target: 'key',
        hint: "did you mean 'kind'?",
        replacement: 'kind',
      });
    }
    const meant = typeof kind === 'string' ? nearest(kind, DEFINITION_KINDS) : null;
    const message = kind === undefined ? "the key 'kind' is missing" : `unknown kind ${JSON.stringify(kind)}`;
    const possible = `possible: ${DEFINITION_KINDS.join(', ')}`;
    return fail('E_KIND', message, [kind === undefined ? 'apiVersion' : 'kind'], {
      ...(meant === null ? { hint: possible } : { hint: `did you mean '${meant}'?`, replacement: meant }),
    });
  }
  // Without an id of its own a document still has contents that can be checked.
  return [{ kind: known, key: typeof id === 'string' && id !== '' ? id : '', document }];
}

function refuseDuplicates(documents: readonly Identified[], problems: Problem[]): Identified[] {
  const first = new Map<string, Identified>();
  return documents.filter((each) => {
    const name = `${each.kind} ${each.key}`;
    const before = first.get(name);
    if (!before || each.key === '') {
      first.set(name, each);
      return true;
    }
    const { related } = place(before.document, {
      ...finding('E_DUPLICATE_ID', '', []),
      related: [{ path: ['id'], message: 'first defined here' }],
    });
    const where = related?.[0];
    const message = `${each.kind} '${each.key}' is already defined${where ? ` at ${where.file}:${where.line}` : ''}`;
    problems.push({
      ...place(each.document, finding('E_DUPLICATE_ID', message, ['id'])),
      ...(related ? { related } : {}),
    });
    return false;
  });
}

/** A document whose form has been read. */
interface Shaped<K extends DefinitionKind = DefinitionKind> extends Identified {
  readonly kind: K;
  /** Null when even its form depends on another document that is wrong. */
  readonly shape: Shape<K> | null;
  /** What is wrong before or with its form, placed. */
  readonly problems: readonly Problem[];
}

function shape(identified: Identified, all: readonly Identified[], lost: ReadonlySet<string>): Shaped {
  const { kind, document } = identified;
  const resolved = resolveExtends(identified, all, lost, []);
  if (!resolved.value) return { ...identified, shape: null, problems: resolved.problems };
  const read = readShape(kind, resolved.value);
  const extended = { ...document, value: read.value };
  const findings = [...read.findings, ...(kind === 'Workflow' ? misplaced(read.value) : [])];
  return {
    ...identified,
    document: extended,
    shape: read,
    problems: [...resolved.problems, ...findings.map((each) => place(extended, each))],
  };
}

type Value = Record<string, unknown>;

/** The document after `extends`, and what is wrong with how it extends; no value when it cannot be had. */
function resolveExtends(
  identified: Identified,
  all: readonly Identified[],
  lost: ReadonlySet<string>,
  trail: readonly string[],
): { value: Value | null; problems: Problem[] } {
  const { document } = identified;
  const value = document.value as Value;
  const parentKey = value['extends'];
  if (identified.kind !== 'Workflow' || typeof parentKey !== 'string') return { value, problems: [] };
  const fail = (message: string, details: FindingDetails = {}) => ({
    value: null,
    problems: [place(document, finding('E_EXTENDS', message, ['extends'], details))],
  });
  if (trail.includes(parentKey) || parentKey === identified.key) {
    return fail(`'extends' goes in a circle: ${[...trail, identified.key, parentKey].join(' → ')}`);
  }
  const workflows = all.filter((each) => each.kind === 'Workflow');
  const parent = workflows.find((each) => each.key === parentKey);
  if (!parent) {
    // A parent that could not be parsed is one problem, not one for every child.
    if (lost.has(parentKey)) return { value: null, problems: [] };
    const known = workflows.map((each) => each.key);
    const meant = nearest(parentKey, known);
    return fail(
      `there is no workflow '${parentKey}' to extend`,
      meant === null
        ? { hint: `known: ${known.join(', ')}` }
        : { hint: `did you mean '${meant}'?`, replacement: meant },
    );
  }
  const above = resolveExtends(parent, all, lost, [...trail, identified.key]);
  if (!above.value) return { value: null, problems: trail.length > 0 ? above.problems : [] };
  const extended = extendDocument(above.value, value);
  return { value: extended.value, problems: extended.findings.map((each) => place(document, each)) };
}

/** What one document is checked against. */
interface Surroundings {
  readonly vocabulary: Vocabulary;
  readonly policy: Policy;
  readonly names: Names;
  readonly today: string;
}

/** The meaning of the documents of one kind, as far as it can be read. */
function meaningsOf<K extends DefinitionKind, M>(
  documents: readonly Shaped[],
  kind: K,
  mean: (written: Shape<K>['written']) => M,
): M[] {
  return documents.flatMap((each) =>
    each.kind === kind && each.shape ? [mean(each.shape.written as Shape<K>['written'])] : [],
  );
}

const policyOf = (documents: readonly Shaped[]): Policy | undefined =>
  meaningsOf(documents, 'Policy', meanPolicy)[0];

function vocabularyOf(documents: readonly Shaped[]): Vocabulary {
  const teams = meaningsOf(documents, 'Team', meanTeam);
  const taxonomies = meaningsOf(documents, 'Taxonomy', meanTaxonomy);
  /** Null where nothing is defined, or where a name that is not legible may be the one that is meant. */
  const names = (keys: readonly string[]) => (keys.length === 0 || keys.some(isHole) ? null : new Set(keys));
  const every = <T>(pick: (taxonomy: (typeof taxonomies)[number]) => readonly T[]) =>
    taxonomies.flatMap(pick);
  const channels = every((each) => each.channels);
  const tools = every((each) => each.tools);
  return {
    roles: teams.length === 0 ? null : names(teams.flatMap((team) => team.roles.map((role) => role.key))),
    channels: names(channels.map(({ key }) => key)) && new Map(channels.map(({ key, risk }) => [key, risk])),
    signals: names(every((each) => each.signals).map(({ key }) => key)),
    segments: names(every((each) => each.segments).map(({ key }) => key)),
    offers: names(every((each) => each.offers).map(({ key }) => key)),
    tools: names(tools.map(({ key }) => key)) && new Map(tools.map(({ key, models }) => [key, models])),
  };
}

function namesOf(documents: readonly Shaped[], lost: ReadonlySet<string>): Names {
  const workflows = documents.flatMap((each) => (each.kind === 'Workflow' ? [each.key] : []));
  return {
    roles: vocabularyOf(documents).roles,
    workflows: workflows.length === 0 ? null : new Set([...workflows, ...lost]),
  };
}

/** Checks one document; it may be served when it is understood and without errors. */
function judge(each: Shaped, context: Surroundings): Definition {
  const { meaning, findings } = each.shape ? checkDocument(each.kind, each.shape, context) : NOTHING;
  const weighed = applyPolicy(findings, context.policy, each.key, context.today);
  const problems = distinct([...each.problems, ...weighed.map((one) => place(each.document, one))]).sort(
    comparePlaces,
  );
  const isRight = each.shape !== null && each.problems.length === 0 && !findings.some(isStructural);
  return {
    kind: each.kind,
    key: each.key,
    file: each.document.source.file,
    source: each.document.text,
    meaning: isRight ? meaning : null,
    hash: isRight && meaning ? hashOf(meaning) : null,
    problems,
    valid: isRight && meaning !== null && !hasErrors(problems),
  } as Definition;
}

const NOTHING: Judged = { meaning: null, findings: [] };
interface Judged {
  readonly meaning: Meanings[DefinitionKind] | null;
  readonly findings: readonly Finding[];
}
/** Whether a definition has no meaning at all with such a finding, whatever a Policy says. */
const isStructural = ({ code }: Finding): boolean => FINDINGS[code].group === 'form';

function checkDocument(kind: DefinitionKind, read: Shape<DefinitionKind>, context: Surroundings): Judged {
  const { damaged } = read;
  const { names } = context;
  switch (kind) {
    case 'Workflow':
      return checkWorkflow(read, context);
    case 'Team': {
      const team = meanTeam((read as Shape<'Team'>).written);
      return { meaning: team, findings: checkTeam(team, names, damaged) };
    }
    case 'Taxonomy': {
      const taxonomy = meanTaxonomy((read as Shape<'Taxonomy'>).written);
      return { meaning: taxonomy, findings: checkTaxonomy(taxonomy, names, damaged) };
    }
    case 'Policy': {
      const policy = meanPolicy((read as Shape<'Policy'>).written);
      return { meaning: policy, findings: checkPolicy(policy, names, damaged) };
    }
    case 'Library': {
      const library = meanLibrary((read as Shape<'Library'>).written);
      return { meaning: library, findings: checkLibrary(library, names, damaged) };
    }
  }
}

/** Names first, then expressions, then what follows from both: each on the workflow as it was most likely meant. */
function checkWorkflow(read: Shape<'Workflow'>, { vocabulary, policy }: Surroundings): Judged {
  const form = formFindings(read.written, read.damaged);
  const given = meant(read.written, read.damaged);
  const naming = checkNaming(given.checked, vocabulary, policy);
  const named = withNames(given, naming);
  const wording = checkWording(named.checked, vocabulary, policy);
  const worded = withNames(named, wording);
  const isOrderKnown =
    form.length === 0 && !naming.some(({ code }) => code === 'E_DUPLICATE_ID' || code === 'E_REWORK_TARGET');
  const meaning = checkMeaning(worded.checked, vocabulary, policy, isOrderKnown);
  return { meaning: given.checked.workflow, findings: [...form, ...naming, ...wording, ...meaning] };
}

interface Meant {
  readonly written: WrittenWorkflow;
  readonly checked: Checked;
}

function meant(written: WrittenWorkflow, damaged: readonly Path[]): Meant {
  const { workflow, tests, locate } = meanWorkflow(written);
  return { written, checked: { workflow, tests, at: locate, damaged } };
}

function withNames({ written, checked }: Meant, findings: readonly Finding[]): Meant {
  if (findings.length === 0) return { written, checked };
  const names = findings.filter(({ code }) => code.startsWith('E_UNKNOWN') || code === 'E_EXPRESSION');
  const damaged = [...checked.damaged, ...findings.map(({ path }) => path)];
  return meant(patched(written, names) as WrittenWorkflow, damaged);
}

/** SHA-256, in hex, of a value's meaning. */
export const hashOf = (meaning: unknown): string =>
  createHash('sha256').update(canonicalJson(meaning)).digest('hex');
