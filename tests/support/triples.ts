import type { CampaignInput } from '../../src/domain/campaign/situation.js';
import { EMPTY_STATE } from '../../src/domain/campaign/state.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import { findCycles } from '../../src/domain/workflow/cycle.js';
import { fullBrief } from '../../src/domain/workflow/brief.js';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/workflow/document.js';
import { stepsOf } from '../../src/domain/workflow/steps.js';
import type { Step, Workflow } from '../../src/domain/workflow/workflow.js';
import { type Ground, type Moment, possible } from './explorer.js';
import { Chance, type Draft, mutated, randomWorkflow, ROLES } from './random-workflow.js';

export interface Triple {
  readonly seed: number;
  readonly old: Ground;
  readonly now: Ground;
  readonly campaign: CampaignInput;
  readonly start: Moment;
}

/** Small enough that every state of a campaign can be visited. */
const MOST_STEPS = 7;

/** A version, another one that was made of it, and a campaign somewhere on the first; null where the seed makes a large one. */
export function tripleOf(seed: number): Triple | null {
  const chance = new Chance(seed * 7919 + 13);
  const drawn = randomWorkflow(seed);
  if (stepsOf(drawn).length > MOST_STEPS) return null;
  const workflow = furnished(drawn, chance);
  const { workflow: other } = mutated(workflow, seed + 1, 1 + chance.below(3));
  if (stepsOf(other).length > MOST_STEPS + 1) return null;
  const policy = chance.is(0.3) ? demanding(chance) : DEFAULT_POLICY;
  const old = groundOf(workflow, policy);
  const now = groundOf(other, chance.is(0.2) ? demanding(chance) : policy);
  if ([old, now].some(({ compiled }) => findCycles(compiled).length > 0)) return null;
  const planned = { status: 'planned', plannedAt: null, launchedAt: null } as const;
  const campaign: CampaignInput = {
    facts: {
      key: 'campaign',
      type: 'launch',
      risk: chance.one(['medium', 'high']),
      regulated: false,
      channels: [...workflow.channels],
      labels: [],
      flags: [],
      budget: 0,
    },
    status: 'running',
    brief: {
      ...fullBrief(workflow),
      ...fullBrief(other),
      offerCode: 'given',
      segments: 'given',
      launchDate: 'given',
    },
    channels: new Map(workflow.channels.map((channel) => [channel, planned])),
  };
  let start: Moment = { state: EMPTY_STATE, channels: campaign.channels };
  for (let left = chance.below(14); left > 0; left--) {
    const next = [...possible(old, campaign, start)].filter(
      ([name]) => !name.startsWith('reject') || chance.is(0.5),
    );
    if (next.length === 0) break;
    start = chance.one(next)[1];
  }
  return { seed, old, now, campaign: { ...campaign, channels: start.channels }, start };
}

const groundOf = (workflow: Workflow, policy: Policy): Ground => ({
  workflow,
  compiled: compileWorkflow(workflow),
  policy,
});

const demanding = (chance: Chance): Policy => ({
  ...DEFAULT_POLICY,
  approvals: [{ when: "campaign.risk == 'high'", require: [chance.one(ROLES)] }],
});

/** With a launch, an approval of an artefact and rules that ask for them, where the workflow has room. */
function furnished(workflow: Workflow, chance: Chance): Workflow {
  const draft = structuredClone(workflow) as Draft;
  const steps = stepsOf({ ...draft } as Workflow) as { -readonly [K in keyof Step]: Step[K] }[];
  const mends = new Set(steps.flatMap(({ rework }) => (rework ? [rework.via.key] : [])));
  const plain = steps.filter(({ key, kind, rework }) => kind === 'task' && !rework && !mends.has(key));
  if (plain.length > 0 && chance.is(0.5))
    Object.assign(chance.one(plain), { kind: 'launch', channel: 'email' });
  const judged = steps.filter(({ kind }) => kind === 'approval');
  if (judged.length > 0 && chance.is(0.5)) {
    Object.assign(chance.one(judged), { approves: ['copy'] });
    const launch = steps.find(({ kind }) => kind === 'launch');
    const block = launch ? 'launch:email' : `start:${chance.one(steps).key}`;
    if (chance.is(0.7)) draft.rules.push({ key: 'copy-first', block, until: "approved('copy')" });
  }
  for (const step of steps) {
    if (chance.is(0.1)) step.optional = true;
    if (step.needs.length > 0 && chance.is(0.5)) step.startOn = 'draft';
  }
  return draft as Workflow;
}
