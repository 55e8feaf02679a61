import { inflateSync } from 'node:zlib';
import { DamagedObject, ObjectTooLarge } from './delta.js';

/** An object's contents without its header. */
export interface GitObject {
  readonly type: 'commit' | 'tree' | 'blob' | 'tag';
  readonly content: Buffer;
}

export const TYPES = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' } as const;
export const OFFSET_DELTA = 6;
export const REFERENCE_DELTA = 7;
/** Definitions are refused above a few hundred kilobytes; a tree or commit of this size is no honest one. */
export const MAX_OBJECT_BYTES = 64 * 1024 * 1024;
/** Header of an object: type and size in at most ten bytes, then an offset in ten or a name in twenty. */
export const MAX_HEADER_BYTES = 32;

export interface EntryHeader {
  readonly kind: number;
  /** Of the contents, inflated. */
  readonly size: number;
  /** What a delta builds on: an offset in the same pack, or a name; null where it is no delta. */
  readonly base: number | string | null;
  /** Bytes that the header takes. */
  readonly length: number;
}

/** The type of what is no delta; null of a delta. */
export const typeOf = (kind: number): GitObject['type'] | null =>
  kind in TYPES ? TYPES[kind as keyof typeof TYPES] : null;

/** Reads what stands before the deflated contents of an object in a pack (gitformat-pack(5)). */
export function entryHeader(raw: Buffer, offset: number, path: string): EntryHeader {
  let at = 0;
  let byte = raw[at++] ?? 0;
  const kind = (byte >> 4) & 7;
  let size = byte & 15;
  for (let factor = 16; byte & 0x80 && at < MAX_HEADER_BYTES; factor *= 128) {
    byte = raw[at++] ?? 0;
    size += (byte & 0x7f) * factor;
  }
  let base: number | string | null = null;
  if (kind === OFFSET_DELTA) {
    byte = raw[at++] ?? 0;
    let distance = byte & 0x7f;
    while (byte & 0x80 && at < MAX_HEADER_BYTES) {
      byte = raw[at++] ?? 0;
      distance = (distance + 1) * 128 + (byte & 0x7f);
    }
    base = offset - distance;
  } else if (kind === REFERENCE_DELTA) {
    base = raw.toString('hex', at, at + 20);
    at += 20;
  } else if (typeOf(kind) === null) {
    throw new DamagedObject(`${path} has an object of unknown kind at ${offset}`);
  }
  return { kind, size, base, length: at };
}

/** Room for just one object; by default each small one would hold sixteen kilobytes. What follows it is left alone. */
export function inflated(raw: Buffer, size: number, path: string): { data: Buffer; consumed: number } {
  if (size > MAX_OBJECT_BYTES) throw new ObjectTooLarge(`${path} has an object above 64 MiB`);
  try {
    const limits = { maxOutputLength: Math.max(size, 1), chunkSize: Math.max(size + 1, 64), info: true };
    const answer: unknown = inflateSync(raw, limits);
    const { buffer: data, engine } = answer as WithInfo;
    if (data.length === size) return { data, consumed: engine.bytesWritten };
  } catch (error) {
    throw new DamagedObject(`${path} cannot be inflated`, { cause: error });
  }
  throw new DamagedObject(`${path} has an object of another size than it says`);
}

/** What the types of Node leave out: with `info` the answer also tells how much of the input it took. */
interface WithInfo {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}
