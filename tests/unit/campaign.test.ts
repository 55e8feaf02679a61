import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import * as actions from '../../src/domain/campaign/actions.js';
import { actorOf, LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { evaluateGate } from '../../src/domain/campaign/convergence.js';
import { acceptHandoff } from '../../src/domain/campaign/handoffs.js';
import { Play, workflowAt, workflowOf } from '../support/play.js';

const MEASURED = {
  'timing-spread': 'PT0H',
  'message-consistency': 1,
  'brief-drift': 0,
  'audience-overlap': 1,
  'keyword-coverage': 1,
};
const measure = (key: string) => (situation: Parameters<typeof actions.startStep>[0]) => {
  const checks = situation.progress.gates.get(key)?.part.checks ?? [];
  const given = Object.entries(MEASURED).filter(([metric]) =>
    checks.some((check) => check.metric === metric),
  );
  return evaluateGate(situation, LOCAL_ACTOR, key, { measured: Object.fromEntries(given), stated: {} });
};
const start = (key: string) => (situation: Parameters<typeof actions.startStep>[0]) =>
  actions.startStep(situation, LOCAL_ACTOR, key);
const complete = (key: string) => (situation: Parameters<typeof actions.startStep>[0]) =>
  actions.completeStep(situation, LOCAL_ACTOR, key);
const approve = (key: string) => (situation: Parameters<typeof actions.startStep>[0]) =>
  actions.approve(situation, LOCAL_ACTOR, key, null);
const reject = (key: string) => (situation: Parameters<typeof actions.startStep>[0]) =>
  actions.reject(situation, LOCAL_ACTOR, key, 'again');

/** A workflow of one linear section. */
const linear = (steps: string, more = '') =>
  workflowOf(`apiVersion: weir/v1
kind: Workflow
id: test
name: Test
steward: a
pattern: sequential
channels: [email]
sections:
  - id: only
    model: linear
    steps:
${steps
  .trim()
  .split('\n')
  .map((line) => `      - ${line.trim()}`)
  .join('\n')}
      - { id: retrospective, kind: retrospective, responsible: a, accountable: a }
${more}`);
const step = (id: string, more = '') => `{ id: ${id}, responsible: a, accountable: a${more} }`;

describe('a campaign', () => {
  it('waits for the direct predecessor only, and names who has it (R1)', () => {
    const play = new Play(linear(['brief', 'legal', 'creative'].map((id) => step(id)).join('\n')));
    const { refusals } = start('creative')(play.situation);
    expect(refusals).toMatchObject([{ code: 'PREDECESSOR_OPEN', missing: ['legal'], askRole: ['a'] }]);
  });

  it('looks at rejected work again, also where mending it was skipped', () => {
    const rework = `, kind: review, rework: { to: copy, via: ${step('mend', ', optional: true')}, max: 2 }`;
    const play = new Play(linear(`${step('copy')}\n${step('review', rework)}\n${step('after')}`));
    play.do(start('copy'));
    play.do(complete('copy'));
    play.do(reject('review'));
    play.do((situation) => actions.skipStep(situation, LOCAL_ACTOR, 'mend'));
    expect([play.status('copy'), play.status('review'), play.status('after')]).toEqual([
      'ready',
      'waiting',
      'waiting',
    ]);
  });

  it('judges at the rejection whether there is something to mend', () => {
    const when = `, when: "brief.offerCode == 'SPRING'"`;
    const rework = `, kind: review, rework: { to: copy, via: ${step('mend', when)}, max: 2 }`;
    const steps = `${step('copy')}\n${step('review', rework)}\n${step('after')}`;
    for (const [first, then, copy, mend] of [
      ['NONE', 'SPRING', 'ready', 'not-needed'],
      ['SPRING', 'NONE', 'done', 'ready'],
    ] as const) {
      const play = new Play(linear(steps));
      play.brief['offerCode'] = first;
      play.do(start('copy'));
      play.do(complete('copy'));
      play.do(reject('review'));
      play.brief['offerCode'] = then;
      expect([play.status('copy'), play.status('mend'), play.status('after')]).toEqual([
        copy,
        mend,
        'waiting',
      ]);
      if (copy === 'done') for (const act of [start('mend'), complete('mend')]) play.do(act);
      for (const act of [start('copy'), complete('copy'), approve('review')]) play.do(act);
      expect(play.status('after')).toBe('ready');
    }
  });

  it('finishes what began on a draft where what it was drawn from was left out', () => {
    const play = new Play(
      linear(
        `{ allOf: [${step('draft', ', optional: true')}, ${step('layout', ', needs: [draft], startOn: draft')}] }`,
      ),
    );
    play.do(start('draft'));
    play.do(start('layout'));
    expect(complete('layout')(play.situation).refusals).toMatchObject([{ code: 'PREDECESSOR_OPEN' }]);
    play.do((situation) => actions.skipStep(situation, LOCAL_ACTOR, 'draft'));
    play.do(complete('layout'));
    expect(play.status('layout')).toBe('done');
  });

  it('commits a choice with the first member started', () => {
    const play = new Play(linear(`{ oneOf: [${step('x')}, ${step('y')}] }\n${step('z')}`));
    expect(play.do(start('x'))).toEqual([]);
    expect(play.do(start('y'))).toEqual(['BRANCH_NOT_TAKEN']);
    play.do(complete('x'));
    expect(play.status('z')).toBe('ready');
  });

  it('leaves out a step whose condition does not hold', () => {
    const workflow = linear(`${step('check', `, when: "campaign.risk == 'high'"`)}\n${step('next')}`);
    expect(new Play(workflow, 'low').status('next')).toBe('ready');
    expect(new Play(workflow, 'high').status('next')).toBe('waiting');
  });

  it('returns work as often as allowed, then escalates to the accountable role (R17)', () => {
    const rework = `, kind: review, rework: { to: copy, via: ${step('mend')}, max: 2 }`;
    const play = new Play(linear(`${step('copy')}\n${step('review', rework)}\n${step('after')}`));
    for (const round of [1, 2]) {
      for (const act of [start('copy'), complete('copy'), reject('review'), start('mend')])
        expect(play.do(act)).toEqual([]);
      expect(play.status('review')).toBe('rejected');
      expect(play.status('after')).toBe('waiting');
      expect(play.do(complete('mend'))).toEqual([]);
      expect([round, play.status('copy'), play.status('review')]).toEqual([round, 'ready', 'waiting']);
    }
    for (const act of [start('copy'), complete('copy')]) play.do(act);
    expect(play.do(complete('review'))).toEqual(['WRONG_ACTION']);
    play.do(reject('review'));
    expect(play.status('review')).toBe('escalated');
    expect(play.do(approve('review'))).toEqual([]);
    expect(play.status('after')).toBe('ready');
  });

  it('lets work begin on a draft, and end only on the final (R5)', () => {
    const play = new Play(
      linear(`{ allOf: [${step('feature')}, ${step('assets', ', needs: [feature], startOn: draft')}] }`),
    );
    expect(play.do(start('assets'))).toEqual(['PREDECESSOR_OPEN']);
    play.do(start('feature'));
    expect(play.do(start('assets'))).toEqual([]);
    expect(play.do(complete('assets'))).toEqual(['PREDECESSOR_OPEN']);
    play.do(complete('feature'));
    expect(play.do(complete('assets'))).toEqual([]);
  });

  it.each(['block', 'alert'])(
    'holds a midpoint gate inside a rework loop, and returns work over it: %s',
    (onFail) => {
      const text = readFileSync('tests/fixtures/product-launch.yaml', 'utf8').replace(
        'onFail: alert }',
        `onFail: ${onFail} }`,
      );
      const play = new Play(workflowOf(text), 'low');
      Object.assign(play.brief, {
        offerCode: 'X',
        segments: ['smb'],
        valueProposition: 'v',
        launchDate: '2026-12-01',
      });
      for (const act of [start('brief'), complete('brief'), approve('brand')])
        expect(play.do(act)).toEqual([]);
      expect(play.do((situation) => acceptHandoff(situation, LOCAL_ACTOR, 'sign-off-to-creative'))).toEqual(
        [],
      );
      for (const key of ['framework', 'email-copy', 'social-in-house']) {
        expect(play.do(start(key))).toEqual([]);
        expect(play.do(complete(key))).toEqual([]);
      }
      expect(play.situation.progress.gates.get('mid-alignment')?.missing).toEqual([
        { kind: 'step', key: 'booth' },
      ]);
      expect(play.status('email-review')).toBe(onFail === 'block' ? 'waiting' : 'ready');
      for (const act of [start('booth'), complete('booth')]) play.do(act);
      expect(play.situation.progress.gates.get('mid-alignment')?.status).toBe('open');
      expect(play.status('email-review')).toBe(onFail === 'block' ? 'waiting' : 'ready');
      play.do(measure('mid-alignment'));
      expect(play.status('email-review')).toBe('ready');
      for (const act of [reject('email-review'), start('revise-email'), complete('revise-email')])
        expect(play.do(act)).toEqual([]);
      expect(play.status('email-copy')).toBe('ready');
    },
  );

  it('says of a choice that nobody has made that one way is enough', () => {
    const ways = `oneOf: [${step('house')}, ${step('agency')}]`;
    const play = new Play(linear(`${ways}\n${step('check')}`));
    expect(start('check')(play.situation).refusals).toMatchObject([
      { message: "step 'check' waits for one of house, agency", missing: ['house', 'agency'] },
    ]);
    play.do(start('house'));
    expect(start('check')(play.situation).refusals).toMatchObject([
      { message: "step 'check' waits for house", missing: ['house'] },
    ]);
  });

  it('says that the gate in the way was evaluated, and failed', () => {
    const text = readFileSync('tests/fixtures/product-launch.yaml', 'utf8').replace(
      'onFail: alert',
      'onFail: block',
    );
    const play = new Play(workflowOf(text), 'low');
    const given = { offerCode: 'X', segments: ['smb'], valueProposition: 'v', launchDate: '2026-12-01' };
    Object.assign(play.brief, given);
    for (const act of [start('brief'), complete('brief'), approve('brand')]) play.do(act);
    play.do((situation) => acceptHandoff(situation, LOCAL_ACTOR, 'sign-off-to-creative'));
    for (const key of ['framework', 'email-copy', 'social-in-house', 'booth'])
      for (const act of [start(key), complete(key)]) play.do(act);
    const waits = "step 'email-review' waits for gate mid-alignment";
    const review = () => approve('email-review')(play.situation).refusals;
    expect(review()).toMatchObject([{ message: waits }]);
    const none = { measured: {}, stated: {} };
    play.do((situation) => evaluateGate(situation, LOCAL_ACTOR, 'mid-alignment', none));
    expect(review()).toMatchObject([
      { message: `${waits}; gate mid-alignment was evaluated and failed: its results say at what` },
    ]);
  });

  it('fails a gate whose data are missing, and says which', () => {
    const decision = evaluateGate(reachGate(), LOCAL_ACTOR, 'integration-review', {
      measured: {},
      stated: {},
    });
    expect(decision.changes?.[0]).toMatchObject({ type: 'gate', status: 'failed' });
    expect(JSON.stringify(decision.changes)).toContain(
      '"metric":"message-consistency","bound":"at-least","limit":0.9,"value":null,"isStated":false,"passed":false',
    );
  });

  it('takes what was measured, and what is stated only where nothing could be', () => {
    const { changes } = evaluateGate(reachGate(), LOCAL_ACTOR, 'integration-review', {
      measured: { 'message-consistency': 0.5, 'timing-spread': 'PT30M' },
      stated: { 'message-consistency': 1, 'audience-overlap': 0.7 },
    });
    expect(changes).toMatchObject([
      {
        status: 'failed',
        results: [
          { metric: 'message-consistency', value: 0.5, isStated: false, passed: false },
          { metric: 'timing-spread', value: 'PT30M', isStated: false, passed: true },
          { metric: 'audience-overlap', value: 0.7, isStated: true, passed: true },
        ],
      },
    ]);
  });

  it('refuses a measurement that a gate does not ask for', () => {
    const given = { measured: {}, stated: { 'message-consistancy': 1 } };
    expect(evaluateGate(reachGate(), LOCAL_ACTOR, 'integration-review', given).refusals).toMatchObject([
      {
        code: 'INVALID_INPUT',
        message:
          "gate 'integration-review' does not check 'message-consistancy', did you mean 'message-consistency'?",
      },
    ]);
  });

  it('approves only in the role the step asks for', () => {
    const play = new Play(linear(`{ id: sign, kind: approval, responsible: legal, accountable: a }`));
    const other = actorOf('brand@example.com', ['approver', 'brand']);
    expect(actions.approve(play.situation, other, 'sign', null).refusals).toMatchObject([
      { code: 'ROLE_MISSING', askRole: ['legal'] },
    ]);
    const reader = actorOf('legal@example.com', ['viewer', 'legal']);
    expect(actions.approve(play.situation, reader, 'sign', null).refusals).toMatchObject([
      { missing: ['approver'] },
    ]);
    const legal = actorOf('legal@example.com', ['approver', 'legal']);
    expect(actions.approve(play.situation, legal, 'sign', null).refusals).toEqual([]);
  });
});

function reachGate() {
  const play = new Play(workflowAt('tests/fixtures/product-launch.yaml'), 'low');
  Object.assign(play.brief, {
    offerCode: 'X',
    segments: ['smb'],
    valueProposition: 'v',
    launchDate: '2026-12-01',
  });
  finish(play, 'integration-review');
  return play.situation;
}

/** Everything that is open now, as actions. */
function moves(play: Play): ((situation: Play['situation']) => actions.Decision)[] {
  const { steps, gates, handoffs } = play.situation.progress;
  return [
    ...[...handoffs.values()]
      .filter((each) => each.status === 'open')
      .map(
        ({ part }) =>
          (situation: Play['situation']) =>
            acceptHandoff(situation, LOCAL_ACTOR, part.key),
      ),
    ...[...gates.values()].filter((each) => each.status === 'open').map(({ part }) => measure(part.key)),
    ...[...steps.values()].flatMap(({ part, status }) => {
      if (part.kind === 'launch' && status === 'ready')
        return [
          (situation: Play['situation']) => actions.launchChannel(situation, LOCAL_ACTOR, part.channel ?? ''),
        ];
      if (status === 'ready') return [start(part.key)];
      if (status !== 'started') return [];
      return [part.kind === 'approval' || part.kind === 'review' ? approve(part.key) : complete(part.key)];
    }),
  ];
}

/** Does whatever is open, first things first, until nothing is or the gate is next. */
function finish(play: Play, untilGate?: string): void {
  for (let left = 1_000; left > 0; left--) {
    if (untilGate !== undefined && play.situation.progress.gates.get(untilGate)?.status === 'open') return;
    const done = moves(play).some((move) => play.do(move).length === 0);
    if (!done) return;
  }
}

describe('every example workflow', () => {
  const files = readdirSync('workflows').filter((file) => file.endsWith('.yaml'));
  const workflows = files.flatMap((file) => {
    try {
      return [[file, workflowAt(`workflows/${file}`)] as const];
    } catch {
      return [];
    }
  });
  const brief = {
    offerCode: 'X',
    segments: ['smb'],
    valueProposition: 'v',
    launchDate: '2026-12-01',
    keyMessages: 'k',
    budget: 1,
  };

  it.each(workflows)('%s can be played to its end: nothing gets stuck', (_, workflow) => {
    for (const risk of ['low', 'high']) {
      const play = new Play(workflow, risk);
      Object.assign(play.brief, brief);
      finish(play);
      expect(play.situation.progress.open).toEqual([]);
    }
  });

  it.each(workflows)(
    '%s launches nothing past a rule or a blocking gate, whatever is tried',
    (_, workflow) => {
      const keys = [...new Play(workflow).situation.progress.steps.keys()];
      const channels = workflow.channels;
      fc.assert(
        fc.property(fc.array(fc.nat(1_000), { maxLength: 150 }), (lots) => {
          const play = new Play(workflow);
          Object.assign(play.brief, brief);
          for (const lot of lots) {
            const key = keys[lot % keys.length] ?? '';
            const channel = channels[lot % channels.length] ?? '';
            const open = moves(play);
            const tries = [start(key), complete(key), approve(key), reject(key), ...open];
            const before = play.situation;
            const launched = play.live.size;
            const launch = (situation: Play['situation']) =>
              actions.launchChannel(situation, LOCAL_ACTOR, channel);
            play.do(lot % 7 === 0 ? launch : (tries[lot % tries.length] ?? launch));
            if (play.live.size === launched) continue;
            const opened = [...play.live].at(-1) ?? '';
            expect(before.blockedBy(`launch:${opened}`)).toEqual([]);
            const first = [...before.progress.steps.values()].find(
              ({ part }) => part.kind === 'launch' && part.channel === opened,
            );
            expect(first?.missing ?? []).toEqual([]);
          }
        }),
        { seed: 7, numRuns: 40 },
      );
    },
  );
});

describe('who hands over', () => {
  it('is nobody whose step turned out not to be needed', () => {
    const senders = (risk: string) => {
      const play = new Play(workflowAt('tests/fixtures/product-launch.yaml'), risk);
      play.do(start('brief'));
      play.do(complete('brief'));
      return play.situation.sendersOf('sign-off-to-creative');
    };
    expect([senders('high'), senders('low')]).toEqual([['legal', 'brand'], ['brand']]);
  });

  it('is named once where one role answers for several steps', () => {
    const text = readFileSync('tests/fixtures/product-launch.yaml', 'utf8');
    const play = new Play(workflowOf(text.replaceAll('accountable: legal', 'accountable: brand')), 'high');
    expect(play.situation.sendersOf('sign-off-to-creative')).toEqual(['brand']);
  });
});
