import { launchChannel } from '../../src/domain/campaign/actions.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { deviate } from '../../src/domain/campaign/deviation.js';
import { openGaps } from '../../src/domain/campaign/launch-gaps.js';
import { whyNotSend } from '../../src/domain/campaign/permit.js';
import { Situation } from '../../src/domain/campaign/situation.js';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/workflow/document.js';
import { linear } from '../support/definitions.js';
import { Play, workflowOf } from '../support/play.js';

const launch = (id: string, channel: string) =>
  `{ id: ${id}, kind: launch, channel: ${channel}, responsible: ops, accountable: ops, effort: PT1H }`;
const workflow = workflowOf(
  linear(launch('post', 'social'), launch('send', 'email'), launch('print', 'letter'))
    .replace('sections:', 'channels: [social, email, letter]\nsections:')
    .concat(
      'sequence:\n  - { step: send, after: post, minGap: P1D, maxGap: P2D }\n  - { step: print, after: send }\n',
    ),
);
const policy: Policy = {
  ...DEFAULT_POLICY,
  timezone: 'Europe/Berlin',
  deviations: [{ from: ['rule'], when: null, by: ['brand'] }],
};

/** Where the channels of these names were launched at these times. */
function launched(times: Readonly<Record<string, string>>, more: { waived?: string[] } = {}): Situation {
  const play = new Play(workflow, 'medium', policy);
  const { campaign, compiled } = play.situation;
  const channels = new Map(
    [...campaign.channels].map(([key, channel]) => {
      const time = times[key];
      return [
        key,
        time === undefined ? channel : { ...channel, status: 'live' as const, launchedAt: new Date(time) },
      ];
    }),
  );
  const done = workflow.sections.flatMap(({ model: _, ...section }) =>
    'steps' in section ? section.steps : [],
  );
  const steps = new Map(
    done.flatMap((step) =>
      step.type === 'step' && times[step.channel ?? ''] !== undefined
        ? [[step.key, { status: 'done' as const, round: 0 }] as const]
        : [],
    ),
  );
  const input = { ...campaign, channels, waived: new Set(more.waived) };
  return new Situation(workflow, compiled, policy, input, { steps, gates: new Map(), handoffs: new Set() });
}
const at = (time: string) => new Date(time);
const codes = (situation: Situation, channel: string, time: string) =>
  launchChannel(situation, LOCAL_ACTOR, channel, at(time)).refusals.map(({ code }) => code);

describe('the least gap between two channels (R24)', () => {
  it('ends at the very moment, on the day after, also where the clocks change', () => {
    // In Berlin, summer time ends on 25 October 2026: that day has 25 hours. It begins on 28 March 2027: that day has 23.
    for (const [post, from, told] of [
      ['2026-10-24T08:00:00.000Z', '2026-10-25T09:00:00.000Z', '2026-10-25 10:00 Europe/Berlin'],
      ['2027-03-27T09:00:00.000Z', '2027-03-28T08:00:00.000Z', '2027-03-28 10:00 Europe/Berlin'],
      ['2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z', '2026-11-24 10:00 Europe/Berlin'],
    ] as const) {
      const situation = launched({ social: post });
      const before = new Date(at(from).getTime() - 1);
      expect(launchChannel(situation, LOCAL_ACTOR, 'email', before).refusals).toEqual([
        {
          code: 'TOO_EARLY',
          message: `'email' comes 1 day after 'social' at the earliest: it may be launched from ${told} on`,
          rule: 'sequence:post-to-send',
          missing: [from],
          askRole: ['brand'],
        },
      ]);
      expect(codes(situation, 'email', from)).toEqual([]);
    }
  });

  it('keeps a channel from sending that is live already, as where its version has come to ask for it', () => {
    const situation = launched({ social: '2026-11-23T09:00:00Z', email: '2026-11-23T10:00:00Z' });
    const send = (time: string) =>
      whyNotSend(situation, LOCAL_ACTOR, 'email', at(time)).map(({ code }) => code);
    expect(send('2026-11-24T08:59:59.999Z')).toEqual(['TOO_EARLY']);
    expect(send('2026-11-24T09:00:00Z')).toEqual([]);
  });

  it('is gone past where the Policy lets somebody, and only while it is in the way', () => {
    const past = (situation: Situation, key: string, time: string) =>
      deviate(
        situation,
        LOCAL_ACTOR,
        { kind: 'rule', key, rationale: 'The fair is today.', told: ['brand'] },
        { now: at(time) },
      ).refusals.map(({ code }) => code);
    const situation = launched({ social: '2026-11-23T09:00:00Z' });
    expect(past(situation, 'sequence:post-to-send', '2026-11-23T12:00:00Z')).toEqual([]);
    expect(past(situation, 'sequence:post-to-send', '2026-11-24T09:00:00Z')).toEqual(['NOTHING_TO_DEVIATE']);
    expect(past(situation, 'sequence:post-to-sned', '2026-11-23T12:00:00Z')).toEqual(['UNKNOWN_RULE']);
    // Without a least gap there is only an order, and that is one of steps.
    expect(past(situation, 'sequence:send-to-print', '2026-11-23T12:00:00Z')).toEqual(['UNKNOWN_RULE']);
    const waived = launched({ social: '2026-11-23T09:00:00Z' }, { waived: ['sequence:post-to-send'] });
    expect(codes(waived, 'email', '2026-11-23T12:00:00Z')).toEqual([]);
  });

  it('is none of what comes in order only, of what was never launched, and of the largest gap, which is over', () => {
    const early = launched({});
    expect(codes(early, 'email', '2026-11-23T12:00:00Z')).toEqual(['PREDECESSOR_OPEN']);
    expect(openGaps(early, 'send', at('2026-11-23T12:00:00Z'))).toEqual([]);
    const late = launched({ social: '2026-11-01T09:00:00Z' });
    expect(codes(late, 'email', '2026-11-23T12:00:00Z')).toEqual([]);
    const both = launched({ social: '2026-11-01T09:00:00Z', email: '2026-11-23T12:00:00Z' });
    expect(codes(both, 'letter', '2026-11-23T12:00:00Z')).toEqual([]);
  });
});
