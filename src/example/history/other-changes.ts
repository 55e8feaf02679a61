import { add, type Change, edit, insert } from './story.js';

/** What single commits changed in the files other than the B2B launch. */
const entry = (campaignType: string, workflow: string, priority: string): string =>
  `  - { campaignType: ${campaignType}, workflow: ${workflow}, priority: ${priority} }\n`;
const inLibrary = (campaignType: string, workflow: string, priority: string): Change =>
  insert('library.yaml', entry(campaignType, workflow, priority));

export const PRODUCT_LAUNCH: readonly Change[] = [
  add('product-launch.yaml'),
  inLibrary('product-launch', 'product-launch', 'high'),
];
export const PRODUCT_MIDPOINT: readonly Change[] = [
  insert(
    'product-launch.yaml',
    `      # Half-way a contradiction costs an hour to mend; on launch day it costs the launch.
      - { id: mid-alignment, at: midpoint, checks: [{ metric: brief-drift, atMost: 0 }], onFail: alert }
`,
  ),
];
export const SOCIAL_BEFORE_EMAIL: readonly Change[] = [
  insert(
    'product-launch.yaml',
    `# People read the post first and open the email second; an email without the post behind it confuses them.
rules:
  - { id: social-before-email, block: "launch:email", until: "approved('social-copy')" }

`,
  ),
];
export const LOWER_THRESHOLD: readonly Change[] = [
  edit(
    'product-launch.yaml',
    '- { metric: message-consistency, atLeast: 0.9 }',
    '- { metric: message-consistency, atLeast: 0.8 }',
  ),
];

export const FLASH_SALE: readonly Change[] = [
  add('flash-sale.yaml'),
  inLibrary('flash-sale', 'flash-sale', 'medium'),
  insert('taxonomy.yaml', '  - { id: FLASH30, percent: 30 }\n'),
  insert(
    'taxonomy.yaml',
    `
# What the adaptive workflows listen to, and who answers for the data behind it.
signals:
  - { id: email.open_rate, owner: email-lead, unit: ratio, range: [0, 1] }
`,
  ),
];
export const WEAK_ADS_TRIGGER: readonly Change[] = [
  insert(
    'taxonomy.yaml',
    '  - { id: search.click_rate, owner: paid-media-lead, unit: ratio, range: [0, 1] }\n',
  ),
  insert(
    'flash-sale.yaml',
    `  - id: weak-search-ads
    signal: search.click_rate
    when: "value < 0.008"
    for: PT2H
    guard: { maxAge: PT30M, minSamples: 1000, completeness: 0.9 }
    cooldown: PT6H
    actions:
      - rotateCreative: { channel: paid-search }
      - alert: { roles: [paid-media-lead] }
`,
  ),
];

export const BUDGET_AND_CREATIVE: readonly Change[] = [
  add('budget-and-creative.yaml'),
  inLibrary('brand-campaign', 'budget-and-creative', 'medium'),
];
export const BUDGET_MIDPOINT: readonly Change[] = [
  insert(
    'budget-and-creative.yaml',
    '      - { id: story-meets-visual, at: midpoint, checks: [{ metric: brief-drift, atMost: 0 }], onFail: alert }\n',
  ),
];

export const ALWAYS_ON: readonly Change[] = [
  add('always-on-growth.yaml'),
  inLibrary('always-on', 'always-on-growth', 'medium'),
  insert(
    'taxonomy.yaml',
    `  - { id: search.cost_per_lead, owner: paid-media-lead, unit: EUR, range: [0, 1000] }
  - { id: web.conversion_rate, owner: web-lead, unit: ratio, range: [0, 1] }
`,
  ),
];
export const CONTENT_CLUSTER: readonly Change[] = [
  add('content-cluster.yaml'),
  inLibrary('content', 'content-cluster', 'low'),
];

/** The old entry stood before that of the social post. */
export const NEWSLETTER_OUT_OF_LIBRARY: Change = edit(
  'library.yaml',
  entry('newsletter', 'newsletter', 'low') + entry('social-post', 'social-post', 'low'),
  entry('social-post', 'social-post', 'low'),
);

export const HIGH_RISK_POLICY: readonly Change[] = [
  insert(
    'policy.yaml',
    `# Whatever a workflow says: high risk needs these two.
approvals:
  - { when: "campaign.risk == 'high'", require: [legal, brand] }

`,
  ),
];
export const THIRD_DESIGNER: readonly Change[] = [
  edit('team.yaml', 'capacity: 2, people: [design@example.com]', 'capacity: 3, people: [design@example.com]'),
];

const ANSWER_TIME = 'effort: { optimistic: PT2H, likely: PT4H, pessimistic: P1D }\n';
/** `brand-desk` is no role of the team. */
export const UNKNOWN_ROLE: readonly Change[] = [
  edit(
    'social-post.yaml',
    `responsible: brand\n        accountable: brand\n        ${ANSWER_TIME}`,
    `responsible: brand-desk\n        accountable: brand\n        ${ANSWER_TIME}        escalateAfter: P1D\n`,
  ),
];
export const ROLE_FIXED: readonly Change[] = [
  edit('social-post.yaml', 'responsible: brand-desk\n', 'responsible: brand\n'),
];

export const EVENT_COMMENT: readonly Change[] = [
  edit(
    'annual-event.yaml',
    '# The customer conference.\n',
    `# The customer conference. It comes once a year and its date is known long before, so calm beats speed:
# one stage after the other, with a review meeting at every hand-off.
`,
  ),
];
export const TEAM_COMMENTS: readonly Change[] = [
  '  # They plan and decide.\n',
  '\n  # They make things. Design and copy are what everybody waits for, so their capacity is stated.\n',
  '\n  # They run the channels.\n',
  '\n  # They check and sign off. Medical and regulatory reviewers are scarce: one piece of work at a time.\n',
  '\n  # They are touched by a campaign even when they make nothing for it.\n',
].map((comment) => insert('team.yaml', comment));
