import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import type { StoredVersion } from '../application/ports.js';
import type { ChangeRecord, WorkflowRecord } from '../application/reads.js';
import { type DiagramFormat, drawDiagram } from '../application/draw-diagram.js';
import { diffWorkflows } from '../domain/workflow/diff.js';
import { forecastLeadTime } from '../domain/forecast/forecast.js';
import { gatesOf, lanesOf, modelOf, placedSteps, stepsOf } from '../domain/workflow/steps.js';
import type { Gate, Section, Workflow } from '../domain/workflow/workflow.js';
import { PageArguments, toConnection } from '../schema/connection.js';
import { DiagramFormatEnum, ModelEnum, PatternEnum, WorkflowStatusEnum } from '../schema/enums.js';
import { CampaignConnection } from '../schema/campaign-types.js';
import {
  CommitType,
  ForecastType,
  GateType,
  HybridModelConnection,
  HybridModelType,
  ProblemType,
  RaciRowType,
  SectionType,
  StepType,
  WorkflowChangeConnection,
  WorkflowChangeType,
  WorkflowConnection,
  WorkflowDiffType,
  WorkflowObject,
  WorkflowVersionConnection,
  WorkflowVersionType,
  PersonType,
} from '../schema/definition-types.js';
import {
  TimeOrderInput,
  VersionRefInput,
  WorkflowChangeFilterInput,
  WorkflowFilterInput,
  WorkflowOrderInput,
} from '../schema/inputs.js';
import { globalId } from '../schema/node.js';
import { badInput, toPageRequest, toVersionRef } from './arguments.js';
import { compiledOf, type Context } from './context.js';

/** Enough runs for a stable P80, few enough to answer within a request. */
const FORECAST_RUNS = 2_000;
const FORECAST_SEED = 1;
const NEWEST_FIRST = { field: 'time', direction: 'desc' } as const;

@Resolver(() => WorkflowObject)
export class WorkflowResolver {
  @Query(() => WorkflowObject, { nullable: true, description: 'The workflow of this key.' })
  workflow(@Arg('key', () => String) key: string, @Ctx() { reads }: Context): Promise<WorkflowRecord | null> {
    return reads.workflow(key);
  }

  @Query(() => WorkflowConnection, { description: 'All workflows, retired ones too.' })
  async workflows(
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => WorkflowFilterInput, { nullable: true }) filter: WorkflowFilterInput | null,
    @Arg('orderBy', () => WorkflowOrderInput, { nullable: true }) order: WorkflowOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    return toConnection(
      await reads.workflows(toPageRequest(page), filter ?? {}, order ?? { field: 'key', direction: 'asc' }),
    );
  }

  @FieldResolver(() => ID)
  id(@Root() workflow: WorkflowRecord): string {
    return globalId('Workflow', workflow.id);
  }
  @FieldResolver(() => String)
  name(@Root() workflow: WorkflowRecord): string {
    return workflow.version.meaning.name;
  }
  @FieldResolver(() => ModelEnum)
  model(@Root() workflow: WorkflowRecord): string {
    return modelOf(workflow.version.meaning);
  }
  @FieldResolver(() => PatternEnum)
  pattern(@Root() workflow: WorkflowRecord): string {
    return workflow.version.meaning.pattern;
  }
  @FieldResolver(() => String, { description: 'Role that looks after the definition.' })
  steward(@Root() workflow: WorkflowRecord): string {
    return workflow.version.meaning.steward;
  }
  @FieldResolver(() => WorkflowStatusEnum, { description: 'RETIRED also where the file is gone.' })
  status(@Root() workflow: WorkflowRecord): string {
    return workflow.retiredAt === null ? workflow.version.meaning.status : 'retired';
  }
  @FieldResolver(() => WorkflowVersionType, { description: 'The version served now, or last.' })
  currentVersion(@Root() workflow: WorkflowRecord): StoredVersion {
    return workflow.version;
  }
  @FieldResolver(() => WorkflowVersionConnection)
  async versions(
    @Root() workflow: WorkflowRecord,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('orderBy', () => TimeOrderInput, { nullable: true }) order: TimeOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    return toConnection(await reads.versions(workflow.id, toPageRequest(page), order ?? NEWEST_FIRST));
  }
  @FieldResolver(() => WorkflowVersionType, { nullable: true, description: 'Null where there was none.' })
  versionAt(
    @Root() workflow: WorkflowRecord,
    @Arg('ref', () => VersionRefInput) ref: VersionRefInput,
    @Ctx() { reads }: Context,
  ) {
    return reads.version(workflow.id, toVersionRef(ref));
  }
  @FieldResolver(() => CampaignConnection, { description: 'Campaigns on any version of it, newest first.' })
  async campaigns(
    @Root() workflow: WorkflowRecord,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { reads }: Context,
  ) {
    const order = { field: 'created-at', direction: 'desc' } as const;
    return toConnection(await reads.campaigns(toPageRequest(page), { workflow: workflow.key }, order));
  }
  @FieldResolver(() => [ProblemType], { description: 'Problems of its file in the commit attempted last.' })
  async problems(@Root() workflow: WorkflowRecord, @Ctx() { reads }: Context) {
    const repository = await reads.repository();
    return repository?.problems.filter((problem) => problem.file === workflow.file) ?? [];
  }
  @FieldResolver(() => String, { description: 'The swimlanes as text or SVG.' })
  diagram(
    @Root() workflow: WorkflowRecord,
    @Arg('as', () => DiagramFormatEnum, { defaultValue: 'mermaid' }) format: DiagramFormat,
  ) {
    return drawDiagram(workflow.version.meaning, format);
  }
}

@Resolver(() => WorkflowVersionType)
export class WorkflowVersionResolver {
  @FieldResolver(() => ID)
  id(@Root() version: StoredVersion): string {
    return globalId('WorkflowVersion', version.id);
  }
  @FieldResolver(() => WorkflowObject)
  workflow(@Root() version: StoredVersion, @Ctx() { reads }: Context) {
    return reads.workflowById(version.definitionId);
  }
  @FieldResolver(() => CommitType, { description: 'The commit that first had this meaning.' })
  commit(@Root() version: StoredVersion, @Ctx() { load }: Context) {
    return load.commit.load(version.commitSha);
  }
  @FieldResolver(() => GraphQLJSONObject, { description: 'The definition as meant.' })
  definition(@Root() version: StoredVersion<'Workflow'>): Workflow {
    return version.meaning;
  }
  @FieldResolver(() => [SectionType])
  sections(@Root() version: StoredVersion<'Workflow'>) {
    return version.meaning.sections.map((section) => showSection(version.meaning, section));
  }
  @FieldResolver(() => [StepType])
  steps(@Root() version: StoredVersion<'Workflow'>) {
    return showSteps(version.meaning);
  }
  @FieldResolver(() => [GateType])
  gates(@Root() version: StoredVersion<'Workflow'>) {
    return version.meaning.sections.flatMap((section) =>
      section.gates.map((gate) => showGate(gate, section.key)),
    );
  }
  @FieldResolver(() => [RaciRowType], { description: 'Who does what, step by step.' })
  raci(@Root() version: StoredVersion<'Workflow'>) {
    return stepsOf(version.meaning).map((step) => ({ ...step, step: step.key }));
  }
  @FieldResolver(() => ForecastType)
  forecast(@Root() version: StoredVersion<'Workflow'>) {
    return forecastLeadTime(compiledOf(version), FORECAST_RUNS, FORECAST_SEED);
  }
}

const showSteps = (workflow: Workflow) =>
  placedSteps(workflow).map(({ step, section, lane }) => ({ ...step, section, lane }));
const showSection = (workflow: Workflow, section: Section) => ({
  ...section,
  lanes: section.model === 'linear' ? [] : lanesOf(section).map((lane) => lane.key),
  steps: showSteps(workflow).filter((step) => step.section === section.key),
});
const showGate = (gate: Gate, section: string) => ({
  ...gate,
  section,
  checks: gate.checks.map((check) => ({ ...check, limit: String(check.limit) })),
});

@Resolver(() => WorkflowChangeType)
export class WorkflowChangeResolver {
  @Query(() => WorkflowChangeConnection, {
    description: 'The audit history of workflow changes, newest first.',
  })
  async workflowHistory(
    @Args(() => PageArguments) page: PageArguments,
    @Arg('workflow', () => String, { nullable: true, description: 'Key of one workflow.' })
    workflow: string | null,
    @Arg('filter', () => WorkflowChangeFilterInput, { nullable: true })
    filter: WorkflowChangeFilterInput | null,
    @Arg('orderBy', () => TimeOrderInput, { nullable: true }) order: TimeOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    const conditions = { ...filter, ...(workflow == null ? {} : { workflow }) };
    return toConnection(await reads.changes(toPageRequest(page), conditions, order ?? NEWEST_FIRST));
  }

  @Query(() => WorkflowDiffType, {
    nullable: true,
    description: 'What differs in meaning between two versions; null where one does not exist.',
  })
  async workflowDiff(
    @Arg('workflow', () => String, { description: 'Key of the workflow.' }) key: string,
    @Arg('from', () => VersionRefInput) from: VersionRefInput,
    @Arg('to', () => VersionRefInput) to: VersionRefInput,
    @Ctx() { reads }: Context,
  ) {
    const refs = [toVersionRef(from), toVersionRef(to)] as const;
    const workflow = await reads.workflow(key);
    if (!workflow) throw badInput(`there is no workflow '${key}'`);
    const [before, after] = await Promise.all([
      reads.version(workflow.id, refs[0]),
      reads.version(workflow.id, refs[1]),
    ]);
    return before && after && { from: before, to: after, ...diffWorkflows(before.meaning, after.meaning) };
  }

  @FieldResolver(() => ID)
  id(@Root() change: ChangeRecord): string {
    return globalId('WorkflowChange', change.id);
  }
  @FieldResolver(() => WorkflowObject)
  workflow(@Root() change: ChangeRecord, @Ctx() { reads }: Context) {
    return reads.workflowById(change.definitionId);
  }
  @FieldResolver(() => CommitType)
  commit(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return load.commit.load(change.commitSha);
  }
  @FieldResolver(() => PersonType)
  async author(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return (await load.commit.load(change.commitSha))?.author;
  }
  @FieldResolver(() => Date)
  async authoredAt(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return (await load.commit.load(change.commitSha))?.authoredAt;
  }
  @FieldResolver(() => Number, { nullable: true, description: 'Number of the pull request.' })
  async pullRequest(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return (await load.commit.load(change.commitSha))?.pullRequest;
  }
  @FieldResolver(() => WorkflowVersionType, { nullable: true })
  fromVersion(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return change.fromVersionId === null ? null : load.version.load(change.fromVersionId);
  }
  @FieldResolver(() => WorkflowVersionType, {
    nullable: true,
    description: 'Null where the workflow was retired.',
  })
  toVersion(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return change.toVersionId === null ? null : load.version.load(change.toVersionId);
  }
  @FieldResolver(() => GraphQLJSONObject, { nullable: true, description: 'The whole definition before.' })
  async before(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return change.fromVersionId === null ? null : (await load.version.load(change.fromVersionId))?.meaning;
  }
  @FieldResolver(() => GraphQLJSONObject, { nullable: true, description: 'The whole definition after.' })
  async after(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return change.toVersionId === null ? null : (await load.version.load(change.toVersionId))?.meaning;
  }
}

@Resolver(() => HybridModelType)
export class HybridModelResolver {
  @Query(() => HybridModelConnection, {
    description: 'Workflows whose sections are run by different models.',
  })
  async hybridModels(@Args(() => PageArguments) page: PageArguments, @Ctx() { reads }: Context) {
    const order = { field: 'key', direction: 'asc' } as const;
    return toConnection(await reads.workflows(toPageRequest(page), { hybrid: true, retired: false }, order));
  }

  @FieldResolver(() => WorkflowObject)
  workflow(@Root() workflow: WorkflowRecord): WorkflowRecord {
    return workflow;
  }
  @FieldResolver(() => [SectionType])
  sections(@Root() { version }: WorkflowRecord) {
    return version.meaning.sections.map((section) => showSection(version.meaning, section));
  }
  @FieldResolver()
  boundaries(@Root() { version: { meaning } }: WorkflowRecord): HybridModelType['boundaries'] {
    return meaning.sections.flatMap(({ key: to, after }) =>
      after.map((from) => ({
        from,
        to,
        handoff: meaning.handoffs.find((each) => each.from === from && each.to === to)?.key ?? null,
        gate:
          gatesOf({ ...meaning, sections: meaning.sections.filter((each) => each.key === from) }).find(
            (gate) => gate.at === 'endpoint',
          )?.key ?? null,
      })),
    );
  }
  @FieldResolver(() => WorkflowVersionConnection)
  async versions(
    @Root() workflow: WorkflowRecord,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { reads }: Context,
  ) {
    return toConnection(await reads.versions(workflow.id, toPageRequest(page), NEWEST_FIRST));
  }
  @FieldResolver(() => CampaignConnection)
  async campaigns(
    @Root() workflow: WorkflowRecord,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { reads }: Context,
  ) {
    const order = { field: 'created-at', direction: 'desc' } as const;
    return toConnection(await reads.campaigns(toPageRequest(page), { workflow: workflow.key }, order));
  }
}
