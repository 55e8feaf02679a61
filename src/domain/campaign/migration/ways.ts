import { type ChoiceNode, type Node, walk } from '../../workflow/compiled.js';
import { progressCalls } from '../../workflow/expression.js';
import type { Step } from '../../workflow/workflow.js';
import type { Version } from './version.js';

/** Which branch of each choice is taken; the first where none is named. */
export type Way = ReadonlyMap<ChoiceNode, number>;

/** More ways than can be tried while somebody waits; beyond, nothing is said to be safe. */
const MAX_WAYS = 256;

/**
 * Ways through the choices that are still to be made, so that each is tried in which something could wait for ever. A choice
 * that nothing outside asks about only matters to itself, so its branches are tried one after the other; those that
 * something asks about are tried in all combinations. Null where there are too many.
 */
export function waysThrough(version: Version, isOpen: (choice: ChoiceNode) => boolean): Way[] | null {
  const matters = isAskedFor(version);
  const open = choicesOf(version).filter(({ choice }) => isOpen(choice));
  const tied = open.filter(({ choice }) => stepsBelow(choice).some(matters));
  const free = open.filter((each) => !tied.includes(each));
  let ways: Map<ChoiceNode, number>[] = [new Map<ChoiceNode, number>()];
  for (const { choice } of tied) {
    ways = ways.flatMap((way) => choice.branches.map((_, branch) => new Map(way).set(choice, branch)));
    if (ways.length > MAX_WAYS) return null;
  }
  const single = free.flatMap(({ choice, around }) =>
    choice.branches.slice(1).map((_, position) => new Map([...around, [choice, position + 1]])),
  );
  if (ways.length * (single.length + 1) > MAX_WAYS) return null;
  return [...ways, ...ways.flatMap((way) => single.map((each) => new Map([...way, ...each])))];
}

interface PlacedChoice {
  readonly choice: ChoiceNode;
  /** The branches of outer choices in which it stands. */
  readonly around: Way;
}

function choicesOf({ compiled }: Version): PlacedChoice[] {
  const found: PlacedChoice[] = [];
  const look = (node: Node, around: Way): void => {
    if (node.type === 'choice') {
      found.push({ choice: node, around });
      node.branches.forEach((branch, position) => {
        look(branch, new Map(around).set(node, position));
      });
    } else if (node.type === 'order') for (const child of node.nodes) look(child, around);
    else if (node.type === 'loop') for (const child of [node.body, node.redo]) look(child, around);
  };
  look(compiled.root, new Map());
  return found;
}

/** Steps that rules, hand-offs, the Policy or other steps ask about. */
function isAskedFor({ workflow, compiled, policy }: Version): (step: Step) => boolean {
  const expressions = [
    ...workflow.rules.map(({ until }) => until),
    ...workflow.handoffs.flatMap(({ verify }) =>
      verify.flatMap((each) => (each.type === 'cel' ? [each.expression] : [])),
    ),
  ];
  const asked = new Set(
    expressions.flatMap(progressCalls).map(({ name, argument }) => `${name} ${argument}`),
  );
  const linked = new Set(compiled.links.map(({ from }) => from.key));
  const payload = new Set(workflow.handoffs.flatMap((handoff) => handoff.payload));
  const demanded = new Set(policy.approvals.flatMap(({ require }) => require));
  return ({ key, kind, channel, approves, produces, responsible }) =>
    linked.has(key) ||
    asked.has(`done ${key}`) ||
    (channel !== null && asked.has(`launched ${channel}`)) ||
    approves.some((artefact) => asked.has(`approved ${artefact}`) || payload.has(artefact)) ||
    produces.some((artefact) => payload.has(artefact)) ||
    (kind === 'approval' && responsible.some((role) => demanded.has(role)));
}

/** Steps of the branches that a way does not take. */
export function avoidedOn(
  way: Way,
  version: Version,
  isClosed: (node: Node) => boolean,
): Map<string, ChoiceNode> {
  const avoided = new Map<string, ChoiceNode>();
  for (const { choice } of choicesOf(version)) {
    const open = choice.branches.filter((branch) => !isClosed(branch));
    const wanted = choice.branches[way.get(choice) ?? 0];
    const taken = open.find((branch) => branch === wanted) ?? open[0];
    for (const branch of choice.branches) {
      if (branch === taken) continue;
      for (const step of stepsBelow(branch)) avoided.set(step.key, choice);
    }
  }
  return avoided;
}

export const stepsBelow = (node: Node): Step[] =>
  [...walk(node)].flatMap((each) => (each.type === 'step' ? [each.step] : []));
