import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ChangeRecord, WorkflowRecord } from '../application/reads.js';
import { REVIEWED_METRICS } from '../application/quarterly-review.js';
import { MOST_CAMPAIGNS } from '../domain/learning/effect.js';
import { type Divide, type MetricEffect, metricEffect } from '../domain/learning/metric-effect.js';
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
    @Ctx() context: Context,
  ): Promise<MetricEffectType[]> {
    return effectsOf(workflow.id, metrics, await divideOf(workflow, input, context), context);
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
    @Root() { definitionId, fromVersionId, toVersionId }: ChangeRecord,
    @Metrics() metrics: MetricName[],
    @Ctx() context: Context,
  ): Promise<MetricEffectType[] | null> {
    if (fromVersionId === null || toVersionId === null || fromVersionId === toVersionId) return null;
    const divide = { type: 'versions', before: fromVersionId, after: toVersionId } as const;
    return effectsOf(definitionId, metrics, divide, context);
  }
}

async function divideOf(
  workflow: WorkflowRecord,
  { at, from, to }: EffectDivideInput,
  { load, reads }: Context,
): Promise<Divide> {
  if (at && !from && !to) return { type: 'time', at };
  if (at || !from || !to) throw badInput("give either 'at', or both 'from' and 'to'");
  const refs = [toVersionRef(from), toVersionRef(to)] as const;
  const [before, after] = await Promise.all(
    refs.map((ref) => load.together('version', workflow.id, [ref], (ids) => reads.versionsAt(ids, ref))),
  );
  if (!before) throw badInput(`workflow '${workflow.key}' had no version at 'from'`);
  if (!after) throw badInput(`workflow '${workflow.key}' had no version at 'to'`);
  if (before.id === after.id) throw badInput("'from' and 'to' are the same version");
  return { type: 'versions', before: before.id, after: after.id };
}

async function effectsOf(
  definitionId: string,
  metrics: readonly MetricName[],
  divide: Divide,
  context: Context,
): Promise<MetricEffectType[]> {
  const counted = metrics.find((metric) => !COMPARABLE_METRICS.includes(metric));
  if (counted !== undefined) throw badInput(`'${counted}' counts campaigns: no campaign has a value of it`);
  if (new Set(metrics).size < metrics.length) throw badInput('ask for each metric once');
  return (await measuredEffects(definitionId, metrics, divide, context)).map(showEffect);
}

/** One question a metric, for however many workflows are asked about. */
export const measuredEffects = (
  definitionId: string,
  metrics: readonly MetricName[],
  divide: Divide,
  { load, reads }: Context,
): Promise<MetricEffect[]> =>
  Promise.all(
    metrics.map(async (metric) => {
      const values = await load.together('metricValues', definitionId, [metric], (ids) =>
        reads.metricValues(metric, ids, MOST_VALUES),
      );
      return metricEffect(metric, values, divide);
    }),
  );

export const showEffect = ({ interval, ...effect }: MetricEffect): MetricEffectType => ({
  ...effect,
  unit: METRICS[effect.metric].unit,
  differenceMeanLow: interval?.low ?? null,
  differenceMeanHigh: interval?.high ?? null,
});
