import { Duration } from 'luxon';
import { isDuration } from '../../duration.js';
import { meansTheSame } from '../canonical.js';
import { CATALOGUE } from './catalogue.js';
import type { MeaningChange } from './change.js';
import { firstStepOf, isAnonymous, type Part, type PartKind, type Parts } from './parts.js';

type Shown = Omit<MeaningChange, 'kind' | 'path' | 'classification' | 'summary'>;

/** Finds a part of either version by its name. */
export type Lookup = (name: string) => Part | undefined;

/** The change as a sentence a marketer understands. */
export function sentence(change: Shown, now: Parts, lookup: Lookup): string {
  const { element, verb, key, property, place, position, before, after } = change;
  const it = describe(element, key);
  const at = (where: unknown) => showPlace(where, lookup);
  const own = () => ownName(element, key, (verb === 'added' ? after : before) as Part['fields']);
  switch (verb) {
    case 'added':
      return `${own()} added${place === null ? '' : ` to ${at(place)}`}${neighbour(place, position, now)}`;
    case 'removed':
      return `${own()} removed${place === null ? '' : ` from ${at(place)}`}`;
    case 'renamed':
      return `${describe(element, String(before))} is now called '${String(after).split('/').at(-1) ?? ''}'`;
    case 'moved':
      return `${it} moved from ${at(before)} to ${at(after)}${neighbour(place, position, now)}`;
    case 'reordered':
      return reordered(at(place), before as string[], after as string[]);
    case 'changed': {
      const label = CATALOGUE[element].properties[property ?? '']?.[0] ?? property ?? '';
      return `${element === 'workflow' ? '' : `${it}: `}${label} ${difference(before, after)}`;
    }
  }
}

function describe(kind: PartKind, key: string): string {
  const { noun } = CATALOGUE[kind];
  const [inside, own] = key.split('/');
  switch (kind) {
    case 'lane':
      return `lane '${own ?? ''}' of '${inside ?? ''}'`;
    case 'check':
      return `check '${own?.split(' ')[0] ?? ''}' of gate '${inside ?? ''}'`;
    case 'sequence':
      return `${noun} '${key.replace('..', "' and '")}'`;
    default:
      return isAnonymous({ key }) ? `${noun} around '${firstStepOf(key)}'` : `${noun} '${key}'`;
  }
}

/** What a part is called where its place is named besides. */
function ownName(kind: PartKind, key: string, fields: Part['fields']): string {
  if (kind === 'lane') return `lane '${key.split('/')[1] ?? ''}'`;
  const gist = gistOf(kind, fields);
  return `${kind === 'check' ? `check '${String(fields['metric'])}'` : describe(kind, key)}${gist === null ? '' : ` (${gist})`}`;
}

/** What a part does, in a few words, where its name alone says little. */
function gistOf(kind: PartKind, fields: Part['fields']): string | null {
  const show = (field: string) => showValue(fields[field]);
  const given = (label: string, field: string) => (fields[field] === null ? [] : [`${label} ${show(field)}`]);
  switch (kind) {
    case 'check':
      return `${show('bound').replace('-', ' ')} ${show('limit')}`;
    case 'rule':
      return `no ${show('block').replace(':', ' of ')} until ${show('until')}`;
    case 'gate':
      return `${show('at')}, on failure ${show('onFail').replace('pause-channel', 'pauses the channel')}`;
    case 'handoff':
      return `passes ${show('payload')}`;
    case 'sequence':
      return [...given('at least', 'minGap'), ...given('at most', 'maxGap')].join(', ') || null;
    case 'milestone':
      return given('on', 'date')[0] ?? null;
    default:
      return null;
  }
}

/** A place as a person reads it; the workflow itself where there is none. */
export function showPlace(place: unknown, lookup: Lookup = () => undefined): string {
  if (typeof place !== 'string') return 'the workflow';
  const [kind = '', ...rest] = place.split(' ');
  const key = rest.join(' ');
  if (kind === 'hub') return `the hub of '${key}'`;
  if (kind === 'rework') return `the rework of '${key}'`;
  const block = kind === 'branch' && isAnonymous({ key }) ? lookup(place)?.place : null;
  if (block != null) return `a branch of ${showPlace(block)}`;
  return kind in CATALOGUE ? describe(kind as PartKind, key) : place;
}

/** What the part stands behind, where it is not alone. */
function neighbour(place: string | null, position: number | null, { chains, parts }: Parts): string {
  const chain = chains.get(place ?? '') ?? [];
  if (position === null || chain.length < 2) return '';
  const other = parts.get(chain[position === 0 ? 1 : position - 1] ?? '');
  return other ? `, ${position === 0 ? 'before' : 'after'} ${inWords(other)}` : '';
}

const inWords = ({ kind, key }: Part): string => (kind === 'step' ? `'${key}'` : describe(kind, key));

/** Says which one has moved, where it is only one. */
function reordered(place: string, before: readonly string[], after: readonly string[]): string {
  const shown = after.map((name) => `'${name.replace(/^(step|choice|concurrent) (of )?/, '')}'`);
  const without = (names: readonly string[], one: string) => names.filter((name) => name !== one).join('\n');
  const one = after.findIndex((name) => without(before, name) === without(after, name));
  if (one < 0 || after.length === 2) return `${place} now runs in the order ${shown.join(', ')}`;
  const where = one === 0 ? `before ${shown[1] ?? ''}` : `after ${shown[one - 1] ?? ''}`;
  return `${shown[one] ?? ''} now comes ${where} in ${place}`;
}

/** Lists by what is new and what is gone, groups of values by what differs, everything else by both values. */
function difference(before: unknown, after: unknown): string {
  if (isMerge(before) && isMerge(after)) return `${showValue(before)} → ${showValue(after)}`;
  if (isList(before) && isList(after) && before.length === after.length) {
    // The same entries with other values: by what differs in each.
    const pairs = before.map((entry, at) => [entry, after[at]] as const);
    const changed = pairs.filter(([old, now]) => !meansTheSame('value', old, now));
    if (
      changed.length > 0 &&
      changed.every(([old, now]) => isGroup(old) && isGroup(now) && old['type'] === now['type'])
    ) {
      return changed
        .map(([old, now]) => `${showValue((now as { type?: unknown }).type)} ${difference(old, now)}`)
        .join('; ');
    }
  }
  if (isList(before) && isList(after) && before.length > 0 && after.length > 0) {
    const [old, now] = [before.map(showValue), after.map(showValue)];
    const added = now.filter((entry) => !old.includes(entry));
    const gone = old.filter((entry) => !now.includes(entry));
    return [
      ...(added.length > 0 ? [`with ${added.join(', ')}`] : []),
      ...(gone.length > 0 ? [`without ${gone.join(', ')}`] : []),
    ].join(', ');
  }
  if (isGroup(before) && isGroup(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((field) => !meansTheSame(field, before[field], after[field]))
      .map(
        (field) =>
          `${isGroup(after[field]) ? '' : `${inLetters(field)} `}${difference(before[field], after[field])}`,
      )
      .join(', ');
  }
  return `${showValue(before)} → ${showValue(after)}`;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
/** Efforts are read as one value. */
const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !isList(value) && !('likely' in value);
/** Which lanes a gate waits for. */
const isMerge = (value: unknown): value is { readonly type: 'all' | 'at-least' | 'named' } =>
  isGroup(value) && ['all', 'at-least', 'named'].includes(String(value['type']));

/** `dataInfrastructure` → `data infrastructure`. */
const inLetters = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A value as a person reads it: durations in words, fixed efforts as one duration, lists without brackets. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return isDuration(value) ? inDays(value) : value;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(showValue).join(', ');
  if (typeof value !== 'object') return JSON.stringify(value);
  if ('likely' in value && 'optimistic' in value && 'pessimistic' in value) {
    const { optimistic, likely, pessimistic } = value;
    return optimistic === pessimistic
      ? showValue(likely)
      : `${showValue(likely)} (${showValue(optimistic)} to ${showValue(pessimistic)})`;
  }
  if ('expression' in value) return showValue(value.expression);
  if (isMerge(value)) {
    if (value.type === 'all') return 'all lanes';
    return 'count' in value
      ? `${showValue(value.count)} lanes`
      : showValue((value as { lanes?: unknown }).lanes);
  }
  if ('name' in value && 'type' in value) return showValue(value.name);
  return Object.entries(value)
    .filter(([, entry]) => entry !== null)
    .map(([key, entry]) => (key === 'type' ? showValue(entry) : `${inLetters(key)} ${showValue(entry)}`))
    .join(', ');
}

const inDays = (duration: string): string => Duration.fromISO(duration, { locale: 'en' }).toHuman();
