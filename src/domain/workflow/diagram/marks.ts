import { canonicalJson } from '../canonical.js';
import { chainsOf, lanesOf, stepsOfBlocks } from '../steps.js';
import type { Section, Step, Workflow } from '../workflow.js';

/** What a newer version did to an element that is drawn. */
export type Mark =
  { readonly kind: 'added' | 'removed' } | { readonly kind: 'changed'; readonly fields: readonly string[] };

/** Marks by element, for example `step email-copy`; what stayed as it was has none. */
export type Marks = ReadonlyMap<string, Mark>;

export const elementName = (kind: string, key: string): string => `${kind} ${key}`;
export const laneName = (section: string, lane: string): string => elementName('lane', `${section}/${lane}`);
export const WORKFLOW = 'workflow';

type Fields = Readonly<Record<string, unknown>>;

/** Elements are matched by their keys; whatever their canonical text does not show is no change. */
export function markChanges(before: Workflow, after: Workflow): Marks {
  const [old, now] = [elementsOf(before), elementsOf(after)];
  const marks = new Map<string, Mark>();
  for (const name of old.keys()) if (!now.has(name)) marks.set(name, { kind: 'removed' });
  for (const [name, fields] of now) {
    const was = old.get(name);
    const changed = was && fieldsThatDiffer(was, fields);
    if (!changed) marks.set(name, { kind: 'added' });
    else if (changed.length > 0) marks.set(name, { kind: 'changed', fields: changed });
  }
  return marks;
}

const fieldsThatDiffer = (before: Fields, after: Fields): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => canonicalJson(before[field]) !== canonicalJson(after[field]),
  );

function elementsOf(workflow: Workflow): Map<string, Fields> {
  const { sections, handoffs, rules, triggers, ...own } = workflow;
  const keyed = (kind: string, list: readonly { key: string }[]) =>
    list.map((each) => [elementName(kind, each.key), { ...each }] as const);
  return new Map<string, Fields>([
    [WORKFLOW, own],
    ...sections.flatMap(elementsOfSection),
    ...keyed('handoff', handoffs),
    ...keyed('rule', rules),
    ...keyed('trigger', triggers),
  ]);
}

function elementsOfSection(section: Section): (readonly [string, Fields])[] {
  const { key, model, after, checkpoints, tool } = section;
  const owns = section.model === 'hub-and-spoke' ? section.hub.owns : [];
  return [
    [elementName('section', key), { model, after, checkpoints, tool, owns }],
    ...(section.model === 'linear' ? [] : lanesOf(section)).map(
      (lane) => [laneName(key, lane.key), {}] as const,
    ),
    ...section.gates.map((gate) => [elementName('gate', gate.key), { ...gate, section: key }] as const),
    ...chainsOf(section).flatMap(({ lane, blocks }) =>
      stepsOfBlocks(blocks).map(
        (step) => [elementName('step', step.key), stepFields(step, key, lane)] as const,
      ),
    ),
  ];
}

/** The step that mends is an element of its own. */
const stepFields = (step: Step, section: string, lane: string | null): Fields => ({
  ...step,
  rework: step.rework && { ...step.rework, via: step.rework.via.key },
  place: lane === null ? section : `${section}/${lane}`,
});
