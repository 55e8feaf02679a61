import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CloudEvent } from 'cloudevents';
import { checkpointAudit } from '../../src/application/checkpoint-audit.js';
import { startApi, type TestApi } from '../support/api.js';
import { begin, intrude } from '../support/audit-world.js';
import { post } from '../support/http.js';
import { weir as runWeir } from '../support/run.js';

interface Line {
  position: number;
  hash: string;
  record: { id: string; actor: string; action: string; subject: string; after: object | null };
  campaign: string | null;
  workflow: string | null;
  version: number | null;
}

describe('an export of the audit record', () => {
  let api: TestApi;
  let directory: string;
  beforeAll(async () => {
    api = await startApi();
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-export-'));
    for (const key of ['one', 'two']) await begin(api.ports, key);
    await checkpointAudit(api.ports);
    await begin(api.ports, 'three');
  }, 60_000);
  afterAll(async () => {
    await api.close();
    await rm(directory, { recursive: true, force: true });
  });

  const get = async (address: string, roles = 'steward') =>
    fetch(`${api.url}${address}`, { headers: { 'weir-actor': 'ops@example.com', 'weir-roles': roles } });
  const lines = async <T>(address: string): Promise<T[]> => {
    const text = await (await get(address)).text();
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  };
  const weir = (...args: string[]) =>
    runWeir(['verify-audit', ...args], {
      env: { ...process.env, DATABASE_URL: api.databaseUrl, LOG_LEVEL: 'silent' },
    });
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(path.join(directory, name), text);
    return path.join(directory, name);
  };

  it('has every record once, in the order of the chain, with what its ids stand for', async () => {
    const all = await lines<Line>('/audit.ndjson');
    const [counted] = (await api.query('SELECT count(*)::int AS records FROM audit_record')) as {
      records: number;
    }[];
    expect(all.map(({ position }) => position)).toEqual(
      Array.from({ length: counted?.records ?? 0 }, (_, at) => at + 1),
    );
    expect(all.at(-1)).toMatchObject({
      record: { actor: 'local', action: 'step.start', subject: 'brief', origin: { by: 'local' } },
      ...{ campaign: 'three', workflow: 'social-post', version: expect.any(Number) as number },
    });
  });

  it('gives what is asked for', async () => {
    const asked = '/audit.ndjson?campaign=two&action=step.start&action=campaign.create&actor=local';
    expect((await lines<Line>(asked)).map(({ record }) => record.action)).toEqual([
      'campaign.create',
      'step.start',
    ]);
    expect(await lines('/audit.ndjson?since=2100-01-01T00:00:00Z')).toEqual([]);
    expect((await lines<Line>('/audit.ndjson?subject=two')).map(({ campaign }) => campaign)).toEqual(['two']);
    const [newest] = (await lines<Line & { version: number }>('/audit.ndjson?campaign=two')).slice(-1);
    const onVersion = `/audit.ndjson?workflow=social-post&version=${newest?.version}`;
    expect(new Set((await lines<Line>(onVersion)).map(({ campaign }) => campaign))).toEqual(
      new Set([null, 'one', 'two', 'three']),
    );
    expect(await lines('/audit.ndjson?workflow=none')).toEqual([]);
    const { data } = await post(api.url, {
      query: `{ auditLog(filter: { workflow: "social-post", version: ${newest?.version}, action: STEP_START }) {
        nodes { campaign { key } workflowVersion { number workflow { key } } } } }`,
    });
    expect(data).toMatchObject({
      auditLog: {
        nodes: ['three', 'two', 'one'].map((key) => ({
          campaign: { key },
          workflowVersion: { number: newest?.version, workflow: { key: 'social-post' } },
        })),
      },
    });
    const wrong = await get('/audit.ndjson?format=xml&until=tomorrow&who=me');
    expect([wrong.status, ((await wrong.json()) as { errors: object[] }).errors]).toEqual([
      400,
      expect.anything(),
    ]);
  });

  it('is for stewards', async () => {
    for (const address of ['/audit.ndjson', '/audit/checkpoints'])
      expect([address, (await get(address, 'viewer,approver')).status, (await get(address)).status]).toEqual([
        address,
        403,
        200,
      ]);
  });

  it('is of CloudEvents 1.0 where that is asked for', async () => {
    const events = await lines<Record<string, unknown> & { data: Line }>(
      '/audit.ndjson?format=cloudevents&campaign=one',
    );
    expect(events).toHaveLength(2);
    for (const { data, ...event } of events) {
      expect(new CloudEvent({ ...event, data }).validate()).toBe(true);
      expect(event).toEqual({
        ...{ specversion: '1.0', id: `audit_${data.record.id}`, source: '/weir/campaigns/one' },
        ...{
          type: `weir.audit.${data.record.action}`,
          subject: data.record.subject,
          datacontenttype: 'application/json',
        },
        time: expect.stringMatching(/^2026-11-23T00:00:00\.000000Z$/) as string,
      });
    }
  });

  it('is verified without the database, against checkpoints and keys', async () => {
    const text = await (await get('/audit.ndjson')).text();
    const tokens = await (await get('/audit/checkpoints')).text();
    const keys = await file('keys.json', await (await get('/.well-known/jwks.json')).text());
    const checkpoints = await file('checkpoints.txt', tokens);
    const verify = (export_: string) =>
      weir('--from-file', export_, '--checkpoints', checkpoints, '--keys', keys, '--format', 'json');
    const whole = await file('whole.ndjson', text);
    const clean = await verify(whole);
    expect([clean.code, JSON.parse(clean.out)]).toMatchObject([0, { ok: true, checkpoints: 1, wrong: null }]);

    const changed = await verify(
      await file('changed.ndjson', text.replace('"subject":"two"', '"subject":"too"')),
    );
    const at = text.split('\n').findIndex((line) => line.includes('"subject":"two"')) + 1;
    expect([changed.code, JSON.parse(changed.out)]).toMatchObject([
      1,
      { ok: false, wrong: { kind: 'changed', position: at } },
    ]);
    const cut = await verify(await file('cut.ndjson', text.split('\n').slice(0, 3).join('\n')));
    expect([cut.code, JSON.parse(cut.out)]).toMatchObject([1, { wrong: { kind: 'missing', position: 4 } }]);
    const forged = await file('forged.txt', tokens.replace(/\.[^.]{4}/, '.AAAA'));
    const other = await weir('--from-file', whole, '--checkpoints', forged, '--keys', keys);
    expect([other.code, other.out]).toEqual([1, expect.stringContaining('forged: ')]);
    const lonely = await weir('--from-file', whole, '--keys', keys);
    expect(lonely.code).toBe(2);
    expect((await weir('--from-file', await file('no.ndjson', 'x\n'))).code).toBe(2);
    const empty = await weir('--from-file', await file('empty.ndjson', ''));
    expect([empty.code, empty.err]).toEqual([2, expect.stringContaining('holds no record')]);
  }, 60_000);

  it('is found to be wrong in the database, with a sentence for people', async () => {
    const fine = await weir();
    expect([fine.code, fine.out]).toEqual([
      0,
      expect.stringMatching(/^fine: \d+ records as they were written, by 1 checkpoint\n/),
    ]);
    const intruder = await intrude(api.databaseUrl);
    await intruder.does(
      "UPDATE audit_record SET subject = 'x' WHERE id = (SELECT record_id FROM audit_seal WHERE position = 2)",
    );
    const wrong = await weir();
    expect([wrong.code, wrong.out]).toEqual([
      1,
      expect.stringMatching(
        /^changed at position 2, record \d+: record \d+ is not what was sealed here\n1 record before/,
      ),
    ]);
    await intruder.undo();
    await intruder.leave();
  }, 60_000);
});
