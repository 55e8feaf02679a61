import { Arg, Ctx, FieldResolver, GraphQLISODateTime, Resolver, Root } from 'type-graphql';
import type { ChangeRecord, WorkflowRecord } from '../application/reads.js';
import { REVIEWED_METRICS } from '../application/quarterly-review.js';
import { MOST_CAMPAIGNS } from '../domain/learning/effect.js';
import { type Divide, type MetricEffect, metricEffect } from '../domain/learning/metric-effect.js';
import {
  type Serving,
  servedBefore,
  servedBy,
  servedSince,
  servedUntil,
  whenever,
} from '../domain/learning/servings.js';
import { COMPARABLE_METRICS, type MetricName, METRICS } from '../domain/metrics/catalogue.js';
import { WorkflowChangeType, WorkflowObject } from '../schema/definition-types.js';
import { EffectDivideInput, MetricEffectType } from '../schema/effect-types.js';
import { CampaignMetricEnum } from '../schema/enums.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { badInput, toVersionRef } from './arguments.js';
import type { Context } from './context.js';

/** Four versions' worth on both sides of a change. */
const MOST_VALUES = 4 * MOST_CAMPAIGNS;

const Metrics = () =>
  Arg('metrics', () => [CampaignMetricEnum], {
    defaultValue: REVIEWED_METRICS,
    description: 'Those with a value of one campaign, each once.',
  });

@Resolver(() => WorkflowObject)
export class WorkflowEffectResolver {
  @semanticNonNull
  @FieldResolver(() => [MetricEffectType], {
    nullable: true,
    description: 'How its campaigns fared before and after: on two versions, or around a time.',
  })
  async effects(
    @Root() workflow: WorkflowRecord,
    @Arg('divide', () => EffectDivideInput, { description: 'What divides them.' }) input: EffectDivideInput,
    @Metrics() metrics: MetricName[],
    @Arg('until', () => GraphQLISODateTime, {
      nullable: true,
      description:
        'Leaves out what was not known before this time; the review of a quarter does so with its end.',
    })
    until: Date | null | undefined,
    @Ctx() context: Context,
  ): Promise<MetricEffectType[]> {
    return effectsOf(workflow.id, metrics, await divideOf(workflow, input, context), context, until);
  }
}

@Resolver(() => WorkflowChangeType)
export class ChangeEffectResolver {
  @FieldResolver(() => [MetricEffectType], {
    nullable: true,
    description:
      'How campaigns on the version after it fared, compared with those on the version before; null unless there are both.',
  })
  async effects(
    @Root() change: ChangeRecord,
    @Metrics() metrics: MetricName[],
    @Ctx() context: Context,
  ): Promise<MetricEffectType[] | null> {
    const divide = await divideAt(change, context);
    return divide && effectsOf(change.definitionId, metrics, divide, context);
  }
}

/** A change as what divides the campaigns before it from those after it; null where it did not replace a version by another. */
export async function divideAt(
  { id, definitionId, fromVersionId, toVersionId }: ChangeRecord,
  context: Context,
): Promise<Divide | null> {
  if (fromVersionId === null || toVersionId === null || fromVersionId === toVersionId) return null;
  const servings = await servingsOf(definitionId, context);
  const [before, after] = [servedBefore(servings, id), servedBy(servings, id)];
  return before && after && { type: 'versions', before, after };
}

const servingsOf = (definitionId: string, { load, reads }: Context): Promise<Serving[]> =>
  load.together('servings', definitionId, [], (ids) => reads.servings(ids));

async function divideOf(
  workflow: WorkflowRecord,
  { at, from, to }: EffectDivideInput,
  context: Context,
): Promise<Divide> {
  const { load, reads } = context;
  if (at && !from && !to) return { type: 'time', at };
  if (at || !from || !to) throw badInput("give either 'at', or both 'from' and 'to'");
  const refs = [toVersionRef(from), toVersionRef(to)] as const;
  const [before, after] = await Promise.all(
    refs.map((ref) => load.together('version', workflow.id, [ref], (ids) => reads.versionsAt(ids, ref))),
  );
  if (!before) throw badInput(`workflow '${workflow.key}' had no version at 'from'`);
  if (!after) throw badInput(`workflow '${workflow.key}' had no version at 'to'`);
  if (before.id === after.id) throw badInput("'from' and 'to' are the same version");
  const servings = await servingsOf(workflow.id, context);
  const [since, until] = refs.map((ref) => (ref.type === 'as-of' ? justAfter(ref.asOf) : null));
  const one = since ? servedUntil(servings, since) : null;
  const other = until ? servedSince(servings, since ?? until, until) : null;
  return { type: 'versions', before: one ?? whenever(before.id), after: other ?? whenever(after.id) };
}

/** What is committed at a moment is served then. */
const justAfter = (moment: Date): Date => new Date(moment.getTime() + 1);

async function effectsOf(
  definitionId: string,
  metrics: readonly MetricName[],
  divide: Divide,
  context: Context,
  until?: Date | null,
): Promise<MetricEffectType[]> {
  const counted = metrics.find((metric) => !COMPARABLE_METRICS.includes(metric));
  if (counted !== undefined) throw badInput(`'${counted}' counts campaigns: no campaign has a value of it`);
  if (new Set(metrics).size < metrics.length) throw badInput('ask for each metric once');
  return (await measuredEffects(definitionId, metrics, divide, context, until)).map(showEffect);
}

/** One question, for however many workflows are asked about. */
export async function measuredEffects(
  definitionId: string,
  metrics: readonly MetricName[],
  divide: Divide,
  { load, reads }: Context,
  until: Date | null = null,
): Promise<MetricEffect[]> {
  if (metrics.length === 0) return [];
  const values = await load.together('metricValues', definitionId, [metrics, until], (ids) =>
    reads.metricValues(metrics, ids, MOST_VALUES, until),
  );
  return metrics.map((metric, at) => metricEffect(metric, values[at] ?? [], divide));
}

export const showEffect = ({ interval, ...effect }: MetricEffect): MetricEffectType => ({
  ...effect,
  unit: METRICS[effect.metric].unit,
  differenceMeanLow: interval?.low ?? null,
  differenceMeanHigh: interval?.high ?? null,
});
