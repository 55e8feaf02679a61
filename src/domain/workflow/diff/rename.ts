import { nameFrom } from '../steps.js';
import { nameOf, type Part, type PartKind, type Parts } from './parts.js';

export interface Renaming {
  readonly kind: PartKind;
  readonly from: string;
  readonly to: string;
}

/** The parts with one of them called otherwise, wherever it is mentioned. */
export function rename({ parts, chains }: Parts, renaming: Renaming): Parts {
  const called = (name: string) => renamePlace(name, renaming);
  const renamed = [...parts.values()].map((part) => renamePart(part, renaming));
  const result: Parts = {
    parts: new Map(renamed.map((part) => [nameOf(part), part])),
    chains: new Map([...chains].map(([place, names]) => [called(place), names.map(called)])),
  };
  // A hand-off without an id is called after its sections, and a distance after its steps.
  const derived = [...parts.values()].flatMap((part, position) => {
    const after = renamed[position];
    // One that is given an id of its own is not called after them any more.
    if (part.kind === renaming.kind && part.key === renaming.from) return [];
    const key = after && derivedKey(part) === part.key ? derivedKey(after) : null;
    return after && key !== null && key !== after.key ? [{ kind: part.kind, from: after.key, to: key }] : [];
  });
  return derived.reduce(rename, result);
}

/** What a part without an id of its own is called; null where every such part has one. */
export function derivedKey({ kind, fields }: Part): string | null {
  if (kind === 'handoff') return `${String(fields['from'])}-to-${String(fields['to'])}`;
  return kind === 'sequence' ? `${String(fields['after'])}..${String(fields['step'])}` : null;
}

/** What the keys of lanes and checks begin with, and what places are called besides their part. */
const INSIDE: Partial<Record<PartKind, { readonly keyed?: PartKind; readonly place?: string }>> = {
  section: { keyed: 'lane', place: 'hub' },
  gate: { keyed: 'check' },
  step: { place: 'rework' },
};

function renamePlace(name: string, { kind, from, to }: Renaming): string {
  const { keyed, place } = INSIDE[kind] ?? {};
  if (name === `${kind} ${from}`) return `${kind} ${to}`;
  if (place !== undefined && name === `${place} ${from}`) return `${place} ${to}`;
  const inside = `${keyed ?? ''} ${from}/`;
  return keyed !== undefined && name.startsWith(inside)
    ? `${keyed} ${to}/${name.slice(inside.length)}`
    : name;
}

function renamePart(part: Part, renaming: Renaming): Part {
  const { kind, from, to } = renaming;
  const isIt = part.kind === kind && part.key === from;
  const isWithin = part.kind === INSIDE[kind]?.keyed && part.key.startsWith(`${from}/`);
  const fields = Object.fromEntries(
    Object.entries(part.fields).map(([field, value]) => [field, mention(part, field, value, renaming)]),
  );
  return {
    kind: part.kind,
    key: isIt ? to : isWithin ? to + part.key.slice(from.length) : part.key,
    place: part.place === null ? null : renamePlace(part.place, renaming),
    // A step that nobody gave a name is called after its id.
    fields:
      isIt && kind === 'step' && fields['name'] === nameFrom(from)
        ? { ...fields, name: nameFrom(to) }
        : fields,
  };
}

/** Fields that hold keys, and of what. */
const REFERENCES: Readonly<Record<string, readonly PartKind[]>> = {
  'step needs': ['step'],
  'section after': ['section'],
  'handoff from': ['section'],
  'handoff to': ['section'],
  'milestone consumers': ['section'],
  'milestone notBefore': ['milestone'],
  'sequence step': ['step'],
  'sequence after': ['step'],
  'item links': ['item'],
};
/** What rules and hand-offs ask about a part. */
const ASKED: Partial<Record<PartKind, string>> = { step: 'done', gate: 'passed', handoff: 'accepted' };

function mention(part: Part, field: string, value: unknown, renaming: Renaming): unknown {
  const { kind, from, to } = renaming;
  const one = (each: unknown): unknown => (each === from ? to : each);
  if (REFERENCES[`${part.kind} ${field}`]?.includes(kind))
    return Array.isArray(value) ? value.map(one) : one(value);
  switch (`${part.kind} ${field}`) {
    case 'step rework':
      return ['step', 'choice', 'concurrent', 'branch'].includes(kind) && value !== null
        ? { ...(value as object), to: one((value as { to: unknown }).to) }
        : value;
    case 'gate merge':
      return kind === 'lane' ? mergedLanes(part, value as { lanes?: readonly string[] }, renaming) : value;
    case 'rule block':
      return kind === 'step'
        ? String(value).replace(/^(start|complete):(.*)$/, (whole, verb: string, step) =>
            step === from ? `${verb}:${to}` : whole,
          )
        : value;
    case 'rule until':
      return asked(String(value), renaming);
    case 'handoff verify':
      return (value as readonly { expression?: string }[]).map((each) =>
        each.expression === undefined ? each : { ...each, expression: asked(each.expression, renaming) },
      );
    default:
      return value;
  }
}

/** Lanes are mentioned without their section. */
function mergedLanes(
  gate: Part,
  merge: { readonly lanes?: readonly string[] },
  { from, to }: Renaming,
): unknown {
  const [section, before] = from.split('/');
  const after = to.split('/')[1];
  if (!merge.lanes || gate.place !== `section ${section ?? ''}`) return merge;
  return { ...merge, lanes: merge.lanes.map((lane) => (lane === before ? after : lane)) };
}

function asked(expression: string, { kind, from, to }: Renaming): string {
  const name = ASKED[kind];
  if (name === undefined) return expression;
  return expression.replaceAll(
    new RegExp(`\\b(${name}\\(\\s*)(['"])([^'"]*)\\2`, 'g'),
    (whole, call: string, quote: string, key: string) =>
      key === from ? `${call}${quote}${to}${quote}` : whole,
  );
}
