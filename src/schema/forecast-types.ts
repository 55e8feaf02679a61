import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('StepCriticality', { description: 'How often the end of a campaign depended on a step.' })
export class StepCriticalityType {
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => Float, { description: 'Share of the simulated campaigns, from 0 to 1.' }) index!: number;
}
@ObjectType('RoleLoad', { description: 'How busy a role is, and how long steps wait for it.' })
export class RoleLoadType {
  @Field(() => String, { description: 'Key of the role.' }) role!: string;
  @Field(() => Float, {
    nullable: true,
    description: 'Share of its working time that it is at work; null where the Team limits it not.',
  })
  utilisation!: number | null;
  @Field(() => Float, { description: 'Elapsed hours a campaign that steps wait for it.' }) waitHours!: number;
  @Field(() => Float, { description: 'Working hours a campaign.' }) busyHours!: number;
}
@ObjectType('ForecastBasis', { description: 'What the figures of a step rest on.' })
export class ForecastBasisType {
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => Int, { description: 'Ended campaigns in which it was measured.' }) campaigns!: number;
  @Field(() => Float, { description: 'How much they count for; the definition counts for the rest.' })
  shareOfHistory!: number;
}
@ObjectType('StepFloat', { description: 'When a step can be done without anything moving.' })
export class StepFloatType {
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => Float, { description: 'Earliest beginning.' }) earliestStartHours!: number;
  @Field(() => Float, { description: 'Earliest end.' }) earliestFinishHours!: number;
  @Field(() => Float, { description: 'Latest beginning that does not move the end.' })
  latestStartHours!: number;
  @Field(() => Float, { description: 'Latest end that does not move the end.' }) latestFinishHours!: number;
  @Field(() => Float, {
    description: 'Working hours by which it may end later without the end moving.',
  })
  totalFloatHours!: number;
  @Field(() => Float, {
    description: 'Working hours by which it may end later without anything else moving.',
  })
  freeFloatHours!: number;
}
@ObjectType('StepRelevance', { description: 'How likely a step ends within its window around the launch.' })
export class StepRelevanceType {
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => Float, { description: 'From 0 to 1.' }) probability!: number;
}
@ObjectType('Forecast', {
  description:
    'How long a campaign takes: efforts, waiting, choices and rework of the definition and, from five on, of the campaigns that have ended; by the working hours and the number of the people in the Team. Elapsed hours from the start.',
})
export class ForecastType {
  @Field(() => Int, { description: 'Simulated campaigns that the figures rest on.' }) runs!: number;
  @Field(() => Float, { description: 'Mean lead time.' }) meanHours!: number;
  @Field(() => Float, { description: 'Standard deviation of the lead time.' })
  standardDeviationHours!: number;
  @Field(() => Float, { description: 'Half of the campaigns take no longer.' }) p50Hours!: number;
  @Field(() => Float, { description: 'Four of five take no longer.' }) p80Hours!: number;
  @Field(() => Float, { description: 'Nineteen of twenty take no longer.' }) p95Hours!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Half have launched first by then; null where nothing is launched.',
  })
  launchP50Hours!: number | null;
  @Field(() => Float, { nullable: true, description: 'Four of five have launched first by then.' })
  launchP80Hours!: number | null;
  @Field(() => Float, { nullable: true, description: 'Share that ends within the hours asked for.' })
  probabilityWithin!: number | null;
  @Field(() => [String], { description: 'The chain of steps without float, with expected efforts.' })
  criticalPath!: readonly string[];
  @Field(() => Float, { description: 'How long it takes with expected efforts.' }) criticalPathHours!: number;
  @Field(() => [StepCriticalityType], { description: 'What the end depends on, the most often first.' })
  criticality!: readonly StepCriticalityType[];
  @Field(() => [StepFloatType], { description: 'How much room each step has, with expected efforts.' })
  floats!: readonly StepFloatType[];
  @Field(() => Float, { description: 'Mean lead time along the critical path alone.' })
  pertMeanHours!: number;
  @Field(() => Float, { description: 'Its standard deviation, the steps taken as independent.' })
  pertStandardDeviationHours!: number;
  @Field(() => [StepRelevanceType], {
    description: 'How likely steps end within their window around the launch.',
  })
  relevance!: readonly StepRelevanceType[];
  @Field(() => [RoleLoadType], { description: 'The roles, those that are waited for first.' })
  roles!: readonly RoleLoadType[];
  @Field(() => [String], { description: 'What the definition leaves open and was taken as said here.' })
  assumptions!: readonly string[];
  @Field(() => Int, { description: 'Ended campaigns that were learnt from.' }) campaigns!: number;
  @Field(() => [ForecastBasisType], { description: 'What the figures of each step rest on.' })
  basis!: readonly ForecastBasisType[];
}

@ObjectType('StepSlip', { description: 'By how much a step moves.' })
export class StepSlipType {
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => Float, { description: 'Elapsed hours by which it ends later; below zero, earlier.' })
  hours!: number;
}
@ObjectType('WhatIf', {
  description:
    'A forecast as things are, and as they would be. Both have the same luck in everything that is not changed, so that the difference is that of the change.',
})
export class WhatIfType {
  @Field(() => ForecastType, { description: 'As things are.' }) before!: ForecastType;
  @Field(() => ForecastType, { description: 'As they would be.' }) after!: ForecastType;
  @Field(() => Float, { description: 'Mean lead time after less that before, in elapsed hours.' })
  differenceMeanHours!: number;
  @Field(() => Float, { description: 'Lower end of the 95 % interval of the mean difference.' })
  differenceMeanHoursLow!: number;
  @Field(() => Float, { description: 'Upper end of the 95 % interval of the mean difference.' })
  differenceMeanHoursHigh!: number;
  @Field(() => Float, { description: 'Share of the simulated campaigns that end sooner.' })
  shareSooner!: number;
  @Field(() => [StepSlipType], { description: 'What each step does, with expected efforts.' })
  slips!: readonly StepSlipType[];
}
