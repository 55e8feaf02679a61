import type { RunningPlan } from './plan.js';

/** Campaigns that are under way today, each in another phase. */
// prettier-ignore
export const RUNNING: readonly RunningPlan[] = [
  // Its social copy is not approved yet, so its email is refused.
  { key: 'folding-bike', name: 'Folding bike', workflow: 'product-launch', startedBefore: 11, launchesAfter: 9, underWayAt: 230, segments: ['smb', 'existing-customers'], offer: 'EARLYBIRD20', value: 'Home to desk without a car park' },
  { key: 'allergy-guide', name: 'Allergy spray: prescribing guide', workflow: 'regulated-promotion', startedBefore: 5, launchesAfter: 12, underWayAt: 96, segments: ['hcp'], value: 'Whom it helps, and how much' },
  { key: 'invoice-automation', name: 'Launch of invoice automation', workflow: 'quarterly-b2b-launch', startedBefore: 7, launchesAfter: 10, underWayAt: 150, segments: ['smb', 'enterprise'], value: 'Invoices that write themselves' },
  { key: 'small-business-cycle', name: 'Growth cycle: small business', workflow: 'always-on-growth', startedBefore: 4, launchesAfter: 7, underWayAt: 72, segments: ['smb'], offer: 'WELCOME10', value: 'Set up in an afternoon' },
  { key: 'home-office-sale', name: 'Two-day sale: home office', workflow: 'flash-sale', startedBefore: 1, launchesAfter: 3, underWayAt: 20, segments: ['existing-customers', 'trial-users'], offer: 'FLASH30', value: 'A third less, two days long' },
];
