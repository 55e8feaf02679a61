import { eld } from 'eld/small';
import { Parser } from 'htmlparser2';

/** What a reader sees of a text, and where each character of it stood. */
export interface Reading {
  readonly text: string;
  /** Null where nothing could be told, as of a text of digits. */
  readonly language: string | null;
  /** The stretch of the text as it was written, for one of what is read. */
  source(start: number, end: number): Range;
}
/** Half open, in UTF-16 units, as strings are indexed. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const HAS_MARKUP = /<\/?[a-z][^<>]*>|&(?:#\d+|#x[\da-f]+|[a-z]+\d*);/i;
/** What templates put in later: `{{first_name}}`, `{% if %}`, `${name}`, `%%NAME%%`, `*|NAME|*`, `[[name]]`, `<%= name %>`. */
const PLACEHOLDER =
  /\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|\$\{[^{}]{0,200}\}|%%[\w.]{1,60}%%|\*\|[\w:.]{1,60}\|\*|\[\[[^[\]]{0,200}\]\]|<%[^<>]{0,200}%>/g;
/** No page has more, and what a parser does with ten times as many takes minutes: then tags are only blanked. */
const MOST_TAGS = 20_000;
const TAG = /<[^<>]{0,1000}>/g;
/** A struck price is an old one; the others are never seen. */
const UNSEEN = new Set(['del', 's', 'strike', 'script', 'style', 'head', 'template']);
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'em',
  'font',
  'i',
  'mark',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'u',
]);

/** Reads a text as its readers do: without markup, placeholders and signs that are not seen. */
export function read(source: string): Reading {
  const blanked = source.replace(PLACEHOLDER, (placeholder) => ' '.repeat(placeholder.length));
  const seen = HAS_MARKUP.test(blanked)
    ? (blanked.match(/</g)?.length ?? 0) > MOST_TAGS
      ? plain(blanked.replace(TAG, (tag) => ' '.repeat(tag.length)))
      : withoutMarkup(blanked)
    : plain(blanked);
  const text = seen.pieces.join('');
  const { places } = seen;
  return {
    text,
    language: languageOf(text),
    source: (start, end) => ({
      start: places[start] ?? source.length,
      end: end > start ? (places[end - 1] ?? source.length - 1) + 1 : (places[start] ?? source.length),
    }),
  };
}

interface Seen {
  readonly pieces: string[];
  /** By character of the pieces: its place in the source. */
  readonly places: number[];
}

function plain(source: string): Seen {
  const seen: Seen = { pieces: [], places: [] };
  addText(seen, source, 0, source.length);
  return seen;
}

function withoutMarkup(source: string): Seen {
  const seen: Seen = { pieces: [], places: [] };
  let unseen = 0;
  const parser = new Parser(
    {
      onopentagname: (name) => {
        if (UNSEEN.has(name)) unseen++;
        else if (!INLINE.has(name)) add(seen, '\n', parser.startIndex);
      },
      onclosetag: (name) => {
        if (UNSEEN.has(name)) unseen = Math.max(0, unseen - 1);
        else if (!INLINE.has(name)) add(seen, '\n', parser.startIndex);
      },
      ontext: (text) => {
        if (unseen === 0) addText(seen, text, parser.startIndex, parser.endIndex + 1 - parser.startIndex);
      },
    },
    { decodeEntities: true },
  );
  parser.end(source);
  return seen;
}

/** @param sign one UTF-16 unit */
const add = (seen: Seen, sign: string, place: number): void => {
  seen.pieces.push(sign);
  seen.places.push(place);
};

/** @param length of the text in the source, which differs where it was written as entities */
function addText(seen: Seen, text: string, from: number, length: number): void {
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    const shown = SEEN_AS.get(sign) ?? sign;
    if (shown !== '') add(seen, shown, from + Math.min(at, length - 1));
  }
}

/** Signs that look or mean the same as another, or are not seen at all. */
const SEEN_AS = new Map([
  ...['\u00a0', '\u2002', '\u2003', '\u2007', '\u2009', '\u200a', '\u202f', '\u3000', '\t'].map(
    (space) => [space, ' '] as const,
  ),
  ...['\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', '\ufe0f'].map(
    (unseen) => [unseen, ''] as const,
  ),
  ...['’', '‘', '‛', '´', '`'].map((quote) => [quote, "'"] as const),
  ...['“', '”', '„', '‟', '«', '»'].map((quote) => [quote, '"'] as const),
  ...['‐', '‑', '−', '–', '—'].map((dash) => [dash, '-'] as const),
  ['٪', '%'],
  ['％', '%'],
  ...Array.from({ length: 10 }, (_, digit) => [String.fromCharCode(0x660 + digit), String(digit)] as const),
]);

/** Longer texts are told by their beginning. */
const LANGUAGE_SAMPLE = 400;
/** Shorter ones say too little. */
const LEAST_LETTERS = 8;

function languageOf(text: string): string | null {
  const sample = text.slice(0, LANGUAGE_SAMPLE);
  if ((sample.match(/\p{L}/gu)?.length ?? 0) < LEAST_LETTERS) return null;
  const found = eld.detect(sample);
  return found.isReliable() ? found.language : null;
}
