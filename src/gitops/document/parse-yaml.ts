import {
  type Alias,
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  isScalar,
  parseAllDocuments,
  visit,
} from 'yaml';
import type { Problem } from '../../domain/problem.js';
import { problemOf } from './place.js';
import { type MemberSpans, placeOf, Source, type Span, spans } from './source.js';

export interface ParsedDocument {
  readonly source: Source;
  /** The document's own text. */
  readonly text: string;
  readonly value: unknown;
  readonly span: Span;
}

export interface ParsedFile {
  readonly documents: readonly ParsedDocument[];
  readonly problems: readonly Problem[];
  /** Ids of documents that could not be parsed, so that what refers to them is not reported too. */
  readonly lost: readonly string[];
}

/** Larger than any definition a person wrote, small enough to parse in a moment. */
export const MAX_FILE_BYTES = 1_048_576;
/** Aliases let a few hundred bytes stand for billions of nodes; this is what a file may unfold to. */
const MAX_NODES = 100_000;
/** Deeper than any definition can mean; the YAML composer recurses. */
const MAX_DEPTH = 64;

/** Parses YAML 1.2 text, keeping where every value stands. Never throws: what is wrong comes back as problems. */
export function parseYaml(file: string, text: string): ParsedFile {
  const source = new Source(file, text);
  const refusal = refusalOf(source);
  if (refusal) return { documents: [], problems: [refusal], lost: idsIn(text.replaceAll('\0', '')) };
  const conflict = conflictIn(source);
  if (conflict) return { documents: [], problems: [conflict], lost: idsIn(text) };
  const parsed = parseAllDocuments(text, {
    uniqueKeys: false,
    strict: true,
    prettyErrors: false,
  });
  const problems: Problem[] = [];
  const documents: ParsedDocument[] = [];
  const lost: string[] = [];
  if ('errors' in parsed) problems.push(...syntaxProblem(parsed, source));
  let isRunOn = false;
  for (const document of parsed) {
    const [from, , to] = document.range;
    const own = text.slice(from, to);
    const walker = new Walker(document, source);
    const value = document.errors.length === 0 ? walker.read(document.contents, 0) : null;
    const broken = [...syntaxProblem(document, source), walker.refusal].find((each) => each !== null);
    if (broken) {
      // What is not closed in one document breaks the next one too.
      if (!isRunOn) problems.push(broken);
      isRunOn = document.errors.some(({ code }) => code === 'MISSING_CHAR');
      lost.push(...idsIn(own));
      continue;
    }
    isRunOn = false;
    if (document.contents !== null) {
      problems.push(...walker.problems);
      const start = document.contents.range[0];
      documents.push({ source, text: own, value, span: { source, from: start, to: start } });
    }
  }
  return { documents, problems, lost };
}

/** A merge that nobody has finished: both sides stand in the file. */
function conflictIn(source: Source): Problem | null {
  const found = /^<{7} .*$/m.exec(source.text);
  if (!found || !/^>{7} /m.test(source.text)) return null;
  const span = { source, from: found.index, to: found.index + found[0].length };
  return problemOf('E_YAML', 'this merge is not finished: the file holds both sides', span, {
    hint: 'keep one side, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>',
  });
}

/** Ids of the documents of a text that cannot be parsed. */
const idsIn = (text: string): string[] =>
  [...text.matchAll(/^id:\s*["']?([\w.-]+)/gm)].map(([, id = '']) => id);

const FOREIGN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const SPLIT_HINT = 'put the documents into several files';
const UNREADABLE = new RegExp(`${FOREIGN.source}|\uFFFD`);
const NO_TEXT = 'has a character that no text has';

/** Why a text is not even parsed. */
function refusalOf(source: Source): Problem | null {
  const { text } = source;
  const refuse = (
    code: 'E_FILE_TOO_LARGE' | 'E_NOT_TEXT' | 'E_TOO_DEEP',
    message: string,
    at: number,
    hint: string,
  ) => problemOf(code, message, { source, from: at, to: at + 1 }, { hint });
  if (Buffer.byteLength(text) > MAX_FILE_BYTES) {
    return refuse('E_FILE_TOO_LARGE', `the file is larger than ${MAX_FILE_BYTES} bytes`, 0, SPLIT_HINT);
  }
  // Where bytes are no UTF-8 they were decoded to U+FFFD; in UTF-16 every other byte of plain letters is 0.
  const foreign = text.search(UNREADABLE);
  if (foreign >= 0) {
    const isEncoded = text[foreign] === '\uFFFD' || text[foreign] === '\0';
    return isEncoded
      ? refuse('E_NOT_TEXT', 'the file is not UTF-8 text', foreign, 'save it with the encoding UTF-8')
      : refuse('E_NOT_TEXT', `the file ${NO_TEXT}`, foreign, 'remove it');
  }
  const deep = tooDeep(text);
  return deep < 0
    ? null
    : refuse(
        'E_TOO_DEEP',
        `the file nests more than ${MAX_DEPTH} levels`,
        deep,
        'look for a bracket that is not closed',
      );
}

/** A cheap bound on nesting before the recursive parser sees the text; where it is passed, or -1. */
function tooDeep(text: string): number {
  let open = 0;
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position];
    if (character === '[' || character === '{') {
      open += 1;
      if (open > MAX_DEPTH * 4) return position;
    } else if (character === ']' || character === '}') open = Math.max(0, open - 1);
  }
  return text.search(/^(?: {512}|(?:[-?:] +){256})/m);
}

/** What is wrong with the YAML of a document: the first thing, since all others may follow from it. */
function syntaxProblem(
  { errors, warnings, contents }: Pick<Document.Parsed, 'errors' | 'warnings'> & Partial<Document.Parsed>,
  source: Source,
): Problem[] {
  const [error] = [...errors, ...warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (!error) return [];
  const isQuoteOpen = errors.some(
    ({ code, message }) => code === 'MISSING_CHAR' && message.includes('quote'),
  );
  const quote = isQuoteOpen ? openQuote(contents ?? null, source.text) : null;
  if (quote !== null) {
    const span = { source, from: quote, to: quote + 1 };
    return [
      problemOf('E_YAML', 'this quote is never closed', span, { hint: 'close it where the text ends' }),
    ];
  }
  const [from, to] = error.pos;
  const message = error.message.split('\n', 1)[0] ?? error.message;
  const span = { source, from, to: Math.max(to, from + 1) };
  return [problemOf('E_YAML', message, span, { hint: YAML_HINTS[error.code] ?? DEFAULT_YAML_HINT })];
}

/** Where the quote stands that was most likely forgotten to be closed: that of the first quoted text of several lines. */
function openQuote(contents: Document.Parsed['contents'] | null, text: string): number | null {
  let quote: number | null = null;
  visit(contents, (_, node) => {
    if (!isScalar(node) || (node.type !== 'QUOTE_DOUBLE' && node.type !== 'QUOTE_SINGLE')) return undefined;
    const [from, to] = node.range ?? [0, 0];
    if (!text.slice(from, to).includes('\n')) return undefined;
    quote = from;
    return visit.BREAK;
  });
  return quote;
}

const DEFAULT_YAML_HINT =
  'look for a missing quote, colon or bracket, or a wrong indentation, here or just above';
const INDENT_HINT =
  'entries of one map or list begin at the same column; check the indentation here and just above';
const QUOTE_HINT = 'put the text in double quotes';
/** What most likely happened, by the code of the yaml package. */
const YAML_HINTS: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias such as *name stands alone',
  BAD_ALIAS: 'an alias refers to an anchor that stands before it, such as &name',
  BAD_DQ_ESCAPE: 'in double quotes a backslash begins an escape; double it, or use single quotes',
  BAD_INDENT: INDENT_HINT,
  BAD_SCALAR_START: QUOTE_HINT,
  BLOCK_AS_IMPLICIT_KEY: INDENT_HINT,
  BLOCK_IN_FLOW: 'inside brackets or braces everything is written with commas, not with indentation',
  MISSING_CHAR: 'a quote, bracket, comma or space is missing here or just before',
  MULTILINE_IMPLICIT_KEY: 'a colon is missing here, or the line before is not closed',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'tags such as !name are not part of the format',
};

/** The types of JSON, which every value has anyway. */
const TAGS: ReadonlySet<string> = new Set(
  ['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map((type) => `tag:yaml.org,2002:${type}`),
);

/** Turns YAML nodes into plain values and notes where each stands. */
class Walker {
  /** What ends the reading of the document. */
  refusal: Problem | null = null;
  /** What is wrong, but leaves the document readable. */
  readonly problems: Problem[] = [];
  #nodes = 0;
  #meant: ReadonlyMap<Alias, Node | undefined> | null = null;

  constructor(
    private readonly document: Document,
    private readonly source: Source,
  ) {}

  read(node: Node | null, depth: number): unknown {
    if (node === null || this.refusal) return null;
    if (depth > MAX_DEPTH) {
      return this.refuse(node, 'E_TOO_DEEP', `the document nests more than ${MAX_DEPTH} levels`);
    }
    if (++this.#nodes > MAX_NODES) {
      return this.refuse(node, 'E_TOO_MANY_VALUES', `the document unfolds to more than ${MAX_NODES} values`);
    }
    if (isAlias(node)) {
      const meant = this.meantBy(node);
      return meant
        ? this.read(meant, depth + 1)
        : this.refuse(node, 'E_YAML', `no anchor &${node.source} stands before this alias`);
    }
    if (node.tag !== undefined && !TAGS.has(node.tag)) {
      return this.refuse(node, 'E_YAML', `the tag ${node.tag} is not part of the format`);
    }
    if (isScalar(node)) return this.text(node);
    if (isSeq(node)) return this.readList(node.items as Node[], node, depth);
    if (isMap(node)) return this.readMap(node.items as Pair<Node, Node | null>[], node, depth);
    return null;
  }

  private readList(items: readonly Node[], node: Node, depth: number): unknown[] {
    const list = items.map((item) => this.read(item, depth + 1));
    const members = new Map(
      items.map((item, position) => [position, { key: null, value: this.spanOf(item) }] as const),
    );
    spans.set(list, { self: this.spanOf(node), members });
    return list;
  }

  private readMap(items: readonly Pair<Node, Node | null>[], node: Node, depth: number): object {
    const map: Record<string, unknown> = {};
    const members = new Map<string | number, MemberSpans>();
    const merged: unknown[] = [];
    for (const { key, value } of items) {
      const name = this.nameOf(key);
      const keySpan = this.spanOf(key);
      if (name === null || name === '__proto__') {
        this.refuse(key, 'E_YAML', 'a key must be plain text');
        continue;
      }
      const before = members.get(name)?.key;
      if (before) {
        const related = [{ ...placeOf(before), message: 'first here' }];
        this.problems.push(
          problemOf('E_DUPLICATE_KEY', `the key '${name}' stands twice in one map`, keySpan, { related }),
        );
        continue;
      }
      const content = this.read(value, depth + 1);
      if (name === '<<') {
        merged.push(...(Array.isArray(content) ? (content as unknown[]) : [content]));
        continue;
      }
      map[name] = content;
      members.set(name, { key: keySpan, value: isWritten(value) ? this.spanOf(value) : keySpan });
    }
    for (const each of merged) takeOver(each, map, members);
    spans.set(map, { self: this.spanOf(node), members });
    return map;
  }

  /** A key as text; null for what is no plain text. */
  private nameOf(key: Node): string | null {
    const meant = isAlias(key) ? this.meantBy(key) : key;
    if (!isScalar(meant)) return null;
    return meant.value === null ? '' : String(this.text(meant));
  }

  /** What an alias stands for. All are looked up in one go: the parser would go through the document for each. */
  private meantBy(alias: Alias): Node | undefined {
    this.#meant ??= aliasesOf(this.document);
    return this.#meant.get(alias);
  }

  /** A scalar's value; an escape such as \0 can name what must not stand in a file. */
  private text(node: Scalar): unknown {
    const { value } = node;
    if (typeof value === 'string' && value.includes('\0'))
      this.refuse(node, 'E_NOT_TEXT', `the text ${NO_TEXT}`);
    return value;
  }

  private spanOf(node: Node): Span {
    const [from, to] = node.range ?? [0, 0];
    return { source: this.source, from, to };
  }

  private refuse(
    node: Node,
    code: 'E_NOT_TEXT' | 'E_TOO_DEEP' | 'E_TOO_MANY_VALUES' | 'E_YAML',
    message: string,
  ): null {
    this.refusal ??= problemOf(code, message, this.spanOf(node));
    return null;
  }
}

/** Each alias of a document, and the last node before it that has its anchor. */
function aliasesOf(document: Document): Map<Alias, Node | undefined> {
  const anchored = new Map<string, Node>();
  const meant = new Map<Alias, Node | undefined>();
  visit(document, {
    Alias: (_, alias) => void meant.set(alias, anchored.get(alias.source)),
    Value: (_, node) => {
      if (node.anchor !== undefined) anchored.set(node.anchor, node);
    },
  });
  return meant;
}

/** Nothing after a colon has no place of its own. */
const isWritten = (node: Node | null): node is Node => !!node?.range && node.range[0] < node.range[1];

/** The merge key `<<` of YAML 1.1, which people know: entries of another map that the map itself does not have. */
function takeOver(
  from: unknown,
  map: Record<string, unknown>,
  members: Map<string | number, MemberSpans>,
): void {
  if (typeof from !== 'object' || from === null) return;
  for (const [key, value] of Object.entries(from)) {
    const span = spans.get(from)?.members.get(key);
    if (Object.hasOwn(map, key) || !span) continue;
    map[key] = value;
    members.set(key, span);
  }
}
