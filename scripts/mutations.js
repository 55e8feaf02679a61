// Broken documents made from good ones: bytes, tokens, lines and values are changed, the same ones for the same seed.
import { isCollection, isMap, isScalar, parseDocument, visit } from 'yaml';

/** Numbers below a bound, the same ones for the same seed (mulberry32). */
export function generator(seed) {
  let state = seed | 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** What a document must not make anything stumble over. */
const ODDITIES = [
  ...['', ' ', '\t', '\n', '\r\n', '\u0000', '\uFEFF', '\uFFFD', '\u2028', '\u{1F600}', 'é', '\u202e'],
  ...[
    '[',
    ']',
    '{',
    '}',
    ':',
    ': ',
    '- ',
    '? ',
    ', ',
    '#',
    ' #',
    '&a ',
    '*a',
    '<<: *a',
    '!',
    '!!binary ',
    '!!set ',
  ],
  ...[
    '|',
    '>',
    '|+2',
    '"',
    "'",
    '\\',
    '%',
    '@',
    '`',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '~',
    'null',
    'true',
    'no',
  ],
  ...[
    '0',
    '-1',
    '1e309',
    '.nan',
    '.inf',
    '0x1F',
    '9007199254740993',
    '2026-02-30',
    'P3D',
    'PT',
    '-P1Y',
    'P999999999Y',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'length',
    'id',
    'sections',
    'steps',
    'oneOf',
    'extends',
  ],
  ...[
    '[[[[',
    '{a: {a: {a: ',
    'x'.repeat(200),
    '(((('.repeat(20),
    "campaign.risk == 'low'",
    "approved('x')",
    'true ? 1 : 2',
  ],
];

/**
 * Documents that each differ from one of the given ones in a few places, without end.
 * @param {number} seed
 * @param {readonly string[]} texts
 */
export function* mutants(seed, texts) {
  const random = generator(seed);
  const pick = (list) => list[random(list.length)];
  const words = [...new Set(texts.flatMap((text) => text.match(TOKEN) ?? []))];
  const context = { random, pick, words, texts };
  for (;;) {
    let text = pick(texts);
    for (let changes = 1 + random(4); changes > 0; changes -= 1) text = pick(MUTATIONS)(text, context);
    yield text;
  }
}

const TOKEN = /[\w.-]+|\s+|[^\w\s]/g;

const MUTATIONS = [
  changeBytes,
  changeBytes,
  changeToken,
  changeToken,
  changeLines,
  changeLines,
  changeValue,
  changeValue,
  splice,
];

/** Bytes go, come or become others; what is then no UTF-8 is read as Node reads it. */
function changeBytes(text, { random, pick }) {
  const bytes = Buffer.from(text);
  const at = random(bytes.length + 1);
  const put = random(2) === 0 ? Buffer.from(pick(ODDITIES)) : Buffer.from([random(256)]);
  const dropped = random(3) === 0 ? random(40) : random(2);
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + dropped)]).toString('utf8');
}

function changeToken(text, { random, pick, words }) {
  const tokens = text.match(TOKEN) ?? [''];
  const at = random(tokens.length);
  const other = random(tokens.length);
  const changes = [
    () => tokens.splice(at, 1),
    () => tokens.splice(at, 0, tokens[at]),
    () => tokens.splice(at, 1, pick(words)),
    () => tokens.splice(at, 1, pick(ODDITIES)),
    () => ([tokens[at], tokens[other]] = [tokens[other], tokens[at]]),
  ];
  pick(changes)();
  return tokens.join('');
}

function changeLines(text, { random, pick }) {
  const lines = text.split('\n');
  const at = random(lines.length);
  const other = random(lines.length);
  const changes = [
    () => lines.splice(at, 1 + random(3)),
    () => lines.splice(at, 0, lines[other]),
    () => ([lines[at], lines[other]] = [lines[other], lines[at]]),
    () => (lines[at] = ' '.repeat(1 + random(4)) + lines[at]),
    () => (lines[at] = lines[at].replace(/^ {1,2}/, '')),
    () => (lines[at] += lines.splice(at + 1, 1)),
    () => (lines[at] = `\t${lines[at]}`),
    () => lines.push(...lines.slice(at)),
  ];
  pick(changes)();
  return lines.join(random(20) === 0 ? '\r\n' : '\n');
}

/** One value of the document goes, comes again elsewhere, or becomes another. */
function changeValue(text, { random, pick, words }) {
  const document = parseDocument(text, { uniqueKeys: false });
  const places = [];
  try {
    visit(document, {
      Collection: (_, node) => void node.items.forEach((_each, position) => places.push([node, position])),
    });
  } catch {
    return text;
  }
  if (document.errors.length > 0 || places.length === 0) return text;
  const [holder, at] = pick(places);
  const [from, index] = pick(places);
  const value = [
    null,
    '',
    [],
    {},
    [[]],
    -1,
    1e99,
    true,
    pick(words),
    pick(ODDITIES),
    ['a', 'a'],
    { id: 'a' },
  ][random(12)];
  const changes = [
    () => holder.items.splice(at, 1),
    () => holder.items.push(holder.items[at]),
    () => isMap(holder) && (holder.items[at].value = document.createNode(value)),
    () => isMap(holder) && isScalar(holder.items[at].key) && (holder.items[at].key.value = pick(words)),
    () => !isMap(holder) && (holder.items[at] = document.createNode(value)),
    () => isMap(holder) && isMap(from) && (holder.items[at].value = from.items[index].value),
    () => isMap(holder) && isCollection(holder.items[at].value) && (holder.items[at].value.items = []),
    () => isMap(holder) && (holder.items[at].value = document.createNode([holder.items[at].value])),
  ];
  try {
    pick(changes)();
    return document.toString({ lineWidth: 0 });
  } catch {
    // A value within itself cannot be written.
    return text;
  }
}

/** The head of one document and the tail of another, or both one after the other. */
function splice(text, { random, pick, texts }) {
  const other = pick(texts);
  if (random(2) === 0) return `${text}\n---\n${other}`.slice(0, 60_000);
  return text.slice(0, random(text.length + 1)) + other.slice(random(other.length + 1));
}

/**
 * What is wrong with how a text was read, or null: every finding names its file and a place in it, and speaks of
 * nothing that is not there.
 * @param {string} file
 * @param {string} text
 * @param {readonly import('../src/domain/problem.js').Problem[]} problems
 * @returns {string | null}
 */
export function misreading(file, text, problems) {
  const lines = text.split('\n');
  for (const { code, message, hint = '', line, column, endLine, endColumn, ...problem } of problems) {
    if (problem.file !== file) continue;
    const isForward = endLine > line || (endLine === line && endColumn >= column);
    const length = (lines[line - 1] ?? '').length;
    if (line < 1 || line > lines.length || column < 1 || column > length + 1)
      return `${code} stands at ${line}:${column}, which is outside of the file`;
    if (!isForward) return `${code} ends at ${endLine}:${endColumn}, before it begins at ${line}:${column}`;
    if (`${message}${hint}`.includes('\u0000')) return `${code} tells of what nobody wrote: ${message}`;
  }
  return null;
}
