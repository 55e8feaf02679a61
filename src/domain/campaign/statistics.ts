/** What campaigns can be grouped by. */
export type CampaignGroupField =
  'workflow' | 'workflow-version' | 'status' | 'risk' | 'type' | 'label' | 'channel';

/** The least length of each bucket in days, which bounds the points of a series. */
export const TIME_BUCKETS = { day: 1, week: 7, month: 28, quarter: 90, year: 365 } as const;
export type TimeBucket = keyof typeof TIME_BUCKETS;
