import { isCollection, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Edit, PlainValue } from '../../application/edit.js';
import { CannotEdit, entryOf, type Located } from './locate.js';
import { behindKey, block, inline, key, quotedLike } from './written-as.js';

/** A part of the text, and what takes its place. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What of a text an edit changes; everything else stays byte by byte. */
export class TextChange {
  constructor(private readonly text: string) {}

  of(edit: Edit, at: Located): Replacement {
    if (edit.type === 'set') return this.set(at, edit.value);
    return edit.type === 'remove' ? this.remove(at) : this.insert(at, edit);
  }

  private set({ parent, node, isThere, steps }: Located, value: PlainValue): Replacement {
    if (parent === null) throw new CannotEdit('the definition as a whole is replaced by giving its text');
    const name = steps.at(-1);
    if (!isThere && isMap(parent)) return this.addPair(parent, String(name), value);
    if (node === null) throw new CannotEdit('there is nothing to set');
    const from = startOf(node);
    const to = this.endOf(node);
    if (isScalar(node) && !isBlockScalar(node) && to > from)
      return { from, to, text: quotedLike(value, node) };
    const own = isMap(parent) ? this.keyEnd(parent, node) : null;
    // A block begins on a line of its own; what is short goes back behind its key, unless a comment stands between.
    if (own !== null && this.text.slice(own, from).trim() === '')
      return { from: own, to, text: ` ${inline(value)}` };
    return { from, to, text: inline(value) };
  }

  /** Behind the colon of the key that a value belongs to. */
  private keyEnd(map: YAMLMap, value: Node): number {
    const pair = (map.items as Pair<Node, Node | null>[]).find((each) => each.value === value);
    const end = pair ? rangeOf(pair.key)[1] : 0;
    return this.text.indexOf(':', end) + 1;
  }

  private remove({ parent, isThere, steps }: Located): Replacement {
    if (parent === null) throw new CannotEdit('a definition is retired by removing its file');
    if (!isThere) throw new CannotEdit(`there is no '${steps.at(-1) ?? ''}' to remove`);
    const items = parent.items as (Node | Pair<Node, Node | null>)[];
    const position = isMap(parent)
      ? items.findIndex((item) => String(((item as Pair).key as { value?: unknown }).value) === steps.at(-1))
      : Number(steps.at(-1));
    const item = items[position];
    if (item === undefined) throw new CannotEdit('there is nothing to remove');
    const [from, to] = [this.beginOf(parent, item), this.endOfItem(item)];
    if (items.length === 1) {
      const empty = isMap(parent) ? '{}' : '[]';
      return { from: startOf(parent), to: this.endOf(parent), text: empty };
    }
    const next = items[position + 1];
    const before = items[position - 1];
    if (!parent.flow) return this.removeLines(from, to, next ? this.beginOf(parent, next) : null);
    if (next) return { from, to: this.beginOf(parent, next), text: '' };
    return { from: before ? this.endOfItem(before) : from, to, text: '' };
  }

  /** Whole lines with the comment behind them; comments on lines of their own stay. */
  private removeLines(from: number, to: number, next: number | null): Replacement {
    const start = this.lineStart(from);
    if (this.text.slice(start, from).trim() === '') return { from: start, to: this.lineEnd(to), text: '' };
    // It stands behind the dash of an entry: the next one takes its place there.
    if (next === null || this.text.slice(to, next).includes('#'))
      throw new CannotEdit('this cannot be taken out of where it stands: give the whole text');
    return { from, to: next, text: '' };
  }

  private insert(
    at: Located,
    { value, before, after, path }: Extract<Edit, { type: 'insert' }>,
  ): Replacement {
    const { node, isThere } = at;
    if (before !== null && after !== null) throw new CannotEdit("give 'before' or 'after', not both");
    const isEmpty = node === null || (isScalar(node) && node.value === null);
    if (!isThere || isEmpty) {
      if (before !== null || after !== null) throw new CannotEdit(`'${path}' has no entries yet`);
      return this.set(at, [value]);
    }
    if (!isSeq(node)) throw new CannotEdit(`'${path}' is no list`);
    const position = positionIn(node, before, after, path);
    if (node.items.length === 0) return this.set(at, [value]);
    return node.flow ? this.insertInline(node, position, value) : this.insertLines(node, position, value);
  }

  private insertInline(list: YAMLSeq, position: number, value: PlainValue): Replacement {
    const items = list.items as Node[];
    const [previous, next] = [items[position - 1], items[position]];
    if (previous) {
      const at = this.endOfItem(previous);
      return { from: at, to: at, text: `, ${inline(value)}` };
    }
    const at = startOf(next ?? list);
    return { from: at, to: at, text: `${inline(value)}, ` };
  }

  private insertLines(list: YAMLSeq, position: number, value: PlainValue): Replacement {
    const items = list.items as Node[];
    const sibling = items[position - 1] ?? items[position];
    const begin = this.beginOf(list, sibling ?? list);
    const column = begin - this.lineStart(begin);
    const isInline = !isMap(sibling) || sibling.flow === true;
    const entry = isInline ? inline(value) : block(value, column + 2);
    const previous = items[position - 1];
    const at = previous ? this.lineEnd(this.endOfItem(previous)) : this.aboveComments(begin, column);
    if (!previous && this.text.slice(this.lineStart(begin), begin).trim() !== '')
      throw new CannotEdit('nothing can be put before what stands behind a dash: give the whole text');
    return this.newLine(at, `${' '.repeat(column)}- ${entry}`);
  }

  /** Where the comments above an entry begin. */
  private aboveComments(begin: number, column: number): number {
    let at = this.lineStart(begin);
    for (;;) {
      const above = this.lineStart(at - 1);
      const line = this.text.slice(above, at);
      if (at === 0 || !line.trimStart().startsWith('#') || line.search(/\S/) !== column) return at;
      at = above;
    }
  }

  private addPair(map: YAMLMap, name: string, value: PlainValue): Replacement {
    const last = map.items.at(-1) as Pair<Node, Node | null> | undefined;
    if (!last) {
      const { from, to } = { from: startOf(map), to: this.endOf(map) };
      return { from, to, text: inline({ [name]: value }) };
    }
    const end = this.endOfItem(last);
    if (map.flow) return { from: end, to: end, text: `, ${key(name)}: ${inline(value)}` };
    const first = startOf((map.items[0] as Pair<Node>).key);
    const column = first - this.lineStart(first);
    return this.newLine(this.lineEnd(end), `${' '.repeat(column)}${key(name)}:${behindKey(value, column)}`);
  }

  /** A line of its own; the last line of a file may have no end yet. */
  private newLine(at: number, line: string): Replacement {
    const isEnded = at === 0 || this.text[at - 1] === '\n';
    return { from: at, to: at, text: isEnded ? `${line}\n` : `\n${line}` };
  }

  /** Where an item begins: its dash in a list of lines, else its key or value. */
  private beginOf(parent: YAMLMap | YAMLSeq, item: Node | Pair<Node, Node | null>): number {
    if ('key' in item) return startOf(item.key);
    const at = startOf(item);
    if (parent.flow || !isSeq(parent)) return at;
    // Between the dash and the value may be blanks, ends of lines, comments, an anchor.
    const source = parent.srcToken;
    const items = source?.type === 'block-seq' ? source.items : [];
    const own = items.find(({ value }) => value?.offset === at);
    const dash = own?.start.find(({ type }) => type === 'seq-item-ind');
    if (!dash)
      throw new CannotEdit(
        'an entry of this list is written in a way that is not edited: give the whole text',
      );
    return dash.offset;
  }

  private endOfItem(item: Node | Pair<Node, Node | null>): number {
    if (!('key' in item)) return this.endOf(item);
    const { key: name, value } = item;
    const isEmpty = value === null || (isScalar(value) && rangeOf(value)[0] === rangeOf(value)[1]);
    if (!isEmpty) return this.endOf(value);
    const end = rangeOf(name)[1];
    return this.text[end] === ':' ? end + 1 : end;
  }

  /** The end of what is written, without the blanks and comments that follow. */
  private endOf(node: Node): number {
    if (isCollection(node) && !node.flow) {
      const last = node.items.at(-1) as Node | Pair<Node, Node | null> | undefined;
      if (last) return this.endOfItem(last);
    }
    const [from, to] = rangeOf(node);
    return from + this.text.slice(from, to).trimEnd().length;
  }

  private lineStart(at: number): number {
    return this.text.lastIndexOf('\n', at - 1) + 1;
  }

  /** Behind the end of the line. */
  private lineEnd(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end < 0 ? this.text.length : end + 1;
  }
}

function positionIn(list: YAMLSeq, before: string | null, after: string | null, path: string): number {
  const name = before ?? after;
  if (name === null) return list.items.length;
  const found = entryOf(list, name);
  const [position, ...deeper] = found?.steps ?? [];
  if (position === undefined || deeper.length > 0) throw new CannotEdit(`'${path}' has no entry '${name}'`);
  return Number(position) + (before === null ? 1 : 0);
}

const isBlockScalar = ({ type }: { type?: string }): boolean =>
  type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';

function rangeOf(node: Node): readonly [number, number] {
  if (!node.range) throw new CannotEdit('this is not written in the file');
  return [node.range[0], node.range[1]];
}
const startOf = (node: Node): number => rangeOf(node)[0];
