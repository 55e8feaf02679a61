import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { NotificationRecord } from '../application/reads.js';
import { type Replayed, replayNotification } from '../application/replay-notification.js';
import { lacking } from '../domain/campaign/actor.js';
import { PageArguments, toConnection } from '../schema/connection.js';
import { TimeOrderInput } from '../schema/inputs.js';
import { globalId, parseGlobalId } from '../schema/node.js';
import {
  NotificationConnection,
  NotificationDeliveryType,
  NotificationFilterInput,
  NotificationType,
  ReplayNotificationInput,
  ReplayNotificationPayload,
} from '../schema/notification-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { forbidden, toPageRequest } from './arguments.js';
import type { Context } from './context.js';
import { Filter, NEWEST_FIRST, OrderBy } from './list-arguments.js';

@Resolver(() => NotificationType)
export class NotificationResolver {
  @semanticNonNull
  @Query(() => NotificationConnection, {
    nullable: true,
    description: 'What people were told, or are about to be, newest first. For stewards and admins.',
  })
  async notifications(
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => NotificationFilterInput) filter: NotificationFilterInput | null,
    @OrderBy(() => TimeOrderInput) order: TimeOrderInput | null,
    @Ctx() { reads, actor }: Context,
  ) {
    const denied = lacking(actor, 'steward');
    if (denied) throw forbidden(denied.message);
    return toConnection(await reads.notifications(toPageRequest(page), filter ?? {}, order ?? NEWEST_FIRST));
  }
  @FieldResolver(() => ID, { description: 'Opaque; the same for ever.' })
  id(@Root() notification: NotificationRecord): string {
    return globalId('Notification', notification.id);
  }
  @FieldResolver(() => String, { description: 'What receivers know it by (`webhook-id`, CloudEvents `id`).' })
  messageId(@Root() { messageId }: NotificationRecord): string {
    return `msg_${messageId}`;
  }
  @semanticNonNull
  @FieldResolver(() => [NotificationDeliveryType], { nullable: true, description: 'One for each target.' })
  deliveries(@Root() { id }: NotificationRecord, @Ctx() { reads, load }: Context) {
    return load.together('deliveries', id, [], (ids) => reads.notificationDeliveries(ids));
  }
}

@Resolver(() => ReplayNotificationPayload)
export class ReplayMutation {
  @semanticNonNull
  @Mutation(() => ReplayNotificationPayload, {
    nullable: true,
    description: 'Has a dead letter sent again, to the targets that did not get it, under the same id.',
  })
  replayNotification(
    @Arg('input', () => ReplayNotificationInput, { description: 'Which one.' })
    input: ReplayNotificationInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Replayed> {
    const parsed = parseGlobalId(input.notification);
    return replayNotification(ports, actor, parsed?.type === 'Notification' ? parsed.id : null);
  }
  @FieldResolver(() => NotificationType, { nullable: true, description: 'As it is now.' })
  notification(@Root() { notification }: Replayed, @Ctx() { reads }: Context) {
    return notification === null ? null : reads.notificationById(notification);
  }
}
