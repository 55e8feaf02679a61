import { Field, Float, Int, ObjectType } from 'type-graphql';
import { PriorityEnum } from './learning-enums.js';

@ObjectType('LibraryWorkflow', {
  description:
    'How campaigns of one type fared on one workflow; those that were called off count for nothing.',
})
export class LibraryWorkflowType {
  @Field(() => Boolean, { description: 'Whether the Library names it for the type.' }) isNamed!: boolean;
  @Field(() => PriorityEnum, {
    nullable: true,
    description: "Of the Library's entry; null where it has none.",
  })
  priority!: string | null;
  @Field(() => Int, { description: 'Campaigns of the type on it.' }) campaigns!: number;
  @Field(() => Int, { description: 'Those of them that run.' }) running!: number;
  @Field(() => Int, { description: 'Those of them that have launched.' }) launched!: number;
  @Field(() => Float, { nullable: true, description: 'A quarter of them launched within this time.' })
  leadTimeHoursP25!: number | null;
  @Field(() => Float, { nullable: true, description: 'Half of them did; null where none has launched.' })
  leadTimeHoursP50!: number | null;
  @Field(() => Float, { nullable: true, description: 'Three quarters of them did.' })
  leadTimeHoursP75!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Place by the median, from 1; null with fewer than five launches.',
  })
  rank!: number | null;
}
@ObjectType('LibraryShelf', { description: 'The workflows for one type of campaign.' })
export class LibraryShelfType {
  @Field(() => String, { description: 'For example product-launch.' }) campaignType!: string;
  @Field(() => [LibraryWorkflowType], { description: 'The best first, then those with too few launches.' })
  workflows!: readonly object[];
}
@ObjectType('LibraryOverview', {
  description: 'Which workflow to take for which type of campaign, and how they fared.',
})
export class LibraryOverviewType {
  @Field(() => [LibraryShelfType], { description: 'By type.' }) shelves!: readonly object[];
  @Field(() => Int, { description: 'Campaigns that run.' }) running!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Share of them on a workflow that the Library names for their type; null where none runs.',
  })
  coverage!: number | null;
}
