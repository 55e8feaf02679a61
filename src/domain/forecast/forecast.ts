import { randomBeta, randomLcg } from 'd3-random';
import { hoursOf } from '../duration.js';
import type { CompiledWorkflow, Node, OrderNode } from '../workflow/compiled.js';
import { walk } from '../workflow/compiled.js';
import type { Effort, Step } from '../workflow/workflow.js';

/** Elapsed hours from the first step to the last, over many simulated runs. */
export interface LeadTimeForecast {
  readonly runs: number;
  readonly seed: number;
  readonly meanHours: number;
  readonly p50Hours: number;
  readonly p80Hours: number;
  readonly p95Hours: number;
}

/**
 * Monte Carlo over the compiled form: beta-PERT efforts (Malcolm et al. 1959, shape 4), choices by weight,
 * rework by its probability. Days are taken as 24 hours; busy people and calendars are left out.
 * Same seed, same numbers.
 */
export function forecastLeadTime(compiled: CompiledWorkflow, runs: number, seed: number): LeadTimeForecast {
  const random = randomLcg(seed / 2 ** 32);
  const totals = Array.from({ length: runs }, () => new Run(compiled, random).leadTimeHours()).sort(
    (a, b) => a - b,
  );
  const quantile = (share: number) => rounded(totals[Math.min(runs - 1, Math.ceil(share * runs) - 1)] ?? 0);
  const mean = totals.reduce((sum, total) => sum + total, 0) / Math.max(1, runs);
  return {
    runs,
    seed,
    meanHours: rounded(mean),
    p50Hours: quantile(0.5),
    p80Hours: quantile(0.8),
    p95Hours: quantile(0.95),
  };
}

const rounded = (hours: number): number => Math.round(hours * 100) / 100;

/** One simulated run: what is drawn by lot is drawn once, then finish times are worked out until links agree. */
class Run {
  readonly #hours = new Map<string, number>();
  readonly #branch = new Map<Node, number>();
  readonly #rounds = new Map<Node, number>();
  readonly #finish = new Map<string, number>();

  constructor(
    private readonly compiled: CompiledWorkflow,
    random: () => number,
  ) {
    for (const node of walk(compiled.root)) {
      if (node.type === 'step') this.#hours.set(node.step.key, sampleHours(node.step, random));
      if (node.type === 'choice') this.#branch.set(node, pick(node.weights, random));
      if (node.type === 'loop') this.#rounds.set(node, rounds(node.probability ?? 0, node.max, random));
    }
  }

  leadTimeHours(): number {
    let total = -1;
    let next = this.finish(this.compiled.root, 0);
    // A link can only push later; a sound definition settles after at most one pass a link.
    for (let pass = 0; pass <= this.compiled.links.length && next !== total; pass++) {
      total = next;
      next = this.finish(this.compiled.root, 0);
    }
    return next;
  }

  private finish(node: Node, start: number): number {
    switch (node.type) {
      case 'step': {
        const begin = this.afterLinks('step', node.step.key, start);
        return this.note('step', node.step.key, begin + (this.#hours.get(node.step.key) ?? 0));
      }
      case 'gate':
        return this.note('gate', node.gate.key, this.afterLinks('gate', node.gate.key, start));
      case 'handoff':
        return start;
      case 'choice':
        return this.finish(node.branches[this.#branch.get(node) ?? 0] ?? node, start);
      case 'loop': {
        let end = this.finish(node.body, start);
        for (let round = 0; round < (this.#rounds.get(node) ?? 0); round++) {
          end = this.finish(node.body, this.finish(node.redo, end));
        }
        return end;
      }
      case 'order':
        return this.finishOrder(node, start);
    }
  }

  /** When a step or gate can begin, given what it is linked to elsewhere. */
  private afterLinks(kind: string, key: string, start: number): number {
    const links = this.compiled.links.filter((link) => link.to.kind === kind && link.to.key === key);
    const ends = links.map(({ from, minGap }) => {
      const end = this.#finish.get(`${from.kind} ${from.key}`) ?? 0;
      return end + (minGap === null ? 0 : hoursOf(minGap));
    });
    return Math.max(start, ...ends);
  }

  private note(kind: string, key: string, end: number): number {
    this.#finish.set(`${kind} ${key}`, end);
    return end;
  }

  private finishOrder(node: OrderNode, start: number): number {
    const ends = new Map<number, number>();
    const endOf = (position: number): number => {
      const known = ends.get(position);
      const child = node.nodes[position];
      if (known !== undefined || !child) return known ?? start;
      const before = node.edges.filter(([, to]) => to === position).map(([from]) => endOf(from));
      const quorum = child.type === 'gate' && child.quorum !== null ? child.quorum : before.length;
      const begin = [...before].sort((a, b) => a - b)[quorum - 1] ?? start;
      const end = this.finish(child, begin);
      ends.set(position, end);
      return end;
    };
    return Math.max(start, ...node.nodes.map((_, position) => endOf(position)));
  }
}

function sampleHours(step: Step, random: () => number): number {
  const waiting = step.waiting === null ? 0 : hoursOf(step.waiting);
  return waiting + (step.effort ? sampleEffort(step.effort, random) : 0);
}

/** Beta-PERT: a beta distribution over [optimistic, pessimistic] with its mode at the likely value. */
function sampleEffort(effort: Effort, random: () => number): number {
  const [low, likely, high] = [effort.optimistic, effort.likely, effort.pessimistic].map(hoursOf) as [
    number,
    number,
    number,
  ];
  if (high <= low) return likely;
  const alpha = 1 + (4 * (likely - low)) / (high - low);
  const beta = 1 + (4 * (high - likely)) / (high - low);
  return low + randomBeta.source(random)(alpha, beta)() * (high - low);
}

function pick(weights: readonly number[], random: () => number): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  return Math.max(
    0,
    weights.findIndex((weight) => (left -= weight) < 0),
  );
}

function rounds(probability: number, max: number, random: () => number): number {
  let count = 0;
  while (count < max && random() < probability) count++;
  return count;
}
