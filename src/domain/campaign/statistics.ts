/** What campaigns can be grouped by. */
export type CampaignGroupField =
  'workflow' | 'workflow-version' | 'status' | 'risk' | 'type' | 'label' | 'channel';

/** The unit of each metric that can be drawn over time. */
export const CAMPAIGN_METRICS = {
  'campaigns-created': 'campaigns',
  'campaigns-launched': 'campaigns',
  'campaigns-ended': 'campaigns',
  'lead-time-hours': 'hours',
  'duration-hours': 'hours',
  'launch-delay-hours': 'hours',
  'rework-rounds': 'rounds',
  'gates-failed': 'gates',
} as const;
export type CampaignMetric = keyof typeof CAMPAIGN_METRICS;

/** The least length of each bucket in days, which bounds the points of a series. */
export const TIME_BUCKETS = { day: 1, week: 7, month: 28, quarter: 90, year: 365 } as const;
export type TimeBucket = keyof typeof TIME_BUCKETS;
