import { Arg, Ctx, GraphQLISODateTime, Query, Resolver } from 'type-graphql';
import { meetingLoad } from '../application/meeting-load.js';
import { MeetingLoadType } from '../schema/meeting-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import type { Context } from './context.js';

/** Whoever meets less than two hundred others is not overburdened. */
const MOST_PEOPLE = 200;

@Resolver()
export class MeetingResolver {
  @semanticNonNull
  @Query(() => MeetingLoadType, {
    nullable: true,
    description: 'How long people sit in regular meetings, over all running campaigns, and who for too long.',
  })
  async meetingLoad(
    @Arg('from', () => GraphQLISODateTime, {
      nullable: true,
      description: 'A moment of the first of seven days, in the zone of the Policy; today without it.',
    })
    from: Date | null,
    @Ctx() { ports, actor }: Context,
  ): Promise<MeetingLoadType> {
    const { people, ...load } = await meetingLoad(ports, actor, from ?? ports.clock.now());
    return { ...load, people: people.slice(0, MOST_PEOPLE) };
  }
}
