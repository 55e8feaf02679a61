import * as b2b from './b2b-launch.js';
import { NEWSLETTER } from './newsletter.js';
import * as other from './other-changes.js';
import * as regulated from './regulated-promotion.js';
import { add, AUTHORS, type PlannedCommit, remove } from './story.js';

const { operations, campaigns, creative, social, paidMedia, regulatory, product } = AUTHORS;

/** The first quarter: from five workflows in a folder to workflows that change by pull request. */
export const FIRST_QUARTER: readonly PlannedCommit[] = [
  {
    key: 'initial',
    quarter: 1,
    day: 1,
    hour: 9,
    author: operations,
    message: `Write down the five workflows we run

They lived in the templates of three tools, and each tool told a
different story. From now on this folder is what we agreed on.`,
    changes: [
      ...['team.yaml', 'taxonomy.yaml', 'policy.yaml', 'library.yaml'].map(add),
      ...['regulated-promotion.yaml', 'social-post.yaml', 'annual-event.yaml', 'newsletter.yaml'].map(add),
      ...b2b.ADDED,
    ],
  },
  {
    key: 'product-launch',
    quarter: 1,
    day: 4,
    hour: 10,
    author: campaigns,
    branch: 'product-launch-hub',
    message: `Add the product launch with a hub and three spokes

Email, social and events kept their own copy of offer and date, and
the copies differed. The hub owns those facts now.`,
    changes: other.PRODUCT_LAUNCH,
  },
  {
    key: 'product-midpoint',
    quarter: 1,
    day: 5,
    hour: 9,
    author: campaigns,
    branch: 'product-launch-hub',
    message: `Compare the spokes of the product launch half-way

At the end there is no time left to mend what disagrees.`,
    changes: other.PRODUCT_MIDPOINT,
  },
  {
    key: 'merge-3',
    quarter: 1,
    day: 5,
    hour: 14,
    author: operations,
    merges: 'product-launch-hub',
    message: `Merge pull request #3 from campaigns/product-launch-hub

Product launch: one hub, three spokes`,
  },
  {
    key: 'flash-sale',
    quarter: 1,
    day: 9,
    hour: 11,
    author: campaigns,
    message: `Add the flash sale with its first trigger (#5)

A sale lasts two days; waiting for the next meeting to move budget
away from an email that nobody opens costs half of it.`,
    changes: other.FLASH_SALE,
  },
  {
    key: 'budget-and-creative',
    quarter: 1,
    day: 12,
    hour: 15,
    author: operations,
    message: `Add the brand campaign with budget sign-off (#6)

Finance needs an order, creative needs room. The hand-off between the
two is written down because that is where briefs got lost.`,
    changes: other.BUDGET_AND_CREATIVE,
  },
  {
    key: 'high-risk-policy',
    quarter: 1,
    day: 19,
    hour: 10,
    author: operations,
    message: `Require legal and brand for every campaign of high risk

Each workflow said it in its own way, and one forgot to.`,
    changes: other.HIGH_RISK_POLICY,
  },
  {
    key: 'third-designer',
    quarter: 1,
    day: 23,
    hour: 9,
    author: creative,
    message: `Count a third designer

The team has grown; schedules still planned with two.`,
    changes: other.THIRD_DESIGNER,
  },
  {
    key: 'unknown-role',
    quarter: 1,
    day: 26,
    hour: 16,
    author: social,
    message: `Escalate a post that waits a day for its approval

Two posts missed their topic because nobody saw them waiting.`,
    changes: other.UNKNOWN_ROLE,
  },
  {
    key: 'role-fixed',
    quarter: 1,
    day: 27,
    hour: 9,
    author: social,
    message: `Name the role that approves posts as the team file does

'brand-desk' is what we call it, but the role is 'brand'. The file was
held back overnight and the last good version went on being served.`,
    changes: other.ROLE_FIXED,
  },
  {
    key: 'always-on',
    quarter: 1,
    day: 31,
    hour: 13,
    author: paidMedia,
    message: `Add always-on growth (#8)

The channels run all year, so each cycle follows the data. Two signals
come with it, each with an owner who answers for its quality.`,
    changes: other.ALWAYS_ON,
  },
  {
    key: 'side-by-side',
    quarter: 1,
    day: 38,
    hour: 11,
    author: regulatory,
    branch: 'parallel-approval-tracks',
    message: `Let legal, medical and regulatory review side by side

The retrospectives of the last promotions say the same: nine days of
review, one after the other, and no reviewer used another's result.`,
    changes: regulated.SIDE_BY_SIDE,
  },
  {
    key: 'escalation',
    quarter: 1,
    day: 39,
    hour: 10,
    author: regulatory,
    branch: 'parallel-approval-tracks',
    message: `Bring up a claim review that lies for a week

The slowest of three tracks now decides; it has to be seen.`,
    changes: regulated.ESCALATION,
  },
  {
    key: 'freeze-milestone',
    quarter: 1,
    day: 40,
    hour: 14,
    author: product,
    message: `Share the feature freeze as a milestone

The last launch was two weeks late: marketing and sales heard of the
freeze after it had happened. Now they hear of it 14 days before.`,
    changes: b2b.FREEZE_MILESTONE,
  },
  {
    key: 'merge-9',
    quarter: 1,
    day: 41,
    hour: 10,
    author: operations,
    merges: 'parallel-approval-tracks',
    message: `Merge pull request #9 from regulatory/parallel-approval-tracks

Regulated promotion: three approval tracks side by side`,
  },
  {
    key: 'weekly-sync',
    quarter: 1,
    day: 43,
    hour: 9,
    author: campaigns,
    message: `Hand over the B2B brief in a weekly sync

A date in a file helps only those who look; half an hour a week makes
sure that all three teams do.`,
    changes: b2b.WEEKLY_SYNC,
  },
  {
    key: 'rename',
    quarter: 1,
    day: 49,
    hour: 11,
    author: operations,
    message: `Name the file of the quarterly B2B launch after its id

Only the path changes; the id stays, so its history goes on.`,
    changes: b2b.RENAMED,
  },
  {
    key: 'social-before-email',
    quarter: 1,
    day: 56,
    hour: 15,
    author: campaigns,
    message: `Hold the launch email until the social copy is approved

In the last launch the email went out while the posts were still being
discussed, and people found nothing behind the link.`,
    changes: other.SOCIAL_BEFORE_EMAIL,
  },
  {
    key: 'retire-newsletter',
    quarter: 1,
    day: 61,
    hour: 10,
    author: operations,
    message: `Retire the monthly newsletter

Always-on growth reaches the same readers when they care. The last
issue is out and nothing runs on this workflow.`,
    changes: [remove('newsletter.yaml', NEWSLETTER), other.NEWSLETTER_OUT_OF_LIBRARY],
  },
];
