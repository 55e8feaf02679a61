import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { acknowledgeAlert, type Acknowledged } from '../application/acknowledge-alert.js';
import { pinWorkflow } from '../application/pin-workflow.js';
import type { StoredAlert } from '../application/ports.js';
import type { WorkflowRecord } from '../application/reads.js';
import type { Refusal } from '../domain/campaign/refusal.js';
import { PageArguments, toConnection } from '../schema/connection.js';
import { WorkflowObject } from '../schema/definition-types.js';
import { TimeOrderInput } from '../schema/inputs.js';
import { globalId, parseGlobalId } from '../schema/node.js';
import {
  AcknowledgeAlertInput,
  AcknowledgeAlertPayload,
  AlertConnection,
  AlertFilterInput,
  AlertType,
  PinType,
  PinWorkflowInput,
  PinWorkflowPayload,
} from '../schema/operation-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { toPageRequest, toVersionRef } from './arguments.js';
import type { Context } from './context.js';
import { Filter, NEWEST_FIRST, OrderBy } from './list-arguments.js';

@Resolver(() => AlertType)
export class AlertResolver {
  @semanticNonNull
  @Query(() => AlertConnection, {
    nullable: true,
    description: 'What somebody has to be told of, newest first.',
  })
  async alerts(
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => AlertFilterInput) filter: AlertFilterInput | null,
    @OrderBy(() => TimeOrderInput) order: TimeOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    return toConnection(await reads.alerts(toPageRequest(page), filter ?? {}, order ?? NEWEST_FIRST));
  }
  @FieldResolver(() => ID, { description: 'Opaque; the same for ever.' })
  id(@Root() alert: StoredAlert): string {
    return globalId('Alert', alert.id);
  }
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Key of the campaign that it concerns; null where it concerns none.',
  })
  campaignKey(@Root() alert: StoredAlert): string | null {
    return alert.campaign;
  }
  @semanticNonNull
  @Mutation(() => AcknowledgeAlertPayload, {
    nullable: true,
    description: 'Says that somebody has taken notice of an alert; the first to do so counts.',
  })
  acknowledgeAlert(
    @Arg('input', () => AcknowledgeAlertInput, { description: 'Which alert.' }) input: AcknowledgeAlertInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Acknowledged> {
    const parsed = parseGlobalId(input.alert);
    const alert = parsed?.type === 'Alert' ? parsed.id : null;
    return acknowledgeAlert(ports, actor, { alert, note: input.note ?? null });
  }
}

interface PinOutcome {
  readonly workflow: string;
  readonly refusals: readonly Refusal[];
}

@Resolver(() => PinWorkflowPayload)
export class PinMutation {
  @semanticNonNull
  @Mutation(() => PinWorkflowPayload, {
    nullable: true,
    description:
      'Serves an older version of a workflow, whatever the branch says, or lets that go. Needs no git.',
  })
  async pinWorkflow(
    @Arg('input', () => PinWorkflowInput, { description: 'Which version.' }) input: PinWorkflowInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<PinOutcome> {
    const version = input.version ? toVersionRef(input.version) : null;
    const { workflow, reason } = input;
    return { workflow, refusals: await pinWorkflow(ports, actor, { workflow, version, reason }) };
  }
  @FieldResolver(() => WorkflowObject, {
    nullable: true,
    description: 'Null where there is none of that key.',
  })
  workflow(@Root() outcome: PinOutcome, @Ctx() { reads }: Context): Promise<WorkflowRecord | null> {
    return reads.workflow(outcome.workflow);
  }
}

@Resolver(() => WorkflowObject)
export class PinResolver {
  @FieldResolver(() => PinType, { nullable: true, description: 'Null where the branch decides.' })
  pin(@Root() workflow: WorkflowRecord, @Ctx() { reads, load }: Context) {
    return load.together('pin', workflow.id, [], async (ids) => {
      const pins = await reads.pins(ids);
      return ids.map((id) => pins.find(({ definitionId }) => definitionId === id) ?? null);
    });
  }
}
