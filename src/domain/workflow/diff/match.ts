import { meansTheSame } from '../canonical.js';
import { nameFrom } from '../steps.js';
import type { Workflow } from '../workflow.js';
import {
  type Container,
  type ContainerKeys,
  containerKeys,
  containersOf,
  isAnonymous,
  nameOf,
  type Part,
  type PartKind,
  type Parts,
  stepsIn,
} from './parts.js';
import { rename, type Renaming } from './rename.js';

/** What every part of the older version is called in the newer one, by name; null where it is gone. */
export function namesIn(
  before: Parts,
  after: Parts,
): { names: Map<string, string | null>; renamed: readonly Part[] } {
  const renamed = [...matchNames(before, after).renamed.parts.values()];
  // Renaming keeps the order of parts, so each stands where it stood.
  const names = [...before.parts.values()].map((part, position) => {
    const other = renamed[position];
    return [nameOf(part), other && after.parts.has(nameOf(other)) ? other.key : null] as const;
  });
  return { names: new Map(names), renamed };
}

/** Containers first, so that what stands in them is known to stand in the same place. */
const RENAMED: readonly PartKind[] = [
  'section',
  'lane',
  'step',
  'choice',
  'concurrent',
  'branch',
  'gate',
  'handoff',
  'rule',
  'trigger',
  'milestone',
  'cadence',
  'checkpoint',
  'item',
];

/** A part that says nearly the same under another name is that part renamed. */
const SAME = 0.75;
/** With the same title, less of the rest has to agree. */
const SAME_WITH_TITLE = 0.5;

/**
 * The parts of the older version under their new names, and which were renamed. A part that is gone and one that is new
 * are the same one renamed when they hold mostly the same steps, or stand in the same place and say mostly the same;
 * a step has to stand between the same steps too, or to make the same, or to have the same title.
 */
export function matchNames(before: Parts, after: Parts): { renamed: Parts; renamings: readonly Renaming[] } {
  const renamings: Renaming[] = [];
  let renamed = before;
  const passes = RENAMED.flatMap((kind): (PartKind | typeof CERTAIN_STEPS)[] =>
    kind === 'step' ? [CERTAIN_STEPS, kind] : [kind],
  );
  for (const pass of passes) {
    for (const renaming of renamingsOf(pass, renamed, after)) {
      renamings.push(renaming);
      renamed = rename(renamed, renaming);
    }
  }
  return { renamed, renamings };
}

/** First the steps that more than their place speaks for: what stands beside the others is known better then. */
const CERTAIN_STEPS = 'certain steps';

function renamingsOf(pass: PartKind | typeof CERTAIN_STEPS, before: Parts, after: Parts): Renaming[] {
  const kind = pass === CERTAIN_STEPS ? 'step' : pass;
  const only = (one: Parts, other: Parts) =>
    [...one.parts.values()].filter(
      (part) => part.kind === kind && !isAnonymous(part) && !other.parts.has(nameOf(part)),
    );
  const pairs = only(before, after).flatMap((old) =>
    only(after, before).map((now) => {
      const isLikely = pass !== CERTAIN_STEPS || isSameWork(old, now);
      return { old, now, score: isLikely ? likeness(old, now, before, after) : 0 };
    }),
  );
  const likely = pairs
    .filter(({ score }) => score >= SAME)
    .sort((a, b) => b.score - a.score || distance(a, before, after) - distance(b, before, after));
  const taken = new Set<string>();
  return likely.flatMap(({ old, now }) => {
    const names = [`- ${old.key}`, `+ ${now.key}`];
    if (names.some((name) => taken.has(name))) return [];
    for (const name of names) taken.add(name);
    return [{ kind, from: old.key, to: now.key }];
  });
}

/** How much two parts of different names are alike, from 0 to 1. */
function likeness(old: Part, now: Part, before: Parts, after: Parts): number {
  if (now.kind === 'lane' && old.place !== now.place) return 0;
  if (['section', 'lane', 'choice', 'concurrent', 'branch'].includes(now.kind)) {
    return shared(below(before, nameOf(old)), below(after, nameOf(now))) >= 0.5 ? 1 : 0;
  }
  if (old.place !== now.place) return 0;
  const { parts } = rename(
    { parts: new Map([[nameOf(old), old]]), chains: new Map() },
    { kind: old.kind, from: old.key, to: now.key },
  );
  const [same = old] = parts.values();
  const fields = [...new Set([...Object.keys(same.fields), ...Object.keys(now.fields)])].filter(
    (field) =>
      field !== 'name' && ![same, now].every((part) => meansTheSame('value', part.fields[field], null)),
  );
  const equal = fields.filter((field) => meansTheSame(field, same.fields[field], now.fields[field]));
  const share = fields.length === 0 ? 1 : equal.length / fields.length;
  if (hasTitle(old) && old.fields['name'] === now.fields['name'] && share >= SAME_WITH_TITLE)
    return Math.max(share, SAME);
  // Steps say little, so many are alike: one that also stands elsewhere is another one.
  return now.kind !== 'step' || isSameWork(same, now) || standAlike(old, now, before, after) ? share : 0;
}

/** Whether two steps have the same title, or produce, approve or launch the same: then it is the same work anywhere. */
const isSameWork = (old: Part, now: Part): boolean =>
  (hasTitle(old) && old.fields['name'] === now.fields['name']) ||
  ['produces', 'approves', 'channel'].some(
    (field) =>
      !meansTheSame(field, old.fields[field], null) &&
      meansTheSame(field, old.fields[field], now.fields[field]),
  );

/** Whether two parts stand between the same two parts of those that both versions have. */
function standAlike(old: Part, now: Part, before: Parts, after: Parts): boolean {
  const around = (part: Part, here: Parts, there: Parts) => {
    const chain = here.chains.get(part.place ?? '') ?? [];
    const position = chain.indexOf(nameOf(part));
    const isKept = (name: string) => there.parts.has(name);
    return [chain.slice(0, position).findLast(isKept), chain.slice(position + 1).find(isKept)].join();
  };
  return around(old, before, after) === around(now, after, before);
}

const hasTitle = ({ key, fields }: Part): boolean =>
  typeof fields['name'] === 'string' && fields['name'] !== nameFrom(key);

/** How far apart the two stand in their chains. */
function distance({ old, now }: { old: Part; now: Part }, before: Parts, after: Parts): number {
  const position = (parts: Parts, part: Part) =>
    parts.chains.get(part.place ?? '')?.indexOf(nameOf(part)) ?? 0;
  return Math.abs(position(before, old) - position(after, now));
}

/** Names of the steps below a place, at any depth. */
export function below(parts: Parts, place: string): Set<string> {
  const found = new Set<string>();
  const look = [place, place.replace(/^section /, 'hub ')];
  for (let here = look.pop(); here !== undefined; here = look.pop()) {
    for (const part of parts.parts.values()) {
      if (part.place !== here) continue;
      if (part.kind === 'step') found.add(nameOf(part));
      look.push(part.kind === 'step' ? `rework ${part.key}` : nameOf(part));
    }
  }
  return found;
}

/** How much two sets have in common (Jaccard 1901). */
function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((each) => other.has(each)).length;
  const all = one.size + other.size - common;
  return all === 0 ? 0 : common / all;
}

/** Names for what has no id in the newer version: that of the block of the older one with the most steps in common. */
export function matchContainers(before: Parts, after: Workflow): ContainerKeys {
  const old = [...before.parts.values()].filter(isAnonymous);
  const fresh = containersOf(after).filter(({ key }) => key === null);
  const kindOf = (container: Container) => ('type' in container ? container.type : 'branch');
  const pairs = old.flatMap((part) =>
    fresh
      .filter((container) => kindOf(container) === part.kind)
      .map((container) => ({
        part,
        container,
        score: shared(below(before, nameOf(part)), new Set(stepsIn(container).map((key) => `step ${key}`))),
      })),
  );
  const given = new Map<Container, string>();
  const taken = new Set<string>();
  for (const { part, container, score } of pairs.sort((a, b) => b.score - a.score)) {
    if (score === 0 || given.has(container) || taken.has(nameOf(part))) continue;
    given.set(container, part.key);
    taken.add(nameOf(part));
  }
  return containerKeys(after, given, new Set(old.map((part) => part.key)));
}
