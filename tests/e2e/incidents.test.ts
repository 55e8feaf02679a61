import type { TestApi } from '../support/api.js';
import { startBriefWorld } from '../support/brief-world.js';
import { TODAY } from '../support/api.js';

const DAY_MS = 86_400_000;

describe('incidents through the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startBriefWorld();
    for (const key of ['spring', 'summer', 'autumn', 'winter']) await create(key);
    for (const [key, text] of [
      ['mail', 'A quarter off every lamp until 5 May. Use code SPRING25 at checkout.'],
      ['post', 'Every lamp 20% off until 5 May. Code: SPRING25.'],
    ] as const) {
      const channel = key === 'mail' ? 'email' : 'social';
      await mutate('addAsset', { campaign: 'spring', key, channel, text, segments: ['smb'] });
    }
    // As use cases leave it, at a time that no clock of a test goes back to.
    await api.query(
      `UPDATE campaign_channel SET planned_at = $1 WHERE campaign_id IN (SELECT id FROM campaign WHERE key IN ('spring', 'autumn'))
        AND channel = 'email'`,
      [new Date(TODAY.getTime() - 3 * DAY_MS)],
    );
    await api.query(`UPDATE campaign SET status = 'cancelled', ended_at = $1 WHERE key = 'autumn'`, [TODAY]);
  }, 60_000);
  afterAll(() => api.close());

  const create = (key: string) =>
    mutate('createCampaign', {
      ...{ key, name: key, workflow: 'product-launch', plannedLaunchAt: '2026-12-01T09:00:00Z' },
      brief: [
        { name: 'offerCode', text: 'SPRING25' },
        { name: 'segments', items: ['smb'] },
      ],
    });
  async function mutate(name: string, input: object): Promise<void> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const answer = await api
      .as()
      .request<Record<string, object>>(
        `mutation($input: ${type}) { ${name}(input: $input) { refusals { code message } } }`,
        { input },
      );
    expect(answer).toEqual({ [name]: { refusals: [] } });
  }
  interface Shown {
    key: string;
    incidents: Record<string, unknown>[];
  }
  async function campaigns(first = 10): Promise<Record<string, Shown['incidents']>> {
    const answer = await api.as().request<{ campaigns: { nodes: Shown[] } }>(
      `{ campaigns(first: ${first}) { nodes { key incidents { kind subject cause failurePoint evidence
        delay { hours waitingHours workingHours } } } } }`,
    );
    return Object.fromEntries(answer.campaigns.nodes.map(({ key, incidents }) => [key, incidents]));
  }

  it('are recognised from the record', async () => {
    const { spring } = await campaigns();
    expect(spring?.map(({ kind, subject }) => [kind, subject])).toEqual(
      expect.arrayContaining([
        ['MISSED_DEADLINE', 'email'],
        ['MESSAGING_CONFLICT', expect.any(String)],
      ]),
    );
    expect(spring?.find(({ kind }) => kind === 'MISSED_DEADLINE')).toMatchObject({
      ...{ cause: 'OTHER', delay: { hours: 72 } },
      evidence: expect.arrayContaining(["'email' has not opened, 72 h after its plan"]) as string[],
    });
  });
  it('are none where nothing went wrong, and none of the deadlines of what was called off', async () => {
    const { summer, autumn } = await campaigns();
    expect([summer, autumn]).toEqual([[], []]);
  });
  it('take no question more for each campaign more', async () => {
    const questions = async (first: number) => {
      const before = api.questions();
      await campaigns(first);
      return api.questions() - before;
    };
    expect((await questions(4)) - (await questions(2))).toBeLessThan(2);
  });
});
