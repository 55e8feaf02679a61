/** More people than any one audience has; a list of more is a mistake. */
const MAX_MEMBERS = 20_000_000;
/** What is shorter is no hash but a name or a number that tells who it is; what is longer is none either. */
const LENGTH = { least: 16, most: 128 } as const;
const MEMBER = new RegExp(String.raw`^[\w+/=:.-]{${LENGTH.least},${LENGTH.most}}$`);
const MEMBERS = new RegExp(String.raw`^(?:[\w+/=:.-]{${LENGTH.least},${LENGTH.most}}\n)*$`);
const HEX = /^[\da-fA-F\n]*$/;
/** So many problems are told; who mends these sees the rest. */
const MOST_PROBLEMS = 10;

export interface MemberProblem {
  readonly line: number;
  readonly message: string;
}

/** A list that cannot be an audience; nothing of it is kept. */
export class WrongMembers extends Error {
  override readonly name = 'WrongMembers';
  constructor(readonly problems: readonly MemberProblem[]) {
    super('the list of members has problems');
  }
}

/**
 * The members of a list of hashed ids, one a line, in whatever pieces it arrives; lines end with LF, CRLF or CR, blank ones are nothing,
 * hexadecimal digits may be of either case. A list of nobody is a mistake.
 * @throws WrongMembers at the end, with the first problems
 */
export async function* membersIn(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const problems: MemberProblem[] = [];
  let [rest, lines, isEmpty] = ['', 0, true];
  const check = (text: string): string => {
    const cleaned = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
    const first = lines;
    const given = cleaned.split('\n');
    lines += given.length - 1;
    if (lines > MAX_MEMBERS) {
      throw new WrongMembers([{ line: lines, message: `an audience has at most ${MAX_MEMBERS} members` }]);
    }
    if (MEMBERS.test(cleaned)) return HEX.test(cleaned) ? cleaned.toLowerCase() : cased(given);
    given.forEach((line, at) => {
      const message = line.trim() === '' ? null : problemOf(line);
      if (message !== null && problems.length < MOST_PROBLEMS)
        problems.push({ line: first + at + 1, message });
    });
    return cased(given);
  };
  for await (const piece of pieces) {
    rest += decoder.decode(piece, { stream: true });
    // A CR at the very end may be half of a line end.
    const end = Math.max(rest.lastIndexOf('\n'), rest.lastIndexOf('\r', rest.length - 2)) + 1;
    if (end === 0 && rest.length > LENGTH.most * 2)
      throw new WrongMembers([{ line: lines + 1, message: TOO_LONG }]);
    const checked = check(rest.slice(0, end));
    rest = rest.slice(end);
    isEmpty &&= checked === '';
    if (problems.length === 0 && checked !== '') yield checked;
  }
  if (rest !== '') {
    const checked = check(`${rest}\n`);
    isEmpty &&= checked === '';
    if (problems.length === 0 && checked !== '') yield checked;
  }
  if (isEmpty && problems.length === 0) problems.push({ line: 1, message: NOBODY });
  if (problems.length > 0) throw new WrongMembers(problems);
}

const NOBODY = 'nobody is in the list; to forget an audience, send DELETE';
const TOO_LONG = `a hash has at most ${LENGTH.most} characters`;

function problemOf(line: string): string | null {
  if (MEMBER.test(line.trim())) return null;
  if (line.includes('@')) return 'looks like an address: send a hash of it, nothing that names a person';
  if (line.length < LENGTH.least) return `a hash has at least ${LENGTH.least} characters`;
  return line.length > LENGTH.most ? TOO_LONG : 'is no hash: letters, digits and + / = _ : . - only';
}

const cased = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => `${HEX.test(line) ? line.toLowerCase() : line}\n`)
    .join('');
