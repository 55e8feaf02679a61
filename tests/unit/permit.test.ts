import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { whyNotSend } from '../../src/domain/campaign/permit.js';
import { Play, workflowAt } from '../support/play.js';

describe('what keeps a channel from sending', () => {
  const codes = (play: Play) =>
    whyNotSend(play.situation, LOCAL_ACTOR, 'email', new Date()).map(({ code }) => code);

  it('is a rule against it, also on a channel that is live', () => {
    const play = new Play(workflowAt('tests/fixtures/product-launch.yaml'));
    play.live.add('email');
    expect(codes(play)).toEqual(['BLOCKED_BY_RULE']);
    const { workflow } = play;
    const free = new Play({ ...workflow, rules: [] });
    free.live.add('email');
    expect(codes(free)).toEqual([]);
  });
});
