import { createHash } from 'node:crypto';
import { comparePlaces, type Finding, hasErrors, type Problem } from '../../domain/problem.js';
import { nearest } from '../../domain/suggestion.js';
import { canonicalJson } from '../../domain/workflow/canonical.js';
import { checkWorkflow } from '../../domain/workflow/check/check.js';
import type { Vocabulary } from '../../domain/workflow/check/context.js';
import { applyPolicy } from '../../domain/workflow/check/policy.js';
import {
  DEFAULT_POLICY,
  DEFINITION_KINDS,
  type DefinitionKind,
  type Policy,
} from '../../domain/workflow/document.js';
import type { Definition, Meanings, Reading } from '../../domain/workflow/reading.js';
import { extendDocument } from './extend.js';
import { meanWorkflow } from './meaning.js';
import { meanLibrary, meanPolicy, meanTaxonomy, meanTeam } from './meaning-other.js';
import { type ParsedDocument, type ParsedFile, parseYaml, placeAt } from './parse-yaml.js';
import { checkShape } from './shape.js';

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
  const problems: Problem[] = [];
  const documents = files.flatMap((file) => {
    const parsed = parseOnce(file, cache);
    problems.push(...parsed.problems);
    return parsed.documents.flatMap((document) => {
      const identified = identify(document);
      if ('problem' in identified) problems.push(identified.problem);
      return 'problem' in identified ? [] : [identified];
    });
  });
  const unique = refuseDuplicates(documents, problems);
  const understood = unique.map((document) => understand(document, unique));
  const policy = understood.find((each) => each.kind === 'Policy')?.meaning as Policy | null | undefined;
  const context = { vocabulary: vocabularyOf(understood), policy: policy ?? DEFAULT_POLICY, today };
  const definitions = understood.map((each) => judge(each, context));
  problems.push(...definitions.flatMap((definition) => definition.problems));
  return { definitions, problems: problems.sort(comparePlaces), policy: context.policy };
}

function parseOnce(file: SourceFile, cache: ParseCache): ParsedFile {
  const key = `${file.path}\n${file.text}`;
  const parsed =
    cache.get(key) ?? (looksLikeWeir(file.text) ? parseYaml(file.path, file.text) : notWeir(file));
  cache.set(key, parsed);
  return parsed;
}

/** Folders hold other people's YAML too; a file that claims nothing of ours is not parsed at all. */
const looksLikeWeir = (text: string): boolean =>
  /apiVersion['"]?\s*:\s*['"]?weir\//.test(text) ||
  /\bkind['"]?\s*:\s*['"]?(Workflow|Team|Taxonomy|Policy|Library)\b/.test(text);

const notWeir = (file: SourceFile): ParsedFile => ({
  documents: [],
  problems: [
    {
      code: 'W_NOT_WEIR',
      severity: 'warning',
      message: 'this file is not a Weir definition and is left out',
      hint: "a definition begins with 'apiVersion: weir/v1' and a 'kind'",
      file: file.path,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
    },
  ],
});

interface Identified {
  readonly kind: DefinitionKind;
  readonly key: string;
  readonly document: ParsedDocument;
}

const place = (document: ParsedDocument, finding: Finding): Problem => {
  const { code, severity, message, hint } = finding;
  const where = placeAt(document.value, document.start, finding.path, finding.target);
  return { code, severity, message, ...(hint === undefined ? {} : { hint }), ...where };
};

function identify(document: ParsedDocument): Identified | { problem: Problem } {
  const fail = (code: string, message: string, key: string, hint: string) => ({
    problem: place(document, { code, severity: 'error', message, path: [key], hint }),
  });
  const { value } = document;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail(
      'E_NOT_A_MAP',
      'a definition is a map of keys and values',
      '',
      "it begins with 'apiVersion: weir/v1'",
    );
  }
  const { apiVersion, kind, id } = value as Record<string, unknown>;
  if (apiVersion !== 'weir/v1') {
    if (typeof apiVersion === 'string' && !apiVersion.startsWith('weir')) {
      return {
        problem: {
          ...place(document, {
            code: 'W_NOT_WEIR',
            severity: 'warning',
            message: `'${apiVersion}' is not an apiVersion of Weir; this document is left out`,
            path: ['apiVersion'],
          }),
        },
      };
    }
    const found =
      apiVersion === undefined
        ? 'the key apiVersion is missing'
        : `unknown apiVersion ${JSON.stringify(apiVersion)}`;
    return fail('E_API_VERSION', found, 'apiVersion', 'this version of Weir reads weir/v1');
  }
  const known = DEFINITION_KINDS.find((each) => each === kind);
  if (!known) {
    const suggestion = typeof kind === 'string' ? nearest(kind, DEFINITION_KINDS) : null;
    const hint = suggestion ? `did you mean '${suggestion}'?` : `possible: ${DEFINITION_KINDS.join(', ')}`;
    return fail(
      'E_KIND',
      kind === undefined ? "the key 'kind' is missing" : `unknown kind ${JSON.stringify(kind)}`,
      'kind',
      hint,
    );
  }
  if (typeof id !== 'string' || id === '') {
    return fail(
      'E_MISSING_ID',
      `this ${known} has no id`,
      'id',
      'add an id; it stays the same when the file moves',
    );
  }
  return { kind: known, key: id, document };
}

function refuseDuplicates(documents: readonly Identified[], problems: Problem[]): Identified[] {
  const first = new Map<string, Identified>();
  return documents.filter((each) => {
    const name = `${each.kind} ${each.key}`;
    const before = first.get(name);
    if (!before) {
      first.set(name, each);
      return true;
    }
    const where = placeAt(before.document.value, before.document.start, ['id']);
    const message = `${each.kind} '${each.key}' is already defined at ${where.file}:${where.line}`;
    problems.push(place(each.document, { code: 'E_DUPLICATE_ID', severity: 'error', message, path: ['id'] }));
    return false;
  });
}

interface Understood extends Identified {
  readonly meaning: Meanings[DefinitionKind] | null;
  readonly findings: readonly Finding[];
  readonly check: ((vocabulary: Vocabulary) => readonly Finding[]) | null;
}

function understand(identified: Identified, all: readonly Identified[]): Understood {
  const { kind } = identified;
  if (kind === 'Workflow') return understandWorkflow(identified, all);
  const nothing = { ...identified, meaning: null, check: null };
  const means = <W>(
    shape: { value: W | null; findings: Finding[] },
    mean: (written: W) => Meanings[DefinitionKind],
  ): Understood =>
    shape.value === null
      ? { ...nothing, findings: shape.findings }
      : { ...nothing, meaning: mean(shape.value), findings: [] };
  const { value } = identified.document;
  switch (kind) {
    case 'Team':
      return means(checkShape(kind, value), meanTeam);
    case 'Taxonomy':
      return means(checkShape(kind, value), meanTaxonomy);
    case 'Policy':
      return means(checkShape(kind, value), meanPolicy);
    case 'Library':
      return means(checkShape(kind, value), meanLibrary);
  }
}

function understandWorkflow(identified: Identified, all: readonly Identified[]): Understood {
  const resolved = resolveExtends(identified, all, []);
  if ('finding' in resolved)
    return { ...identified, meaning: null, check: null, findings: [resolved.finding] };
  const document = { ...identified.document, value: resolved.value };
  const shape = checkShape('Workflow', resolved.value);
  if (!shape.value) return { ...identified, document, meaning: null, check: null, findings: shape.findings };
  const { workflow, locate } = meanWorkflow(shape.value);
  const findings = formFindings(shape.value);
  return {
    ...identified,
    document,
    meaning: findings.length > 0 ? null : workflow,
    findings,
    check: findings.length > 0 ? null : (vocabulary) => checkWorkflow(workflow, vocabulary, locate),
  };
}

/** What the written form allows key by key but not together. */
function formFindings(written: NonNullable<ReturnType<typeof checkShape<'Workflow'>>['value']>): Finding[] {
  const belongs = { linear: ['steps'], parallel: ['lanes'], 'hub-and-spoke': ['hub', 'spokes'] } as const;
  return written.sections.flatMap((section, position) => {
    const wanted: readonly string[] = belongs[section.model];
    const parts = (['steps', 'lanes', 'hub', 'spokes'] as const).filter(
      (part) => section[part] !== undefined,
    );
    const foreign = parts.filter((part) => !wanted.includes(part));
    const missing = wanted.filter((part) => !(parts as readonly string[]).includes(part));
    const path = ['sections', position];
    const hint = `a ${section.model} section has ${wanted.join(' and ')}`;
    return [
      ...foreign.map((part): Finding => ({
        code: 'E_SECTION_FORM',
        severity: 'error',
        message: `a ${section.model} section has no '${part}'`,
        path: [...path, part],
        target: 'key',
        hint,
      })),
      ...missing.map((part): Finding => ({
        code: part === 'spokes' ? 'E_HUB_WITHOUT_SPOKES' : 'E_SECTION_FORM',
        severity: 'error',
        message: `section '${section.id}' is ${section.model} but has no '${part}'`,
        path: [...path, 'model'],
        hint,
      })),
    ];
  });
}

type Value = Record<string, unknown>;

/** The document after `extends`, or why it has none. */
function resolveExtends(
  identified: Identified,
  all: readonly Identified[],
  trail: readonly string[],
): { value: Value } | { finding: Finding } {
  const value = identified.document.value as Value;
  const parentKey = value['extends'];
  if (typeof parentKey !== 'string') return { value };
  const fail = (message: string, hint?: string): { finding: Finding } => ({
    finding: {
      code: 'E_EXTENDS',
      severity: 'error',
      message,
      path: ['extends'],
      ...(hint === undefined ? {} : { hint }),
    },
  });
  if (trail.includes(parentKey) || parentKey === identified.key) {
    return fail(`'extends' goes in a circle: ${[...trail, identified.key, parentKey].join(' → ')}`);
  }
  const workflows = all.filter((each) => each.kind === 'Workflow');
  const parent = workflows.find((each) => each.key === parentKey);
  if (!parent) {
    const suggestion = nearest(
      parentKey,
      workflows.map((each) => each.key),
    );
    return fail(
      `there is no workflow '${parentKey}' to extend`,
      suggestion ? `did you mean '${suggestion}'?` : undefined,
    );
  }
  const above = resolveExtends(parent, all, [...trail, identified.key]);
  if ('finding' in above)
    return fail(`workflow '${parentKey}', which this one extends, is wrong: ${above.finding.message}`);
  return { value: extendDocument(above.value, value) };
}

function vocabularyOf(documents: readonly Understood[]): Vocabulary {
  const meanings = <K extends DefinitionKind>(kind: K) =>
    documents.filter((each) => each.kind === kind).map((each) => each.meaning as Meanings[K] | null);
  const teams = meanings('Team');
  const taxonomies = meanings('Taxonomy');
  const keys = <T>(from: readonly (T | null)[], pick: (each: T) => readonly { key: string }[]) =>
    from.length === 0 || from.includes(null)
      ? null
      : new Set(from.flatMap((each) => (each ? pick(each).map(({ key }) => key) : [])));
  const nonEmpty = (set: Set<string> | null) => (set && set.size > 0 ? set : null);
  return {
    roles: keys(teams, (team) => team.roles),
    channels: nonEmpty(keys(taxonomies, (taxonomy) => taxonomy.channels)),
    signals: nonEmpty(keys(taxonomies, (taxonomy) => taxonomy.signals)),
  };
}

function judge(
  each: Understood,
  context: { vocabulary: Vocabulary; policy: Policy; today: string },
): Definition {
  const checked = each.check?.(context.vocabulary) ?? [];
  const findings = applyPolicy([...each.findings, ...checked], context.policy, each.key, context.today);
  const problems = findings.map((finding) => place(each.document, finding)).sort(comparePlaces);
  return {
    kind: each.kind,
    key: each.key,
    file: each.document.file,
    source: each.document.source,
    meaning: each.meaning,
    hash: each.meaning && hashOf(each.meaning),
    problems,
    valid: each.meaning !== null && !hasErrors(problems),
  } as Definition;
}

/** SHA-256, in hex, of a value's meaning. */
export const hashOf = (meaning: unknown): string =>
  createHash('sha256').update(canonicalJson(meaning)).digest('hex');
