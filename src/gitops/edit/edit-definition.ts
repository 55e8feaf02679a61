import { isDeepStrictEqual } from 'node:util';
import { type Document, isMap, parseAllDocuments } from 'yaml';
import type { Edit, PlainValue } from '../../application/edit.js';
import { parseYaml } from '../document/parse-yaml.js';
import { type Replacement, TextChange } from './change-text.js';
import { CannotEdit, type Located, locate, pairOf } from './locate.js';

export { CannotEdit } from './locate.js';

export interface EditedText {
  readonly text: string;
  /** What was replaced, each in the text as the ones before it had left it. */
  readonly replacements: readonly Replacement[];
}

/**
 * Edits one definition within the text of its file. Everything that is not asked to change stays byte by byte: comments, blanks,
 * quotes, order, ends of lines. What comes out means what was asked for, which is checked by reading it.
 * @throws CannotEdit where a path leads nowhere, or the text is written in a way that this cannot change
 */
export function editDefinition(text: string, kind: string, id: string, edits: readonly Edit[]): EditedText {
  const replacements: Replacement[] = [];
  let now = text;
  for (const edit of edits) {
    const { replacement, after } = editOnce(now, kind, id, ofOneForm(edit));
    replacements.push(replacement);
    now = after;
  }
  return { text: now, replacements };
}

function editOnce(
  text: string,
  kind: string,
  id: string,
  edit: Edit,
): { replacement: Replacement; after: string } {
  const documents = parseAllDocuments(text, { keepSourceTokens: true, uniqueKeys: false, strict: true });
  // Those that say nothing or are broken are left out of what is read, too.
  const read = [...documents].filter(({ contents, errors }) => contents !== null && errors.length === 0);
  const position = read.findIndex((each) => isCalled(each, kind, id));
  const root = read[position]?.contents;
  if (!root) throw new CannotEdit(`the file has no ${kind} '${id}'`);
  const at = locate(root, edit.path);
  const found = new TextChange(text).of(edit, at);
  const isWindows = text.includes('\r\n');
  const replacement = isWindows ? { ...found, text: found.text.replaceAll(/\r?\n/g, '\r\n') } : found;
  const { from, to } = replacement;
  const after = text.slice(0, from) + replacement.text + text.slice(to);
  const wanted = valuesOf(text).map((value, index) =>
    index === position ? changed(value, at, edit) : value,
  );
  if (!isDeepStrictEqual(valuesOf(after), wanted))
    throw new CannotEdit(
      `'${edit.path}' is written in a way that cannot be changed by itself: give the whole text`,
    );
  return { replacement, after };
}

/** Objects come without a prototype from some libraries, and would be taken for different ones. */
const ofOneForm = (edit: Edit): Edit => JSON.parse(JSON.stringify(edit)) as Edit;

function isCalled({ contents }: Document.Parsed, kind: string, id: string): boolean {
  if (!isMap(contents)) return false;
  const text = (key: string) =>
    (pairOf(contents, key)?.value as { value?: unknown } | null | undefined)?.value;
  return text('kind') === kind && text('id') === id;
}

/** What the documents of a text say. */
const valuesOf = (text: string): PlainValue[] =>
  parseYaml('', text).documents.map(({ value }) => value as PlainValue);

/** The value as it is meant to be after an edit. */
function changed(value: PlainValue, at: Located, edit: Edit): PlainValue {
  const within = (here: PlainValue, steps: readonly (string | number)[]): PlainValue => {
    const [step, ...rest] = steps;
    if (step === undefined) return replaced(here, edit);
    const isLast = rest.length === 0;
    if (Array.isArray(here)) {
      const entries = [...(here as PlainValue[])];
      const index = Number(step);
      if (isLast && edit.type === 'remove') entries.splice(index, 1);
      else entries[index] = within(entries[index] ?? null, rest);
      return entries;
    }
    const entries = Object.entries(here as Readonly<Record<string, PlainValue>>);
    if (isLast && edit.type === 'remove')
      return Object.fromEntries(entries.filter(([name]) => name !== step));
    const has = entries.some(([name]) => name === step);
    const known = has ? entries : [...entries, [String(step), null] as const];
    return Object.fromEntries(known.map(([name, each]) => [name, name === step ? within(each, rest) : each]));
  };
  return within(value, at.steps);
}

function replaced(here: PlainValue, edit: Edit): PlainValue {
  if (edit.type !== 'insert') return edit.type === 'set' ? edit.value : here;
  const entries = Array.isArray(here) ? [...(here as PlainValue[])] : [];
  const name = edit.before ?? edit.after;
  const named = entries.findIndex((each) => {
    const { id, metric } = (each ?? {}) as { id?: unknown; metric?: unknown };
    return (
      name !== null && (id === name || metric === name || (typeof each !== 'object' && String(each) === name))
    );
  });
  const at = name === null ? entries.length : named >= 0 ? named : Number(name);
  entries.splice(at + (edit.after === null || name === null ? 0 : 1), 0, edit.value);
  return entries;
}
