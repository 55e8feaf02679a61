import { z } from 'zod';
import { isDuration } from '../../domain/duration.js';
import { DEVIATION_KINDS, SETTINGS_OF_FINDINGS, WEEKDAYS } from '../../domain/workflow/document.js';
import {
  RISKS,
  BUILT_IN_VERIFICATIONS,
  EVENT_KINDS,
  GATE_PLACES,
  ON_FAIL,
  PATTERNS,
  SECTION_MODELS,
  STEP_KINDS,
  WORKFLOW_STATUSES,
} from '../../domain/workflow/workflow.js';

/**
 * The definition format as written. The JSON Schema, the validator and the reference in docs/workflow-format.md come
 * from here; `meaning.ts` turns what is written into what is meant. Every map has a title, which is what messages
 * call it, and every key a description, which editors show.
 */
const map = <S extends z.core.$ZodLooseShape>(title: string, shape: S) =>
  z.strictObject(shape).meta({ title });
const list = <T extends z.ZodType>(item: T) => z.array(item);

const id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'an id begins with a letter or digit and has letters, digits, dots, dashes and underscores',
  )
  .max(100, 'an id has at most 100 characters')
  .describe('Name that stays the same for ever; other places refer to it.');
const text = z.string().min(1, 'the text is empty');
/** The id of something else. */
const reference = text;
const role = reference.describe('Role of a Team file.');
const duration = z
  .string()
  .refine(isDuration, 'not an ISO 8601 duration such as P3D or PT4H')
  .meta({ title: 'duration such as P3D', description: 'ISO 8601 duration, for example P3D or PT4H.' });
const positiveDuration = z
  .string()
  .refine(isDuration, 'not an ISO 8601 duration such as P3D or PT4H')
  .refine((value) => !value.startsWith('-'), 'a duration here cannot be negative')
  .meta({ title: 'duration such as P3D', description: 'ISO 8601 duration, for example P3D or PT4H.' });
const date = z
  .string()
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && isCalendarDate(value),
    'not a date such as 2026-03-31',
  )
  .meta({ title: 'date such as 2026-03-31', description: 'Date, for example 2026-03-31.' });
const timezone = z
  .string()
  .refine(isTimezone, 'not a time zone such as Europe/Berlin')
  .meta({ title: 'time zone', description: 'IANA time zone, for example Europe/Berlin.' });
const expression = text.describe('Condition in CEL, the Common Expression Language.');
const share = z.number().min(0, 'a share is from 0 to 1').max(1, 'a share is from 0 to 1');
const count = z.number().int('a whole number is needed').positive('a number above 0 is needed');
const oneOrMany = <T extends z.ZodType>(item: T) =>
  z.union([item, list(item).min(1, 'at least one is needed')]);

function isCalendarDate(value: string): boolean {
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
}

/** Asking takes long, and a repository names a few zones again and again. */
const zones = new Map<string, boolean>();
const MAX_ZONES = 1_000;

function isTimezone(value: string): boolean {
  const known = zones.get(value);
  if (known !== undefined) return known;
  if (zones.size >= MAX_ZONES) zones.clear();
  const is = isKnownZone(value);
  zones.set(value, is);
  return is;
}

function isKnownZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const threePoint = map('three-point estimate', {
  optimistic: positiveDuration.describe('If all goes well.'),
  likely: positiveDuration.describe('As a rule.'),
  pessimistic: positiveDuration.describe('If much goes wrong.'),
});
/** Keys by which an entry changes an inherited list. */
const inherited = {
  remove: z.boolean().optional().describe('With `extends`: drop the inherited entry of this id.'),
  before: reference.optional().describe('With `extends`: place the entry before the one of this id.'),
  after: reference.optional().describe('With `extends`: place the entry after the one of this id.'),
};

const stepFields = {
  id,
  name: text.optional().describe('What people call the step; the id without it.'),
  kind: z
    .enum(STEP_KINDS)
    .optional()
    .describe('What sort of step it is; `task` without it. An approval or a review is approved or rejected.'),
  responsible: oneOrMany(role).describe('Role or roles that do the work.'),
  accountable: role.describe('The one role that owns the result.'),
  consulted: list(role).optional().describe('Roles that are asked before it is done.'),
  informed: list(role).optional().describe('Roles that are told when it is done.'),
  effort: z
    .union([positiveDuration, threePoint])
    .optional()
    .describe('A fixed duration, or a three-point estimate.'),
  produces: list(id).optional().describe('Artefacts that exist when the step is done.'),
  approves: list(reference).optional().describe('Artefacts that an approval covers.'),
  concerns: list(reference)
    .optional()
    .describe(
      'Channels and fields of the brief that an approval looks at, and with which it ends; without it, what follows from its place.',
    ),
  quorum: z
    .union([
      z.literal('all'),
      map('quorum', { atLeast: count.describe('How many roles.') }),
      list(role).min(1, 'at least one role is needed'),
    ])
    .optional()
    .describe('Which of the responsible roles have to approve; any one of them without it.'),
  needs: list(reference)
    .optional()
    .describe('Steps that must be done first, in other lanes or sections too.'),
  startOn: z
    .enum(['draft', 'final'])
    .optional()
    .describe('`draft`: may start once the needed steps have begun; `final` without it.'),
  channel: reference.optional().describe('The channel that a launch step opens.'),
  when: expression.optional().describe('The step is needed only where this CEL condition holds.'),
  optional: z.boolean().optional().describe('Whether the step may be skipped.'),
  weight: z
    .number()
    .positive('a number above 0 is needed')
    .optional()
    .describe('Relative frequency of this member of a choice, for forecasts; 1 without it.'),
  staffing: z
    .record(reference, count)
    .optional()
    .describe('Units per role, in place of one of each responsible role.'),
  relevance: map('window', {
    notBefore: duration.optional().describe('Earliest, relative to the launch.'),
    notAfter: duration.optional().describe('Latest, relative to the launch.'),
  })
    .optional()
    .describe('When the step makes sense, relative to the launch.'),
  waiting: positiveDuration.optional().describe('Time that passes before work starts.'),
  derivedFrom: list(reference).optional().describe('Artefacts that the result is made from.'),
  escalateAfter: positiveDuration.optional().describe('How long it may stay open before its owner is told.'),
};
const plainStep = map('step', stepFields);
const rework = map('rework', {
  to: reference.describe('Earlier step or block beside it that work is returned to, or the step itself.'),
  via: plainStep.describe('The step that mends what was rejected.'),
  max: count.describe('How often work may be returned before it escalates.'),
  probability: share.optional().describe('How often it is returned, for forecasts; 0 without it.'),
});
export const writtenStep = map('step', {
  ...stepFields,
  rework: rework.optional().describe('What happens when the step is rejected.'),
  ...inherited,
});

export type WrittenStep = z.infer<typeof writtenStep>;
export interface WrittenGroup {
  id?: string | undefined;
  when?: string | undefined;
  weight?: number | undefined;
  steps: WrittenBlock[];
}
export type WrittenMember = WrittenStep | WrittenGroup;
export type WrittenBlock =
  | WrittenStep
  | { id?: string | undefined; oneOf: WrittenMember[] }
  | { id?: string | undefined; allOf: WrittenMember[] };

const member: z.ZodType<WrittenMember> = z.lazy(() => z.union([writtenStep, group]));
const group: z.ZodType<WrittenGroup> = z.lazy(() =>
  map('branch', {
    id: id.optional().describe('Name of the branch.'),
    when: expression.optional().describe('The branch is open only where this CEL condition holds.'),
    weight: z
      .number()
      .positive('a number above 0 is needed')
      .optional()
      .describe('Relative frequency of the branch, for forecasts; 1 without it.'),
    steps: list(writtenBlock).min(1, 'a branch needs at least one step').describe('Steps in their order.'),
  }),
);
const members = list(member).min(2, 'a fork needs at least two members');
const choice = z.lazy(() =>
  map('choice', {
    id: id.optional().describe('Name of the choice.'),
    oneOf: members.describe('Exactly one of these runs: the first that is started.'),
  }),
);
const concurrent = z.lazy(() =>
  map('fork', {
    id: id.optional().describe('Name of the fork.'),
    allOf: members.describe('These run side by side.'),
  }),
);
const writtenBlock: z.ZodType<WrittenBlock> = z.lazy(() => z.union([writtenStep, choice, concurrent]));
const steps = list(writtenBlock).min(1, 'a list of steps needs at least one');

const check = map('check', {
  metric: text.describe('What is measured, for example message-consistency.'),
  atLeast: z
    .union([z.number(), positiveDuration])
    .optional()
    .describe('The check passes from this value up.'),
  atMost: z.union([z.number(), positiveDuration]).optional().describe('The check passes up to this value.'),
});
const gate = map('gate', {
  id,
  at: z
    .enum(GATE_PLACES)
    .describe('`midpoint`: after half of the steps of every lane. `endpoint`: after the lanes.'),
  merge: z
    .union([
      z.literal('all'),
      map('merge', { atLeast: count.describe('How many lanes.') }),
      list(reference).min(1, 'at least one lane is needed'),
    ])
    .optional()
    .describe('Which lanes the gate waits for; `all` without it.'),
  approvers: list(role).optional().describe('Roles that may evaluate the gate; the steward without it.'),
  checks: list(check).optional().describe('What is measured, and what it must be.'),
  onFail: z.enum(ON_FAIL).optional().describe('What a failed check does; `block` without it.'),
  ...inherited,
});
const lane = map('lane', { steps: steps.describe('Steps in their order.') });
const section = map('section', {
  id,
  model: z.enum(SECTION_MODELS).describe('How the section is run.'),
  after: list(reference)
    .optional()
    .describe('Sections it runs after; the one before it without this, none with [].'),
  steps: steps.optional().describe('The chain of a linear section.'),
  lanes: z.record(id, lane).optional().describe('The streams of a parallel section.'),
  hub: map('hub', {
    steps: steps.describe('What the hub does before the spokes begin.'),
    owns: list(id).optional().describe('Fields of the brief that only the hub may set.'),
  })
    .optional()
    .describe('The centre of a hub-and-spoke section.'),
  spokes: z.record(id, lane).optional().describe('The channel teams of a hub-and-spoke section.'),
  gates: list(gate).optional().describe('Where the streams of the section are compared.'),
  checkpoints: list(
    map('checkpoint', {
      id,
      offset: duration.describe('Relative to the launch, for example -P7D.'),
      ...inherited,
    }),
  )
    .optional()
    .describe('Dates relative to the launch.'),
  tool: reference.optional().describe('Tool of the Taxonomy that the section is run in.'),
  remove: inherited.remove,
  before: inherited.before,
});
const handoff = map('hand-off', {
  id: id.optional().describe('Name of the hand-off; `<from>-to-<to>` without it.'),
  from: reference.describe('Section that hands over.'),
  to: reference.describe('Section that takes over.'),
  payload: list(reference).optional().describe('Artefacts or fields of the brief that pass.'),
  verify: list(z.union([z.enum(BUILT_IN_VERIFICATIONS), map('condition', { cel: expression })]))
    .optional()
    .describe('What is checked before it is accepted.'),
  mode: z.enum(['sync', 'async']).optional().describe('Whether both sides meet; `sync` without it.'),
  respondWithin: positiveDuration.optional().describe('How soon an asynchronous hand-off is answered.'),
  meeting: text.optional().describe('Where a synchronous hand-off takes place.'),
});
const onChannel = map('channel concerned', { channel: reference.describe('Key of the channel.') });
const action = z.union([
  map('action', {
    shiftBudget: map('budget shift', {
      from: reference.describe('Channel that gives.'),
      to: reference.describe('Channel that takes.'),
      percent: z
        .number()
        .positive('a number above 0 is needed')
        .max(100, 'at most 100')
        .describe('How much of it.'),
      floor: z.number().min(0, 'not below 0').optional().describe('What the giving channel keeps at least.'),
      cap: z.number().positive('a number above 0 is needed').optional().describe('What is moved at most.'),
    }).describe('Moves budget between channels.'),
  }),
  map('action', {
    createStep: map('new step', {
      id,
      name: text.optional().describe('What people call it.'),
      responsible: role,
    }).describe('Adds a task to the campaign.'),
  }),
  map('action', {
    rotateCreative: onChannel.describe('Shows another creative.'),
  }),
  map('action', {
    pauseChannel: onChannel.describe('Pauses a channel.'),
  }),
  map('action', {
    resumeChannel: onChannel.describe('Resumes a channel.'),
  }),
  map('action', {
    alert: map('alert', {
      roles: list(role).min(1, 'at least one role is needed').describe('Who is told.'),
    }).describe('Tells people.'),
  }),
  map('action', { recalculateForecast: map('forecast', {}).describe('Computes the forecast anew.') }),
]);
const trigger = map('trigger', {
  id,
  signal: reference.describe('Signal of the Taxonomy that is listened to.'),
  when: expression.describe('CEL condition over `value`, `previous` and `samples`.'),
  for: positiveDuration.optional().describe('How long the condition must hold.'),
  guard: map('guard', {
    maxAge: positiveDuration.optional().describe('How old the last value may be.'),
    minSamples: count.optional().describe('On how many samples the last value must rest.'),
    completeness: share.optional().describe('Share of the expected values that must be there.'),
    range: z.tuple([z.number(), z.number()]).optional().describe('Values outside are taken as faults.'),
  })
    .optional()
    .describe('What keeps it from acting on bad data.'),
  cooldown: positiveDuration.optional().describe('How long it rests after it acted; a day without it.'),
  actions: list(action).min(1, 'a trigger needs at least one action').describe('What it does.'),
  ...inherited,
});
const EVENTS: Readonly<Record<(typeof EVENT_KINDS)[number], string>> = {
  start: 'A step is started.',
  complete: 'A step is completed, and started before where it is ready.',
  approve: 'An approval or a review is given.',
  reject: 'An approval or a review is rejected.',
  skip: 'An optional step is left out.',
  launch: 'A channel is launched.',
  accept: 'A hand-off is accepted.',
  pass: 'A gate passes.',
  fail: 'A gate fails.',
  reach: 'All is done that it takes for a step to become ready.',
};
const event = map(
  'event',
  Object.fromEntries(
    EVENT_KINDS.map((kind) => [kind, reference.optional().describe(EVENTS[kind])]),
  ) as Record<(typeof EVENT_KINDS)[number], z.ZodOptional<z.ZodString>>,
);
const expectations = (what: string) =>
  z.record(reference, text).optional().describe(`Status by id of a ${what}.`);
const test = map('test', {
  name: text.describe('What is shown.'),
  campaign: map('campaign', {
    type: reference.optional().describe('`campaign.type`.'),
    risk: z.enum(RISKS).optional().describe('`campaign.risk`; medium without it.'),
    channels: list(reference).optional().describe("`campaign.channels`; the workflow's without it."),
    labels: list(text).optional().describe('`campaign.labels`.'),
    flags: list(text).optional().describe('`campaign.flags`.'),
    budget: z.number().min(0, 'not below 0').optional().describe('`campaign.budget`; 0 without it.'),
  })
    .optional()
    .describe('The campaign it is tried on.'),
  brief: z
    .record(text, z.union([text, list(text)]))
    .optional()
    .describe('The brief of the campaign.'),
  given: list(event).optional().describe('What happens, in this order.'),
  expect: map('expectation', {
    steps: expectations('step'),
    gates: expectations('gate'),
    handoffs: expectations('hand-off'),
    refused: list(event).optional().describe('What is refused then.'),
    allowed: list(event).optional().describe('What is allowed then.'),
  }).describe('What holds then.'),
});
const calendar = map('content calendar', {
  theme: text.describe('What every item is about.'),
  minLinks: z
    .number()
    .int('a whole number is needed')
    .min(0, 'not below 0')
    .optional()
    .describe('Links that must lead to an item; 1 without it.'),
  items: list(
    map('calendar item', {
      id,
      channel: reference.describe('Where it appears.'),
      offset: duration.describe('When, relative to the launch.'),
      theme: text.optional().describe("What it is about; the calendar's theme without it."),
      links: list(reference).optional().describe('Items it links to.'),
      ...inherited,
    }),
  ).describe('What appears when and where.'),
});

const head = {
  apiVersion: z.literal('weir/v1').describe('The version of the format.'),
  id,
};
const kindOf = <K extends string>(kind: K) => z.literal(kind).describe('What the document defines.');
export const writtenWorkflow = map('workflow', {
  ...head,
  kind: kindOf('Workflow'),
  name: text.describe('What people call it.'),
  extends: reference
    .optional()
    .describe('Workflow of the same repository whose entries this one takes over.'),
  steward: role.describe('Role that looks after the definition.'),
  status: z.enum(WORKFLOW_STATUSES).optional().describe('`active` without it.'),
  pilotCampaigns: list(id)
    .optional()
    .describe('Keys of the campaigns that may use it while `status` is `pilot`; no other one can.'),
  campaignTypes: list(id).optional().describe('What sort of campaigns it is for.'),
  pattern: z.enum(PATTERNS).describe('How the channels come together.'),
  decision: map('decision', {
    inputs: z.record(id, text).optional().describe('What the choice was based on.'),
    rationale: text.regex(/\S/, 'must say something').describe('Why this pattern.'),
  })
    .optional()
    .describe('Why the pattern was chosen.'),
  review: map('review', { every: positiveDuration.describe('Time between two reviews.') })
    .optional()
    .describe('When the definition is looked at again.'),
  regulated: z.boolean().optional().describe('Whether sign-off is required by law.'),
  audience: text.optional().describe('Who it is for, in words.'),
  channels: list(reference).optional().describe('Where its campaigns launch.'),
  milestones: list(
    map('milestone', {
      id,
      owner: role,
      announceBefore: positiveDuration
        .optional()
        .describe('How long before the date its consumers are told.'),
      consumers: list(reference).optional().describe('Roles or sections that depend on it.'),
      date: date.optional().describe('Without it, given when a campaign is created.'),
      notBefore: list(reference).optional().describe('Milestones that come first.'),
      ...inherited,
    }),
  )
    .optional()
    .describe('Dates that several teams share.'),
  sections: list(section)
    .min(1, 'a workflow needs at least one section')
    .describe('The parts it is made of.'),
  handoffs: list(handoff).optional().describe('How work passes between sections.'),
  sequence: list(
    map('launch order', {
      step: reference.describe('Launch that comes later.'),
      after: reference.describe('Launch that comes first.'),
      minGap: positiveDuration.optional().describe('Time that must lie between; a launch waits for it.'),
      maxGap: positiveDuration
        .optional()
        .describe('Time that may lie between; what comes later is reported.'),
    }),
  )
    .optional()
    .describe('Order and distance of launches.'),
  rules: list(
    map('rule', {
      id,
      block: text.describe('`launch:<channel>`, `start:<step>` or `complete:<step>`.'),
      until: expression.describe('CEL condition that lifts it.'),
      ...inherited,
    }),
  )
    .optional()
    .describe('What is forbidden until a condition holds.'),
  triggers: list(trigger).optional().describe('What happens by itself when a signal says so.'),
  cadence: list(
    map('meeting', {
      id,
      rrule: text.describe('When, as a recurrence rule of RFC 5545.'),
      duration: positiveDuration.describe('How long.'),
      timezone: timezone.optional().describe('IANA time zone; UTC without it.'),
      attendees: list(role).optional().describe('Who meets.'),
      ...inherited,
    }),
  )
    .optional()
    .describe('Regular meetings; those of the pattern without any.'),
  calendar: calendar.optional().describe('What is published when, and how it hangs together.'),
  kpis: list(text).optional().describe('What its campaigns are measured by.'),
  tests: list(test).optional().describe('Given events and what is expected then; `weir validate` runs them.'),
});

export const writtenTeam = map('team', {
  ...head,
  kind: kindOf('Team'),
  name: text.optional().describe('What people call it.'),
  roles: list(
    map('role', {
      id,
      name: text.optional().describe('What people call it.'),
      capacity: count.optional().describe('Units that work at the same time; never a bottleneck without it.'),
      people: list(z.email('not an e-mail address'))
        .optional()
        .describe('E-mail addresses of those who hold it.'),
      delegates: list(role).optional().describe('Roles that may act for it.'),
      timezone: timezone.optional(),
      workingDays: list(z.enum(WEEKDAYS))
        .min(1, 'at least one day is needed')
        .optional()
        .describe('Days it works.'),
      workingHours: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, 'not hours such as 09:00-17:00')
        .optional()
        .describe('Hours it works, for example 09:00-17:00; round the clock without it.'),
      holidays: list(date).optional().describe('Days it does not work.'),
      absences: list(
        map('absence', {
          from: date.describe('First day.'),
          to: date.describe('Last day.'),
        }),
      )
        .optional()
        .describe('When nobody is there to answer, so that its delegates are asked.'),
    }),
  ).describe('Roles of the team.'),
});
export const writtenTaxonomy = map('taxonomy', {
  ...head,
  kind: kindOf('Taxonomy'),
  channels: list(
    map('channel', {
      id,
      risk: z.enum(RISKS).optional().describe('Harm a mistake does there; medium without it.'),
    }),
  )
    .optional()
    .describe('Channels there are.'),
  segments: list(map('segment', { id, name: text.optional().describe('What people call it.') }))
    .optional()
    .describe('Audience segments there are.'),
  offers: list(
    map('offer', {
      id,
      percent: z.number().min(0, 'not below 0').max(100, 'at most 100').optional().describe('Reduction.'),
      validFrom: date.optional().describe('First day it holds.'),
      validTo: date.optional().describe('Last day it holds.'),
    }),
  )
    .optional()
    .describe('Offer codes there are.'),
  tones: list(id).optional().describe('Tones of voice there are.'),
  signals: list(
    map('signal', {
      id,
      owner: role.describe('Who answers for the data.'),
      unit: text.optional().describe('Unit.'),
      range: z.tuple([z.number(), z.number()]).optional().describe('Smallest and largest possible value.'),
    }),
  )
    .optional()
    .describe('Signals that triggers may listen to.'),
  tools: list(
    map('tool', {
      id,
      models: list(z.enum(SECTION_MODELS))
        .min(1, 'at least one model is needed')
        .describe('Models of a section that it can express.'),
    }),
  )
    .optional()
    .describe('Tools that sections are run in.'),
});
const severity = z.enum(SETTINGS_OF_FINDINGS);
export const writtenPolicy = map('policy', {
  ...head,
  kind: kindOf('Policy'),
  onBadFile: z.enum(['file', 'commit']).optional().describe('What a bad file holds back; `file` without it.'),
  retireLimit: map('limit', {
    share: share.optional().describe('Share of the workflows that one commit may retire.'),
    runningCampaigns: z
      .number()
      .int('a whole number is needed')
      .min(0, 'not below 0')
      .optional()
      .describe('Running campaigns a retired workflow may have.'),
  })
    .optional()
    .describe('What is more likely an accident than a plan.'),
  fiscalYearStart: z
    .number()
    .int('a whole number is needed')
    .min(1, 'a month is 1 to 12')
    .max(12, 'a month is 1 to 12')
    .optional()
    .describe('Month the fiscal year begins with.'),
  timezone: timezone.optional(),
  approvals: list(
    map('demand', {
      when: expression,
      require: list(role).min(1, 'at least one role is needed').describe('Roles that must approve.'),
    }),
  )
    .optional()
    .describe('Approvals demanded before any launch.'),
  respondWithin: positiveDuration
    .optional()
    .describe('How soon approvals and hand-offs are answered that say nothing of it themselves.'),
  deviations: list(
    map('allowance', {
      from: list(z.enum(DEVIATION_KINDS)).min(1, 'at least one is needed').describe('What may be gone past.'),
      when: expression.optional().describe('Only for campaigns of which this CEL condition holds.'),
      by: list(role).min(1, 'at least one role is needed').describe('Roles that decide it, any one of them.'),
    }),
  )
    .optional()
    .describe('What may be gone past with a rationale; without it nothing.'),
  findings: z
    .record(
      text,
      z.union([
        severity,
        z.object({ severity: severity.optional() }).catchall(z.number()).meta({ title: 'setting' }),
      ]),
    )
    .optional()
    .describe('Severity and limits by code of a finding.'),
  excuses: list(
    map('excuse', {
      finding: reference.describe('Code of the finding.'),
      workflow: reference.describe('Workflow that is excused.'),
      reason: text.describe('Why.'),
      until: date.describe('Last day it holds.'),
    }),
  )
    .optional()
    .describe('Findings that are let pass for a while.'),
});
export const writtenLibrary = map('library', {
  ...head,
  kind: kindOf('Library'),
  entries: list(
    map('library entry', {
      campaignType: id.describe('Sort of campaign.'),
      workflow: reference.describe('Workflow recommended for it.'),
      priority: z.enum(RISKS).optional().describe('How much it matters.'),
    }),
  ).describe('Which workflow suits which campaigns.'),
});

export const WRITTEN = {
  Workflow: writtenWorkflow,
  Team: writtenTeam,
  Taxonomy: writtenTaxonomy,
  Policy: writtenPolicy,
  Library: writtenLibrary,
} as const;

export type WrittenWorkflow = z.infer<typeof writtenWorkflow>;
export type WrittenSection = z.infer<typeof section>;
export type WrittenTest = z.infer<typeof test>;
export type WrittenTeam = z.infer<typeof writtenTeam>;
export type WrittenTaxonomy = z.infer<typeof writtenTaxonomy>;
export type WrittenPolicy = z.infer<typeof writtenPolicy>;
export type WrittenLibrary = z.infer<typeof writtenLibrary>;
