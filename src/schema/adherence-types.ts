import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType('StepWaiting', { description: 'How long a step waited, from the end of what it depends on.' })
export class StepWaitingType {
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => Int, { description: 'Campaigns in which it could be measured.' }) cases!: number;
  @Field(() => Float, { description: 'Half waited no longer.' }) medianHours!: number;
  @Field(() => Float, { description: 'Nine of ten waited no longer.' }) p90Hours!: number;
  @Field(() => Float, { description: 'Share of all waiting, from 0 to 1.' }) share!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Half were worked on no longer; null where only ends are recorded.',
  })
  workingMedianHours!: number | null;
}
@ObjectType('Deviation', { description: 'Where a campaign did not follow its workflow.' })
export class AdherenceDeviationType {
  @Field(() => String, { description: '`skipped` or `inserted`.' }) kind!: string;
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => Int, { description: 'Number of the event among those of the campaign, from 1.' })
  position!: number;
}
@ObjectType('CampaignAdherence', { description: 'How far one campaign followed its workflow.' })
export class CampaignAdherenceType {
  @Field(() => String, { description: 'Key of the campaign.' }) case!: string;
  @Field(() => Float, { description: '1 − deviations / (events + steps of the cheapest run).' })
  fitness!: number;
  @Field(() => [AdherenceDeviationType], { description: 'Steps left out, and steps out of turn or twice.' })
  deviations!: readonly AdherenceDeviationType[];
}
@ObjectType('RedundantApproval', { description: 'An approval that could go.' })
export class RedundantApprovalType {
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => String, { description: '`never-returned` or `same-role-twice`.' }) reason!: string;
  @Field(() => Int, { description: 'Campaigns in which it was given.' }) cases!: number;
}
@ObjectType('Adherence', {
  description:
    'How far campaigns followed their workflow: optimal alignments with its compiled form at unit costs.',
})
export class AdherenceType {
  @Field(() => Int, { description: 'Ended campaigns, the newest 300 at most.' }) cases!: number;
  @Field(() => Int, { description: 'Those without any deviation.' }) fitting!: number;
  @Field(() => Float, { description: 'Mean fitness of the campaigns.' }) fitnessAverage!: number;
  @Field(() => Float, { description: 'Fitness over all events together.' }) fitnessLog!: number;
  @Field(() => [CampaignAdherenceType], { description: 'Each campaign, newest first.' })
  perCase!: readonly CampaignAdherenceType[];
  @Field(() => [StepWaitingType], { description: 'Where time is lost, the most first.' })
  waiting!: readonly StepWaitingType[];
  @Field(() => [RedundantApprovalType], {
    description: 'Approvals that never changed anything, or repeat another.',
  })
  redundantApprovals!: readonly RedundantApprovalType[];
}
