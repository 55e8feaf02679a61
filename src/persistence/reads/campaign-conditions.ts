import type { CampaignFilter } from '../../application/reads.js';
import { Conditions } from './conditions.js';

/** Campaigns with the version and the definition they are pinned to. */
export const CAMPAIGNS = `campaign c JOIN definition_version v ON v.id = c.version_id
  JOIN definition d ON d.id = v.definition_id`;

/** The conditions of a filter over `CAMPAIGNS`. */
export const campaignConditions = (filter: CampaignFilter, ...values: readonly unknown[]): Conditions =>
  new Conditions(...values)
    .add('d.key = ANY(?)', filter.workflow)
    .add('v.number = ANY(?)', filter.version)
    .add('c.status = ANY(?)', filter.status)
    .add('c.risk = ANY(?)', filter.risk)
    .add('c.type = ANY(?)', filter.type)
    .add('c.labels @> ?', filter.label)
    .add('NOT c.labels && ?', filter.withoutLabel)
    .add(
      'EXISTS (SELECT 1 FROM campaign_channel ch WHERE ch.campaign_id = c.id AND ch.channel = ANY(?))',
      filter.channel,
    )
    .during('c.created_at', filter.createdAt)
    .during('c.planned_launch_at', filter.plannedLaunchAt)
    .during('c.launched_at', filter.launchedAt)
    .during('c.ended_at', filter.endedAt)
    .search("(c.key || ' ' || c.name)", filter.search);
