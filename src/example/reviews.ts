import { DateTime } from 'luxon';
import type { ReviewInput } from '../application/complete-review.js';
import type { ReviewDecision } from '../domain/learning/decisions.js';
import { lastTwoQuarters, type Quarter, quarterAfter, workingDay } from './calendar.js';

/** A quarterly review, with the moment at which it is completed. */
export interface ExampleReview extends ReviewInput {
  readonly at: Date;
}

const ATTENDEES = [
  { name: 'marketing-ops@example.com', team: 'Marketing operations' },
  { name: 'campaigns@example.com', team: 'Campaign management' },
  { name: 'product@example.com', team: 'Product management' },
  { name: 'sales@example.com', team: 'Sales' },
];

/** The third working day of the quarter after, when the last launches have been counted. */
const [DAY, HOUR] = [3, 14];

/** The reviews that were completed by the UTC day of `today`: in the first days of a quarter, that of the last one is still due. */
export function exampleReviews(today: Date): readonly ExampleReview[] {
  const [first, second] = lastTwoQuarters(today);
  const third = quarterAfter(second);
  const firstReview: ExampleReview = {
    quarter: nameOf(first),
    at: workingDay(second, DAY, HOUR),
    attendees: ATTENDEES,
    decisions: [
      decision('Let the teams of the B2B launch work side by side, one change at a time', {
        ...{ owner: 'marketing-ops-manager', workflow: 'quarterly-b2b-launch' },
        dueOn: workingDay(second, 20, 0),
      }),
      decision('Let story and key visual of brand campaigns meet half-way', {
        ...{ owner: 'campaign-manager', workflow: 'budget-and-creative' },
        dueOn: workingDay(second, 45, 0),
      }),
      decision('Answer the retrospective of every campaign within two weeks of its end', {
        ...{ owner: 'marketing-ops-manager', workflow: null },
        dueOn: workingDay(second, 60, 0),
      }),
    ],
    outcomes: [],
  };
  const secondReview: ExampleReview = {
    quarter: nameOf(second),
    at: workingDay(third, DAY, HOUR),
    attendees: ATTENDEES,
    decisions: [
      decision('Keep the B2B launch in three lanes, and measure three more launches before the next change', {
        ...{ owner: 'marketing-ops-manager', workflow: 'quarterly-b2b-launch' },
        dueOn: workingDay(third, 60, 0),
      }),
      decision('Propose how finance approves every offer before a channel promises it', {
        ...{ owner: 'campaign-manager', workflow: 'product-launch' },
        dueOn: workingDay(third, 55, 0),
      }),
    ],
    outcomes: [
      said(first, 1, 'done', 'three lanes since pull request #14'),
      said(first, 2, 'done', 'a midpoint gate since #19'),
      said(first, 3, 'carried-on', 'most are not answered yet'),
    ],
  };
  return [firstReview, secondReview].filter(({ at }) => at < today);
}

const nameOf = ({ start }: Quarter): string =>
  DateTime.fromJSDate(start, { zone: 'utc' }).toFormat("yyyy-'Q'q");

const decision = (
  text: string,
  { dueOn, ...rest }: Pick<ReviewDecision, 'owner' | 'workflow'> & { readonly dueOn: Date },
): ReviewDecision => ({ ...rest, text, dueOn: dueOn.toISOString().slice(0, 10), proposal: null });

const said = (
  quarter: Quarter,
  number: number,
  outcome: ReviewInput['outcomes'][number]['outcome'],
  note: string,
) => ({ ...{ quarter: nameOf(quarter), decision: number }, outcome, note });
