import { z } from 'zod';
import { isDuration } from '../../domain/duration.js';
import { RISKS, WEEKDAYS } from '../../domain/workflow/document.js';
import {
  BUILT_IN_VERIFICATIONS,
  PATTERNS,
  SECTION_MODELS,
  STEP_KINDS,
  WORKFLOW_STATUSES,
} from '../../domain/workflow/workflow.js';

/**
 * The definition format as written. The JSON Schema and the validator come from here;
 * `meaning.ts` turns what is written into what is meant.
 */
const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'an id is letters, digits, dots, dashes and underscores')
  .max(100)
  .describe('Name that stays the same for ever; other places refer to it.');
const text = z.string().min(1);
const duration = z
  .string()
  .refine(isDuration, 'not an ISO 8601 duration such as P3D or PT4H')
  .describe('ISO 8601 duration, for example P3D or PT4H.');
const positiveDuration = duration.refine(
  (value) => !value.startsWith('-'),
  'a duration here cannot be negative',
);
const date = z
  .string()
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && isCalendarDate(value),
    'not a date such as 2026-03-31',
  )
  .describe('Date, for example 2026-03-31.');
const role = id.describe('Role of the Team file.');
const expression = z.string().min(1).describe('Condition in CEL, the Common Expression Language.');
const share = z.number().min(0).max(1);
const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item).min(1)]);

function isCalendarDate(value: string): boolean {
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
}

const threePoint = z.strictObject({
  optimistic: positiveDuration,
  likely: positiveDuration,
  pessimistic: positiveDuration,
});
const placement = {
  remove: z.boolean().optional().describe('With `extends`: drop the inherited entry.'),
};

const stepFields = {
  id,
  name: text.optional().describe('What people call the step; the id without it.'),
  kind: z.enum(STEP_KINDS).optional().describe('What sort of step it is; `task` without it.'),
  responsible: oneOrMany(role).describe('Role or roles that do the work.'),
  accountable: role.describe('The one role that owns the result.'),
  consulted: z.array(role).optional(),
  informed: z.array(role).optional(),
  effort: z
    .union([positiveDuration, threePoint])
    .optional()
    .describe('A fixed duration, or a three-point estimate.'),
  produces: z.array(id).optional().describe('Artefacts that exist when the step is done.'),
  approves: z.array(id).optional().describe('Artefacts that an approval covers.'),
  needs: z.array(id).optional().describe('Steps that must be done first, in other lanes or sections too.'),
  startOn: z
    .enum(['draft', 'final'])
    .optional()
    .describe('`draft`: may start once the needed steps have begun.'),
  channel: id.optional().describe('The channel that a launch step opens.'),
  when: expression.optional(),
  optional: z.boolean().optional().describe('Whether the step may be skipped.'),
  weight: z
    .number()
    .positive()
    .optional()
    .describe('Relative frequency of this member of a choice, for forecasts.'),
  staffing: z
    .record(id, z.number().int().positive())
    .optional()
    .describe('Units per role, in place of one each.'),
  relevance: z.strictObject({ notBefore: duration.optional(), notAfter: duration.optional() }).optional(),
  waiting: positiveDuration.optional().describe('Time that passes before work starts.'),
  derivedFrom: z.array(id).optional().describe('Artefacts that the result is made from.'),
  escalateAfter: positiveDuration.optional(),
  ...placement,
};
const plainStep = z.strictObject(stepFields);
const rework = z.strictObject({
  to: id.describe('Earlier step or block that work is returned to, or the step itself.'),
  via: plainStep.describe('The step that mends what was rejected.'),
  max: z.number().int().positive().describe('How often work may be returned before it escalates.'),
  probability: share.optional().describe('How often it is returned, for forecasts.'),
});
export const writtenStep = z.strictObject({
  ...stepFields,
  rework: rework.optional().describe('What happens when the step is rejected.'),
  before: id.optional(),
  after: id.optional(),
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

const member: z.ZodType<WrittenMember> = z.lazy(() => z.union([group, writtenStep]));
const group: z.ZodType<WrittenGroup> = z.lazy(() =>
  z.strictObject({
    id: id.optional(),
    when: expression.optional(),
    weight: z.number().positive().optional(),
    steps: z.array(writtenBlock).min(1),
  }),
);
const members = z.array(member).min(2, 'a fork needs at least two members');
const choice = z.lazy(() =>
  z.strictObject({ id: id.optional(), oneOf: members.describe('Exactly one of these runs.') }),
);
const concurrent = z.lazy(() =>
  z.strictObject({ id: id.optional(), allOf: members.describe('These run side by side.') }),
);
const writtenBlock: z.ZodType<WrittenBlock> = z.lazy(() => z.union([choice, concurrent, writtenStep]));
const steps = z.array(writtenBlock).min(1, 'a list of steps needs at least one');

const check = z.strictObject({
  metric: text,
  atLeast: z.union([z.number(), positiveDuration]).optional(),
  atMost: z.union([z.number(), positiveDuration]).optional(),
});
const gate = z.strictObject({
  id,
  at: z.enum(['midpoint', 'endpoint']),
  merge: z
    .union([z.literal('all'), z.strictObject({ atLeast: z.number().int().positive() }), z.array(id).min(1)])
    .optional()
    .describe('Which lanes the gate waits for; `all` without it.'),
  approvers: z.array(role).optional(),
  checks: z.array(check).optional(),
  onFail: z
    .enum(['block', 'alert', 'pause-channel'])
    .optional()
    .describe('What a failed check does; `block` without it.'),
  ...placement,
});
const lane = z.strictObject({ steps });
const section = z.strictObject({
  id,
  model: z.enum(SECTION_MODELS),
  after: z
    .array(id)
    .optional()
    .describe('Sections it runs after; the one before it without this, none with [].'),
  steps: steps.optional().describe('The chain of a linear section.'),
  lanes: z.record(id, lane).optional().describe('The streams of a parallel section.'),
  hub: z.strictObject({ steps, owns: z.array(id).optional() }).optional(),
  spokes: z.record(id, lane).optional(),
  gates: z.array(gate).optional(),
  checkpoints: z.array(z.strictObject({ id, offset: duration, ...placement })).optional(),
  ...placement,
});
const handoff = z.strictObject({
  id: id.optional(),
  from: id,
  to: id,
  payload: z.array(id).optional(),
  verify: z.array(z.union([z.enum(BUILT_IN_VERIFICATIONS), z.strictObject({ cel: expression })])).optional(),
  mode: z.enum(['sync', 'async']).optional(),
  respondWithin: positiveDuration.optional(),
  meeting: text.optional().describe('Where a synchronous hand-off takes place.'),
});
const action = z.union([
  z.strictObject({
    shiftBudget: z.strictObject({
      from: id,
      to: id,
      percent: z.number().positive().max(100),
      floor: z.number().min(0).optional(),
      cap: z.number().positive().optional(),
    }),
  }),
  z.strictObject({ createStep: z.strictObject({ id, name: text.optional(), responsible: role }) }),
  z.strictObject({ rotateCreative: z.strictObject({ channel: id }) }),
  z.strictObject({ pauseChannel: z.strictObject({ channel: id }) }),
  z.strictObject({ resumeChannel: z.strictObject({ channel: id }) }),
  z.strictObject({ alert: z.strictObject({ roles: z.array(role).min(1) }) }),
  z.strictObject({ recalculateForecast: z.strictObject({}) }),
]);
const trigger = z.strictObject({
  id,
  signal: text,
  when: expression,
  for: positiveDuration.optional(),
  guard: z
    .strictObject({
      maxAge: positiveDuration.optional(),
      minSamples: z.number().int().positive().optional(),
      completeness: share.optional(),
      range: z.tuple([z.number(), z.number()]).optional(),
    })
    .optional(),
  cooldown: positiveDuration.optional(),
  actions: z.array(action).min(1),
  ...placement,
});

const head = { apiVersion: z.literal('weir/v1'), id };
export const writtenWorkflow = z.strictObject({
  ...head,
  kind: z.literal('Workflow'),
  name: text,
  extends: id.optional().describe('Workflow of the same repository whose entries this one takes over.'),
  steward: role.describe('Role that looks after the definition.'),
  status: z.enum(WORKFLOW_STATUSES).optional().describe('`active` without it.'),
  campaignTypes: z.array(id).optional(),
  pattern: z.enum(PATTERNS),
  decision: z.strictObject({ inputs: z.record(id, z.string()).optional(), rationale: text }).optional(),
  review: z.strictObject({ every: positiveDuration }).optional(),
  regulated: z.boolean().optional(),
  audience: text.optional(),
  channels: z.array(id).optional(),
  milestones: z
    .array(
      z.strictObject({
        id,
        owner: role,
        announceBefore: positiveDuration.optional(),
        consumers: z.array(id).optional(),
        date: date.optional(),
        ...placement,
      }),
    )
    .optional(),
  sections: z.array(section).min(1, 'a workflow needs at least one section'),
  handoffs: z.array(handoff).optional(),
  sequence: z
    .array(
      z.strictObject({
        step: id,
        after: id,
        minGap: positiveDuration.optional(),
        maxGap: positiveDuration.optional(),
      }),
    )
    .optional(),
  rules: z.array(z.strictObject({ id, block: text, until: expression, ...placement })).optional(),
  triggers: z.array(trigger).optional(),
  cadence: z
    .array(
      z.strictObject({
        id,
        rrule: text,
        duration: positiveDuration,
        timezone: text.optional(),
        attendees: z.array(role).optional(),
        ...placement,
      }),
    )
    .optional(),
  kpis: z.array(text).optional(),
  tests: z.array(z.looseObject({})).optional().describe('Given events and expected states.'),
});

export const writtenTeam = z.strictObject({
  ...head,
  kind: z.literal('Team'),
  name: text.optional(),
  roles: z.array(
    z.strictObject({
      id,
      name: text.optional(),
      capacity: z.number().int().positive().optional(),
      people: z.array(z.email()).optional(),
      delegates: z.array(role).optional(),
      timezone: text.optional(),
      workingDays: z.array(z.enum(WEEKDAYS)).min(1).optional(),
      workingHours: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, 'not hours such as 09:00-17:00')
        .optional(),
      holidays: z.array(date).optional(),
    }),
  ),
});
export const writtenTaxonomy = z.strictObject({
  ...head,
  kind: z.literal('Taxonomy'),
  channels: z.array(z.strictObject({ id, risk: z.enum(RISKS).optional() })).optional(),
  segments: z.array(z.strictObject({ id, name: text.optional() })).optional(),
  offers: z
    .array(
      z.strictObject({
        id,
        percent: z.number().min(0).max(100).optional(),
        validFrom: date.optional(),
        validTo: date.optional(),
      }),
    )
    .optional(),
  tones: z.array(id).optional(),
  signals: z
    .array(
      z.strictObject({
        id,
        owner: role,
        unit: text.optional(),
        range: z.tuple([z.number(), z.number()]).optional(),
      }),
    )
    .optional(),
});
const severity = z.enum(['off', 'info', 'warning', 'error']);
export const writtenPolicy = z.strictObject({
  ...head,
  kind: z.literal('Policy'),
  onBadFile: z.enum(['file', 'commit']).optional(),
  retireLimit: z
    .strictObject({ share: share.optional(), runningCampaigns: z.number().int().min(0).optional() })
    .optional(),
  fiscalYearStart: z.number().int().min(1).max(12).optional(),
  timezone: text.optional(),
  approvals: z.array(z.strictObject({ when: expression, require: z.array(role).min(1) })).optional(),
  findings: z
    .record(z.string(), z.union([severity, z.object({ severity: severity.optional() }).catchall(z.number())]))
    .optional(),
  excuses: z.array(z.strictObject({ finding: text, workflow: id, reason: text, until: date })).optional(),
});
export const writtenLibrary = z.strictObject({
  ...head,
  kind: z.literal('Library'),
  entries: z.array(
    z.strictObject({
      campaignType: id,
      workflow: id,
      priority: z.enum(['low', 'medium', 'high']).optional(),
    }),
  ),
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
export type WrittenTeam = z.infer<typeof writtenTeam>;
export type WrittenTaxonomy = z.infer<typeof writtenTaxonomy>;
export type WrittenPolicy = z.infer<typeof writtenPolicy>;
export type WrittenLibrary = z.infer<typeof writtenLibrary>;
