import { evidenceInWords, type RetrospectivePast } from '../../src/domain/learning/retrospective-words.js';
import {
  actionState,
  effectInWords,
  type RetrospectiveAction,
  withAnswers,
} from '../../src/domain/learning/retrospective.js';
import { metricEffect } from '../../src/domain/learning/metric-effect.js';
import { whenever } from '../../src/domain/learning/servings.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import { definitionsOf, linear, step } from '../support/definitions.js';

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));
const span = (key: string, from: number, to: number) =>
  [`step ${key}`, [{ from: day(from), to: day(to) }]] as const;

describe('what the record says to the questions of a retrospective', () => {
  const { workflow } = definitionsOf(
    linear(step('brief', 'P1D', 'kind: brief'), step('copy', 'P1D'), step('check', 'P1D')),
  );
  const past = (more: Partial<RetrospectivePast>): RetrospectivePast => ({
    ...{ workflow, compiled: compileWorkflow(workflow), work: new Map(), worksAt: () => null },
    ...{
      planned: new Map(),
      until: day(31),
      rejections: [],
      returns: [],
      gates: [],
      drift: [],
      incidents: [],
    },
    ...more,
  });

  it('names the gates that did not pass, and counts the others', () => {
    const gates = ['passed', 'failed', 'deviated', 'passed'].map((status, at) => ({ key: `g${at}`, status }));
    expect(evidenceInWords(past({ gates })).convergence).toEqual([
      "gate 'g1' failed",
      "gate 'g2' was gone past",
      '2 gates passed',
    ]);
  });
  it('names the step that waited longest, and what was returned', () => {
    const work = new Map([span('brief', 1, 2), span('copy', 3, 4), span('check', 7, 8)]);
    const [rejections, returns] = [['check', 'check'], ['main-to-learn']];
    expect(evidenceInWords(past({ work, rejections, returns })).bottlenecks).toEqual([
      "the longest wait: 'check' lay 72 h before it was begun",
      "'check' rejected work 2 times",
      "hand-off 'main-to-learn' was returned once",
    ]);
    const prompt = new Map([span('brief', 1, 2), span('copy', 2, 3)]);
    expect(evidenceInWords(past({ work: prompt })).bottlenecks).toEqual([
      'nothing waited for an hour, and nothing was returned',
    ]);
  });
  it('names the channels that drifted, and since when', () => {
    const entry = { field: 'offerCode', briefValue: 'SPRING25', value: 'SPRING20', channel: 'email' };
    const drift = [{ ...entry, asset: 'mail', since: '2026-01-05T10:00:00.000Z' }];
    const incidents: RetrospectivePast['incidents'] = [
      {
        ...{
          kind: 'messaging-conflict',
          subject: 'discount',
          cause: 'other',
          failurePoint: null,
          delay: null,
        },
        evidence: ["'mail' says 25 %, 'post' says 20 %"],
      },
    ];
    expect(evidenceInWords(past({ drift, incidents })).drift).toEqual([
      "'email' drifted on 2026-01-05: offerCode is 'SPRING20' in 'mail', the brief says 'SPRING25'",
      "messaging conflict 'discount': 'mail' says 25 %, 'post' says 20 %",
    ]);
  });
});

describe('an action of a retrospective', () => {
  const action: RetrospectiveAction = {
    ...{ number: 1, text: 'Ask earlier.', owner: 'ops', dueOn: '2026-02-10', workflow: null, proposal: null },
    ...{ by: 'ops@example.com', at: day(1).toISOString(), doneAt: null },
  };
  it.each([
    ['open', action, false, day(31)],
    ['overdue', action, false, new Date(day(31).getTime() + 1)],
    ['overdue', { ...action, dueOn: '2026-01-02' }, false, day(3)],
    ['open', { ...action, dueOn: '2026-01-02' }, false, new Date(day(3).getTime() - 1)],
    ['done', action, true, day(99)],
    ['done', { ...action, doneAt: day(2).toISOString() }, false, day(99)],
  ] as const)('is %s', (state, given, isCommitted, now) => {
    expect(actionState(given, isCommitted, now)).toBe(state);
  });
  it('has its effect in words', () => {
    expect(effectInWords([], 0)).toBe('no campaign has been created on the version after it yet');
    const values = [
      ...[20, 24, 22, 30, 26, 19, 23, 28].map((value) => ({ versionId: '1', value })),
      ...[12, 15, 9, 14, 11, 16, 10, 13].map((value) => ({ versionId: '2', value })),
    ].map((each) => ({ ...each, createdAt: day(1) }));
    const effect = metricEffect('time-to-launch', values, {
      type: 'versions',
      ...{ before: whenever('1'), after: whenever('2') },
    });
    expect(effectInWords([effect], 8)).toMatch(
      /^8 campaigns since; Time to launch: -11\.5 hours \(-1\d\.?\d* to -\d\.?\d*\), better, 8 campaigns before and 8 after$/,
    );
    const none = metricEffect('roi', [], {
      type: 'versions',
      ...{ before: whenever('1'), after: whenever('2') },
    });
    expect(effectInWords([none], 1)).toBe('1 campaign since; not enough data to tell what it did');
  });
});

it("takes an answer in the place of one's own, and leaves those of others", () => {
  const first = withAnswers({}, { drift: ' No. ' }, 'a', day(1));
  const second = withAnswers(first, { drift: 'Yes.' }, 'b', day(2));
  expect(withAnswers(second, { drift: 'Hardly.' }, 'a', day(3)).drift).toEqual([
    { text: 'Yes.', by: 'b', at: day(2).toISOString() },
    { text: 'Hardly.', by: 'a', at: day(3).toISOString() },
  ]);
});
