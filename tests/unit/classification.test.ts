import * as actions from '../../src/domain/campaign/actions.js';
import { type Actor, actorOf } from '../../src/domain/campaign/actor.js';
import { evaluateGate } from '../../src/domain/campaign/convergence.js';
import { acceptHandoff } from '../../src/domain/campaign/handoffs.js';
import type { Situation } from '../../src/domain/campaign/situation.js';
import { stepsOf } from '../../src/domain/workflow/steps.js';
import type { Classification } from '../../src/domain/workflow/diff/change.js';
import { diffWorkflows } from '../../src/domain/workflow/diff/diff.js';
import type { Workflow } from '../../src/domain/workflow/workflow.js';
import { Play } from '../support/play.js';
import { Chance, mutated, randomWorkflow, ROLES } from '../support/random-workflow.js';

/** `WEIR_PAIRS=10000` asks for as many as the nightly run. */
const PAIRS = Number(process.env['WEIR_PAIRS'] ?? 100);
const ACTORS = ROLES.map((role) => actorOf(role, ['contributor', 'approver', 'steward', role]));
const BRIEF = { offerCode: 'SPRING', segments: ['smb'], launchDate: '2026-12-01' };

type Decide = (situation: Situation, actor: Actor) => actions.Decision;

/** Everything that somebody could try, by what it is called. */
function attempts(workflow: Workflow): Map<string, Decide> {
  const found = new Map<string, Decide>([['end', actions.endCampaign]]);
  for (const { key } of stepsOf(workflow)) {
    found.set(`start step ${key}`, (situation, actor) => actions.startStep(situation, actor, key));
    found.set(`complete step ${key}`, (situation, actor) => actions.completeStep(situation, actor, key));
    found.set(`skip step ${key}`, (situation, actor) => actions.skipStep(situation, actor, key));
    found.set(`approve step ${key}`, (situation, actor) => actions.approve(situation, actor, key, null));
    found.set(`reject step ${key}`, (situation, actor) => actions.reject(situation, actor, key, 'again'));
  }
  for (const section of workflow.sections)
    for (const { key, checks } of section.gates)
      found.set(`evaluate gate ${key}`, (situation, actor) =>
        evaluateGate(situation, actor, key, {
          measured: Object.fromEntries(checks.map(({ metric }) => [metric, 0.6])),
          stated: {},
        }),
      );
  for (const { key } of workflow.handoffs)
    found.set(`accept handoff ${key}`, (situation, actor) => acceptHandoff(situation, actor, key));
  return found;
}

const allowed = (situation: Situation, all: ReadonlyMap<string, Decide>): Set<string> =>
  new Set(
    [...all].flatMap(([name, decide]) =>
      ACTORS.filter((actor) => decide(situation, actor).changes !== null).map(
        (actor) => `${actor.name}: ${name}`,
      ),
    ),
  );

/** Plays a campaign at random; at each moment compares what it may do with what it might under the other version. */
function contradiction(
  before: Workflow,
  after: Workflow,
  claim: Classification,
  seed: number,
): string | null {
  const chance = new Chance(seed);
  const play = new Play(before, chance.one(['low', 'high']));
  if (chance.is(0.8)) Object.assign(play.brief, BRIEF);
  const [old, now] = [attempts(before), attempts(after)];
  for (let moment = 0; moment < 60; moment++) {
    const may = allowed(play.situation, old);
    const might = allowed(play.under(after), now);
    for (const each of may) {
      const isLifted = /(gate|handoff) /.test(each) && !now.has(each.replace(/^\w+: /, ''));
      if (!might.has(each) && !isLifted) return `moment ${moment}: no longer ${each}`;
    }
    const more = [...might].find((each) => !may.has(each));
    if (claim === 'none' && more !== undefined) return `moment ${moment}: now also ${more}`;
    const moves = [...may].filter((each) => !each.endsWith(': end'));
    if (moves.length === 0) return null;
    const [who = '', what = ''] = chance.one(moves).split(': ');
    const actor = ACTORS.find(({ name }) => name === who);
    const decide = old.get(what);
    if (actor && decide) play.do((situation) => decide(situation, actor));
  }
  return null;
}

describe('what a change means for a running campaign', () => {
  it('is what a campaign experiences that goes on under the other version', () => {
    const tally = { none: 0, compatible: 0, breaking: 0 };
    const wrong: unknown[] = [];
    for (let seed = 0; seed < PAIRS; seed++) {
      const before = randomWorkflow(seed);
      const { workflow: after, names } = mutated(before, seed, 1 + (seed % 2));
      const { changes, classification } = diffWorkflows(before, after);
      if (changes.length === 0) continue;
      tally[classification] += 1;
      if (classification === 'breaking') continue;
      for (const run of [1, 2, 3]) {
        const found = contradiction(before, after, classification, seed * 10 + run);
        if (found !== null)
          wrong.push({
            seed,
            names,
            found,
            changes: changes.map(({ summary, classification: claim }) => `${summary}: ${claim}`),
          });
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(Math.min(...Object.values(tally))).toBeGreaterThan(PAIRS / 20);
  });
});
