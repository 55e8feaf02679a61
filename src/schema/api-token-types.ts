import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from 'type-graphql';
import { MOST_DAYS } from '../domain/access/api-token.js';
import { TokenUseEnum } from './enums.js';
import { RefusalInterface } from './refusal-types.js';

@ObjectType('ApiToken', {
  description: 'What a program proves itself with. The secret part is kept nowhere.',
})
export class ApiTokenType {
  @Field(() => ID, { description: 'The middle part of the token; it is no secret.' }) id!: string;
  @Field(() => String, { description: 'What it is for. Whoever uses it acts as `token:<name>`.' })
  name!: string;
  @Field(() => [String], { description: 'Permissions, and roles of the Team.' }) roles!: readonly string[];
  @Field(() => [TokenUseEnum], { description: 'Where it may be used; empty for everywhere.' })
  uses!: readonly string[];
  @Field(() => GraphQLISODateTime, { description: 'When it was made.' }) createdAt!: Date;
  @Field(() => String, { description: 'Who made it.' }) createdBy!: string;
  @Field(() => GraphQLISODateTime, { description: 'Until when it is taken.' }) expiresAt!: Date;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Since when it is not taken any more; null where nobody revoked it.',
  })
  revokedAt!: Date | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was last used, to the hour; null where it never was.',
  })
  lastUsedAt?: Date | null;
}

@InputType('CreateApiTokenInput', { description: 'What a new API token is for.' })
export class CreateApiTokenInput {
  @Field(() => String, { description: 'In small letters, digits and hyphens, such as `crm-signals`.' })
  name!: string;
  @Field(() => [String], { description: 'Permissions, and roles of the Team.' }) roles!: string[];
  @Field(() => [TokenUseEnum], {
    defaultValue: [],
    description: 'Where it may be used; empty for everywhere.',
  })
  uses!: string[];
  @Field(() => Int, { defaultValue: 90, description: `For how many days, at most ${MOST_DAYS}.` })
  days!: number;
}
@ObjectType('CreateApiTokenPayload', { description: 'The token, or why none was made.' })
export class CreateApiTokenPayload {
  @Field(() => ApiTokenType, { nullable: true, description: 'What is known of it from now on.' })
  token!: object | null;
  @Field(() => String, { nullable: true, description: 'The whole token; it is told here, and never again.' })
  secret!: string | null;
  @Field(() => [RefusalInterface], { description: 'Why none was made; empty when one was.' })
  refusals!: readonly object[];
}

@InputType('RevokeApiTokenInput', { description: 'Which API token is not taken any more.' })
export class RevokeApiTokenInput {
  @Field(() => ID, { description: 'Its id.' }) token!: string;
}
@ObjectType('RevokeApiTokenPayload', { description: 'The token, or why nothing was done.' })
export class RevokeApiTokenPayload {
  @Field(() => ApiTokenType, { nullable: true, description: 'As it is now.' }) token!: object | null;
  @Field(() => [RefusalInterface], { description: 'Why nothing was done; empty when it was.' })
  refusals!: readonly object[];
}
