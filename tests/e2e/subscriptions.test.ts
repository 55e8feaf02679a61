import { createClient } from 'graphql-ws';
import { DataSource } from 'typeorm';
import WebSocket from 'ws';
import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';
import { next, until } from '../support/until.js';

interface Event {
  readonly campaignChanged: {
    readonly steps: readonly { readonly key: string; readonly status: string }[];
    readonly brief: readonly { readonly name: string; readonly text: string }[];
  };
}

describe('following a campaign', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ corsOrigins: ['https://dashboard.example.com'] });
    await act('createCampaign', 'CreateCampaignInput', {
      key: 'followed',
      name: 'Followed',
      workflow: 'product-launch',
    });
  }, 60_000);
  afterAll(() => api.close());

  const act = async (mutation: string, type: string, input: object) => {
    const query = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) { refusals { message } } }`;
    const { data } = await post(api.url, { query, variables: { input } });
    expect(data).toEqual({ payload: { refusals: [] } });
  };
  const connect = () =>
    createClient({
      url: `${api.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
  const follow = (client: ReturnType<typeof connect>, key: string) =>
    client.iterate<Event>({
      query: `subscription { campaignChanged(key: "${key}") { steps { key status } brief { name text } } }`,
    });
  const anything = <T>(events: AsyncIterable<T>) => next(events, () => true);
  // An event may show what is between two changes, and the same may come twice.
  const showsStep = (events: ReturnType<typeof follow>, status: string) =>
    next(events, ({ data }) =>
      Boolean(data?.campaignChanged.steps.some((step) => step.key === 'brief' && step.status === status)),
    );
  const showsField = (events: ReturnType<typeof follow>, text: string) =>
    next(events, ({ data }) => Boolean(data?.campaignChanged.brief.some((field) => field.text === text)));
  const updateBrief = (name: string, text: string) =>
    act('updateBrief', 'UpdateBriefInput', { campaign: 'followed', fields: [{ name, text }] });

  it('shows it as it is, and again after each change, whoever made it', async () => {
    const client = connect();
    const events = follow(client, 'followed');
    await showsStep(events, 'READY');
    await act('startStep', 'StepInput', { campaign: 'followed', step: 'brief' });
    await showsStep(events, 'STARTED');
    await act('completeStep', 'StepInput', { campaign: 'followed', step: 'brief' });
    await showsStep(events, 'DONE');
    await events.return?.();
    await client.dispose();
  });

  it('goes on after the connection to the database was lost, with what changed meanwhile', async () => {
    const client = connect();
    const events = follow(client, 'followed');
    await showsStep(events, 'DONE');
    const admin = await new DataSource({ type: 'postgres', url: api.databaseUrl }).initialize();
    const listener =
      "SELECT pid FROM pg_stat_activity WHERE application_name = 'weir listener' AND datname = current_database()";
    await admin.query(`SELECT pg_terminate_backend(pid, 10000) FROM (${listener}) AS found`);
    await updateBrief('tone', 'while nobody listened');
    await showsField(events, 'while nobody listened');
    expect(await admin.query(listener)).toHaveLength(1);
    await admin.destroy();
    await updateBrief('offerCode', 'SPRING25');
    await showsField(events, 'SPRING25');
    await client.dispose();
  });

  it.each([
    [
      'a campaign that does not exist',
      'subscription { campaignChanged(key: "nobody") { key } }',
      'BAD_USER_INPUT',
      "there is no campaign 'nobody'",
    ],
    [
      'a field that does not exist',
      'subscription { campaignChanged(key: "followed") { nam } }',
      'GRAPHQL_VALIDATION_FAILED',
      'Cannot query field "nam"',
    ],
    [
      'too much',
      'query { campaigns(first: 200) { nodes { workflowVersion { workflow { versions(first: 200) { nodes { number } } } } } } }',
      'LIMIT_EXCEEDED',
      'cost',
    ],
    ['no GraphQL', 'subscription {', 'GRAPHQL_PARSE_FAILED', 'Syntax Error'],
    ['U+0000', '{ workflow(key: "a\\u0000") { key } }', 'BAD_USER_INPUT', 'U+0000'],
  ])('is refused for %s', async (_, query, code, message) => {
    const client = connect();
    const events = client.iterate({ query });
    const errors = await events.next().then(
      ({ value }) => (value as { errors?: unknown } | undefined)?.errors,
      (error: unknown) => error,
    );
    expect(errors).toEqual([
      expect.objectContaining({ message: expect.stringContaining(message) as string }),
    ]);
    expect(errors).toMatchObject([{ extensions: { code } }]);
    await client.dispose();
  });

  it('answers queries over the same connection, as the one who opened it', async () => {
    const client = createClient({
      url: `${api.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { 'weir-actor': 'brand@example.com', 'weir-roles': 'viewer,brand' },
    });
    const answer = await client.iterate({ query: '{ viewer { name permissions roles } }' }).next();
    expect(answer.value).toEqual({
      data: { viewer: { name: 'brand@example.com', permissions: ['VIEWER'], roles: ['brand'] } },
    });
    await client.dispose();
  });

  it.each([
    [undefined, true],
    ['self', true],
    ['https://dashboard.example.com', true],
    ['https://elsewhere.example.org', false],
    ['null', false],
  ])('is open to a page of origin %s: %s', async (origin, opens) => {
    const headers = origin === undefined ? {} : { origin: origin === 'self' ? api.url : origin };
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers,
    });
    const outcome = await new Promise((resolve) => {
      socket.on('open', () => resolve(true));
      socket.on('error', () => resolve(false));
    });
    expect(outcome).toBe(opens);
    socket.terminate();
  });

  it('tells of syncs, and stops listening when nobody follows', async () => {
    const client = connect();
    const events = client.iterate<{ repositorySynced: { outcome: string } }>({
      query: 'subscription { repositorySynced { outcome trigger } }',
    });
    const told = anything(events);
    await until(async () => {
      await api.query(
        "SELECT pg_notify('weir_changes', json_build_object('syncRun', (SELECT max(id)::text FROM sync_run))::text)",
      );
      return Promise.race([told, Promise.resolve(null)]).then((value) => value !== null);
    });
    expect(await told).toEqual({
      data: { repositorySynced: { outcome: expect.any(String) as string, trigger: 'CLI' } },
    });
    await events.return?.();
    await client.dispose();
  });

  const raise = (subject: string) =>
    api.ports.inTransaction((stores) =>
      stores.alerts.raise({ kind: 'served-behind', subject, message: 'x' }, new Date('2026-11-23T00:00:00Z')),
    );
  interface Raised {
    readonly alertRaised: { readonly id: string; readonly subject: string };
  }
  const alerts = (client: ReturnType<typeof connect>, after: string) =>
    client.iterate<Raised>({
      query: 'subscription ($after: ID) { alertRaised(after: $after) { id subject } }',
      variables: { after },
    });
  const raised = async (events: ReturnType<typeof alerts>): Promise<Raised['alertRaised'] | undefined> =>
    (await anything(events)).data?.alertRaised;

  it('goes on from a cursor: nothing that came meanwhile is missed, and nothing comes twice', async () => {
    await raise('seen');
    const client = connect();
    const { data } = await post(api.url, { query: '{ alerts(first: 1) { nodes { id } } }' });
    const seen = (data as { alerts: { nodes: { id: string }[] } }).alerts.nodes[0]?.id ?? '';
    for (let missed = 0; missed < 250; missed++) await raise(`missed ${missed}`);
    const events = alerts(client, seen);
    const subjects: (string | undefined)[] = [];
    let last = '';
    for (let missed = 0; missed < 250; missed++) {
      const alert = await raised(events);
      subjects.push(alert?.subject);
      last = alert?.id ?? '';
    }
    expect(subjects).toEqual(Array.from({ length: 250 }, (_, missed) => `missed ${missed}`));
    // What is told of late has been given, or was seen before.
    await api.query(
      "SELECT pg_notify('weir_changes', json_build_object('alert', id::text)::text) FROM alert WHERE subject IN ('seen', 'missed 249')",
    );
    await raise('now');
    expect((await raised(events))?.subject).toBe('now');
    await events.return?.();
    const again = alerts(client, last);
    expect((await raised(again))?.subject).toBe('now');
    const wrong = client.iterate({ query: 'subscription { alertRaised(after: "x") { id } }' });
    await expect(wrong.next()).resolves.toMatchObject({
      value: { errors: [{ message: "'after' is the id of an Alert" }] },
    });
    await client.dispose();
  });

  it('says nothing of a campaign that has not changed since its cursor, and then does', async () => {
    const client = connect();
    const query =
      'subscription ($after: String) { campaignChanged(key: "followed", after: $after) { cursor } }';
    const changed = (after: string | null) =>
      client.iterate<{ campaignChanged: { cursor: string } }>({ query, variables: { after } });
    const cursorOf = async (events: ReturnType<typeof changed>) =>
      (await anything(events)).data?.campaignChanged.cursor ?? null;
    const first = changed(null);
    const cursor = await cursorOf(first);
    await first.return?.();
    const second = changed(cursor);
    const event = cursorOf(second);
    // What is told of late has been seen.
    const before = api.questions();
    await until(async () => {
      await api.query(`SELECT pg_notify('weir_changes', '{"campaign":"followed"}')`);
      return api.questions() > before + 5;
    });
    await updateBrief('tone', 'formal');
    const news = await event;
    expect(news).not.toBe(cursor);
    await second.return?.();
    // What has changed while nobody followed is told of at once.
    await updateBrief('tone', 'friendly');
    const third = changed(news);
    expect(await cursorOf(third)).not.toBe(news);
    await client.dispose();
  });

  it('drops a client that gives no sign of life, and serves the others meanwhile', async () => {
    // A client that does not read does not see that it is asked whether it lives.
    const slow = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      autoPong: false,
    });
    const closed = new Promise<boolean>((resolve) => slow.on('close', () => resolve(true)));
    await new Promise((resolve) => slow.on('open', resolve));
    slow.send(JSON.stringify({ type: 'connection_init' }));
    await new Promise((resolve) => slow.once('message', resolve));
    const query = 'subscription { campaignChanged(key: "followed") { key } }';
    slow.send(JSON.stringify({ id: 'a', type: 'subscribe', payload: { query } }));
    const client = connect();
    const events = follow(client, 'followed');
    await anything(events);
    expect(await closed).toBe(true);
    await updateBrief('tone', 'still served');
    await showsField(events, 'still served');
    await client.dispose();
  }, 60_000);
});
