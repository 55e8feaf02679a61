import { GraphQLTimeZone } from 'graphql-scalars';
import { Arg, Ctx, GraphQLISODateTime, Query, Resolver } from 'type-graphql';
import type { CampaignGroupField, TimeBucket } from '../domain/campaign/statistics.js';
import { type MetricName, METRICS } from '../domain/metrics/catalogue.js';
import { CampaignGroupEnum, CampaignMetricEnum, TimeBucketEnum } from '../schema/enums.js';
import { CampaignFilterInput } from '../schema/inputs.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { CampaignStatsType, MetricSeriesType } from '../schema/statistics-types.js';
import { badInput, checkPeriod } from './arguments.js';
import type { Context } from './context.js';
import { Filter } from './list-arguments.js';

/** A table by more than this is no longer read but exported. */
const MAX_GROUP_FIELDS = 3;

@Resolver()
export class StatisticsResolver {
  @semanticNonNull
  @Query(() => [CampaignStatsType], {
    nullable: true,
    description: 'Figures over campaigns, one entry a group, the largest first; at most 50 groups.',
  })
  async campaignStats(
    @Arg('groupBy', () => [CampaignGroupEnum], {
      defaultValue: [],
      description: 'At most three; without any, one entry for all campaigns.',
    })
    groupBy: CampaignGroupField[],
    @Filter(() => CampaignFilterInput) filter: CampaignFilterInput | null,
    @Ctx() { reads, ports }: Context,
  ): Promise<CampaignStatsType[]> {
    if (groupBy.length > MAX_GROUP_FIELDS) throw badInput(`group by at most ${MAX_GROUP_FIELDS} fields`);
    if (new Set(groupBy).size < groupBy.length) throw badInput('group by each field once');
    const stats = await reads.campaignStats(groupBy, filter ?? {}, ports.clock.now());
    return stats.map(({ values, ...figures }) => ({
      ...figures,
      group: groupBy.map((field, index) => ({ field, value: values[index] ?? '' })),
    }));
  }

  @semanticNonNull
  @Query(() => MetricSeriesType, {
    nullable: true,
    description: 'A metric over time: one line a group (at most 50), one point a bucket, without gaps.',
  })
  async metricSeries(
    @Arg('metric', () => CampaignMetricEnum, { description: 'What to show.' }) metric: MetricName,
    @Arg('from', () => GraphQLISODateTime, {
      description: 'From this moment on; the first bucket begins at or before it.',
    })
    from: Date,
    @Arg('to', () => GraphQLISODateTime, { description: 'Up to this moment, itself not included.' }) to: Date,
    @Arg('bucket', () => TimeBucketEnum, { defaultValue: 'month', description: 'How long one point is.' })
    bucket: TimeBucket,
    @Arg('groupBy', () => CampaignGroupEnum, { nullable: true, description: 'Without it, one line.' })
    groupBy: CampaignGroupField | null,
    @Arg('timezone', () => GraphQLTimeZone, {
      defaultValue: 'UTC',
      description: 'The zone in which days, weeks and months begin.',
    })
    timezone: string,
    @Filter(() => CampaignFilterInput) filter: CampaignFilterInput | null,
    @Ctx() { reads }: Context,
  ): Promise<MetricSeriesType> {
    checkPeriod(from, to, bucket);
    const request = { metric, from, to, bucket, timezone, groupBy: groupBy ?? null, filter: filter ?? {} };
    return { metric, unit: METRICS[metric].unit, bucket, lines: await reads.metricSeries(request) };
  }
}
