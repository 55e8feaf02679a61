import type { Plan, WorkflowPlan } from './plan.js';

/** What a plan comes to: its verdict, and how much of what. */
export interface PlanSummary {
  readonly verdict: string;
  /** `0 to add, 1 to change, 0 to retire · 41 campaigns: 30 untouched, 9 can move, 2 stuck` */
  readonly counts: string;
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Whether anything of a workflow is worth a line. */
export const isTouched = ({ change, touchedBy }: WorkflowPlan): boolean =>
  change !== 'unchanged' || touchedBy.length > 0;

export function summarisePlan(plan: Plan): PlanSummary {
  const { workflows, documents, problems, ok } = plan;
  const tally = (change: WorkflowPlan['change']) =>
    workflows.filter((workflow) => workflow.change === change).length;
  const errors = problems.filter(({ severity }) => severity === 'error');
  const news = errors.filter(({ existing }) => existing !== true).length;
  const waiting = workflows.filter(({ waits }) => waits !== null).length;
  const isEmpty = !workflows.some(isTouched) && documents.length === 0;
  const breaking = workflows.filter(({ classification }) => classification === 'breaking').length;
  const verdict = !ok
    ? news > 0
      ? `not valid: ${count(news, 'error')}`
      : `held back by ${count(errors.length, 'error')} of the base`
    : isEmpty
      ? 'valid, no change in meaning'
      : breaking > 0
        ? `valid, breaking for campaigns of ${count(breaking, 'workflow')}`
        : waiting > 0
          ? `valid, ${count(waiting, 'workflow')} waiting for a steward`
          : 'valid';
  const parts = [
    `${tally('added')} to add`,
    `${tally('modified')} to change`,
    `${tally('retired')} to retire`,
    ...(tally('moved') > 0 ? [`${tally('moved')} to move`] : []),
    ...(tally('invalid') > 0 ? [`${tally('invalid')} held back`] : []),
    ...(documents.length > 0 ? [count(documents.length, 'other definition')] : []),
  ];
  return { verdict, counts: [parts.join(', '), ...campaignsOf(plan)].join(' · ') };
}

/** Nothing where no server was asked. */
function campaignsOf({ workflows }: Plan): string[] {
  const impacts = workflows.flatMap(({ impact }) => impact ?? []);
  if (workflows.every(({ impact }) => impact === undefined)) return [];
  const effects = (effect: string) => impacts.filter((each) => each.effect === effect).length;
  const [untouched, movable, stuck] = ['unaffected', 'movable', 'stuck'].map(effects);
  return [
    `${count(impacts.length, 'campaign')}: ${untouched} untouched, ${movable} can move, ${stuck} stuck`,
  ];
}

/** One line on lead times; null where there is nothing to say. */
export function leadTimeLine({ before, after }: WorkflowPlan['forecast']): string | null {
  if (!after) return null;
  const days = (hours: number) => `${(hours / 24).toFixed(1)} d`;
  if (!before) return `Lead time: P50 ${days(after.p50Hours)}, P80 ${days(after.p80Hours)}.`;
  const difference = after.p80Hours - before.p80Hours;
  if (Math.abs(difference) < 0.1) return `Lead time: unchanged, P80 ${days(after.p80Hours)}.`;
  const sign = difference > 0 ? '+' : '−';
  return `Lead time: P50 ${days(before.p50Hours)} → ${days(after.p50Hours)}, P80 ${days(before.p80Hours)} → ${days(after.p80Hours)} (${sign}${days(Math.abs(difference))}).`;
}

/** One line on a definition that is no workflow; the summary of one that comes or goes names it already. */
export const documentLine = (
  { kind, id, change, summary }: Plan['documents'][number],
  name = `'${id}'`,
): string =>
  change === 'modified' || change === 'moved' ? `${kind} ${name} ${change}: ${summary}` : summary;

/** What a reader has to know of: what is new, and errors of the base, which hold things back. */
export function worthTelling(problems: Plan['problems']): { shown: Plan['problems']; rest: string | null } {
  const shown = problems.filter(({ existing, severity }) => existing !== true || severity === 'error');
  const left = problems.length - shown.length;
  return { shown, rest: left === 0 ? null : `${count(left, 'warning')} of the base, as before` };
}

/** The worst findings first, and what is new before what was there. */
export function worstFirst(problems: Plan['problems']): Plan['problems'] {
  const rank = { error: 0, warning: 1, info: 2 };
  const order = ({ existing, severity }: Plan['problems'][number]) => (existing ? 3 : 0) + rank[severity];
  return [...problems].sort((one, other) => order(one) - order(other));
}

export const short = (sha: string): string => sha.slice(0, 7);
