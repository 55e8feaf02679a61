import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { decodeJwt } from 'jose';
import pg from 'pg';
import { REVIEWER, startApi, type TestApi } from '../support/api.js';
import { until } from '../support/until.js';
import { run } from '../support/run.js';

const SENDER = path.resolve('examples/sender/send.js');
const POST = { key: 'post', text: 'New lamps — from 19 €.', offer: null, segments: [], links: [] };

/** A module that stops the clock of a process: the server's stands still as well. */
const clockAt = (time: number) =>
  `data:text/javascript,${encodeURIComponent(`const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given) { super(...(given.length === 0 ? [${time}] : given)); }
      static now() { return ${time}; }
    };`)}`;

interface Permitted {
  permit: { token: string; contentHash: string; expiresAt: string } | null;
  refusals: { code: string; message: string; missing: string[] }[];
}

describe('a launch permit', () => {
  let api: TestApi;
  let directory: string;
  beforeAll(async () => {
    api = await startApi();
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-sender-'));
  }, 60_000);
  afterAll(async () => {
    await api.close();
    await rm(directory, { recursive: true, force: true });
  });

  const act = async (
    mutation: string,
    input: object,
    type = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`,
  ) => {
    const document = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { refusals { code message } } }`;
    const { payload } = await api
      .as()
      .request<{ payload: { refusals: { code: string }[] } }>(document, { input });
    return payload.refusals.map(({ code }) => code);
  };
  const permit = async (input: object, who?: readonly [string, string]): Promise<Permitted> => {
    const document = `mutation ($input: LaunchPermitInput!) {
      payload: launchPermit(input: $input) { permit { token contentHash expiresAt } refusals { code message missing } campaign { key } }
    }`;
    return (await api.as(...(who ?? [])).request<{ payload: Permitted }>(document, { input })).payload;
  };
  const waiting = async () =>
    (await api.query("SELECT 1 FROM pg_locks WHERE relation = 'signing_key'::regclass AND NOT granted"))
      .length;
  const approve = async (campaign: string) => {
    const { payload } = await api
      .as(...REVIEWER)
      .request<{ payload: { refusals: object[] } }>(
        'mutation ($input: ApproveInput!) { payload: approve(input: $input) { refusals { code } } }',
        { input: { campaign, step: 'brand-approval' } },
      );
    expect(payload.refusals).toEqual([]);
  };
  /** A post that could be published. */
  const ready = async (campaign: string) => {
    await act('createCampaign', { key: campaign, name: campaign, workflow: 'social-post' });
    for (const step of ['brief', 'write-post']) {
      await act('startStep', { campaign, step }, 'StepInput');
      await act('completeStep', { campaign, step }, 'StepInput');
    }
    await act('addAsset', { campaign, channel: 'social', key: POST.key, text: POST.text });
    await approve(campaign);
  };
  const keys = async () => (await fetch(`${api.url}/.well-known/jwks.json`)).text();
  /** What the tool prints, without any way to ask Weir. */
  const send = async (token: string, campaign: string, content: object, keySet: string, later = 0) => {
    const [keyFile, contentFile] = ['keys.json', 'content.json'].map((name) =>
      path.join(directory, name),
    ) as [string, string];
    await writeFile(keyFile, keySet);
    await writeFile(contentFile, JSON.stringify(content));
    const clock = clockAt(api.ports.clock.now().getTime() + later);
    const args = ['--import', clock, SENDER, keyFile, campaign, 'social', contentFile];
    const { out, err } = await run(process.execPath, args, { input: token });
    return (out + err).trim();
  };

  it('is refused until the channel is live, with what is missing', async () => {
    await act('createCampaign', { key: 'early', name: 'Early', workflow: 'social-post' });
    expect((await permit({ campaign: 'early', channel: 'social' })).refusals).toMatchObject([
      { code: 'PREDECESSOR_OPEN', missing: ['write-post', 'brand-approval'] },
    ]);
    await ready('almost');
    const almost = { campaign: 'almost', channel: 'social' };
    expect((await permit(almost)).refusals).toMatchObject([
      { code: 'CHANNEL_NOT_LIVE', missing: ['launch social'] },
    ]);
    expect((await permit({ ...almost, channel: 'fax' })).refusals).toMatchObject([
      { code: 'UNKNOWN_CHANNEL' },
    ]);
    expect((await permit({ ...almost, campaign: 'none' })).refusals).toMatchObject([
      { code: 'UNKNOWN_CAMPAIGN' },
    ]);
    expect(await act('launchChannel', almost)).toEqual([]);
    expect((await permit(almost)).refusals).toEqual([]);
    const pause = { ...almost, reason: 'A competitor complained.' };
    expect(await act('pauseChannel', pause)).toEqual([]);
    expect((await permit(almost)).refusals).toEqual([
      {
        code: 'CHANNEL_NOT_LIVE',
        message:
          "'social' is paused by local since 2026-11-23T00:00:00.000Z (A competitor complained.): nothing is sent on it until it is resumed",
        missing: ['resume social'],
      },
    ]);
    expect(await act('resumeChannel', almost)).toEqual([]);
    const viewer = ['someone@example.com', 'viewer'] as const;
    expect((await permit(almost, viewer)).refusals).toMatchObject([{ code: 'ROLE_MISSING' }]);
  });

  it('lets a tool send that has nothing but the keys, and only what it is for', async () => {
    await ready('lamps');
    const input = { campaign: 'lamps', channel: 'social' };
    await act('launchChannel', input);
    const { permit: given } = await permit(input);
    const [token, set] = [given?.token ?? '', await keys()];
    expect(await send(token, 'lamps', [POST], set)).toBe('sent post on social');
    expect(await send(token, 'other', [POST], set)).toBe('not sent: the permit is for social of lamps');
    expect(await send(token, 'lamps', [{ ...POST, text: 'From 9 €.' }], set)).toBe(
      'not sent: the permit is for other content',
    );
    const [head = '', , signature = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...decodeJwt(token), exp: 4_000_000_000 })).toString(
      'base64url',
    );
    expect(await send([head, forged, signature].join('.'), 'lamps', [POST], set)).toBe(
      'not sent: signature verification failed',
    );
    const foreign = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await send(`${foreign}.${token.split('.')[1] ?? ''}.`, 'lamps', [POST], set)).toMatch(
      /^not sent: /,
    );
    expect(await send(token, 'lamps', [POST], set, 301_000)).toBe(
      'not sent: "exp" claim timestamp check failed',
    );
    expect(set).not.toContain('"d"');
  });

  it('counts for five minutes, and is on record', async () => {
    await ready('short');
    const input = { campaign: 'short', channel: 'social' };
    await act('launchChannel', input);
    const { permit: given } = await permit(input);
    const { iat = 0, exp = 0, jti } = decodeJwt(given?.token ?? '');
    expect(exp - iat).toBe(300);
    expect(new Date(exp * 1_000).toISOString()).toBe(given?.expiresAt);
    const { auditLog } = await api
      .as()
      .request<{ auditLog: { nodes: { subject: string; after: { permit: string } }[] } }>(
        '{ auditLog(first: 5, filter: { campaign: "short", action: [CHANNEL_PERMIT] }) { nodes { subject after } } }',
      );
    expect(auditLog.nodes).toMatchObject([{ subject: 'social', after: { permit: jti } }]);
  });

  it('is for what the channel holds: a change between asking and sending shows', async () => {
    await ready('changed');
    const input = { campaign: 'changed', channel: 'social' };
    await act('launchChannel', input);
    const { permit: given } = await permit(input);
    expect((await permit({ ...input, contentHash: given?.contentHash })).refusals).toEqual([]);
    await act('addAsset', { campaign: 'changed', channel: 'social', key: POST.key, text: 'Other words.' });
    // What nobody has approved is not sent, whatever the tool holds (R37).
    expect((await permit(input)).refusals).toMatchObject([
      { code: 'APPROVAL_MISSING', missing: ['brand-approval'] },
    ]);
    await approve('changed');
    const { permit: other } = await permit(input);
    expect((await permit({ ...input, contentHash: given?.contentHash })).refusals).toEqual([
      {
        code: 'CONTENT_DIFFERS',
        message:
          "what is to be sent on 'social' is not what was approved for it: asset 'post' changed, by local at 2026-11-23T00:00:00.000Z",
        missing: [
          `permit.contentHash of launchPermit without contentHash, which is ${other?.contentHash ?? ''} now`,
        ],
      },
    ]);
  });

  it('is given with one key, also where the first are asked for at the same time', async () => {
    const campaigns = ['busy-1', 'busy-2', 'busy-3', 'busy-4'];
    for (const campaign of campaigns) {
      await ready(campaign);
      await act('launchChannel', { campaign, channel: 'social' });
    }
    await api.query('DELETE FROM signing_key', []);
    // All of them come as far as the look for a key, and go on together.
    const client = new pg.Client({ connectionString: api.databaseUrl });
    await client.connect();
    await client.query('BEGIN; LOCK TABLE signing_key IN ACCESS EXCLUSIVE MODE');
    const asked = Promise.all(campaigns.map((campaign) => permit({ campaign, channel: 'social' })));
    await until(async () => (await waiting()) === campaigns.length, 10_000);
    await client.query('ROLLBACK');
    await client.end();
    await asked;
    expect((JSON.parse(await keys()) as { keys: object[] }).keys).toHaveLength(1);
  });

  it('ends with the campaign, which can be called off with a reason', async () => {
    await ready('over');
    const input = { campaign: 'over', channel: 'social' };
    await act('launchChannel', input);
    expect(await act('cancelCampaign', { campaign: 'over', reason: ' ' })).toEqual(['REASON_MISSING']);
    expect(await act('cancelCampaign', { campaign: 'over', reason: 'The lamps were recalled.' })).toEqual([]);
    const found = await api
      .as()
      .request<object>('{ campaign(key: "over") { status cancelledBecause endedAt } }');
    expect(found).toMatchObject({
      campaign: {
        status: 'CANCELLED',
        cancelledBecause: 'The lamps were recalled.',
        endedAt: expect.any(String) as string,
      },
    });
    expect((await permit(input)).refusals).toMatchObject([{ code: 'CAMPAIGN_NOT_RUNNING' }]);
    expect(await act('cancelCampaign', { campaign: 'over', reason: 'again' })).toEqual([
      'CAMPAIGN_NOT_RUNNING',
    ]);
  });
});
