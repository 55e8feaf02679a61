import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import {
  migrateCampaign,
  type MigrationOutcome,
  type MigrationReport,
  undoMigration,
} from '../application/migrate-campaign.js';
import type { Outcome } from '../application/run-campaign.js';
import { CampaignPayload, CampaignType } from '../schema/campaign-types.js';
import { WorkflowVersionType } from '../schema/definition-types.js';
import { MigrateCampaignInput, UndoMigrationInput } from '../schema/inputs.js';
import { CampaignMigrationType, MigrateCampaignPayload } from '../schema/migration-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { toVersionRef } from './arguments.js';
import type { Context } from './context.js';

@Resolver(() => MigrateCampaignPayload)
export class MigrationMutations {
  @semanticNonNull
  @Mutation(() => MigrateCampaignPayload, {
    nullable: true,
    description:
      'Moves a campaign to another version of its workflow, with the Policy and Taxonomy served then. What is done is never done again.',
  })
  migrateCampaign(
    @Arg('input', () => MigrateCampaignInput, { description: 'What to move, and where to.' })
    { campaign, to, dryRun }: MigrateCampaignInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<MigrationOutcome> {
    return migrateCampaign(ports, actor, { campaign, to: to ? toVersionRef(to) : null, dryRun });
  }

  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Puts a campaign back to the versions it was moved from, while nothing was done since.',
  })
  undoMigration(
    @Arg('input', () => UndoMigrationInput, { description: 'What to put back.' }) input: UndoMigrationInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return undoMigration(ports, actor, input);
  }

  @FieldResolver(() => CampaignType, { nullable: true, description: 'Null where there is no such campaign.' })
  campaign(@Root() { campaign }: MigrationOutcome, @Ctx() { reads }: Context) {
    return campaign === null ? null : reads.campaign(campaign);
  }
  @FieldResolver(() => CampaignMigrationType, {
    nullable: true,
    description: 'What the move means; null where there was nothing to judge.',
  })
  migration(@Root() { migration }: MigrationOutcome): MigrationReport | null {
    return migration;
  }
}

@Resolver(() => CampaignMigrationType)
export class CampaignMigrationResolver {
  @FieldResolver(() => WorkflowVersionType, { description: 'The version it is, or was, pinned to.' })
  from(@Root() { from }: MigrationReport) {
    return from;
  }
  @FieldResolver(() => WorkflowVersionType, { description: 'The version it moves to.' })
  to(@Root() { to }: MigrationReport) {
    return to;
  }
  @FieldResolver()
  steps(@Root() { mapping }: MigrationReport): CampaignMigrationType['steps'] {
    return mapping;
  }
  @FieldResolver()
  history(@Root() { mapping }: MigrationReport): string[] {
    return mapping.flatMap(({ from, to, status }) =>
      to === null && from !== null && (status === 'done' || status === 'skipped') ? [from] : [],
    );
  }
  @FieldResolver()
  added(@Root() { mapping }: MigrationReport): string[] {
    return mapping.flatMap(({ from, to }) => (from === null && to !== null ? [to] : []));
  }
}
