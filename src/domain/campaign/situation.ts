import {
  type CampaignFacts,
  type ChannelFacts,
  holds,
  type ProgressFacts,
  progressCalls,
} from '../workflow/expression.js';
import type { CompiledWorkflow } from '../workflow/compiled.js';
import type { DeviationKind, Policy } from '../workflow/document.js';
import { stepsOf } from '../workflow/steps.js';
import type { Block, Step, Workflow } from '../workflow/workflow.js';
import type { Missing, Progress } from './progress.js';
import { progressOf } from './progress.js';
import { type Refusal, refusal } from './refusal.js';
import { type Brief, type CampaignState, type CampaignStatus, type ChannelState, isBehind } from './state.js';

/** What is known of a campaign apart from its workflow. */
export interface CampaignInput {
  readonly facts: CampaignFacts;
  readonly status: CampaignStatus;
  readonly brief: Brief;
  readonly channels: ReadonlyMap<string, ChannelState>;
  /** Keys of rules that were gone past under the version it is pinned to. */
  readonly waived?: ReadonlySet<string>;
  /** What demands of the Policy may ask about its channels; absent where nobody asked. */
  readonly contents?: ReadonlyMap<string, Omit<ChannelFacts, 'key'>>;
}

/** One demand of the Policy. */
type Demand = Policy['approvals'][number];

/** A campaign at one moment: the pinned definition, what has happened, and what follows from both. */
export class Situation {
  readonly progress: Progress;

  constructor(
    readonly workflow: Workflow,
    readonly compiled: CompiledWorkflow,
    readonly policy: Policy,
    readonly campaign: CampaignInput,
    readonly state: CampaignState,
  ) {
    this.progress = progressOf(compiled, state, (expression) => this.holdsFor('step', expression));
  }

  /** @param progress what has happened; where it is given, as it is to be taken instead */
  holdsFor(
    scope: 'step' | 'rule',
    expression: string,
    progress: ProgressFacts = this.progressFacts,
  ): boolean {
    const { facts, brief } = this.campaign;
    return holds(scope, expression, { campaign: facts, brief, progress });
  }

  /** Approvals that the Policy demands before a launch on the channel (R40). */
  demandsOn(channel: string): Demand[] {
    const { facts, brief, contents } = this.campaign;
    const { risk, flags } = contents?.get(channel) ?? { risk: 'medium', flags: facts.flags };
    const surroundings = { campaign: facts, brief, channel: { key: channel, risk, flags } };
    return this.policy.approvals.filter(({ when }) => holds('demand', when, surroundings));
  }

  /** Those that it demands before any launch. */
  get demands(): Demand[] {
    const found = this.campaign.facts.channels.flatMap((channel) => this.demandsOn(channel));
    return this.policy.approvals.filter((each) => found.includes(each));
  }

  /** Roles that the Policy lets go past something of this kind; nobody in a regulated campaign (R65). */
  decidersOn(kind: DeviationKind): string[] {
    if (this.campaign.facts.regulated) return [];
    return this.policy.deviations.flatMap(({ from, when, by }) =>
      from.includes(kind) && (when === null || this.holdsFor('step', when)) ? by : [],
    );
  }

  /** Artefacts that exist: what the finished steps produce. */
  get artefacts(): ReadonlySet<string> {
    return new Set(stepsOf(this.workflow).flatMap((step) => (this.isDone(step.key) ? step.produces : [])));
  }

  isDone(step: string): boolean {
    return this.state.steps.get(step)?.status === 'done';
  }

  /** Whether nothing of it will change any more: it is done, or will not be done. */
  isFinal(step: string): boolean {
    const status = this.progress.steps.get(step)?.status;
    return status === 'done' || status === 'skipped' || status === 'not-needed' || status === 'not-taken';
  }

  approvalsOf(artefact: string): Step[] {
    return stepsOf(this.workflow).filter((step) => step.approves.includes(artefact));
  }

  readonly progressFacts: ProgressFacts = {
    approved: (artefact) => {
      const approvals = this.approvalsOf(artefact);
      return approvals.length > 0 && approvals.every((step) => this.isDone(step.key));
    },
    done: (step) => this.isDone(step),
    passed: (gate) => isBehind(this.state.gates.get(gate)),
    accepted: (handoff) => this.state.handoffs.has(handoff),
    launched: (channel) => this.campaign.channels.get(channel)?.status === 'live',
  };

  /** The refusals of rules that forbid any of these actions now. */
  blockedBy(...actions: readonly string[]): Refusal[] {
    return this.workflow.rules
      .filter(
        (rule) =>
          actions.includes(rule.block) &&
          this.campaign.waived?.has(rule.key) !== true &&
          !this.holdsFor('rule', rule.until),
      )
      .map((rule) => {
        const open = progressCalls(rule.until).filter(
          (call) => !this.progressFacts[call.name](call.argument),
        );
        const missing = open.map((call) => describeCall(call.name, call.argument));
        const askRole = open.flatMap((call) => this.rolesFor(call.name, call.argument));
        const message = `rule '${rule.key}' forbids ${describeAction(rule.block)} until ${missing.length > 0 ? missing.join(' and ') : rule.until}`;
        return refusal('BLOCKED_BY_RULE', message, { rule: rule.key, missing, askRole });
      });
  }

  /** Roles that can bring about what a rule waits for. */
  private rolesFor(name: keyof ProgressFacts, argument: string): readonly string[] {
    if (name === 'approved') return this.approvalsOf(argument).flatMap((step) => step.responsible);
    if (name === 'done') return this.rolesOf([{ kind: 'step', key: argument }]);
    if (name === 'passed') return this.rolesOf([{ kind: 'gate', key: argument }]);
    if (name === 'accepted') return this.rolesOf([{ kind: 'handoff', key: argument }]);
    return stepsOf(this.workflow).flatMap((step) => (step.channel === argument ? step.responsible : []));
  }

  /** Roles that can do what is missing. */
  rolesOf(missing: readonly Missing[]): string[] {
    return missing.flatMap(({ kind, key }): readonly string[] => {
      if (kind === 'step') return this.progress.steps.get(key)?.part.responsible ?? [];
      if (kind === 'gate') return this.gateRoles(key);
      return this.receiversOf(key);
    });
  }

  /** Who evaluates a gate: its approvers, else the workflow's steward. */
  gateRoles(key: string): readonly string[] {
    const approvers = this.progress.gates.get(key)?.part.approvers ?? [];
    return approvers.length > 0 ? approvers : [this.workflow.steward];
  }

  /** Who accepts a hand-off: the accountables of the steps at the beginning of the receiving section. */
  receiversOf(key: string): string[] {
    const handoff = this.workflow.handoffs.find((each) => each.key === key);
    return this.ownersAt(handoff?.to, 'first');
  }

  /** Who offers it: the accountables of the steps at the end of the section that hands over. */
  sendersOf(key: string): string[] {
    const handoff = this.workflow.handoffs.find((each) => each.key === key);
    return this.ownersAt(handoff?.from, 'last');
  }

  private ownersAt(key: string | undefined, end: 'first' | 'last'): string[] {
    const section = this.workflow.sections.find((each) => each.key === key);
    if (!section) return [];
    const at = (blocks: readonly Block[]) => (end === 'first' ? blocks.slice(0, 1) : blocks.slice(-1));
    const blocks =
      section.model === 'linear'
        ? at(section.steps)
        : section.model === 'parallel'
          ? section.lanes.flatMap((lane) => at(lane.steps))
          : end === 'first'
            ? at(section.hub.steps)
            : section.spokes.flatMap((lane) => at(lane.steps));
    const steps = blocks.flatMap((block) =>
      block.type === 'step'
        ? [block]
        : block.branches.flatMap((branch) =>
            branch.steps.flatMap((each) => (each.type === 'step' ? [each] : [])),
          ),
    );
    // Who has nothing to do there is not asked.
    const needed = steps.filter((step) => {
      const status = this.progress.steps.get(step.key)?.status;
      return status !== 'not-needed' && status !== 'not-taken';
    });
    return [...new Set((needed.length > 0 ? needed : steps).map(({ accountable }) => accountable))];
  }
}

const describeAction = (block: string): string => {
  const [verb, what] = block.split(':');
  return verb === 'launch' ? `the launch on '${what ?? ''}'` : `to ${verb ?? ''} '${what ?? ''}'`;
};

const describeCall = (name: keyof ProgressFacts, argument: string): string => {
  switch (name) {
    case 'approved':
      return `'${argument}' is approved`;
    case 'done':
      return `'${argument}' is done`;
    case 'passed':
      return `gate '${argument}' is passed`;
    case 'accepted':
      return `hand-off '${argument}' is accepted`;
    case 'launched':
      return `'${argument}' is live`;
  }
};
