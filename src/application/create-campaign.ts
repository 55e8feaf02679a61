import { type Actor, lacking, recordedActor } from '../domain/campaign/actor.js';
import { wrongCampaign } from '../domain/campaign/input.js';
import { briefOfNew, inPast, toldInPast } from '../domain/campaign/launch-plan.js';
import { type Refusal, refusal, unknownWorkflow } from '../domain/campaign/refusal.js';
import type { Brief } from '../domain/campaign/state.js';
import { DEFAULT_POLICY } from '../domain/workflow/document.js';
import { stepsOf } from '../domain/workflow/steps.js';
import type { Risk, Workflow } from '../domain/workflow/workflow.js';
import { METRIC_INPUTS } from '../domain/metrics/catalogue.js';
import { measureCampaign } from './measure-campaign.js';
import { routeRequests } from './route-requests.js';
import type { Ports, Stores } from './ports.js';
import { CHECK_MEETINGS } from './meeting-load.js';
import { formerOf } from './request-key.js';
import { type Outcome, outcomeOf } from './run-campaign.js';
import { tellOfChanges } from './tell.js';

export interface CreateCampaignInput {
  readonly key: string;
  readonly name: string;
  readonly workflow: string;
  readonly type: string | null;
  readonly risk: Risk;
  readonly budget: number;
  readonly labels: readonly string[];
  readonly flags: readonly string[];
  readonly brief: Brief;
  readonly plannedLaunchAt: Date | null;
  /** Planned times of single channels; the others take the planned launch. */
  readonly channels: readonly { readonly channel: string; readonly plannedAt: Date | null }[];
}

/** Creates a campaign, pinned to the versions of workflow, Policy and Taxonomy that are served at this moment. */
export function createCampaign(ports: Ports, actor: Actor, input: CreateCampaignInput): Promise<Outcome> {
  const request = ports.requestKeys?.next() ?? null;
  return ports.inTransaction(async (stores) => {
    const known = await formerOf(stores, actor.name, request);
    if (known) return outcomeOf(known);
    const refuse = (first: Refusal): Outcome => ({ campaign: null, refusals: [first], results: [] });
    const denied = lacking(actor, 'steward');
    if (denied) return refuse(denied);
    const invalid = wrongCampaign(input);
    if (invalid) return refuse(invalid);
    const now = ports.clock.now();
    const served = await stores.definitions.servedVersion('Workflow', input.workflow, now);
    const version = served && ((await stores.pins.version(input.workflow)) ?? served);
    if (!version) return refuse(await noVersion(stores, input.workflow));
    const wrong = wrongChannel(version.meaning, input);
    if (wrong) return refuse(wrong);
    const closed = notOpen(version.meaning, input.key);
    if (closed) return refuse(closed);
    const policy = await stores.definitions.firstServed('Policy', now);
    const { timezone } = policy?.meaning ?? DEFAULT_POLICY;
    const plans = [{ channel: null, plannedAt: input.plannedLaunchAt }, ...input.channels];
    const over = inPast(plans, now) ?? toldInPast(input.brief, timezone, now);
    if (over) return refuse(over);
    const taxonomy = await stores.definitions.firstServed('Taxonomy', now);
    const { workflow: _, ...rest } = input;
    const brief = briefOfNew(version.meaning, input, timezone);
    const campaignId = await stores.campaigns.add(
      {
        ...rest,
        brief,
        type: input.type ?? version.meaning.campaignTypes[0] ?? version.key,
        versionId: version.id,
        policyVersionId: policy?.id ?? null,
        taxonomyVersionId: taxonomy?.id ?? null,
        briefAuthors: Object.fromEntries(Object.keys(brief).map((field) => [field, [actor.name]])),
        createdAt: now,
        channels: launchedChannels(version.meaning).map((channel) => ({
          channel,
          plannedAt:
            input.channels.find((each) => each.channel === channel)?.plannedAt ?? input.plannedLaunchAt,
        })),
      },
      actor,
    );
    // The same at the same moment has waited for the other to end.
    const former = campaignId === null ? await formerOf(stores, actor.name, request) : null;
    if (former) return outcomeOf(former);
    if (campaignId === null)
      return refuse(refusal('CAMPAIGN_EXISTS', `there is already a campaign '${input.key}'`));
    const created = await stores.campaigns.lock(input.key);
    if (created) {
      await measureCampaign(stores, created, new Set(METRIC_INPUTS), now);
      const { asked } = await routeRequests(stores, created, actor.name, now);
      await tellOfChanges(stores, null, created, { changes: [], asked, actor: actor.name, now });
    }
    await stores.audit.add({
      happenedAt: now,
      ...recordedActor(actor),
      action: 'campaign.create',
      subject: input.key,
      campaignId,
      versionId: version.id,
      commitSha: null,
      before: null,
      after: { workflow: version.key, version: version.number, brief },
      request,
    });
    // Last, as whoever begins or ends a campaign at the same time waits for it.
    await stores.jobs.ask(CHECK_MEETINGS, {}, { key: CHECK_MEETINGS });
    return { campaign: input.key, refusals: [], results: [] };
  });
}

type Openness = Pick<Workflow, 'key' | 'status'> & Partial<Pick<Workflow, 'pilotCampaigns'>>;

/** A draft takes no campaigns, a pilot those that it names (R99). Versions of older releases name none. */
function notOpen({ key, status, pilotCampaigns = [] }: Openness, campaign: string): Refusal | null {
  if (status === 'active' || (status === 'pilot' && pilotCampaigns.includes(campaign))) return null;
  if (status === 'retired')
    return refusal('WORKFLOW_RETIRED', `workflow '${key}' is retired: it takes no new campaigns`);
  if (status === 'draft')
    return refusal('WORKFLOW_NOT_OPEN', `workflow '${key}' is a draft: it takes no campaigns yet`);
  const named = pilotCampaigns.length === 0 ? 'no campaign' : pilotCampaigns.join(', ');
  return refusal(
    'WORKFLOW_NOT_OPEN',
    `workflow '${key}' is a pilot for ${named}: it takes no other campaign`,
  );
}

async function noVersion(stores: Stores, key: string): Promise<Refusal> {
  const [found] = await stores.definitions.served([{ kind: 'Workflow', key }]);
  if (found) return refusal('WORKFLOW_RETIRED', `workflow '${key}' is retired: it takes no new campaigns`);
  return unknownWorkflow(key, await stores.definitions.activeWorkflows());
}

/** The workflow's channels, and any further one that a step launches. */
const launchedChannels = (workflow: Workflow): string[] => [
  ...new Set([
    ...workflow.channels,
    ...stepsOf(workflow).flatMap((step) => (step.channel === null ? [] : [step.channel])),
  ]),
];

function wrongChannel(workflow: Workflow, input: CreateCampaignInput): Refusal | null {
  const known = launchedChannels(workflow);
  const wrong = input.channels.find((each) => !known.includes(each.channel));
  if (wrong)
    return refusal(
      'UNKNOWN_CHANNEL',
      `'${wrong.channel}' is not a channel of '${workflow.key}': ${known.join(', ')}`,
    );
  const named = input.channels.map(({ channel }) => channel);
  const twice = named.find((channel, at) => named.indexOf(channel) !== at);
  return twice === undefined ? null : refusal('INVALID_INPUT', `the plan of '${twice}' is given twice`);
}
