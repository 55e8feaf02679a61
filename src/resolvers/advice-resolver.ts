import { GraphQLTimeZone } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { advise, decisionOf, patternFor } from '../application/advice.js';
import type { Edit } from '../application/edit.js';
import { minimalWorkflow } from '../application/minimal-workflow.js';
import type { StoredVersion } from '../application/ports.js';
import { quickWin } from '../application/quick-win.js';
import type { WorkflowRecord } from '../application/reads.js';
import { transition } from '../application/transition.js';
import { isKey } from '../domain/campaign/input.js';
import { type Complexity, complexityOf } from '../domain/learning/complexity.js';
import { PATTERN_TRAITS } from '../domain/learning/patterns.js';
import { BEST_SCORE, LEAST_SCORE, readinessOf } from '../domain/learning/readiness.js';
import type { Pattern } from '../domain/workflow/workflow.js';
import {
  AdvisedChangeType,
  ComplexityType,
  FirstTriggerInput,
  MinimalWorkflowInput,
  PatternAdviceType,
  PatternDecisionType,
  PatternForTypeType,
  PatternReadinessType,
  PatternTraitsType,
  ReadinessInput,
  RecommendPatternInput,
  type WorkflowEditType,
} from '../schema/advice-types.js';
import { WorkflowObject, WorkflowVersionType } from '../schema/definition-types.js';
import { PatternEnum } from '../schema/enums.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { badInput } from './arguments.js';
import type { Context } from './context.js';

const MOST_CHANNELS = 20;

@Resolver()
export class AdviceResolver {
  @Query(() => [PatternTraitsType], {
    description: 'The three patterns, what they cost and what they are good for.',
  })
  patterns(): PatternTraitsType[] {
    return PATTERN_TRAITS.map(({ coordinationOverhead, ...traits }) => ({
      ...traits,
      id: traits.pattern,
      overhead: coordinationOverhead,
    }));
  }

  @semanticNonNull
  @Query(() => PatternForTypeType, {
    nullable: true,
    description:
      'The pattern of the workflows that are in use for a type of campaign; else the one that its name asks for.',
  })
  patternFor(
    @Arg('campaignType', () => String, { description: 'For example product-launch.' }) campaignType: string,
    @Ctx() { reads }: Context,
  ): Promise<PatternForTypeType> {
    return patternFor(reads, campaignType);
  }

  @semanticNonNull
  @Query(() => PatternAdviceType, {
    nullable: true,
    description:
      'Which pattern and model fit, with the votes of each criterion. The same input, the same answer.',
  })
  async recommendPattern(
    @Arg('input', () => RecommendPatternInput, { description: 'What the choice rests on.' })
    input: RecommendPatternInput,
    @Ctx() { reads }: Context,
  ): Promise<PatternAdviceType> {
    if ((input.complexity == null) === (input.workflow == null))
      throw badInput("give either 'complexity' or 'workflow'");
    const workflow = input.workflow == null ? null : await reads.workflow(input.workflow);
    if (input.workflow != null && !workflow) throw badInput(`there is no workflow '${input.workflow}'`);
    const { complexity, ...advice } = advise({
      ...input,
      complexity: workflow?.version.meaning ?? input.complexity ?? 'low',
      teamSize: input.teamSize ?? null,
    });
    return { ...advice, complexity: complexity && showComplexity(complexity) };
  }

  @Query(() => [PatternReadinessType], {
    description: 'A scorecard for each pattern: what it takes, and what of it is there.',
  })
  readiness(
    @Arg('input', () => ReadinessInput, { description: 'What is known.' }) { assessments }: ReadinessInput,
  ): PatternReadinessType[] {
    if (new Set(assessments.map(({ capability }) => capability)).size < assessments.length)
      throw badInput('assess each capability once');
    const wrong = assessments.find(({ score }) => score < LEAST_SCORE || score > BEST_SCORE);
    if (wrong) throw badInput(`a score is from ${LEAST_SCORE} to ${BEST_SCORE}, not ${wrong.score}`);
    return readinessOf(assessments.map(({ evidence, ...rest }) => ({ ...rest, evidence: evidence ?? null })));
  }

  @Query(() => String, {
    description:
      'The YAML of a smallest workflow: one brief, an approval for each channel, one gate, a look back.',
  })
  minimalWorkflow(
    @Arg('input', () => MinimalWorkflowInput, { description: 'What it has to know.' })
    input: MinimalWorkflowInput,
  ): string {
    if (!isKey(input.key))
      throw badInput(`'${input.key}' cannot be a key: use letters, digits, dots, dashes`);
    const channels = input.channels.map(({ channel }) => channel);
    if (channels.length < 1 || channels.length > MOST_CHANNELS || new Set(channels).size < channels.length)
      throw badInput(`name from one to ${MOST_CHANNELS} channels, each once`);
    return minimalWorkflow(input);
  }
}

@Resolver(() => WorkflowObject)
export class WorkflowAdviceResolver {
  @FieldResolver(() => ComplexityType, { description: 'How hard it is to coordinate, from its definition.' })
  complexity(@Root() { version }: WorkflowRecord): ComplexityType {
    return showComplexity(complexityOf(version.meaning));
  }
  @FieldResolver(() => AdvisedChangeType, {
    description: 'The one step or gate at which all channels are looked at together before the launch.',
  })
  quickWin(@Root() { version }: WorkflowRecord): AdvisedChangeType {
    const found = quickWin(version.meaning);
    return 'edit' in found
      ? { ...found, edit: showEdit(found.edit) }
      : { summary: found.because, rationale: '', edit: null };
  }
  @FieldResolver(() => [AdvisedChangeType], {
    description:
      'From its pattern to another by single changes, in order; each can be merged and watched by itself.',
  })
  transition(
    @Root() { version }: WorkflowRecord,
    @Arg('to', () => PatternEnum, { description: 'The pattern to reach.' }) to: Pattern,
    @Arg('timezone', () => GraphQLTimeZone, {
      defaultValue: 'UTC',
      description: 'Where meetings take place.',
    })
    timezone: string,
    @Arg('trigger', () => FirstTriggerInput, {
      nullable: true,
      description: 'Towards ADAPTIVE: what the first trigger looks at.',
    })
    trigger: FirstTriggerInput | null,
  ): AdvisedChangeType[] {
    return transition(version.meaning, to, { timezone, trigger: trigger ?? null }).map((each) => ({
      ...each,
      edit: each.edit && showEdit(each.edit),
    }));
  }
}

@Resolver(() => WorkflowVersionType)
export class DecisionResolver {
  @FieldResolver(() => PatternDecisionType, {
    nullable: true,
    description: 'Why it has its pattern; null where the definition does not say.',
  })
  decision(@Root() { meaning }: StoredVersion<'Workflow'>): PatternDecisionType | null {
    return decisionOf(meaning);
  }
}

const showComplexity = ({ limits, ...complexity }: Complexity): ComplexityType => ({
  ...complexity,
  ...limits,
});

function showEdit(edit: Edit): WorkflowEditType {
  const { type, ...rest } = edit;
  return { set: null, insert: null, [type]: rest };
}
