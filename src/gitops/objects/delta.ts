/** A repository whose objects are not what their names promise. */
export class DamagedObject extends Error {
  override readonly name = 'DamagedObject';
}

/** Builds an object from its base and the instructions of a delta: copy a range, or insert bytes (gitformat-pack(5)). */
export function applyDelta(base: Buffer, delta: Buffer, maxBytes: number): Buffer {
  let at = 0;
  const next = (): number => {
    const byte = delta[at++];
    if (byte === undefined) throw new DamagedObject('a delta ends in the middle');
    return byte;
  };
  const size = (): number => {
    let value = 0;
    for (let factor = 1, byte = 0x80; byte & 0x80 && factor < 2 ** 50; factor *= 128) {
      byte = next();
      value += (byte & 0x7f) * factor;
    }
    return value;
  };
  if (size() !== base.length) throw new DamagedObject('a delta is made for another base');
  const length = size();
  if (length > maxBytes) throw new DamagedObject(`a delta makes an object above ${maxBytes} bytes`);
  const result = Buffer.allocUnsafe(length);
  let to = 0;
  while (at < delta.length) {
    const instruction = next();
    if (instruction & 0x80) {
      let from = 0;
      let count = 0;
      for (let byte = 0; byte < 4; byte++) if (instruction & (1 << byte)) from += next() * 2 ** (8 * byte);
      for (let byte = 0; byte < 3; byte++) if (instruction & (16 << byte)) count += next() << (8 * byte);
      if (count === 0) count = 0x10000;
      if (from + count > base.length || to + count > length)
        throw new DamagedObject('a delta copies too far');
      to += base.copy(result, to, from, from + count);
    } else {
      if (instruction === 0 || at + instruction > delta.length || to + instruction > length)
        throw new DamagedObject('a delta inserts what is not there');
      to += delta.copy(result, to, at, at + instruction);
      at += instruction;
    }
  }
  if (to !== length) throw new DamagedObject('a delta makes less than it says');
  return result;
}
