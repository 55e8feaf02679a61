import { add, type Change, edit, insert, rename } from './story.js';

/**
 * The steps by which the B2B launch went from sequential to parallel, one element at a time.
 * Each constant is what one commit changed; the file got its present name on the way.
 */
export const OLD_PATH = 'b2b-launch.yaml';
export const PATH = 'quarterly-b2b-launch.yaml';

export const ADDED: readonly Change[] = [add(OLD_PATH)];

export const FREEZE_MILESTONE: readonly Change[] = [
  insert(
    OLD_PATH,
    `milestones:
  - { id: feature-freeze, owner: product-manager, announceBefore: P14D, consumers: [creative-lead, sales] }
`,
  ),
];

const SYNC = `cadence:
  - { id: weekly-sync, rrule: "FREQ=WEEKLY;BYDAY=WE;BYHOUR=10", duration: PT30M, timezone: Europe/Berlin, attendees: [campaign-manager, product-manager, creative-lead, sales] }
`;
export const WEEKLY_SYNC: readonly Change[] = [
  insert(OLD_PATH, SYNC),
  edit(
    OLD_PATH,
    '{ from: plan, to: build, payload: [brief], verify: [approvals-complete, payload-complete], mode: async, respondWithin: PT8H }',
    '{ from: plan, to: build, payload: [brief], verify: [approvals-complete, payload-complete], mode: sync, meeting: weekly-sync }',
  ),
];

export const RENAMED: readonly Change[] = [rename(OLD_PATH, PATH)];

const DRAFT =
  '{ id: feature-draft, name: Describe the features, responsible: product-manager, accountable: product-manager, effort: { optimistic: P2D, likely: P3D, pessimistic: P5D }, produces: [feature-draft] }';
const FINAL =
  '{ id: feature-final, name: Freeze the features, responsible: product-manager, accountable: product-manager, effort: { optimistic: P4D, likely: P5D, pessimistic: P8D }, produces: [feature-list] }';
const STORY =
  '{ id: story, name: Agree on the story, responsible: copywriter, accountable: creative-lead, effort: P1D, produces: [story] }';
const OUTLINE =
  '{ id: outline, name: Outline page and email, responsible: [copywriter, designer], accountable: creative-lead, effort: P2D, produces: [outline] }';
const assets = (needs: string): string =>
  `{ id: assets, name: Make the landing page and the email, responsible: [designer, copywriter], accountable: creative-lead, ${needs}effort: { optimistic: P4D, likely: P6D, pessimistic: P8D }, produces: [landing-page, email-copy] }`;
const salesKit = (needs: string): string =>
  `{ id: sales-kit, name: Write the sales kit, responsible: sales, accountable: sales, ${needs}effort: { optimistic: P4D, likely: P5D, pessimistic: P7D }, produces: [sales-kit] }`;
const TRAINING =
  '{ id: sales-training, name: Train the sales team, responsible: sales, accountable: sales, consulted: [product-manager], effort: P1D }';
const REVIEW = `- id: asset-review
  name: Review the assets together
  kind: review
  responsible: brand
  accountable: creative-lead
  consulted: [product-manager]
  effort: P1D
  rework:
    to: assets
    via: { id: revise-assets, name: Revise the assets, responsible: designer, accountable: creative-lead, effort: P1D }
    max: 2
    probability: 0.2`;

const item = (step: string): string => `- ${step}`;
const lines = (indent: number, ...blocks: readonly string[]): string =>
  blocks
    .flatMap((block) => block.split('\n'))
    .map((line) => `${' '.repeat(indent)}${line}\n`)
    .join('');

const CREATIVE = [item(STORY), item(OUTLINE), item(assets('')), REVIEW];
const SALES = [item(salesKit('')), item(TRAINING)];

const ONE_AFTER_THE_OTHER = `    model: linear
    steps:
${lines(6, item(DRAFT), item(FINAL), ...CREATIVE, ...SALES)}`;

const TWO_AT_A_TIME = `    model: linear
    steps:
${lines(6, item(DRAFT), item(FINAL))}      - allOf:
          - steps:
${lines(14, ...CREATIVE)}          - steps:
${lines(14, ...SALES)}`;

const LANES = `    model: parallel
    lanes:
      product:
        steps:
${lines(10, item(DRAFT), item(FINAL))}      creative:
        steps:
${lines(10, item(STORY), item(OUTLINE), item(assets('needs: [feature-final], ')), REVIEW)}      sales:
        steps:
${lines(10, item(salesKit('needs: [feature-draft], ')), item(TRAINING))}    gates:
      - id: launch-review
        at: endpoint
        merge: all
        approvers: [campaign-manager]
        checks: [{ metric: message-consistency, atLeast: 0.9 }]
        onFail: block
`;

export const SALES_BESIDE_CREATIVE: readonly Change[] = [edit(PATH, ONE_AFTER_THE_OTHER, TWO_AT_A_TIME)];

/** The endpoint gate takes the place of the hand-off that stood after the chain. */
export const THREE_LANES: readonly Change[] = [
  edit(PATH, TWO_AT_A_TIME, LANES),
  edit(
    PATH,
    `  - { from: build, to: go-live, payload: [landing-page, email-copy, sales-kit], verify: [payload-complete], mode: async, respondWithin: PT8H }
  - { from: go-live`,
    '  - { from: go-live',
  ),
];

export const START_ON_DRAFT: readonly Change[] = [
  edit(
    PATH,
    item(assets('needs: [feature-final], ')),
    `# Made from the draft of the features, finished when they are frozen: no more waiting for the freeze.
          ${item(assets('needs: [feature-final], startOn: draft, '))}`,
  ),
  edit(PATH, salesKit('needs: [feature-draft], '), salesKit('needs: [feature-draft], startOn: draft, ')),
];

export const PATTERN_PARALLEL: readonly Change[] = [
  edit(
    PATH,
    "# The launch of each quarter's release to business customers: one team hands over to the next.\n",
    `# The launch of each quarter's release to business customers. It used to run strictly one team after the other
# and was two weeks late every time, because marketing heard of the feature freeze after it had happened.
# Now the teams share that date and work side by side.
`,
  ),
  edit(
    PATH,
    `pattern: sequential
decision:
  inputs: { complexity: low, maturity: low, dataInfrastructure: weak, speed: low, regulation: low }
  rationale: One team hands over to the next, which everybody understands.
`,
    `pattern: parallel
decision:
  inputs: { complexity: medium, maturity: medium, dataInfrastructure: weak, speed: medium, regulation: low }
  rationale: Product, creative and sales share the freeze date; working side by side took the waiting out.
`,
  ),
  edit(PATH, 'kpis: [time-to-launch]', 'kpis: [time-to-launch, message-consistency, late-handoffs]'),
];

export const MIDPOINT_GATE: readonly Change[] = [
  insert(
    PATH,
    '      - { id: mid-alignment, at: midpoint, checks: [{ metric: brief-drift, atMost: 0 }], onFail: alert }\n',
  ),
];

export const SHORTER_SALES_KIT: readonly Change[] = [
  edit(
    PATH,
    'effort: { optimistic: P4D, likely: P5D, pessimistic: P7D }',
    'effort: { optimistic: P2D, likely: P3D, pessimistic: P4D }',
  ),
];
