import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { startApi, type TestApi } from '../support/api.js';
import { TWO_CHANNELS } from '../support/definitions.js';
import { commitFiles } from '../support/repository.js';

/** R61: what falls out of line is paused, and only that. */
describe('a gate that pauses channels', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    const moment = { message: 'Two channels', date: '2026-11-22T00:00:00Z' };
    await commitFiles(api.repository, { 'workflows/two.yaml': TWO_CHANNELS }, moment);
    await api.sync.run('cli', LOCAL_ACTOR);
    await act('createCampaign', {
      key: 'sale',
      name: 'Sale',
      workflow: 'two-channels',
      brief: [{ name: 'offerCode', text: 'SPRING25' }],
    });
    for (const step of ['mail', 'post']) {
      await act('startStep', { campaign: 'sale', step });
      await act('completeStep', { campaign: 'sale', step });
    }
    await asset('mail', 'email', '25 % off all lamps until 5 May with code SPRING25.');
    await asset('post', 'social', '10 % off all lamps until 5 May with code SUMMER10.');
  }, 60_000);
  afterAll(() => api.close());

  async function act(name: string, input: object, who = api.as()): Promise<string[]> {
    const isStep = name === 'startStep' || name === 'completeStep';
    const type = isStep ? 'StepInput!' : `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const query = `mutation($input: ${type}) { ${name}(input: $input) { refusals { code message } } }`;
    const answer = await who.request<Record<string, { refusals: { code: string }[] }>>(query, { input });
    return (answer[name]?.refusals ?? []).map(({ code }) => code);
  }
  const asset = (key: string, channel: string, text: string) =>
    act('addAsset', { campaign: 'sale', key, channel, text });
  const channels = async () => {
    const { campaign } = await api
      .as()
      .request<{ campaign: { channels: Record<string, string | null>[] } }>(
        '{ campaign(key: "sale") { channels { channel status pausedBy pausedReason } } }',
      );
    return campaign.channels;
  };
  const alerts = async () => {
    const { alerts: found } = await api
      .as()
      .request<{ alerts: { nodes: object[] } }>(
        '{ alerts(first: 9, filter: { kind: [CHANNEL_PAUSED], isOpen: true }) { nodes { subject message campaignKey roles } } }',
      );
    return found.nodes;
  };

  it('holds what says something else than the brief, and tells why; the others go on', async () => {
    expect(await act('evaluateGate', { campaign: 'sale', gate: 'half-way' })).toEqual([]);
    expect(await channels()).toEqual([
      { channel: 'email', status: 'PLANNED', pausedBy: null, pausedReason: null },
      {
        ...{ channel: 'social', status: 'PAUSED', pausedBy: 'gate half-way' },
        pausedReason: expect.stringMatching(/^gate 'half-way' failed: message-consistency is 0/) as string,
      },
    ]);
    expect(await alerts()).toEqual([
      {
        ...{ subject: 'sale social', campaignKey: 'sale', roles: ['social-lead', 'marketing-ops-manager'] },
        message: expect.stringContaining("'social' of campaign 'sale' is paused") as string,
      },
    ]);
    expect(await act('launchChannel', { campaign: 'sale', channel: 'social' })).toContain('CHANNEL_PAUSED');
    expect(await act('launchChannel', { campaign: 'sale', channel: 'email' })).toEqual([]);
  });

  it('is not mended by mending alone: an approver resumes it', async () => {
    await asset('post', 'social', '25 % off all lamps until 5 May with code SPRING25.');
    expect(await act('evaluateGate', { campaign: 'sale', gate: 'half-way' })).toEqual([]);
    expect((await channels())[1]).toMatchObject({ status: 'PAUSED' });
    const contributor = api.as('post@example.com', 'contributor,social-lead');
    expect(await act('resumeChannel', { campaign: 'sale', channel: 'social' }, contributor)).toEqual([
      'ROLE_MISSING',
    ]);
    const approver = api.as('brand@example.com', 'approver,brand');
    expect(await act('resumeChannel', { campaign: 'sale', channel: 'social' }, approver)).toEqual([]);
    expect((await channels())[1]).toMatchObject({ status: 'PLANNED', pausedBy: null });
    expect(await alerts()).toEqual([]);
    expect(await act('launchChannel', { campaign: 'sale', channel: 'social' })).toEqual([]);
  });
});
