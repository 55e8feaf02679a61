import 'reflect-metadata';
import { createPubSub } from '@graphql-yoga/subscription';
import { type GraphQLSchema, type GraphQLTypeResolver, isAbstractType, specifiedDirectives } from 'graphql';
import { buildSchema, getMetadataStorage } from 'type-graphql';
import { EVIDENCE_TYPES, evidenceTypeName } from '../schema/alignment-types.js';
import { CHANGE_TYPES, changeTypeName } from '../schema/change-types.js';
import { nodeTypeName } from '../schema/node.js';
import { REFUSAL_TYPES, refusalTypeName } from '../schema/refusal-types.js';
import { semanticNonNullDirective } from '../schema/semantic-non-null.js';
import { AdviceResolver, DecisionResolver, WorkflowAdviceResolver } from './advice-resolver.js';
import { ApprovalMutations } from './approval-mutations.js';
import {
  ApprovalResolver,
  CampaignDelegationResolver,
  HandoffAnswersResolver,
  StepAnswersResolver,
  HandoffContentResolver,
  StepContentResolver,
} from './approval-resolver.js';
import { AlignmentResolver, MetricsResolver, MetricValueResolver } from './alignment-resolver.js';
import { BriefMutations, BriefResolver, PullBriefMutation } from './brief-resolver.js';
import { CampaignMutations } from './campaign-mutations.js';
import { ContentCalendarResolver } from './content-calendar-resolver.js';
import { ApprovalSignatureResolver, AuditResolver, CampaignResolver } from './campaign-resolver.js';
import { RetrospectiveActionResolver } from './retrospective-action-resolver.js';
import { RetrospectiveMutations } from './retrospective-mutations.js';
import { CampaignRetrospectiveResolver, RetrospectiveResolver } from './retrospective-resolver.js';
import { ChangeEffectResolver, WorkflowEffectResolver } from './effect-resolver.js';
import { CampaignForecastResolver, VersionForecastResolver } from './forecast-resolver.js';
import { HybridModelResolver } from './hybrid-model-resolver.js';
import { PermitMutation } from './permit-mutation.js';
import { CampaignMigrationResolver, MigrationMutations } from './migration-mutations.js';
import { IncidentRegisterResolver, IncidentResolver } from './incident-resolver.js';
import { LaunchPlanResolver } from './launch-plan-resolver.js';
import { LibraryResolver } from './library-resolver.js';
import { LimitsResolver } from './limits-resolver.js';
import { ApiTokenResolver } from './api-token-resolver.js';
import { NotificationResolver, ReplayMutation } from './notification-resolver.js';
import { AlertResolver, PinMutation, PinResolver } from './operation-resolvers.js';
import {
  CommitResolver,
  NodeResolver,
  RepositoryResolver,
  SyncMutation,
  SyncRunResolver,
} from './repository-resolver.js';
import {
  PlanResolver,
  PlannedDocumentResolver,
  PlanSummaryResolver,
  TouchingChangeResolver,
} from './plan-resolver.js';
import { ProposalResolver } from './proposal-resolver.js';
import { MeetingResolver } from './meeting-resolver.js';
import { PortfolioResolver } from './portfolio-resolver.js';
import {
  CompleteReviewMutation,
  ReviewCalendarResolver,
  ReviewQueriesResolver,
  ReviewResolver,
} from './review-resolver.js';
import { ChannelMutations, RecordSignalsMutation } from './signal-mutations.js';
import {
  CampaignSignalResolver,
  TriggerDecisionResolver,
  TriggerPreviewResolver,
} from './signal-resolver.js';
import { StatisticsResolver } from './statistics-resolver.js';
import { SubscriptionResolver } from './subscriptions.js';
import { WorkflowChangeResolver } from './workflow-change-resolver.js';
import { WorkflowDiffResolver } from './workflow-diff-resolver.js';
import { WorkflowResolver } from './workflow-resolver.js';
import { WorkflowVersionResolver } from './workflow-version-resolver.js';

const ROOTS = {
  Query: 'What can be asked. Nothing here changes anything.',
  Mutation: 'What can be done. Each answers with what changed, or with refusals that say why nothing did.',
  Subscription: 'What can be followed.',
};

/** Said at once: type-graphql would answer by a promise, which no compiled document waits for. */
const TYPE_NAMES: Readonly<Record<string, (value: never) => string>> = {
  MeaningChange: changeTypeName,
  Evidence: evidenceTypeName,
  Refusal: refusalTypeName,
  Node: nodeTypeName,
};

/**
 * The whole API. Inputs are checked by the use cases, so type-graphql's own validation is off.
 * @param onRefusal told the code of each refusal of a mutation
 */
export async function buildApiSchema(onRefusal?: (code: string) => void): Promise<GraphQLSchema> {
  // A field that is what its object has of that name needs no function: type-graphql would call three for each value of every answer.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
  const schema = await buildSchema({
    resolvers: [
      WorkflowResolver,
      WorkflowDiffResolver,
      WorkflowVersionResolver,
      VersionForecastResolver,
      WorkflowChangeResolver,
      WorkflowEffectResolver,
      ChangeEffectResolver,
      AdviceResolver,
      WorkflowAdviceResolver,
      DecisionResolver,
      IncidentResolver,
      IncidentRegisterResolver,
      HybridModelResolver,
      CampaignResolver,
      CampaignForecastResolver,
      ApprovalMutations,
      ApprovalResolver,
      CampaignDelegationResolver,
      HandoffAnswersResolver,
      StepAnswersResolver,
      HandoffContentResolver,
      StepContentResolver,
      AlignmentResolver,
      MetricsResolver,
      MetricValueResolver,
      CampaignRetrospectiveResolver,
      RetrospectiveResolver,
      RetrospectiveActionResolver,
      RetrospectiveMutations,
      AuditResolver,
      ApprovalSignatureResolver,
      CampaignMutations,
      BriefMutations,
      PullBriefMutation,
      BriefResolver,
      LaunchPlanResolver,
      ContentCalendarResolver,
      PermitMutation,
      MigrationMutations,
      RecordSignalsMutation,
      ChannelMutations,
      CampaignSignalResolver,
      TriggerDecisionResolver,
      TriggerPreviewResolver,
      PlanResolver,
      PlannedDocumentResolver,
      PlanSummaryResolver,
      TouchingChangeResolver,
      CampaignMigrationResolver,
      ProposalResolver,
      RepositoryResolver,
      SyncRunResolver,
      CommitResolver,
      AlertResolver,
      ApiTokenResolver,
      NotificationResolver,
      ReplayMutation,
      PinMutation,
      PinResolver,
      SyncMutation,
      PortfolioResolver,
      MeetingResolver,
      ReviewResolver,
      ReviewCalendarResolver,
      ReviewQueriesResolver,
      CompleteReviewMutation,
      StatisticsResolver,
      NodeResolver,
      LimitsResolver,
      LibraryResolver,
      SubscriptionResolver,
    ],
    // Types that are only ever returned as one of their interface.
    orphanedTypes: [...CHANGE_TYPES, ...EVIDENCE_TYPES, ...REFUSAL_TYPES],
    // Those of the specification are no longer there by themselves once others are named.
    directives: [...specifiedDirectives, semanticNonNullDirective],
    validate: false,
    // Asked for wherever there is a subscription; ours bring their own source of events.
    pubSub: createPubSub(),
  });
  for (const [name, description] of Object.entries(ROOTS)) {
    const type = schema.getType(name);
    if (type) type.description = description;
  }
  for (const [name, typeName] of Object.entries(TYPE_NAMES)) {
    const type = schema.getType(name);
    if (isAbstractType(type)) type.resolveType = typeName as unknown as GraphQLTypeResolver<unknown, unknown>;
  }
  if (onRefusal) tellOfRefusals(schema, onRefusal);
  return schema;
}

/** Whether or not whoever asks wants to know of them. A middleware of type-graphql would be called for every field of every answer. */
function tellOfRefusals(schema: GraphQLSchema, onRefusal: (code: string) => void): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    if (!resolve) continue;
    field.resolve = async (...asked) => {
      const payload = (await resolve(...asked)) as {
        readonly refusals?: readonly { readonly code: string }[];
      };
      for (const { code } of payload.refusals ?? []) onRefusal(code);
      return payload;
    };
  }
}
