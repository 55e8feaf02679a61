import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type ParsedNode,
} from 'yaml';
import type { Path, Problem, Severity } from '../../domain/problem.js';

/** Where something stands in a file. Lines and columns count from 1; the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where the members of one map or list stand. */
interface MemberPlaces {
  readonly self: Place;
  readonly members: ReadonlyMap<string | number, { readonly key: Place | null; readonly value: Place }>;
}

/**
 * Places of parsed values, by object identity, so that they survive merging documents with `extends`:
 * a merged object takes its entry along from the file it came from. Weak, so nothing is kept alive by it.
 */
export const places = new WeakMap<object, MemberPlaces>();

export interface ParsedDocument {
  readonly file: string;
  /** The document's own text. */
  readonly source: string;
  readonly value: unknown;
  readonly start: Place;
}

export interface ParsedFile {
  readonly documents: readonly ParsedDocument[];
  readonly problems: readonly Problem[];
}

/** Larger than any definition a person wrote, small enough to parse in a moment. */
export const MAX_FILE_BYTES = 1_048_576;
/** Aliases let a few hundred bytes stand for billions of nodes; this is what a file may unfold to. */
const MAX_NODES = 100_000;
/** Deeper than any definition can mean; the YAML composer recurses. */
const MAX_DEPTH = 64;

/** Parses YAML 1.2 text, keeping where every value stands. Never throws: what is wrong comes back as problems. */
export function parseYaml(file: string, text: string): ParsedFile {
  const whole = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const refuse = (code: string, message: string, hint: string): ParsedFile => ({
    documents: [],
    problems: [{ ...whole, code, severity: 'error', message, hint }],
  });
  if (Buffer.byteLength(text) > MAX_FILE_BYTES) {
    return refuse(
      'E_FILE_TOO_LARGE',
      `the file is larger than ${MAX_FILE_BYTES} bytes`,
      'split it into several files',
    );
  }
  if (text.includes('\uFFFD') || text.includes('\0')) {
    return refuse('E_NOT_TEXT', 'the file is not UTF-8 text', 'save it as UTF-8');
  }
  if (tooDeep(text)) {
    return refuse(
      'E_TOO_DEEP',
      `the file nests more than ${MAX_DEPTH} levels`,
      'a definition needs about a dozen',
    );
  }
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    uniqueKeys: true,
    strict: true,
    prettyErrors: false,
  });
  const problems: Problem[] = [];
  const documents: ParsedDocument[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const place = placer(file, lines);
    const [error] = document.errors;
    if (error) {
      problems.push({
        ...place(error.pos[0], Math.max(error.pos[1], error.pos[0] + 1)),
        code: error.code === 'DUPLICATE_KEY' ? 'E_DUPLICATE_KEY' : 'E_YAML',
        severity: 'error' satisfies Severity,
        message:
          error.code === 'DUPLICATE_KEY' ? 'this key stands twice in one map' : firstLine(error.message),
      });
      continue;
    }
    if (document.contents === null) continue;
    const walker = new Walker(document, place);
    const value = walker.read(document.contents, 0);
    if (walker.refusal) problems.push(walker.refusal);
    else {
      const [from, , to] = document.range;
      const start = place(document.contents.range[0], document.contents.range[0]);
      documents.push({ file, source: text.slice(from, to), value, start });
    }
  }
  return { documents, problems };
}

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? message;

/** A cheap bound on nesting, before the recursive parser sees the text: brackets open, or spaces of indentation. */
function tooDeep(text: string): boolean {
  let open = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '[' || character === '{') deepest = Math.max(deepest, ++open);
    else if (character === ']' || character === '}') open = Math.max(0, open - 1);
  }
  return deepest > MAX_DEPTH * 4 || /^(?: {2}){256}/m.test(text) || /^(?:- ){256}/m.test(text);
}

const placer =
  (file: string, lines: LineCounter) =>
  (from: number, to: number): Place => {
    const start = lines.linePos(from);
    const end = lines.linePos(Math.max(from, to));
    return { file, line: start.line, column: start.col, endLine: end.line, endColumn: end.col };
  };

/** Turns YAML nodes into plain values and notes where each stands. */
class Walker {
  refusal: Problem | null = null;
  #nodes = 0;

  constructor(
    private readonly document: Document,
    private readonly place: ReturnType<typeof placer>,
  ) {}

  read(node: Node | null, depth: number): unknown {
    if (node === null || this.refusal) return null;
    if (++this.#nodes > MAX_NODES || depth > MAX_DEPTH) {
      const what =
        depth > MAX_DEPTH
          ? `nests more than ${MAX_DEPTH} levels`
          : `unfolds to more than ${MAX_NODES} values`;
      this.refuse(node, depth > MAX_DEPTH ? 'E_TOO_DEEP' : 'E_TOO_MANY_VALUES', `the document ${what}`);
      return null;
    }
    if (isAlias(node)) return this.read(node.resolve(this.document) ?? null, depth + 1);
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return this.readList(node.items as Node[], node, depth);
    if (isMap(node)) return this.readMap(node.items as { key: Node; value: Node | null }[], node, depth);
    return null;
  }

  private readList(items: readonly Node[], node: Node, depth: number): unknown[] {
    const list = items.map((item) => this.read(item, depth + 1));
    const members = items.map(
      (item, position) => [position, { key: null, value: this.placeOf(item) }] as const,
    );
    places.set(list, { self: this.placeOf(node), members: new Map(members) });
    return list;
  }

  private readMap(items: readonly { key: Node; value: Node | null }[], node: Node, depth: number): object {
    const map: Record<string, unknown> = {};
    const members = new Map<string | number, { key: Place | null; value: Place }>();
    for (const { key, value } of items) {
      const name = isScalar(key) ? String(key.value) : null;
      if (name === null || name === '__proto__') {
        this.refuse(key, 'E_YAML', 'a key must be plain text');
        continue;
      }
      map[name] = this.read(value, depth + 1);
      const keyPlace = this.placeOf(key);
      members.set(name, { key: keyPlace, value: value?.range ? this.placeOf(value) : keyPlace });
    }
    places.set(map, { self: this.placeOf(node), members });
    return map;
  }

  private placeOf(node: Node | ParsedNode): Place {
    const [from, to] = node.range ?? [0, 0];
    return this.place(from, to);
  }

  private refuse(node: Node, code: string, message: string): void {
    this.refusal ??= { ...this.placeOf(node), code, severity: 'error', message };
  }
}

/** The place a path leads to, or the nearest enclosing one when the path goes beyond what is written. */
export function placeAt(root: unknown, start: Place, path: Path, target: 'key' | 'value' = 'value'): Place {
  let value = root;
  let place = start;
  for (const [position, segment] of path.entries()) {
    if (typeof value !== 'object' || value === null) break;
    const here = places.get(value);
    const member = here?.members.get(segment);
    if (!member) break;
    place = target === 'key' && position === path.length - 1 ? (member.key ?? member.value) : member.value;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return firstLineOf(place);
}

/** Points at the beginning of a block that spans lines, so that an editor marks a word and not a page. */
const firstLineOf = (place: Place): Place =>
  place.endLine === place.line ? place : { ...place, endLine: place.line, endColumn: place.column + 1 };
