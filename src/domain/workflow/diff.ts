import { canonicalJson } from './canonical.js';
import { type ChangeVerb, classify, type Classification, type ElementKind, worst } from './classify.js';
import { lanesOf, stepsOfBlocks } from './steps.js';
import type { Block, Section, Workflow } from './workflow.js';

/** One difference in meaning between two versions of a workflow. */
export interface MeaningChange {
  /** For example `step-added` or `gate-changed`. */
  readonly kind: `${ElementKind}-${ChangeVerb}`;
  /** Element and property, for example `step email-copy / effort`. */
  readonly path: string;
  readonly element: ElementKind;
  readonly verb: ChangeVerb;
  /** Key of the element; the place, where steps of one place are reordered. */
  readonly key: string;
  /** Null unless one property changed. */
  readonly property: string | null;
  /** Null where the element did not exist. */
  readonly before: unknown;
  readonly after: unknown;
  readonly classification: Classification;
  /** A sentence a marketer understands. */
  readonly summary: string;
}

export interface WorkflowDiff {
  readonly classification: Classification;
  readonly changes: readonly MeaningChange[];
}

/**
 * What changed in meaning from one version to another (R111). Elements are matched by their keys, so comments,
 * formatting and the order of keys change nothing. `diffWorkflows(a, a)` is empty, and empty only for equal meaning.
 */
export function diffWorkflows(before: Workflow, after: Workflow): WorkflowDiff {
  const [old, now] = [elementsOf(before), elementsOf(after)];
  const changes: MeaningChange[] = [];
  for (const [name, element] of old) {
    const next = now.get(name);
    if (!next) changes.push(whole('removed', element));
    else changes.push(...compare(element, next));
  }
  for (const [name, element] of now) if (!old.has(name)) changes.push(whole('added', element));
  changes.push(...reorderings(before, after));
  return { classification: worst(changes.map((change) => change.classification)), changes };
}

/** One named part of a workflow, with its own properties and the place it has. */
export interface Element {
  readonly kind: ElementKind;
  readonly key: string;
  readonly place: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
}

function elementsOf(workflow: Workflow): Map<string, Element> {
  const { sections, handoffs, rules, triggers, milestones, cadence, sequence, ...own } = workflow;
  const elements = new Map<string, Element>();
  const add = (
    kind: ElementKind,
    { key, ...fields }: { key: string } & Record<string, unknown>,
    place: string | null = null,
  ) => elements.set(`${kind} ${key}`, { kind, key, place, fields });
  add('workflow', { ...own });
  for (const section of sections) addSection(section, add);
  for (const each of handoffs) add('handoff', { ...each });
  for (const each of rules) add('rule', { ...each });
  for (const each of triggers) add('trigger', { ...each });
  for (const each of milestones) add('milestone', { ...each });
  for (const each of cadence) add('cadence', { ...each });
  for (const each of sequence) add('sequence', { ...each, key: `${each.after}..${each.step}` });
  return elements;
}

type Add = (
  kind: ElementKind,
  fields: { key: string } & Record<string, unknown>,
  place?: string | null,
) => void;

function addSection(section: Section, add: Add): void {
  const { key, model, after } = section;
  const owns = section.model === 'hub-and-spoke' ? section.hub.owns : [];
  add('section', {
    key,
    model,
    after,
    owns,
    lanes: section.model === 'linear' ? [] : lanesOf(section).map((lane) => lane.key),
  });
  for (const { checks, ...gate } of section.gates) {
    const limits = checks.map(({ metric, bound, limit }) => [`check ${metric}`, { bound, limit }] as const);
    add('gate', { ...gate, ...Object.fromEntries(limits) }, key);
  }
  for (const checkpoint of section.checkpoints) add('checkpoint', { ...checkpoint }, key);
  for (const { place, blocks } of chainsOf(section)) addBlocks(blocks, place, add);
}

function addBlocks(blocks: readonly Block[], place: string, add: Add): void {
  blocks.forEach((block, position) => {
    if (block.type === 'step') {
      const { type: _, rework, ...fields } = block;
      add(
        'step',
        {
          ...fields,
          rework: rework && {
            to: rework.to,
            via: rework.via.key,
            max: rework.max,
            probability: rework.probability,
          },
        },
        place,
      );
      if (rework) addBlocks([rework.via], `${place} / rework of ${block.key}`, add);
      return;
    }
    const name = block.key ?? `${block.type} ${position + 1}`;
    block.branches.forEach((branch, index) => {
      const inside = `${place} / ${name} / branch ${branch.key ?? index + 1}${branch.when === null ? '' : ` when ${branch.when}`}${branch.weight === 1 ? '' : ` weight ${branch.weight}`}`;
      addBlocks(branch.steps, `${inside} (${block.type})`, add);
    });
  });
}

function chainsOf(section: Section): { place: string; blocks: readonly Block[] }[] {
  if (section.model === 'linear') return [{ place: section.key, blocks: section.steps }];
  const lanes = lanesOf(section).map((lane) => ({
    place: `${section.key} / ${lane.key}`,
    blocks: lane.steps,
  }));
  return section.model === 'hub-and-spoke'
    ? [{ place: `${section.key} / hub`, blocks: section.hub.steps }, ...lanes]
    : lanes;
}

const named = (element: ElementKind, verb: ChangeVerb, key: string, property: string | null = null) => ({
  kind: `${element}-${verb}` as const,
  path: `${element} ${key}${property === null ? '' : ` / ${property}`}`,
  element,
  verb,
  key,
  property,
});

function whole(verb: 'added' | 'removed', element: Element): MeaningChange {
  const value = { ...element.fields, ...(element.place === null ? {} : { place: element.place }) };
  const summary = `${element.kind} '${element.key}' ${verb}${element.place === null ? '' : ` ${verb === 'added' ? 'to' : 'from'} ${element.place}`}`;
  return {
    ...named(element.kind, verb, element.key),
    before: verb === 'removed' ? value : null,
    after: verb === 'added' ? value : null,
    classification: classify(element.kind, verb, null, null, null, element.fields),
    summary,
  };
}

function compare(before: Element, after: Element): MeaningChange[] {
  const { kind, key } = before;
  const changes: MeaningChange[] = [];
  if (before.place !== after.place) {
    changes.push({
      ...named(kind, 'moved', key),
      before: before.place,
      after: after.place,
      classification: classify(kind, 'moved', null, null, null, after.fields),
      summary: `${kind} '${key}' moved from ${before.place ?? 'the workflow'} to ${after.place ?? 'the workflow'}`,
    });
  }
  for (const field of new Set([...Object.keys(before.fields), ...Object.keys(after.fields)])) {
    const [old, now] = [before.fields[field] ?? null, after.fields[field] ?? null];
    if (canonicalJson({ value: old }) === canonicalJson({ value: now })) continue;
    changes.push({
      ...named(kind, 'changed', key, field),
      before: old,
      after: now,
      classification: classify(kind, 'changed', field, old, now, after.fields),
      summary: `${kind === 'workflow' ? '' : `${kind} '${key}': `}${field} ${showValue(old)} → ${showValue(now)}`,
    });
  }
  return changes;
}

/** Steps that both versions have in the same place, but in another order. */
function reorderings(before: Workflow, after: Workflow): MeaningChange[] {
  const chains = (workflow: Workflow) =>
    new Map(
      workflow.sections
        .flatMap(chainsOf)
        .map(({ place, blocks }) => [place, stepsOfBlocks(blocks).map((step) => step.key)]),
    );
  const now = chains(after);
  return [...chains(before)].flatMap(([place, keys]): MeaningChange[] => {
    const others = now.get(place) ?? [];
    const old = keys.filter((key) => others.includes(key));
    const next = others.filter((key) => keys.includes(key));
    if (old.join() === next.join()) return [];
    return [
      {
        ...named('step', 'reordered', place),
        path: place,
        before: old,
        after: next,
        classification: 'breaking',
        summary: `steps of ${place} reordered: ${next.join(', ')}`,
      },
    ];
  });
}

/** A value as a person reads it: fixed efforts as one duration, lists without brackets. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(showValue).join(', ');
  if (typeof value !== 'object') return JSON.stringify(value).replace(/^"(.*)"$/, '$1');
  if ('bound' in value && 'limit' in value)
    return `${showValue(value.bound).replace('-', ' ')} ${showValue(value.limit)}`;
  if ('likely' in value && 'optimistic' in value && 'pessimistic' in value) {
    const { optimistic, likely, pessimistic } = value as Record<string, unknown>;
    return optimistic === pessimistic
      ? String(likely)
      : `${String(optimistic)}/${String(likely)}/${String(pessimistic)}`;
  }
  return Object.entries(value)
    .filter(([, entry]) => entry !== null)
    .map(([key, entry]) => `${key} ${showValue(entry)}`)
    .join(', ');
}
