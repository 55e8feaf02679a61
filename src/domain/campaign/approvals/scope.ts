import type { Asset } from '../../alignment/asset.js';
import type { CompiledWorkflow } from '../../workflow/compiled.js';
import { waitsIn } from '../../workflow/diff/waits.js';
import { placedSteps, stepsOf } from '../../workflow/steps.js';
import type { Handoff, Step, Workflow } from '../../workflow/workflow.js';
import type { Situation } from '../situation.js';
import type { Brief } from '../state.js';

/** What an approval looks at, and so what it is bound to: when that changes, it has to be given again (R37, R47). */
export interface Scope {
  /** Fields of the brief. */
  readonly brief: 'all' | readonly string[];
  /** Channels, with all of their assets. */
  readonly channels: 'all' | readonly string[];
}

/** A workflow in both of its forms. */
export interface Form {
  readonly workflow: Workflow;
  readonly compiled: CompiledWorkflow;
}

/**
 * What an approval, a review or a launch looks at. `concerns` says so; else a launch, and an approval in the lane of a channel or of
 * artefacts that such lanes produce, looks at the assets of these channels. Any other one looks at the whole brief, and at all
 * assets where work comes before it: what is approved before anybody has made anything is the brief.
 */
export function scopeOf(form: Form, step: Step): Scope {
  const { channels } = form.workflow;
  const concerns = concernsOf(step);
  if (concerns.length > 0)
    return {
      brief: concerns.filter((name) => !channels.includes(name)),
      channels: concerns.filter((name) => channels.includes(name)),
    };
  if (step.kind === 'launch') return { brief: [], channels: step.channel === null ? [] : [step.channel] };
  const own =
    laneChannels(form.workflow, (each) => each.key === step.key) ?? madeOn(form.workflow, step.approves);
  if (own) return { brief: [], channels: own };
  return { brief: 'all', channels: comesAfterWork(form, step) ? 'all' : [] };
}

/** Versions of older releases name none. */
const concernsOf = ({ concerns = [] }: Partial<Pick<Step, 'concerns'>>): readonly string[] => concerns;

/** The channels whose lanes the steps stand in; null where there are none, or one stands elsewhere. */
function laneChannels(workflow: Workflow, isMeant: (step: Step) => boolean): string[] | null {
  const lanes = placedSteps(workflow).flatMap(({ step, lane }) => (isMeant(step) ? [lane ?? ''] : []));
  const isAll = lanes.every((lane) => workflow.channels.includes(lane));
  return lanes.length > 0 && isAll ? [...new Set(lanes)] : null;
}

const madeOn = (workflow: Workflow, artefacts: readonly string[]): string[] | null =>
  laneChannels(workflow, ({ produces }) => produces.some((each) => artefacts.includes(each)));

function comesAfterWork({ workflow, compiled }: Form, { key }: Step): boolean {
  const before = waitsIn(compiled).certain.get(`step ${key}`) ?? new Set<string>();
  return stepsOf(workflow).some((step) => step.kind === 'task' && before.has(`step ${step.key}`));
}

export const covers = ({ channels }: Scope, channel: string): boolean =>
  channels === 'all' || channels.includes(channel);

const coversField = ({ brief }: Scope, field: string): boolean => brief === 'all' || brief.includes(field);

/** An asset, and what it is said to contain. */
export interface Content extends Omit<Asset, 'theme' | 'plannedAt' | 'derivedFrom'> {
  readonly flags: readonly string[];
}

export const assetsIn = <A extends Pick<Asset, 'channel'>>(scope: Scope, assets: readonly A[]): A[] =>
  assets.filter(({ channel }) => covers(scope, channel));

export const briefIn = (scope: Scope, brief: Brief): [field: string, value: Brief[string]][] =>
  Object.entries(brief).filter(([field]) => coversField(scope, field));

/**
 * What an approver looks at, as a text that is the same as long as that is: fields of the brief and assets, sorted by name. When and from
 * what an asset was made is not part of it.
 */
export function contentText(scope: Scope, brief: Brief, assets: readonly Content[]): string {
  const fields = briefIn(scope, brief).sort(byName);
  const shown = assetsIn(scope, assets)
    .map(({ key, channel, text, offer, segments, links, flags }) =>
      // In a fixed order, so that it does not rest on where they come from.
      [key, channel, text, offer, segments, links, [...flags].sort()],
    )
    .sort(byName);
  return JSON.stringify([fields, shown]);
}

const byName = ([one]: readonly unknown[], [other]: readonly unknown[]): number =>
  String(one) < String(other) ? -1 : 1;

/**
 * What a hand-off takes over of brief and assets: the fields that it names, or all of them where a `brief` step makes one of its
 * artefacts, and the assets of channels whose lanes alone make one.
 */
export function scopeOfHandoff(form: Form, handoff: Handoff): Scope {
  const isBrief = makersOf(form, handoff).some(({ kind }) => kind === 'brief');
  const channels = handoff.payload.flatMap((item) => madeOn(form.workflow, [item]) ?? []);
  return { brief: isBrief ? 'all' : handoff.payload, channels: [...new Set(channels)] };
}

/** Steps that make an artefact of the payload; none that waits for the hand-off, which works on what it took over. */
const makersOf = ({ workflow, compiled }: Form, { key, payload }: Handoff): Step[] =>
  stepsOf(workflow).filter(
    (step) =>
      step.produces.some((artefact) => payload.includes(artefact)) &&
      waitsIn(compiled).certain.get(`step ${step.key}`)?.has(`handoff ${key}`) !== true,
  );

/** Artefacts of the payload that are there, each with the step that made it and the round in which it did. */
export const madeFor = (
  situation: Situation,
  handoff: Handoff,
): [artefact: string, step: string, round: number][] =>
  makersOf(situation, handoff).flatMap(({ key, produces }) => {
    const { status, round = 0 } = situation.state.steps.get(key) ?? {};
    const made = status === 'done' ? produces.filter((each) => handoff.payload.includes(each)) : [];
    return made.map((artefact): [string, string, number] => [artefact, key, round]);
  });

/** What a hand-off takes over, as a text that is the same as long as that is. */
export const handoffText = (
  situation: Situation,
  handoff: Handoff,
  assets: readonly Content[],
  brief: Brief = situation.campaign.brief,
): string =>
  JSON.stringify([
    madeFor(situation, handoff),
    contentText(scopeOfHandoff(situation, handoff), brief, assets),
  ]);
