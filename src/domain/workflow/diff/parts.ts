import { stepsOfBlocks } from '../steps.js';
import type { Block, Branch, Choice, Concurrent, Gate, Section, Workflow } from '../workflow.js';

export const PART_KINDS = [
  'workflow',
  'section',
  'lane',
  'step',
  'choice',
  'concurrent',
  'branch',
  'gate',
  'check',
  'handoff',
  'rule',
  'trigger',
  'milestone',
  'cadence',
  'sequence',
  'checkpoint',
  'item',
] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** One named thing in a workflow, with what it says itself and where it stands. */
export interface Part {
  readonly kind: PartKind;
  /** The id of the file; `section/lane`, `gate/metric bound` and the like where the file has none for it alone. */
  readonly key: string;
  /** What it stands in, such as `section sign-off`, `lane creative/email` or `rework email-review`. */
  readonly place: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A workflow laid out flat: every part by its name, and the order of what stands in a chain. */
export interface Parts {
  readonly parts: ReadonlyMap<string, Part>;
  /** Names in order, by place. The order of anything else means nothing. */
  readonly chains: ReadonlyMap<string, readonly string[]>;
}

/** A workflow is always compared with itself, whatever its id says. */
export const nameOf = ({ kind, key }: Pick<Part, 'kind' | 'key'>): string =>
  kind === 'workflow' ? kind : `${kind} ${key}`;

/** Blocks and branches without an id are known by the first step in them. */
export const isAnonymous = ({ key }: Pick<Part, 'key'>): boolean => key.startsWith(OF);
/** The step that such a block or branch is known by. */
export const firstStepOf = (key: string): string => key.slice(OF.length).replace(/ \(\d+\)$/, '');
const OF = 'of ';

export type Container = Choice | Concurrent | Branch;
/** What blocks and branches without an id are called. */
export type ContainerKeys = ReadonlyMap<Container, string>;

/** Lays a workflow out flat; `workflowOf` is the inverse, up to the order of lists whose order means nothing. */
export function partsOf(workflow: Workflow, containers: ContainerKeys = containerKeys(workflow)): Parts {
  const flat = new Flat(containers);
  const { key, sections, handoffs, rules, triggers, milestones, cadence, sequence, calendar, ...own } =
    workflow;
  const { items = [], ...theme } = calendar ?? {};
  flat.add('workflow', key, null, { ...own, calendar: calendar === null ? null : theme });
  for (const section of sections) flat.addSection(section);
  flat.addAll('handoff', handoffs);
  flat.addAll('rule', rules);
  flat.addAll('trigger', triggers);
  flat.addAll('milestone', milestones);
  flat.addAll('cadence', cadence);
  flat.addAll(
    'sequence',
    sequence.map((gap) => ({ ...gap, key: `${gap.after}..${gap.step}` })),
  );
  flat.addAll('item', items);
  return flat;
}

class Flat implements Parts {
  readonly parts = new Map<string, Part>();
  readonly chains = new Map<string, string[]>();

  constructor(private readonly containers: ContainerKeys) {}

  add(kind: PartKind, key: string, place: string | null, fields: Record<string, unknown>): string {
    const name = nameOf({ kind, key });
    this.parts.set(name, { kind, key, place, fields });
    return name;
  }

  addAll(kind: PartKind, entries: readonly ({ readonly key: string } & object)[]): void {
    for (const { key, ...fields } of entries) this.add(kind, key, null, fields);
  }

  addSection(section: Section): void {
    const { key, model, after, tool } = section;
    const owns = section.model === 'hub-and-spoke' ? section.hub.owns : [];
    const here = this.add('section', key, null, { model, after, owns, tool });
    if (section.model === 'linear') this.addChain(here, section.steps);
    if (section.model === 'hub-and-spoke') this.addChain(`hub ${key}`, section.hub.steps);
    const lanes =
      section.model === 'parallel' ? section.lanes : section.model === 'hub-and-spoke' ? section.spokes : [];
    for (const lane of lanes) this.addChain(this.add('lane', `${key}/${lane.key}`, here, {}), lane.steps);
    for (const gate of section.gates) this.addGate(gate, here);
    for (const { key: checkpoint, ...fields } of section.checkpoints)
      this.add('checkpoint', checkpoint, here, fields);
  }

  private addGate({ key, checks, ...fields }: Gate, place: string): void {
    const here = this.add('gate', key, place, fields);
    for (const { metric, bound, limit } of checks)
      this.add('check', `${key}/${metric} ${bound}`, here, { metric, bound, limit });
  }

  private addChain(place: string, blocks: readonly Block[]): void {
    const names = blocks.map((block) => this.addBlock(block, place));
    this.chains.set(place, names);
  }

  private addBlock(block: Block, place: string): string {
    if (block.type !== 'step') {
      const here = this.add(block.type, this.keyOf(block), place, {});
      for (const branch of block.branches) {
        const { when, weight, steps } = branch;
        this.addChain(this.add('branch', this.keyOf(branch), here, { when, weight }), steps);
      }
      return here;
    }
    const { type: _, key, rework, ...fields } = block;
    const { via, ...loop } = rework ?? { via: null };
    const name = this.add('step', key, place, { ...fields, rework: rework && loop });
    if (via) this.addChain(`rework ${key}`, [via]);
    return name;
  }

  private keyOf(container: Container): string {
    return container.key ?? this.containers.get(container) ?? '';
  }
}

/** Every block and branch, outer ones first. */
export function containersOf(workflow: Workflow): Container[] {
  const within = (blocks: readonly Block[]): Container[] =>
    blocks.flatMap((block) =>
      block.type === 'step'
        ? []
        : [block, ...block.branches.flatMap((branch) => [branch, ...within(branch.steps)])],
    );
  return workflow.sections.flatMap((section) => {
    if (section.model === 'linear') return within(section.steps);
    const lanes =
      section.model === 'parallel' ? section.lanes : [{ steps: section.hub.steps }, ...section.spokes];
    return lanes.flatMap((lane) => within(lane.steps));
  });
}

/** Keys of the steps in a block or branch. */
export const stepsIn = (container: Container): string[] =>
  ('branches' in container ? stepsOfBlocks([container]) : stepsOfBlocks(container.steps)).map(
    ({ key }) => key,
  );

/**
 * Names for blocks and branches without an id.
 * @param given names that some of them have already
 * @param taken names that the others must not have
 */
export function containerKeys(
  workflow: Workflow,
  given: ContainerKeys = new Map(),
  taken: ReadonlySet<string> = new Set(),
): ContainerKeys {
  const used = new Set([...taken, ...given.values()]);
  return new Map(
    containersOf(workflow)
      .filter(({ key }) => key === null)
      .map((container) => {
        const known = given.get(container);
        if (known !== undefined) return [container, known];
        const plain = `${OF}${stepsIn(container)[0] ?? ''}`;
        let key = plain;
        for (let number = 2; used.has(key); number++) key = `${plain} (${number})`;
        used.add(key);
        return [container, key];
      }),
  );
}

/** Puts the parts together again. */
export function workflowOf({ parts, chains }: Parts): Workflow {
  const all = [...parts.values()];
  const at = (kind: PartKind, place: string | null) =>
    all.filter((part) => part.kind === kind && part.place === place);
  const plain = (kind: PartKind, place: string | null = null) =>
    at(kind, place).map(({ key, fields }) => ({ key, ...fields }));

  const chain = (place: string): object[] =>
    (chains.get(place) ?? []).flatMap((name) => {
      const part = parts.get(name);
      return part ? [block(part)] : [];
    });
  const block = (part: Part): object => {
    const { kind, key, fields } = part;
    if (kind !== 'step') {
      const branches = at('branch', nameOf(part)).map((branch) => ({
        key: isAnonymous(branch) ? null : branch.key,
        ...branch.fields,
        steps: chain(nameOf(branch)),
      }));
      return { type: kind, key: isAnonymous(part) ? null : key, branches };
    }
    const [via] = chain(`rework ${key}`);
    const rework = fields['rework'] as object | null;
    return { type: 'step', key, ...fields, rework: rework && { ...rework, via } };
  };
  const section = (part: Part): object => {
    const { key, fields } = part;
    const { owns, ...own } = fields;
    const here = nameOf(part);
    const lanes = at('lane', here).map((lane) => ({
      key: lane.key.slice(key.length + 1),
      steps: chain(nameOf(lane)),
    }));
    const inside = {
      linear: { steps: chain(here) },
      parallel: { lanes },
      'hub-and-spoke': { hub: { steps: chain(`hub ${key}`), owns }, spokes: lanes },
    }[fields['model'] as Section['model']];
    const gates = at('gate', here).map((gate) => ({
      key: gate.key,
      ...gate.fields,
      checks: at('check', nameOf(gate)).map((check) => check.fields),
    }));
    return { key, ...own, ...inside, gates, checkpoints: plain('checkpoint', here) };
  };

  const root = parts.get('workflow');
  const calendar = root?.fields['calendar'] as object | null;
  return {
    key: root?.key,
    ...root?.fields,
    sections: at('section', null).map(section),
    handoffs: plain('handoff'),
    rules: plain('rule'),
    triggers: plain('trigger'),
    milestones: plain('milestone'),
    cadence: plain('cadence'),
    sequence: at('sequence', null).map(({ fields }) => fields),
    calendar: calendar && { ...calendar, items: plain('item') },
  } as unknown as Workflow;
}
