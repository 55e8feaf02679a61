import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, Float, GraphQLISODateTime, ID, Resolver, Root } from 'type-graphql';
import { forecastVersion, type GroundedForecast } from '../application/forecasts.js';
import type { StoredVersion } from '../application/ports.js';
import { lanesOf, placedSteps, stepsOf } from '../domain/workflow/steps.js';
import type { Gate, Section, Workflow } from '../domain/workflow/workflow.js';
import {
  AdherenceType,
  CommitType,
  ForecastType,
  GateType,
  RaciRowType,
  SectionType,
  StepType,
  WorkflowObject,
  WorkflowVersionType,
} from '../schema/definition-types.js';
import { globalId } from '../schema/node.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { toQuantity } from '../schema/values.js';
import { compiledOf, type Context } from './context.js';

@Resolver(() => WorkflowVersionType)
export class WorkflowVersionResolver {
  @FieldResolver(() => ID, { description: 'Opaque; the same for ever.' })
  id(@Root() version: StoredVersion): string {
    return globalId('WorkflowVersion', version.id);
  }
  @semanticNonNull
  @FieldResolver(() => WorkflowObject, { nullable: true, description: 'The workflow it is a version of.' })
  workflow(@Root() version: StoredVersion, @Ctx() { load }: Context) {
    return load.workflow.load(version.definitionId);
  }
  @semanticNonNull
  @FieldResolver(() => CommitType, { nullable: true, description: 'The commit that first had this meaning.' })
  commit(@Root() version: StoredVersion, @Ctx() { load }: Context) {
    return load.commit.load(version.commitSha);
  }
  @FieldResolver(() => GraphQLJSONObject, { description: 'The raw definition as meant.' })
  definition(@Root() version: StoredVersion<'Workflow'>): Workflow {
    return version.meaning;
  }
  @FieldResolver(() => [SectionType], { description: 'Its sections, in file order.' })
  sections(@Root() version: StoredVersion<'Workflow'>) {
    return showSections(version.meaning);
  }
  @FieldResolver(() => [StepType], { description: 'Its steps, in file order.' })
  steps(@Root() version: StoredVersion<'Workflow'>) {
    return showSteps(version.meaning);
  }
  @FieldResolver(() => [GateType], { description: 'Its convergence gates, in file order.' })
  gates(@Root() version: StoredVersion<'Workflow'>) {
    return version.meaning.sections.flatMap((section) =>
      section.gates.map((gate) => showGate(gate, section.key)),
    );
  }
  @FieldResolver(() => [RaciRowType], { description: 'Who does what, step by step.' })
  raci(@Root() version: StoredVersion<'Workflow'>) {
    return stepsOf(version.meaning).map((step) => ({ ...step, step: step.key }));
  }
  @semanticNonNull
  @FieldResolver(() => AdherenceType, {
    nullable: true,
    description: 'How far the campaigns that ended on it followed it.',
  })
  async adherence(
    @Root() version: StoredVersion<'Workflow'>,
    @Ctx() { load }: Context,
  ): Promise<AdherenceType> {
    const { fitness, ...measured } = await load.adherence(version);
    return { ...measured, fitnessAverage: fitness.average, fitnessLog: fitness.log };
  }
  @semanticNonNull
  @FieldResolver(() => ForecastType, {
    nullable: true,
    description: 'How long a campaign takes that begins on it.',
  })
  async forecast(
    @Root() version: StoredVersion<'Workflow'>,
    @Arg('start', () => GraphQLISODateTime, {
      nullable: true,
      description: 'When it begins; without it Monday 2026-01-05, 09:00 UTC, so that answers repeat.',
    })
    start: Date | null,
    @Arg('withinHours', () => Float, {
      nullable: true,
      description: 'Asks how likely it ends within so many elapsed hours.',
    })
    withinHours: number | null,
    @Ctx() { load }: Context,
  ): Promise<ForecastType> {
    const question = { start, withinHours };
    return showForecast(
      forecastVersion(compiledOf(version), await load.ground(version.definitionId), question),
    );
  }
}

export const showForecast = ({
  leadTime,
  launch,
  criticalPath,
  ...forecast
}: GroundedForecast): ForecastType => ({
  ...forecast,
  ...leadTime,
  launchP50Hours: launch?.p50Hours ?? null,
  launchP80Hours: launch?.p80Hours ?? null,
  criticalPath: criticalPath.steps,
  criticalPathHours: criticalPath.hours,
});

const showSteps = (workflow: Workflow) =>
  placedSteps(workflow).map(({ step, section, lane }) => ({ ...step, section, lane }));

export const showSections = (workflow: Workflow) =>
  workflow.sections.map((section: Section) => ({
    ...section,
    lanes: section.model === 'linear' ? [] : lanesOf(section).map((lane) => lane.key),
    steps: showSteps(workflow).filter((step) => step.section === section.key),
  }));

const showGate = (gate: Gate, section: string) => ({
  ...gate,
  section,
  checks: gate.checks.map((check) => ({ ...check, limit: toQuantity(check.limit) })),
});
