import type { Consistency, Contradiction, Place } from './consistency.js';

/** The id under which a brief is compared with the texts: what it says is right. */
export const BRIEF = 'brief';

/** One disagreement, told as a colleague would: who says what, and which of them probably has to change. */
export interface Remark {
  readonly fact: Contradiction['fact'];
  readonly message: string;
  /** Who says what, the brief first, then by how many say it. */
  readonly sides: readonly Side[];
}
export interface Side {
  readonly value: string;
  readonly ids: readonly string[];
  /** Where it is said, text by text. */
  readonly places: readonly Place[];
}

/** What is wrong, by fact: contradictions of many texts about one thing are one disagreement. */
export function remarksOn({ contradictions }: Pick<Consistency, 'contradictions'>): Remark[] {
  const facts = [...new Set(contradictions.map(({ fact }) => fact))];
  return facts.map((fact): Remark => {
    const own = contradictions.filter((each) => each.fact === fact);
    const sides = sidesOf(own);
    const channels = new Map(
      own.flatMap(({ a, b, channels: [one, other] }) => [[a, one] as const, [b, other] as const]),
    );
    return { fact, sides, message: messageOf(fact, sides, channels) };
  });
}

function sidesOf(contradictions: readonly Contradiction[]): Side[] {
  const sides = new Map<string, Map<string, Place[]>>();
  for (const { a, b, values, places } of contradictions) {
    for (const [id, value] of [[a, values[0]] as const, [b, values[1]] as const]) {
      const side = sides.get(value) ?? new Map<string, Place[]>();
      if (!side.has(id))
        side.set(
          id,
          places.filter((place) => place.id === id),
        );
      sides.set(value, side);
    }
  }
  const against = new Set(
    contradictions.flatMap(({ values: [one, other] }) => [`${one}\n${other}`, `${other}\n${one}`]),
  );
  // What is never against each other is one side: 5 May, and 5 May until midnight.
  const groups: [string, Map<string, Place[]>][][] = [];
  for (const side of sides) {
    const group = groups.find((each) => each.every(([value]) => !against.has(`${value}\n${side[0]}`)));
    if (group) group.push(side);
    else groups.push([side]);
  }
  return groups
    .map((group): Side => {
      const texts = new Map(group.flatMap(([, side]) => [...side]));
      return { value: group[0]?.[0] ?? '', ids: [...texts.keys()], places: [...texts.values()].flat() };
    })
    .sort(
      (one, other) =>
        Number(other.ids.includes(BRIEF)) - Number(one.ids.includes(BRIEF)) ||
        other.ids.length - one.ids.length,
    );
}

function messageOf(
  fact: Contradiction['fact'],
  sides: readonly Side[],
  channels: ReadonlyMap<string, string>,
): string {
  const [first, ...rest] = sides;
  if (!first) return '';
  const said = sides
    .map(({ value, ids }) => `${list(ids, channels)} ${ids.length === 1 ? 'says' : 'say'} ${value}`)
    .join(', ');
  const wrong = list(rest.flatMap(({ ids }) => ids));
  const advice = first.ids.includes(BRIEF)
    ? `the brief counts, so change ${wrong}`
    : rest.every(({ ids }) => first.ids.length > ids.length)
      ? `most say ${first.value}, so look at ${wrong} first`
      : 'one of them has to change';
  return `${fact}: ${said}; ${advice}`;
}

/** So many are named; of more, how many. */
const NAMED = 4;

function list(ids: readonly string[], channels: ReadonlyMap<string, string> = new Map()): string {
  const names = ids.map((id) => {
    const channel = channels.get(id) ?? id;
    return id === BRIEF ? 'the brief' : `'${id}'${channel === id ? '' : ` (${channel})`}`;
  });
  if (names.length > NAMED)
    return `${names.slice(0, NAMED - 1).join(', ')} and ${names.length - NAMED + 1} others`;
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
