import { METRICS } from '../metrics/catalogue.js';
import type { MetricEffect } from './metric-effect.js';

/** What the article asks after a campaign (R90). */
export const QUESTIONS = {
  convergence: 'Did the workflow support convergence as intended?',
  bottlenecks: 'Were there bottlenecks?',
  drift: 'Did channels drift out of alignment?',
} as const;
export type Question = keyof typeof QUESTIONS;
export const QUESTION_KEYS = Object.keys(QUESTIONS) as Question[];

/** What one person says to a question. */
export interface GivenAnswer {
  readonly text: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}
/** Oldest first; of each person one. */
export type Answers = Readonly<Partial<Record<Question, readonly GivenAnswer[]>>>;

/** What is to change after a campaign (R91). */
export interface RetrospectiveAction {
  /** Place among the actions of its retrospective, from 1; stays the same. */
  readonly number: number;
  readonly text: string;
  /** A role. */
  readonly owner: string;
  /** Day by which it is done, ISO 8601. */
  readonly dueOn: string;
  /** Key of the workflow to change; null: the campaign's own. */
  readonly workflow: string | null;
  /** Branch of the proposal that carries it out; null where there is none yet. */
  readonly proposal: string | null;
  readonly by: string;
  /** When it was agreed, ISO 8601. */
  readonly at: string;
  /** When somebody said that it was done, ISO 8601; null while nobody has. */
  readonly doneAt: string | null;
}

export type ActionState = 'open' | 'done' | 'overdue';

/** An action without a commit for longer is overdue, whatever its day (R91). */
const OVERDUE_DAYS = 30;
const DAY = 86_400_000;

export function actionState(action: RetrospectiveAction, isCommitted: boolean, now: Date): ActionState {
  if (isCommitted || action.doneAt !== null) return 'done';
  const isOld = now.getTime() - Date.parse(action.at) > OVERDUE_DAYS * DAY;
  return isOld || action.dueOn < now.toISOString().slice(0, 10) ? 'overdue' : 'open';
}

/** The answers with one more: whoever has answered before says something else now; what others say stays. */
export function withAnswers(
  answers: Answers,
  given: Readonly<Partial<Record<Question, string>>>,
  by: string,
  at: Date,
): Answers {
  const added = QUESTION_KEYS.flatMap((question) => {
    const text = given[question]?.trim();
    if (text === undefined) return [];
    const others = (answers[question] ?? []).filter((each) => each.by !== by);
    return [[question, [...others, { text, by, at: at.toISOString() }]] as const];
  });
  return { ...answers, ...Object.fromEntries(added) };
}

/** What the campaigns since show of an action, in a sentence for each metric. */
export function effectInWords(effects: readonly MetricEffect[], since: number): string {
  if (since === 0) return 'no campaign has been created on the version after it yet';
  const known = effects.filter(({ differenceMean }) => differenceMean !== null);
  const told = known.map(({ metric, verdict, differenceMean, interval, before, after }) => {
    const { title, unit } = METRICS[metric];
    const change = `${signed(differenceMean ?? 0)} ${unit}`;
    const range = interval ? ` (${signed(interval.low)} to ${signed(interval.high)})` : '';
    const judged = interval ? verdict : 'not enough data to tell';
    return `${title}: ${change}${range}, ${judged}, ${before.campaigns} campaigns before and ${after.campaigns} after`;
  });
  const made = `${since} ${since === 1 ? 'campaign' : 'campaigns'} since`;
  return told.length === 0 ? `${made}; not enough data to tell what it did` : `${made}; ${told.join('; ')}`;
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${Math.round(value * 10) / 10}`;
