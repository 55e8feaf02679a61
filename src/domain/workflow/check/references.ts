import { lanesOf, placedSteps, stepsOf } from '../steps.js';
import type { Block, Section, Step } from '../workflow.js';
import type { CheckContext } from './context.js';

/** Ids that stand twice, and names that nothing defines. */
export function checkReferences(context: CheckContext): void {
  checkUniqueIds(context);
  checkSectionReferences(context);
  checkStepReferences(context);
  checkVocabulary(context);
}

function checkUniqueIds(context: CheckContext): void {
  const { workflow, at } = context;
  const seen = new Map<string, string>();
  const once = (kind: string, node: { key: string }, scope = '') => {
    const name = `${scope}${node.key}`;
    const before = seen.get(name);
    if (before !== undefined) {
      const message = `${kind} '${node.key}' has the id of another ${before}`;
      const hint = 'an id names one thing in a workflow; choose another';
      context.report('error', 'E_DUPLICATE_ID', message, at(node, 'id'), { hint });
    }
    seen.set(name, before ?? kind);
  };
  for (const step of stepsOf(workflow)) once('step', step);
  for (const section of workflow.sections) {
    once('section', section, 'section ');
    for (const gate of section.gates) once('gate', gate, 'gate ');
    for (const checkpoint of section.checkpoints) once('checkpoint', checkpoint, 'checkpoint ');
  }
  for (const rule of workflow.rules) once('rule', rule, 'rule ');
  for (const trigger of workflow.triggers) once('trigger', trigger, 'trigger ');
  for (const milestone of workflow.milestones) once('milestone', milestone, 'milestone ');
  for (const cadence of workflow.cadence) once('cadence', cadence, 'cadence ');
}

function checkSectionReferences(context: CheckContext): void {
  const { workflow, at } = context;
  const sections = workflow.sections.map((section) => section.key);
  for (const section of workflow.sections) {
    section.after.forEach((before, position) => {
      if (!sections.includes(before)) {
        context.unknown('section', 'E_UNKNOWN_SECTION', before, sections, at(section, 'after', position));
      }
    });
    const lanes = lanesOf(section).map((lane) => lane.key);
    for (const gate of section.gates) {
      if (gate.merge.type === 'named') {
        gate.merge.lanes.forEach((lane, position) => {
          if (!lanes.includes(lane)) {
            context.unknown('lane', 'E_UNKNOWN_LANE', lane, lanes, at(gate, 'merge', position));
          }
        });
      } else if (gate.merge.type === 'at-least' && gate.merge.count > lanes.length) {
        const message = `gate '${gate.key}' waits for ${gate.merge.count} lanes where there are ${lanes.length}`;
        context.report('error', 'E_GATE_WAITS_FOR_EVER', message, at(gate, 'merge', 'atLeast'));
      }
    }
  }
  for (const handoff of workflow.handoffs) {
    for (const end of ['from', 'to'] as const) {
      if (!sections.includes(handoff[end])) {
        context.unknown('section', 'E_UNKNOWN_SECTION', handoff[end], sections, at(handoff, end));
      }
    }
    const to = workflow.sections.find((section) => section.key === handoff.to);
    const known = [handoff.from, ...(to?.after ?? [])].every((key) => sections.includes(key));
    if (to && known && !to.after.includes(handoff.from)) {
      const message = `hand-off from '${handoff.from}' to '${handoff.to}', but '${handoff.to}' does not run after '${handoff.from}'`;
      context.report('error', 'E_HANDOFF_WITHOUT_BOUNDARY', message, at(handoff, 'from'), {
        hint: `add '${handoff.from}' to the 'after' of section '${handoff.to}'`,
      });
    }
  }
}

function checkStepReferences(context: CheckContext): void {
  const { workflow, at } = context;
  const placed = placedSteps(workflow);
  const steps = placed.map(({ step }) => step.key);
  const artefacts = new Set(placed.flatMap(({ step }) => step.produces));
  const known = new Set([...artefacts, ...ownedFields(workflow.sections)]);
  for (const { step } of placed) {
    step.needs.forEach((need, position) => {
      if (!steps.includes(need)) {
        context.unknown('step', 'E_UNKNOWN_STEP', need, steps, at(step, 'needs', position));
      }
    });
    step.approves.forEach((artefact, position) => {
      if (!artefacts.has(artefact)) {
        context.unknown(
          'artefact',
          'E_UNKNOWN_ARTEFACT',
          artefact,
          artefacts,
          at(step, 'approves', position),
        );
      }
    });
  }
  for (const blocks of workflow.sections.flatMap(chains)) checkRework(blocks, context);
  for (const gap of workflow.sequence) {
    for (const end of ['step', 'after'] as const) {
      if (!steps.includes(gap[end])) context.unknown('step', 'E_UNKNOWN_STEP', gap[end], steps, at(gap, end));
    }
  }
  for (const handoff of workflow.handoffs) {
    handoff.payload.forEach((item, position) => {
      if (known.size > 0 && !known.has(item)) {
        context.unknown(
          'artefact or brief field',
          'E_UNKNOWN_PAYLOAD',
          item,
          known,
          at(handoff, 'payload', position),
        );
      }
    });
  }
}

const ownedFields = (sections: readonly Section[]): string[] =>
  sections.flatMap((section) => (section.model === 'hub-and-spoke' ? section.hub.owns : []));

/** Every list of blocks in which a rework may look back. */
function chains(section: Section): (readonly Block[])[] {
  const top = lanesOf(section).map((lane) => lane.steps);
  const all = section.model === 'hub-and-spoke' ? [section.hub.steps, ...top] : top;
  return all.flatMap(within);
}
const within = (blocks: readonly Block[]): (readonly Block[])[] => [
  blocks,
  ...blocks.flatMap((block) =>
    block.type === 'step' ? [] : block.branches.flatMap((branch) => within(branch.steps)),
  ),
];

function checkRework(blocks: readonly Block[], context: CheckContext): void {
  blocks.forEach((block, position) => {
    if (block.type !== 'step' || !block.rework) return;
    const earlier = blocks.slice(0, position + 1).flatMap((each) => (each.key === null ? [] : [each.key]));
    if (earlier.includes(block.rework.to)) return;
    const everywhere = stepsOf(context.workflow).map((step: Step) => step.key);
    const path = context.at(block.rework, 'to');
    if (!everywhere.includes(block.rework.to)) {
      context.unknown('step', 'E_UNKNOWN_STEP', block.rework.to, earlier, path);
      return;
    }
    const message = `rework of '${block.key}' returns to '${block.rework.to}', which is not an earlier step beside it`;
    context.report('error', 'E_REWORK_TARGET', message, path, { hint: `possible: ${earlier.join(', ')}` });
  });
}

/** Roles, channels and signals, where the repository says which there are. */
function checkVocabulary(context: CheckContext): void {
  const { workflow, vocabulary, at } = context;
  const role = (name: string, path: ReturnType<CheckContext['at']>) => {
    if (vocabulary.roles && !vocabulary.roles.has(name)) {
      context.unknown('role', 'E_UNKNOWN_ROLE', name, vocabulary.roles, path);
    }
  };
  role(workflow.steward, at(workflow, 'steward'));
  for (const step of stepsOf(workflow)) {
    role(step.accountable, at(step, 'accountable'));
    for (const list of ['responsible', 'consulted', 'informed'] as const) {
      step[list].forEach((name, position) => {
        role(name, at(step, list, position));
      });
    }
    for (const name of Object.keys(step.staffing)) role(name, at(step, 'staffing', name));
    if (step.channel !== null) checkChannel(step.channel, at(step, 'channel'), context);
  }
  for (const milestone of workflow.milestones) role(milestone.owner, at(milestone, 'owner'));
  for (const cadence of workflow.cadence) {
    cadence.attendees.forEach((name, position) => {
      role(name, at(cadence, 'attendees', position));
    });
  }
  for (const gate of workflow.sections.flatMap((section) => section.gates)) {
    gate.approvers.forEach((name, position) => {
      role(name, at(gate, 'approvers', position));
    });
  }
  workflow.channels.forEach((channel, position) => {
    const { channels } = vocabulary;
    if (channels && !channels.has(channel)) {
      context.unknown('channel', 'E_UNKNOWN_CHANNEL', channel, channels, at(workflow, 'channels', position));
    }
  });
  for (const trigger of workflow.triggers) {
    if (vocabulary.signals && !vocabulary.signals.has(trigger.signal)) {
      context.unknown(
        'signal',
        'E_UNKNOWN_SIGNAL',
        trigger.signal,
        vocabulary.signals,
        at(trigger, 'signal'),
      );
    }
  }
}

/** A step's channel must be one of the workflow's own, which are checked against the taxonomy. */
function checkChannel(channel: string, path: ReturnType<CheckContext['at']>, context: CheckContext): void {
  const known = context.workflow.channels;
  if (!known.includes(channel)) context.unknown('channel', 'E_UNKNOWN_CHANNEL', channel, known, path);
}
