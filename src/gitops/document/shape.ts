import type { z } from 'zod';
import type { Finding } from '../../domain/problem.js';
import { nearest } from '../../domain/suggestion.js';
import { WRITTEN } from './written.js';
import type { DefinitionKind } from '../../domain/workflow/document.js';

type Issue = z.core.$ZodIssue;

/** The document in its written form, or everything that is wrong with its form. */
export function checkShape<K extends DefinitionKind>(
  kind: K,
  value: unknown,
): { value: z.infer<(typeof WRITTEN)[K]> | null; findings: Finding[] } {
  const result = WRITTEN[kind].safeParse(value, { reportInput: true });
  if (result.success) return { value: result.data as z.infer<(typeof WRITTEN)[K]>, findings: [] };
  return {
    value: null,
    findings: withoutEchoes(result.error.issues.flatMap((issue) => findingsOf(issue, [], kind))),
  };
}

/** A misspelt key is one mistake: the key that is missing for it is not reported a second time. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const nameOfKey = (finding: Finding) => finding.path.join('/');
  const misspelt = new Set(
    findings.flatMap((finding) => {
      const meant =
        finding.code === 'E_UNKNOWN_KEY' ? /^did you mean '(.+)'/.exec(finding.hint ?? '')?.[1] : undefined;
      return meant === undefined ? [] : [[...finding.path.slice(0, -1), meant].join('/')];
    }),
  );
  return findings.filter((finding) => finding.code !== 'E_MISSING_KEY' || !misspelt.has(nameOfKey(finding)));
}

function findingsOf(issue: Issue, base: readonly (string | number)[], kind: DefinitionKind): Finding[] {
  const path = [
    ...base,
    ...issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment))),
  ];
  const error = (code: string, message: string, extra: Partial<Finding> = {}): Finding[] => [
    { code, severity: 'error', message, path, ...extra },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, kind));
    case 'invalid_union':
      return unionFindings(issue, path, kind);
    case 'invalid_type':
      return issue.input === undefined
        ? error('E_MISSING_KEY', `the key '${String(path.at(-1))}' is missing`)
        : (accountableList(path, issue.input) ??
            error(
              'E_WRONG_TYPE',
              `expected ${TYPE_NAMES[issue.expected] ?? issue.expected}, found ${nameOf(issue.input)}`,
            ));
    case 'invalid_value': {
      if (issue.input === undefined)
        return error('E_MISSING_KEY', `the key '${String(path.at(-1))}' is missing`);
      const values = issue.values.map(String);
      const suggestion = typeof issue.input === 'string' ? nearest(issue.input, values) : null;
      const hint = `${suggestion ? `did you mean '${suggestion}'? ` : ''}possible: ${values.join(', ')}`;
      return error('E_WRONG_VALUE', `${JSON.stringify(issue.input)} is not a possible value`, { hint });
    }
    default:
      return error('E_WRONG_VALUE', issue.message);
  }
}

/** Exactly one role is accountable (R14); a list deserves its own words. */
function accountableList(path: Finding['path'], input: unknown): Finding[] | null {
  if (path.at(-1) !== 'accountable' || !Array.isArray(input)) return null;
  const message = `${input.length} roles are accountable where exactly one can be`;
  const hint = 'keep one as accountable; make the others responsible or consulted';
  return [{ code: 'E_RACI_MULTIPLE_ACCOUNTABLE', severity: 'error', message, path, hint }];
}

function unknownKey(key: string, path: Finding['path'], kind: DefinitionKind): Finding {
  const suggestion = nearest(key, KNOWN_KEYS[kind]);
  const hint =
    suggestion && suggestion !== key
      ? `did you mean '${suggestion}'?`
      : 'docs/workflow-format.md lists the keys';
  const target = 'key' as const;
  return {
    code: 'E_UNKNOWN_KEY',
    severity: 'error',
    message: `unknown key '${key}'`,
    path: [...path, key],
    target,
    hint,
  };
}

/** Reports the member of a union that the author meant; where that is not plain, the one with the least wrong. */
function unionFindings(
  issue: Issue & { code: 'invalid_union' },
  path: Finding['path'],
  kind: DefinitionKind,
): Finding[] {
  if (issue.input === undefined) {
    return [
      {
        code: 'E_MISSING_KEY',
        severity: 'error',
        message: `the key '${String(path.at(-1))}' is missing`,
        path,
      },
    ];
  }
  const options = issue.errors.map((issues) => issues.flatMap((each) => findingsOf(each, path, kind)));
  const [best] = options.toSorted((a, b) => distanceFrom(path, a) - distanceFrom(path, b));
  if (best && typeof issue.input === 'object' && distanceFrom(path, best) < WRONG_FORM) return best;
  const hints = [...new Set(options.flat().map((finding) => finding.hint ?? finding.message))];
  const message = `${nameOf(issue.input)} has none of the possible forms`;
  return [{ code: 'E_WRONG_VALUE', severity: 'error', message, path, hint: hints.join('; or ') }];
}

const WRONG_FORM = 1_000;

/** How far a member of a union is from what was written: other forms miss keys or know none of those there. */
function distanceFrom(path: Finding['path'], findings: readonly Finding[]): number {
  return findings.reduce((sum, finding) => {
    const depth = finding.path.length - path.length;
    if (depth === 0) return sum + WRONG_FORM;
    if (depth > 1) return sum;
    return sum + (finding.code === 'E_UNKNOWN_KEY' || finding.code === 'E_MISSING_KEY' ? 10 : 1);
  }, 0);
}

/** What people call the types of YAML. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a map',
  record: 'a map',
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};

const nameOf = (value: unknown): string =>
  value === null
    ? 'nothing'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'a map'
        : JSON.stringify(value);

/** Every key a kind of document knows anywhere, for "did you mean". */
const KNOWN_KEYS = Object.fromEntries(
  Object.entries(WRITTEN).map(([kind, schema]) => [kind, keysOf(schema, new Set(), new Set())]),
) as Record<DefinitionKind, Set<string>>;

function keysOf(schema: unknown, keys: Set<string>, seen: Set<unknown>): Set<string> {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return keys;
  seen.add(schema);
  const definition = (schema as { def?: Record<string, unknown> }).def;
  if (!definition) return keys;
  const shape = definition['shape'];
  if (typeof shape === 'object' && shape !== null) {
    for (const [key, member] of Object.entries(shape)) {
      keys.add(key);
      keysOf(member, keys, seen);
    }
  }
  const getter = definition['getter'];
  if (typeof getter === 'function') keysOf((getter as () => unknown)(), keys, seen);
  for (const part of ['element', 'innerType', 'valueType', 'catchall'] as const)
    keysOf(definition[part], keys, seen);
  const options = definition['options'];
  if (Array.isArray(options)) for (const option of options) keysOf(option, keys, seen);
  return keys;
}
