import { Field, ObjectType } from 'type-graphql';
import { MigrationEffectEnum, StepStatusEnum } from './enums.js';
import { RefusalInterface } from './refusal-types.js';

@ObjectType('StepMapping', { description: 'Where one step goes when a campaign moves to another version.' })
export class StepMappingType {
  @Field(() => String, { nullable: true, description: 'Its key before; null where it is new.' })
  from!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Its key afterwards; null where it is gone, and what was done of it stays as history.',
  })
  to!: string | null;
  @Field(() => StepStatusEnum, {
    description: 'How it would stand afterwards; for a step that is gone, how it stood.',
  })
  status!: string;
  @Field(() => String, { description: 'What there is to say about it; empty where it stays as it is.' })
  detail!: string;
}

@ObjectType('CampaignMigration', { description: 'What moving a campaign to another version means.' })
export class CampaignMigrationType {
  @Field(() => MigrationEffectEnum, { description: 'Whether it can be moved.' }) effect!: string;
  @Field(() => String, { description: 'Why, as a sentence.' }) detail!: string;
  @Field(() => [StepMappingType], {
    description: 'Every step of both versions, in the order of the newer one; what is gone comes last.',
  })
  steps!: readonly StepMappingType[];
  @Field(() => [String], { description: 'Keys of steps that are done and gone; they stay as history.' })
  history!: readonly string[];
  @Field(() => [String], { description: 'Keys of steps that are new.' }) added!: readonly string[];
  @Field(() => [String], {
    description: 'What is done, what could be done, and what then waits for ever; only where it is stuck.',
  })
  trace!: readonly string[];
}

@ObjectType('MigrateCampaignPayload', {
  description: 'The campaign, moved or as it was, what the move means, or why it was not moved.',
})
export class MigrateCampaignPayload {
  @Field(() => [RefusalInterface], {
    description: 'Why nothing was done; empty when it was, or for a preview.',
  })
  refusals!: readonly object[];
}
