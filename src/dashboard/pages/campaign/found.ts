import type { CampaignQuery } from '../../api/operations.ts';

export type Found = NonNullable<CampaignQuery['campaign']>;
