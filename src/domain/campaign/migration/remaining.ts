import { isBehind } from '../state.js';
import { canonicalJson } from '../../workflow/canonical.js';
import { type Node, walk } from '../../workflow/compiled.js';
import { progressCalls } from '../../workflow/expression.js';
import { conditionsOf } from '../../workflow/steps.js';
import type { Workflow } from '../../workflow/workflow.js';
import type { Situation } from '../situation.js';
import type { Version } from './version.js';

/**
 * Everything that can still happen to a campaign, as a text that is equal where it is the same: steps, gates and hand-offs
 * that are not over, all that is said of them and the order between them; the rules and approvals that still bind; and what
 * is not tied to a step, such as triggers, cadences and milestones.
 */
export function remainingOf(version: Version, situation: Situation): string {
  return new Remaining(version, situation).text();
}

class Remaining {
  readonly #steps = new Set<string>();
  readonly #gates = new Set<string>();
  readonly #handoffs = new Set<string>();

  constructor(
    private readonly version: Version,
    private readonly situation: Situation,
  ) {}

  text(): string {
    const { workflow, policy } = this.version;
    const form = this.node(this.version.compiled.root, false);
    const { triggers, cadence, milestones, calendar, kpis, steward, regulated, sections } = workflow;
    const owns = sections.flatMap((section) => (section.model === 'hub-and-spoke' ? section.hub.owns : []));
    const whole = { triggers, cadence, milestones, calendar, kpis, steward, regulated, owns };
    const isLaunching = [...this.#steps].some((key) => this.version.steps.get(key)?.kind === 'launch');
    return [
      form ?? '',
      ...this.links(),
      ...this.rules(),
      ...this.handoffs(),
      ...(isLaunching ? [canonicalJson(policy.approvals), this.approvers()] : []),
      canonicalJson(whole),
      asksForChannels(workflow) ? this.situation.campaign.facts.channels.join() : '',
    ].join('\n');
  }

  /** @param again whether it may happen again, since a loop around it is open */
  private node(node: Node, again: boolean): string | null {
    const { state, progress } = this.situation;
    switch (node.type) {
      case 'step': {
        const { key } = node.step;
        const status = progress.steps.get(key)?.status ?? 'waiting';
        if (!again && OVER.has(status)) return null;
        this.#steps.add(key);
        const { status: recorded = 'pending', round = 0 } = state.steps.get(key) ?? {};
        return `step ${canonicalJson({ ...node.step, rework: null })} ${recorded} ${round}`;
      }
      case 'gate': {
        if (isBehind(state.gates.get(node.gate.key))) return null;
        this.#gates.add(node.gate.key);
        return `gate ${canonicalJson(node.gate)} ${node.quorum} ${state.gates.get(node.gate.key) ?? ''}`;
      }
      case 'handoff':
        if (state.handoffs.has(node.handoff.key)) return null;
        this.#handoffs.add(node.handoff.key);
        return `handoff ${canonicalJson(node.handoff)}`;
      case 'order': {
        const texts = node.nodes.map((child) => this.node(child, again));
        const left = texts.filter((text) => text !== null);
        if (left.length === 0) return null;
        if (left.length === 1 && node.when === null) return left[0] ?? null;
        const edges = node.edges.flatMap(([from, to]) =>
          texts[from] == null || texts[to] == null ? [] : [`${texts[from]} < ${texts[to]}`],
        );
        return `order ${node.when ?? ''} [${left.sort().join(', ')}] [${edges.sort().join(', ')}]`;
      }
      case 'choice': {
        const taken = again
          ? undefined
          : node.branches.find((branch) => stepsIn(branch).some((key) => this.hasBegun(key)));
        if (taken) return this.node(taken, again);
        const branches = node.branches.map(
          (branch, at) => `${this.node(branch, again) ?? ''} ${node.weights[at] ?? 1}`,
        );
        return branches.every((text) => text.startsWith(' '))
          ? null
          : `choice ${branches.sort().join(' | ')}`;
      }
      case 'loop': {
        const isOver = OVER.has(progress.steps.get(node.review.key)?.status ?? '') && !again;
        if (isOver && stepsIn(node.body).every((key) => OVER.has(progress.steps.get(key)?.status ?? '')))
          return null;
        const parts = [this.node(node.body, true), this.node(node.redo, true)];
        return `loop ${node.review.key} ${node.max} ${node.probability ?? ''} {${parts.join('} {')}}`;
      }
    }
  }

  private hasBegun(key: string): boolean {
    return (this.situation.state.steps.get(key)?.status ?? 'pending') !== 'pending';
  }

  private links(): string[] {
    const { state, progress } = this.situation;
    return this.version.compiled.links
      .filter(({ from, to }) => {
        const isThere = to.kind === 'step' ? this.#steps.has(to.key) : this.#gates.has(to.key);
        const isOver =
          from.kind === 'step'
            ? !this.#steps.has(from.key) && OVER.has(progress.steps.get(from.key)?.status ?? '')
            : isBehind(state.gates.get(from.key));
        return isThere && !isOver;
      })
      .map((link) => canonicalJson(link))
      .sort();
  }

  private rules(): string[] {
    const { workflow } = this.version;
    const bound = workflow.rules.filter(({ block }) => {
      const [verb, what = ''] = block.split(':');
      return verb === 'launch'
        ? [...this.#steps].some((key) => this.version.steps.get(key)?.channel === what)
        : this.#steps.has(what);
    });
    return bound.map((rule) => `rule ${rule.block} ${rule.until} ${this.answers(rule.until)}`).sort();
  }

  /** What an expression's questions come to, and what an approval consists of. */
  private answers(expression: string): string {
    return progressCalls(expression)
      .map(({ name, argument }) => {
        const holds = this.situation.progressFacts[name](argument);
        const steps = name === 'approved' ? this.situation.approvalsOf(argument) : [];
        const open = steps.map((step) => step.key).filter((key) => !this.situation.isDone(key));
        return `${name} ${argument} ${holds} ${open.sort().join()}`;
      })
      .join();
  }

  private handoffs(): string[] {
    const { artefacts } = this.situation;
    return this.version.workflow.handoffs
      .filter(({ key }) => this.#handoffs.has(key))
      .map(({ key, payload, verify }) => {
        const there = payload.filter((item) => artefacts.has(item)).sort();
        const asked = verify.map((each) => (each.type === 'cel' ? this.answers(each.expression) : each.name));
        return `handoff ${key} ${there.join()} ${asked.join()} ${this.situation.receiversOf(key).sort().join()}`;
      })
      .sort();
  }

  /** Roles whose approval has been given. */
  private approvers(): string {
    const given = [...this.situation.progress.steps.values()].flatMap(({ part, status }) =>
      part.kind === 'approval' && status === 'done' ? part.responsible : [],
    );
    const demanded = new Set(this.version.policy.approvals.flatMap(({ require }) => require));
    return [...new Set(given.filter((role) => demanded.has(role)))].sort().join();
  }
}

const asksForChannels = (workflow: Workflow): boolean =>
  conditionsOf(workflow).some((condition) => condition.includes('campaign.channels'));

const OVER: ReadonlySet<string> = new Set(['done', 'skipped', 'not-taken']);

function stepsIn(node: Node): string[] {
  return [...walk(node)].flatMap((each) => (each.type === 'step' ? [each.step.key] : []));
}
