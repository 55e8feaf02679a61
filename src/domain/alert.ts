/** What somebody has to be told of, and what to do about it. A kind is never given another meaning. */
export const ALERT_KINDS = {
  'repository-unreadable': 'The repository cannot be read; what was taken over before stays in service.',
  'history-rewritten': 'Commits that were taken over are not on the branch any more; their versions stay.',
  'served-behind': 'What is served has been other than what the branch says for a while.',
  'retirement-waits':
    'Workflows would be retired that look as if that were an accident: a steward lets them go.',
  'host-refused':
    'The host does not let us read pull requests, or write on them: the token is not valid, or may not do that.',
  'channel-paused':
    'A gate has failed and holds a channel that disagrees; an approver resumes it once it is mended.',
  'trigger-fired': 'A trigger of a campaign has acted, and tells the roles that its definition names.',
  'signal-unfit':
    'A trigger would have acted, but the data were not good enough: late, sparse, incomplete or faulty.',
  'answer-overdue':
    'An approval or a hand-off was not answered in time; the next in line is asked, where there is one.',
  'signal-unusual':
    'A value of a signal is unusual beside those before it: one in a thousand is, where nothing is the matter.',
  'over-meeting':
    'Somebody sits in meetings of campaigns for longer than the budget: drop some, shorten them, or send somebody else.',
  'audit-rewritten':
    'The published checkpoints of the audit record are not what was published: somebody has changed them, or the record.',
  'review-due':
    'Something calls for a look at the workflows before the quarter ends; whoever has looked acknowledges it, with what came of it.',
  'notifications-undelivered':
    'Notifications could not be delivered to a target, and are not tried any more until somebody has them sent again.',
} as const;
export type AlertKind = keyof typeof ALERT_KINDS;

/** Kinds of what has happened and does not pass by itself: such an alert is over when somebody has taken notice. */
export const OVER_WHEN_NOTICED: readonly AlertKind[] = ['history-rewritten', 'trigger-fired', 'review-due'];

/** Kinds that say something of a campaign that runs: they are over when it has ended. */
export const OVER_WITH_CAMPAIGN: readonly AlertKind[] = ['channel-paused', 'signal-unfit', 'signal-unusual'];

/** An alert of the same kind on the same subject is one, as long as it is not over. */
export interface Alert {
  readonly kind: AlertKind;
  readonly subject: string;
  readonly message: string;
  /** Key of the campaign that it concerns; null or absent where it concerns none. */
  readonly campaign?: string | null;
  /** Roles that are told; empty or absent where whoever looks after Weir is. */
  readonly roles?: readonly string[];
}
