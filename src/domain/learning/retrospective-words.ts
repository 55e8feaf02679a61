import type { DriftEntry } from '../alignment/drift.js';
import { type Wait, waitsOf, type WorkPast } from './delay.js';
import type { Incident } from './incidents.js';
import type { Question } from './retrospective.js';

/** The record of a campaign, as far as the three questions rest on it. */
export interface RetrospectivePast extends WorkPast {
  /** Keys of approvals and reviews that rejected work, and of hand-offs that were returned, once for each time. */
  readonly rejections: readonly string[];
  readonly returns: readonly string[];
  readonly gates: readonly { readonly key: string; readonly status: string }[];
  readonly drift: readonly (DriftEntry & { readonly since: string })[];
  readonly incidents: readonly Incident[];
}

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
      [...longestWait(waitsOf(past)), ...returns(past), ...of('late-handoff')],
      'nothing waited for an hour, and nothing was returned',
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

const longestWait = ([longest]: readonly Wait[]): string[] =>
  longest ? [`the longest wait: ${longest.text}`] : [];

const returns = ({ rejections, returns: returned }: RetrospectivePast): string[] => [
  ...counted(rejections).map(([key, times]) => `'${key}' rejected work ${times}`),
  ...counted(returned).map(([key, times]) => `hand-off '${key}' was returned ${times}`),
];

const counted = (keys: readonly string[]): (readonly [string, string])[] =>
  [...new Set(keys)].map((key) => {
    const count = keys.filter((each) => each === key).length;
    return [key, count === 1 ? 'once' : `${count} times`];
  });
