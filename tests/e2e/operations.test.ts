import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';

const STEWARD = { 'weir-actor': 'steward@example.com', 'weir-roles': 'steward' };
const CONTRIBUTOR = { 'weir-actor': 'writer@example.com', 'weir-roles': 'contributor' };

describe('operating Weir over the API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  const act = async (mutation: string, input: object, fields: string, headers = STEWARD) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { ${fields} refusals { code message } } }`;
    const { data, errors } = await post(api.url, { query, variables: { input } }, headers);
    expect(errors).toEqual([]);
    return data?.['payload'];
  };
  const ask = async (query: string) => (await post(api.url, { query })).data;
  const pin = (version: object | null, more: object = {}, headers = STEWARD) =>
    act(
      'pinWorkflow',
      { workflow: 'product-launch', version, reason: 'the new order stalls', ...more },
      'workflow { currentVersion { number } pin { pinnedBy reason } }',
      headers,
    );

  it('serves an older version while it is pinned, to new campaigns only', async () => {
    const create = (key: string) =>
      act(
        'createCampaign',
        { key, name: key, workflow: 'product-launch' },
        'campaign { workflowVersion { number } }',
      );
    const newest = await ask(
      '{ workflow(key: "product-launch") { currentVersion { number } pin { reason } } }',
    );
    const { currentVersion } = newest?.['workflow'] as { currentVersion: { number: number } };
    expect(newest).toEqual({ workflow: { currentVersion, pin: null } });
    await create('before-the-pin');
    expect(await pin({ number: 1 })).toEqual({
      workflow: {
        currentVersion: { number: 1 },
        pin: { pinnedBy: 'steward@example.com', reason: 'the new order stalls' },
      },
      refusals: [],
    });
    expect(await create('pinned')).toMatchObject({ campaign: { workflowVersion: { number: 1 } } });
    expect(await ask('{ campaign(key: "before-the-pin") { workflowVersion { number } } }')).toEqual({
      campaign: { workflowVersion: currentVersion },
    });
    // A sync does not undo it.
    await api.sync.run('cli', LOCAL_ACTOR);
    expect(await ask('{ workflow(key: "product-launch") { currentVersion { number } } }')).toEqual({
      workflow: { currentVersion: { number: 1 } },
    });
    expect(await pin(null)).toEqual({ workflow: { currentVersion, pin: null }, refusals: [] });
    const actions = await ask(
      '{ auditLog(first: 2, filter: { action: [WORKFLOW_PIN, WORKFLOW_UNPIN] }) { nodes { action actor subject } } }',
    );
    expect(actions).toEqual({
      auditLog: {
        nodes: ['WORKFLOW_UNPIN', 'WORKFLOW_PIN'].map((action) => ({
          ...{ action, actor: 'steward@example.com', subject: 'Workflow product-launch' },
        })),
      },
    });
  });

  it('pins nothing that is not there, without a reason, or for whoever may not', async () => {
    const codes = async (payload: Promise<unknown>) =>
      ((await payload) as { refusals: { code: string }[] }).refusals.map(({ code }) => code);
    expect(await codes(pin({ number: 99 }))).toEqual(['UNKNOWN_VERSION']);
    expect(await codes(pin({ number: 1 }, { workflow: 'product-lunch' }))).toEqual(['UNKNOWN_WORKFLOW']);
    expect(await codes(pin({ number: 1 }, { workflow: 'newsletter' }))).toEqual(['WORKFLOW_RETIRED']);
    expect(await codes(pin({ number: 1 }, { reason: '' }))).toEqual(['REASON_MISSING']);
    expect(await codes(pin({ number: 1 }, {}, CONTRIBUTOR))).toEqual(['ROLE_MISSING']);
  });

  it('raises an alert once, tells who follows, and lets somebody take notice', async () => {
    const client = createClient({
      url: `${api.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
    });
    const events = client.iterate<{ alertRaised: { id: string; kind: string } }>({
      query: 'subscription { alertRaised { id kind message } }',
    });
    const first = events.next();
    const raise = (message: string) =>
      api.ports.inTransaction((stores) =>
        stores.alerts.raise(
          { kind: 'history-rewritten', subject: 'abc', message },
          new Date('2026-11-01T00:00:00Z'),
        ),
      );
    // Raised again and again until the subscription stands; only the first time is news.
    const told = await Promise.race([
      first,
      (async () => {
        for (let subject = 0; ; subject++) {
          await api.ports.inTransaction((stores) =>
            stores.alerts.raise(
              { kind: 'served-behind', subject: String(subject), message: 'x' },
              new Date(),
            ),
          );
          await new Promise((resolve) => setImmediate(resolve));
          if (subject > 5_000) throw new Error('nobody was told');
        }
      })(),
    ]);
    expect((told as IteratorResult<{ data: object }>).value).toMatchObject({
      data: { alertRaised: { kind: 'SERVED_BEHIND' } },
    });
    await client.dispose();
    await raise('once');
    await raise('twice');
    const open = await ask(
      '{ alerts(filter: { kind: [HISTORY_REWRITTEN] }) { totalCount nodes { id message } } }',
    );
    expect(open).toMatchObject({ alerts: { totalCount: 1, nodes: [{ message: 'twice' }] } });
    const [{ id }] = (open?.['alerts'] as { nodes: [{ id: string }] }).nodes;
    const fields = 'alert { acknowledgedBy note resolvedAt }';
    const noticed = await act('acknowledgeAlert', { alert: id, note: 'meant' }, fields, CONTRIBUTOR);
    expect(noticed).toMatchObject({
      alert: { acknowledgedBy: 'writer@example.com', note: 'meant' },
      refusals: [],
    });
    const again = await act('acknowledgeAlert', { alert: id, note: 'me too' }, fields);
    expect(again).toMatchObject({ alert: { acknowledgedBy: 'writer@example.com', note: 'meant' } });
    expect(await ask(`{ node(id: "${id}") { ... on Alert { kind } } }`)).toEqual({
      node: { kind: 'HISTORY_REWRITTEN' },
    });
  });
});
