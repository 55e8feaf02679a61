import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { CampaignMutations } from './campaign-mutations.js';
import { AuditResolver, CampaignResolver, RetrospectiveResolver } from './campaign-resolvers.js';
import { ReviewResolver } from './review-resolver.js';
import { NodeResolver, RepositoryResolver, SyncMutation, SyncRunResolver } from './repository-resolvers.js';
import {
  HybridModelResolver,
  WorkflowChangeResolver,
  WorkflowResolver,
  WorkflowVersionResolver,
} from './workflow-resolvers.js';

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
      NodeResolver,
    ],
    validate: false,
  });
