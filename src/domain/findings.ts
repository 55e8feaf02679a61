/** What a finding is about: the file, the form, names, whether a campaign could run on it, or house rules. */
export const FINDING_GROUPS = ['file', 'form', 'reference', 'soundness', 'policy'] as const;
export type FindingGroup = (typeof FINDING_GROUPS)[number];

export interface FindingEntry {
  readonly group: FindingGroup;
  /** How much it weighs; for those of the group `policy` where no Policy says otherwise. */
  readonly severity: 'error' | 'warning';
  readonly meaning: string;
  /** What a Policy may set, and what it is where none does. */
  readonly limits?: Readonly<Record<string, number>>;
}

/**
 * Every finding there is, by its code. Codes are stable: pipelines and Policies name them. docs/findings.md is generated
 * from here and from the examples beside the tests.
 */
export const FINDINGS = {
  E_MERGE_CONFLICT: {
    group: 'file',
    severity: 'error',
    meaning:
      'Both branches changed the same lines, so that git cannot merge them by itself. Found by `weir plan`.',
  },
  E_FILE_TOO_LARGE: {
    group: 'file',
    severity: 'error',
    meaning: 'The file is larger than any definition a person writes (1 MiB), so it is not read.',
  },
  E_NOT_TEXT: {
    group: 'file',
    severity: 'error',
    meaning: 'The file is not UTF-8 text, or holds a control character.',
  },
  E_TOO_DEEP: {
    group: 'file',
    severity: 'error',
    meaning: 'The file nests deeper than any definition can mean (64 levels).',
  },
  E_TOO_MANY_VALUES: {
    group: 'file',
    severity: 'error',
    meaning: 'Aliases make the document unfold to more than 100,000 values.',
  },
  E_YAML: {
    group: 'file',
    severity: 'error',
    meaning:
      'The text is not YAML 1.2. Only the first such fault of a document is reported, since the others may follow from it.',
  },
  E_DUPLICATE_KEY: {
    group: 'file',
    severity: 'error',
    meaning: 'A key stands twice in one map; only one of the two could count.',
  },
  W_NOT_WEIR: {
    group: 'file',
    severity: 'warning',
    meaning: 'A YAML file or document that is not a definition of Weir; it is left out.',
  },
  E_NOT_A_MAP: {
    group: 'file',
    severity: 'error',
    meaning: 'A definition is a map of keys and values; this document is something else.',
  },
  E_API_VERSION: {
    group: 'file',
    severity: 'error',
    meaning: 'The document does not say `apiVersion: weir/v1`, which tells how to read it.',
  },
  E_KIND: {
    group: 'file',
    severity: 'error',
    meaning: "The document's `kind` is not one of the five there are.",
  },
  E_SECRET: {
    group: 'file',
    severity: 'error',
    meaning:
      'The text looks like a password, token or private key. Whoever reads the repository has it; use a reference instead, and change the secret.',
  },
  E_MISSING_KEY: { group: 'form', severity: 'error', meaning: 'A key that is needed is not there.' },
  E_UNKNOWN_KEY: { group: 'form', severity: 'error', meaning: 'A key that the format does not have there.' },
  E_WRONG_TYPE: {
    group: 'form',
    severity: 'error',
    meaning:
      'A value of another type: a text where a list is needed, nothing where something is needed, and the like.',
  },
  E_WRONG_VALUE: {
    group: 'form',
    severity: 'error',
    meaning: 'A value of the right type that is not one of those possible.',
  },
  E_RANGE: {
    group: 'form',
    severity: 'error',
    meaning: 'Two values contradict each other: an earliest after a latest, a smallest above a largest.',
  },
  E_SECTION_FORM: {
    group: 'form',
    severity: 'error',
    meaning:
      'The parts of a section do not go with its model: `steps` for linear, `lanes` for parallel, `hub` and `spokes` for hub-and-spoke.',
  },
  E_HUB_WITHOUT_SPOKES: {
    group: 'form',
    severity: 'error',
    meaning: 'A hub-and-spoke section without spokes has nothing to coordinate (R3).',
  },
  E_RACI_MULTIPLE_ACCOUNTABLE: {
    group: 'form',
    severity: 'error',
    meaning: 'More than one role is accountable; if two own a step, nobody does (R13, R14).',
  },
  E_CHECK_FORM: {
    group: 'form',
    severity: 'error',
    meaning: 'A check has exactly one bound: `atLeast` or `atMost`.',
  },
  E_LAUNCH_WITHOUT_CHANNEL: {
    group: 'form',
    severity: 'error',
    meaning: 'A launch step says nothing about what it launches.',
  },
  E_RECURRENCE: {
    group: 'form',
    severity: 'error',
    meaning: "A meeting's `rrule` is not a recurrence rule of RFC 5545.",
  },
  E_EXTENDS: {
    group: 'form',
    severity: 'error',
    meaning: 'What `extends` names does not exist, is wrong itself, or goes in a circle.',
  },
  E_PLACEMENT: {
    group: 'form',
    severity: 'error',
    meaning:
      '`remove`, `before` and `after` change an inherited list; here there is none, or no such entry in it.',
  },
  E_DUPLICATE_ID: {
    group: 'reference',
    severity: 'error',
    meaning: 'An id names one thing of its sort, and one document of its kind in the whole repository.',
  },
  E_UNKNOWN_ROLE: {
    group: 'reference',
    severity: 'error',
    meaning: 'A role that no Team of the repository has. Without a Team every role is accepted.',
  },
  E_UNKNOWN_CHANNEL: {
    group: 'reference',
    severity: 'error',
    meaning: "A channel that the Taxonomy, or the workflow's `channels`, does not have.",
  },
  E_UNKNOWN_SIGNAL: {
    group: 'reference',
    severity: 'error',
    meaning: 'A signal that the Taxonomy does not have.',
  },
  E_UNKNOWN_TOOL: {
    group: 'reference',
    severity: 'error',
    meaning: 'A tool that the Taxonomy does not have.',
  },
  E_UNKNOWN_SECTION: {
    group: 'reference',
    severity: 'error',
    meaning: 'A section that the workflow does not have.',
  },
  E_UNKNOWN_LANE: {
    group: 'reference',
    severity: 'error',
    meaning: 'A lane or spoke that the section does not have.',
  },
  E_UNKNOWN_STEP: {
    group: 'reference',
    severity: 'error',
    meaning: 'A step that the workflow does not have.',
  },
  E_UNKNOWN_ARTEFACT: {
    group: 'reference',
    severity: 'error',
    meaning: 'An artefact that no step produces.',
  },
  E_UNKNOWN_PAYLOAD: {
    group: 'reference',
    severity: 'error',
    meaning: 'Neither an artefact that a step produces, nor a field of the brief.',
  },
  E_UNKNOWN_CONCERN: {
    group: 'reference',
    severity: 'error',
    meaning: 'Neither a channel of the workflow, nor a field of the brief.',
  },
  E_UNKNOWN_MILESTONE: {
    group: 'reference',
    severity: 'error',
    meaning: 'A milestone that the workflow does not have.',
  },
  E_UNKNOWN_CONSUMER: { group: 'reference', severity: 'error', meaning: 'Neither a role nor a section.' },
  E_UNKNOWN_ITEM: {
    group: 'reference',
    severity: 'error',
    meaning: 'An item that the content calendar does not have.',
  },
  E_UNKNOWN_ACTION: {
    group: 'reference',
    severity: 'error',
    meaning:
      "A rule blocks `launch:<channel>`, `start:<step>` or `complete:<step>`; this is none of the workflow's.",
  },
  E_UNKNOWN_NAME: {
    group: 'reference',
    severity: 'error',
    meaning: 'A name in an expression or a test that nothing in the workflow has.',
  },
  E_UNKNOWN_WORD: {
    group: 'reference',
    severity: 'error',
    meaning:
      'A variable is compared with a value that it can never have, or a test expects a status that does not exist.',
  },
  E_UNKNOWN_FINDING: {
    group: 'reference',
    severity: 'error',
    meaning: 'A code that no finding has, or one that a Policy cannot change.',
  },
  E_EXPRESSION: {
    group: 'soundness',
    severity: 'error',
    meaning:
      'A CEL expression that cannot be read, asks about something that is not there, or does not give true or false.',
  },
  E_CYCLE: {
    group: 'soundness',
    severity: 'error',
    meaning:
      'Things wait for each other in a circle, so none of them can begin. The message shows the shortest such circle. Work that is returned is `rework`, which is bounded (R17).',
  },
  E_REWORK_TARGET: {
    group: 'soundness',
    severity: 'error',
    meaning:
      "Rework returns work to an earlier step or block beside the step, or to the step itself; what is done `via` is work, not a launch or somebody's judgement.",
  },
  E_NEEDS_CONDITIONAL: {
    group: 'soundness',
    severity: 'error',
    meaning:
      'A step needs another one that does not always run when it runs itself, and would wait for it for ever.',
  },
  E_NEVER_RUNS: {
    group: 'soundness',
    severity: 'error',
    meaning: 'No campaign has what the condition asks for, so the step or branch never runs.',
  },
  E_GATE_WAITS_FOR_EVER: {
    group: 'soundness',
    severity: 'error',
    meaning:
      'A gate asks for what cannot come about: more lanes than there are, or a value that its metric never has.',
  },
  E_RULE_WAITS_FOR_EVER: {
    group: 'soundness',
    severity: 'error',
    meaning:
      'A campaign can get into a state in which a rule holds back a step for ever. The message names the campaign and what waits for what.',
  },
  E_HANDOFF_WITHOUT_BOUNDARY: {
    group: 'soundness',
    severity: 'error',
    meaning: 'A hand-off between two sections of which the second does not run after the first.',
  },
  E_DUPLICATE_HANDOFF: {
    group: 'soundness',
    severity: 'error',
    meaning: 'Two hand-offs between the same two sections; only one of them would ever be accepted.',
  },
  E_HANDOFF_WAITS_FOR_EVER: {
    group: 'soundness',
    severity: 'error',
    meaning:
      'A hand-off passes an artefact that is only produced after it, or waits for a condition that never holds.',
  },
  E_TEST_FAILED: {
    group: 'soundness',
    severity: 'error',
    meaning: 'A test beside the workflow expects something else than what happens.',
  },
  E_STAGE_MISSING: {
    group: 'policy',
    severity: 'error',
    meaning: 'A workflow ends with a retrospective, or nothing is learnt from it (R10).',
  },
  W_STAGE_MISSING: {
    group: 'policy',
    severity: 'warning',
    meaning: 'A workflow covers every stage from the brief to the launch (R10).',
  },
  E_PARALLEL_NO_MERGE: {
    group: 'policy',
    severity: 'error',
    meaning: 'Streams run side by side and are never brought together (R2).',
  },
  W_GATE_MIDPOINT_MISSING: {
    group: 'policy',
    severity: 'warning',
    meaning: 'Streams are compared at the end only, when there is no time left to mend what disagrees (R35).',
  },
  W_ISOLATED_STREAMS: {
    group: 'policy',
    severity: 'warning',
    meaning:
      "Streams of a section have neither a step that needs another stream's, nor a gate in common (R116).",
  },
  E_HYBRID_AMBIGUOUS_HANDOFF: {
    group: 'policy',
    severity: 'error',
    meaning: 'Nothing says how work passes from one section to the next: neither a hand-off nor a gate (R8).',
  },
  W_HANDOFF_UNVERIFIED: {
    group: 'policy',
    severity: 'warning',
    meaning: 'A hand-off verifies nothing (R12).',
  },
  E_HANDOFF_NO_RESPONSE_TIME: {
    group: 'policy',
    severity: 'error',
    meaning: 'An asynchronous hand-off sets no time to respond within (R16).',
  },
  E_ADAPTIVE_NO_TRIGGER: {
    group: 'policy',
    severity: 'error',
    meaning: 'An adaptive workflow acts on signals, but there is no trigger (R6).',
  },
  E_ADAPTIVE_NO_GUARD: {
    group: 'policy',
    severity: 'error',
    meaning: 'A trigger has no guard against late, sparse or incomplete data (R6, R59).',
  },
  E_OVERREACH: {
    group: 'policy',
    severity: 'error',
    meaning:
      'The pattern is adaptive, but the decision says that its foundation is missing: `maturity` is low or `dataInfrastructure` weak (R32).',
  },
  W_PATTERN_MODEL: {
    group: 'policy',
    severity: 'warning',
    meaning: 'The pattern says parallel, but every section is linear.',
  },
  W_UNKNOWN_REFERENCE: {
    group: 'policy',
    severity: 'warning',
    meaning:
      'A Team, Taxonomy, Policy or Library names a role or workflow that the repository does not have (yet).',
  },
  W_TEAM_MISSING: {
    group: 'policy',
    severity: 'warning',
    meaning: 'A regulated workflow in which the role `legal` owns no step (R15).',
  },
  W_APPROVAL_KIND: {
    group: 'policy',
    severity: 'warning',
    meaning: 'A step approves an artefact, but is of a kind that nobody approves or rejects.',
  },
  W_SELF_APPROVAL: {
    group: 'policy',
    severity: 'warning',
    meaning: 'The role that approves an artefact is the one that makes it (R41).',
  },
  E_OVERENGINEERED: {
    group: 'policy',
    severity: 'error',
    meaning: 'More approvals than channels of low risk are worth (R96). Limit: `approvals` (3).',
    limits: { approvals: 3 },
  },
  W_NO_METRIC: {
    group: 'policy',
    severity: 'warning',
    meaning: 'Neither a KPI nor a check, so nobody will know whether the workflow works.',
  },
  W_STALE: {
    group: 'policy',
    severity: 'warning',
    meaning:
      'The definition was not touched for longer than its `review` says (R93). Found where the history is known, by `weir plan`, of what a change concerns.',
  },
  W_TOO_FEW_PEOPLE: {
    group: 'policy',
    severity: 'warning',
    meaning: 'A step needs more people of a role than the Team has, so nobody could ever begin it.',
  },
  W_UNKNOWN_METRIC: {
    group: 'policy',
    severity: 'warning',
    meaning:
      'A gate or a KPI names a metric that is not in the catalogue, so nobody measures it: a gate takes what its evaluator states.',
  },
  W_EXPIRED_EXCUSE: {
    group: 'policy',
    severity: 'warning',
    meaning: 'An excuse of the Policy has run out, so what it excused is reported again.',
  },
  W_SECOND_POLICY: {
    group: 'policy',
    severity: 'warning',
    meaning: 'A repository has one Policy; the settings of a further one are not used.',
  },
  W_PILOT_UNNAMED: {
    group: 'policy',
    severity: 'warning',
    meaning: 'A pilot that names no campaign can be tried by none (R99).',
  },
  W_BIG_BANG: {
    group: 'policy',
    severity: 'warning',
    meaning:
      'One change replaces many parts of a workflow at once (R98). Found by `weir plan`. Limit: `changes` (5).',
    limits: { changes: 5 },
  },
  W_OVER_MEETING: {
    group: 'policy',
    severity: 'warning',
    meaning:
      'A role sits in meetings of the workflow for longer than is good for the work (R20). Limit: `hoursPerWeek` (5), which is also what a person may have over all campaigns before an alert is raised.',
    limits: { hoursPerWeek: 5 },
  },
  W_COMPLEXITY_MISMATCH: {
    group: 'policy',
    severity: 'warning',
    meaning:
      'The complexity that was declared is far from what channels and roles make it (R28). Limits: `channelsMedium` (2), `channelsHigh` (5), `rolesMedium` (4), `rolesHigh` (9).',
    limits: { channelsMedium: 2, channelsHigh: 5, rolesMedium: 4, rolesHigh: 9 },
  },
  E_TOOL_CANNOT_EXPRESS_MODEL: {
    group: 'policy',
    severity: 'error',
    meaning: 'A section is run in a tool that cannot express its model (R34).',
  },
  E_LAUNCH_BEFORE_DEPENDENCY: {
    group: 'policy',
    severity: 'error',
    meaning: 'A milestone is dated before one that has to come first (R68).',
  },
  W_UNCOMMUNICATED_MILESTONE: {
    group: 'policy',
    severity: 'warning',
    meaning: 'A milestone has consumers whom nobody tells in time (R69).',
  },
  W_DUPLICATE_PARAM: {
    group: 'policy',
    severity: 'warning',
    meaning:
      'The same milestone has the same date in several workflows, so whoever moves it has to think of all of them (R55).',
  },
  W_CALENDAR_THEME: {
    group: 'policy',
    severity: 'warning',
    meaning: 'An item of the content calendar is about something else than the calendar (R21).',
  },
  W_CALENDAR_ORPHAN: {
    group: 'policy',
    severity: 'warning',
    meaning: 'Too few items of the content calendar link to this one (R21).',
  },
} as const satisfies Readonly<Record<string, FindingEntry>>;

export type FindingCode = keyof typeof FINDINGS;

export const isFindingCode = (code: string): code is FindingCode => Object.hasOwn(FINDINGS, code);

/** Judgements about a definition that could run: a Policy may raise, lower or excuse them. */
export const isPolicyFinding = (code: FindingCode): boolean => FINDINGS[code].group === 'policy';
