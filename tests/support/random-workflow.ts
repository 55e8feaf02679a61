import type {
  Block,
  Branch,
  Gate,
  Rework,
  Section,
  Step,
  Workflow,
} from '../../src/domain/workflow/workflow.js';
import { chainsOf, gatesOf, nameFrom, stepsOf } from '../../src/domain/workflow/steps.js';

/** Mulberry32: a small generator, so that a seed stands for the same workflow on every machine. */
export class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  below(count: number): number {
    return Math.floor(this.next() * count);
  }
  is(probability: number): boolean {
    return this.next() < probability;
  }
  one<T>(values: readonly T[]): T {
    if (values.length === 0) throw new Error('nothing to choose from');
    return values[this.below(values.length)] as T;
  }
  some<T>(values: readonly T[], probability = 0.5): T[] {
    return values.filter(() => this.is(probability));
  }
}

type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;
export type Draft = Mutable<Workflow>;
type DraftBlock = Mutable<Block>;
type DraftSection = Mutable<Section>;

export const ROLES = ['writer', 'brand', 'legal', 'ops'] as const;
const CHANNELS = ['email', 'social', 'events'];
const EFFORTS = ['PT4H', 'P1D', 'P2D', 'P5D'];

/** A workflow that could run, of every model and with every sort of part; the same for the same seed. */
export function randomWorkflow(seed: number): Workflow {
  return new Author(new Chance(seed)).workflow();
}

class Author {
  #count = 0;
  constructor(readonly chance: Chance) {}

  key(what: string): string {
    this.#count += 1;
    return `${what}-${this.#count}`;
  }

  workflow(): Workflow {
    const { chance } = this;
    const keys = Array.from({ length: 1 + chance.below(3) }, () => this.key('section'));
    const sections = keys.map((key, position) => this.section(key, keys.slice(0, position)));
    const draft: Draft = {
      key: 'random',
      name: 'Random',
      steward: chance.one(ROLES),
      status: 'active',
      pilotCampaigns: [],
      campaignTypes: chance.some(['launch', 'sale']),
      pattern: 'sequential',
      decision: null,
      reviewEvery: chance.is(0.3) ? 'P3M' : null,
      regulated: chance.is(0.2),
      audience: null,
      channels: CHANNELS,
      milestones: chance.is(0.4) ? [this.milestone()] : [],
      sections,
      handoffs: [],
      sequence: [],
      rules: [],
      triggers: [],
      cadence: [],
      calendar: null,
      kpis: chance.some(['time-to-launch', 'timing-spread']),
    };
    for (const section of sections) {
      for (const from of section.after)
        if (chance.is(0.5)) draft.handoffs.push(this.handoff(from, section.key));
    }
    const steps = stepsOf({ ...draft } as Workflow);
    for (const step of stepsOf({ ...draft } as Workflow) as Mutable<Step>[]) {
      if (chance.is(0.1)) addNeed(draft, step, chance);
    }
    if (chance.is(0.5)) draft.rules.push(this.rule(steps));
    return draft as Workflow;
  }

  milestone(): Draft['milestones'][number] {
    return {
      key: this.key('milestone'),
      owner: this.chance.one(ROLES),
      announceBefore: 'P7D',
      consumers: [],
      date: null,
      notBefore: [],
    };
  }

  handoff(from: string, to: string): Draft['handoffs'][number] {
    return {
      key: `${from}-to-${to}`,
      from,
      to,
      payload: this.chance.some(['offerCode', 'segments'], 0.3),
      verify: this.chance.is(0.5) ? [{ type: 'built-in', name: 'payload-complete' }] : [],
      mode: 'async',
      respondWithin: 'PT8H',
      meeting: null,
    };
  }

  rule(steps: readonly Step[]): Draft['rules'][number] {
    const { chance } = this;
    const verb = chance.one(['start', 'complete']);
    return {
      key: this.key('rule'),
      block: `${verb}:${chance.one(steps).key}`,
      until: `done('${chance.one(steps).key}')`,
    };
  }

  section(key: string, earlier: readonly string[]): DraftSection {
    const { chance } = this;
    const base = {
      key,
      after: earlier.length === 0 ? [] : chance.is(0.7) ? earlier.slice(-1) : chance.some(earlier),
      checkpoints: chance.is(0.2) ? [{ key: this.key('checkpoint'), offset: '-P7D' }] : [],
      tool: null,
    };
    const model = chance.one(['linear', 'parallel', 'hub-and-spoke'] as const);
    if (model === 'linear') return { ...base, model, steps: this.chain(3), gates: [] };
    const lanes = CHANNELS.slice(0, 2 + chance.below(2)).map((lane) => ({ key: lane, steps: this.chain(3) }));
    const gates = this.gates(lanes.map((lane) => lane.key));
    if (model === 'parallel') return { ...base, model, lanes, gates };
    return {
      ...base,
      model,
      hub: { steps: this.chain(2), owns: chance.some(['offerCode']) },
      spokes: lanes,
      gates,
    };
  }

  gates(lanes: readonly string[]): Mutable<Gate>[] {
    return (['midpoint', 'endpoint'] as const)
      .filter(() => this.chance.is(0.5))
      .map((at) => this.gate(at, lanes));
  }

  gate(at: Gate['at'], lanes: readonly string[]): Mutable<Gate> {
    const { chance } = this;
    const merges: Mutable<Gate['merge']>[] = [
      { type: 'all' },
      { type: 'at-least', count: 1 + chance.below(lanes.length) },
      { type: 'named', lanes: lanes.slice(0, 1 + chance.below(lanes.length)) },
    ];
    return {
      key: this.key('gate'),
      at,
      merge: at === 'midpoint' ? { type: 'all' } : chance.one(merges),
      approvers: chance.some(ROLES, 0.2),
      checks: chance.is(0.7) ? [{ metric: 'message-consistency', bound: 'at-least', limit: 0.5 }] : [],
      onFail: chance.one(['block', 'alert', 'pause-channel']),
    };
  }

  chain(length: number, depth = 0): DraftBlock[] {
    return Array.from({ length: 1 + this.chance.below(length) }, () => this.block(depth));
  }

  block(depth: number): DraftBlock {
    const { chance } = this;
    if (depth > 1 || chance.is(0.75)) return this.step();
    const type = chance.one(['choice', 'concurrent'] as const);
    const branches = Array.from({ length: 2 + chance.below(2) }, () => this.branch(depth, type));
    return { type, key: chance.is(0.3) ? this.key('block') : null, branches };
  }

  branch(depth: number, type: 'choice' | 'concurrent'): Mutable<Branch> {
    const { chance } = this;
    return {
      key: chance.is(0.2) ? this.key('branch') : null,
      when: chance.is(0.15) ? this.condition() : null,
      weight: type === 'choice' && chance.is(0.3) ? 2 : 1,
      steps: this.chain(2, depth + 1),
    };
  }

  condition(): string {
    return `campaign.risk ${this.chance.one(['==', '!='])} 'high'`;
  }

  step(): Mutable<Step> {
    const { chance } = this;
    const key = this.key('step');
    const kind = chance.one(['task', 'task', 'task', 'approval', 'review', 'brief'] as const);
    const step: Mutable<Step> = {
      type: 'step',
      key,
      name: nameFrom(key),
      kind,
      responsible: chance.some(ROLES, 0.4).slice(0, 2),
      accountable: chance.one(ROLES),
      consulted: chance.some(ROLES, 0.2),
      informed: [],
      effort: chance.is(0.8) ? this.effort() : null,
      produces: chance.is(0.2) ? [this.key('artefact')] : [],
      approves: [],
      needs: [],
      startOn: 'final',
      channel: null,
      when: chance.is(0.1) ? this.condition() : null,
      optional: chance.is(0.1),
      rework: null,
      staffing: {},
      relevance: null,
      waiting: null,
      derivedFrom: [],
      escalateAfter: null,
      concerns: [],
      quorum: null,
    };
    if (step.responsible.length === 0) step.responsible.push(step.accountable);
    if ((kind === 'review' || kind === 'approval') && chance.is(0.5)) step.rework = this.rework(key);
    return step;
  }

  effort(): Mutable<Step['effort']> {
    const likely = this.chance.one(EFFORTS);
    return { optimistic: likely, likely, pessimistic: likely };
  }

  rework(to: string): Mutable<Rework> {
    const via: Mutable<Step> = { ...this.step(), kind: 'task', rework: null, when: null, needs: [] };
    return { to, via, max: 1 + this.chance.below(2), probability: null };
  }
}

/** A step of another section that comes before, whatever happens. */
function addNeed(draft: Draft, step: Mutable<Step>, chance: Chance): void {
  const place = draft.sections.findIndex((section) =>
    stepsOf({ ...draft, sections: [section] } as Workflow).includes(step),
  );
  const earlier = draft.sections
    .slice(0, Math.max(place, 0))
    .flatMap((section) => chainsOf(section as Section).flatMap(({ blocks }) => blocks));
  const certain = earlier.filter((block) => block.type === 'step' && block.when === null && !block.optional);
  if (certain.length > 0 && step.when === null)
    step.needs = [...new Set([...step.needs, (chance.one(certain) as Step).key])];
}

/** A copy of the workflow in which `edits` things are another way, and what they are called. */
export function mutated(
  workflow: Workflow,
  seed: number,
  edits = 1,
): { workflow: Workflow; names: string[] } {
  const author = new Author(new Chance(seed));
  const draft = structuredClone(workflow) as Draft;
  const names: string[] = [];
  for (let left = edits; left > 0; left--) {
    const [name, edit] = author.chance.one(Object.entries(EDITS));
    edit(draft, author, `x${seed}${left}`);
    names.push(name);
  }
  return { workflow: tidied(draft), names };
}

type Edit = (draft: Draft, author: Author, fresh: string) => void;
const someChain = (draft: Draft, { chance }: Author): DraftBlock[] => {
  const chains = draft.sections.flatMap((section) =>
    chainsOf(section as Section).map(({ blocks }) => blocks),
  );
  return chance.one(chains) as DraftBlock[];
};
const someStep = (draft: Draft, { chance }: Author) =>
  chance.one(stepsOf({ ...draft } as Workflow)) as Mutable<Step>;
const freshStep = (author: Author, fresh: string): Mutable<Step> => ({
  ...author.step(),
  key: `step-${fresh}`,
  name: `New ${fresh}`,
  rework: null,
});
const withGate =
  (edit: (gate: Mutable<Gate>, author: Author, section: DraftSection) => void): Edit =>
  (draft, author) => {
    const gates = draft.sections.flatMap((section) => section.gates.map((gate) => ({ gate, section })));
    if (gates.length === 0) return;
    const { gate, section } = author.chance.one(gates);
    edit(gate, author, section);
  };
const laneKeys = (section: DraftSection): string[] =>
  (section.model === 'parallel'
    ? section.lanes
    : section.model === 'hub-and-spoke'
      ? section.spokes
      : []
  ).map((lane) => lane.key);

const EDITS: Readonly<Record<string, Edit>> = {
  effort: (draft, author) => void (someStep(draft, author).effort = author.effort()),
  name: (draft, author, fresh) => void (someStep(draft, author).name = `Named ${fresh}`),
  responsible: (draft, author) => {
    const step = someStep(draft, author);
    step.responsible = [...new Set([author.chance.one(ROLES), ...author.chance.some(step.responsible)])];
  },
  accountable: (draft, author) => void (someStep(draft, author).accountable = author.chance.one(ROLES)),
  consulted: (draft, author) => void (someStep(draft, author).consulted = author.chance.some(ROLES)),
  kind: (draft, author) => {
    const step = someStep(draft, author);
    if (!step.rework) step.kind = author.chance.one(['task', 'brief', 'review', 'approval', 'retrospective']);
  },
  optional: (draft, author) => {
    const step = someStep(draft, author);
    step.optional = !step.optional;
  },
  condition: (draft, author) => {
    const step = someStep(draft, author);
    step.when = step.when === null ? author.condition() : null;
  },
  needs: (draft, author) => {
    const step = someStep(draft, author);
    if (step.needs.length > 0) step.needs.pop();
    else addNeed(draft, step, author.chance);
  },
  startOn: (draft, author) => {
    const step = someStep(draft, author);
    step.startOn = step.startOn === 'draft' ? 'final' : 'draft';
  },
  rework: (draft, author, fresh) => {
    const judged = (stepsOf({ ...draft } as Workflow) as Mutable<Step>[]).filter(
      ({ kind }) => kind === 'review' || kind === 'approval',
    );
    if (judged.length === 0) return;
    const step = author.chance.one(judged);
    if (step.rework && author.chance.is(0.5)) step.rework.max = 1 + author.chance.below(3);
    else
      step.rework = step.rework
        ? null
        : {
            to: step.key,
            via: { ...freshStep(author, fresh), kind: 'task', when: null },
            max: 1,
            probability: null,
          };
  },
  addStep: (draft, author, fresh) => {
    const chain = someChain(draft, author);
    chain.splice(author.chance.below(chain.length + 1), 0, freshStep(author, fresh));
  },
  removeBlock: (draft, author) => {
    const chain = someChain(draft, author);
    if (chain.length > 1) chain.splice(author.chance.below(chain.length), 1);
  },
  moveBlock: (draft, author) => {
    const [from, to] = [someChain(draft, author), someChain(draft, author)];
    if (from.length < 2) return;
    const [block] = from.splice(author.chance.below(from.length), 1);
    if (block) to.splice(author.chance.below(to.length + 1), 0, block);
  },
  swap: (draft, author) => {
    const chain = someChain(draft, author);
    const position = author.chance.below(chain.length - 1);
    const [one, other] = [chain[position], chain[position + 1]];
    if (one && other) chain.splice(position, 2, other, one);
  },
  sideBySide: (draft, author) => {
    const chain = someChain(draft, author);
    if (chain.length < 2) return;
    const position = author.chance.below(chain.length - 1);
    const branches = chain
      .slice(position, position + 2)
      .map((block) => ({ key: null, when: null, weight: 1, steps: [block] }));
    chain.splice(position, 2, { type: 'concurrent', key: null, branches });
  },
  oneAfterAnother: (draft, author) => {
    const chain = someChain(draft, author);
    const position = chain.findIndex((block) => block.type === 'concurrent');
    const block = chain[position];
    if (block?.type === 'concurrent')
      chain.splice(position, 1, ...block.branches.flatMap((branch) => branch.steps));
  },
  branch: (draft, author, fresh) => {
    const blocks = someChain(draft, author).flatMap((block) => (block.type === 'step' ? [] : [block]));
    if (blocks.length === 0) return;
    const { branches } = author.chance.one(blocks);
    if (branches.length > 2 && author.chance.is(0.5)) branches.pop();
    else branches.push({ key: null, when: null, weight: 1, steps: [freshStep(author, fresh)] });
  },
  renameStep: (draft, author, fresh) => {
    const before = someStep(draft, author).key;
    renameEverywhere(draft, before, `called-${fresh}`);
  },
  renameSection: (draft, author, fresh) =>
    renameEverywhere(draft, author.chance.one(draft.sections).key, `called-${fresh}`),
  renameGate: (draft, author, fresh) => {
    const gates = gatesOf(draft as Workflow);
    if (gates.length > 0) renameEverywhere(draft, author.chance.one(gates).key, `called-${fresh}`);
  },
  after: (draft, author) => {
    const position = author.chance.below(draft.sections.length);
    const section = draft.sections[position];
    if (section) section.after = author.chance.some(draft.sections.slice(0, position).map(({ key }) => key));
  },
  sections: (draft) => void draft.sections.reverse(),
  addGate: (draft, author, fresh) => {
    const section = author.chance.one(draft.sections);
    if (section.model !== 'linear')
      section.gates.push({
        ...author.gate(author.chance.one(['midpoint', 'endpoint']), laneKeys(section)),
        key: `gate-${fresh}`,
      });
  },
  removeGate: (draft, author) => void author.chance.one(draft.sections).gates.pop(),
  limit: withGate((gate, { chance }) => {
    for (const check of gate.checks) check.limit = chance.next();
  }),
  check: withGate((gate) => {
    if (gate.checks.length > 0) gate.checks.pop();
    else gate.checks.push({ metric: 'brief-drift', bound: 'at-most', limit: 0 });
  }),
  onFail: withGate(
    (gate, { chance }) => void (gate.onFail = chance.one(['block', 'alert', 'pause-channel'])),
  ),
  merge: withGate((gate, author, section) => {
    if (gate.at === 'endpoint') gate.merge = author.gate('endpoint', laneKeys(section)).merge;
  }),
  approvers: withGate((gate, { chance }) => void (gate.approvers = chance.some(ROLES, 0.3))),
  handoff: (draft, author) => {
    if (draft.handoffs.length > 0 && author.chance.is(0.5)) return void draft.handoffs.pop();
    const section = author.chance.one(draft.sections);
    const [from] = section.after;
    const isThere = draft.handoffs.some((each) => each.from === from && each.to === section.key);
    if (from !== undefined && !isThere) draft.handoffs.push(author.handoff(from, section.key));
  },
  payload: (draft, author) => {
    for (const handoff of draft.handoffs)
      handoff.payload = author.chance.some(['offerCode', 'segments', 'launchDate']);
  },
  rule: (draft, author, fresh) => {
    if (draft.rules.length > 0 && author.chance.is(0.5)) draft.rules.pop();
    else draft.rules.push({ ...author.rule(stepsOf({ ...draft } as Workflow)), key: `rule-${fresh}` });
  },
  milestone: (draft, author, fresh) =>
    void draft.milestones.push({ ...author.milestone(), key: `milestone-${fresh}` }),
  kpis: (draft, { chance }) => void (draft.kpis = chance.some(['time-to-launch', 'timing-spread', 'roi'])),
};

/** As a person renames something: with every mention. */
function renameEverywhere(draft: Draft, before: string, after: string): void {
  for (const step of stepsOf({ ...draft } as Workflow) as Mutable<Step>[]) {
    if (step.key === before && step.name === nameFrom(before)) step.name = nameFrom(after);
  }
  for (const handoff of draft.handoffs) {
    const [from, to] = [handoff.from, handoff.to].map((key) => (key === before ? after : key));
    if (handoff.key === `${handoff.from}-to-${handoff.to}`) handoff.key = `${from ?? ''}-to-${to ?? ''}`;
  }
  const text = JSON.stringify(draft)
    .replaceAll(`"${before}"`, `"${after}"`)
    .replaceAll(`:${before}"`, `:${after}"`)
    .replaceAll(`'${before}'`, `'${after}'`);
  Object.assign(draft, JSON.parse(text) as Draft);
}

/** Drops what mentions something that is gone, and needs that could not be met, as a valid definition has neither. */
function tidied(draft: Draft): Workflow {
  const steps = new Set(stepsOf({ ...draft } as Workflow).map((step) => step.key));
  const sections = new Set(draft.sections.map((section) => section.key));
  const order = new Map(
    draft.sections.flatMap((section, position) =>
      stepsOf({ ...draft, sections: [section] } as Workflow).map((step) => [step.key, position] as const),
    ),
  );
  const certain = new Set(
    draft.sections.flatMap((section) =>
      chainsOf(section as Section).flatMap(({ blocks }) =>
        blocks.flatMap((block) =>
          block.type === 'step' && block.when === null && !block.optional ? [block.key] : [],
        ),
      ),
    ),
  );
  const position = new Map(draft.sections.map((section, index) => [section.key, index]));
  for (const step of stepsOf({ ...draft } as Workflow) as Mutable<Step>[]) {
    step.needs = step.needs.filter(
      (need) => certain.has(need) && (order.get(need) ?? 0) < (order.get(step.key) ?? 0),
    );
  }
  for (const section of draft.sections)
    section.after = section.after.filter(
      (key) => sections.has(key) && (position.get(key) ?? 0) < (position.get(section.key) ?? 0),
    );
  draft.handoffs = draft.handoffs.filter(({ from, to }) =>
    draft.sections.some((section) => section.key === to && section.after.includes(from)),
  );
  draft.rules = draft.rules.filter(
    ({ block, until }) =>
      steps.has(block.split(':')[1] ?? '') && steps.has(/'([^']*)'/.exec(until)?.[1] ?? ''),
  );
  for (const section of draft.sections) if (section.model === 'linear') section.gates = [];
  return draft as Workflow;
}
