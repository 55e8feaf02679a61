import type { Pattern, Workflow } from '../workflow/workflow.js';
import { ALIGNMENT_GAPS, type AlignmentGap, hasElement } from './first-step.js';
import type { CampaignIncidents, CauseShare, IncidentRegister } from './incident-register.js';
import type { IncidentCause, IncidentKind } from './incidents.js';

/** What a review suggests for a workflow. */
export interface ReviewAdvice {
  readonly text: string;
  /** The figures that it rests on. */
  readonly because: string;
  /** What the API gives to it: the figures, or the change, ready to be proposed. */
  readonly query: string;
}

export interface ReviewedPast {
  /** As it was at the end of the quarter. */
  readonly workflow: Workflow;
  /** Campaigns that ended in the quarter, and their register. */
  readonly campaigns: readonly Pick<CampaignIncidents, 'incidents'>[];
  readonly register: IncidentRegister;
  /** The one place at which all channels could be looked at together; null where there is one, or can be none. */
  readonly quickWin: string | null;
}

/** What happened in one campaign may be an accident. */
const LEAST_CAMPAIGNS = 2;
/** Of all hours of delay, for a cause to be the main one. */
const MOST_OF_DELAY = 0.5;

/** What the incidents of a quarter suggest (R33, R36, R87). */
export function adviceOf(past: ReviewedPast): ReviewAdvice[] {
  const gaps = gapsOf(past);
  return [...causeAdvice(past), ...gateAdvice(past, gaps), ...gapAdvice(past, gaps)];
}

interface Gap {
  readonly kind: IncidentKind & AlignmentGap;
  readonly campaigns: number;
}

/** What went wrong in several campaigns, what did in most of them first. */
function gapsOf({ campaigns, register }: ReviewedPast): Gap[] {
  const counted = register.kinds.map(({ kind }) => ({
    kind,
    campaigns: campaigns.filter(({ incidents }) => incidents.some((each) => each.kind === kind)).length,
  }));
  return counted
    .filter((each) => each.campaigns >= LEAST_CAMPAIGNS)
    .sort((one, other) => other.campaigns - one.campaigns);
}

/** What cost the most hours of delay suggests the pattern that saves them (R87). */
function causeAdvice({ workflow: { key, pattern }, campaigns, register }: ReviewedPast): ReviewAdvice[] {
  const lateFor = (cause: IncidentCause) =>
    campaigns.filter(({ incidents }) => incidents.some((each) => each.cause === cause && each.delay)).length;
  const main = register.causes.find(
    ({ cause, delayShare }) => (delayShare ?? 0) >= MOST_OF_DELAY && lateFor(cause) >= LEAST_CAMPAIGNS,
  );
  const way = main && WAYS[main.cause]?.(pattern);
  if (!way) return [];
  return [{ text: way.text, because: costOf(main), query: `workflow(key: "${key}") { ${way.query} }` }];
}

const costOf = ({ cause, delayHours, delayShare }: CauseShare): string =>
  `${Math.round(delayHours)} h of delay, ${Math.round(100 * (delayShare ?? 0))} % of all, come from ${COSTS[cause]}`;

const COSTS: Readonly<Record<IncidentCause, string>> = {
  sequence: 'steps that slipped and held up all that follows',
  'no-parallel': 'work that waited for steps from which it declares to take nothing',
  'no-adapt': 'signals that were seen and not acted on',
  other: 'what the record does not show',
};

/** Where the pattern is the one that helps already, something smaller than another pattern does. */
const WAYS: Readonly<
  Partial<Record<IncidentCause, (pattern: Pattern) => Pick<ReviewAdvice, 'text' | 'query'>>>
> = {
  sequence: () => ({
    text: 'shorten, split or staff the steps that slip most',
    query: 'currentVersion { forecast { criticality { step index } } }',
  }),
  'no-parallel': (pattern) =>
    pattern === 'sequential'
      ? { text: 'let work run side by side', query: 'transition(to: PARALLEL) { summary }' }
      : {
          text: 'say what each step takes (`needs`), and let go of what nobody takes',
          query: 'currentVersion { steps { key needs produces } }',
        },
  'no-adapt': (pattern) =>
    pattern === 'adaptive'
      ? {
          text: 'look at what holds the triggers back: their guards, or the data',
          query: 'currentVersion { definition }',
        }
      : {
          text: 'let a trigger act on one signal, once the foundation is there',
          query: 'transition(to: ADAPTIVE) { summary }',
        },
};

const gateAdvice = ({ workflow, quickWin }: ReviewedPast, gaps: readonly Gap[]): ReviewAdvice[] => {
  const conflict = gaps.find(({ kind }) => kind === 'messaging-conflict');
  if (!conflict || quickWin === null) return [];
  const query = `workflow(key: "${workflow.key}") { quickWin { summary rationale } }`;
  return [{ text: quickWin, because: countOf(conflict), query }];
};

/** The smallest element that helps against the worst that nothing is there against yet. */
function gapAdvice({ workflow }: ReviewedPast, gaps: readonly Gap[]): ReviewAdvice[] {
  const worst = gaps.find(({ kind }) => !hasElement(workflow, kind));
  if (!worst) return [];
  const { pattern, element } = ALIGNMENT_GAPS[worst.kind];
  const than = pattern === workflow.pattern ? '' : `, as ${pattern} workflows have it`;
  return [
    {
      text: `introduce ${element}${than}`,
      because: countOf(worst),
      query: `incidents(filter: { workflow: ["${workflow.key}"] }) { kinds { kind count } }`,
    },
  ];
}

const countOf = ({ kind, campaigns }: Gap): string =>
  `${campaigns} campaigns that ended had an incident '${kind.replaceAll('-', ' ')}'`;
