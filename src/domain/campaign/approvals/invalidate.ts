import type { Content, Scope } from './scope.js';
import { contentText, scopeOf } from './scope.js';
import { isMetric, METRICS } from '../../metrics/catalogue.js';
import { lanesOf } from '../../workflow/steps.js';
import type { Gate, Section, Step } from '../../workflow/workflow.js';
import type { Situation } from '../situation.js';
import type { Brief, Change } from '../state.js';
import { givenOn } from './demands.js';

/**
 * Approvals that hold no more when the brief becomes another: those that looked at a field that changes (R47). A step that was
 * approved has to be approved again, and what follows waits for it.
 */
export function afterBrief(situation: Situation, brief: Brief): Change[] {
  const { brief: before } = situation.campaign;
  const changed = [...new Set([...Object.keys(before), ...Object.keys(brief)])].filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(brief[field]),
  );
  const isOther = (scope: Scope) => contentText(scope, before, []) !== contentText(scope, brief, []);
  return voided(
    situation,
    isOther,
    `${changed.map((field) => `'${field}'`).join(' and ')} of the brief changed`,
  );
}

/** The same when assets become others; gates that compared them are open again (R37). */
export function afterAssets(
  situation: Situation,
  key: string,
  { before, after }: { readonly before: readonly Content[]; readonly after: readonly Content[] },
): Change[] {
  const isOther = (scope: Scope) => contentText(scope, {}, before) !== contentText(scope, {}, after);
  const verb = before.some((each) => each.key === key) ? 'changed' : 'was added';
  const because = `asset '${key}' ${verb}`;
  const gates = [...situation.progress.gates.values()].flatMap(({ part }): Change[] => {
    if (situation.state.gates.get(part.key) !== 'passed' || !isOther(comparedBy(situation, part))) return [];
    return [
      { type: 'gate', key: part.key, status: 'reopened', results: [] },
      {
        ...{ type: 'invalidation', kind: 'gate', key: part.key, because },
        ...{ roles: [...situation.gateRoles(part.key)], actors: [] },
      },
    ];
  });
  return [...voided(situation, isOther, because), ...gates];
}

/** All of them, when it turns out that more can go wrong than was known (R40). */
export const afterRaise = (situation: Situation, because: string): Change[] =>
  voided(situation, () => true, because);

function voided(situation: Situation, isOther: (scope: Scope) => boolean, because: string): Change[] {
  return [...situation.progress.steps.values()].flatMap(({ part }): Change[] => {
    const state = situation.state.steps.get(part.key);
    const given = givenOn(situation, part.key);
    const isDone = isJudged(part) && state?.status === 'done';
    if ((!isDone && given.length === 0) || !isOther(scopeOf(situation, part))) return [];
    const invalidation: Change = {
      ...{ type: 'invalidation', kind: 'step', key: part.key, because },
      roles: given.length > 0 ? distinct(given.map(({ forRole }) => forRole)) : part.responsible,
      actors: distinct(given.map(({ actor }) => actor)),
    };
    if (!isDone) return [invalidation];
    // It has begun, so that the branch that it stands in stays the one that was taken.
    return [invalidation, { type: 'step', key: part.key, state: { status: 'started', round: state.round } }];
  });
}

const isJudged = ({ kind }: Step): boolean => kind === 'approval' || kind === 'review';
const distinct = (names: readonly string[]): string[] => [...new Set(names)];

/** A gate at the end that holds things up, where people or metrics compare what the lanes of channels, or all channels, publish. */
function comparedBy({ workflow }: Situation, gate: Gate): Scope {
  const section = workflow.sections.find(({ gates }) => gates.some(({ key }) => key === gate.key));
  const looks =
    gate.approvers.length > 0 ||
    gate.checks.some(({ metric }) => isMetric(metric) && METRICS[metric].inputs.includes('assets'));
  if (!section || !looks || gate.at !== 'endpoint' || gate.onFail !== 'block') return NOTHING;
  const lanes = channelsOf(section, workflow.channels);
  return { brief: [], channels: lanes.length > 0 ? lanes : 'all' };
}
const NOTHING: Scope = { brief: [], channels: [] };

const channelsOf = (section: Section, channels: readonly string[]): string[] =>
  lanesOf(section).flatMap(({ key }) => (channels.includes(key) ? [key] : []));
