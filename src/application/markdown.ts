/** Longer sentences are cut: a comment is read, not searched. */
const LONGEST = 400;

/** Signs that have no place in a line of text: controls, and those that turn the direction of what follows. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;

/** Text of somebody else as one line, which moves no cursor and turns nothing around. */
export const withoutUnseen = (text: string): string => text.replaceAll(UNSEEN, ' ');

/** One line of text, not longer than people read. */
const oneLine = (text: string, longest = LONGEST): string => {
  const line = withoutUnseen(text).trim();
  return line.length > longest ? `${line.slice(0, longest).trimEnd()} …` : line;
};

/** A space without width: it parts what would be read as a mention, a reference or a link. */
const APART = '\u200b';

/**
 * Text of somebody else as it stands, within a line of Markdown. Nothing in it is markup, HTML, mathematics, a mention, a
 * reference to an issue, a command or a link, on GitHub and on GitLab.
 */
export const plain = (text: string, longest = LONGEST): string =>
  oneLine(text, longest)
    .replaceAll(/([#!~%$&^])(?=[\w"`{'])|(@)(?=\S)/g, `$1$2${APART}`)
    .replaceAll('://', `:${APART}//`)
    .replaceAll(/www\./gi, (found) => `${found.slice(0, 3)}${APART}.`)
    .replaceAll(/[\\`*_{}[\]|~$#]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/^([-+=/])/, String.raw`\$1`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`);

/** A name as code; mentions and markup mean nothing there. */
export const code = (text: string): string => fenced(oneLine(text));

/** A query or the like as code, however long it is. */
export const wholeCode = (text: string): string => fenced(withoutUnseen(text).trim());

function fenced(line: string): string {
  if (line === '') return '` `';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A name as code within a cell of a table, where renderers disagree about pipes and backslashes: such a name is plain text. */
export const codeInCell = (text: string): string => (/[|\\]/.test(text) ? plain(text) : code(text));

/** Names of which there may be many. */
export const listed = (names: readonly string[], most: number): string => {
  const rest = names.length > most ? ` and ${names.length - most} more` : '';
  return `${names.slice(0, most).join(', ')}${rest}`;
};

/** What a reader unfolds. */
export const folded = (summary: string, lines: readonly string[]): string[] => [
  `<details><summary>${summary}</summary>`,
  '',
  ...lines,
  '',
  '</details>',
];
