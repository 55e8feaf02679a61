/** Far longer than any reading; what is longer is something else. */
export const MAX_LINE_BYTES = 65_536;

export interface Line {
  /** From 1 on. */
  readonly number: number;
  /** Null where it is too long to be read. */
  readonly text: string | null;
}

/** The lines of a text in whatever pieces it arrives, without blank ones; of a line that is too long nothing is kept. */
export async function* linesIn(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Line[]> {
  const decoder = new TextDecoder();
  let [rest, number, isTooLong] = ['', 0, false];
  const ended = (text: string): Line[] => {
    number++;
    const line = isTooLong || isLong(text) ? { number, text: null } : { number, text };
    isTooLong = false;
    return line.text?.trim() === '' ? [] : [line];
  };
  for await (const piece of pieces) {
    const parts = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield parts.flatMap(ended);
    if (rest.length <= MAX_LINE_BYTES) continue;
    isTooLong = true;
    rest = '';
  }
  if (rest !== '' || isTooLong) yield ended(rest);
}

/** No character takes more than four bytes. */
const isLong = (text: string): boolean =>
  text.length * 4 > MAX_LINE_BYTES && new TextEncoder().encode(text).length > MAX_LINE_BYTES;
