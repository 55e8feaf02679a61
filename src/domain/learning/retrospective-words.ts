import type { DriftEntry } from '../alignment/drift.js';
import { stepsOf } from '../workflow/steps.js';
import type { Waits } from '../workflow/diff/waits.js';
import type { Workflow } from '../workflow/workflow.js';
import type { Incident } from './incidents.js';
import type { Question } from './retrospective.js';

/** The record of a campaign, as far as the three questions rest on it. */
export interface RetrospectivePast {
  readonly workflow: Workflow;
  readonly waits: Waits;
  readonly steps: readonly {
    readonly key: string;
    readonly round: number;
    readonly startedAt: Date | null;
    readonly finishedAt: Date | null;
  }[];
  readonly gates: readonly { readonly key: string; readonly status: string }[];
  readonly drift: readonly (DriftEntry & { readonly since: string })[];
  readonly incidents: readonly Incident[];
}

const HOUR = 3_600_000;
/** Nobody calls it waiting. */
const LEAST_HOURS = 1;
/** More than anybody reads under one question. */
const MOST_LINES = 20;

/** What the record says to each question, in words; at least one sentence (R90). */
export function evidenceInWords(past: RetrospectivePast): Readonly<Record<Question, readonly string[]>> {
  const of = (...kinds: Incident['kind'][]): string[] =>
    past.incidents
      .filter(({ kind }) => kinds.includes(kind))
      .map(
        ({ kind, subject, evidence }) => `${kind.replaceAll('-', ' ')} '${subject}': ${evidence.join('; ')}`,
      );
  const said = (lines: readonly string[], otherwise: string): readonly string[] =>
    lines.length === 0 ? [otherwise] : lines.slice(0, MOST_LINES);
  return {
    convergence: said(
      [...gates(past), ...of('missed-deadline', 'uncommunicated-milestone', 'slow-reaction', 'budget-waste')],
      'the workflow has no gate that was evaluated, and nothing was late',
    ),
    bottlenecks: said(
      [...longestWait(past), ...returns(past), ...of('late-handoff')],
      'no step waited for an hour, and nothing was returned',
    ),
    drift: said(
      [
        ...past.drift.map(
          ({ channel, asset, field, value, briefValue, since }) =>
            `'${channel}' drifted on ${since.slice(0, 10)}: ${field} is '${value}'${asset === null ? '' : ` in '${asset}'`}, the brief says '${briefValue}'`,
        ),
        ...of('messaging-conflict'),
      ],
      'no channel differed from the brief when it was measured last',
    ),
  };
}

function gates({ gates: recorded }: RetrospectivePast): string[] {
  const passed = recorded.filter(({ status }) => status === 'passed').length;
  const others = recorded.flatMap(({ key, status }) =>
    status === 'failed'
      ? [`gate '${key}' failed`]
      : status === 'deviated'
        ? [`gate '${key}' was gone past`]
        : [],
  );
  return passed === 0 ? others : [...others, `${passed} ${passed === 1 ? 'gate' : 'gates'} passed`];
}

/** From the end of the last step that it certainly waited for to its own start, around the clock. */
function longestWait({ waits, steps }: RetrospectivePast): string[] {
  const ends = new Map(steps.map(({ key, finishedAt }) => [`step ${key}`, finishedAt?.getTime()]));
  const waited = steps.flatMap(({ key, startedAt }) => {
    const before = [...(waits.certain.get(`step ${key}`) ?? [])].flatMap((name) => ends.get(name) ?? []);
    if (!startedAt || before.length === 0) return [];
    return [{ key, hours: (startedAt.getTime() - Math.max(...before)) / HOUR }];
  });
  const [longest] = waited
    .filter(({ hours }) => hours >= LEAST_HOURS)
    .sort((one, other) => other.hours - one.hours);
  return longest
    ? [`'${longest.key}' waited longest: ${Math.round(longest.hours)} h before it was begun`]
    : [];
}

const returns = ({ workflow, steps }: RetrospectivePast): string[] => {
  const rounds = new Map(steps.map(({ key, round }) => [key, round]));
  return stepsOf(workflow).flatMap(({ key }) => {
    const round = rounds.get(key) ?? 0;
    return round > 0 ? [`'${key}' was returned ${round === 1 ? 'once' : `${round} times`}`] : [];
  });
};
