import { isOwnNetwork, isPublic, publicLookup } from '../../../src/notify/addresses.js';
import { post } from '../../../src/notify/post.js';
import { type Receiver, startReceiver } from '../../support/receiver.js';

const send = (url: string, options: Partial<Parameters<typeof post>[3]> = {}) =>
  post(new URL(url), { 'content-type': 'application/json' }, '{}', {
    allowPrivate: true,
    timeLimitMs: 10_000,
    ...options,
  });

describe('sending to somebody else’s server', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.close());

  it.each([
    [{ status: 204 }, { isSent: true }],
    ['flood', { isSent: true }],
    ['hang', { error: 'it did not answer within 0.3 s', isTargetAway: true }],
    ['drop', { error: 'it could not be reached (ECONNRESET)', isTargetAway: true }],
    [{ status: 500 }, { error: 'it answered 500', isTargetAway: false }],
    [
      { status: 429, headers: { 'retry-after': '120' } },
      { isTargetAway: true, retryAfterMs: 120_000 },
    ],
    [
      { status: 503, headers: { 'retry-after': 'soon' } },
      { isTargetAway: true, retryAfterMs: null },
    ],
    [
      { status: 302, headers: { location: '/elsewhere' } },
      { error: 'it answered 302, and redirects are not followed' },
    ],
  ] as const)('tells how it went where it answers %j', async (behaviour, expected) => {
    receiver.behave(behaviour);
    const before = receiver.received.length;
    // Only a server that hangs uses the time up; a loaded machine may need some for the others.
    const sent = await send(receiver.url, behaviour === 'hang' ? { timeLimitMs: 300 } : {});
    expect(sent).toMatchObject(expected);
    expect(receiver.received.slice(before).map(({ path }) => path)).toEqual(['/']);
  });

  it('says nothing of the address, which may be a secret', async () => {
    const sent = await send('http://user:hidden@127.0.0.1:1/services/hidden?token=hidden');
    expect(sent).toMatchObject({ isSent: false, error: 'it could not be reached (ECONNREFUSED)' });
    expect(JSON.stringify(sent)).not.toContain('hidden');
  });

  it('does not reach into private networks, by an address or by a name', async () => {
    const before = receiver.received.length;
    const refused = {
      isSent: false,
      error: 'it is in a private network, which WEIR_NOTIFY_PRIVATE has to allow',
    };
    const port = new URL(receiver.url).port;
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433'])
      expect(await send(`http://${host}:${port}`, { allowPrivate: false })).toMatchObject(refused);
    expect(receiver.received).toHaveLength(before);
  });

  it('knows what is public', () => {
    const own = [
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
    ];
    const own6 = [
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      '2002:7f00:1::',
      'ff02::1',
    ];
    expect([...own, ...own6, 'nowhere'].filter(isPublic)).toEqual([]);
    expect(['93.184.215.14', '2606:2800:21f::1'].filter(isPublic)).toHaveLength(2);
    const urls = [
      'http://localhost/',
      'http://x.localhost./',
      'http://[::1]/',
      'http://10.0.0.1/',
      'http://0x7f.1/',
    ];
    expect(urls.map((url) => isOwnNetwork(new URL(url)))).toEqual([true, true, true, true, true]);
    expect(isOwnNetwork(new URL('https://hooks.example.com/'))).toBe(false);
  });

  it('refuses a name that has one address of a private network among others', async () => {
    const failed = await new Promise((resolve) => publicLookup('localhost', { all: true }, resolve));
    expect(failed).toMatchObject({ name: 'PrivateAddress' });
  });
});
