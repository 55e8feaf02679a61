import { type CampaignFacts, type Comparison, readExpression } from '../expression.js';
import { branchesOf, stepsOf } from '../steps.js';
import type { Workflow } from '../workflow.js';

/** A kind of campaign, as far as the conditions of a workflow can tell campaigns apart. */
export interface Case {
  readonly facts: CampaignFacts;
  readonly brief: Readonly<Record<string, string | readonly string[]>>;
  /** In words, for example `risk 'low'`; empty where no condition asks. */
  readonly description: string;
}

/** More combinations than a person would test; beyond, nothing is concluded. */
const MAX_CASES = 1_024;

/**
 * Every kind of campaign that the conditions of a workflow tell apart: all values that they compare with, and one that
 * differs from all of these. Exact as long as conditions only compare a campaign's or brief's field with literals.
 * Null when there are too many, or a condition does something else.
 */
export function casesOf(workflow: Workflow): readonly Case[] | null {
  const texts = [...stepsOf(workflow), ...branchesOf(workflow)].flatMap(({ when }) =>
    when === null ? [] : [when],
  );
  const conditions = [...new Set(texts)].map((text) => readExpression('step', text));
  if (conditions.some((each) => each.error !== null || !each.isExact)) return null;
  const asked = new Set(conditions.flatMap((each) => each.asks));
  const comparisons = conditions.flatMap((each) => each.comparisons);
  let cases: Case[] = [{ facts: usualFacts(workflow), brief: {}, description: '' }];
  for (const subject of [...asked].sort()) {
    const values = valuesOf(subject, comparisons, conditions, workflow);
    if (cases.length * values.length > MAX_CASES) return null;
    cases = cases.flatMap((each) => values.map((value) => withValue(each, subject, value)));
  }
  return cases;
}

const usualFacts = (workflow: Workflow): CampaignFacts => ({
  key: 'campaign',
  type: workflow.campaignTypes[0] ?? workflow.key,
  risk: 'medium',
  regulated: workflow.regulated,
  channels: workflow.channels,
  labels: [],
  flags: [],
  budget: 0,
});

type Value = string | number | boolean | readonly string[];
/** A text that no condition compares with. */
const OTHER = 'anything else';

function valuesOf(
  subject: string,
  comparisons: readonly Comparison[],
  conditions: readonly { readonly numbers: readonly number[] }[],
  workflow: Workflow,
): readonly Value[] {
  const here = comparisons.filter((each) => each.subject === subject);
  const words = [...new Set(here.map((each) => each.value))];
  switch (subject) {
    case 'campaign.risk':
      return ['low', 'medium', 'high'];
    case 'campaign.regulated':
      return [workflow.regulated];
    case 'campaign.type':
      return workflow.campaignTypes.length > 0 ? workflow.campaignTypes : [...words, OTHER];
    case 'campaign.budget':
      return numbersAround(conditions.flatMap((each) => each.numbers));
    case 'campaign.channels':
      return subsets(words.filter((word) => workflow.channels.includes(word))).map((chosen) => [
        ...workflow.channels.filter((channel) => !words.includes(channel)),
        ...chosen,
      ]);
    case 'campaign.labels':
    case 'campaign.flags':
      return subsets(words);
    default:
      return here.some((each) => each.isMember) ? subsets(words) : [...words, OTHER];
  }
}

const numbersAround = (numbers: readonly number[]): number[] => [
  ...new Set([0, ...numbers.flatMap((each) => [each - 1, each, each + 1])].filter((each) => each >= 0)),
];

const subsets = (words: readonly string[]): string[][] =>
  words.slice(0, 12).reduce<string[][]>((sets, word) => sets.flatMap((set) => [set, [...set, word]]), [[]]);

function withValue(before: Case, subject: string, value: Value): Case {
  const [holder, field = ''] = subject.split('.');
  const shown = Array.isArray(value) ? `[${value.join(', ')}]` : `'${String(value)}'`;
  const description = [before.description, `${holder === 'brief' ? 'brief.' : ''}${field} ${shown}`]
    .filter((part) => part !== '')
    .join(', ');
  return holder === 'campaign'
    ? { ...before, description, facts: { ...before.facts, [field]: value } }
    : { ...before, description, brief: { ...before.brief, [field]: value as string | readonly string[] } };
}

/** Whether a condition holds for a kind of campaign; an absent one always does. */
export const holdsIn = ({ facts, brief }: Case, when: string | null): boolean =>
  when === null || readExpression('step', when).evaluate({ campaign: facts, brief });
