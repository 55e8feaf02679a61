import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { applyDelta, DamagedObject } from './delta.js';
import {
  type EntryHeader,
  entryHeader,
  type GitObject,
  inflated,
  MAX_HEADER_BYTES,
  MAX_OBJECT_BYTES,
  typeOf,
} from './entry.js';

/** An index of version 2 keeps places in 31 bits; beyond, another table begins, which no repository of definitions needs. */
export const MAX_PACK_BYTES = 2 ** 31 - 1;
/** No honest repository of definitions has more objects; each takes some hundred bytes of memory. */
const MAX_OBJECTS = 4_000_000;
/** So many objects are looked at before others who wait for this process get a turn. */
const OBJECTS_AT_A_TIME = 500;
const WINDOW_BYTES = 1024 * 1024;

/** An object of the pack, as far as its index tells of it. */
interface Entry {
  readonly offset: number;
  /** Bytes that it takes. */
  readonly length: number;
  readonly crc: number;
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
 * that of the contents only one chain is in memory at a time, whatever the size of the pack.
 * @throws DamagedObject where the pack is not what it says, or builds on what is not in it
 */
export async function indexPack(file: string): Promise<Indexed> {
  const pack = new PackFile(file);
  try {
    const checksum = pack.verify();
    const { entries, roots, children } = await walk(pack);
    await resolve(pack, roots, children);
    const [unknown] = entries.filter(({ oid }) => oid === null);
    if (unknown) throw new DamagedObject(`${file} builds on an object that is missing, at ${unknown.offset}`);
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
    const { type, base, data, length } = pack.entry(offset);
    const crc = crc32(pack.at(offset, length));
    const entry: Entry = { offset, length, crc, oid: type && nameOf(type, data) };
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
  if (offset !== pack.end) throw new DamagedObject(`${pack.path} holds more than the objects that it counts`);
  return { entries, roots, children };
}

async function resolve(pack: PackFile, roots: readonly Entry[], children: Children): Promise<void> {
  let seen = 0;
  for (const root of roots) {
    if (childrenOf(root, children).length === 0) continue;
    const { type, data } = pack.again(root);
    const open = childrenOf(root, children).map((entry) => ({ entry, base: data }));
    for (let next = open.pop(); next && type; next = open.pop()) {
      const { entry, base } = next;
      const content = applyDelta(base, pack.again(entry).data, MAX_OBJECT_BYTES);
      entry.oid = nameOf(type, content);
      open.push(...childrenOf(entry, children).map((each) => ({ entry: each, base: content })));
      if (++seen % OBJECTS_AT_A_TIME === 0) await setImmediate();
    }
  }
}

const childrenOf = ({ offset, oid }: Entry, children: Children): Entry[] => [
  ...(children.get(offset) ?? []),
  ...(children.get(oid ?? '') ?? []),
];

const nameOf = (type: GitObject['type'], content: Buffer): string =>
  createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');

function written(entries: readonly Entry[], checksum: Buffer): Buffer {
  const sorted = entries.toSorted((one, other) => ((one.oid ?? '') < (other.oid ?? '') ? -1 : 1));
  const count = sorted.length;
  const index = Buffer.alloc(8 + 1_024 + count * 28 + 40);
  index.writeUInt32BE(0xff744f63, 0);
  index.writeUInt32BE(2, 4);
  const [names, crcs, offsets] = [1_032, 1_032 + count * 20, 1_032 + count * 24];
  const below = new Array<number>(256).fill(0);
  sorted.forEach(({ oid, crc, offset }, position) => {
    const name = Buffer.from(oid ?? '', 'hex');
    name.copy(index, names + position * 20);
    index.writeUInt32BE(crc, crcs + position * 4);
    index.writeUInt32BE(offset, offsets + position * 4);
    below[name[0] ?? 0] = (below[name[0] ?? 0] ?? 0) + 1;
  });
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
    if (head.toString('latin1', 0, 4) !== 'PACK' || version < 2 || version > 3 || size > MAX_PACK_BYTES)
      throw new DamagedObject(`${path} is no pack that can be read`);
    this.count = head.readUInt32BE(8);
    if (this.count > MAX_OBJECTS) throw new DamagedObject(`${path} holds more than ${MAX_OBJECTS} objects`);
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
    if (!hash.digest().equals(stated)) throw new DamagedObject(`${this.path} is damaged, or was cut off`);
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

  /** An object, or a delta, as it is met on the way. */
  entry(offset: number): EntryAt {
    const header = entryHeader(this.at(offset, MAX_HEADER_BYTES), offset, this.path);
    // What does not get smaller is stored, which takes a few bytes a block more.
    const most = Math.ceil(Math.min(header.size, MAX_OBJECT_BYTES) * 1.01) + 64;
    return this.read(header, this.at(offset + header.length, most));
  }

  /** The same once its place is known; the window stays where it is. */
  again({ offset, length }: Entry): EntryAt {
    const raw = Buffer.allocUnsafe(length);
    fs.readSync(this.#file, raw, 0, length, offset);
    const header = entryHeader(raw, offset, this.path);
    return this.read(header, raw.subarray(header.length));
  }

  private read({ kind, size, base, length }: EntryHeader, raw: Buffer): EntryAt {
    const { data, consumed } = inflated(raw, size, this.path);
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
