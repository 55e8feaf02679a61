import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { type DiagramFormat, drawDiagram } from '../application/draw-diagram.js';
import type { StoredVersion } from '../application/ports.js';
import { lanesOf, placedSteps, stepsOf } from '../domain/workflow/steps.js';
import type { Gate, Section, Workflow } from '../domain/workflow/workflow.js';
import {
  CommitType,
  GateType,
  RaciRowType,
  SectionType,
  StepType,
  WorkflowObject,
  WorkflowVersionType,
} from '../schema/definition-types.js';
import { DiagramFormatEnum } from '../schema/enums.js';
import { globalId } from '../schema/node.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { toQuantity } from '../schema/values.js';
import type { Context } from './context.js';

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
  @FieldResolver(() => Boolean, {
    description: 'Whether approvals are signed, with what the signature means (21 CFR 11.50).',
  })
  isRegulated(@Root() version: StoredVersion<'Workflow'>): boolean {
    return version.meaning.regulated;
  }
  @FieldResolver(() => String, { description: 'Its swimlanes as text or SVG.' })
  diagram(
    @Root() version: StoredVersion<'Workflow'>,
    @Arg('as', () => DiagramFormatEnum, { defaultValue: 'mermaid', description: 'How it is written.' })
    format: DiagramFormat,
  ) {
    return drawDiagram(version.meaning, format);
  }
  @FieldResolver(() => [RaciRowType], { description: 'Who does what, step by step.' })
  raci(@Root() version: StoredVersion<'Workflow'>) {
    return stepsOf(version.meaning).map((step) => ({ ...step, step: step.key }));
  }
}

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
