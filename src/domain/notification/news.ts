import { type CompiledWorkflow, type LoopNode, walk } from '../workflow/compiled.js';
import { endOfGaps, heldUntil } from '../campaign/launch-gaps.js';
import { stepsOf } from '../workflow/steps.js';
import type { Gate, Step, Workflow } from '../workflow/workflow.js';
import type { Situation } from '../campaign/situation.js';
import type { Change, CheckResult } from '../campaign/state.js';
import { lasting, listed, quoted } from './wording.js';

/** What people are told of. A kind is never given another meaning. */
export const NEWS_KINDS = {
  'step-ready': 'A step can begin: its responsible roles are told.',
  'approval-due': 'An approval or a review waits for a decision of one of its approver roles.',
  'decision-due': 'Work was returned too often: the accountable role decides.',
  'gate-due': 'A gate is reached: its approvers, else the steward, evaluate it.',
  'gate-failed': 'A check of a gate did not hold.',
  'handoff-due': 'A hand-off waits for whoever receives it.',
  'handoff-returned': 'A hand-off was sent back: whoever hands it over mends it.',
  rework: 'Work was returned and has to be done again.',
  'task-given': 'A trigger has given somebody a task.',
  deviation: 'Something was gone past; those whom the decision names are told.',
  'campaign-launched': 'The first channel of a campaign is live.',
  'campaign-ended': 'A campaign has ended.',
  'campaign-cancelled': 'A campaign was called off.',
  'campaign-migrated': 'A campaign was moved to other versions of its definition.',
  alert: 'An alert was raised.',
} as const;
export type NewsKind = keyof typeof NEWS_KINDS;

/** One thing that has changed, and the roles that it concerns. */
export interface News {
  readonly kind: NewsKind;
  /** Key of the step, gate or other part; the campaign's where it is about the whole. */
  readonly subject: string;
  /** Tells this time from other times on the same subject: a round of rework, or a moment. */
  readonly occurrence: string;
  readonly roles: readonly string[];
  readonly title: string;
  /** What happened, in sentences for a marketer. */
  readonly happened: string;
  /** What they are asked to do; null where they are only told. */
  readonly asked: string | null;
  /** ISO 8601 duration in working time of the first of the roles; null where nobody set one. */
  readonly within: string | null;
  /** The end of that time, where it is known. */
  readonly due?: Date | null;
  /** Who is told in person, each for a role. */
  readonly people?: readonly { readonly name: string; readonly role: string }[];
}

/**
 * What became due for whom, and what else there is to tell, by one action: the difference of the situations before and after.
 * @param before null where the campaign has just been created
 */
export function newsOf(
  before: Situation | null,
  after: Situation,
  changes: readonly Change[],
  now: Date,
): News[] {
  const moment = now.toISOString();
  const told = changes.flatMap((change) => newsOfChange(before, after, change, moment));
  if (after.campaign.status !== 'running') return told;
  const was = formerly(before, changes, now);
  return [
    ...told,
    ...dueSteps(after, { changes, isNew: before === null, now }, was),
    ...dueGates(after, was, moment),
  ];
}

/** What people are told when the least gap before a launch has ended; nothing where another one counts by then, or something else holds it up. */
export function newsOfGap(situation: Situation, launch: string, end: Date): News[] {
  const found = situation.progress.steps.get(launch);
  const isIt = endOfGaps(situation, launch)?.getTime() === end.getTime();
  if (situation.campaign.status !== 'running' || found?.status !== 'ready' || !isIt) return [];
  const happened = `The time between ${quoted(found.part.name)} and what was launched before it is over.`;
  return [{ ...ready(situation, found.part, { changes: [], isNew: false, now: end }), happened }];
}

interface Former {
  step(key: string): string;
  gate(key: string): string | undefined;
}

/** How parts stood before, by the names that they have after. A step that is open again stands otherwise than in the round before. */
function formerly(before: Situation | null, changes: readonly Change[], now: Date): Former {
  const renamed = changes.flatMap((change) => (change.type === 'pins' ? change.renamed : []));
  const name = (kind: string, key: string) =>
    renamed.find((each) => each.kind === kind && each.to === key)?.from ?? key;
  return {
    step: (key) => (before ? standing(before, name('step', key), now) : ''),
    gate: (key) => before?.progress.gates.get(name('gate', key))?.status,
  };
}

/** The round that a step is in: its own, or that of rework around it, where it has not been begun before. */
export function roundOf({ compiled, state }: Situation, key: string): number {
  const around = loopsAround(compiled, key).map(({ review }) => review.key);
  return Math.max(...[key, ...around].map((each) => state.steps.get(each)?.round ?? 0));
}

function loopsAround({ root }: CompiledWorkflow, key: string): LoopNode[] {
  return [...walk(root)].filter(
    (node): node is LoopNode =>
      node.type === 'loop' &&
      [...walk(node.body)].some((each) => each.type === 'step' && each.step.key === key),
  );
}

const standing = (situation: Situation, key: string, now: Date): string =>
  `${situation.progress.steps.get(key)?.status} ${roundOf(situation, key)}${heldUntil(situation, key, now) ? ' held' : ''}`;

interface Acted {
  readonly changes: readonly Change[];
  /** Whether the campaign has just been created. */
  readonly isNew: boolean;
  readonly now: Date;
}

function dueSteps(after: Situation, action: Acted, was: Former): News[] {
  return [...after.progress.steps].flatMap(([key, { part, status }]) => {
    if (was.step(key) === standing(after, key, action.now)) return [];
    // Who is asked to judge something is told by the routing log.
    const isJudged = part.kind === 'approval' || part.kind === 'review';
    const isDue = status === 'ready' && !isJudged && heldUntil(after, key, action.now) === null;
    return isDue ? [ready(after, part, action)] : [];
  });
}

function ready(after: Situation, step: Step, { changes, isNew, now }: Acted): News {
  const round = roundOf(after, step.key);
  const name = quoted(step.name);
  const about = {
    // What was withdrawn and is there again is told again.
    ...{ subject: step.key, occurrence: `${round} ${now.toISOString()}`, roles: step.responsible },
    within: step.escalateAfter,
  };
  if (round > 0)
    return {
      ...about,
      kind: 'rework',
      title: `${name} is to be done after a return`,
      happened: returned(after, step, changes),
      asked: `Do ${name}${effort(step)}.`,
    };
  return {
    ...about,
    kind: 'step-ready',
    title: `${name} can begin`,
    happened: `${isNew ? 'The campaign has begun.' : `Everything that ${name} waited for is done.`}${otherwise(after, step)}`,
    asked:
      step.kind === 'launch'
        ? `Launch ${step.channel ?? 'the channel'}${effort(step)}.`
        : `Start ${name}${step.optional ? ', or skip it, as it is optional' : ''}${effort(step)}.`,
  };
}

/** What else could be done in its place, as whoever starts first decides. */
function otherwise({ compiled }: Situation, step: Step): string {
  const names = [...walk(compiled.root)].flatMap((node) => {
    if (node.type !== 'choice') return [];
    const branches = node.branches.map((branch) =>
      [...walk(branch)].flatMap((each) => (each.type === 'step' ? [each.step] : [])),
    );
    if (!branches.some((steps) => steps.includes(step))) return [];
    return branches.flatMap((steps) => (steps[0] && !steps.includes(step) ? [quoted(steps[0].name)] : []));
  });
  return names.length === 0 ? '' : ` It is a choice, with ${listed(names)}: what is started first is done.`;
}

/** Which judgement sent it back, and what was said to it. */
function returned({ compiled, workflow }: Situation, step: Step, changes: readonly Change[]): string {
  const rejection = changes.find((each) => each.type === 'approval' && each.decision === 'rejected');
  if (rejection?.type === 'approval') {
    const review = stepsOf(workflow).find(({ key }) => key === rejection.step)?.name ?? rejection.step;
    const said = rejection.comment === null ? '' : `: ${quoted(rejection.comment)}`;
    return `${rejection.role} returned ${quoted(review)}${said}.`;
  }
  const [loop] = loopsAround(compiled, step.key);
  if (loop)
    return `Work was returned at ${quoted(loop.review.name)}, and ${quoted(loop.redo.step.name)} is done.`;
  return 'Work was returned.';
}

/** What was reached, was not any more after work was returned, and is again, is told again. */
const dueGates = (after: Situation, was: Former, moment: string): News[] =>
  [...after.progress.gates].flatMap(([key, { part, status }]) =>
    status === 'open' && was.gate(key) !== 'open' ? [gateDue(after, part, moment)] : [],
  );

const gateDue = (after: Situation, { key, onFail, checks }: Gate, occurrence: string): News => ({
  ...{ kind: 'gate-due', subject: key, occurrence, roles: after.gateRoles(key) },
  title: `Gate ${quoted(key)} is reached`,
  happened: `The work that gate ${quoted(key)} compares is far enough.`,
  asked: `Evaluate the gate${checks.length > 0 ? ` (${listed(checks.map(({ metric }) => metric))})` : ''}${onFail === 'block' ? '; what follows waits for it' : ''}.`,
  within: null,
});

function newsOfChange(before: Situation | null, after: Situation, change: Change, moment: string): News[] {
  const { workflow, campaign } = after;
  const told = { subject: campaign.facts.key, occurrence: moment, asked: null, within: null };
  const informed = { ...told, roles: informedOf(workflow) };
  switch (change.type) {
    case 'gate':
      return change.status === 'failed' ? [gateFailed(after, change.key, change.results, moment)] : [];
    case 'deviation': {
      const what = `${change.kind} ${quoted(change.key)}`;
      const happened = `It was decided to go past ${what}: ${quoted(change.rationale)}.`;
      const title = `${what.charAt(0).toUpperCase()}${what.slice(1)} was gone past`;
      return [{ ...told, kind: 'deviation', subject: change.key, roles: change.told, title, happened }];
    }
    case 'task': {
      const { key: subject, name, responsible, trigger } = change;
      const happened = `Trigger ${quoted(trigger)} fired.`;
      const asked = `Do ${quoted(name)} and say when it is done.`;
      const title = `You have a task: ${quoted(name)}`;
      return [{ ...told, kind: 'task-given', subject, roles: [responsible], title, happened, asked }];
    }
    case 'channel': {
      const isFirst = ![...(before?.campaign.channels.values() ?? [])].some(({ launchedAt }) => launchedAt);
      if (change.status !== 'live' || !isFirst) return [];
      const happened = `Its first channel, ${change.channel}, is live.`;
      return [{ ...informed, kind: 'campaign-launched', title: 'The campaign has launched', happened }];
    }
    case 'pins': {
      const title = 'The campaign follows another version of its workflow';
      const happened =
        change.undoes === null
          ? `It was moved to another version of ${quoted(workflow.name)}; what is done stays done.`
          : `It was put back to the version of ${quoted(workflow.name)} that it was moved from.`;
      return [{ ...informed, kind: 'campaign-migrated', title, happened }];
    }
    case 'campaign': {
      if (change.status === 'ended') {
        const happened = 'Nothing of it is open any more.';
        return [{ ...informed, kind: 'campaign-ended', title: 'The campaign has ended', happened }];
      }
      const roles = [...new Set([...informed.roles, ...atWork(before)])];
      const happened = `It was called off${change.reason === null ? '' : `: ${quoted(change.reason)}`}. What is open stays undone, and nothing is sent any more.`;
      return [
        { ...informed, kind: 'campaign-cancelled', roles, title: 'The campaign is called off', happened },
      ];
    }
    default:
      return [];
  }
}

function gateFailed(after: Situation, key: string, results: readonly CheckResult[], moment: string): News {
  const failed = results.filter(({ passed }) => !passed).map(({ metric }) => metric);
  const gate = after.progress.gates.get(key)?.part;
  return {
    ...{ kind: 'gate-failed', subject: key, occurrence: moment, roles: after.gateRoles(key), within: null },
    title: `Gate ${quoted(key)} was not passed`,
    happened: `${failed.length > 0 ? `What did not hold: ${listed(failed)}` : 'Its checks did not hold'}.`,
    asked:
      gate?.onFail === 'block'
        ? 'Have it mended and evaluate the gate again; what follows waits for it.'
        : null,
  };
}

/** Roles that the workflow informs of anything; the steward where it informs nobody. */
function informedOf(workflow: Workflow): string[] {
  const roles = [...new Set(stepsOf(workflow).flatMap(({ informed }) => informed))];
  return roles.length > 0 ? roles : [workflow.steward];
}

const atWork = (before: Situation | null): string[] =>
  [...(before?.progress.steps.values() ?? [])].flatMap(({ part, status }) =>
    status === 'ready' || status === 'started' ? part.responsible : [],
  );

const effort = ({ effort: given }: Step): string =>
  given === null ? '' : ` (expected to take ${lasting(given.likely)})`;
