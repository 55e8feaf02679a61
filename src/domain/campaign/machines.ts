import { approvalKey, type ApprovalStatus, approvalStatuses } from './approvals/statuses.js';
import type { AuditAction } from './audit.js';
import type { Permission } from './actor.js';
import type { GateStatus, HandoffStatus, StepStatus } from './progress.js';
import type { SectionStatus } from './sections.js';
import type { Situation } from './situation.js';
import type { CampaignStatus, Change, ChannelStatus } from './state.js';

/** How a part of a campaign gets from one state to another. */
export interface Move<State extends string> {
  readonly from: readonly State[];
  readonly to: readonly State[];
  /** What brings it about; none where it follows from something else, as `why` says. */
  readonly by: readonly AuditAction[];
  /** What whoever does it needs at least; null where nobody does it. */
  readonly who: Permission | 'trigger' | null;
  /** When it is allowed, or what it follows from. */
  readonly why: string;
}
export interface Machine<State extends string> {
  readonly begins: State;
  /** Each state, and what it means. */
  readonly states: Readonly<Record<State, string>>;
  readonly moves: readonly Move<State>[];
}

const follows = <State extends string>(
  from: readonly State[],
  to: readonly State[],
  why: string,
): Move<State> => ({
  ...{ from, to, why },
  by: [],
  who: null,
});

const campaign: Machine<CampaignStatus> = {
  begins: 'running',
  states: {
    running: 'Work goes on.',
    ended: 'Nothing is open any more, and its retrospective is.',
    cancelled: 'It was called off: what is open stays undone, and nothing is sent any more.',
  },
  moves: [
    {
      ...{ from: ['running'], to: ['ended'], by: ['campaign.end'], who: 'steward' },
      why: 'nothing is open',
    },
    {
      ...{ from: ['running'], to: ['cancelled'], by: ['campaign.cancel'], who: 'steward' },
      why: 'with a reason',
    },
  ],
};

const section: Machine<SectionStatus> = {
  begins: 'waiting',
  states: {
    waiting: 'Nothing of it can be worked on yet.',
    open: 'Something of it can be worked on, or is.',
    done: 'Nothing of it is open.',
  },
  moves: [
    follows(['waiting'], ['open'], 'what it waits for is done, and its hand-off accepted'),
    follows(
      ['open', 'done'],
      ['waiting'],
      'something before it was returned for rework, or is open again, and nothing of it was done',
    ),
    follows(['waiting', 'open'], ['done'], 'its last step is behind'),
    follows(['done'], ['open'], 'something of it was returned for rework, or is needed after all'),
  ],
};

/** What can bring the step behind that mends returned work. */
const MENDED: readonly AuditAction[] = ['step.complete', 'step.skip', 'campaign.deviate'];

/** What can make what was approved something else. */
const CHANGED: readonly AuditAction[] = ['brief.update', 'launch.plan', 'asset.add', 'campaign.assess'];

/** Where what is made again may stand; in the midst of it only where a campaign has moved to a version that has it there. */
const REDONE: readonly StepStatus[] = ['done', 'skipped', 'ready', 'started', 'rejected', 'escalated'];

const step: Machine<StepStatus> = {
  begins: 'waiting',
  states: {
    waiting: 'Something has to be done first.',
    ready: 'It can begin.',
    started: 'Somebody is at it.',
    done: 'It is finished; an approval or a review: it was approved.',
    skipped: 'It was left out: optional, or gone past.',
    rejected: 'What it looked at was returned, and is being mended.',
    escalated: 'It was returned more often than allowed: the accountable role decides.',
    'not-needed': 'Its condition does not hold, or there is nothing to mend.',
    'not-taken': 'It is in a branch that was not taken.',
  },
  moves: [
    follows(['waiting'], ['ready'], 'what it waits for is done, and its condition holds'),
    follows(['ready'], ['waiting'], 'something before it was returned for rework, or is open again'),
    follows(['waiting', 'ready'], ['not-needed'], 'its condition does not hold'),
    follows(
      ['not-needed'],
      ['waiting', 'ready'],
      'its condition holds after all, or there is something to mend',
    ),
    follows(['waiting', 'ready', 'not-needed'], ['not-taken'], 'another branch was begun'),
    follows(['not-taken'], ['waiting', 'ready'], 'the branch that was begun is open again'),
    {
      ...{ from: ['ready'], to: ['started'], by: ['step.start'], who: 'contributor' },
      why: 'no rule forbids it',
    },
    {
      ...{ from: ['started'], to: ['done'], by: ['step.complete'], who: 'contributor' },
      why: 'what it began on as a draft is final, and no rule forbids it',
    },
    {
      ...{ from: ['ready', 'started', 'escalated'], to: ['done'], by: ['step.approve'], who: 'approver' },
      why: 'in a role that is responsible for it; an escalated one in the accountable role',
    },
    {
      ...{ from: ['ready', 'started'], to: ['done'], by: ['channel.launch'], who: 'contributor' },
      why: 'it launches a channel; every approval of the Policy is given, and no rule forbids it',
    },
    {
      ...{ from: ['ready', 'started', 'escalated'], to: ['rejected'], by: ['step.reject'], who: 'approver' },
      why: 'as often as its rework allows',
    },
    {
      ...{ from: ['ready', 'started'], to: ['escalated'], by: ['step.reject'], who: 'approver' },
      why: 'more often than its rework allows, or without any',
    },
    {
      ...{ from: ['ready', 'started', 'escalated'], to: ['skipped'], by: ['step.skip'], who: 'contributor' },
      why: 'it is optional',
    },
    {
      ...{
        from: ['ready', 'started', 'escalated'],
        to: ['skipped'],
        by: ['campaign.deviate'],
        who: 'contributor',
      },
      why: 'the Policy lets this role go past it, and it launches nothing',
    },
    {
      ...{ from: ['escalated'], to: ['rejected', 'waiting'], by: ['step.reject'], who: 'approver' },
      why: 'the accountable role has it mended once more',
    },
    {
      ...{ from: ['done'], to: ['started'], by: CHANGED, who: 'contributor' },
      why: 'it is an approval or a review, and what it looked at has changed, or more can go wrong than was known',
    },
    {
      ...{ from: ['rejected'], to: ['waiting', 'ready'], by: MENDED, who: 'contributor' },
      why: 'what mends it is behind, so that it is looked at again',
    },
    {
      ...{ from: REDONE, to: ['waiting', 'ready'], by: [...MENDED, 'step.reject'] },
      ...{
        who: 'contributor',
        why: 'it was returned for rework, and what mends it is behind, or nothing has to',
      },
    },
    {
      ...{ from: ['ready', 'started', 'escalated'], to: ['waiting', 'ready'], by: ['step.reject'] },
      ...{ who: 'approver', why: 'there is nothing to mend: what it looked at is made again at once' },
    },
  ],
};

/** What can change what was handed over, or take away what was verified. */
const RETAKEN: readonly AuditAction[] = [
  ...CHANGED,
  ...MENDED,
  ...(['step.reject', 'gate.evaluate', 'channel.pause', 'trigger.fire'] as const),
];

const handoff: Machine<HandoffStatus> = {
  begins: 'waiting',
  states: {
    waiting: 'What it hands over is not done.',
    open: 'The receiving side is asked to take it.',
    returned: 'The receiving side has sent it back, and it was not offered again.',
    accepted: 'The receiving side has it, complete and verified.',
  },
  moves: [
    follows(['waiting'], ['open'], 'what comes before it is done'),
    follows(
      ['open', 'returned'],
      ['waiting'],
      'something before it was returned for rework, or is open again',
    ),
    follows(['waiting'], ['returned'], 'what comes before it is done again, and it was sent back before'),
    {
      ...{ from: ['open'], to: ['returned'], by: ['handoff.return'], who: 'contributor' },
      why: 'in a role that receives it, with a reason',
    },
    {
      ...{ from: ['returned'], to: ['open'], by: ['handoff.offer'], who: 'contributor' },
      why: 'in a role that hands it over',
    },
    {
      ...{ from: ['open'], to: ['accepted'], by: ['handoff.accept'], who: 'contributor' },
      why: 'in a role that receives it; its payload is there and verified',
    },
    {
      ...{ from: ['accepted'], to: ['open', 'waiting'], by: RETAKEN, who: 'contributor' },
      why: 'what was taken over has changed, is gone or is made again, or what was verified holds no more',
    },
  ],
};

const approval: Machine<ApprovalStatus> = {
  begins: 'waiting',
  states: {
    waiting: 'What it looks at is not done, or nobody is asked for it.',
    asked: 'The role is asked, or who stands in for it.',
    given: 'The role has approved what there is to see.',
    'not-needed': 'Enough others have approved, or its step is left out.',
  },
  moves: [
    follows(['waiting'], ['asked'], 'what it looks at is done, and no rule forbids it'),
    follows(['asked'], ['waiting'], 'something before it was returned for rework, or somebody else decides'),
    follows(['waiting', 'asked'], ['not-needed'], 'enough others have approved, or its step is left out'),
    follows(['not-needed'], ['waiting', 'asked'], 'its step is open again'),
    {
      ...{ from: ['asked'], to: ['given'], by: ['step.approve'], who: 'approver' },
      why: 'in that role, or for it; nobody approves their own work, or twice',
    },
    {
      ...{ from: ['asked', 'given'], to: ['waiting', 'asked'], by: ['step.reject'], who: 'approver' },
      why: 'this or another role has returned the work',
    },
    {
      ...{ from: ['given'], to: ['waiting', 'asked'], by: CHANGED, who: 'contributor' },
      why: 'what it looked at has changed, or more can go wrong than was known',
    },
    {
      ...{ from: ['given'], to: ['waiting'], by: MENDED, who: 'contributor' },
      why: 'a later review returned the work, and what mends it is behind',
    },
  ],
};

const gate: Machine<GateStatus> = {
  begins: 'waiting',
  states: {
    waiting: 'It is not reached.',
    open: 'It is reached, and was not evaluated yet.',
    passed: 'Every check passed when it was evaluated last.',
    failed: 'A check failed, or had no data, when it was evaluated last.',
    deviated: 'It was gone past, with a reason.',
  },
  moves: [
    follows(['waiting'], ['open'], 'what it looks at is done'),
    follows(['open'], ['waiting'], 'something before it was returned for rework'),
    {
      ...{ from: ['open', 'failed', 'deviated'], to: ['passed'], by: ['gate.evaluate'] },
      ...{ who: 'contributor', why: 'every check passes; in the role of an approver where it names some' },
    },
    {
      ...{ from: ['open', 'passed', 'deviated'], to: ['failed'], by: ['gate.evaluate'] },
      ...{ who: 'contributor', why: 'a check does not pass, or has no data' },
    },
    {
      ...{ from: ['passed'], to: ['open', 'waiting'], by: ['asset.add'], who: 'contributor' },
      why: 'it stands at the end and holds things up, and what it compared has changed',
    },
    {
      ...{ from: ['open', 'failed'], to: ['deviated'], by: ['campaign.deviate'], who: 'contributor' },
      why: 'the Policy lets this role go past it',
    },
  ],
};

const channel: Machine<ChannelStatus> = {
  begins: 'planned',
  states: {
    planned: 'Nothing was launched on it.',
    live: 'It was launched.',
    paused: 'It is held: nothing is launched or sent on it.',
  },
  moves: [
    {
      ...{ from: ['planned'], to: ['live'], by: ['channel.launch'], who: 'contributor' },
      why: 'with its launch step, which says when',
    },
    {
      ...{ from: ['planned', 'live'], to: ['paused'], by: ['channel.pause'], who: 'contributor' },
      why: 'with a reason',
    },
    {
      ...{ from: ['planned', 'live'], to: ['paused'], by: ['gate.evaluate'], who: 'contributor' },
      why: 'a gate with `onFail: pause-channel` has failed, and this channel disagrees',
    },
    {
      ...{ from: ['planned', 'live'], to: ['paused'], by: ['trigger.fire'], who: 'trigger' },
      why: 'a trigger of its workflow acts',
    },
    {
      ...{ from: ['paused'], to: ['planned', 'live'], by: ['channel.resume'], who: 'approver' },
      why: 'it is what it was before; a steward may, too',
    },
    {
      ...{ from: ['paused'], to: ['planned', 'live'], by: ['trigger.fire'], who: 'trigger' },
      why: 'a trigger acts, and a trigger had paused it',
    },
  ],
};

/**
 * The states of a campaign and its parts, how each gets from one to another, and who may see to it. Nothing is saved that is not one
 * of these moves; `docs/states.md` draws them.
 */
export const MACHINES = { campaign, section, step, handoff, approval, gate, channel } as const;
export type Part = keyof typeof MACHINES;

/** Whether something may get from one state to another by an action; by none, where it follows from another move. */
export const isMove = (part: Part, from: string, to: string, action: AuditAction | null): boolean =>
  (MACHINES[part].moves as readonly Move<string>[]).some(
    (move) =>
      move.to.includes(to) &&
      move.from.includes(from) &&
      (action === null ? move.by.length === 0 : move.by.includes(action)),
  );

/** What an action would have saved, had it been let: a fault of whoever decided on it, not of whoever asked. */
export class ImpossibleMove extends Error {
  override readonly name = 'ImpossibleMove';
}

/** Holds what an action changes against the machines. @throws ImpossibleMove */
export function checkMoves(situation: Situation, action: AuditAction, changes: readonly Change[]): void {
  for (const change of changes) {
    const move = moveOf(situation, change);
    if (move === null || move.from === move.to || isMove(move.part, move.from, move.to, action)) continue;
    throw new ImpossibleMove(
      `${move.part} '${move.key}' cannot go from ${move.from} to ${move.to} by ${action}`,
    );
  }
}

interface Moved {
  readonly part: Part;
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/** Null where a change moves nothing, or leaves it where it is. */
function moveOf(situation: Situation, change: Change): Moved | null {
  const {
    campaign: { status, channels },
    progress,
  } = situation;
  switch (change.type) {
    case 'approval': {
      const key = approvalKey(change.step, change.forRole ?? change.role);
      const from = approvalStatuses(situation).get(key) ?? 'waiting';
      return { part: 'approval', key, from, to: change.decision === 'approved' ? 'given' : 'waiting' };
    }
    case 'campaign':
      return { part: 'campaign', key: 'campaign', from: status, to: change.status };
    case 'step': {
      const [from, to] = [progress.steps.get(change.key)?.status ?? '', change.state.status];
      const isOpenAlready = to === 'pending' && ['waiting', 'not-needed', 'not-taken'].includes(from);
      return isOpenAlready
        ? null
        : { part: 'step', key: change.key, from, to: to === 'pending' ? 'waiting' : to };
    }
    case 'gate':
      return {
        part: 'gate',
        key: change.key,
        from: progress.gates.get(change.key)?.status ?? '',
        to: change.status === 'reopened' ? 'open' : change.status,
      };
    case 'handoff':
      return {
        part: 'handoff',
        key: change.key,
        from: progress.handoffs.get(change.key)?.status ?? '',
        to: 'accepted',
      };
    case 'invalidation':
      return change.kind === 'handoff'
        ? {
            ...{ part: 'handoff', key: change.key, to: 'open' },
            from: progress.handoffs.get(change.key)?.status ?? '',
          }
        : null;
    case 'return':
    case 'offer':
      return {
        part: 'handoff',
        key: change.handoff,
        from: progress.handoffs.get(change.handoff)?.status ?? '',
        to: change.type === 'return' ? 'returned' : 'open',
      };
    case 'channel':
    case 'pause':
    case 'resume': {
      const known = channels.get(change.channel);
      const resumed = known?.launchedAt ? 'live' : 'planned';
      const to = change.type === 'channel' ? change.status : change.type === 'pause' ? 'paused' : resumed;
      return { part: 'channel', key: change.channel, from: known?.status ?? 'planned', to };
    }
    default:
      return null;
  }
}
