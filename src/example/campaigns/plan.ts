export type Risk = 'low' | 'medium' | 'high';

/** A campaign that ended, dated by working day of one of the two quarters. */
export interface EndedPlan {
  readonly key: string;
  readonly name: string;
  readonly workflow: WorkflowKey;
  readonly quarter: 1 | 2;
  readonly day: number;
  /** Working days from the start to the launch that the team promised; how it went is another matter. */
  readonly promised: number;
  readonly risk?: Risk;
  readonly labels?: readonly string[];
  readonly segments: readonly string[];
  readonly offer?: string;
  readonly value: string;
  readonly rejections?: readonly string[];
  readonly measurements?: Readonly<Record<string, number>>;
}

/** A campaign that is under way today. */
export interface RunningPlan extends Omit<EndedPlan, 'quarter' | 'day' | 'promised' | 'rejections'> {
  /** Working days before today on which it started. */
  readonly startedBefore: number;
  /** Working days after today on which it will launch. */
  readonly launchesAfter: number;
  /** Hours after its start at which it is certainly not yet launched. */
  readonly underWayAt: number;
}

/** What is the same for all campaigns of a workflow. */
interface Kind {
  readonly channels: readonly string[];
  readonly risk: Risk;
  readonly tone: string;
  readonly label: string;
}
export const KINDS = {
  'regulated-promotion': {
    channels: ['email', 'direct-mail'],
    risk: 'high',
    tone: 'formal',
    label: 'regulated',
  },
  'quarterly-b2b-launch': {
    channels: ['email', 'web', 'sales'],
    risk: 'medium',
    tone: 'formal',
    label: 'b2b',
  },
  'product-launch': {
    channels: ['email', 'social', 'events'],
    risk: 'medium',
    tone: 'friendly',
    label: 'launch',
  },
  'social-post': { channels: ['social'], risk: 'low', tone: 'playful', label: 'social' },
  'flash-sale': {
    channels: ['email', 'social', 'paid-search'],
    risk: 'medium',
    tone: 'playful',
    label: 'sale',
  },
  'always-on-growth': {
    channels: ['email', 'paid-search', 'web'],
    risk: 'medium',
    tone: 'friendly',
    label: 'growth',
  },
  'annual-event': { channels: ['email', 'web', 'events'], risk: 'medium', tone: 'friendly', label: 'event' },
  'budget-and-creative': {
    channels: ['email', 'social', 'web'],
    risk: 'medium',
    tone: 'friendly',
    label: 'brand',
  },
  'content-cluster': {
    channels: ['web', 'social', 'email'],
    risk: 'low',
    tone: 'friendly',
    label: 'content',
  },
  newsletter: { channels: ['email'], risk: 'low', tone: 'friendly', label: 'newsletter' },
} as const satisfies Record<string, Kind>;
export type WorkflowKey = keyof typeof KINDS;

/** What the gates find when nobody says otherwise: channels that agree. */
export const IN_AGREEMENT = {
  'message-consistency': 0.96,
  'brief-drift': 0,
  'audience-overlap': 0.72,
} as const;
