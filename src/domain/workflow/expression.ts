import { type ASTNode, Environment, EvaluationError } from '@marcbachmann/cel-js';

/**
 * Expressions of the definition language: CEL, type-checked against what is in scope where they stand.
 * `step`: `when` of a step or branch, and of a Policy's approvals. `rule`: `until` of a rule and CEL checks
 * of a hand-off. `trigger`: `when` of a trigger.
 */
export type Scope = 'step' | 'rule' | 'trigger';

/** What an expression may ask about a campaign. */
export interface CampaignFacts {
  readonly key: string;
  readonly type: string;
  readonly risk: string;
  readonly regulated: boolean;
  readonly channels: readonly string[];
  readonly labels: readonly string[];
  readonly flags: readonly string[];
  readonly budget: number;
}

/** What a rule may ask about the progress of a campaign. */
export interface ProgressFacts {
  approved(artefact: string): boolean;
  done(step: string): boolean;
  passed(gate: string): boolean;
  accepted(handoff: string): boolean;
  launched(channel: string): boolean;
}
export const PROGRESS_FUNCTIONS = ['approved', 'done', 'passed', 'accepted', 'launched'] as const;
export type ProgressFunction = (typeof PROGRESS_FUNCTIONS)[number];

/** A call such as `approved('social-copy')`, with the position of its argument's text in the expression. */
export interface ProgressCall {
  readonly name: ProgressFunction;
  readonly argument: string;
}

export interface ExpressionError {
  readonly message: string;
  /** Offsets into the expression, end exclusive; null when the fault has no place. */
  readonly range: { readonly start: number; readonly end: number } | null;
}

/** The parser recurses, so an expression has a size that no stack overflows at and no person exceeds. */
const MAX_EXPRESSION_LENGTH = 2_000;

const CAMPAIGN_FIELDS = {
  key: 'string',
  type: 'string',
  risk: 'string',
  regulated: 'bool',
  channels: 'list<string>',
  labels: 'list<string>',
  flags: 'list<string>',
  budget: 'double',
} as const;

const base = () => new Environment({ unlistedVariablesAreDyn: false });

/** Facts are passed as plain objects, so functions are bound to the facts of the call by this holder. */
let facts: ProgressFacts | null = null;
const ask = (name: ProgressFunction) => (argument: string) => facts?.[name](argument) ?? false;

const withCampaign = (environment: Environment): Environment =>
  environment
    .registerType('Campaign', { fields: CAMPAIGN_FIELDS })
    .registerVariable('campaign', 'Campaign')
    .registerVariable('brief', 'map<string, dyn>');

const withProgress = (environment: Environment): Environment =>
  PROGRESS_FUNCTIONS.reduce(
    (each, name) => each.registerFunction(`${name}(string): bool`, ask(name)),
    environment,
  );

const ENVIRONMENTS: Readonly<Record<Scope, Environment>> = {
  step: withCampaign(base()),
  rule: withProgress(withCampaign(base())),
  trigger: base()
    .registerVariable('value', 'double')
    .registerVariable('previous', 'double')
    .registerVariable('samples', 'int'),
};

/** Null when the expression parses, type-checks and gives true or false. */
export function checkExpression(scope: Scope, text: string): ExpressionError | null {
  if (text.length > MAX_EXPRESSION_LENGTH) {
    return { message: `is longer than ${MAX_EXPRESSION_LENGTH} characters`, range: null };
  }
  const result = ENVIRONMENTS[scope].check(text);
  if (result.error) return { message: result.error.summary, range: result.error.range ?? null };
  if (result.type === 'bool' || result.type === 'dyn') return null;
  return { message: `gives ${result.type ?? 'nothing'} where true or false is needed`, range: null };
}

export interface Surroundings {
  readonly campaign: CampaignFacts;
  readonly brief: Readonly<Record<string, unknown>>;
  readonly progress?: ProgressFacts;
}

/**
 * Whether the condition holds. A condition about a value that is not there (a brief field not yet filled in)
 * does not hold.
 */
export function holds(scope: 'step' | 'rule', text: string, surroundings: Surroundings): boolean {
  const { campaign, brief, progress } = surroundings;
  facts = progress ?? null;
  try {
    return ENVIRONMENTS[scope].evaluate(text, { campaign, brief }) === true;
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  } finally {
    facts = null;
  }
}

/** The progress functions an expression calls with a literal argument, so that a refusal can say what is missing. */
export function progressCalls(text: string): ProgressCall[] {
  const calls: ProgressCall[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value)) return;
    if (value.op === 'call') {
      const [name, args] = value.args;
      const literal = args[0];
      const known = PROGRESS_FUNCTIONS.find((each) => each === name);
      if (known && literal?.op === 'value' && typeof literal.args === 'string') {
        calls.push({ name: known, argument: literal.args });
      }
    }
    visit(value.args);
  };
  visit(ENVIRONMENTS.rule.parse(text).ast);
  return calls;
}

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
