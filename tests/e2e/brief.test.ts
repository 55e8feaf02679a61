import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { updateBrief } from '../../src/application/brief.js';
import { REVIEWER, type TestApi } from '../support/api.js';
import { startBriefWorld, talker } from '../support/brief-world.js';

const CAMPAIGN = 'spring-lamps';
const EMAIL = ['email-lead@example.com', 'contributor,email-lead'] as const;
const HUB = ['campaign-manager@example.com', 'contributor,campaign-manager'] as const;

interface Spoke {
  key: string;
  pulledVersion: number | null;
  pulledBy: string | null;
  isOutOfDate: boolean;
  changes: { field: string; before: { text: string } | null; after: { text: string } | null }[];
  drift: { field: string; briefValue: string; value: string; ageHours: number }[];
}
interface Pulled {
  refusals: { code: string }[];
  version: number | null;
  tag: string | null;
  isModified: boolean;
  brief: { name: string; text: string }[] | null;
}

describe('the brief through the API', () => {
  let api: TestApi;
  let act: ReturnType<typeof talker>['act'];
  let ask: ReturnType<typeof talker>['ask'];
  beforeAll(async () => {
    api = await startBriefWorld();
    ({ act, ask } = talker(api));
    await act('createCampaign', {
      ...{ key: CAMPAIGN, name: 'Spring lamps', workflow: 'content-launch' },
      ...{ plannedLaunchAt: '2026-12-21T09:00:00Z' },
      brief: [
        { name: 'offerCode', text: 'SPRING25' },
        { name: 'segments', items: ['smb'] },
        { name: 'launchDate', text: '2026-12-21' },
      ],
    });
  }, 60_000);
  afterAll(() => api.close());

  const set = (fields: object, who: readonly [string, string] = HUB, more: object = {}) =>
    act(
      'updateBrief',
      {
        ...{ campaign: CAMPAIGN, ...more },
        fields: Object.entries(fields).map(([name, text]) => ({ name, text: text as string })),
      },
      ...who,
    );
  const spokes = async (which = 'spokes') =>
    (
      await ask<Record<string, Spoke[]>>(
        CAMPAIGN,
        `${which} { key pulledVersion pulledBy isOutOfDate changes { field before { text } after { text } }
           drift { field briefValue value ageHours } }`,
      )
    )[which] ?? [];
  const pull = async (spoke: string, tag: string | null = null, who: readonly [string, string] = EMAIL) => {
    const { pullBrief } = await api.as(...who).request<{ pullBrief: Pulled }>(
      `mutation($input: PullBriefInput!) { pullBrief(input: $input) {
         refusals { code } version tag isModified brief { name text } } }`,
      { input: { campaign: CAMPAIGN, spoke, tag } },
    );
    return pullBrief;
  };

  it('has a version for each change, which says who made it and what it changed', async () => {
    expect(await set({ valueProposition: 'Light for every room' })).toEqual([]);
    // The same again changes nothing.
    expect(await set({ valueProposition: 'Light for every room' })).toEqual([]);
    const { briefVersion, briefVersions } = await ask<{
      briefVersion: number;
      briefVersions: { number: number; actor: string; changes: { field: string }[] }[];
    }>(CAMPAIGN, 'briefVersion briefVersions { number actor createdAt brief { name } changes { field } }');
    expect(briefVersion).toBe(2);
    expect(
      briefVersions.map(({ number, actor, changes }) => [number, actor, changes.map(({ field }) => field)]),
    ).toEqual([
      [2, 'campaign-manager@example.com', ['valueProposition']],
      [1, 'local', ['launchDate', 'offerCode', 'segments']],
    ]);
    const [one] = (
      await ask<{ briefVersions: unknown[] }>(CAMPAIGN, 'briefVersions(first: 1) { changes { field } }')
    ).briefVersions;
    expect(one).toEqual({ changes: [{ field: 'valueProposition' }] });
  });

  it('keeps its versions as they are', async () => {
    await expect(api.query("UPDATE brief_version SET actor = 'nobody'")).rejects.toThrow('append-only');
    await expect(api.query('DELETE FROM brief_version')).rejects.toThrow('append-only');
  });

  it('denies spokes what the hub owns, names who can, and lets them set all else (R3)', async () => {
    expect(await set({ offerCode: 'FLASH30', subjectLine: 'Light!' }, EMAIL)).toEqual([
      {
        code: 'HUB_OWNED_FIELD',
        message:
          "'offerCode' is the hub's, and 'email-lead@example.com' has no role there: ask campaign-manager",
        missing: ['offerCode'],
        askRole: ['campaign-manager'],
      },
    ]);
    expect(await set({ subjectLine: 'Light!' }, EMAIL)).toEqual([]);
    // Naming the value that it has is no change.
    expect(await set({ offerCode: 'SPRING25' }, EMAIL)).toEqual([]);
    expect(
      await set({ offerCode: 'SPRING20' }, ['both@example.com', 'contributor,email-lead,campaign-manager']),
    ).toEqual([]);
    expect(await set({ offerCode: 'SPRING25' }, ['ops@example.com', 'steward,email-lead'])).toEqual([]);
  });

  it('loses nothing where two change it: who has not seen the present version is told', async () => {
    const { briefVersion } = await ask<{ briefVersion: number }>(CAMPAIGN, 'briefVersion');
    const both = await Promise.all(
      ['formal', 'friendly'].map((tone) => set({ tone }, HUB, { basedOn: briefVersion })),
    );
    const refused = both.flat();
    expect(refused).toMatchObject([{ code: 'BRIEF_CHANGED' }]);
    expect(refused[0]?.message).toBe(
      `the brief is at version ${briefVersion + 1}, not ${briefVersion}: tone changed, by campaign-manager@example.com`,
    );
    expect(await set({ tone: 'formal' }, HUB, { basedOn: 99 })).toMatchObject([{ code: 'INVALID_INPUT' }]);
  });

  it('gives each of many changes at once a number of its own', async () => {
    const { briefVersion: before } = await ask<{ briefVersion: number }>(CAMPAIGN, 'briefVersion');
    await Promise.all(Array.from({ length: 8 }, (_, at) => set({ [`note${at}`]: 'x' })));
    const { briefVersion, brief } = await ask<{ briefVersion: number; brief: { name: string }[] }>(
      CAMPAIGN,
      'briefVersion brief { name }',
    );
    expect(briefVersion).toBe(before + 8);
    expect(brief.filter(({ name }) => name.startsWith('note'))).toHaveLength(8);
  });

  it('refuses a brief that is a document', async () => {
    const fields = (count: number, name: string) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`${name}${at}`, 'x']));
    expect(await set({ story: 'x'.repeat(20_001) })).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(await set(fields(101, 'a'))).toMatchObject([{ code: 'INVALID_INPUT' }]);
    // Not in two halves either.
    expect(await set(fields(95, 'b'))).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(await set({ 'a b': 'x' })).toMatchObject([{ code: 'INVALID_INPUT' }]);
  });

  it('is pulled by spokes; one that worked from an older version is known, with what has changed (R50)', async () => {
    expect((await spokes()).map(({ key, pulledVersion }) => [key, pulledVersion])).toEqual([
      ['email', null],
      ['social', null],
    ]);
    const first = await pull('email');
    expect(first).toMatchObject({ refusals: [], isModified: true });
    expect(first.brief).toContainEqual({ name: 'offerCode', text: 'SPRING25' });
    expect(await pull('email', first.tag)).toEqual({ ...first, isModified: false, brief: null });
    expect(await spokes('spokesOutOfDate')).toEqual([]);
    await set({ offerCode: 'SPRING20' });
    expect(await spokes('spokesOutOfDate')).toMatchObject([
      {
        ...{
          key: 'email',
          pulledVersion: first.version,
          pulledBy: 'email-lead@example.com',
          isOutOfDate: true,
        },
        changes: [{ field: 'offerCode', before: { text: 'SPRING25' }, after: { text: 'SPRING20' } }],
      },
    ]);
    const second = await pull('email', first.tag);
    expect(second).toMatchObject({ version: (first.version ?? 0) + 1, isModified: true });
    expect(await spokes('spokesOutOfDate')).toEqual([]);
    await set({ offerCode: 'SPRING25' });
  });

  it('notes nothing for a spoke that there is not, or for somebody else’s', async () => {
    expect(await pull('emial')).toMatchObject({ refusals: [{ code: 'UNKNOWN_SPOKE' }], brief: null });
    expect(await pull('social')).toMatchObject({ refusals: [{ code: 'ROLE_MISSING' }], tag: null });
    expect((await pull('social', null, HUB)).refusals).toEqual([]);
    const answer = await fetch(`${api.url}/briefs/spring-lapms/email`);
    expect(answer.status).toBe(404);
  });

  it('is pulled over HTTP with an ETag, and not sent twice', async () => {
    const url = `${api.url}/briefs/${CAMPAIGN}/email`;
    const headers = { 'weir-actor': EMAIL[0], 'weir-roles': EMAIL[1] };
    const first = await fetch(url, { headers });
    const tag = first.headers.get('etag') ?? '';
    expect(await first.json()).toMatchObject({
      campaign: CAMPAIGN,
      spoke: 'email',
      brief: { offerCode: 'SPRING25' },
    });
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`])
      expect((await fetch(url, { headers: { ...headers, 'if-none-match': known } })).status).toBe(304);
    await set({ tone: 'playful' });
    const later = await fetch(url, { headers: { ...headers, 'if-none-match': tag } });
    expect([later.status, later.headers.get('etag') === tag]).toEqual([200, false]);
    const denied = await fetch(url, { headers: { ...headers, 'weir-roles': 'contributor,social-lead' } });
    expect([denied.status, await denied.json()]).toMatchObject([
      403,
      { refusals: [{ code: 'ROLE_MISSING' }] },
    ]);
  });

  it('costs two questions to pull, whatever the campaign', async () => {
    await pull('email');
    const before = api.questions();
    await pull('email');
    // With the beginning and the end of the transaction.
    expect(api.questions() - before).toBeLessThanOrEqual(5);
  });

  it('moves the launch where the hub names another day; channels that stay behind have drifted (R51, R52)', async () => {
    const tag = (await pull('email')).tag;
    expect(await set({ launchDate: '2027-01-11' }, EMAIL)).toMatchObject([{ code: 'HUB_OWNED_FIELD' }]);
    expect(await set({ launchDate: '2027-01-11' })).toEqual([]);
    const { plannedLaunchAt, checkpoints } = await ask<{
      plannedLaunchAt: string;
      checkpoints: { key: string; at: string }[];
    }>(CAMPAIGN, 'plannedLaunchAt checkpoints { key at offset section isPast }');
    expect(plannedLaunchAt).toBe('2027-01-11T09:00:00.000Z');
    expect(checkpoints.map(({ key, at }) => [key, at])).toEqual([
      ['fortnight', '2026-12-28T09:00:00.000Z'],
      ['week', '2027-01-04T09:00:00.000Z'],
      ['eve', '2027-01-10T09:00:00.000Z'],
    ]);
    await act('addAsset', {
      campaign: CAMPAIGN,
      key: 'mail',
      channel: 'email',
      text: 'Lamps.',
      segments: ['smb'],
    });
    const [email] = await spokes('spokesOutOfDate');
    expect(email).toMatchObject({
      key: 'email',
      changes: [{ field: 'launchDate' }],
      drift: [{ field: 'launchDate', briefValue: '2027-01-11', value: '2026-12-21', ageHours: 0 }],
    });
    expect((await pull('email', tag)).isModified).toBe(true);
  });

  it('plans the launch with all that goes with it, and single channels', async () => {
    const plan = (input: object, who: readonly [string, string] = HUB) =>
      act('planLaunch', { campaign: CAMPAIGN, ...input }, ...who);
    const at = (channel: string, plannedAt: string) => ({ channel, plannedAt });
    expect(await plan({ plannedLaunchAt: '2027-02-01T09:00:00Z' }, EMAIL)).toMatchObject([
      { code: 'HUB_OWNED_FIELD' },
    ]);
    const channels = [at('email', '2027-01-11T09:00:00Z'), at('social', '2027-01-10T09:00:00Z')];
    expect(await plan({ channels }, EMAIL)).toMatchObject([
      { code: 'ROLE_MISSING', askRole: ['social-lead', 'creative-lead', 'campaign-manager'] },
    ]);
    expect(await plan({ channels: channels.slice(0, 1) }, EMAIL)).toEqual([]);
    expect(await plan({ channels })).toEqual([]);
    expect(await plan({ plannedLaunchAt: '2027-02-01T09:00:00Z' })).toEqual([]);
    const standing = await ask<object>(
      CAMPAIGN,
      'plannedLaunchAt channels { channel plannedAt } brief { name text }',
    );
    expect(standing).toMatchObject({
      plannedLaunchAt: '2027-02-01T09:00:00.000Z',
      // Email was to open with the campaign, social a day before.
      channels: [at('email', '2027-02-01T09:00:00.000Z'), at('social', '2027-01-10T09:00:00.000Z')],
    });
    expect((standing as { brief: object[] }).brief).toContainEqual({
      name: 'launchDate',
      text: '2027-02-01',
    });
    expect(await plan({ channels: [at('fax', '2027-01-10T09:00:00Z')] })).toMatchObject([
      { code: 'UNKNOWN_CHANNEL' },
    ]);
    expect(
      await plan({ channels: [at('email', '2027-01-10T09:00:00Z'), at('email', '2027-01-10T09:00:00Z')] }),
    ).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(await plan({}, ['viewer@example.com', 'viewer'])).toMatchObject([{ code: 'ROLE_MISSING' }]);
    expect(await act('planLaunch', { campaign: 'none' })).toMatchObject([{ code: 'UNKNOWN_CAMPAIGN' }]);
  });

  it('has the day of the planned launch where a hub owns it; a hand-off says what it lacks, and asks who owns that', async () => {
    const key = 'autumn-lamps';
    const launch = { plannedLaunchAt: '2026-12-21T09:00:00Z' };
    await act('createCampaign', {
      ...{ key, name: 'Autumn lamps', workflow: 'product-launch', ...launch },
      brief: [{ name: 'offerCode', text: 'SPRING25' }],
    });
    const told = async () =>
      (await ask<{ brief: { name: string; text: string }[] }>(key, 'brief { name text }')).brief.find(
        ({ name }) => name === 'launchDate',
      )?.text;
    expect(await told()).toBe('2026-12-21');
    for (const mutation of ['startStep', 'completeStep'])
      expect(await act(mutation, { campaign: key, step: 'brief' })).toEqual([]);
    const empty = { campaign: key, fields: [{ name: 'launchDate' }] };
    expect(await act('updateBrief', empty)).toEqual([]);
    for (const step of ['brand', 'legal'])
      expect(await act('approve', { campaign: key, step }, ...REVIEWER)).toEqual([]);

    const missing = ['segments', 'valueProposition', 'launchDate'];
    expect(await ask(key, 'handoffs { status missing }')).toMatchObject({
      handoffs: [{ status: 'OPEN', missing }],
    });
    expect(await act('acceptHandoff', { campaign: key, handoff: 'sign-off-to-creative' })).toMatchObject([
      { code: 'HANDOFF_INCOMPLETE', missing, askRole: ['campaign-manager'] },
    ]);
    // The launch that is planned already tells its day where nothing else does, to whom may set it.
    const again = { campaign: key, ...launch };
    expect(await act('planLaunch', again, ...EMAIL)).toMatchObject([{ code: 'HUB_OWNED_FIELD' }]);
    expect(await act('planLaunch', again, ...HUB)).toEqual([]);
    expect(await told()).toBe('2026-12-21');
    const { briefVersion } = await ask<{ briefVersion: number }>(key, 'briefVersion');
    expect(await act('planLaunch', again, ...HUB)).toEqual([]);
    expect(await ask(key, 'briefVersion')).toEqual({ briefVersion });
  });

  it('keeps all of it or nothing where the record cannot be written', async () => {
    const failing = {
      ...api.ports,
      inTransaction: <T>(work: Parameters<typeof api.ports.inTransaction>[0]) =>
        api.ports.inTransaction(async (stores) => {
          await work(stores);
          throw new Error('gone');
        }) as Promise<T>,
    };
    const { briefVersion } = await ask<{ briefVersion: number }>(CAMPAIGN, 'briefVersion');
    await expect(
      updateBrief(failing, LOCAL_ACTOR, { campaign: CAMPAIGN, fields: { tone: 'odd' }, basedOn: null }),
    ).rejects.toThrow('gone');
    expect(await ask(CAMPAIGN, 'briefVersion')).toEqual({ briefVersion });
  });
});
