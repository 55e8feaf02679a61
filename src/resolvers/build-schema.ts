import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { CHANGE_TYPES } from '../schema/change-types.js';
import { REFUSAL_TYPES } from '../schema/refusal-types.js';
import { semanticNonNullDirective } from '../schema/semantic-non-null.js';
import { CampaignMutations } from './campaign-mutations.js';
import { AuditResolver, CampaignResolver, RetrospectiveResolver } from './campaign-resolver.js';
import { HybridModelResolver } from './hybrid-model-resolver.js';
import { NodeResolver, RepositoryResolver, SyncMutation, SyncRunResolver } from './repository-resolver.js';
import { ReviewResolver } from './review-resolver.js';
import { StatisticsResolver } from './statistics-resolver.js';
import { WorkflowChangeResolver } from './workflow-change-resolver.js';
import { WorkflowResolver } from './workflow-resolver.js';
import { WorkflowVersionResolver } from './workflow-version-resolver.js';

/** The whole API. Inputs are checked by the use cases, so type-graphql's own validation is off. */
export const buildApiSchema = (): Promise<GraphQLSchema> =>
  buildSchema({
    resolvers: [
      WorkflowResolver,
      WorkflowVersionResolver,
      WorkflowChangeResolver,
      HybridModelResolver,
      CampaignResolver,
      RetrospectiveResolver,
      AuditResolver,
      CampaignMutations,
      RepositoryResolver,
      SyncRunResolver,
      SyncMutation,
      ReviewResolver,
      StatisticsResolver,
      NodeResolver,
    ],
    // Types that are only ever returned as one of their interface.
    orphanedTypes: [...CHANGE_TYPES, ...REFUSAL_TYPES],
    directives: [semanticNonNullDirective],
    validate: false,
  });
