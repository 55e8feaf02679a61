import { Field, GraphQLISODateTime, InputType } from 'type-graphql';
import type { Risk } from '../domain/workflow/workflow.js';
import { RiskEnum } from './enums.js';
import { ONLY_SAYS } from './values.js';

const CAMPAIGN = 'Key of the campaign.';

@InputType('DelegateInput', {
  description: 'A role to hand over, and to whom. Name exactly one of `toRole` and `toPerson`.',
})
export class DelegateInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'The role that is handed over.' }) role!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Key of the step for which it is; without it the whole campaign.',
  })
  step?: string | null;
  @Field(() => String, { nullable: true, description: 'The role that is to stand in.' })
  toRole?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The person who is to stand in: one of the people of the role, or of a role that may.',
  })
  toPerson?: string | null;
  @Field(() => String, { description: 'Why, for whoever finds it later.' }) reason!: string;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Until when; without it, without end.' })
  until?: Date | null;
}
@InputType('EndDelegationInput', { description: 'A role to take back.' })
export class EndDelegationInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'The role that was handed over.' }) role!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Key of the step for which it was; without it, what was handed over for the campaign.',
  })
  step?: string | null;
}
@InputType('ReturnHandoffInput', { description: 'A hand-off to send back.' })
export class ReturnHandoffInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'Key of the hand-off.' }) handoff!: string;
  @Field(() => String, { description: 'What has to be mended.' }) reason!: string;
}
@InputType('OfferHandoffInput', { description: 'A hand-off to offer again.' })
export class OfferHandoffInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'Key of the hand-off.' }) handoff!: string;
}
@InputType('AssessCampaignInput', { description: 'How much can go wrong with a campaign.' })
export class AssessCampaignInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => RiskEnum, { nullable: true, description: 'How much can go wrong; without it, as before.' })
  risk?: Risk | null;
  @Field(() => [String], {
    nullable: true,
    description: 'What the content contains, all of it; without it, as before.',
  })
  flags?: string[] | null;
  @Field(() => String, { description: 'Why, for whoever finds it later.' }) reason!: string;
  @Field(() => Boolean, { defaultValue: false, description: ONLY_SAYS }) dryRun!: boolean;
}
