import { chance, streamOf, type Stream } from './chance.js';
import { quantileOf, TABLE_STEPS } from './distribution.js';
import { activate, type Draw, type Layout, newDraw, type SoFar } from './layout.js';

/** Draws the chances of a run, each from a stream of its own. What has happened already is not drawn any more. */
export class Sampler {
  readonly #draw: Draw;
  readonly #branches: Int32Array;
  readonly #returns: Int32Array;
  readonly #paceStream: Stream;
  readonly #choiceStreams: readonly Stream[];
  readonly #loopStreams: readonly Stream[];
  readonly #effortStreams: readonly Stream[];
  readonly #waitingStreams: readonly Stream[];
  /** Legs of which not everything is always the same. */
  readonly #uncertain: readonly number[];

  constructor(
    private readonly layout: Layout,
    seed: number,
    private readonly soFar: SoFar | null,
  ) {
    const { network, pace } = layout.model;
    this.#draw = newDraw(layout, soFar);
    this.#branches = new Int32Array(network.choices.length);
    this.#returns = new Int32Array(network.loops.length);
    this.#paceStream = streamOf(seed, 'pace');
    const choices = network.choices.map(
      ({ key, branches }) => key ?? branches.map((each) => each.key).join(),
    );
    this.#choiceStreams = streams(seed, 'choice', choices);
    const reviews = network.loops.map(({ review }) => review.key);
    this.#loopStreams = streams(seed, 'loop', reviews);
    // The legs of a step are one piece of work, so they share their luck.
    const vertexOf = legVertices(layout);
    const keys = network.vertices.map(({ step }) => step?.key ?? '');
    const [efforts, waits] = [streams(seed, 'effort', keys), streams(seed, 'waiting', keys)];
    this.#effortStreams = vertexOf.map((vertex) => efforts[vertex]!);
    this.#waitingStreams = vertexOf.map((vertex) => waits[vertex]!);
    this.#uncertain = layout.legs.flatMap(({ effort, waiting }, leg) =>
      pace !== null || soFar !== null || effort.quantiles || waiting.quantiles ? [leg] : [],
    );
  }

  draw(run: number): Draw {
    this.#decide(run);
    const { legs, model } = this.layout;
    const pace = model.pace === null ? 1 : quantileOf(model.pace, chance(this.#paceStream, run));
    for (const leg of this.#uncertain) {
      const { effort, waiting } = legs[leg]!;
      this.#draw.waiting[leg] = pace * quantileOf(waiting, this.#waitingShare(leg, run));
      this.#draw.effort[leg] =
        this.soFar !== null && this.soFar.effortShare[leg]! >= 1
          ? this.#overdue(leg, run)
          : pace * quantileOf(effort, this.#effortShare(leg, run));
    }
    return this.#draw;
  }

  /** Which branches are taken, and how often work is returned. */
  #decide(run: number): void {
    const { soFar } = this;
    const { choiceWeights, returnProbabilities, network } = this.layout.model;
    for (let choice = 0; choice < choiceWeights.length; choice++) {
      const taken = soFar === null ? -1 : soFar.branches[choice]!;
      this.#branches[choice] =
        taken >= 0 ? taken : pick(choiceWeights[choice]!, chance(this.#choiceStreams[choice]!, run));
    }
    for (let loop = 0; loop < returnProbabilities.length; loop++) {
      const [before, isSettled] = soFar === null ? [0, 0] : [soFar.returns[loop]!, soFar.isSettled[loop]!];
      const left = network.loops[loop]!.max - before;
      const again = chance(this.#loopStreams[loop]!, run);
      this.#returns[loop] =
        before + (isSettled === 1 ? 0 : returnsOf(returnProbabilities[loop]!, left, again));
    }
    if (network.guards.length > 0 || run === 0) {
      activate(this.layout, this.#branches, this.#returns, this.#draw.active);
    }
  }

  /** A share of the part of the distribution that can still come true. */
  #effortShare(leg: number, run: number): number {
    const share = chance(this.#effortStreams[leg]!, run);
    if (this.soFar === null) return share;
    const gone = this.soFar.effortShare[leg]!;
    return gone + share * (1 - gone);
  }

  #waitingShare(leg: number, run: number): number {
    const share = chance(this.#waitingStreams[leg]!, run);
    if (this.soFar === null) return share;
    const gone = this.soFar.waitingShare[leg]!;
    return gone + share * (1 - gone);
  }

  /**
   * A step that has lasted longer than it ever could tells that its estimate is wrong, not when it ends: it is taken to go
   * on for up to twice as long as it is already over.
   */
  #overdue(leg: number, run: number): number {
    const { quantiles, mean } = this.layout.legs[leg]!.effort;
    const lasted = this.soFar!.effortHours[leg]!;
    const over = lasted - (quantiles === null ? mean : quantiles[TABLE_STEPS]!);
    return lasted + 2 * over * chance(this.#effortStreams[leg]!, run);
  }
}

/** A stream for each name; equal names are told apart by their order. */
function streams(seed: number, prefix: string, names: readonly string[]): Stream[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const copy = (seen.get(name) ?? 0) + 1;
    seen.set(name, copy);
    return streamOf(seed, `${prefix} ${name} ${copy}`);
  });
}

function legVertices({ legAt, legs, size }: Layout): number[] {
  const vertices = new Array<number>(legs.length).fill(0);
  for (let vertex = 0; vertex < size; vertex++) vertices.fill(vertex, legAt[vertex], legAt[vertex + 1]);
  return vertices;
}

function pick(weights: readonly number[], share: number): number {
  let left = share * weights.reduce((sum, weight) => sum + weight, 0);
  for (let at = 0; at < weights.length; at++) if ((left -= weights[at]!) < 0) return at;
  return weights.length - 1;
}

/** How often work is returned when each return has the same probability: at least k times with probability p^k. */
function returnsOf(probability: number, max: number, share: number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return max;
  return Math.min(max, Math.floor(Math.log(share) / Math.log(probability)));
}
