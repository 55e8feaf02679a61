import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CommitSignature, RepositoryState } from '../application/ports.js';
import type { CommitRecord, HeldRecord, SyncRunRecord } from '../application/reads.js';
import { PATIENCE_MS } from '../application/patience.js';
import { type SyncOutcome, syncOnRequest } from '../application/sync-on-request.js';
import type { SyncReport } from '../application/sync-repository.js';
import { lacking, PERMISSIONS } from '../domain/campaign/actor.js';
import type { Problem } from '../domain/problem.js';
import { ViewerType } from '../schema/campaign-types.js';
import { PageArguments, toConnection } from '../schema/connection.js';
import { CommitType, ProblemType } from '../schema/definition-types.js';
import { SignatureEnum, SignatureKindEnum } from '../schema/enums.js';
import { SyncRunFilterInput, TimeOrderInput } from '../schema/inputs.js';
import { globalId, NodeInterface, parseGlobalId } from '../schema/node.js';
import {
  HeldDefinitionType,
  RepositoryType,
  SyncPayload,
  SyncRunConnection,
  SyncRunType,
} from '../schema/repository-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { toPageRequest } from './arguments.js';
import type { Context } from './context.js';
import { Filter, NEWEST_FIRST, OrderBy } from './list-arguments.js';

/** More than anybody reads in one answer. */
const PROBLEMS_SHOWN = 500;
const BRANCHES_SHOWN = 100;

@Resolver(() => RepositoryType)
export class RepositoryResolver {
  @Query(() => RepositoryType, { nullable: true, description: 'Null until the first sync.' })
  repository(@Ctx() { reads }: Context): Promise<RepositoryState | null> {
    return reads.repository();
  }
  @FieldResolver(() => CommitType, {
    nullable: true,
    description: 'The last commit that was taken over whole.',
  })
  served(@Root() repository: RepositoryState, @Ctx() { load }: Context) {
    return repository.servedSha === null ? null : load.commit.load(repository.servedSha);
  }
  @semanticNonNull
  @FieldResolver(() => [ProblemType], {
    nullable: true,
    description: `Problems of its files at the commit attempted last, the worst first; at most ${PROBLEMS_SHOWN}.`,
  })
  problems(@Ctx() { reads }: Context): Promise<Problem[]> {
    return reads.problems(PROBLEMS_SHOWN);
  }
  @semanticNonNull
  @FieldResolver(() => [HeldDefinitionType], {
    nullable: true,
    description: 'What is served otherwise than the commit attempted last says, and why.',
  })
  heldBack(@Ctx() { reads }: Context): Promise<HeldRecord[]> {
    return reads.heldBack();
  }
  @semanticNonNull
  @FieldResolver(() => [String], {
    nullable: true,
    description: `Its branches that are not merged into the one that is followed, by name, as the host lists them now: what a plan can be asked of; at most ${BRANCHES_SHOWN}. One that was merged by squashing stays until it is deleted.`,
  })
  async otherBranches(@Ctx() { proposals }: Context): Promise<readonly string[]> {
    return (await proposals.branches()).slice(0, BRANCHES_SHOWN);
  }
  @FieldResolver(() => CommitType, { nullable: true, description: 'The last commit that was looked at.' })
  attempted(@Root() repository: RepositoryState, @Ctx() { load }: Context) {
    return repository.attemptedSha === null ? null : load.commit.load(repository.attemptedSha);
  }
}

@Resolver(() => CommitType)
export class CommitResolver {
  @semanticNonNull
  @FieldResolver(() => SignatureEnum, {
    nullable: true,
    description: 'Whether it is signed, and whether that holds.',
  })
  async signature(@Root() commit: CommitRecord, @Ctx() context: Context): Promise<string> {
    return (await signatureOf(commit, context)).state;
  }
  @FieldResolver(() => SignatureKindEnum, { nullable: true, description: 'How it is signed.' })
  async signatureKind(@Root() commit: CommitRecord, @Ctx() context: Context): Promise<string | null> {
    return (await signatureOf(commit, context)).kind;
  }
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Whose key signed it; where that is not known, the id of the key or its fingerprint.',
  })
  async signedBy(@Root() commit: CommitRecord, @Ctx() context: Context): Promise<string | null> {
    return (await signatureOf(commit, context)).signedBy;
  }
}

async function signatureOf({ sha }: CommitRecord, { load }: Context): Promise<CommitSignature> {
  const found = await load.signature.load(sha);
  if (!found) throw new Error(`commit ${sha} was shown but is missing`);
  return found.signature;
}

@Resolver(() => SyncRunType)
export class SyncRunResolver {
  @semanticNonNull
  @Query(() => SyncRunConnection, {
    nullable: true,
    description: 'Attempts to sync that found something new or wrong, newest first.',
  })
  async syncRuns(
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => SyncRunFilterInput) filter: SyncRunFilterInput | null,
    @OrderBy(() => TimeOrderInput) order: TimeOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    return toConnection(await reads.syncRuns(toPageRequest(page), filter ?? {}, order ?? NEWEST_FIRST));
  }
  @FieldResolver(() => ID, { description: 'Opaque; the same for ever.' })
  id(@Root() run: SyncRunRecord): string {
    return globalId('SyncRun', run.id);
  }
}

@Resolver(() => SyncPayload)
export class SyncMutation {
  @semanticNonNull
  @Mutation(() => SyncPayload, {
    nullable: true,
    description: `Brings the database up to the head of the branch. A host that is silent for ${PATIENCE_MS / 1_000} seconds is not waited for: the run has FAILED then, and says why.`,
  })
  async syncRepository(
    @Arg('release', () => [String], {
      nullable: true,
      description: 'Keys of workflows whose retirement, or end as a pilot, waits and may now happen.',
    })
    release: readonly string[] | null,
    @Ctx() { ports, sync, actor }: Context,
  ): Promise<SyncOutcome> {
    const request = { trigger: 'api', release: release ?? [], patienceMs: PATIENCE_MS } as const;
    return syncOnRequest(ports.inTransaction, sync, actor, request);
  }
  @FieldResolver(() => SyncRunType, { nullable: true, description: 'The sync; null where it was refused.' })
  run(@Root() outcome: SyncOutcome): SyncReport | null {
    return outcome.run;
  }
  @FieldResolver(() => RepositoryType, { nullable: true, description: 'The repository afterwards.' })
  repository(@Ctx() { reads }: Context): Promise<RepositoryState | null> {
    return reads.repository();
  }
}

@Resolver()
export class NodeResolver {
  @Query(() => ViewerType, { description: 'Who is asking, and what they may do.' })
  viewer(@Ctx() { actor }: Context): ViewerType {
    const permissions = PERMISSIONS.filter((permission) => lacking(actor, permission) === null);
    return { name: actor.name, permissions, roles: actor.roles === 'every' ? null : [...actor.roles] };
  }

  @Query(() => NodeInterface, {
    nullable: true,
    description: 'Anything by its id; null where there is nothing.',
  })
  async node(
    @Arg('id', () => ID, { description: 'An id that this API gave out.' }) id: string,
    @Ctx() { reads, load, actor }: Context,
  ): Promise<object | null> {
    const parsed = parseGlobalId(id);
    if (!parsed || (parsed.type === 'Notification' && lacking(actor, 'steward'))) return null;
    const found = await find(parsed.type, parsed.id, reads, load);
    return found ? { ...found, __typename: parsed.type } : null;
  }
}

type Found = Promise<object | null | undefined>;

async function find(
  type: NonNullable<ReturnType<typeof parseGlobalId>>['type'],
  id: string,
  reads: Context['reads'],
  load: Context['load'],
): Found {
  switch (type) {
    case 'Workflow':
    case 'HybridModel':
      return load.workflow.load(id);
    case 'WorkflowVersion': {
      const version = await load.version.load(id);
      return version?.kind === 'Workflow' ? version : null;
    }
    case 'WorkflowChange':
      return reads.changeById(id);
    case 'Campaign':
      return load.campaign.load(id);
    case 'Retrospective':
      return reads.retrospectiveById(id);
    case 'SyncRun':
      return reads.syncRunById(id);
    case 'Notification':
      return reads.notificationById(id);
    case 'Alert':
      return reads.alertById(id);
    case 'TriggerDecision':
      return reads.decisionById(id);
    case 'AuditRecord':
      return reads.auditRecordById(id);
  }
}
