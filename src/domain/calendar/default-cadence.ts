import { DateTime } from 'luxon';
import { placedSteps } from '../workflow/steps.js';
import type { Cadence, Gate, Pattern, Step, Workflow } from '../workflow/workflow.js';

/** A regular meeting of a campaign. */
export interface Meeting extends Cadence {
  /** Why it takes place where the definition does not state it; null where it does. */
  readonly note: string | null;
}
/** A meeting when a stage has ended. */
export interface HandoffReview {
  readonly section: string;
  readonly attendees: readonly string[];
}

type Attending = (step: Step) => readonly string[];
const leading: Attending = ({ accountable }) => [accountable];
const working: Attending = ({ responsible, accountable }) => [...responsible, accountable];

/** What each pattern meets for where a definition states no cadence (R19). A sequential one meets at its stage gates. */
const DEFAULTS: Readonly<
  Record<Pattern, readonly { key: string; rrule: string; duration: string; who: Attending }[]>
> = {
  sequential: [],
  parallel: [
    { key: 'weekly-sync', rrule: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=10', duration: 'PT30M', who: leading },
  ],
  adaptive: [
    { key: 'stand-up', rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9', duration: 'PT15M', who: working },
    { key: 'weekly-retrospective', rrule: 'FREQ=WEEKLY;BYDAY=FR;BYHOUR=15', duration: 'PT30M', who: working },
  ],
};
const noteOf = (pattern: Pattern): string =>
  `By default: the definition states no cadence, and its pattern is ${pattern}.`;

/**
 * The meetings that a definition states; where it states none, those of its pattern.
 * @param timezone IANA name; whose clock the default ones go by
 */
export function meetingsOf(workflow: Workflow, timezone: string): Meeting[] {
  const { cadence, pattern } = workflow;
  if (cadence.length > 0) return cadence.map((each) => ({ ...each, note: null }));
  const steps = placedSteps(workflow).map(({ step }) => step);
  return DEFAULTS[pattern].map(({ who, ...meeting }) => {
    const attendees = [...new Set(steps.flatMap(who))];
    return { ...meeting, timezone, attendees, note: noteOf(pattern) };
  });
}

/**
 * The review at each stage gate of a sequential workflow that states no cadence (R19): of each section that hands over, or that an
 * endpoint gate ends. Who answers for a step of it or of the next one takes part, and who decides on the gate.
 */
export function handoffReviewsOf(workflow: Workflow): HandoffReview[] {
  if (workflow.pattern !== 'sequential' || workflow.cadence.length > 0) return [];
  const answering = (section: string) =>
    placedSteps(workflow).flatMap((placed) => (placed.section === section ? leading(placed.step) : []));
  return workflow.sections.flatMap(({ key, gates }) => {
    const next = workflow.handoffs.flatMap(({ from, to }) => (from === key ? [to] : []));
    const ending = gates.filter(({ at }) => at === 'endpoint');
    if (next.length === 0 && ending.length === 0) return [];
    const deciding = ending.flatMap(({ approvers }: Gate) => approvers);
    return [{ section: key, attendees: [...new Set([key, ...next].flatMap(answering).concat(deciding))] }];
  });
}
export const REVIEW_DURATION = 'PT30M';
export const REVIEW_NOTE = noteOf('sequential');

/** The first ten o'clock of a weekday that is not before the stage ends. */
export function reviewAt(stageEnd: Date, timezone: string): Date {
  const end = DateTime.fromJSDate(stageEnd, { zone: timezone });
  let at = end.set({ hour: 10, minute: 0, second: 0, millisecond: 0 });
  while (at < end || at.weekday > 5) at = at.plus({ days: 1 });
  return at.toJSDate();
}
