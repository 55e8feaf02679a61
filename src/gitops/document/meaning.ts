import type { Path } from '../../domain/problem.js';
import type { Locate } from '../../domain/workflow/check/context.js';
import { nameFrom } from '../../domain/workflow/steps.js';
import type {
  Block,
  Branch,
  ContentCalendar,
  Effort,
  EventKind,
  Gate,
  Handoff,
  Lane,
  Merge,
  Quorum,
  Section,
  SectionModel,
  Step,
  Trigger,
  TriggerAction,
  Workflow,
  WorkflowTest,
} from '../../domain/workflow/workflow.js';
import type {
  WrittenBlock,
  WrittenMember,
  WrittenSection,
  WrittenStep,
  WrittenTest,
  WrittenWorkflow,
} from './written.js';

/** A workflow as meant, and where each of its objects stands in the document it was read from. */
export interface MeantWorkflow {
  readonly workflow: Workflow;
  readonly tests: readonly WorkflowTest[];
  readonly locate: Locate;
}

/** Fills in defaults and spells out short forms. Total: whatever has the written form has a meaning. */
export function meanWorkflow(written: WrittenWorkflow): MeantWorkflow {
  const paths = new WeakMap<object, Path>();
  const reader = new Reader(paths);
  const [workflow, tests] = [reader.workflow(written), reader.tests(written)];
  return { workflow, tests, locate: (node, ...further) => [...(paths.get(node) ?? []), ...further] };
}

const list = <T>(value: readonly T[] | undefined): readonly T[] => value ?? [];
const many = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];

class Reader {
  constructor(private readonly paths: WeakMap<object, Path>) {}

  private at<T extends object>(path: Path, node: T): T {
    this.paths.set(node, path);
    return node;
  }

  workflow(written: WrittenWorkflow): Workflow {
    const entries = <W, M extends object>(
      key: string,
      from: readonly W[] | undefined,
      mean: (entry: W) => M,
    ): M[] => list(from).map((entry, position) => this.at([key, position], mean(entry)));
    return this.at([], {
      key: written.id,
      name: written.name,
      steward: written.steward,
      status: written.status ?? 'active',
      pilotCampaigns: list(written.pilotCampaigns),
      campaignTypes: list(written.campaignTypes),
      pattern: written.pattern,
      decision: written.decision
        ? { inputs: written.decision.inputs ?? {}, rationale: written.decision.rationale }
        : null,
      reviewEvery: written.review?.every ?? null,
      regulated: written.regulated ?? false,
      audience: written.audience ?? null,
      channels: list(written.channels),
      milestones: entries('milestones', written.milestones, (each) => ({
        key: each.id,
        owner: each.owner,
        announceBefore: each.announceBefore ?? null,
        consumers: list(each.consumers),
        date: each.date ?? null,
        notBefore: list(each.notBefore),
      })),
      sections: written.sections.map((section, position) =>
        this.section(section, written.sections[position - 1]?.id ?? null, ['sections', position]),
      ),
      handoffs: list(written.handoffs).map((handoff, position) =>
        this.handoff(handoff, ['handoffs', position]),
      ),
      sequence: entries('sequence', written.sequence, (each) => ({
        step: each.step,
        after: each.after,
        minGap: each.minGap ?? null,
        maxGap: each.maxGap ?? null,
      })),
      rules: entries('rules', written.rules, (each) => ({
        key: each.id,
        block: each.block,
        until: each.until,
      })),
      triggers: list(written.triggers).map((trigger, position) =>
        this.trigger(trigger, ['triggers', position]),
      ),
      cadence: entries('cadence', written.cadence, (each) => ({
        key: each.id,
        rrule: each.rrule,
        duration: each.duration,
        timezone: each.timezone ?? 'UTC',
        attendees: list(each.attendees),
      })),
      calendar: written.calendar ? this.calendar(written.calendar) : null,
      kpis: list(written.kpis),
    });
  }

  tests(written: WrittenWorkflow): WorkflowTest[] {
    return list(written.tests).map((test, position) => this.test(test, written, ['tests', position]));
  }

  private test(written: WrittenTest, workflow: WrittenWorkflow, path: Path): WorkflowTest {
    const { campaign = {}, brief, expect } = written;
    const events = (from: WrittenTest['given'], ...keys: Path) =>
      list(from).flatMap((event, position) =>
        Object.entries(event).flatMap(([kind, key]) =>
          key === undefined
            ? []
            : [this.at([...path, ...keys, position, kind], { kind: kind as EventKind, key })],
        ),
      );
    return this.at(path, {
      name: written.name,
      campaign: {
        type: campaign.type ?? workflow.campaignTypes?.[0] ?? workflow.id,
        risk: campaign.risk ?? 'medium',
        channels: campaign.channels ?? list(workflow.channels),
        labels: list(campaign.labels),
        flags: list(campaign.flags),
        budget: campaign.budget ?? 0,
      },
      brief: brief ?? {},
      given: events(written.given, 'given'),
      expect: {
        steps: expect.steps ?? {},
        gates: expect.gates ?? {},
        handoffs: expect.handoffs ?? {},
        refused: events(expect.refused, 'expect', 'refused'),
        allowed: events(expect.allowed, 'expect', 'allowed'),
      },
    });
  }

  private calendar(written: NonNullable<WrittenWorkflow['calendar']>): ContentCalendar {
    return this.at(['calendar'], {
      theme: written.theme,
      minLinks: written.minLinks ?? 1,
      items: written.items.map((item, position) =>
        this.at(['calendar', 'items', position], {
          key: item.id,
          channel: item.channel,
          offset: item.offset,
          theme: item.theme ?? written.theme,
          links: list(item.links),
        }),
      ),
    });
  }

  private section(written: WrittenSection, previous: string | null, path: Path): Section {
    const base = {
      key: written.id,
      after: written.after ?? (previous === null ? [] : [previous]),
      gates: list(written.gates).map((gate, position) => this.gate(gate, [...path, 'gates', position])),
      checkpoints: list(written.checkpoints).map((each, position) =>
        this.at([...path, 'checkpoints', position], { key: each.id, offset: each.offset }),
      ),
      tool: written.tool ?? null,
    };
    switch (modelOf(written)) {
      case 'linear':
        return this.at(path, {
          ...base,
          model: 'linear',
          steps: this.blocks(list(written.steps), [...path, 'steps']),
        });
      case 'parallel':
        return this.at(path, {
          ...base,
          model: 'parallel',
          lanes: this.lanes(written.lanes, [...path, 'lanes']),
        });
      case 'hub-and-spoke':
        return this.at(path, {
          ...base,
          model: 'hub-and-spoke',
          hub: {
            steps: this.blocks(list(written.hub?.steps), [...path, 'hub', 'steps']),
            owns: list(written.hub?.owns),
          },
          spokes: this.lanes(written.spokes, [...path, 'spokes']),
        });
    }
  }

  private gate(written: NonNullable<WrittenSection['gates']>[number], path: Path): Gate {
    return this.at(path, {
      key: written.id,
      at: written.at,
      merge: meanMerge(written.merge),
      approvers: list(written.approvers),
      checks: list(written.checks).map(({ metric, atLeast, atMost }, position) =>
        this.at([...path, 'checks', position], {
          metric,
          bound: atLeast === undefined ? ('at-most' as const) : ('at-least' as const),
          limit: atLeast ?? atMost ?? 0,
        }),
      ),
      onFail: written.onFail ?? 'block',
    });
  }

  private trigger(written: NonNullable<WrittenWorkflow['triggers']>[number], path: Path): Trigger {
    const { guard } = written;
    return this.at(path, {
      key: written.id,
      signal: written.signal,
      when: written.when,
      for: written.for ?? null,
      guard: guard
        ? {
            maxAge: guard.maxAge ?? null,
            minSamples: guard.minSamples ?? null,
            completeness: guard.completeness ?? null,
            range: guard.range ?? null,
          }
        : null,
      cooldown: written.cooldown ?? null,
      actions: written.actions.map((action, position): TriggerAction => {
        const [type, parameters] = Object.entries<unknown>(action)[0] ?? ['alert', {}];
        return this.at([...path, 'actions', position, type], {
          type: type as TriggerAction['type'],
          arguments: parameters as Record<string, unknown>,
        });
      }),
    });
  }

  private lanes(written: WrittenSection['lanes'], path: Path): Lane[] {
    return Object.entries(written ?? {}).map(([key, lane]) =>
      this.at([...path, key], { key, steps: this.blocks(lane.steps, [...path, key, 'steps']) }),
    );
  }

  private blocks(written: readonly WrittenBlock[], path: Path): Block[] {
    return written.map((block, position) => this.block(block, [...path, position]));
  }

  private block(written: WrittenBlock, path: Path): Block {
    if (!('oneOf' in written) && !('allOf' in written)) return this.step(written, path);
    const [type, key, members] =
      'oneOf' in written
        ? (['choice', 'oneOf', written.oneOf] as const)
        : (['concurrent', 'allOf', written.allOf] as const);
    const branches = members.map((member, position) => this.branch(member, [...path, key, position]));
    return this.at(path, { type, key: written.id ?? null, branches });
  }

  private branch(written: WrittenMember, path: Path): Branch {
    if ('steps' in written) {
      const { id, when, weight, steps } = written;
      return this.at(path, {
        key: id ?? null,
        when: when ?? null,
        weight: weight ?? 1,
        steps: this.blocks(steps, [...path, 'steps']),
      });
    }
    return this.at(path, {
      key: null,
      when: null,
      weight: written.weight ?? 1,
      steps: [this.step(written, path)],
    });
  }

  private step(written: WrittenStep, path: Path): Step {
    const rework = written.rework;
    return this.at(path, {
      type: 'step',
      key: written.id,
      name: written.name ?? nameFrom(written.id),
      kind: written.kind ?? 'task',
      responsible: many(written.responsible),
      accountable: written.accountable,
      consulted: list(written.consulted),
      informed: list(written.informed),
      effort: written.effort === undefined ? null : meanEffort(written.effort),
      produces: list(written.produces),
      approves: list(written.approves),
      concerns: list(written.concerns),
      quorum: meanQuorum(written.quorum),
      needs: list(written.needs),
      startOn: written.startOn ?? 'final',
      channel: written.channel ?? null,
      when: written.when ?? null,
      optional: written.optional ?? false,
      rework: rework
        ? this.at([...path, 'rework'], {
            to: rework.to,
            via: this.step(rework.via, [...path, 'rework', 'via']),
            max: rework.max,
            probability: rework.probability ?? null,
          })
        : null,
      staffing: written.staffing ?? {},
      relevance: written.relevance
        ? { notBefore: written.relevance.notBefore ?? null, notAfter: written.relevance.notAfter ?? null }
        : null,
      waiting: written.waiting ?? null,
      derivedFrom: list(written.derivedFrom),
      escalateAfter: written.escalateAfter ?? null,
    });
  }

  private handoff(written: NonNullable<WrittenWorkflow['handoffs']>[number], path: Path): Handoff {
    const verify = list(written.verify).map((each, position) =>
      this.at(
        [...path, 'verify', position],
        typeof each === 'string'
          ? { type: 'built-in' as const, name: each }
          : { type: 'cel' as const, expression: each.cel },
      ),
    );
    return this.at(path, {
      key: written.id ?? `${written.from}-to-${written.to}`,
      from: written.from,
      to: written.to,
      payload: list(written.payload),
      verify,
      mode: written.mode ?? 'sync',
      respondWithin: written.respondWithin ?? null,
      meeting: written.meeting ?? null,
    });
  }
}

/** The model of a section; that of the parts it has where these do not go with the one that is written. */
export function modelOf(section: WrittenSection): SectionModel {
  if (section.lanes && section.model !== 'parallel') return 'parallel';
  if ((section.hub ?? section.spokes) && section.model !== 'hub-and-spoke') return 'hub-and-spoke';
  return section.steps && !section.lanes && !section.hub && !section.spokes ? 'linear' : section.model;
}

const meanEffort = (written: NonNullable<WrittenStep['effort']>): Effort =>
  typeof written === 'string' ? { optimistic: written, likely: written, pessimistic: written } : written;

function meanQuorum(written: WrittenStep['quorum']): Quorum | null {
  if (written === undefined) return null;
  if (written === 'all') return { type: 'all' };
  return Array.isArray(written)
    ? { type: 'named', roles: written }
    : { type: 'at-least', count: written.atLeast };
}

function meanMerge(written: 'all' | { atLeast: number } | string[] | undefined): Merge {
  if (written === undefined || written === 'all') return { type: 'all' };
  return Array.isArray(written)
    ? { type: 'named', lanes: written }
    : { type: 'at-least', count: written.atLeast };
}
