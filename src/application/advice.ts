import { type Complexity, complexityOf } from '../domain/learning/complexity.js';
import { type AlignmentGap, type FirstStep, firstStep } from '../domain/learning/first-step.js';
import { type ModelChoice, type ModelInputs, recommendModel } from '../domain/learning/model-choice.js';
import { patternNamedFor } from '../domain/learning/patterns.js';
import {
  inputsFrom,
  type PatternInputs,
  type Recommendation,
  recommendPattern,
} from '../domain/learning/recommend.js';
import type { Pattern, Workflow } from '../domain/workflow/workflow.js';
import type { Reads } from './reads.js';

/** What is asked about: the complexity is given, or derived from a workflow. */
export interface AdviceRequest
  extends Omit<PatternInputs, 'complexity'>, Omit<ModelInputs, 'complexity' | 'speed' | 'maturity'> {
  readonly complexity: PatternInputs['complexity'] | Workflow;
  /** The worst first. */
  readonly gaps: readonly AlignmentGap[];
}
export interface Advice extends Recommendation {
  readonly model: ModelChoice;
  /** The numbers behind it, where it was derived. */
  readonly complexity: Complexity | null;
  readonly firstStep: FirstStep | null;
}

export function advise({ complexity: asked, gaps, ...request }: AdviceRequest): Advice {
  const derived = typeof asked === 'string' ? null : complexityOf(asked);
  const inputs = { ...request, complexity: typeof asked === 'string' ? asked : complexityOf(asked).band };
  return {
    ...recommendPattern(inputs),
    ...{ model: recommendModel(inputs), complexity: derived, firstStep: firstStep(gaps) },
  };
}

export interface PatternForType {
  readonly pattern: Pattern | null;
  readonly because: string;
}
const EVERYTHING = { first: 200, after: null, last: null, before: null };

/** The pattern of the workflows that are in use for a type of campaign; else the one that its name asks for (R9). */
export async function patternFor(reads: Reads, campaignType: string): Promise<PatternForType> {
  const inUse = { status: ['active'], retired: false };
  const { edges } = await reads.workflows(EVERYTHING, inUse, { field: 'key', direction: 'asc' });
  const found = edges.find(({ node }) => node.version.meaning.campaignTypes.includes(campaignType))?.node;
  if (found) return { pattern: found.version.meaning.pattern, because: `workflow '${found.key}' is for it` };
  const pattern = patternNamedFor(campaignType);
  const because =
    pattern === null
      ? 'no workflow is for it: ask recommendPattern'
      : 'campaigns of this kind are commonly run so';
  return { pattern, because };
}

/** Why a version has its pattern (R30); who decided, and when, stands with its commit. */
export interface PatternDecision {
  readonly inputs: readonly { readonly name: string; readonly value: string }[];
  readonly recommendation: Recommendation | null;
  readonly chosen: Pattern;
  readonly isRecommended: boolean | null;
  readonly rationale: string;
}

export function decisionOf({ decision, pattern }: Workflow): PatternDecision | null {
  if (!decision) return null;
  const inputs = inputsFrom(decision.inputs);
  const recommendation = inputs && recommendPattern(inputs);
  return {
    inputs: Object.entries(decision.inputs).map(([name, value]) => ({ name, value })),
    ...{ recommendation, chosen: pattern, rationale: decision.rationale },
    isRecommended: recommendation ? recommendation.pattern === pattern : null,
  };
}
