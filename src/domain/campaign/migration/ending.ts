import { fullBrief } from '../../workflow/brief.js';
import { casesOf } from '../../workflow/check/cases.js';
import type { ChoiceNode, LoopNode } from '../../workflow/compiled.js';
import { progressCalls, readExpression } from '../../workflow/expression.js';
import { branchesOf, stepsOf } from '../../workflow/steps.js';
import type { Rule, Step } from '../../workflow/workflow.js';
import { reject } from '../actions.js';
import { LOCAL_ACTOR } from '../actor.js';
import { describeMissing } from '../progress.js';
import type { CampaignInput, Situation } from '../situation.js';
import type { Brief, CampaignState } from '../state.js';
import { type Halt, Run } from './run.js';
import { bodyOf, type Version } from './version.js';
import { stepsBelow, type Way, waysThrough } from './ways.js';

/** Why a campaign may come to wait for ever: a sentence, and how it gets there. */
export interface DeadEnd {
  readonly detail: string;
  readonly trace: readonly string[];
}

/**
 * Whether a campaign reaches its end under a version from the state it is in, whatever people do. Null where it does.
 *
 * Nothing that is done takes anything away from anything else, apart from three things that people decide: what is left
 * out, which branch is taken, and what is returned. So it is enough to run it with all that may be left out left out, for every
 * way through the choices, from where it stands and from where it stands after everything that can be returned has been.
 * Where that does not hold, since a rule forbids again what it allowed, the answer is not that it is safe.
 */
export function findDeadEnd(version: Version, campaign: CampaignInput, state: CampaignState): DeadEnd | null {
  const briefs = briefsOf(version, campaign);
  if (!briefs) return untold('its conditions ask for more of the brief than can be tried');
  for (const brief of briefs) {
    const found = deadEndWith(version, { ...campaign, brief }, state);
    if (found) return found;
  }
  return null;
}

const untold = (why: string): DeadEnd => ({
  detail: `it cannot be told whether it could end: ${why}`,
  trace: [],
});

function deadEndWith(version: Version, campaign: CampaignInput, state: CampaignState): DeadEnd | null {
  const situation = version.situation(campaign, state);
  const fickle = version.workflow.rules.find((rule) => isFickle(rule, version, situation));
  if (fickle) return untold(`rule '${fickle.key}' can forbid again what it allowed (${fickle.until})`);
  const uncertain = version.workflow.handoffs.find(
    ({ key, verify }) =>
      !state.handoffs.has(key) &&
      verify.some((each) => each.type === 'cel' && !isMonotone(each.expression, situation)),
  );
  if (uncertain) return untold(`what hand-off '${uncertain.key}' verifies can cease to hold`);
  const loops = version.loops.filter((loop) => isOpen(loop, situation));
  const returned = withReturned(state, loops);
  const starts = returned === state ? [state] : [returned, state];
  for (const start of starts) {
    const open = (choice: ChoiceNode) =>
      stepsBelow(choice).every(({ key }) => (start.steps.get(key)?.status ?? 'pending') === 'pending');
    const ways = waysThrough(version, open);
    if (!ways) return untold('there are too many ways through its choices');
    for (const way of ways) {
      const halt = new Run(version, campaign, start).toTheEnd({ way });
      if (halt.situation.progress.open.length > 0) return deadEnd(halt, situation, start === state);
      const found = start === starts[0] ? deadEndOfRework(version, campaign, start, loops, way) : null;
      if (found) return found;
    }
  }
  return null;
}

function deadEnd({ situation, did, because }: Halt, before: Situation, isHere: boolean): DeadEnd {
  const done = [...before.state.steps].flatMap(([key, { status }]) => (status === 'done' ? [key] : []));
  const waiting = situation.progress.open.map(describeMissing);
  const reasons = [...new Set(because.map(({ message }) => message))];
  const held = [...situation.progress.steps.values()].flatMap(({ part: { key }, status }) =>
    status === 'rejected' ? [`'${key}' was rejected, and nothing leads on from there`] : [],
  );
  const ends = [...reasons, ...held];
  return {
    detail: `it would wait for ever: ${ends[0] ?? `nothing can be done about ${waiting.join(', ')}`}`,
    trace: [
      ...(done.length > 0 ? [`done: ${done.join(', ')}`] : []),
      ...(isHere ? [] : ['then: what can be returned is returned']),
      ...did.map((each) => `then: ${each}`),
      ...ends.map((each) => `then: ${each}`),
      `for ever open: ${waiting.join(', ')}`,
    ],
  };
}

/**
 * The rework of a rejection must be possible at once, with no more done than what led to the rejected step: else two loops
 * could wait for each other.
 */
function deadEndOfRework(
  version: Version,
  campaign: CampaignInput,
  start: CampaignState,
  loops: readonly LoopNode[],
  way: Way,
): DeadEnd | null {
  for (const { review, redo } of loops) {
    if (redo.step.optional || !isHeldUp(redo.step, version)) continue;
    const { key } = redo.step;
    const only = new Set(
      [...version.before(`step ${review.key}`)].flatMap((name) =>
        name.startsWith('step ') ? [name.slice('step '.length)] : [],
      ),
    );
    const run = new Run(version, campaign, start);
    run.toTheEnd({ way, only });
    const { status } = run.situation.progress.steps.get(review.key) ?? {};
    if (status === 'not-taken' || status === 'not-needed') continue;
    const refusals = [
      ...run.do(`'${review.key}' rejected`, (situation) => reject(situation, LOCAL_ACTOR, review.key, '')),
      ...run.finish(key),
    ];
    const [first] = refusals;
    if (first) {
      const detail = `after a rejection of '${review.key}' its rework might wait for ever: ${first.message}`;
      return { detail, trace: [`then: '${review.key}' rejected`, `then: ${first.message}`] };
    }
  }
  return null;
}

/** Whether anything but its place in the order can keep a step waiting. */
function isHeldUp({ key, needs, kind, channel }: Step, { workflow, policy }: Version): boolean {
  const actions = [`start:${key}`, `complete:${key}`, `launch:${channel ?? ''}`];
  const isDemanding = kind === 'launch' && policy.approvals.length > 0;
  return needs.length > 0 || isDemanding || workflow.rules.some(({ block }) => actions.includes(block));
}

/** A loop that may still be gone through again. */
function isOpen(loop: LoopNode, { progress }: Situation): boolean {
  return [...bodyOf(loop)].some((key) => !CLOSED.has(progress.steps.get(key)?.status ?? ''));
}
const CLOSED: ReadonlySet<string> = new Set(['done', 'skipped', 'not-taken']);

/** The state after everything that can be returned has been, and the work on it has not begun again. */
function withReturned(state: CampaignState, loops: readonly LoopNode[]): CampaignState {
  const again = new Set(loops.flatMap((loop) => [...bodyOf(loop), loop.redo.step.key]));
  if (![...again].some((key) => state.steps.has(key))) return state;
  return { ...state, steps: new Map([...state.steps].filter(([key]) => !again.has(key))) };
}

/** What the conditions make of the brief: as it is, and with every value that they tell apart. Null where there are too many. */
function briefsOf(version: Version, { brief }: CampaignInput): Brief[] | null {
  const { workflow } = version;
  const given = { ...fullBrief(workflow), ...brief };
  const asks = [...stepsOf(workflow), ...branchesOf(workflow)].some(
    ({ when }) =>
      when !== null && readExpression('step', when).asks.some((each) => each.startsWith('brief.')),
  );
  if (!asks) return [given];
  const cases = casesOf(workflow);
  if (!cases) return null;
  const others = new Map(cases.map((each) => [JSON.stringify(each.brief), { ...given, ...each.brief }]));
  return others.size > MAX_BRIEFS ? null : [given, ...others.values()];
}
const MAX_BRIEFS = 64;

/** Whether a rule about something that is still to come can cease to hold by something that is done. */
function isFickle(rule: Rule, version: Version, situation: Situation): boolean {
  const [verb, what = ''] = rule.block.split(':');
  const isAhead = [...situation.progress.steps.values()].some(
    ({ part, status }) =>
      (verb === 'launch' ? part.channel === what && part.kind === 'launch' : part.key === what) &&
      (!CLOSED.has(status) ||
        version.loops.some((loop) => isOpen(loop, situation) && bodyOf(loop).has(part.key))),
  );
  return isAhead && !isMonotone(rule.until, situation);
}

/** Whether no answer that turns from no to yes turns the expression from yes to no. */
function isMonotone(expression: string, { campaign }: Situation): boolean {
  const calls = [...new Set(progressCalls(expression).map(({ name, argument }) => `${name} ${argument}`))];
  if (calls.length > MAX_CALLS) return false;
  const unknown = new Set<string>();
  const results = Array.from({ length: 2 ** calls.length }, (_, bits) => {
    const answer = (name: string) => (argument: string) => {
      const position = calls.indexOf(`${name} ${argument}`);
      if (position < 0) unknown.add(argument);
      return position >= 0 && (bits & (1 << position)) !== 0;
    };
    const progress = {
      approved: answer('approved'),
      done: answer('done'),
      passed: answer('passed'),
      accepted: answer('accepted'),
      launched: answer('launched'),
    };
    return readExpression('rule', expression).evaluate({
      campaign: campaign.facts,
      brief: campaign.brief,
      progress,
    });
  });
  if (unknown.size > 0) return false;
  return results.every(
    (holds, bits) => !holds || calls.every((_, position) => results[bits | (1 << position)] === true),
  );
}
const MAX_CALLS = 8;
