import { readFileSync } from 'node:fs';
import type { Decision } from '../../src/domain/campaign/actions.js';
import { Situation } from '../../src/domain/campaign/situation.js';
import { type CampaignState, type Change, EMPTY_STATE } from '../../src/domain/campaign/state.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/workflow/document.js';
import type { Workflow } from '../../src/domain/workflow/workflow.js';
import { readDefinitions } from '../../src/gitops/document/read.js';

/** The first workflow of a text or file; fails when it cannot be understood. */
export function workflowOf(text: string): Workflow {
  const { definitions, problems } = readDefinitions([{ path: 'test.yaml', text }], '2026-11-23');
  const workflow = definitions.find((definition) => definition.kind === 'Workflow');
  if (workflow?.kind !== 'Workflow' || !workflow.meaning) throw new Error(JSON.stringify(problems));
  return workflow.meaning;
}
export const workflowAt = (file: string): Workflow => workflowOf(readFileSync(file, 'utf8'));

/** A campaign in memory: decisions of the pure state machine are applied to it one after the other. */
export class Play {
  #state: CampaignState = EMPTY_STATE;
  readonly brief: Record<string, string | string[]> = {};
  readonly live = new Set<string>();
  readonly #compiled;

  constructor(
    readonly workflow: Workflow,
    private readonly risk = 'medium',
    private readonly policy: Policy = DEFAULT_POLICY,
  ) {
    this.#compiled = compileWorkflow(workflow);
  }

  get situation(): Situation {
    return this.under(this.workflow);
  }

  /** The same campaign, as it would stand under another version. */
  under(workflow: Workflow): Situation {
    const { channels, key, regulated } = this.workflow;
    const facts = { key, type: key, risk: this.risk, regulated, channels, labels: [], flags: [], budget: 0 };
    const planned = channels.map((channel) => {
      const status = this.live.has(channel) ? ('live' as const) : ('planned' as const);
      return [channel, { status, plannedAt: new Date(0), launchedAt: null }] as const;
    });
    const campaign = { facts, status: 'running' as const, brief: this.brief, channels: new Map(planned) };
    const compiled = workflow === this.workflow ? this.#compiled : compileWorkflow(workflow);
    return new Situation(workflow, compiled, this.policy, campaign, this.#state);
  }

  /** Applies a decision's changes, or returns the codes of its refusals. */
  do(decide: (situation: Situation) => Decision): readonly string[] {
    const { changes, refusals } = decide(this.situation);
    for (const change of changes ?? []) this.apply(change);
    return refusals.map((refusal) => refusal.code);
  }

  status(step: string): string | undefined {
    return this.situation.progress.steps.get(step)?.status;
  }

  private apply(change: Change): void {
    const { steps, gates, handoffs } = this.#state;
    if (change.type === 'step')
      this.#state = { ...this.#state, steps: new Map(steps).set(change.key, change.state) };
    if (change.type === 'gate')
      this.#state = { ...this.#state, gates: new Map(gates).set(change.key, change.status) };
    if (change.type === 'handoff')
      this.#state = { ...this.#state, handoffs: new Set(handoffs).add(change.key) };
    if (change.type === 'channel') this.live.add(change.channel);
  }
}
