import { rankOf } from '../domain/learning/patterns.js';
import { weakInputs } from '../domain/workflow/foundation.js';
import { modelOf, stepsOf } from '../domain/workflow/steps.js';
import type { Pattern, Workflow } from '../domain/workflow/workflow.js';
import type { Edit, PlainValue } from './edit.js';
import { quickWin, type SingleChange } from './quick-win.js';

/** What a first trigger would look at. */
export interface FirstTrigger {
  readonly signal: string;
  /** CEL condition on `value`. */
  readonly when: string;
}
export interface TransitionOptions {
  /** IANA name of the zone in which meetings take place. */
  readonly timezone: string;
  readonly trigger: FirstTrigger | null;
}
/** One change at a time; `edit` is null where somebody has to decide something first. */
export interface TransitionStep extends Omit<SingleChange, 'edit'> {
  readonly edit: Edit | null;
}

/**
 * From one pattern to another by single changes of the definition, in order: each is valid by itself, can be watched for a
 * while, and the pattern changes its name last. What is there already is left out. Towards a simpler pattern it is one change.
 */
export function transition(workflow: Workflow, to: Pattern, options: TransitionOptions): TransitionStep[] {
  if (workflow.pattern === to) return [];
  const [from, target] = [rankOf(workflow.pattern), rankOf(to)];
  return [
    ...(from < rankOf('parallel') && target >= rankOf('parallel') ? towardsParallel(workflow, options) : []),
    ...(target >= rankOf('adaptive') ? towardsAdaptive(workflow, options) : []),
    {
      summary: `call the pattern ${to}`,
      rationale: 'Once all else is in use: then the checks of the pattern hold, too.',
      edit: { type: 'set', path: 'pattern', value: to },
    },
  ];
}

function towardsParallel(workflow: Workflow, options: TransitionOptions): TransitionStep[] {
  const gate = quickWin(workflow);
  return [
    ...(modelOf(workflow) === 'linear' ? [SIDE_BY_SIDE] : []),
    ...(workflow.milestones.length > 0 ? [] : [sharedMilestone(workflow)]),
    ...(meets(workflow, 'WEEKLY') ? [] : [meeting(workflow, 'weekly-sync', options.timezone)]),
    ...('edit' in gate ? [gate] : []),
  ];
}

/** What may be done at the same time is known to those who do it. */
const SIDE_BY_SIDE: TransitionStep = {
  summary: 'choose what runs side by side: steps that take nothing of each other',
  rationale:
    'Nothing does so far. Give such steps lanes of a section with `model: parallel`, or let a section begin earlier by its `after`.',
  edit: null,
};

function towardsAdaptive(workflow: Workflow, { timezone, trigger }: TransitionOptions): TransitionStep[] {
  return [
    ...(meets(workflow, 'DAILY') ? [] : [meeting(workflow, 'daily-stand-up', timezone)]),
    ...(workflow.cadence.some(({ key }) => key === 'weekly-retrospective')
      ? []
      : [meeting(workflow, 'weekly-retrospective', timezone)]),
    ...(workflow.triggers.length > 0 ? [] : [firstTrigger(workflow, trigger)]),
    ...foundation(workflow),
  ];
}

/** What nothing may be called adaptive without (R32); whether it is there is for people to say. */
function foundation(workflow: Workflow): TransitionStep[] {
  const missing = weakInputs(workflow);
  if (missing.length === 0) return [];
  const weak = missing.map(([input, value]) => `'${input}' (${value})`).join(' and ');
  return [
    {
      summary: `build the foundation: ${weak}, and say in \`decision.inputs\` when it is there`,
      rationale:
        'Adaptive workflows without it often lead to chaos: until then the change of the pattern is refused.',
      edit: null,
    },
  ];
}

function sharedMilestone(workflow: Workflow): TransitionStep {
  const { steward } = workflow;
  const milestone = {
    id: 'content-freeze',
    owner: steward,
    announceBefore: 'P14D',
    consumers: leads(workflow),
  };
  return {
    summary: 'share a milestone',
    rationale:
      'Start with one element of the new pattern, such as shared milestones, and keep the rest as it is.',
    edit: added('milestones', workflow.milestones.length, milestone),
  };
}

const MEETINGS = {
  'weekly-sync': [
    'FREQ=WEEKLY;BYDAY=MO;BYHOUR=10',
    'PT30M',
    'Parallel work needs weekly syncs to resolve blockers.',
  ],
  'daily-stand-up': [
    'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9',
    'PT15M',
    'Work that follows signals needs daily stand-ups.',
  ],
  'weekly-retrospective': [
    'FREQ=WEEKLY;BYDAY=FR;BYHOUR=15',
    'PT30M',
    'A workflow that adjusts itself is itself looked at every week.',
  ],
} as const;

function meeting(workflow: Workflow, id: keyof typeof MEETINGS, timezone: string): TransitionStep {
  const [rrule, duration, rationale] = MEETINGS[id];
  const cadence = { id, rrule, duration, timezone, attendees: leads(workflow) };
  // The list is there once the first meeting has been put in.
  const isFirst = workflow.cadence.length === 0 && id === firstMeeting(workflow);
  return {
    summary: `meet: ${id.replaceAll('-', ' ')}`,
    rationale,
    edit: added('cadence', isFirst ? 0 : 1, cadence),
  };
}
const firstMeeting = ({ pattern }: Workflow): string =>
  pattern === 'sequential' ? 'weekly-sync' : 'daily-stand-up';

function firstTrigger(workflow: Workflow, trigger: FirstTrigger | null): TransitionStep {
  const [accountable = workflow.steward] = leads(workflow);
  const value = trigger && {
    ...{ id: `on-${trigger.signal.replaceAll(/[._]/g, '-')}`, signal: trigger.signal, when: trigger.when },
    ...{ for: 'PT1H', guard: { maxAge: 'PT1H', completeness: 0.9 }, cooldown: 'P1D' },
    actions: [{ alert: { roles: [accountable] } }],
  };
  return {
    summary: trigger
      ? `let ${trigger.signal} raise an alert`
      : 'choose a first signal, and what about it matters',
    rationale: 'A first trigger only tells people, within its guard; it moves nothing yet.',
    edit: value && added('triggers', 0, value),
  };
}

const added = (path: string, present: number, value: PlainValue): Edit =>
  present === 0
    ? { type: 'set', path, value: [value] }
    : { type: 'insert', path, value, before: null, after: null };

const meets = ({ cadence }: Workflow, frequency: string): boolean =>
  cadence.some(({ rrule }) => rrule.includes(`FREQ=${frequency}`));

const leads = (workflow: Workflow): string[] => [
  ...new Set(stepsOf(workflow).map(({ accountable }) => accountable)),
];
