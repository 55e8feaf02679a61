import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { crc32, createInflate } from 'node:zlib';
import { applyDelta, DamagedObject, resultBytes } from './delta.js';
import {
  type EntryHeader,
  entryHeader,
  type GitObject,
  inflated,
  MAX_HEADER_BYTES,
  MAX_OBJECT_BYTES,
  typeOf,
} from './entry.js';

/** Of a repository with years of pictures and films beside its definitions; more is taken to be a mistake. */
export const MAX_PACK_BYTES = 32 * 2 ** 30;
/** No honest repository of definitions has more objects; each takes some hundred bytes of memory. */
const MAX_OBJECTS = 4_000_000;
/** Places beyond are kept in a table of their own. */
const FAR = 0x80000000;
/** So many objects are looked at before others who wait for this process get a turn. */
const OBJECTS_AT_A_TIME = 500;
const WINDOW_BYTES = 1024 * 1024;

/** More than is read of any repository. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** An object of the pack, as far as its index tells of it. */
interface Entry {
  readonly offset: number;
  /** Bytes that it takes. */
  readonly length: number;
  readonly crc: number;
  /** Larger than what is held in memory. */
  readonly isLarge: boolean;
  /** Null until what it builds on is known. */
  oid: string | null;
}

export interface Indexed {
  /** The file of the index. */
  readonly index: Buffer;
  /** What the pack calls itself: the SHA-1 of its contents, as its last bytes state it. */
  readonly checksum: string;
}

/**
 * Makes the index of a pack, version 2, as `git index-pack` does (gitformat-pack(5)). Deltas are built from their bases outwards, so
 * that of the contents only one chain is in memory at a time, whatever the size of the pack. What is larger than any definition is
 * named as it streams by; what is built on such an object has a name that nobody asks for.
 * @throws DamagedObject where the pack is not what it says, or builds on what is not in it
 * @throws TooLarge
 */
export async function indexPack(file: string): Promise<Indexed> {
  const pack = new PackFile(file);
  try {
    const checksum = pack.verify();
    const { entries, roots, children } = await walk(pack);
    const hasLarge = await resolve(pack, roots, children);
    for (const entry of entries.filter(({ oid }) => oid === null)) {
      if (!hasLarge) throw new DamagedObject(`${SENT} builds on an object that is missing`);
      entry.oid = standIn(entry);
    }
    return { index: written(entries, checksum), checksum: checksum.toString('hex') };
  } finally {
    pack.close();
  }
}

/** Deltas by what they build on: the offset of an object, or its name. */
type Children = Map<number | string, Entry[]>;

async function walk(pack: PackFile): Promise<{ entries: Entry[]; roots: Entry[]; children: Children }> {
  const entries: Entry[] = [];
  const roots: Entry[] = [];
  const children: Children = new Map();
  let offset = 12;
  for (let left = pack.count; left > 0; left--) {
    const { type, base, data, length, oid } = await pack.entry(offset);
    const name = oid ?? (type && data && nameOf(type, data));
    const entry: Entry = { offset, length, crc: pack.crc(offset, length), oid: name, isLarge: data === null };
    entries.push(entry);
    if (base === null) roots.push(entry);
    else {
      const others = children.get(base);
      if (others) others.push(entry);
      else children.set(base, [entry]);
    }
    offset += length;
    if (left % OBJECTS_AT_A_TIME === 0) await setImmediate();
  }
  if (offset !== pack.end) throw new DamagedObject(`${SENT} holds more than the objects that it counts`);
  return { entries, roots, children };
}

/** @returns whether something was too large to be built */
async function resolve(pack: PackFile, roots: readonly Entry[], children: Children): Promise<boolean> {
  let [seen, hasLarge] = [0, false];
  for (const root of roots) {
    if (childrenOf(root, children).length === 0) continue;
    if (root.isLarge) {
      hasLarge = true;
      continue;
    }
    const { type, data } = pack.again(root);
    const open = childrenOf(root, children).map((entry) => ({ entry, base: data }));
    for (let next = open.pop(); next && type; next = open.pop()) {
      const { entry, base } = next;
      const delta = entry.isLarge ? null : pack.again(entry).data;
      if (delta === null || resultBytes(delta) > MAX_OBJECT_BYTES) {
        hasLarge = true;
        continue;
      }
      const content = applyDelta(base, delta, MAX_OBJECT_BYTES);
      entry.oid = nameOf(type, content);
      open.push(...childrenOf(entry, children).map((each) => ({ entry: each, base: content })));
      if (++seen % OBJECTS_AT_A_TIME === 0) await setImmediate();
    }
  }
  return hasLarge;
}

const childrenOf = ({ offset, oid }: Entry, children: Children): Entry[] => [
  ...(children.get(offset) ?? []),
  ...(children.get(oid ?? '') ?? []),
];

const nameOf = (type: GitObject['type'], content: Buffer): string =>
  createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');

/** An index names as many objects as its pack has. Whoever reads one by its name finds that it is another. */
const standIn = ({ offset }: Entry): string =>
  createHash('sha1').update(`too large to be named, at ${offset}`).digest('hex');

function written(entries: readonly Entry[], checksum: Buffer): Buffer {
  const sorted = entries.toSorted((one, other) => ((one.oid ?? '') < (other.oid ?? '') ? -1 : 1));
  const count = sorted.length;
  const far = sorted.filter(({ offset }) => offset >= FAR);
  const index = Buffer.alloc(8 + 1_024 + count * 28 + far.length * 8 + 40);
  index.writeUInt32BE(0xff744f63, 0);
  index.writeUInt32BE(2, 4);
  const [names, crcs, offsets] = [1_032, 1_032 + count * 20, 1_032 + count * 24];
  const below = new Array<number>(256).fill(0);
  let seen = 0;
  sorted.forEach(({ oid, crc, offset }, position) => {
    const name = Buffer.from(oid ?? '', 'hex');
    name.copy(index, names + position * 20);
    index.writeUInt32BE(crc, crcs + position * 4);
    index.writeUInt32BE(offset < FAR ? offset : FAR + seen++, offsets + position * 4);
    below[name[0] ?? 0] = (below[name[0] ?? 0] ?? 0) + 1;
  });
  far.forEach(({ offset }, place) => index.writeBigUInt64BE(BigInt(offset), offsets + count * 4 + place * 8));
  below.reduce((sum, each, byte) => {
    index.writeUInt32BE(sum + each, 8 + byte * 4);
    return sum + each;
  }, 0);
  checksum.copy(index, index.length - 40);
  createHash('sha1')
    .update(index.subarray(0, -20))
    .digest()
    .copy(index, index.length - 20);
  return index;
}

/** What a pack is called to people. */
const SENT = 'what the host sent';

/** A pack that is read from its beginning to its end, and here and there again, through a window. */
class PackFile {
  readonly count: number;
  /** Where its objects end. */
  readonly end: number;
  readonly #file: number;
  #window = { from: 0, bytes: Buffer.alloc(0) };

  constructor(readonly path: string) {
    this.#file = fs.openSync(path, 'r');
    const { size } = fs.fstatSync(this.#file);
    this.end = size - 20;
    const head = this.at(0, 12);
    const version = head.length < 12 ? 0 : head.readUInt32BE(4);
    if (head.toString('latin1', 0, 4) !== 'PACK' || version < 2 || version > 3)
      throw new DamagedObject(`${SENT} is no pack that can be read`);
    this.count = head.readUInt32BE(8);
    if (this.count > MAX_OBJECTS) throw new TooLarge(`the history has more than ${MAX_OBJECTS} objects`);
  }

  close(): void {
    fs.closeSync(this.#file);
  }

  /** @returns the checksum that it ends with */
  verify(): Buffer {
    const hash = createHash('sha1');
    for (let from = 0; from < this.end; from += WINDOW_BYTES)
      hash.update(this.at(from, Math.min(WINDOW_BYTES, this.end - from)));
    const stated = Buffer.from(this.at(this.end, 20));
    if (!hash.digest().equals(stated)) throw new DamagedObject(`${SENT} is damaged, or was cut off`);
    return stated;
  }

  /** So many bytes from a place on, or as many as there are; good until the next call. */
  at(from: number, length: number): Buffer {
    const { from: start, bytes } = this.#window;
    if (from < start || from + length > start + bytes.length) {
      const room = Buffer.allocUnsafe(Math.max(length, WINDOW_BYTES));
      const read = fs.readSync(this.#file, room, 0, room.length, from);
      this.#window = { from, bytes: room.subarray(0, read) };
    }
    const at = from - this.#window.from;
    return this.#window.bytes.subarray(at, at + length);
  }

  crc(offset: number, length: number): number {
    let [sum, at] = [0, offset];
    for (let end = offset + length; at < end; at += WINDOW_BYTES)
      sum = crc32(this.at(at, Math.min(WINDOW_BYTES, end - at)), sum);
    return sum;
  }

  /** An object, or a delta, as it is met on the way. */
  async entry(offset: number): Promise<Met> {
    const header = entryHeader(this.at(offset, MAX_HEADER_BYTES), offset, SENT);
    if (header.size > MAX_OBJECT_BYTES) return this.large(header, offset);
    // What does not get smaller is stored, which takes a few bytes a block more.
    const most = Math.ceil(header.size * 1.01) + 64;
    return { ...this.read(header, this.at(offset + header.length, most)), oid: null };
  }

  /** What is not held in memory is named as it streams by. */
  private async large({ kind, size, base, length }: EntryHeader, offset: number): Promise<Met> {
    const type = typeOf(kind);
    const hash = createHash('sha1').update(`${type} ${size}\0`);
    const inflate = createInflate();
    const input = fs.createReadStream(this.path, { start: offset + length });
    let bytes = 0;
    try {
      for await (const chunk of input.pipe(inflate) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        hash.update(chunk);
        if (bytes > size) break;
      }
    } catch (error) {
      throw new DamagedObject(`${SENT} cannot be inflated`, { cause: error });
    } finally {
      input.destroy();
    }
    if (bytes !== size) throw new DamagedObject(`${SENT} has an object of another size than it says`);
    return { type, base, data: null, length: length + inflate.bytesWritten, oid: type && hash.digest('hex') };
  }

  /** The same once its place is known; the window stays where it is. */
  again({ offset, length }: Entry): EntryAt {
    const raw = Buffer.allocUnsafe(length);
    fs.readSync(this.#file, raw, 0, length, offset);
    const header = entryHeader(raw, offset, SENT);
    return this.read(header, raw.subarray(header.length));
  }

  private read({ kind, size, base, length }: EntryHeader, raw: Buffer): EntryAt {
    const { data, consumed } = inflated(raw, size, SENT);
    return { type: typeOf(kind), base, data, length: length + consumed };
  }
}

interface EntryAt {
  /** Null of a delta. */
  readonly type: GitObject['type'] | null;
  readonly base: number | string | null;
  readonly data: Buffer;
  /** Bytes that it takes in the pack. */
  readonly length: number;
}
interface Met extends Omit<EntryAt, 'data'> {
  /** Null of what is too large to be held. */
  readonly data: Buffer | null;
  /** Of what is too large and no delta. */
  readonly oid: string | null;
}
