import type { CompiledWorkflow, LoopNode, Node } from '../workflow/compiled.js';
import { walk } from '../workflow/compiled.js';
import type { Step } from '../workflow/workflow.js';
import { type Actor, holdsRole, lacking } from './actor.js';
import { openGaps } from './launch-gaps.js';
import { describeMissing, describeOpen, judgedIn, type Missing, type StepProgress } from './progress.js';
import { demandedApprovals } from './approvals/demands.js';
import { didYouMean, type Refusal, refusal } from './refusal.js';
import type { Situation } from './situation.js';
import type { Change } from './state.js';

/** What an action would change, or why it may not be carried out. Nothing here writes. */
export type Decision =
  | { readonly refusals: readonly [Refusal, ...Refusal[]]; readonly changes: null }
  | { readonly refusals: readonly []; readonly changes: readonly Change[] };

export const refuse = (first: Refusal, ...others: Refusal[]): Decision => ({
  refusals: [first, ...others],
  changes: null,
});
export const accept = (...changes: Change[]): Decision => ({ refusals: [], changes });

export function notRunning(situation: Situation): Refusal | null {
  const { status, facts } = situation.campaign;
  if (status === 'running') return null;
  return refusal('CAMPAIGN_NOT_RUNNING', `campaign '${facts.key}' is ${status}`);
}

/** Begins a step whose predecessors are done and which no rule blocks (R1, R43). */
export function startStep(situation: Situation, actor: Actor, key: string): Decision {
  const found = openStep(situation, key);
  if ('code' in found) return refuse(found);
  const step = found.part;
  const denied = lacking(actor, 'contributor') ?? wrongAction(step, 'startStep') ?? notOpen(situation, found);
  if (denied) return refuse(denied);
  if (found.status !== 'ready') {
    return refuse(refusal('STEP_NOT_OPEN', `step '${key}' has already been started`));
  }
  const [blocked, ...others] = situation.blockedBy(`start:${key}`);
  return blocked ? refuse(blocked, ...others) : accept(stepChange(situation, key, 'started'));
}

/** Ends a started step; a step that only waited for its input to become final must have it by now (R5). */
export function completeStep(situation: Situation, actor: Actor, key: string): Decision {
  const found = openStep(situation, key);
  if ('code' in found) return refuse(found);
  const step = found.part;
  const denied =
    lacking(actor, 'contributor') ?? wrongAction(step, 'completeStep') ?? notOpen(situation, found);
  if (denied) return refuse(denied);
  if (found.status !== 'started') {
    return refuse(
      refusal('STEP_NOT_STARTED', `step '${key}' has not been started`, {
        missing: [`start ${key}`],
        askRole: step.responsible,
      }),
    );
  }
  const drafts = step.needs.filter((need) => !situation.isFinal(need));
  if (step.startOn === 'draft' && drafts.length > 0) {
    const missing: Missing[] = drafts.map((need) => ({ kind: 'step', key: need }));
    const message = `step '${key}' began on a draft and cannot finish before ${drafts.join(', ')} is final`;
    return refuse(
      refusal('PREDECESSOR_OPEN', message, { missing: drafts, askRole: situation.rolesOf(missing) }),
    );
  }
  const [blocked, ...others] = situation.blockedBy(`complete:${key}`);
  return blocked ? refuse(blocked, ...others) : accept(...finish(situation, step));
}

/** Approves what an approval or review step looks at, in one of the roles responsible for it (R46). */
export function approve(situation: Situation, actor: Actor, key: string, comment: string | null): Decision {
  const found = judgedStep(situation, actor, key, 'approve');
  if ('code' in found) return refuse(found);
  const { step, role } = found;
  return accept(
    { type: 'approval', step: key, decision: 'approved', role, comment },
    ...finish(situation, step),
  );
}

/** Returns work for rework; past the allowed number of returns it escalates to the accountable role (R17). */
export function reject(situation: Situation, actor: Actor, key: string, comment: string): Decision {
  const found = judgedStep(situation, actor, key, 'reject');
  if ('code' in found) return refuse(found);
  const { step, role } = found;
  return returnWork(situation, step, { type: 'approval', step: key, decision: 'rejected', role, comment });
}

/** What a rejection leads to: the work is mended, or who answers for it is asked. */
export function returnWork(situation: Situation, step: Step, judgement: Change): Decision {
  const { key } = step;
  const round = (situation.state.steps.get(key)?.round ?? 0) + 1;
  // Whoever answers for it may have it mended once more than anybody else.
  const isDecided = situation.state.steps.get(key)?.status === 'escalated';
  const escalates = !step.rework || (round > step.rework.max && !isDecided);
  if (escalates) return accept(judgement, { type: 'step', key, state: { status: 'escalated', round } });
  const { via } = step.rework;
  if (via.when !== null && !situation.holdsFor('step', via.when)) {
    // Nothing to mend: what is looked at is made again at once.
    const opened = reopen(situation, via, round).filter((each) => each.type === 'step' && each.key !== key);
    return accept(judgement, { type: 'step', key, state: { status: 'pending', round } }, ...opened);
  }
  return accept(
    judgement,
    { type: 'step', key, state: { status: 'rejected', round } },
    { type: 'step', key: via.key, state: { status: 'pending', round } },
  );
}

/** Leaves out a step that the definition calls optional (R25). */
export function skipStep(situation: Situation, actor: Actor, key: string): Decision {
  const found = openStep(situation, key);
  if ('code' in found) return refuse(found);
  const denied = lacking(actor, 'contributor') ?? notOpen(situation, found);
  if (denied) return refuse(denied);
  if (!found.part.optional) {
    return refuse(
      refusal('WRONG_ACTION', `step '${key}' is mandatory and cannot be skipped`, {
        askRole: [found.part.accountable],
      }),
    );
  }
  return accept(...finish(situation, found.part, 'skipped'));
}

/**
 * Opens a channel: every predecessor done, no rule against it, every approval of the Policy given (R43, R44), and every least gap over (R24).
 * @param now null where only the order of things is judged
 */
export function launchChannel(
  situation: Situation,
  actor: Actor,
  channel: string,
  now: Date | null = null,
): Decision {
  const launches = [...situation.progress.steps.values()].filter(
    ({ part }) => part.kind === 'launch' && part.channel === channel,
  );
  const [first] = launches;
  if (!first) {
    const known = [...situation.campaign.channels.keys()].join(', ');
    return refuse(refusal('UNKNOWN_CHANNEL', `no step launches '${channel}'; the channels are ${known}`));
  }
  const next = launches.find(({ status }) => status === 'ready' || status === 'started') ?? first;
  const denied = lacking(actor, 'contributor') ?? notRunning(situation);
  if (denied) return refuse(denied);
  const open = [held(situation, channel), notOpen(situation, next)].filter((each) => each !== null);
  const blocked = situation.blockedBy(
    `launch:${channel}`,
    `start:${next.part.key}`,
    `complete:${next.part.key}`,
  );
  const early = now ? openGaps(situation, next.part.key, now) : [];
  const [refused, ...others] = [...open, ...blocked, ...early, ...demandedApprovals(situation, channel)];
  if (refused) return refuse(refused, ...others);
  return accept(...finish(situation, next.part), { type: 'channel', channel, status: 'live' });
}

/** Why a paused channel cannot be opened; null where it is not paused. */
function held({ campaign }: Situation, channel: string): Refusal | null {
  const { status, pausedBy = null } = campaign.channels.get(channel) ?? {};
  if (status !== 'paused') return null;
  const message = `'${channel}' was paused${pausedBy === null ? '' : ` by ${pausedBy}`}; it has to be resumed first`;
  return refusal('CHANNEL_PAUSED', message, {
    missing: [`resume ${channel}`],
    askRole: ['approver', 'steward'],
  });
}

/** Ends a campaign in which nothing is open any more. */
export function endCampaign(situation: Situation, actor: Actor): Decision {
  const denied = lacking(actor, 'steward') ?? notRunning(situation);
  if (denied) return refuse(denied);
  const { open } = situation.progress;
  if (open.length === 0) return accept({ type: 'campaign', status: 'ended', reason: null });
  const missing = open.map(describeMissing);
  const message = `campaign '${situation.campaign.facts.key}' cannot end while ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} open`;
  return refuse(refusal('CAMPAIGN_NOT_FINISHED', message, { missing, askRole: situation.rolesOf(open) }));
}

/** Calls a campaign off. What is open stays undone, and nothing can be sent any more. */
export function cancelCampaign(situation: Situation, actor: Actor, reason: string): Decision {
  const denied = lacking(actor, 'steward') ?? notRunning(situation);
  if (denied) return refuse(denied);
  if (reason.trim() === '')
    return refuse(
      refusal('REASON_MISSING', 'calling a campaign off needs a reason, for whoever worked on it'),
    );
  return accept({ type: 'campaign', status: 'cancelled', reason: reason.trim() });
}

export function openStep(situation: Situation, key: string): StepProgress | Refusal {
  const closed = notRunning(situation);
  if (closed) return closed;
  const found = situation.progress.steps.get(key);
  if (found) return found;
  const message = `workflow '${situation.workflow.key}' has no step '${key}' in the version this campaign is pinned to${didYouMean(key, situation.progress.steps.keys())}`;
  return refusal('UNKNOWN_STEP', message);
}

/** Why a step cannot be worked on now; null when it can. */
export function notOpen(situation: Situation, { part, status, missing }: StepProgress): Refusal | null {
  if (status === 'not-taken') {
    return refusal('BRANCH_NOT_TAKEN', `step '${part.key}' is in a branch that this campaign did not take`);
  }
  if (status === 'not-needed') {
    const why = part.when === null ? 'nothing was rejected' : `its condition does not hold (${part.when})`;
    return refusal('STEP_NOT_OPEN', `step '${part.key}' is not needed: ${why}`);
  }
  if (status === 'done' || status === 'skipped' || status === 'rejected') {
    return refusal('STEP_NOT_OPEN', `step '${part.key}' is ${status}`);
  }
  const open = status === 'waiting' ? missing : openAgain(situation, part, missing);
  if (open.length === 0) return null;
  const names = open.map(describeMissing);
  const failed = open.filter(
    ({ kind, key }) => kind === 'gate' && situation.progress.gates.get(key)?.status === 'failed',
  );
  const why = failed.map(({ key }) => `; gate ${key} was evaluated and failed: its results say at what`);
  const waitsFor = describeOpen(situation.compiled, open).join(', ');
  const rule = open.find(({ kind }) => kind !== 'step')?.key ?? null;
  const again = status === 'waiting' ? '' : ' again';
  return refusal('PREDECESSOR_OPEN', `step '${part.key}' waits for ${waitsFor}${again}${why.join('')}`, {
    rule,
    missing: names,
    askRole: situation.rolesOf(open),
  });
}

/** Approvals, gates and hand-offs that were behind a step when it began, and have to be given again. */
function openAgain({ compiled }: Situation, step: Step, missing: readonly Missing[]): readonly Missing[] {
  const judged = judgedIn(compiled);
  const isDraft = (key: string) => step.startOn === 'draft' && step.needs.includes(key);
  return missing.filter(({ kind, key }) => kind !== 'step' || (judged.has(key) && !isDraft(key)));
}

function wrongAction(step: Step, action: 'startStep' | 'completeStep'): Refusal | null {
  if (step.kind === 'launch') {
    const channel = step.channel ?? '';
    return refusal('WRONG_ACTION', `step '${step.key}' launches a channel: use launchChannel('${channel}')`);
  }
  if ((step.kind === 'approval' || step.kind === 'review') && action === 'completeStep') {
    const what = step.kind === 'approval' ? 'an approval' : 'a review';
    return refusal('WRONG_ACTION', `step '${step.key}' is ${what}: use approve or reject`, {
      askRole: step.responsible,
    });
  }
  return null;
}

function judgedStep(
  situation: Situation,
  actor: Actor,
  key: string,
  action: 'approve' | 'reject',
): { step: Step; role: string } | Refusal {
  const found = openStep(situation, key);
  if ('code' in found) return found;
  const step = found.part;
  if (step.kind !== 'approval' && step.kind !== 'review') {
    return refusal('WRONG_ACTION', `step '${key}' is a ${step.kind}, which nobody approves or rejects`);
  }
  const denied = lacking(actor, 'approver') ?? notOpen(situation, found);
  if (denied) return denied;
  const entitled = found.status === 'escalated' ? [step.accountable] : step.responsible;
  const role = entitled.find((each) => holdsRole(actor, each));
  if (role !== undefined) return { step, role };
  const message = `'${actor.name}' cannot ${action} '${key}': it takes the role ${entitled.join(' or ')}`;
  return refusal('ROLE_MISSING', message, { missing: entitled, askRole: entitled });
}

const stepChange = (situation: Situation, key: string, status: 'started' | 'done' | 'skipped'): Change => ({
  type: 'step',
  key,
  state: { status, round: situation.state.steps.get(key)?.round ?? 0 },
});

/** A redo step that is behind opens the loop's body again, for the next round: also one that was skipped mends nothing. */
export function finish(situation: Situation, step: Step, status: 'done' | 'skipped' = 'done'): Change[] {
  const review = loopRedoneBy(situation, step)?.review.key ?? '';
  const round = situation.state.steps.get(review)?.round ?? 0;
  return [stepChange(situation, step.key, status), ...reopen(situation, step, round)];
}

/** Opens again what a step redoes; nothing where it is no redo step. */
function reopen(situation: Situation, redo: Step, round: number): Change[] {
  const body = loopRedoneBy(situation, redo)?.body;
  return [...(body ? walk(body) : [])].flatMap((node): Change[] =>
    node.type === 'step' && situation.state.steps.has(node.step.key)
      ? [{ type: 'step', key: node.step.key, state: { status: 'pending', round } }]
      : [],
  );
}

const loopRedoneBy = ({ compiled }: Situation, step: Step): LoopNode | undefined =>
  loopsIn(compiled).find(({ redo }) => redo.step.key === step.key);

/** A compiled workflow never changes, and this is asked of each step that ends. */
function loopsIn({ root }: CompiledWorkflow): readonly LoopNode[] {
  const known = loops.get(root) ?? [...walk(root)].filter((node) => node.type === 'loop');
  loops.set(root, known);
  return known;
}
const loops = new WeakMap<Node, readonly LoopNode[]>();
