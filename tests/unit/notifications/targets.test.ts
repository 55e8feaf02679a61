import { createTargets, type TargetAddress } from '../../../src/notify/targets.js';

const namesOf = (...addresses: readonly TargetAddress[]) =>
  createTargets({ addresses, secrets: [], allowPrivate: false }).map(({ name }) => name);

describe('what a target is called', () => {
  const marketing: TargetAddress = {
    kind: 'slack',
    url: 'https://hooks.slack.com/services/marketing/hidden',
  };
  const legal: TargetAddress = { kind: 'slack', url: 'https://hooks.slack.com/services/legal/hidden' };
  const events: TargetAddress = { kind: 'cloudevents', url: legal.url };

  it('follows from its own address, whatever else is configured and in which order', () => {
    const [first, second, third] = namesOf(marketing, legal, events);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(namesOf(legal)).toEqual([second]);
    expect(namesOf(events, legal, marketing)).toEqual([third, second, first]);
  });

  it('tells kind and host, and nothing else of the address', () => {
    expect(namesOf(marketing, { ...legal, url: 'https://user:hidden@hooks.slack.com/' })).toEqual([
      expect.stringMatching(/^slack hooks\.slack\.com [\da-f]{8}$/),
      expect.stringMatching(/^slack hooks\.slack\.com [\da-f]{8}$/),
    ]);
  });

  it('is the same for what is configured twice, which is one target', () => {
    expect(
      namesOf(legal, marketing, { ...legal, url: 'https://HOOKS.slack.com:443/services/legal/hidden' }),
    ).toEqual(namesOf(legal, marketing));
  });

  it('takes the place of a former name only where that can have meant no other', () => {
    const formerNames = (...addresses: readonly TargetAddress[]) =>
      createTargets({ addresses, secrets: [], allowPrivate: false }).map(({ formerName }) => formerName);
    expect(formerNames(legal, events)).toEqual(['slack hooks.slack.com', 'cloudevents hooks.slack.com']);
    expect(formerNames(legal, marketing)).toEqual([null, null]);
  });
});
