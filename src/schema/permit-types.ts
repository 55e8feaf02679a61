import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { RefusalInterface } from './refusal-types.js';

@ObjectType('LaunchPermit', {
  description: 'Lets a sending tool send on one channel, for a few minutes, what the campaign holds for it.',
})
export class LaunchPermitType {
  @Field(() => String, {
    description: 'A signed JWT; the tool verifies it by itself with the keys of `/.well-known/jwks.json`.',
  })
  token!: string;
  @Field(() => String, { description: 'SHA-256 of what the channel publishes.' }) contentHash!: string;
  @Field(() => GraphQLISODateTime, { description: 'From when on it counts no more.' }) expiresAt!: Date;
}
@ObjectType('LaunchPermitPayload', { description: 'The permit, or why there is none.' })
export class LaunchPermitPayload {
  @Field(() => LaunchPermitType, { nullable: true, description: 'Null where it is refused.' })
  permit!: LaunchPermitType | null;
  @Field(() => [RefusalInterface], { description: 'Why there is none; empty where there is one.' })
  refusals!: readonly object[];
}
