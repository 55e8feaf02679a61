import type { Pattern } from '../workflow/workflow.js';
import { PATTERNS } from '../workflow/workflow.js';
import { rankOf } from './patterns.js';

export const LEVELS = ['low', 'medium', 'high'] as const;
export type Level = (typeof LEVELS)[number];
export const DATA_INFRASTRUCTURES = ['weak', 'strong'] as const;
export type DataInfrastructure = (typeof DATA_INFRASTRUCTURES)[number];

/** The checklist of the article on convergence patterns (R26). */
export interface PatternInputs {
  readonly complexity: Level;
  readonly maturity: Level;
  readonly dataInfrastructure: DataInfrastructure;
  readonly speed: Level;
}
export type Criterion = keyof PatternInputs;

export interface Vote {
  readonly criterion: Criterion;
  readonly value: string;
  /** Patterns that it speaks for; weak data speak for two. */
  readonly patterns: readonly Pattern[];
}

export interface Recommendation {
  /** Version of the rules that it follows (R29). */
  readonly rules: number;
  readonly pattern: Pattern;
  readonly votes: readonly Vote[];
  readonly isUnanimous: boolean;
  /** What speaks for another pattern, in words. */
  readonly conflicts: readonly string[];
  readonly explanation: string;
}

/** Raised when an input could lead to another answer; what was decided before keeps the version that was in force then. */
export const RULES_VERSION = 1;

const BY_LEVEL: Readonly<Record<Level, readonly Pattern[]>> = {
  low: ['sequential'],
  medium: ['parallel'],
  high: ['adaptive'],
};
const BY_DATA: Readonly<Record<DataInfrastructure, readonly Pattern[]>> = {
  weak: ['sequential', 'parallel'],
  strong: ['adaptive'],
};
const WORDS: Readonly<Record<Criterion, string>> = {
  complexity: 'campaign complexity',
  maturity: 'team maturity',
  dataInfrastructure: 'data infrastructure',
  speed: 'required speed',
};

/**
 * Each criterion votes; most votes win. Adaptive is out of the question without its foundation, whatever the votes (R32).
 * Between as many votes, the pattern nearest to all votes wins, and of those the simplest (R33).
 */
export function recommendPattern(inputs: PatternInputs): Recommendation {
  const votes = votesOn(inputs);
  const missing = missingFoundation(inputs);
  const possible = PATTERNS.filter((pattern) => pattern !== 'adaptive' || missing.length === 0);
  const [pattern = 'sequential'] = [...possible].sort(
    (one, other) =>
      countFor(other, votes) - countFor(one, votes) ||
      distance(one, votes) - distance(other, votes) ||
      rankOf(one) - rankOf(other),
  );
  const against = votes.filter(({ patterns }) => !patterns.includes(pattern));
  const conflicts = [
    ...against.map(
      ({ criterion, value, patterns }) =>
        `${WORDS[criterion]} is ${value}, which speaks for ${patterns.join(' or ')}`,
    ),
    ...(countFor('adaptive', votes) > 0 && missing.length > 0
      ? [`adaptive lacks its foundation: ${missing.map((each) => WORDS[each]).join(' and ')}`]
      : []),
  ];
  return {
    ...{ rules: RULES_VERSION, pattern, votes, isUnanimous: against.length === 0, conflicts },
    explanation: explain(pattern, votes, against.length),
  };
}

const votesOn = ({ complexity, maturity, dataInfrastructure, speed }: PatternInputs): Vote[] => [
  { criterion: 'complexity', value: complexity, patterns: BY_LEVEL[complexity] },
  { criterion: 'maturity', value: maturity, patterns: BY_LEVEL[maturity] },
  { criterion: 'dataInfrastructure', value: dataInfrastructure, patterns: BY_DATA[dataInfrastructure] },
  { criterion: 'speed', value: speed, patterns: BY_LEVEL[speed] },
];

/** What adaptive rests on and is not there. */
export const missingFoundation = ({
  maturity,
  dataInfrastructure,
}: Pick<PatternInputs, 'maturity' | 'dataInfrastructure'>): Criterion[] => [
  ...(maturity === 'low' ? ['maturity' as const] : []),
  ...(dataInfrastructure === 'weak' ? ['dataInfrastructure' as const] : []),
];

const countFor = (pattern: Pattern, votes: readonly Vote[]): number =>
  votes.filter(({ patterns }) => patterns.includes(pattern)).length;

/** How many patterns lie between it and what was voted for, over all votes. */
const distance = (pattern: Pattern, votes: readonly Vote[]): number =>
  votes.reduce(
    (sum, { patterns }) =>
      sum + Math.min(...patterns.map((each) => Math.abs(rankOf(each) - rankOf(pattern)))),
    0,
  );

function explain(pattern: Pattern, votes: readonly Vote[], against: number): string {
  const reasons = votes
    .filter(({ patterns }) => patterns.includes(pattern))
    .map(({ criterion, value }) => `${WORDS[criterion]} is ${value}`);
  const counted = `${votes.length - against} of ${votes.length} criteria`;
  return against === 0
    ? `${pattern}: all criteria agree (${reasons.join(', ')})`
    : `${pattern}: ${counted} speak for it${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`;
}

/** The inputs of a decision as a definition gives them; null where one is missing or unknown. */
export function inputsFrom(given: Readonly<Record<string, string>>): PatternInputs | null {
  const level = (name: string) => LEVELS.find((each) => each === given[name]);
  const [complexity, maturity, speed] = [level('complexity'), level('maturity'), level('speed')];
  const dataInfrastructure = DATA_INFRASTRUCTURES.find((each) => each === given['dataInfrastructure']);
  if (!complexity || !maturity || !speed || !dataInfrastructure) return null;
  return { complexity, maturity, dataInfrastructure, speed };
}
