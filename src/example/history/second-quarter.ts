import * as b2b from './b2b-launch.js';
import * as other from './other-changes.js';
import { AUTHORS, type PlannedCommit } from './story.js';

const { operations, campaigns, creative, paidMedia, product, web, events } = AUTHORS;

/** The second quarter: the B2B launch becomes parallel, one element at a time. */
export const SECOND_QUARTER: readonly PlannedCommit[] = [
  {
    key: 'event-comment',
    quarter: 2,
    day: 2,
    hour: 9,
    author: events,
    message: `Say why the annual event runs one stage at a time

A comment only: newcomers keep asking.`,
    changes: other.EVENT_COMMENT,
  },
  {
    key: 'sales-beside-creative',
    quarter: 2,
    day: 4,
    hour: 10,
    author: operations,
    message: `Let sales write its kit beside the creative work

First step towards a parallel launch. The kit never used the assets;
it only waited for them.`,
    changes: b2b.SALES_BESIDE_CREATIVE,
  },
  {
    key: 'three-lanes',
    quarter: 2,
    day: 6,
    hour: 11,
    author: operations,
    branch: 'b2b-lanes',
    message: `Run product, creative and sales as three lanes

They meet at one gate before anything goes live, which takes the place
of the hand-off.`,
    changes: b2b.THREE_LANES,
  },
  {
    key: 'start-on-draft',
    quarter: 2,
    day: 7,
    hour: 15,
    author: product,
    branch: 'b2b-lanes',
    message: `Start assets and sales kit on the draft of the features

Most of a draft survives the freeze. Nobody finishes before it, so
nothing goes out that is not true.`,
    changes: b2b.START_ON_DRAFT,
  },
  {
    key: 'merge-14',
    quarter: 2,
    day: 8,
    hour: 10,
    author: operations,
    merges: 'b2b-lanes',
    message: `Merge pull request #14 from marketing-ops/b2b-lanes

Quarterly B2B launch: three lanes that start on the draft`,
  },
  {
    key: 'pattern-parallel',
    quarter: 2,
    day: 9,
    hour: 14,
    author: operations,
    message: `Call the B2B launch what it is now: parallel

The decision and its rationale are part of the definition, so that the
next review can judge them.`,
    changes: b2b.PATTERN_PARALLEL,
  },
  {
    key: 'b2b-midpoint',
    quarter: 2,
    day: 11,
    hour: 11,
    author: creative,
    message: `Compare the three lanes of the B2B launch half-way

Side by side also means that two teams can be wrong in two ways.`,
    changes: b2b.MIDPOINT_GATE,
  },
  {
    key: 'shorter-sales-kit',
    quarter: 2,
    day: 13,
    hour: 9,
    author: operations,
    message: `Plan three days for the sales kit instead of five

With the draft at hand the last kits took three; the plan follows.`,
    changes: b2b.SHORTER_SALES_KIT,
  },
  {
    key: 'content-cluster',
    quarter: 2,
    day: 17,
    hour: 10,
    author: web,
    message: `Add the content cluster (#16)

One topic, one set of keywords, three channels. Posts are cut from the
article, so they cannot say something else.`,
    changes: other.CONTENT_CLUSTER,
  },
  {
    key: 'lower-threshold',
    quarter: 2,
    day: 21,
    hour: 16,
    author: creative,
    message: `Accept a message consistency of 0.8 in product launches

The review gate stopped a launch over wording that said the same.`,
    changes: other.LOWER_THRESHOLD,
  },
  {
    key: 'revert-threshold',
    quarter: 2,
    day: 29,
    hour: 9,
    author: campaigns,
    reverts: 'lower-threshold',
    message: `Revert "Accept a message consistency of 0.8 in product launches"

This reverts commit {sha}.

At 0.8 an email with last season's offer passed. Wording is for the
check to learn, not for the limit to forgive.`,
  },
  {
    key: 'weak-ads-trigger',
    quarter: 2,
    day: 35,
    hour: 13,
    author: paidMedia,
    message: `React to weak search ads during a flash sale

The open-rate trigger saved the last sale; ads had nothing like it.`,
    changes: other.WEAK_ADS_TRIGGER,
  },
  {
    key: 'budget-midpoint',
    quarter: 2,
    day: 41,
    hour: 10,
    author: campaigns,
    message: `Let story and key visual meet half-way (#19)

A single convergence gate is the cheapest fix there is: fifteen minutes
against a week of rework.`,
    changes: other.BUDGET_MIDPOINT,
  },
  {
    key: 'team-comments',
    quarter: 2,
    day: 52,
    hour: 15,
    author: operations,
    message: `Group the roles of the team and say what each group does

Comments and blank lines only.`,
    changes: other.TEAM_COMMENTS,
  },
];
