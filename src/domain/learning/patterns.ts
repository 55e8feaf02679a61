import { type Pattern, PATTERNS } from '../workflow/workflow.js';

/** What a pattern costs and what it is good for (R7; the table of the article on convergence patterns). */
export interface PatternTraits {
  readonly pattern: Pattern;
  readonly speed: 'slow' | 'medium' | 'fast';
  readonly coordinationOverhead: 'low' | 'medium' | 'high';
  readonly bestFor: string;
}

export const PATTERN_TRAITS: readonly PatternTraits[] = [
  {
    ...{ pattern: 'sequential', speed: 'slow', coordinationOverhead: 'low' },
    bestFor: 'Predictable, low-frequency campaigns',
  },
  {
    ...{ pattern: 'parallel', speed: 'medium', coordinationOverhead: 'medium' },
    bestFor: 'Cross-functional campaigns with moderate complexity',
  },
  {
    ...{ pattern: 'adaptive', speed: 'fast', coordinationOverhead: 'high' },
    bestFor: 'High-velocity, data-driven environments',
  },
];

/** From the simplest to the most demanding. */
export const rankOf = (pattern: Pattern): number => PATTERNS.indexOf(pattern);

/** Of types that the article names; a house's own workflows go before it (R9). */
const KNOWN_TYPES: readonly (readonly [RegExp, Pattern])[] = [
  [/(^|-)always-on(-|$)/, 'adaptive'],
  [/(^|-)events?(-|$)/, 'sequential'],
];

export const patternNamedFor = (campaignType: string): Pattern | null =>
  KNOWN_TYPES.find(([name]) => name.test(campaignType))?.[1] ?? null;
