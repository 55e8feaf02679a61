import * as actions from '../../src/domain/campaign/actions.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { evaluateGate } from '../../src/domain/campaign/convergence.js';
import { deviate } from '../../src/domain/campaign/deviation.js';
import type { Situation } from '../../src/domain/campaign/situation.js';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/workflow/document.js';
import { Play, workflowOf } from '../support/play.js';

const step = (id: string) => `{ id: ${id}, responsible: a, accountable: a, effort: P1D }`;
const workflow = workflowOf(`apiVersion: weir/v1
kind: Workflow
id: test
name: Test
steward: a
pattern: parallel
sections:
  - id: both
    model: parallel
    lanes: { one: { steps: [${step('left')}] }, two: { steps: [${step('right')}] } }
    gates: [{ id: together, at: endpoint, merge: all, checks: [{ metric: message-consistency, atLeast: 0.9 }], onFail: block }]
  - { id: after, model: linear, steps: [{ id: look-back, kind: retrospective, responsible: a, accountable: a }] }
`);
const policy: Policy = { ...DEFAULT_POLICY, deviations: [{ from: ['gate'], when: null, by: ['a'] }] };
const past = (situation: Situation) =>
  deviate(situation, LOCAL_ACTOR, { kind: 'gate', key: 'together', rationale: 'Late.', told: ['a'] });
const evaluate = (value: number) => (situation: Situation) =>
  evaluateGate(situation, LOCAL_ACTOR, 'together', {
    measured: { 'message-consistency': value },
    stated: {},
  });

describe('a gate that is gone past', () => {
  const reached = (rules = policy): Play => {
    const play = new Play(workflow, 'medium', rules);
    for (const key of ['left', 'right']) {
      play.do((situation) => actions.startStep(situation, LOCAL_ACTOR, key));
      play.do((situation) => actions.completeStep(situation, LOCAL_ACTOR, key));
    }
    return play;
  };
  const gate = (play: Play) => play.situation.progress.gates.get('together')?.status;

  it('holds nothing up any more, evaluated or not, and is not called passed', () => {
    for (const value of [null, 0.1]) {
      const play = reached();
      if (value !== null) play.do(evaluate(value));
      expect(play.status('look-back')).toBe('waiting');
      expect(play.do(past)).toEqual([]);
      expect([gate(play), play.status('look-back')]).toEqual(['deviated', 'ready']);
      expect(play.do(past)).toEqual(['NOTHING_TO_DEVIATE']);
    }
  });

  it('is passed where there is nothing to go past, and stays shut where the Policy says nothing', () => {
    const passed = reached();
    passed.do(evaluate(1));
    expect(passed.do(past)).toEqual(['NOTHING_TO_DEVIATE']);
    const strict = reached(DEFAULT_POLICY);
    expect(strict.do(past)).toEqual(['DEVIATION_NOT_ALLOWED']);
    expect(strict.status('look-back')).toBe('waiting');
  });
});
