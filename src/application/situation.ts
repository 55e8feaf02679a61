import { Situation } from '../domain/campaign/situation.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import { DEFAULT_POLICY } from '../domain/workflow/document.js';
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
    compileWorkflow(version.meaning),
    policy,
    { facts, status, brief, channels, waived: new Set(campaign.waived) },
    state,
  );
}
