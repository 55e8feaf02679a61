import * as actions from '../../src/domain/campaign/actions.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { acceptHandoff } from '../../src/domain/campaign/handoffs.js';
import { type Assessment, Migration } from '../../src/domain/campaign/migration/migration.js';
import { Version } from '../../src/domain/campaign/migration/version.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/workflow/document.js';
import type { Workflow } from '../../src/domain/workflow/workflow.js';
import { explore } from '../support/explorer.js';
import { Play, workflowOf } from '../support/play.js';

const step = (id: string, more = '') =>
  `{ id: ${id}, responsible: ops, accountable: ops, effort: P1D${more === '' ? '' : `, ${more}`} }`;
const head =
  'apiVersion: weir/v1\nkind: Workflow\nid: flow\nname: Flow\nsteward: ops\npattern: sequential\nchannels: [email]\n';
const section = (id: string, ...steps: string[]) =>
  `  - { id: ${id}, model: linear, steps: [${steps.join(', ')}] }\n`;
const lanes = (id: string, gates: string, ...chains: string[][]) =>
  `  - { id: ${id}, model: parallel, lanes: { ${chains.map((chain, at) => `l${at}: { steps: [${chain.join(', ')}] }`).join(', ')} }, gates: [${gates}] }\n`;
const flow = (sections: string, more = '') => workflowOf(`${head}sections:\n${sections}${more}`);
const linear = (...steps: string[]) => flow(section('main', ...steps));
const BLOCK = 'at: endpoint, merge: all, onFail: block';

/** A campaign on a version, after these steps and other actions. */
function after(workflow: Workflow, ...done: string[]): Play {
  const play = new Play(workflow);
  for (const each of done) {
    const [verb = '', key = ''] = each.includes(' ') ? each.split(' ') : ['finish', each];
    const act = {
      start: () => play.do((situation) => actions.startStep(situation, LOCAL_ACTOR, key)),
      finish: () => [
        ...play.do((situation) => actions.startStep(situation, LOCAL_ACTOR, key)),
        ...play.do((situation) => actions.completeStep(situation, LOCAL_ACTOR, key)),
      ],
      approve: () => play.do((situation) => actions.approve(situation, LOCAL_ACTOR, key, null)),
      reject: () => play.do((situation) => actions.reject(situation, LOCAL_ACTOR, key, 'again')),
      launch: () => play.do((situation) => actions.launchChannel(situation, LOCAL_ACTOR, key)),
      accept: () => play.do((situation) => acceptHandoff(situation, LOCAL_ACTOR, key)),
    }[verb];
    if (act?.().length !== 0) throw new Error(`'${each}' is refused`);
  }
  return play;
}

const versionOf = (workflow: Workflow, policy: Policy = DEFAULT_POLICY) =>
  new Version(workflow, compileWorkflow(workflow), policy);

function assess({ workflow, situation }: Play, other: Workflow, policy?: Policy): Assessment {
  return new Migration(versionOf(workflow), versionOf(other, policy)).assess(
    situation.campaign,
    situation.state,
  );
}

describe('a campaign is stuck', () => {
  it('where a new gate stands before what has begun', () => {
    const play = after(
      flow(lanes('make', '', [step('a')], [step('b')]) + section('out', step('send'))),
      'a',
      'b',
      'start send',
    );
    const gated = flow(
      lanes('make', `{ id: check, ${BLOCK} }`, [step('a')], [step('b')]) + section('out', step('send')),
    );
    expect(assess(play, gated)).toMatchObject({
      effect: 'stuck',
      detail: "'send' has begun although gate 'check', which is not passed, comes first",
    });
    const telling = flow(
      lanes('make', `{ id: check, ${BLOCK.replace('block', 'alert')} }`, [step('a')], [step('b')]) +
        section('out', step('send')),
    );
    expect(assess(play, telling).effect).toBe('movable');
  });

  it('where a new hand-off stands before a section that has begun', () => {
    const sections = section('one', step('a')) + section('two', step('b'));
    const play = after(flow(sections), 'a', 'start b');
    const handed = flow(sections, 'handoffs: [{ from: one, to: two, payload: [], mode: async }]\n');
    expect(assess(play, handed)).toMatchObject({
      effect: 'stuck',
      detail: "'b' has begun although hand-off 'one-to-two', which is not accepted, comes first",
    });
  });

  it('where a channel is live that a rule or the Policy would not let go live', () => {
    const steps = [
      step('a', 'kind: approval, approves: [copy]'),
      step('send', 'kind: launch, channel: email'),
    ];
    const side = (rule: string) =>
      flow(lanes('all', '', [steps[0] ?? ''], [steps[1] ?? '']) + section('end', step('z')), rule);
    const play = after(side(''), 'launch email');
    const ruled = assess(
      play,
      side("rules: [{ id: first, block: 'launch:email', until: \"approved('copy')\" }]\n"),
    );
    expect(ruled.detail).toMatch(/^the launch on 'email' has happened, but rule 'first' forbids/);
    const policy = { ...DEFAULT_POLICY, approvals: [{ when: 'true', require: ['ops'] }] };
    expect(assess(play, side(''), policy).detail).toMatch(/^'email' has been launched, but where true/);
  });

  it('where two branches of what is a choice now have begun', () => {
    const both = linear(`{ allOf: [${step('a')}, ${step('b')}] }`, step('c'));
    const choice = linear(`{ oneOf: [${step('a')}, ${step('b')}] }`, step('c'));
    expect(assess(after(both, 'a', 'start b'), choice)).toMatchObject({
      effect: 'stuck',
      detail: "'a' and 'b' have both begun, and are a choice there",
    });
    expect(assess(after(both, 'a'), choice).effect).toBe('movable');
  });

  it('where the rework of what was rejected is gone', () => {
    const rework =
      'kind: review, rework: { to: copy, via: { id: mend, responsible: ops, accountable: ops }, max: 2 }';
    const play = after(linear(step('copy'), step('look', rework), step('end')), 'copy', 'reject look');
    const found = assess(play, linear(step('copy'), step('look', 'kind: review'), step('end')));
    expect(found.detail).toBe("it would wait for ever: 'look' was rejected, and nothing leads on from there");
    expect(found.trace).toEqual([
      'done: copy',
      "then: 'look' was rejected, and nothing leads on from there",
      'for ever open: look, end',
    ]);
  });

  it('where work that is under way is gone, or would be done again', () => {
    const old = linear(step('a'), step('b', 'produces: [copy]'), step('c'));
    expect(assess(after(old, 'a', 'start b'), linear(step('a'), step('c'))).detail).toBe(
      "'b' is started, and the other version does not have it",
    );
    const other = linear(
      step('a'),
      step('c'),
      step('write', 'kind: brief, produces: [copy], optional: true'),
    );
    expect(assess(after(old, 'a', 'b'), other).detail).toBe(
      "'write' would do again what 'b', which is gone there, has done: copy",
    );
    const choice = linear(`{ oneOf: [${step('a')}, ${step('b')}, ${step('d')}] }`, step('c'));
    const less = linear(`{ oneOf: [${step('b')}, ${step('d')}] }`, step('c'));
    expect(assess(after(choice, 'a'), less).detail).toBe(
      "'a' has been done instead of 'b', which would have to be done after all",
    );
  });

  it('where work would be done again for a rejection that did not send it back, as an exploration finds too', () => {
    const look = (to: string, via = 'mend') =>
      step(
        'look',
        `kind: review, rework: { to: ${to}, via: { id: ${via}, responsible: ops, accountable: ops }, max: 2 }`,
      );
    const repeats = (play: Play, other: Workflow) => {
      const { state } = assess(play, other);
      const { campaign } = play.situation;
      const ground = { workflow: other, compiled: compileWorkflow(other), policy: DEFAULT_POLICY };
      const again = () => new Set(['copy', 'look']);
      return explore(ground, campaign, { state, channels: campaign.channels }, 2_000, again).repeated;
    };
    const rejected = after(
      linear(step('idea'), step('copy'), look('copy'), step('z')),
      'idea',
      'copy',
      'reject look',
    );
    const wider = linear(step('idea'), step('copy'), look('idea'), step('z'));
    expect(assess(rejected, wider).detail).toBe(
      "'look' was rejected, and there 'idea' would be done again for it",
    );
    expect(repeats(rejected, wider)).toEqual(['start mend', 'complete mend']);

    const begun = after(
      flow(lanes('all', '', [step('copy'), look('copy', 'fix')], [step('mend')])),
      'copy',
      'start mend',
    );
    const redo = flow(lanes('all', '', [step('copy'), look('copy')], [step('other')]));
    expect(assess(begun, redo).detail).toBe(
      "'mend' is started, and is the rework of 'look' there, which was not rejected",
    );
    expect(repeats(begun, redo)).toContain('complete mend');
  });

  it('where what is done would count as an approval that nobody has given', () => {
    const play = after(linear(step('a'), step('b')), 'a');
    expect(assess(play, linear(step('a', 'kind: approval'), step('b'))).detail).toBe(
      "'a' is done, but as a task, and is an approval there that nobody has given",
    );
  });

  it('where something could wait for ever, with the way there', () => {
    const steps = (optional: boolean) => [step('a', `optional: ${optional}`), step('b')];
    const rule = "rules: [{ id: wait, block: 'start:b', until: \"done('a')\" }]\n";
    const play = after(flow(section('main', ...steps(false))));
    const found = assess(play, flow(section('main', ...steps(true)), rule));
    expect(found).toMatchObject({
      effect: 'stuck',
      detail: "it would wait for ever: rule 'wait' forbids to start 'b' until 'a' is done",
      trace: [
        "then: 'a' left out",
        "then: rule 'wait' forbids to start 'b' until 'a' is done",
        'for ever open: b',
      ],
    });
    const demanding = { ...DEFAULT_POLICY, approvals: [{ when: 'true', require: ['legal'] }] };
    const launch = linear(step('a'), step('send', 'kind: launch, channel: email'));
    expect(assess(after(launch, 'a'), launch, demanding).detail).toMatch(
      /the policy demands approval by legal/,
    );
  });

  it('where a rule can forbid again what it allowed, since nothing can be proven then', () => {
    const steps = section('main', step('a'), step('b'));
    const rule = "rules: [{ id: odd, block: 'start:b', until: \"!done('b')\" }]\n";
    expect(assess(after(flow(steps)), flow(steps, rule)).detail).toMatch(/rule 'odd' can forbid again/);
  });
});

describe('a campaign can move over', () => {
  it('with renamed parts, what is gone as history, and what comes late said', () => {
    const play = after(
      linear(step('a', "name: 'Write it'"), step('b'), step('c'), step('d')),
      'a',
      'b',
      'start c',
    );
    const found = assess(play, linear(step('late'), step('x', "name: 'Write it'"), step('c'), step('d')));
    expect(found).toMatchObject({
      effect: 'movable',
      detail: 'it can move over: 1 new step, 1 renamed, 1 kept as history, 1 out of order',
    });
    expect(found.mapping.filter(({ detail }) => detail !== '')).toEqual([
      { from: null, to: 'late', status: 'ready', detail: 'new; comes late: what follows it has begun' },
      { from: 'a', to: 'x', status: 'done', detail: "called 'a' before" },
      { from: 'b', to: null, status: 'done', detail: 'gone; kept as history, and not done again' },
    ]);
    expect([...found.state.steps.keys()].sort()).toEqual(['b', 'c', 'x']);
  });

  it('and keeps accepted hand-offs under their new names', () => {
    const text = (name: string) =>
      flow(
        section(name, step('a')) + section('two', step('b')),
        `handoffs: [{ from: ${name}, to: two, payload: [], mode: async }]\n`,
      );
    const found = assess(after(text('one'), 'a', 'accept one-to-two'), text('first'));
    expect(found.renamed).toEqual([{ kind: 'handoff', from: 'one-to-two', to: 'first-to-two' }]);
    expect([...found.state.handoffs]).toEqual(['first-to-two']);
  });

  it('but a new step does not count as the one that is gone, only since neither says much', () => {
    const found = assess(
      after(linear(step('a'), step('b'), step('c')), 'a', 'b'),
      linear(step('a'), step('c'), step('e')),
    );
    expect(found.mapping.find(({ to }) => to === 'e')).toMatchObject({ from: null, status: 'waiting' });
  });
});

describe('a campaign is unaffected', () => {
  const old = linear(step('a'), step('b'), step('c'));

  it('where only what is over for it differs', () => {
    const changed = linear(step('a', 'kind: brief, consulted: [sales]'), step('b'), step('c'));
    expect(assess(after(old, 'a'), changed).effect).toBe('unaffected');
    expect(assess(after(old), changed).effect).toBe('movable');
    expect(assess(after(old, 'a'), linear(step('b'), step('c')))).toMatchObject({
      effect: 'unaffected',
      mapping: [
        { to: 'b', status: 'ready' },
        { to: 'c', status: 'waiting' },
        { from: 'a', to: null, status: 'done' },
      ],
    });
  });

  it('but not where its work may be returned, and so be done again', () => {
    const text = (more: string) =>
      linear(
        step('copy', more),
        step(
          'look',
          'kind: review, rework: { to: copy, via: { id: mend, responsible: ops, accountable: ops }, max: 2 }',
        ),
      );
    expect(assess(after(text(''), 'copy'), text('consulted: [sales]')).effect).toBe('movable');
    expect(assess(after(text(''), 'copy', 'approve look'), text('consulted: [sales]')).effect).toBe(
      'unaffected',
    );
  });

  it('where the Policy demands what is only asked before a launch that has happened', () => {
    const launch = linear(
      step('a', 'kind: approval'),
      step('send', 'kind: launch, channel: email'),
      step('end'),
    );
    const policy = { ...DEFAULT_POLICY, approvals: [{ when: 'true', require: ['ops'] }] };
    expect(assess(after(launch, 'approve a', 'launch email'), launch, policy).effect).toBe('unaffected');
    expect(assess(after(launch, 'approve a'), launch, policy).effect).toBe('movable');
  });
});
