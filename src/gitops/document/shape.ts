import { z } from 'zod';
import type { FindingCode } from '../../domain/findings.js';
import { finding, type Finding, type FindingDetails, type Path } from '../../domain/problem.js';
import { nearest } from '../../domain/suggestion.js';
import type { DefinitionKind } from '../../domain/workflow/document.js';
import { isHole, newHole } from '../../domain/workflow/hole.js';
import { type MemberSpans, spans } from './source.js';
import { rewrite } from './spelling.js';
import { WRITTEN } from './written.js';

/** A document in its written form. */
export interface Shape<K extends DefinitionKind> {
  /** As far as the form is wrong: with what was most likely meant, and holes where nothing can be guessed. */
  readonly written: z.infer<(typeof WRITTEN)[K]>;
  /** The document that `written` was read from; the places of all its parts are known. */
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Where a value had to be guessed or left out. */
  readonly damaged: readonly Path[];
}

/**
 * Reads a document in its written form. Everything that is wrong with the form is found in one pass, and the rest stays
 * readable, so that its meaning can be checked too: a misspelt key is read as the one that was meant.
 */
export function readShape<K extends DefinitionKind>(kind: K, value: unknown): Shape<K> {
  const schema = WRITTEN[kind];
  const result = schema.safeParse(value);
  if (result.success) {
    return { written: result.data as z.infer<(typeof WRITTEN)[K]>, value, findings: [], damaged: [] };
  }
  const reader = new ShapeReader();
  const read = reader.read(schema, value, []);
  const { findings, damaged } = reader;
  return { written: read as z.infer<(typeof WRITTEN)[K]>, value: read, findings, damaged };
}

type Schema = z.core.$ZodType;
type Definition = z.core.$ZodTypes['_zod']['def'];
type Map_ = Readonly<Record<string, unknown>>;

const definitionOf = (schema: Schema): Definition => (schema as z.core.$ZodTypes)._zod.def;
/** The schema without what only says that it may be absent or is written elsewhere. */
function bare(schema: Schema): Schema {
  const definition = definitionOf(schema);
  if (definition.type === 'optional') return bare(definition.innerType);
  return definition.type === 'lazy' ? bare((schema as z.core.$ZodLazy)._zod.innerType) : schema;
}
const isMap = (value: unknown): value is Map_ =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isOptional = (schema: Schema): boolean => definitionOf(schema).type === 'optional';
const titleOf = (schema: Schema): string => z.globalRegistry.get(schema)?.title ?? 'this entry';

/** Reads a value by its schema, whatever the value is. */
class ShapeReader {
  readonly findings: Finding[] = [];
  readonly damaged: Path[] = [];

  read(given: Schema, value: unknown, path: Path): unknown {
    const schema = bare(given);
    const definition = definitionOf(schema);
    if (value === null && definition.type !== 'null') {
      this.wrong('E_WRONG_TYPE', `nothing is written here; ${expected(schema)} is needed`, path, {
        hint: isOptional(given) ? 'write a value, or leave the key out' : 'write a value',
      });
      return this.guess(given, path);
    }
    switch (definition.type) {
      case 'object':
        return isMap(value) ? this.object(schema, definition, value, path) : this.unfit(given, value, path);
      case 'record':
        return isMap(value) ? this.record(definition, value, path) : this.unfit(given, value, path);
      case 'array':
        return Array.isArray(value)
          ? this.list(definition, value, path)
          : this.one(given, definition, value, path);
      case 'union':
        return this.union(given, definition, value, path);
      case 'enum':
        return this.word(given, Object.values(definition.entries).map(String), value, path);
      case 'literal':
        return this.word(given, definition.values.map(String), value, path);
      default:
        return this.leaf(given, value, path);
    }
  }

  private object(
    schema: Schema,
    { shape, catchall }: z.core.$ZodObjectDef,
    value: Map_,
    path: Path,
  ): Record<string, unknown> {
    const found = spans.get(value)?.members;
    const names = new Map(Object.keys(value).map((key) => [key, key]));
    const absent = new Set(Object.keys(shape).filter((key) => !(key in value)));
    const required = () => [...absent].filter((key) => !isOptional(shape[key] as Schema));
    const strange: string[] = [];
    const isOpen = catchall !== undefined && definitionOf(catchall).type !== 'never';
    for (const key of names.keys()) {
      if (Object.hasOwn(shape, key)) continue;
      const meant = nearest(key, absent) ?? synonym(key, absent);
      if (meant === null && !isOpen) strange.push(key);
      else if (meant !== null) this.misnamed(key, meant, names, absent, path);
    }
    // One key too many and one too few are the same key under another name, if its value would do.
    const [only, ...others] = strange;
    const [missing, ...further] = required();
    if (only !== undefined && missing !== undefined && others.length === 0 && further.length === 0) {
      if (fits(shape[missing] as Schema, value[only])) {
        strange.pop();
        this.misnamed(only, missing, names, absent, path);
      }
    }
    for (const key of strange) {
      names.delete(key);
      this.damaged.push([...path, key]);
      this.findings.push(unknownKey(key, titleOf(schema), absent, path));
    }
    const result: Record<string, unknown> = {};
    // Those that are left out too, so that they can be shown.
    const members = new Map<string | number, MemberSpans>(found);
    for (const [key, name] of names) {
      const member = found?.get(key);
      if (member) members.set(name, member);
      const expected = Object.hasOwn(shape, name) ? shape[name] : catchall;
      const content = this.read(expected as Schema, value[key], [...path, name]);
      if (content !== undefined) result[name] = content;
    }
    for (const key of required()) {
      const at = 'id' in result ? [...path, 'id'] : path;
      const name = typeof result['id'] === 'string' && !isHole(result['id']) ? ` '${result['id']}'` : '';
      this.wrong('E_MISSING_KEY', `${titleOf(schema)}${name} has no '${key}'`, at, {
        hint: `add '${key}': ${expected(shape[key] as Schema)}`,
      });
      result[key] = this.guess(shape[key] as Schema, [...path, key]);
    }
    return keep(value, result, members);
  }

  private misnamed(
    key: string,
    meant: string,
    names: Map<string, string>,
    absent: Set<string>,
    path: Path,
  ): void {
    absent.delete(meant);
    names.set(key, meant);
    const spot = { target: 'key', hint: `did you mean '${meant}'?`, replacement: meant } as const;
    // The path is that of the key as it is read.
    this.wrong('E_UNKNOWN_KEY', `unknown key '${key}'`, [...path, meant], spot);
  }

  private record({ keyType, valueType }: z.core.$ZodRecordDef, value: Map_, path: Path): object {
    const result: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(value)) {
      const named = z.safeParse(keyType, key);
      if (!named.success) {
        this.wrong('E_WRONG_VALUE', messageOf(named.error), [...path, key], { target: 'key' });
      }
      result[key] = this.read(valueType, entry, [...path, key]);
    }
    return keep(value, result, spans.get(value)?.members ?? new Map<string, MemberSpans>());
  }

  private list(definition: z.core.$ZodArrayDef, value: readonly unknown[], path: Path): unknown[] {
    const result = value.map((entry, position) => this.read(definition.element, entry, [...path, position]));
    const problem = countProblem(definition, value.length);
    if (problem !== null) {
      this.wrong('E_WRONG_VALUE', problem, path);
      this.damaged.push(path);
    }
    return keep(value, result, spans.get(value)?.members ?? new Map<number, MemberSpans>());
  }

  /** One entry where a list of them is expected. */
  private one(given: Schema, { element }: z.core.$ZodArrayDef, value: unknown, path: Path): unknown {
    if (!fits(element, value)) return this.unfit(given, value, path);
    const replacement = isMap(value) ? {} : { replacement: `[${String(value)}]` };
    this.wrong('E_WRONG_TYPE', `a list is expected, also for one entry`, path, {
      hint: isMap(value) ? 'begin the entry with a dash' : `write [${String(value)}]`,
      ...replacement,
    });
    // What else may belong to the list is not known.
    this.damaged.push([...path, 'list']);
    const list = [this.read(element, value, path)];
    const span = spans.get(value as object)?.self;
    if (span) spans.set(list, { self: span, members: new Map([[0, { key: null, value: span }]]) });
    return list;
  }

  private union(given: Schema, { options }: z.core.$ZodUnionDef, value: unknown, path: Path): unknown {
    const possible = (options as readonly Schema[]).map(bare).filter((option) => fits(option, value));
    if (!isMap(value)) {
      const [first] = possible;
      const isWord = possible.length === 1 && first !== undefined && definitionOf(first).type === 'literal';
      if (isWord && options.length > 1 && !z.safeParse(first, value).success) {
        this.wrong('E_WRONG_VALUE', `${show(value)} is not a possible value`, path, {
          hint: `write ${expected(given)}`,
        });
        return this.guess(given, path);
      }
      const whole = possible.find((option) => z.safeParse(option, value).success) ?? first;
      if (!whole) return this.unfit(given, value, path);
      if (possible.length < 2 || definitionOf(whole).type === 'array') return this.read(whole, value, path);
      return z.safeParse(whole, value).success ? value : this.read(first ?? whole, value, path);
    }
    const [best] = possible
      .map((option) => ({ option, known: knownKeys(option, value) }))
      .sort((a, b) => b.known - a.known);
    return best ? this.read(best.option, value, path) : this.unfit(given, value, path);
  }

  private word(given: Schema, words: readonly string[], value: unknown, path: Path): unknown {
    if (typeof value === 'string' && words.includes(value)) return value;
    const shown =
      words.length === 1 ? `only '${words[0] ?? ''}' is possible` : `possible: ${words.join(', ')}`;
    const meant = typeof value === 'string' ? nearest(value, words) : null;
    const guess = meant === null ? {} : { replacement: meant };
    const hint = meant === null ? shown : `did you mean '${meant}'? ${shown}`;
    this.wrong('E_WRONG_VALUE', `${show(value)} is not a possible value`, path, { hint, ...guess });
    return meant ?? this.guess(given, path);
  }

  private leaf(given: Schema, value: unknown, path: Path): unknown {
    const schema = bare(given);
    const result = z.safeParse(schema, value);
    if (result.success) return value;
    const replacement = rewrite(value, (candidate) => z.safeParse(schema, candidate).success);
    const hint =
      replacement === null
        ? hintFor(schema, value)
        : {
            hint: `did you mean ${replacement.text}?`,
            replacement: replacement.text,
            ...(typeof replacement.value === 'string' ? {} : { isBare: true }),
          };
    if (Array.isArray(value)) return this.unfit(given, value, path);
    if (!fits(schema, value)) {
      const message = `expected ${expected(schema)}, found ${show(value)}`;
      this.wrong('E_WRONG_TYPE', message, path, hint);
      return replacement?.value ?? this.guess(given, path);
    }
    this.wrong('E_WRONG_VALUE', messageOf(result.error), path, hint);
    this.damaged.push(path);
    return replacement?.value ?? value;
  }

  private unfit(given: Schema, value: unknown, path: Path): unknown {
    const schema = bare(given);
    if (path.at(-1) === 'accountable' && Array.isArray(value)) {
      const message = `${value.length} roles are accountable where exactly one can be`;
      const hint = 'keep one as accountable; make the others responsible or consulted';
      this.wrong('E_RACI_MULTIPLE_ACCOUNTABLE', message, path, { hint });
    } else {
      const message = `expected ${expected(schema)}, found ${show(value)}`;
      const key = Array.isArray(value) ? placeFor(definitionOf(schema), value) : null;
      if (key !== null) {
        this.wrong('E_WRONG_TYPE', message, path, { hint: `put the list under '${key}'` });
        return this.read(given, under(key, value), path);
      }
      const isNamed = definitionOf(schema).type === 'record' && Array.isArray(value);
      this.wrong('E_WRONG_TYPE', message, path, isNamed ? { hint: RECORD_HINT } : {});
    }
    return this.guess(given, path);
  }

  /** What stands for a value that is not there or cannot be read. */
  private guess(given: Schema, path: Path): unknown {
    this.damaged.push(path);
    return holeFor(given);
  }

  private wrong(code: FindingCode, message: string, path: Path, details: FindingDetails = {}): void {
    this.findings.push(finding(code, message, path, details));
  }
}

const RECORD_HINT = 'write a map, each entry under its name: { name: … }';

/** The only key that has to be there and that a list would do for, where it stands in the place of the whole map. */
function placeFor(definition: Definition, list: readonly unknown[]): string | null {
  if (definition.type !== 'object') return null;
  const [key, ...others] = Object.entries(definition.shape).flatMap(([name, field]) =>
    !isOptional(field) && fits(field, list) ? [name] : [],
  );
  return key === undefined || others.length > 0 ? null : key;
}

/** What was meant, with the place of what is written. */
function under(key: string, value: unknown): Map_ {
  const map = { [key]: value };
  const span = spans.get(value as object)?.self;
  if (span) spans.set(map, { self: span, members: new Map([[key, { key: null, value: span }]]) });
  return map;
}

/** Notes that a value was read from another, so that the places of its parts are known. */
function keep<T extends object>(from: object, to: T, members: ReadonlyMap<string | number, MemberSpans>): T {
  const self = spans.get(from)?.self;
  if (self) spans.set(to, { self, members });
  return to;
}

function holeFor(given: Schema): unknown {
  const definition = definitionOf(given);
  switch (definition.type) {
    case 'optional':
      return undefined;
    case 'lazy':
      return holeFor((given as z.core.$ZodLazy)._zod.innerType);
    case 'object':
      return Object.fromEntries(
        Object.entries(definition.shape)
          .map(([key, schema]) => [key, holeFor(schema)] as const)
          .filter(([, value]) => value !== undefined),
      );
    case 'array':
      return [];
    case 'record':
      return {};
    case 'tuple':
      return definition.items.map(holeFor);
    case 'union':
      return holeFor(definition.options.at(-1) as Schema);
    case 'enum':
      return Object.values(definition.entries)[0];
    case 'literal':
      return definition.values[0];
    case 'number':
      return 1;
    case 'boolean':
      return false;
    default:
      return newHole();
  }
}

/** Whether the value is of the schema's type, whatever it holds. */
function fits(given: Schema, value: unknown): boolean {
  const schema = bare(given);
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'object':
    case 'record':
      return isMap(value);
    case 'array':
    case 'tuple':
      return Array.isArray(value);
    case 'union':
      return (definition.options as readonly Schema[]).some((option) => fits(option, value));
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    default:
      return typeof value === 'string';
  }
}

/** How many keys of the map an object knows; a misspelt one counts nearly as much. */
function knownKeys(schema: Schema, value: Map_): number {
  const definition = definitionOf(schema);
  if (definition.type !== 'object') return 0;
  const keys = Object.keys(definition.shape);
  return Object.keys(value).reduce(
    (sum, key) => sum + (keys.includes(key) ? 1 : nearest(key, keys) === null ? 0 : 0.9),
    0,
  );
}

function countProblem({ checks }: z.core.$ZodArrayDef, length: number): string | null {
  for (const check of checks ?? []) {
    const { minimum, error } = check._zod.def as { check: string; minimum?: number; error?: unknown };
    if (minimum === undefined || length >= minimum) continue;
    const message = typeof error === 'function' ? (error as (issue: object) => unknown)({}) : undefined;
    return typeof message === 'string' ? message : `at least ${minimum} needed`;
  }
  return null;
}

/** What people call what a schema asks for. */
function expected(given: Schema): string {
  const schema = bare(given);
  const definition = definitionOf(schema);
  const named = z.globalRegistry.get(schema);
  switch (definition.type) {
    case 'object':
      return named?.title === undefined
        ? `a map with ${Object.keys(definition.shape).join(', ')}`
        : `a ${named.title}`;
    case 'array':
      return `a list of ${plural(definition.element)}`;
    case 'record':
      return 'a map';
    case 'tuple':
      return `a list of ${definition.items.length} values`;
    case 'union':
      return (definition.options as readonly Schema[]).map(expected).join(' or ');
    case 'enum':
      return `one of ${Object.values(definition.entries).join(', ')}`;
    case 'literal':
      return definition.values.map((value) => `'${String(value)}'`).join(' or ');
    case 'boolean':
      return 'true or false';
    case 'number':
      return 'a number';
    default:
      return named?.title === undefined ? 'text' : `a ${named.title}`;
  }
}

function plural(schema: Schema): string {
  const title = z.globalRegistry.get(bare(schema))?.title;
  return title === undefined ? 'entries' : `${title}s`;
}

/** What would do, where nothing can be guessed from what is written. */
function hintFor(schema: Schema, value: unknown): FindingDetails {
  const { title } = z.globalRegistry.get(schema) ?? {};
  if (title === 'time zone' && typeof value === 'string') {
    const zones = Intl.supportedValuesOf('timeZone');
    const meant = nearest(value, zones) ?? zones.find((zone) => zone.endsWith(`/${value}`)) ?? null;
    return meant === null
      ? { hint: 'write a region and a city, for example Europe/Berlin' }
      : { hint: `did you mean '${meant}'?`, replacement: meant };
  }
  const hint = title === undefined ? undefined : HINTS[title];
  return hint === undefined ? {} : { hint };
}
const HINTS: Readonly<Record<string, string>> = {
  'duration such as P3D': 'write P2D for two days, PT4H for four hours, P1W for a week',
  'date such as 2026-03-31': 'write year, month and day',
};

const messageOf = (error: z.core.$ZodError): string => error.issues[0]?.message ?? 'not a possible value';

const show = (value: unknown): string =>
  value === null || value === undefined
    ? 'nothing'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'a map'
        : JSON.stringify(value);

function unknownKey(key: string, title: string, absent: ReadonlySet<string>, path: Path): Finding {
  const owners = OWNERS.get(key)?.filter((owner) => owner !== title) ?? [];
  const hint =
    owners.length > 0
      ? `'${key}' belongs to a ${owners.join(' or a ')}`
      : absent.size > 0
        ? `a ${title} may also have: ${[...absent].join(', ')}`
        : `a ${title} has no further keys`;
  return finding('E_UNKNOWN_KEY', `unknown key '${key}'`, [...path, key], { target: 'key', hint });
}

/** Names that other tools give to what a key of ours says. */
const SYNONYMS = new Map<string, readonly string[]>(
  Object.entries({
    owner: ['accountable', 'steward'],
    assignee: ['responsible'],
    duration: ['effort'],
    estimate: ['effort'],
    type: ['kind', 'model'],
    title: ['name'],
    dependson: ['needs'],
    depends_on: ['needs'],
    requires: ['needs'],
    stages: ['sections'],
    phases: ['sections'],
    tasks: ['steps'],
    streams: ['lanes'],
    condition: ['when'],
    if: ['when'],
    roles: ['responsible'],
    key: ['id'],
    output: ['produces'],
    outputs: ['produces'],
  }),
);
const synonym = (key: string, absent: ReadonlySet<string>): string | null =>
  SYNONYMS.get(key.toLowerCase())?.find((each) => absent.has(each)) ?? null;

/** What has a key of some name anywhere in the format. */
const OWNERS = new Map<string, string[]>();
function noteOwners(given: Schema, seen: Set<Schema>): void {
  const schema = bare(given);
  if (seen.has(schema)) return;
  seen.add(schema);
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'object': {
      const title = titleOf(schema);
      for (const [key, member] of Object.entries(definition.shape)) {
        const owners = OWNERS.get(key) ?? [];
        if (!owners.includes(title)) OWNERS.set(key, [...owners, title]);
        noteOwners(member, seen);
      }
      return;
    }
    case 'array':
      noteOwners(definition.element, seen);
      return;
    case 'record':
      noteOwners(definition.valueType, seen);
      return;
    case 'union':
      for (const option of definition.options) noteOwners(option, seen);
      return;
    default:
  }
}
for (const schema of Object.values(WRITTEN)) noteOwners(schema, new Set());
