import { isUtf8 } from 'node:buffer';
import { DamagedObject } from './delta.js';

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly at: Date;
}
export interface ParsedCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
  /** The armoured signature as it stands; null where the commit is not signed. */
  readonly signature: string | null;
}
export interface TreeEntry {
  readonly name: string;
  readonly oid: string;
  readonly kind: 'file' | 'folder' | 'other';
}

/** Headers, an empty line, the message; a header goes on in lines that begin with a blank (gitformat-commit). */
export function parseCommit(content: Buffer): ParsedCommit {
  const text = content.toString('utf8');
  const end = text.indexOf('\n\n');
  const headers = (end === -1 ? text : text.slice(0, end)).replaceAll('\n ', '\n\0').split(/\n(?!\0)/);
  const values = (name: string): string[] =>
    headers.flatMap((header) => (header.startsWith(`${name} `) ? [header.slice(name.length + 1)] : []));
  const [tree, author, committer] = ['tree', 'author', 'committer'].map((name) => values(name)[0]);
  if (tree === undefined) throw new DamagedObject('a commit names no tree');
  return {
    tree,
    parents: values('parent'),
    author: person(author ?? ''),
    committer: person(committer ?? author ?? ''),
    message: shortened(
      (end === -1 ? '' : text.slice(end + 2)).replaceAll('\0', '').trim(),
      MAX_MESSAGE_CHARACTERS,
    ),
    signature: values('gpgsig')[0]?.replaceAll('\n\0', '\n') ?? null,
  };
}

/** More than anybody reads of a message, or of a name. */
const MAX_MESSAGE_CHARACTERS = 65_536;
const MAX_NAME_CHARACTERS = 1_000;
/** Years of four digits: databases and calendars know no others. */
const TIMES = { first: Date.UTC(1000, 0), last: Date.UTC(10_000, 0) - 1 };

/** `Name <name@example.com> 1700000000 +0100`; whatever cannot be read is empty, since old tools wrote odd things. */
function person(line: string): Person {
  const [, name = '', email = '', seconds = '0'] = /^(.*?)\s*<(.*)>\s*(-?\d+)?/.exec(line) ?? [];
  const at = new Date(Number(seconds) * 1000);
  const clean = (text: string) => shortened(text.replaceAll('\0', ''), MAX_NAME_CHARACTERS);
  const isDate = at.getTime() >= TIMES.first && at.getTime() <= TIMES.last;
  return { name: clean(name), email: clean(email), at: isDate ? at : new Date(0) };
}

const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most).replace(/\p{Surrogate}$/u, '')}…` : text;

/** Mode, blank, name, zero, twenty bytes of a name of an object, over and over (gitformat-tree). */
export function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length; at = endOfEntry(content, at)) entries.push(entryAt(content, at));
  return entries;
}

/**
 * Entries of two trees that are not in both. Most of two neighbouring trees is the same, and is passed over byte by byte
 * without being looked at.
 */
export function differingEntries(
  before: Buffer,
  after: Buffer,
): { removed: TreeEntry[]; added: TreeEntry[] } {
  const removed: TreeEntry[] = [];
  const added: TreeEntry[] = [];
  let [one, other] = [0, 0];
  while (one < before.length || other < after.length) {
    const oneEnd = one < before.length ? endOfEntry(before, one) : one;
    const otherEnd = other < after.length ? endOfEntry(after, other) : other;
    const isSame = oneEnd > one && before.compare(after, other, otherEnd, one, oneEnd) === 0;
    const order = isSame ? 0 : orderOf(before, one, after, other);
    if (!isSame && order <= 0 && oneEnd > one) removed.push(entryAt(before, one));
    if (!isSame && order >= 0 && otherEnd > other) added.push(entryAt(after, other));
    if (order <= 0) one = oneEnd;
    if (order >= 0) other = otherEnd;
  }
  return { removed, added };
}

/** Which of two entries stands first: git sorts by name, a folder as if its name ended in a slash. */
function orderOf(before: Buffer, one: number, after: Buffer, other: number): number {
  if (one >= before.length) return 1;
  if (other >= after.length) return -1;
  const [left, right] = [sortName(before, one), sortName(after, other)];
  return left.compare(right);
}

function sortName(content: Buffer, at: number): Buffer {
  const blank = content.indexOf(0x20, at);
  const name = content.subarray(blank + 1, content.indexOf(0, blank));
  return content[at] === FOLDER_MODE ? Buffer.concat([name, SLASH]) : name;
}

/** `40000`; every other mode begins with a 1. */
const FOLDER_MODE = 0x34;
const SLASH = Buffer.from('/');

function endOfEntry(content: Buffer, at: number): number {
  const zero = content.indexOf(0, at);
  if (zero === -1 || zero + 21 > content.length) throw new DamagedObject('a tree ends in the middle');
  return zero + 21;
}

function entryAt(content: Buffer, at: number): TreeEntry {
  const blank = content.indexOf(0x20, at);
  const zero = content.indexOf(0, blank);
  const mode = content.toString('latin1', at, blank);
  return {
    name: decoded(content.subarray(blank + 1, zero)),
    oid: content.toString('hex', zero + 1, zero + 21),
    kind: mode === '40000' ? 'folder' : mode.startsWith('100') ? 'file' : 'other',
  };
}

/** As git prints it: `\377` for a byte that is no text, so that two names never become one. */
const decoded = (name: Buffer): string =>
  isUtf8(name)
    ? name.toString('utf8')
    : name
        .toString('latin1')
        .replaceAll(/[^\x20-\x7e]/g, (byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);
