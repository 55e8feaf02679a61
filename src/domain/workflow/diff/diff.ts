import { canonicalJson, meansTheSame } from '../canonical.js';
import { conditionsOf } from '../steps.js';
import type { Workflow } from '../workflow.js';
import { CATALOGUE, type Changed, kindOf } from './catalogue.js';
import { type ChangeVerb, type Classification, type MeaningChange, worst } from './change.js';
import { below, matchContainers, matchNames } from './match.js';
import { nameOf, type Part, type Parts, partsOf, workflowOf } from './parts.js';
import { derivedKey, type Renaming } from './rename.js';
import { sentence } from './sentence.js';
import { newWaits } from './waits.js';

export interface WorkflowDiff {
  readonly classification: Classification;
  readonly changes: readonly MeaningChange[];
}

/**
 * What changed in meaning from one version to another (R111). Parts are matched by their keys, and by what they say
 * where a key is gone, so comments, formatting, the order of keys and of lists without an order change nothing. Empty for
 * equal meaning and only for that; `applyChanges` leads from one version to the other.
 */
export function diffWorkflows(before: Workflow, after: Workflow): WorkflowDiff {
  if (canonicalJson(before) === canonicalJson(after)) return { classification: 'none', changes: [] };
  const { renamed: old, renamings } = matchNames(partsOf(before), partsOf(after));
  const now = partsOf(after, matchContainers(old, after));
  const comparison = new Comparison(old, now);
  const root = [...old.parts.values()][0];
  const another: Renaming[] =
    root && root.key !== after.key ? [{ kind: 'workflow', from: root.key, to: after.key }] : [];
  const changes = [
    ...[...another, ...renamings].flatMap((renaming) => comparison.renamed(renaming)),
    ...[...old.parts.values()].flatMap((part) => {
      const other = now.parts.get(nameOf(part));
      return other ? comparison.between(part, other) : [comparison.removed(part)];
    }),
    ...[...now.parts.values()]
      .filter((part) => !old.parts.has(nameOf(part)))
      .map((part) => comparison.added(part)),
    ...comparison.reorderings(),
  ];
  return { classification: worst(changes.map((change) => change.classification)), changes };
}

/** Two versions laid out flat, under the same names. */
class Comparison {
  #newWaits: ReadonlySet<string> | null = null;

  constructor(
    private readonly old: Parts,
    private readonly now: Parts,
  ) {}

  renamed({ kind, from, to }: Renaming): MeaningChange[] {
    const part = this.now.parts.get(nameOf({ kind, key: to }));
    return part ? [this.change('renamed', part, { before: from, after: to })] : [];
  }

  added(part: Part): MeaningChange {
    const position = positionIn(this.now, part);
    return this.change('added', part, { before: null, after: part.fields, position }, null, part);
  }

  removed(part: Part): MeaningChange {
    return this.change('removed', part, { before: part.fields, after: null }, part, null);
  }

  between(old: Part, now: Part): MeaningChange[] {
    const places = { before: old.place, after: now.place, position: positionIn(this.now, now) };
    const moved = old.place === now.place ? [] : [this.change('moved', now, places, old)];
    const properties = [...new Set([...Object.keys(old.fields), ...Object.keys(now.fields)])].filter(
      (property) => !meansTheSame(property, old.fields[property], now.fields[property]),
    );
    return [
      ...moved,
      ...properties.map((property) => {
        const [before, after] = [old, now].map(({ fields }) => fields[property] ?? null);
        return this.change('changed', now, { property, before, after }, old);
      }),
    ];
  }

  /** Chains in which what was and is there stands in another order. */
  reorderings(): MeaningChange[] {
    return [...this.old.chains].flatMap(([place, names]) => {
      const others = this.now.chains.get(place) ?? [];
      const before = names.filter((name) => others.includes(name));
      const after = others.filter((name) => names.includes(name));
      const part = this.now.parts.get(after[0] ?? '');
      if (before.join('\n') === after.join('\n') || !part) return [];
      return [{ ...this.change('reordered', part, { before, after }), key: place, path: place }];
    });
  }

  private change(
    verb: ChangeVerb,
    part: Part,
    values: Pick<MeaningChange, 'before' | 'after'> & Partial<Pick<MeaningChange, 'property' | 'position'>>,
    old: Part | null = part,
    now: Part | null = part,
  ): MeaningChange {
    const { property = null, position = null, before, after } = values;
    const { kind: element, key, place } = part;
    const shown = { element, verb, key, property, place, position, before, after };
    const changed = { part, before: old, after: now, property: property ?? '' };
    return {
      kind: kindOf(element, verb, property),
      path: [nameOf(part), property].filter((each) => each !== null).join(' / '),
      ...shown,
      classification: this.classify(verb, changed),
      summary: sentence(shown, this.now, (name) => this.now.parts.get(name) ?? this.old.parts.get(name)),
    };
  }

  private classify(
    verb: ChangeVerb,
    { part, ...changed }: Pick<Changed, 'before' | 'after' | 'property'> & { readonly part: Part },
  ): Classification {
    const { property } = changed;
    const { verbs, properties } = CATALOGUE[part.kind];
    const rule = verb === 'changed' ? properties[property]?.[1] : verbs[verb];
    if (!rule)
      throw new Error(`the catalogue of changes has no ${kindOf(part.kind, verb, property || null)}`);
    return rule.judge({
      ...changed,
      waitsForNoMore: () => this.waitsForNoMore(verb, part),
      isAnotherWay: () => this.isAnotherWay(part),
      holdsUp: () => this.now.parts.get(part.place ?? '')?.fields['onFail'] !== 'alert',
      receives: () => [this.old, this.now].some((parts) => isFirst(part, parts)),
      namesHandoff: () =>
        [...this.now.parts.values()].some(
          (each) =>
            derivedKey(each) === each.key && [each.fields['from'], each.fields['to']].includes(part.key),
        ),
      isAskedFor: () =>
        conditionsOf(workflowOf(this.now)).some((condition) => condition.includes(`campaign.${property}`)),
    });
  }

  private waitsForNoMore(verb: ChangeVerb, part: Part): boolean {
    this.#newWaits ??= newWaits(workflowOf(this.old), workflowOf(this.now));
    const waits = [...this.#newWaits];
    if (!['step', 'choice', 'concurrent', 'branch'].includes(part.kind)) return waits.length === 0;
    const place = verb === 'reordered' ? part.place : nameOf(part);
    const inside = [this.old, this.now].flatMap((parts) => [...below(parts, place ?? '')]);
    return !waits.some((name) => name === place || inside.includes(name));
  }

  /** Whether a new step stands in a new branch of a choice that had to be made anyway, or only follows a rejection. */
  private isAnotherWay({ place }: Part): boolean {
    if (place?.startsWith('rework ')) return this.old.parts.has(place.replace(/^rework/, 'step'));
    const around = this.now.parts.get(place ?? '');
    if (around?.kind !== 'branch') return around !== undefined && this.isAnotherWay(around);
    const choice = this.old.parts.get(around.place ?? '');
    if (choice?.kind !== 'choice') return this.isAnotherWay(around);
    return !this.old.parts.has(nameOf(around)) && this.isMadeByAll(choice);
  }

  /** Whether every campaign has something to choose: a branch without a condition that begins with a step without one. */
  private isMadeByAll(choice: Part): boolean {
    return [...this.old.parts.values()].some((branch) => {
      if (branch.place !== nameOf(choice) || branch.fields['when'] !== null) return false;
      const first = this.old.parts.get(this.old.chains.get(nameOf(branch))?.[0] ?? '');
      return first?.kind === 'step' && first.fields['when'] === null;
    });
  }
}

function positionIn({ chains }: Parts, part: Part): number | null {
  const position = chains.get(part.place ?? '')?.indexOf(nameOf(part)) ?? -1;
  return position < 0 ? null : position;
}

/** Whether nothing in its lane stands before the part, at any level. */
function isFirst(part: Part, parts: Parts): boolean {
  if (part.kind === 'branch' || positionIn(parts, part) === 0) {
    const around = parts.parts.get(part.place ?? '');
    return (
      around === undefined || around.kind === 'section' || around.kind === 'lane' || isFirst(around, parts)
    );
  }
  return false;
}
