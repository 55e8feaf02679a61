import { type ASTNode, Environment, EvaluationError } from '@marcbachmann/cel-js';
import { nearest } from '../suggestion.js';

/**
 * Expressions of the definition language: CEL, type-checked against what is in scope where they stand.
 * `step`: `when` of a step or branch. `demand`: `when` of a Policy's approvals. `rule`: `until` of a rule and CEL checks
 * of a hand-off. `trigger`: `when` of a trigger.
 */
export type Scope = 'step' | 'demand' | 'rule' | 'trigger';

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

/** What a demand of the Policy may ask about the channel that is to be opened (R40). */
export interface ChannelFacts {
  readonly key: string;
  /** Of the channel in the Taxonomy. */
  readonly risk: string;
  /** What its assets, or the whole campaign, are said to contain. */
  readonly flags: readonly string[];
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

/** Offsets into an expression, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A call such as `approved('social-copy')`, and where the name in it stands. */
export interface ProgressCall {
  readonly name: ProgressFunction;
  readonly argument: string;
  readonly range: Range;
}

/** A variable compared with a text, such as `campaign.risk == 'high'` or `'email' in campaign.channels`. */
export interface Comparison {
  readonly subject: string;
  readonly value: string;
  /** Where the value stands, without its quotes. */
  readonly range: Range;
  /** Whether the variable is a list that the value may be in. */
  readonly isMember: boolean;
}

export interface ExpressionError {
  readonly message: string;
  /** Null when the fault has no place. */
  readonly range: Range | null;
  /** The word that was most likely meant at the range. */
  readonly meant: string | null;
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
const CHANNEL_FIELDS = { key: 'string', risk: 'string', flags: 'list<string>' } as const;
const VARIABLES: Readonly<Record<Scope, readonly string[]>> = {
  step: ['campaign', 'brief'],
  demand: ['campaign', 'brief', 'channel'],
  rule: ['campaign', 'brief', ...PROGRESS_FUNCTIONS],
  trigger: ['value', 'previous', 'samples'],
};

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
  demand: withCampaign(base())
    .registerType('Channel', { fields: CHANNEL_FIELDS })
    .registerVariable('channel', 'Channel'),
  rule: withProgress(withCampaign(base())),
  trigger: base()
    .registerVariable('value', 'double')
    .registerVariable('previous', 'double')
    .registerVariable('samples', 'int'),
};

/** An expression that has been read: its fault, or what it asks about. */
export interface ReadExpression {
  readonly error: ExpressionError | null;
  readonly calls: readonly ProgressCall[];
  readonly comparisons: readonly Comparison[];
  /** Fields of the campaign that it asks about, and `brief.<field>`. */
  readonly asks: readonly string[];
  /** Numbers in it. */
  readonly numbers: readonly number[];
  /** Whether it only compares such fields with literals, so that finitely many cases tell all it can say. */
  readonly isExact: boolean;
  evaluate(surroundings: Surroundings): boolean;
  /** The same of a trigger's condition. */
  holdsFor(reading: ReadingFacts): boolean;
}

/** Expressions by scope and text: a repository repeats a few of them very often. Bounded: the oldest goes first. */
const known = new Map<string, ReadExpression>();
const MAX_KNOWN = 2_000;

export function readExpression(scope: Scope, text: string): ReadExpression {
  const name = `${scope} ${text}`;
  const before = known.get(name);
  if (before) return before;
  const [oldest] = known.keys();
  if (known.size >= MAX_KNOWN && oldest !== undefined) known.delete(oldest);
  const read = parse(scope, text);
  known.set(name, read);
  return read;
}

function parse(scope: Scope, text: string): ReadExpression {
  const failed = (message: string, range: Range | null = null, meant: string | null = null) => ({
    error: { message, range, meant },
    calls: [],
    comparisons: [],
    asks: [],
    numbers: [],
    isExact: false,
    evaluate: () => false,
    holdsFor: () => false,
  });
  if (text.length > MAX_EXPRESSION_LENGTH)
    return failed(`is longer than ${MAX_EXPRESSION_LENGTH} characters`);
  try {
    const parsed = ENVIRONMENTS[scope].parse(text);
    const { type, error } = parsed.check();
    if (error) {
      const range = error.range ?? null;
      return failed(plainly(error.summary, scope, text, range), ...meantIn(scope, text, range, parsed.ast));
    }
    if (type !== 'bool' && type !== 'dyn')
      return failed(`gives ${type ?? 'nothing'} where true or false is needed`);
    const found = contents(parsed.ast);
    return {
      error: null,
      ...found,
      evaluate: ({ campaign, brief, progress, channel }) => {
        facts = progress ?? null;
        try {
          return isTrue(parsed, { campaign, brief, ...(channel ? { channel } : {}) });
        } finally {
          facts = null;
        }
      },
      holdsFor: ({ value, previous, samples }) =>
        isTrue(parsed, {
          value,
          ...(previous === null ? {} : { previous }),
          ...(samples === null ? {} : { samples: BigInt(samples) }),
        }),
    };
  } catch (problem) {
    if (!(problem instanceof Error) || !('summary' in problem)) throw problem;
    const range = (problem as { range?: Range }).range ?? null;
    return failed(plainly(String(problem.summary), scope, text, range), range);
  }
}

function isTrue(expression: (context: object) => unknown, context: object): boolean {
  try {
    return expression(context) === true;
  } catch (problem) {
    if (problem instanceof EvaluationError) return false;
    throw problem;
  }
}

/** Operators as people write them who know another language. */
const OPERATORS: Readonly<Record<string, string>> = {
  '=': '==',
  '&': '&&',
  '|': '||',
  and: '&&',
  or: '||',
  not: '!',
};
const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a number',
  double: 'a number',
  bool: 'true or false',
  list: 'a list',
};

/** What the expression library says, in the words of who writes conditions. */
function plainly(summary: string, scope: Scope, text: string, range: Range | null): string {
  const written = range === null ? '' : text.slice(range.start, range.end);
  const operator = summary.startsWith('Unexpected character') ? OPERATORS[written.toLowerCase()] : undefined;
  if (operator !== undefined) return `'${written}' is written '${operator}'`;
  if (summary.endsWith('EOF'))
    return summary.includes('RPAREN') ? "a ')' is missing" : 'it ends where something should follow';
  if (summary === 'Unterminated string') return 'a text is not closed';
  const [, one = '', sign = '', other = ''] = /^no such overload: (\w+) (\S+) (\w+)/.exec(summary) ?? [];
  if (sign !== '')
    return `${TYPES[one] ?? one} and ${TYPES[other] ?? other} do not go together with '${sign}'`;
  const [, call] = /^found no matching overload for '(\w+)\(/.exec(summary) ?? [];
  if (call !== undefined) {
    return PROGRESS_FUNCTIONS.some((each) => each === call) && scope !== 'rule'
      ? `'${call}' can be asked only by 'until' of a rule and 'cel' of a hand-off`
      : `there is no '${call}' that takes this`;
  }
  const [, field] = /^No such key: (.*)$/.exec(summary) ?? [];
  if (field !== undefined)
    return `a ${written.startsWith('channel.') ? 'channel' : 'campaign'} has no '${field}'`;
  const [, name] = /^Unknown variable: (.*)$/.exec(summary) ?? [];
  return name === undefined ? summary : `'${name}' is unknown here; a text stands in quotes`;
}

const STRUCTURES = { campaign: CAMPAIGN_FIELDS, channel: CHANNEL_FIELDS };
const isStructure = (name: string): name is keyof typeof STRUCTURES => Object.hasOwn(STRUCTURES, name);

/** Where the unknown word of a faulty expression stands, and which known one is like it. */
function meantIn(
  scope: Scope,
  text: string,
  range: Range | null,
  root: ASTNode,
): [Range | null, string | null] {
  for (const node of nodesOf(root)) {
    if (node.op === 'id' && !VARIABLES[scope].includes(node.args)) {
      return [{ start: node.start, end: node.end }, nearest(node.args, VARIABLES[scope])];
    }
    if (node.op === 'call' && !VARIABLES[scope].includes(node.args[0]) && node.start === range?.start) {
      const [name] = node.args;
      return [{ start: node.start, end: node.start + name.length }, nearest(name, VARIABLES[scope])];
    }
    if (node.op === '.' && node.args[0].op === 'id' && isStructure(node.args[0].args)) {
      const fields = STRUCTURES[node.args[0].args];
      const [, field] = node.args;
      if (Object.hasOwn(fields, field)) continue;
      const start = text.lastIndexOf(field, node.end);
      return [{ start, end: start + field.length }, nearest(field, Object.keys(fields))];
    }
  }
  return [range, null];
}

export interface Surroundings {
  readonly campaign: CampaignFacts;
  readonly brief: Readonly<Record<string, unknown>>;
  readonly progress?: ProgressFacts;
  readonly channel?: ChannelFacts;
}

/**
 * Whether the condition holds. A condition about a value that is not there (a brief field not yet filled in)
 * does not hold.
 */
export const holds = (scope: 'step' | 'demand' | 'rule', text: string, surroundings: Surroundings): boolean =>
  readExpression(scope, text).evaluate(surroundings);

/** What the condition of a trigger may ask about. */
export interface ReadingFacts {
  readonly value: number;
  readonly previous: number | null;
  readonly samples: number | null;
}

/** Whether a trigger's condition holds at a value; one about something that is not there does not. */
export const holdsFor = (text: string, reading: ReadingFacts): boolean =>
  readExpression('trigger', text).holdsFor(reading);

/** The progress functions a rule calls with a literal argument, so that a refusal can say what is missing. */
export const progressCalls = (text: string): readonly ProgressCall[] => readExpression('rule', text).calls;

function* nodesOf(value: unknown): Generator<ASTNode> {
  if (Array.isArray(value)) for (const each of value) yield* nodesOf(each);
  if (!isNode(value)) return;
  yield value;
  yield* nodesOf(value.args);
}

/** Operations that an exact expression is made of. */
const EXACT: ReadonlySet<string> = new Set([
  'value',
  'id',
  '.',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  '&&',
  '||',
  '!_',
  '?:',
  'list',
]);

function contents(
  root: ASTNode,
): Pick<ReadExpression, 'calls' | 'comparisons' | 'asks' | 'numbers' | 'isExact'> {
  const calls: ProgressCall[] = [];
  const comparisons: Comparison[] = [];
  const asks = new Set<string>();
  const numbers: number[] = [];
  let isExact = true;
  for (const node of nodesOf(root)) {
    if (!EXACT.has(node.op)) isExact = false;
    if (node.op === 'value' && (typeof node.args === 'number' || typeof node.args === 'bigint')) {
      numbers.push(Number(node.args));
    }
    const subject = subjectOf(node);
    if (subject !== null) asks.add(subject);
    if (node.op === 'call') {
      const [name, [argument]] = node.args;
      const asked = PROGRESS_FUNCTIONS.find((each) => each === name);
      if (asked && argument?.op === 'value' && typeof argument.args === 'string') {
        calls.push({ name: asked, argument: argument.args, range: insideQuotes(argument) });
      }
    }
    if (node.op === '==' || node.op === '!=' || node.op === 'in') {
      const [left, right] = node.args;
      const isMember = node.op === 'in' && right.op !== 'list';
      comparisons.push(...compared(left, right, false), ...compared(right, left, isMember));
    }
  }
  return { calls, comparisons, asks: [...asks], numbers, isExact };
}

function compared(subject: ASTNode, value: ASTNode, isMember: boolean): Comparison[] {
  const name = subjectOf(subject);
  if (name === null) return [];
  const values = value.op === 'list' ? value.args : [value];
  return values.flatMap((each) =>
    each.op === 'value' && typeof each.args === 'string'
      ? [{ subject: name, value: each.args, range: insideQuotes(each), isMember }]
      : [],
  );
}

/** `campaign.risk`, `brief.segments`; null for anything else. */
function subjectOf(node: ASTNode): string | null {
  if (node.op !== '.' || node.args[0].op !== 'id') return null;
  return `${node.args[0].args}.${node.args[1]}`;
}

const insideQuotes = ({ start, end }: ASTNode): Range => ({ start: start + 1, end: end - 1 });

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
