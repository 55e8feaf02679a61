import { Field, ObjectType } from 'type-graphql';
import { RefusalType } from './campaign-types.js';

@ObjectType('SyncPayload', { description: 'The sync that was run, or why none was.' })
export class SyncPayload {
  @Field(() => [RefusalType]) refusals!: readonly RefusalType[];
}
