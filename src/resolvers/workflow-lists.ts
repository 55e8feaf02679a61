import type { WorkflowRecord } from '../application/reads.js';
import { type PageArguments, toConnection } from '../schema/connection.js';
import type {
  CampaignFilterInput,
  CampaignOrderInput,
  TimeOrderInput,
  WorkflowVersionFilterInput,
} from '../schema/inputs.js';
import { toPageRequest } from './arguments.js';
import type { Context } from './context.js';
import { NEWEST_CAMPAIGN_FIRST, NEWEST_FIRST } from './list-arguments.js';

/** The versions of a workflow; those of several workflows are asked for together. */
export async function versionsOf(
  { id }: WorkflowRecord,
  page: PageArguments,
  filter: WorkflowVersionFilterInput | null,
  order: TimeOrderInput | null,
  { reads, load }: Context,
) {
  const asked = [toPageRequest(page), filter ?? {}, order ?? NEWEST_FIRST] as const;
  return toConnection(await load.together('versions', id, asked, (ids) => reads.versions(ids, ...asked)));
}

/** The campaigns on any version of a workflow; those of several workflows are asked for together. */
export async function campaignsOf(
  { id }: WorkflowRecord,
  page: PageArguments,
  filter: CampaignFilterInput | null,
  order: CampaignOrderInput | null,
  { reads, load }: Context,
) {
  const asked = [toPageRequest(page), filter ?? {}, order ?? NEWEST_CAMPAIGN_FIRST] as const;
  return toConnection(await load.together('campaigns', id, asked, (ids) => reads.campaignsOf(ids, ...asked)));
}
