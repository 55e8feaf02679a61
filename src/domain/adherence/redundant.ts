import type { CompiledWorkflow } from '../workflow/compiled.js';
import { walk } from '../workflow/compiled.js';
import type { Alignment } from './align.js';
import type { RunModel } from './model.js';

/** An approval that could go, and how often it was given (R83). */
export interface RedundantApproval {
  readonly step: string;
  readonly reason: 'never-returned' | 'same-role-twice';
  readonly cases: number;
}

/** With fewer cases, one that was never returned may have been lucky: at 30 the true share is below 10 % (95 %). */
const LEAST_CASES = 30;

/** Approvals and reviews that never changed what came out, or that repeat the one before them. */
export function redundantApprovals(
  compiled: CompiledWorkflow,
  { vertices }: RunModel,
  aligned: readonly Alignment[],
): RedundantApproval[] {
  const given = new Map<string, number>();
  const returned = new Set<string>();
  for (const { moves } of aligned) {
    const steps = new Set(
      moves.flatMap((move) => (move.type === 'both' ? [vertices[move.vertex]!.step!.key] : [])),
    );
    for (const step of steps) given.set(step, (given.get(step) ?? 0) + 1);
  }
  const loops = [...walk(compiled.root)].flatMap((node) => (node.type === 'loop' ? [node] : []));
  for (const { review, redo } of loops) if (given.has(redo.step.key)) returned.add(review.key);
  const judged = [...walk(compiled.root)].flatMap((node) =>
    node.type === 'step' && (node.step.kind === 'approval' || node.step.kind === 'review') ? [node.step] : [],
  );
  const often = judged.filter(({ key }) => (given.get(key) ?? 0) >= LEAST_CASES);
  return [
    ...often
      .filter(({ key }) => !returned.has(key))
      .map(({ key }) => ({ step: key, reason: 'never-returned' as const, cases: given.get(key) ?? 0 })),
    ...twiceInARow(compiled)
      .filter((key) => (given.get(key) ?? 0) > 0)
      .map((key) => ({ step: key, reason: 'same-role-twice' as const, cases: given.get(key) ?? 0 })),
  ];
}

/** Judgements by the very roles that gave the judgement right before, on the same branch. */
function twiceInARow({ root }: CompiledWorkflow): string[] {
  return [...walk(root)].flatMap((node) => {
    if (node.type !== 'order') return [];
    return node.edges.flatMap(([from, to]) => {
      const [one, other] = [node.nodes[from], node.nodes[to]];
      if (one?.type !== 'step' || other?.type !== 'step') return [];
      const isJudged = [one, other].every(({ step }) => step.kind === 'approval' || step.kind === 'review');
      return isJudged && [...one.step.responsible].sort().join() === [...other.step.responsible].sort().join()
        ? [other.step.key]
        : [];
    });
  });
}
