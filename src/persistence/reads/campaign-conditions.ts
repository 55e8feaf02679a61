import type { CampaignFilter } from '../../application/reads.js';
import { Conditions } from './conditions.js';

/** That campaign `c` is pinned to a version; as a list, so that those are looked up and not every campaign is looked at. */
export const isOnVersion = (versions: string): string =>
  `c.version_id = ANY(ARRAY(SELECT v.id FROM definition_version v ${versions}))`;

/** The conditions of a filter over campaigns `c`. */
export const campaignConditions = (filter: CampaignFilter, ...values: readonly unknown[]): Conditions =>
  new Conditions(...values)
    .add(
      isOnVersion("JOIN definition d ON d.id = v.definition_id WHERE d.kind = 'Workflow' AND d.key = ANY(?)"),
      filter.workflow,
    )
    .add(isOnVersion('WHERE v.number = ANY(?)'), filter.version)
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
