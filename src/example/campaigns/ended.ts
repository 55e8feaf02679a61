import type { EndedPlan } from './plan.js';

/**
 * Campaigns that ended within the two quarters, one a line. Starts leave room for the slowest course of their
 * workflow, so that every one of them is over when the second quarter ends.
 */
// prettier-ignore
const REGULATED: readonly EndedPlan[] = [
  // Reviews one after the other.
  { key: 'inhaler-label', name: 'Asthma inhaler: updated label', workflow: 'regulated-promotion', quarter: 1, day: 2, promised: 18, segments: ['hcp'], value: 'The updated label in one page' },
  { key: 'migraine-pack', name: 'Migraine tablet: new pack size', workflow: 'regulated-promotion', quarter: 1, day: 8, promised: 18, segments: ['hcp'], value: 'A pack that fits the course', rejections: ['final-approval'] },
  { key: 'insulin-reminder', name: 'Insulin pen: dosing reminder', workflow: 'regulated-promotion', quarter: 1, day: 13, promised: 18, segments: ['hcp'], value: 'The right dose at the right time' },
  // Reviews side by side.
  { key: 'eczema-evidence', name: 'Eczema cream: new evidence', workflow: 'regulated-promotion', quarter: 1, day: 46, promised: 15, segments: ['hcp'], value: 'What the new study shows' },
  { key: 'once-daily-tablet', name: 'Blood-pressure tablet: once a day', workflow: 'regulated-promotion', quarter: 2, day: 6, promised: 15, segments: ['hcp'], value: 'One tablet, one time', rejections: ['final-approval'] },
  { key: 'vaccine-practices', name: 'Vaccines: letter to practices', workflow: 'regulated-promotion', quarter: 2, day: 20, promised: 15, segments: ['hcp'], value: 'Order early, plan calmly' },
];

// prettier-ignore
const B2B: readonly EndedPlan[] = [
  // One team after the other: two weeks later than promised.
  { key: 'reporting-module', name: 'Launch of the reporting module', workflow: 'quarterly-b2b-launch', quarter: 1, day: 2, promised: 18, segments: ['enterprise'], value: 'Reports that build themselves' },
  { key: 'single-sign-on', name: 'Launch of single sign-on', workflow: 'quarterly-b2b-launch', quarter: 1, day: 4, promised: 18, segments: ['enterprise', 'existing-customers'], value: 'One password fewer', rejections: ['asset-review'] },
  { key: 'audit-export', name: 'Launch of the audit export', workflow: 'quarterly-b2b-launch', quarter: 1, day: 7, promised: 18, segments: ['enterprise'], value: 'Ready for the auditor' },
  // On the way: the freeze is shared, the order is the old one.
  { key: 'approval-inbox', name: 'Launch of the approval inbox', workflow: 'quarterly-b2b-launch', quarter: 1, day: 45, promised: 24, segments: ['existing-customers'], value: 'Every request in one place' },
  // Side by side.
  { key: 'field-app', name: 'Launch of the field app', workflow: 'quarterly-b2b-launch', quarter: 2, day: 14, promised: 16, segments: ['smb', 'enterprise'], value: 'The office in your pocket' },
  { key: 'role-dashboards', name: 'Launch of dashboards by role', workflow: 'quarterly-b2b-launch', quarter: 2, day: 18, promised: 16, segments: ['enterprise'], value: 'See what you need, not what there is', rejections: ['asset-review'] },
  { key: 'warehouse-connector', name: 'Launch of the warehouse connector', workflow: 'quarterly-b2b-launch', quarter: 2, day: 24, promised: 16, segments: ['enterprise'], value: 'Stock and sales in step' },
];

// prettier-ignore
const LAUNCHES: readonly EndedPlan[] = [
  { key: 'standing-desk', name: 'Standing desk', workflow: 'product-launch', quarter: 1, day: 10, promised: 15, segments: ['smb', 'existing-customers'], offer: 'EARLYBIRD20', value: 'Up and down without a sound', rejections: ['email-review'] },
  // Email and posts were written from two versions of the offer; the midpoint gate said so.
  { key: 'travel-headphones', name: 'Travel headphones', workflow: 'product-launch', quarter: 1, day: 30, promised: 15, segments: ['existing-customers'], offer: 'WELCOME10', value: 'Quiet on any train', measurements: { 'brief-drift': 1 } },
  { key: 'desk-lamp', name: 'Desk lamp', workflow: 'product-launch', quarter: 2, day: 10, promised: 15, segments: ['smb'], offer: 'EARLYBIRD20', value: 'Daylight at any hour', rejections: ['email-review'] },
  { key: 'monitor-arm', name: 'Monitor arm', workflow: 'product-launch', quarter: 2, day: 32, promised: 15, segments: ['smb'], offer: 'LOYAL15', value: 'Your screen where your eyes are' },
];

// prettier-ignore
const SMALL: readonly EndedPlan[] = [
  { key: 'workshop-post', name: 'Behind the scenes at the workshop', workflow: 'social-post', quarter: 1, day: 15, promised: 3, segments: ['existing-customers'], value: 'How it is made', rejections: ['brand-approval'] },
  { key: 'question-post', name: 'Question of the week', workflow: 'social-post', quarter: 1, day: 48, promised: 3, segments: ['existing-customers'], value: 'We listen' },
  { key: 'colour-poll', name: 'Which colour next?', workflow: 'social-post', quarter: 2, day: 12, promised: 3, segments: ['existing-customers'], value: 'You choose', rejections: ['brand-approval'] },
  { key: 'repair-day-post', name: 'Repair day', workflow: 'social-post', quarter: 2, day: 40, promised: 3, segments: ['smb'], value: 'Bring it, we mend it' },
  { key: 'reader-favourites', name: 'Newsletter: reader favourites', workflow: 'newsletter', quarter: 1, day: 6, promised: 5, segments: ['existing-customers'], value: 'What others read' },
  { key: 'workshop-news', name: 'Newsletter: news from the workshop', workflow: 'newsletter', quarter: 1, day: 36, promised: 5, segments: ['existing-customers'], value: 'What is new' },
];

// prettier-ignore
const OTHERS: readonly EndedPlan[] = [
  { key: 'outdoor-sale', name: 'Weekend sale: outdoor furniture', workflow: 'flash-sale', quarter: 1, day: 21, promised: 4, segments: ['existing-customers'], offer: 'FLASH30', value: 'A third less, two days long' },
  { key: 'kitchen-sale', name: 'Two-day sale: kitchen', workflow: 'flash-sale', quarter: 2, day: 25, promised: 4, segments: ['smb', 'existing-customers'], offer: 'FLASH30', value: 'A third less, two days long' },
  { key: 'trial-cycle', name: 'Growth cycle: people in a trial', workflow: 'always-on-growth', quarter: 1, day: 35, promised: 9, segments: ['trial-users'], offer: 'WELCOME10', value: 'The first week is the one that counts' },
  { key: 'loyal-cycle', name: 'Growth cycle: loyal customers', workflow: 'always-on-growth', quarter: 2, day: 22, promised: 9, segments: ['existing-customers'], offer: 'LOYAL15', value: 'Stay, it pays' },
  { key: 'customer-conference', name: 'Customer conference', workflow: 'annual-event', quarter: 1, day: 5, promised: 28, segments: ['enterprise', 'existing-customers'], offer: 'EARLYBIRD20', value: 'Two days among those who do it', labels: ['conference'], rejections: ['invitation-review'] },
  { key: 'partner-day', name: 'Partner day', workflow: 'annual-event', quarter: 2, day: 5, promised: 28, segments: ['enterprise'], value: 'What we build next, first told to you', rejections: ['invitation-review'] },
  { key: 'made-to-last', name: 'Brand story: made to last', workflow: 'budget-and-creative', quarter: 1, day: 22, promised: 14, segments: ['smb', 'existing-customers'], value: 'Bought once, used for years' },
  { key: 'repair-first', name: 'Brand story: repair first', workflow: 'budget-and-creative', quarter: 2, day: 27, promised: 14, segments: ['smb', 'existing-customers'], value: 'Mended is better than new' },
  { key: 'chair-guide', name: 'Guide: choosing a chair', workflow: 'content-cluster', quarter: 2, day: 19, promised: 8, segments: ['smb'], value: 'Sit well, work well' },
  { key: 'wood-care', name: 'Guide: caring for wood', workflow: 'content-cluster', quarter: 2, day: 38, promised: 8, segments: ['existing-customers'], value: 'Ten minutes a year' },
];

export const ENDED: readonly EndedPlan[] = [...REGULATED, ...B2B, ...LAUNCHES, ...SMALL, ...OTHERS];
