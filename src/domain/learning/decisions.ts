import { type FiscalYear, quarterAround } from './quarter.js';

/** What a review has decided; whoever owns it sees to it. */
export interface ReviewDecision {
  readonly text: string;
  /** A role, or a person. */
  readonly owner: string;
  /** Day by which it is done, ISO 8601. */
  readonly dueOn: string;
  /** Key of the workflow that it is about; null where it is about none, or about several. */
  readonly workflow: string | null;
  /** Branch of the proposal that carries it out; null where there is none. */
  readonly proposal: string | null;
}
export interface Attendee {
  readonly name: string;
  readonly team: string;
}

/** What people say became of a decision of an earlier review. */
export interface DecisionOutcome {
  /** The quarter whose review decided it, and its place among the decisions there, from 1. */
  readonly quarter: string;
  readonly decision: number;
  readonly outcome: 'done' | 'dropped' | 'carried-on';
  readonly note: string | null;
}

/** A review that was completed. It never changes, but for the name of its quarter. */
export interface CompletedReview {
  /** As the Policy of today names it. */
  readonly quarter: string;
  /** The period that was reviewed; `end` is the first moment after it. */
  readonly start: Date;
  readonly end: Date;
  readonly completedAt: Date;
  /** Who has completed it. */
  readonly actor: string;
  readonly attendees: readonly Attendee[];
  readonly decisions: readonly ReviewDecision[];
  readonly outcomes: readonly DecisionOutcome[];
  /** SHA-256, in hexadecimal digits, of the figures as they were then, in the canonical form of RFC 8785. */
  readonly snapshotHash: string;
}

/** A review as it is kept: with periods in the place of names, since another fiscal year gives those to other quarters. */
export interface KeptReview extends Omit<CompletedReview, 'quarter' | 'outcomes'> {
  readonly outcomes: readonly KeptOutcome[];
}
/** @see DecisionOutcome */
export interface KeptOutcome extends Omit<DecisionOutcome, 'quarter'> {
  /** Start of the period whose review decided it, ISO 8601. */
  readonly start: string;
}

/**
 * Reviews under the names of the fiscal year: each is the one of the quarter that the middle of its period is in, so that no
 * two have the same name, and another time zone changes none.
 */
export function namedReviews(kept: readonly KeptReview[], fiscal: FiscalYear): CompletedReview[] {
  const nameOf = ({ start, end }: KeptReview) =>
    quarterAround(new Date((start.getTime() + end.getTime()) / 2), fiscal).name;
  const names = new Map(kept.map((each) => [each.start.getTime(), nameOf(each)]));
  return kept.map(({ outcomes, ...review }) => ({
    ...review,
    quarter: names.get(review.start.getTime()) ?? '',
    outcomes: outcomes.map(({ start, ...outcome }) => ({
      ...outcome,
      quarter: names.get(Date.parse(start)) ?? '',
    })),
  }));
}

/** The commit by which a proposal came to the branch that is served. */
export interface Landed {
  readonly branch: string;
  readonly commitSha: string;
  readonly committedAt: Date;
}

export type DecisionState = 'done' | 'dropped' | 'open' | 'overdue';

export interface DecisionFate extends ReviewDecision {
  readonly quarter: string;
  /** Place among the decisions of its review, from 1. */
  readonly number: number;
  readonly state: DecisionState;
  /** What carried it out, where that is known. */
  readonly commitSha: string | null;
  readonly note: string | null;
}

/**
 * What became of every decision, oldest first: what a later review says of it; else done where its proposal came to the branch; else open,
 * and overdue after its day.
 * @param today ISO 8601
 */
export function fatesOf(
  reviews: readonly CompletedReview[],
  landed: readonly Landed[],
  today: string,
): DecisionFate[] {
  const said = reviews.flatMap(({ outcomes }) => outcomes);
  return reviews.flatMap(({ quarter, decisions }) =>
    decisions.map((decision, at): DecisionFate => {
      const number = at + 1;
      const told = said.filter((each) => each.quarter === quarter && each.decision === number).at(-1);
      const commit = landed.find(({ branch }) => branch === decision.proposal);
      const open = decision.dueOn < today ? 'overdue' : 'open';
      const judged = told && told.outcome !== 'carried-on' ? told.outcome : null;
      return {
        ...{ ...decision, quarter, number },
        state: judged ?? (commit ? 'done' : open),
        commitSha: commit?.commitSha ?? null,
        note: told?.note ?? null,
      };
    }),
  );
}
