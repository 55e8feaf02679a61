import { lanesOf, stepsOf, stepsOfBlocks } from '../domain/workflow/steps.js';
import type { Block, LinearSection, Section, Step, Workflow } from '../domain/workflow/workflow.js';
import type { Edit } from './edit.js';

/** A change of a definition that is one edit of its text, ready to be proposed. */
export interface SingleChange {
  readonly summary: string;
  readonly rationale: string;
  readonly edit: Edit;
}
/** Why there is none, in words. */
export interface NoChange {
  readonly because: string;
}

const KEY = 'alignment-check';
const RATIONALE =
  'One convergence gate, at which all channels are looked at together before the launch, catches what contradicts each other for the price of a quarter of an hour (R36).';

/**
 * The one step, or where streams run side by side the one gate, that has all channels looked at together before any is
 * launched (R36). The launches depend on it by their place; nothing else of the definition changes.
 */
export function quickWin(workflow: Workflow): SingleChange | NoChange {
  const launches = stepsOf(workflow).filter(({ kind }) => kind === 'launch');
  const [first] = launches;
  if (!first) return { because: 'the workflow launches nothing' };
  const channels = new Set([...workflow.channels, ...launches.flatMap(({ channel }) => channel ?? [])]);
  if (channels.size < 2)
    return { because: 'the workflow has one channel: there is nothing to align it with' };
  const launching = workflow.sections.filter((section) => blocksOf(section).some(isLaunch));
  const [only] = launching;
  if (launching.length === 1 && only?.model === 'linear') return beforeLaunch(workflow, only, first);
  const before = lastBefore(workflow, launching);
  if (!before) return { because: 'no section comes before all launches: let one do so first' };
  if (before.gates.some(({ at }) => at === 'endpoint'))
    return { because: `section '${before.key}' ends with a convergence gate already` };
  if (before.model === 'linear') {
    const edit = { type: 'insert', path: `sections.${before.key}.steps`, before: null, after: null } as const;
    return change(`review all channels together at the end of '${before.key}'`, {
      ...{ ...edit, value: stepFor(workflow, first) },
    });
  }
  return change(`compare all channels at the end of '${before.key}'`, {
    type: 'insert',
    path: `sections.${before.key}.gates`,
    value: {
      id: freeKey(workflow),
      at: 'endpoint',
      merge: 'all',
      approvers: [first.accountable],
      checks: [],
      onFail: 'block',
    },
    ...{ before: null, after: null },
  });
}

function beforeLaunch(workflow: Workflow, section: LinearSection, first: Step): SingleChange | NoChange {
  const place = section.steps.findIndex(isLaunch);
  const [block, previous] = [section.steps[place], section.steps[place - 1]];
  if (previous?.type === 'step' && previous.kind === 'review')
    return { because: `'${previous.key}' is reviewed right before the launch already` };
  const behind = previous?.type === 'step' ? previous.key : null;
  const ahead = block?.type === 'step' ? block.key : null;
  if (behind === null && ahead === null)
    return { because: 'the launch stands in a block without an id: give it one first' };
  return change(`review all channels together before '${first.key}'`, {
    type: 'insert',
    path: `sections.${section.key}.steps`,
    value: stepFor(workflow, first),
    before: ahead,
    after: ahead === null ? behind : null,
  });
}

const change = (summary: string, edit: Edit): SingleChange => ({ summary, rationale: RATIONALE, edit });

const stepFor = (workflow: Workflow, launch: Step) => ({
  ...{ id: freeKey(workflow), name: 'Look at all channels together', kind: 'review' },
  ...{ responsible: launch.accountable, accountable: launch.accountable, effort: 'PT15M' },
});

const blocksOf = (section: Section): readonly Block[] => [
  ...(section.model === 'hub-and-spoke' ? section.hub.steps : []),
  ...lanesOf(section).flatMap(({ steps }) => steps),
];
const isLaunch = (block: Block): boolean => stepsOfBlocks([block]).some(({ kind }) => kind === 'launch');

/** The last section, in file order, that every launching section runs after and that launches nothing itself. */
function lastBefore(workflow: Workflow, launching: readonly Section[]): Section | null {
  const byKey = new Map(workflow.sections.map((section) => [section.key, section]));
  const ancestors = (section: Section): Set<Section> => {
    const found = new Set<Section>();
    const visit = (from: Section): void => {
      for (const key of from.after) {
        const before = byKey.get(key);
        if (!before || found.has(before)) continue;
        found.add(before);
        visit(before);
      }
    };
    visit(section);
    return found;
  };
  const before = launching.map(ancestors);
  const candidates = workflow.sections.filter(
    (section) => !launching.includes(section) && before.every((each) => each.has(section)),
  );
  return candidates.at(-1) ?? null;
}

function freeKey(workflow: Workflow): string {
  const taken = new Set([
    ...stepsOf(workflow).map(({ key }) => key),
    ...workflow.sections.flatMap(({ key, gates }) => [key, ...gates.map((gate) => gate.key)]),
  ]);
  let [key, next] = [KEY, 2];
  while (taken.has(key)) key = `${KEY}-${next++}`;
  return key;
}
