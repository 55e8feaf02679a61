import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { PART_KINDS, type PartKind } from '../../domain/workflow/diff/parts.js';
import { nearest } from '../../domain/suggestion.js';

/** What was asked for cannot be done with this text; the message says why, for whoever asked. */
export class CannotEdit extends Error {
  override readonly name = 'CannotEdit';
}

/** A place in a document: the steps to it, and what holds it. */
export interface Located {
  /** Keys and positions from the root. */
  readonly steps: readonly (string | number)[];
  readonly parent: YAMLMap | YAMLSeq | null;
  /** Null where the parent is a map that has no such key. */
  readonly node: Node | null;
  readonly isThere: boolean;
}

/** Finds what a path leads to; its last key may be missing in a map. @throws CannotEdit */
export function locate(root: Node, path: string): Located {
  const steps = isNamed(path) ? namedSteps(root, path) : stepsFrom(root, path.split('.'), path);
  return follow(root, steps, path);
}

function follow(root: Node, steps: readonly (string | number)[], path: string): Located {
  let here: Located = { steps: [], parent: null, node: root, isThere: true };
  for (const [at, step] of steps.entries()) {
    const { node } = here;
    const walked = steps.slice(0, at + 1);
    if (isMap(node)) {
      const pair = pairOf(node, String(step));
      if (!pair && at < steps.length - 1)
        throw new CannotEdit(`'${path}' leads nowhere: there is no '${step}'`);
      here = {
        steps: walked,
        parent: node,
        node: (pair?.value as Node | null) ?? null,
        isThere: pair !== null,
      };
    } else if (isSeq(node)) {
      here = { steps: walked, parent: node, node: node.items[Number(step)] as Node, isThere: true };
    } else throw new CannotEdit(`'${path}' leads nowhere: '${steps[at - 1] ?? ''}' has no parts`);
  }
  return here;
}

export const pairOf = (map: YAMLMap, key: string): Pair<Node, Node | null> | null =>
  (map.items as Pair<Node, Node | null>[]).find(
    (pair) => isScalar(pair.key) && String(pair.key.value) === key,
  ) ?? null;

/** Turns ids into positions. Ids and keys may have dots in them, so the longest that fits is taken. */
function stepsFrom(node: Node | null, segments: readonly string[], path: string): (string | number)[] {
  if (segments.length === 0) return [];
  if (isAlias(node))
    throw new CannotEdit(`'${path}' stands under the name of an anchor, where other places would change too`);
  for (let count = segments.length; count > 0; count--) {
    const [name, rest] = [segments.slice(0, count).join('.'), segments.slice(count)];
    if (isMap(node)) {
      const pair = pairOf(node, name);
      if (pair) return [name, ...stepsFrom(pair.value, rest, path)];
    }
    if (isSeq(node)) {
      const found = entryOf(node, name);
      if (found) return [...found.steps, ...stepsFrom(found.node, rest, path)];
    }
  }
  const [first = ''] = segments;
  if (isMap(node) && segments.length === 1) return [first];
  const near = nearest(first, namesIn(node));
  throw new CannotEdit(
    `'${path}' leads nowhere: there is no '${first}'${near === null ? '' : `, did you mean '${near}'?`}`,
  );
}

/** What an entry of a list is known by. */
const NAMES = ['id', 'metric'] as const;
/** What has entries of its own that are known by their ids alone. */
const BLOCKS = ['allOf', 'oneOf', 'steps'] as const;

interface Entry {
  readonly steps: readonly (string | number)[];
  readonly node: Node;
}

/** An entry by its id, or by what it says where that is all; else by its position, else one within a block of the list. */
export function entryOf(list: YAMLSeq, name: string): Entry | null {
  const items = list.items as Node[];
  const at = items.findIndex((item) =>
    isMap(item)
      ? NAMES.some((key) => textOf(item, key) === name)
      : isScalar(item) && String(item.value) === name,
  );
  const position = at >= 0 ? at : /^\d+$/.test(name) && Number(name) < items.length ? Number(name) : -1;
  const node = items[position];
  if (node) return { steps: [position], node };
  for (const [index, item] of items.entries()) {
    for (const block of isMap(item) ? BLOCKS : []) {
      const inner = isMap(item) ? pairOf(item, block)?.value : null;
      const found = isSeq(inner) ? entryOf(inner, name) : null;
      if (found) return { ...found, steps: [index, block, ...found.steps] };
    }
  }
  return null;
}

function textOf(map: YAMLMap, key: string): string | null {
  const value = pairOf(map, key)?.value;
  return isScalar(value) ? String(value.value) : null;
}

function namesIn(node: Node | null): string[] {
  if (isMap(node)) return node.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []));
  if (!isSeq(node)) return [];
  return (node.items as Node[]).flatMap((item) =>
    isMap(item) ? NAMES.flatMap((key) => textOf(item, key) ?? []) : [],
  );
}

const NAMED = new RegExp(`^(${PART_KINDS.join('|')})(?: (.+?))?(?: / ([A-Za-z]+))?$`);
/** Paths of the format have no blanks. */
const isNamed = (path: string): boolean => path.includes(' ') && NAMED.test(path);

/** Lists in which parts of a kind stand. */
const LISTS: Readonly<Partial<Record<PartKind, readonly string[]>>> = {
  section: ['sections'],
  step: ['steps', 'allOf', 'oneOf'],
  choice: ['steps'],
  concurrent: ['steps'],
  branch: ['allOf', 'oneOf'],
  gate: ['gates'],
  handoff: ['handoffs'],
  rule: ['rules'],
  trigger: ['triggers'],
  milestone: ['milestones'],
  cadence: ['cadence'],
  checkpoint: ['checkpoints'],
  item: ['items'],
};

/** Steps to what a difference names, such as `step email-copy / effort` or `lane creative/email`. */
function namedSteps(root: Node, path: string): (string | number)[] {
  const [, kind = '', name = '', property] = NAMED.exec(path) ?? [];
  const own = property === undefined ? [] : [property];
  if (kind === 'workflow') return own;
  const [outer = '', inner = ''] = name.split('/');
  const isInner = kind === 'lane' || kind === 'check';
  const lists = LISTS[kind === 'lane' ? 'section' : kind === 'check' ? 'gate' : (kind as PartKind)] ?? [];
  const found = searched(root, lists, isInner ? outer : name);
  if (!found) throw new CannotEdit(`this file has no ${kind} '${name}'`);
  if (!isInner) return [...found, ...own];
  const here = follow(root, found, path).node;
  const segments = kind === 'check' ? ['checks', inner.split(' ')[0] ?? ''] : [];
  const lanes = isMap(here) && pairOf(here, 'spokes') ? 'spokes' : 'lanes';
  return [...found, ...stepsFrom(here, kind === 'check' ? segments : [lanes, inner], path), ...own];
}

/** The first entry of that id in one of the lists, wherever they stand. */
function searched(
  node: Node | null,
  lists: readonly string[],
  id: string,
): readonly (string | number)[] | null {
  if (isMap(node)) {
    for (const { key, value } of node.items as Pair<Node, Node | null>[]) {
      const name = isScalar(key) ? String(key.value) : '';
      if (lists.includes(name) && isSeq(value)) {
        const at = (value.items as Node[]).findIndex((item) => isMap(item) && textOf(item, 'id') === id);
        if (at >= 0) return [name, at];
      }
      if (name === 'via' && lists.includes('steps') && isMap(value) && textOf(value, 'id') === id)
        return [name];
      const found = searched(value, lists, id);
      if (found) return [name, ...found];
    }
  }
  if (isSeq(node)) {
    for (const [at, item] of (node.items as Node[]).entries()) {
      const found = searched(item, lists, id);
      if (found) return [at, ...found];
    }
  }
  return null;
}
