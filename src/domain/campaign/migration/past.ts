/** What a change would have altered in a campaign that has ended, replayed on the other version. */
export interface PastImpact {
  /** Key of the campaign. */
  readonly campaign: string;
  /** As a sentence: the most that would have been otherwise. */
  readonly detail: string;
  /** Gates that would have been there, or not, or come out otherwise; a sentence each. */
  readonly gates: readonly string[];
  /** Approvals that would have been needed, or not, or of somebody else; a sentence each. */
  readonly approvers: readonly string[];
  /** By how much the launch and the end would have moved, with the work taking as long as it took. */
  readonly dates: readonly DateShift[];
}

export interface DateShift {
  readonly what: 'launch' | 'end';
  readonly before: Date;
  readonly after: Date;
  /** Elapsed hours, positive where later. */
  readonly hours: number;
}
