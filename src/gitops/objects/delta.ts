/** A repository whose objects are not what their names promise. */
export class DamagedObject extends Error {
  override readonly name: string = 'DamagedObject';
}

/** An object that is larger than what is held in memory. */
export class ObjectTooLarge extends DamagedObject {
  override readonly name = 'ObjectTooLarge';
}

/** Reads a delta from its beginning. */
class Cursor {
  at = 0;
  constructor(private readonly delta: Buffer) {}

  next(): number {
    const byte = this.delta[this.at++];
    if (byte === undefined) throw new DamagedObject('a delta ends in the middle');
    return byte;
  }
  size(): number {
    let value = 0;
    for (let factor = 1, byte = 0x80; byte & 0x80 && factor < 2 ** 50; factor *= 128) {
      byte = this.next();
      value += (byte & 0x7f) * factor;
    }
    return value;
  }
}

/** How large an object a delta makes. */
export function resultBytes(delta: Buffer): number {
  const cursor = new Cursor(delta);
  cursor.size();
  return cursor.size();
}

/** Builds an object from its base and the instructions of a delta: copy a range, or insert bytes (gitformat-pack(5)). */
export function applyDelta(base: Buffer, delta: Buffer, maxBytes: number): Buffer {
  const cursor = new Cursor(delta);
  if (cursor.size() !== base.length) throw new DamagedObject('a delta is made for another base');
  const length = cursor.size();
  if (length > maxBytes) throw new ObjectTooLarge(`a delta makes an object above ${maxBytes} bytes`);
  const result = Buffer.allocUnsafe(length);
  let to = 0;
  while (cursor.at < delta.length) {
    const instruction = cursor.next();
    if (instruction & 0x80) {
      let from = 0;
      let count = 0;
      for (let byte = 0; byte < 4; byte++)
        if (instruction & (1 << byte)) from += cursor.next() * 2 ** (8 * byte);
      for (let byte = 0; byte < 3; byte++)
        if (instruction & (16 << byte)) count += cursor.next() << (8 * byte);
      if (count === 0) count = 0x10000;
      if (from + count > base.length || to + count > length)
        throw new DamagedObject('a delta copies too far');
      to += base.copy(result, to, from, from + count);
    } else {
      if (instruction === 0 || cursor.at + instruction > delta.length || to + instruction > length)
        throw new DamagedObject('a delta inserts what is not there');
      to += delta.copy(result, to, cursor.at, cursor.at + instruction);
      cursor.at += instruction;
    }
  }
  if (to !== length) throw new DamagedObject('a delta makes less than it says');
  return result;
}
