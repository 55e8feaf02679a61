import { walk } from '../../workflow/compiled.js';
import type { Step } from '../../workflow/workflow.js';
import type { Situation } from '../situation.js';
import type { Carried, Names } from './names.js';
import { bodyOf, type Version } from './version.js';

/** Both sides of a move, for one campaign. */
export interface Move {
  readonly from: Version;
  readonly to: Version;
  readonly names: Names;
  readonly carried: Carried;
  readonly before: Situation;
  readonly after: Situation;
}

/** Why work would be lost, count for what it was not, or be done a second time; a sentence each. */
export function workProblems(move: Move): string[] {
  const { carried } = move;
  return [
    ...carried.clashes.map(
      ({ from, to }) =>
        `'${from}' is called '${to}' there, and an earlier version has left a record of '${to}' that must be kept`,
    ),
    ...[...move.before.state.steps].flatMap(([key, { status }]) => stepProblems(move, key, status)),
    ...choiceProblems(move),
    ...loopProblems(move),
    ...repeated(move),
  ];
}

const FINISHED: ReadonlySet<string> = new Set(['done', 'skipped']);
const isJudged = ({ kind }: Step): boolean => kind === 'approval' || kind === 'review';

function stepProblems({ from, to, names, after, before }: Move, key: string, status: string): string[] {
  const old = from.steps.get(key);
  if (!old || status === 'pending') return [];
  const target = names.of('step', key) ?? null;
  const step = target === null ? undefined : to.steps.get(target);
  if (!step) {
    return FINISHED.has(status) ? [] : [`'${key}' is ${status}, and the other version does not have it`];
  }
  if (status !== 'done') return [];
  const problems: string[] = [];
  if (isJudged(step) && !isJudged(old))
    problems.push(
      `'${step.key}' is done, but as ${a(old.kind)}, and is ${a(step.kind)} there that nobody has given`,
    );
  if (isJudged(step) && isJudged(old)) {
    // One that is only taken for the same, and of somebody else, is another approval.
    if (step.key !== old.key && !old.responsible.some((role) => step.responsible.includes(role)))
      problems.push(
        `'${step.key}' would count as given, but was given as '${old.key}' by ${old.responsible.join(' or ')}`,
      );
    const more = step.approves.filter((artefact) => !old.approves.includes(artefact));
    if (more.length > 0)
      problems.push(`'${step.key}' is approved, but not for ${more.join(', ')}, which it covers there`);
    const demanded = after.demands.flatMap((each) => each.require);
    const others = step.responsible.filter(
      (role) => !old.responsible.includes(role) && demanded.includes(role),
    );
    if (others.length > 0)
      problems.push(
        `'${step.key}' would count as approved by ${others.join(' and ')}, who did not approve it`,
      );
  }
  if (step.kind === 'launch' && (old.kind !== 'launch' || old.channel !== step.channel)) {
    const channel = step.channel ?? '';
    const isLaunched = (before.campaign.channels.get(channel)?.status ?? 'planned') !== 'planned';
    if (!isLaunched)
      problems.push(`'${step.key}' is done, but has not launched '${channel}', as it does there`);
  }
  return problems;
}

const a = (kind: string): string => (kind === 'approval' ? 'an approval' : `a ${kind}`);

/** Only one branch of a choice goes on; a choice that was made is not made again. */
function choiceProblems({ from, to, names, before, after }: Move): string[] {
  const begun = (key: string) => (after.state.steps.get(key)?.status ?? 'pending') !== 'pending';
  const problems: string[] = [];
  for (const node of walk(to.compiled.root)) {
    if (node.type !== 'choice') continue;
    const taken = node.branches.flatMap((branch) => {
      const first = [...walk(branch)].find((each) => each.type === 'step' && begun(each.step.key));
      return first?.type === 'step' ? [first.step.key] : [];
    });
    if (taken.length > 1) problems.push(`'${taken.join("' and '")}' have both begun, and are a choice there`);
  }
  for (const node of walk(from.compiled.root)) {
    if (node.type !== 'choice') continue;
    const steps = node.branches.map((branch) =>
      [...walk(branch)].flatMap((each) => (each.type === 'step' ? [each.step.key] : [])),
    );
    const made = steps.find((keys) => keys.some((key) => begunBefore(before, key))) ?? [];
    const gone = made.find((key) => begunBefore(before, key) && names.of('step', key) === null);
    if (gone === undefined) continue;
    const other = steps
      .filter((keys) => keys !== made)
      .flat()
      .flatMap((key) => names.of('step', key) ?? [])
      .find((key) => OPEN.has(after.progress.steps.get(key)?.status ?? ''));
    if (other !== undefined)
      problems.push(`'${gone}' has been done instead of '${other}', which would have to be done after all`);
  }
  return problems;
}
const OPEN: ReadonlySet<string> = new Set(['waiting', 'ready']);
const begunBefore = ({ state }: Situation, key: string): boolean =>
  (state.steps.get(key)?.status ?? 'pending') !== 'pending';

/** A rejection that is under way must lead to the same rework, and to no more. */
function loopProblems({ from, to, names, carried }: Move): string[] {
  const { steps } = carried.state;
  const statusOf = (key: string) => steps.get(key)?.status ?? 'pending';
  return to.loops.flatMap((loop): string[] => {
    const [review, redo] = [loop.review.key, loop.redo.step.key];
    if (statusOf(review) !== 'rejected') {
      // Once finished, it would open the body of a loop in which nothing was rejected.
      const runs = statusOf(redo) !== 'pending' && !FINISHED.has(statusOf(redo));
      return runs
        ? [`'${redo}' is ${statusOf(redo)}, and is the rework of '${review}' there, which was not rejected`]
        : [];
    }
    const old = from.loops.find((each) => names.of('step', each.review.key) === review);
    const isLeft = old !== undefined && names.of('step', old.redo.step.key) === redo;
    if (FINISHED.has(statusOf(redo)) && !isLeft)
      return [`'${review}' was rejected, and its rework '${redo}' there was done before`];
    const body = new Set([...(old ? bodyOf(old) : [])].flatMap((key) => names.of('step', key) ?? []));
    const again = [...bodyOf(loop)].filter((key) => statusOf(key) === 'done' && !body.has(key));
    return again.length > 0
      ? [`'${review}' was rejected, and there '${again.join("', '")}' would be done again for it`]
      : [];
  });
}

/** New steps that would do what steps that are gone have done. */
function repeated({ from, to, names, before, after }: Move): string[] {
  const gone = [...before.state.steps].flatMap(([key, { status }]) => {
    const step = from.steps.get(key);
    return step && status === 'done' && names.of('step', key) === null ? [step] : [];
  });
  if (gone.length === 0) return [];
  const known = new Set([...from.steps.keys()].map((key) => names.of('step', key)));
  const fresh = [...to.steps.values()].filter(
    (step) => !known.has(step.key) && OPEN.has(after.progress.steps.get(step.key)?.status ?? ''),
  );
  return fresh.flatMap((step) =>
    gone.flatMap((old): string[] => {
      const again = `'${step.key}' would do again what '${old.key}', which is gone there, has done`;
      if (step.kind === 'launch' && old.kind === 'launch' && step.channel === old.channel)
        return [`${again}: launch '${step.channel ?? ''}'`];
      const artefacts = step.produces.filter((artefact) => old.produces.includes(artefact));
      return artefacts.length > 0 ? [`${again}: ${artefacts.join(', ')}`] : [];
    }),
  );
}
