/** Signs about twice as wide as a letter: East Asian scripts and emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\u{1F000}-\u{3FFFD}]/u;
/** What no text of XML may hold, and what turns the direction of the text around it. */
const UNFIT =
  /[\p{Cs}\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const signs = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** One line of text as it may stand in a drawing; a space that does not break stays. */
export const clean = (text: string): string =>
  text
    .replaceAll(UNFIT, '')
    .replaceAll(/[^\S\u00A0]+/g, ' ')
    .trim();

/** Lines of at most `width` letters; what needs more than `most` lines ends in an ellipsis. */
export function wrap(text: string, width: number, most: number): string[] {
  const lines = [''];
  for (const word of clean(text)
    .split(' ')
    .flatMap((each) => cut(each, width))) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  if (lines.length <= most) return lines;
  const last = cut(lines[most - 1] ?? '', width - 1)[0] ?? '';
  return [...lines.slice(0, most - 1), `${last}…`];
}

const widthOf = (text: string): number => {
  let width = 0;
  for (const { segment } of signs.segment(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
};

/** A word in pieces that fit. */
function cut(word: string, width: number): string[] {
  const pieces = [''];
  for (const { segment } of signs.segment(word)) {
    const piece = pieces.at(-1) ?? '';
    if (widthOf(piece + segment) > width) pieces.push(segment);
    else pieces[pieces.length - 1] = piece + segment;
  }
  return pieces;
}
