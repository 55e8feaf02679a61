import { type CompiledWorkflow, type LoopNode, walk } from '../../workflow/compiled.js';
import { type Waits, waitsIn } from '../../workflow/diff/waits.js';
import type { Policy } from '../../workflow/document.js';
import { stepsOf } from '../../workflow/steps.js';
import type { Step, Workflow } from '../../workflow/workflow.js';
import { type CampaignInput, Situation } from '../situation.js';
import type { CampaignState } from '../state.js';

/** What a campaign is pinned to, and what its form says whatever the campaign. */
export class Version {
  readonly steps: ReadonlyMap<string, Step>;
  readonly loops: readonly LoopNode[];
  readonly waits: Waits;

  constructor(
    readonly workflow: Workflow,
    readonly compiled: CompiledWorkflow,
    readonly policy: Policy,
  ) {
    this.steps = new Map(stepsOf(workflow).map((step) => [step.key, step]));
    this.loops = [...walk(compiled.root)].flatMap((node) => (node.type === 'loop' ? [node] : []));
    this.waits = waitsIn(compiled);
  }

  /** A campaign as it stands under this version; what the version itself says of campaigns is taken from here. */
  situation(campaign: CampaignInput, state: CampaignState): Situation {
    const { workflow, compiled, policy } = this;
    const facts = { ...campaign.facts, regulated: workflow.regulated };
    return new Situation(workflow, compiled, policy, { ...campaign, facts }, state);
  }

  /** What must be over before a step, gate or hand-off may begin, however far back; by names such as `gate review`. */
  before(name: string): ReadonlySet<string> {
    const key = name.replace(/^step /, '');
    const step = name === key ? undefined : this.steps.get(key);
    const certain = this.waits.certain.get(name) ?? NOTHING;
    if (step?.startOn !== 'draft') return certain;
    // It may begin on drafts, so what it needs does not have to be over.
    const drafts = new Set(step.needs.map((need) => `step ${need}`));
    const direct = [...(this.waits.direct.get(name) ?? [])].filter((each) => !drafts.has(each));
    return new Set(direct.flatMap((each) => [each, ...(this.waits.certain.get(each) ?? [])]));
  }

  loopRedoneBy(step: string): LoopNode | undefined {
    return this.loops.find((loop) => loop.redo.step.key === step);
  }

  loopJudgedBy(step: string): LoopNode | undefined {
    return this.loops.find((loop) => loop.review.key === step);
  }
}

const NOTHING: ReadonlySet<string> = new Set();

/** Keys of the steps in the body of a loop, inner loops included. */
export function bodyOf(loop: LoopNode): ReadonlySet<string> {
  return new Set([...walk(loop.body)].flatMap((node) => (node.type === 'step' ? [node.step.key] : [])));
}
