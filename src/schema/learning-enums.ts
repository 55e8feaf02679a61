import type { EffectOutcome } from '../domain/learning/effect.js';
import type { QuarterState } from '../domain/learning/quarter.js';
import type { DecisionOutcome, DecisionState } from '../domain/learning/decisions.js';
import type { ActionState } from '../domain/learning/retrospective.js';
import { REVIEW_REASONS, type ReviewReason } from '../domain/learning/review-triggers.js';
import type { Standing } from '../domain/learning/standing.js';
import type { Verdict } from '../domain/learning/metric-effect.js';
import { ALIGNMENT_GAPS, type AlignmentGap } from '../domain/learning/first-step.js';
import {
  FAILURE_POINTS,
  type FailurePoint,
  INCIDENT_CAUSES,
  INCIDENT_KINDS,
  type IncidentCause,
  type IncidentKind,
} from '../domain/learning/incidents.js';
import type { PatternTraits } from '../domain/learning/patterns.js';
import { CAPABILITIES, type Capability, type ReadinessStatus } from '../domain/learning/readiness.js';
import type { Criterion, DataInfrastructure, Level } from '../domain/learning/recommend.js';
import { enumOf } from './enums.js';

export const EffectOutcomeEnum = enumOf<EffectOutcome>(
  'EffectOutcome',
  'Whether campaigns after a change can be compared with those before.',
  {
    estimated: 'There is an interval.',
    insufficient: 'Too few campaigns, or values too alike, to tell a change from chance.',
    'undefined-before': 'Nothing was measured before the change.',
  },
);
export const VerdictEnum = enumOf<Verdict>('EffectVerdict', 'What a change was for campaigns.', {
  better: 'They fare better, and more so than chance would have it.',
  worse: 'They fare worse, and more so than chance would have it.',
  unclear: 'It cannot be told from chance, or neither less nor more is better.',
});
export const StandingEnum = enumOf<Standing>('Standing', 'Whether a workflow is used, and looked after.', {
  current: 'It is used, or new, and somebody has changed or reviewed it within 180 days.',
  stale: 'It is used, and nobody has changed or reviewed it for 180 days.',
  orphaned: 'No campaign has run on it for 180 days.',
});
export const QuarterStateEnum = enumOf<QuarterState>('QuarterState', 'Whether a quarter is over.', {
  over: 'It is over.',
  'under-way': 'It is reviewed up to now.',
  ahead: 'It has not begun, so there is nothing to review.',
});
export const RetrospectiveActionStateEnum = enumOf<ActionState>(
  'RetrospectiveActionState',
  'How far an action of a retrospective is.',
  {
    open: 'It is to be done.',
    done: 'Its proposal has come to the branch, or somebody said so.',
    overdue: 'It was to be done by now, or nothing has come of it for 30 days.',
  },
);
export const ReviewReasonEnum = enumOf<ReviewReason>('ReviewReason', 'Why a review is due.', {
  interval: 'The definition says how often, and that is over, or will be.',
  stale: 'It is used, and nobody has changed or reviewed it for 180 days.',
  ...REVIEW_REASONS,
});
export const DecisionStateEnum = enumOf<DecisionState>('DecisionState', 'What became of a decision.', {
  done: 'It was carried out.',
  dropped: 'A later review has given it up.',
  open: 'It is to be carried out.',
  overdue: 'It was to be carried out by now.',
});
export const DecisionOutcomeEnum = enumOf<DecisionOutcome['outcome']>(
  'DecisionOutcome',
  'What people say became of a decision.',
  {
    done: 'It was carried out.',
    dropped: 'It is given up.',
    'carried-on': 'It stays open.',
  },
);
export const LevelEnum = enumOf<Level>('Level', 'How much there is of something.', {
  low: 'Little.',
  medium: 'Something.',
  high: 'Much.',
});
export const DataInfrastructureEnum = enumOf<DataInfrastructure>(
  'DataInfrastructure',
  'Whether decisions can rest on data.',
  { weak: 'Late, incomplete or scattered.', strong: 'Timely, complete and in one place.' },
);
export const CriterionEnum = enumOf<Criterion>('PatternCriterion', 'What a choice of pattern rests on.', {
  complexity: 'How complex the campaigns are.',
  maturity: 'How well the team coordinates itself.',
  dataInfrastructure: 'Whether decisions can rest on data.',
  speed: 'How soon campaigns have to be out.',
});
export const PatternSpeedEnum = enumOf<PatternTraits['speed']>(
  'PatternSpeed',
  'How soon campaigns come together.',
  { slow: 'One after the other.', medium: 'Side by side.', fast: 'As signals come in.' },
);
export const PatternOverheadEnum = enumOf<PatternTraits['coordinationOverhead']>(
  'CoordinationOverhead',
  'What coordination takes.',
  { low: 'Little.', medium: 'Something.', high: 'Much.' },
);
export const TeamSizeEnum = enumOf<'small' | 'large'>('TeamSize', 'How many people take part.', {
  small: 'They all sit at one table.',
  large: 'They do not.',
});
export const CapabilityEnum = enumOf<Capability>(
  'Capability',
  'What patterns ask of an organisation.',
  CAPABILITIES,
);
export const ReadinessEnum = enumOf<ReadinessStatus>('Readiness', 'Whether a pattern can be used.', {
  ready: 'All that it takes has three points of five or more.',
  'not-ready': 'Something has fewer.',
  unknown: 'Something was not assessed, and nothing has fewer.',
});
export const AlignmentGapEnum = enumOf<AlignmentGap>(
  'AlignmentGap',
  'What goes wrong between channels and teams.',
  Object.fromEntries(
    Object.entries(ALIGNMENT_GAPS).map(([gap, { element }]) => [gap, `Begin with ${element}.`]),
  ) as Record<AlignmentGap, string>,
);
export const IncidentKindEnum = enumOf<IncidentKind>(
  'IncidentKind',
  'What went wrong in a campaign. A kind is never given another meaning.',
  INCIDENT_KINDS,
);
export const IncidentCauseEnum = enumOf<IncidentCause>(
  'IncidentCause',
  'What it was caused by.',
  INCIDENT_CAUSES,
);
export const FailurePointEnum = enumOf<FailurePoint>('FailurePoint', 'Where work failed.', FAILURE_POINTS);
export const PriorityEnum = enumOf<'low' | 'medium' | 'high'>(
  'Priority',
  'How much it matters to a Library.',
  {
    low: 'Little.',
    medium: 'Some.',
    high: 'Much.',
  },
);
