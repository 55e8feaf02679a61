import { Field, Float, GraphQLISODateTime, InputType, Int, ObjectType } from 'type-graphql';
import { CampaignMetricEnum, MetricUnitEnum } from './enums.js';
import { EffectOutcomeEnum, VerdictEnum } from './learning-enums.js';
import { VersionRefInput } from './inputs.js';

@InputType('EffectDivideInput', {
  description: 'What divides campaigns: either `at`, or both `from` and `to`.',
})
export class EffectDivideInput {
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Campaigns created before this time, and those created since.',
  })
  at?: Date | null;
  @Field(() => VersionRefInput, {
    nullable: true,
    description:
      'Campaigns on exactly this version: with `asOf`, those of the time that it was served then; else whenever.',
  })
  from?: VersionRefInput | null;
  @Field(() => VersionRefInput, { nullable: true, description: 'Those to compare with them, likewise.' })
  to?: VersionRefInput | null;
}

@ObjectType('SampleSummary', { description: 'What a metric was in the campaigns of one side.' })
export class SampleSummaryType {
  @Field(() => Int, { description: 'Campaigns that have a value; the newest 300 at most.' })
  campaigns!: number;
  @Field(() => Float, { nullable: true, description: 'Their mean; null without any.' }) mean!: number | null;
  @Field(() => Float, { nullable: true, description: 'Their median; null without any.' }) median!:
    number | null;
}

@ObjectType('MetricEffect', { description: 'What a change did to one metric: after less before.' })
export class MetricEffectType {
  @Field(() => CampaignMetricEnum, { description: 'The metric.' }) metric!: string;
  @Field(() => MetricUnitEnum, { description: 'What means and differences are counted in.' }) unit!: string;
  @Field(() => EffectOutcomeEnum, { description: 'Whether it can be told at all.' }) outcome!: string;
  @Field(() => VerdictEnum, { description: 'What it was for the campaigns.' }) verdict!: string;
  @Field(() => SampleSummaryType, { description: 'Before the change.' }) before!: SampleSummaryType;
  @Field(() => SampleSummaryType, { description: 'After it.' }) after!: SampleSummaryType;
  @Field(() => Float, {
    nullable: true,
    description: 'Difference of the means; null where a side has no campaigns.',
  })
  differenceMean!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'The same in percent of the mean before; null where that is zero, too.',
  })
  differencePercent!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Lower end of its 95 % interval; null unless ESTIMATED.',
  })
  differenceMeanLow!: number | null;
  @Field(() => Float, { nullable: true, description: 'Upper end; null unless ESTIMATED.' })
  differenceMeanHigh!: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      'How often chance alone would show as much: at most 0.05 exactly where the interval leaves zero out.',
  })
  pValue!: number | null;
  @Field(() => String, { nullable: true, description: 'Why there is no interval.' }) note!: string | null;
}
