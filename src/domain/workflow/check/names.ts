import { stepsOf } from '../steps.js';
import { isHole } from '../hole.js';
import type { Block } from '../workflow.js';
import { chainsOf } from '../steps.js';
import type { CheckContext } from './context.js';

/** Ids that stand twice. An id names one thing of its sort; steps, blocks and branches are one sort. */
export function checkNames({ workflow, at, report }: CheckContext): void {
  const seen = new Map<string, object>();
  const once = (kind: string, node: { key: string | null }, scope = kind) => {
    if (node.key === null || isHole(node.key)) return;
    const name = `${scope} ${node.key}`;
    const before = seen.get(name);
    if (!before) {
      seen.set(name, node);
      return;
    }
    report.add('E_DUPLICATE_ID', `the id '${node.key}' is already that of another ${scope}`, at(node, 'id'), {
      hint: 'an id names one thing in a workflow; choose another',
      related: [{ path: at(before, 'id'), message: 'first defined here' }],
    });
  };
  for (const step of stepsOf(workflow)) once('step', step);
  const blocks = (chain: readonly Block[]): void => {
    for (const block of chain) {
      if (block.type === 'step') continue;
      once(block.type, block, 'step');
      for (const branch of block.branches) {
        once('branch', branch, 'step');
        blocks(branch.steps);
      }
    }
  };
  for (const section of workflow.sections) {
    once('section', section);
    for (const gate of section.gates) once('gate', gate);
    for (const checkpoint of section.checkpoints) once('checkpoint', checkpoint);
    for (const { blocks: chain } of chainsOf(section)) blocks(chain);
  }
  for (const handoff of workflow.handoffs) once('hand-off', handoff);
  for (const rule of workflow.rules) once('rule', rule);
  for (const trigger of workflow.triggers) once('trigger', trigger);
  for (const milestone of workflow.milestones) once('milestone', milestone);
  for (const meeting of workflow.cadence) once('meeting', meeting);
  for (const item of workflow.calendar?.items ?? []) once('calendar item', item);
}
