import fs from 'node:fs';
import { basename } from 'node:path';
import { applyDelta, DamagedObject } from './delta.js';
import { entryHeader, type GitObject, inflated, MAX_OBJECT_BYTES, OFFSET_DELTA, typeOf } from './entry.js';

/** Git itself makes no chain longer than 4,095; a longer one is damage or malice. */
const MAX_CHAIN = 4_096;

/** Objects at their offsets, so that the next delta on the same base need not rebuild it. */
export interface BaseCache {
  get(offset: number): GitObject | undefined;
  set(offset: number, object: GitObject): unknown;
}

/**
 * One pack file with its index, format version 2 (gitformat-pack(5)). The index is held in memory, of the pack only the
 * ranges that are asked for, so that memory does not grow with the repository.
 */
export class Pack {
  readonly #index: Buffer;
  readonly #count: number;
  readonly #file: number;
  readonly #size: number;
  /** For people; where the pack lies is nobody's business. */
  readonly title: string;
  /** Offsets in order: an object ends where the next begins. */
  #sorted: Float64Array | null = null;

  constructor(
    path: string,
    private readonly bases: BaseCache,
    /** Finds a base that is kept elsewhere. */
    private readonly elsewhere: (oid: string) => GitObject | null,
  ) {
    this.title = basename(path);
    this.#index = fs.readFileSync(path.replace(/pack$/, 'idx'));
    if (this.#index.length < 1_072 || this.#index.readUInt32BE(0) !== 0xff744f63)
      throw new DamagedObject(`${this.title} has no index of version 2`);
    this.#count = this.#index.readUInt32BE(8 + 255 * 4);
    this.#file = fs.openSync(path, 'r');
    this.#size = fs.fstatSync(this.#file).size;
  }

  close(): void {
    fs.closeSync(this.#file);
  }

  read(oid: string): GitObject | null {
    const position = this.position(oid);
    return position === -1 ? null : this.at(this.offset(position));
  }

  /** Full names that begin like this. */
  namesLike(prefix: string): string[] {
    const first = Number.parseInt(prefix.slice(0, 2), 16);
    const names: string[] = [];
    for (let at = this.fanout(first - 1); at < this.fanout(first); at++) {
      const name = this.name(at).toString('hex');
      if (name.startsWith(prefix)) names.push(name);
    }
    return names;
  }

  private fanout(byte: number): number {
    return byte < 0 ? 0 : this.#index.readUInt32BE(8 + byte * 4);
  }

  private name(position: number): Buffer {
    const from = 1_032 + position * 20;
    return this.#index.subarray(from, from + 20);
  }

  private position(oid: string): number {
    const wanted = Buffer.from(oid, 'hex');
    const first = wanted[0] ?? 0;
    let low = this.fanout(first - 1);
    let high = this.fanout(first) - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = this.name(middle).compare(wanted);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** A pack above two gigabytes keeps its far offsets in a table of their own. */
  private offset(position: number): number {
    const small = 1_032 + this.#count * 24;
    const offset = this.#index.readUInt32BE(small + position * 4);
    if (offset < 0x80000000) return offset;
    const large = small + this.#count * 4 + (offset - 0x80000000) * 8;
    return Number(this.#index.readBigUInt64BE(large));
  }

  private end(offset: number): number {
    this.#sorted ??= Float64Array.from({ length: this.#count }, (_, at) => this.offset(at)).sort();
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#sorted[low] ?? this.#size - 20;
  }

  /** An object by its place; deltas are followed down to a base, then applied upwards. */
  private at(start: number): GitObject {
    const deltas: { offset: number; delta: Buffer }[] = [];
    let object: GitObject | undefined;
    for (let offset = start; !object;) {
      object = this.bases.get(offset);
      if (object) break;
      if (deltas.length > MAX_CHAIN) throw new DamagedObject(`${this.title} has an endless chain of deltas`);
      const entry = this.entry(offset);
      const type = typeOf(entry.kind);
      if (type) {
        object = { type, content: entry.data };
        this.bases.set(offset, object);
        break;
      }
      deltas.push({ offset, delta: entry.data });
      if (entry.kind === OFFSET_DELTA) offset = entry.base as number;
      else object = this.reference(entry.base as string);
    }
    for (const { offset, delta } of deltas.reverse()) {
      object = { type: object.type, content: applyDelta(object.content, delta, MAX_OBJECT_BYTES) };
      this.bases.set(offset, object);
    }
    return object;
  }

  private reference(oid: string): GitObject {
    const found = this.read(oid) ?? this.elsewhere(oid);
    if (!found) throw new DamagedObject(`${this.title} builds on ${oid}, which is missing`);
    return found;
  }

  private entry(offset: number): { kind: number; base: number | string | null; data: Buffer } {
    const end = this.end(offset);
    const raw = Buffer.allocUnsafe(Math.max(0, Math.min(end - offset, MAX_OBJECT_BYTES)));
    if (offset < 12 || fs.readSync(this.#file, raw, 0, raw.length, offset) !== raw.length || raw.length < 2)
      throw new DamagedObject(`${this.title} ends before what its index promises`);
    const { kind, size, base, length } = entryHeader(raw, offset, this.title);
    return { kind, base, data: inflated(raw.subarray(length), size, this.title).data };
  }
}
