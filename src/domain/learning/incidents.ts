import type { FormerLaunch } from '../calendar/checkpoints.js';
import type { DriftEntry } from '../alignment/drift.js';
import type { FactName } from '../alignment/facts/fact.js';
import { BRIEF, type Remark } from '../alignment/remarks.js';
import { hoursOf } from '../duration.js';
import type { Response } from '../metrics/measure.js';
import type { TriggerOutcome } from '../triggers/decide.js';
import { stepsOf } from '../workflow/steps.js';
import type { Workflow } from '../workflow/workflow.js';
import { type Delay, delayBefore, isJudgement, type Part, type WorkPast } from './delay.js';

const HOUR = 3_600_000;
/** Nobody calls a channel late that opens within the hour. */
const LATE_HOURS = 1;
/** A signal that nothing came of for so long was known and not acted on (R87). */
const REACTION_HOURS = 72;
/** What an offer consists of, as fields and as texts state it: money is spent on what contradicts it. */
const OFFER_FACTS: ReadonlySet<string> = new Set<FactName | 'offerCode'>([
  ...(['offerCode', 'offer', 'code', 'percentage', 'saving', 'price', 'deadline'] as const),
]);

/** What went wrong in a campaign (R79). A kind is never given another meaning. */
export const INCIDENT_KINDS = {
  'missed-deadline':
    'A channel opened more than an hour after its plan, or has not opened though its plan is past.',
  'messaging-conflict': 'Texts contradict each other, or the brief.',
  'late-handoff': 'A hand-off was accepted later than its time to respond.',
  'budget-waste':
    "A live channel with a budget shows an offer that is not the brief's, or another than other channels show.",
  'uncommunicated-milestone': 'The launch was moved with less notice than a milestone promises.',
  'slow-reaction': 'The condition of a trigger held for three days, and nothing was done.',
} as const;
export type IncidentKind = keyof typeof INCIDENT_KINDS;

/** What it was caused by (R87). */
export const INCIDENT_CAUSES = {
  sequence: 'Something upstream slipped, and all that follows with it.',
  'no-parallel': 'Work waited for steps from which it declares to take nothing.',
  'no-adapt': 'It was known, and nothing was changed.',
  other: 'The record does not show it.',
} as const;
export type IncidentCause = keyof typeof INCIDENT_CAUSES;

/** Where work fails, as the article sorts it (R89). */
export const FAILURE_POINTS = {
  handoff: 'Handed over without context, or too late.',
  'approval-bottleneck': 'It lay before an approval for the longest.',
  'data-silo': 'Data were late, incomplete or nowhere.',
} as const;
export type FailurePoint = keyof typeof FAILURE_POINTS;

export interface Incident {
  readonly kind: IncidentKind;
  /** The channel, fact, hand-off, milestone or trigger. */
  readonly subject: string;
  readonly cause: IncidentCause;
  readonly failurePoint: FailurePoint | null;
  /** What the record shows, in words. */
  readonly evidence: readonly string[];
  /** Of a missed deadline: by how much, and how the time before it was spent. */
  readonly delay: (Pick<Delay, 'waitingHours' | 'workingHours'> & { readonly hours: number }) | null;
  /** Who has reported it; absent where the record shows it by itself. */
  readonly reportedBy?: string;
}

/** What the record of a campaign says, as far as incidents are recognised from it. */
export interface CampaignPast extends WorkPast {
  readonly channels: readonly {
    readonly channel: string;
    readonly plannedAt: Date | null;
    readonly launchedAt: Date | null;
    /** In cents. */
    readonly budget: number | null;
  }[];
  /** Channels of assets, by key. */
  readonly channelOf: ReadonlyMap<string, string>;
  readonly remarks: readonly Remark[];
  readonly drift: readonly DriftEntry[];
  readonly responses: readonly Response[];
  readonly formerLaunches: readonly FormerLaunch[];
  /** Times in which a trigger was kept back while its condition held, oldest first. */
  readonly suppressions: readonly {
    readonly trigger: string;
    /** What kept it back first. */
    readonly outcome: TriggerOutcome;
    readonly since: Date;
    /** When it acted, or its condition ceased to hold; null while neither has happened. */
    readonly until: Date | null;
  }[];
}

/** Everything that went wrong, by kind. A campaign that was called off missed no deadline: leave its channels out. */
export const incidentsOf = (past: CampaignPast): Incident[] => [
  ...missedDeadlines(past),
  ...past.remarks.map(({ fact, message }): Incident => ({
    ...plain('messaging-conflict', fact),
    evidence: [message],
  })),
  ...past.responses.map(({ handoff, workingHours, withinHours }): Incident => ({
    ...plain('late-handoff', handoff),
    ...{ cause: 'sequence', failurePoint: 'handoff' },
    evidence: [`accepted after ${rounded(workingHours)} working hours of ${rounded(withinHours)}`],
  })),
  ...wasted(past),
  ...movedLaunches(past),
  ...slowReactions(past),
];

const plain = (kind: IncidentKind, subject: string): Incident => ({
  ...{ kind, subject, cause: 'other', failurePoint: null, evidence: [], delay: null },
});

function missedDeadlines(past: CampaignPast): Incident[] {
  const launches = stepsOf(past.workflow).filter(({ kind }) => kind === 'launch');
  return past.channels.flatMap(({ channel, plannedAt, launchedAt }): Incident[] => {
    const late = plannedAt ? hours(plannedAt, launchedAt ?? past.until) : 0;
    if (late <= LATE_HOURS) return [];
    const launch = launches.find((step) => step.channel === channel);
    const delay = launch && delayBefore(past, launch.key);
    return [
      {
        ...{ kind: 'missed-deadline', subject: channel, cause: causeOf(delay, past) },
        failurePoint: failurePointOf(past.workflow, delay?.longestWait ?? null),
        evidence: [
          `'${channel}' ${launchedAt ? 'opened' : 'has not opened,'} ${rounded(late)} h after its plan`,
          ...(delay?.evidence ?? []),
        ],
        delay: delay
          ? { hours: late, waitingHours: delay.waitingHours, workingHours: delay.workingHours }
          : null,
      },
    ];
  });
}

/** Whichever cost the most hours; a signal that nobody acted on where neither cost any. */
function causeOf(delay: Delay | undefined, past: CampaignPast): IncidentCause {
  const { needlessHours = 0, slipHours = 0 } = delay ?? {};
  if (needlessHours > 0 && needlessHours >= slipHours) return 'no-parallel';
  if (slipHours > 0) return 'sequence';
  return slowReactions(past).length > 0 ? 'no-adapt' : 'other';
}

function failurePointOf(workflow: Workflow, waited: Part | null): FailurePoint | null {
  if (waited?.kind === 'handoff') return 'handoff';
  const step = stepsOf(workflow).find(({ key }) => waited?.kind === 'step' && key === waited.key);
  return step && isJudgement(step) ? 'approval-bottleneck' : null;
}

function wasted({ channels, channelOf, drift, remarks }: CampaignPast): Incident[] {
  return channels.flatMap(({ channel, launchedAt, budget }): Incident[] => {
    if (!launchedAt || !budget) return [];
    const evidence = [
      ...drift
        .filter((each) => each.channel === channel && OFFER_FACTS.has(each.field))
        .map(({ field, value, briefValue }) => `shows ${field} ${value}; the brief says ${briefValue}`),
      ...remarks
        .filter(
          (each) =>
            OFFER_FACTS.has(each.fact) && doubtful(each).some((key) => channelOf.get(key) === channel),
        )
        .map(({ message }) => message),
    ];
    return evidence.length === 0 ? [] : [{ ...plain('budget-waste', channel), evidence }];
  });
}

/** Texts that say something else than most do, where the brief says nothing of it; all of them where there are no most. */
function doubtful({ sides }: Remark): string[] {
  const [first, second] = sides;
  if (!first || !second || first.ids.includes(BRIEF)) return [];
  const rest = first.ids.length > second.ids.length ? sides.slice(1) : sides;
  return rest.flatMap(({ ids }) => ids);
}

const movedLaunches = ({ workflow, formerLaunches }: CampaignPast): Incident[] =>
  workflow.milestones.flatMap(({ key, announceBefore, consumers }): Incident[] => {
    if (announceBefore === null || consumers.length === 0) return [];
    const sudden = formerLaunches.filter(({ launchAt, until }) => {
      const notice = hours(new Date(until), new Date(launchAt));
      return new Date(until) < new Date(launchAt) && notice < hoursOf(announceBefore);
    });
    if (sudden.length === 0) return [];
    const evidence = sudden.map(
      ({ launchAt, until }) =>
        `the launch of ${launchAt} was moved on ${until}; ${key} promises ${announceBefore}`,
    );
    return [{ ...plain('uncommunicated-milestone', key), cause: 'sequence', evidence }];
  });

/** Of each trigger the first time that it was kept back for more than three days. */
function slowReactions({ suppressions, until: now }: CampaignPast): Incident[] {
  const slow = suppressions.filter(({ since, until }) => hours(since, until ?? now) > REACTION_HOURS);
  const first = slow.filter((each, at) => slow.findIndex(({ trigger }) => trigger === each.trigger) === at);
  return first.map(({ trigger, outcome, since, until }) => ({
    ...plain('slow-reaction', trigger),
    ...{ cause: 'no-adapt', failurePoint: 'data-silo' },
    evidence: [
      `its condition held from ${since.toISOString()} for ${rounded(hours(since, until ?? now))} h, and nothing was done: ${outcome}`,
    ],
  }));
}

const hours = (from: Date, to: Date): number => Math.max(0, (to.getTime() - from.getTime()) / HOUR);
const rounded = (value: number): number => Math.round(value * 10) / 10;
