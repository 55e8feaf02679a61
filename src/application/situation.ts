import { Situation } from '../domain/campaign/situation.js';
import { DEFAULT_POLICY } from '../domain/workflow/document.js';
import { compiledOf } from './compiled-versions.js';
import type { LoadedCampaign } from './ports.js';

/** Where every part of a loaded campaign stands. */
export function situationOf(campaign: LoadedCampaign): Situation {
  const { key, type, risk, budget, labels, flags, version } = campaign;
  const facts = {
    key,
    type,
    risk,
    regulated: version.meaning.regulated,
    channels: [...campaign.channels.keys()],
    labels,
    flags,
    budget,
  };
  const { status, brief, channels, state } = campaign;
  const policy = campaign.policy?.meaning ?? DEFAULT_POLICY;
  return new Situation(
    version.meaning,
    compiledOf(version),
    policy,
    { facts, status, brief, channels, waived: new Set(campaign.waived), contents: contentsOf(campaign) },
    state,
  );
}

/** How much can go wrong on each channel, by the Taxonomy, and what its assets and the campaign are said to contain (R40). */
const contentsOf = ({ channels, taxonomy, flags, assetFlags }: LoadedCampaign) =>
  new Map(
    [...channels.keys()].map((channel) => {
      const risk = taxonomy?.meaning.channels.find(({ key }) => key === channel)?.risk ?? 'medium';
      const own = assetFlags.filter((each) => each.channel === channel).flatMap((each) => each.flags);
      return [channel, { risk, flags: [...new Set([...flags, ...own])] }];
    }),
  );
