import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Client as SocketClient } from 'graphql-ws';
import {
  commitMutation,
  type ConcreteRequest,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getPaginationMetadata,
  getPaginationVariables,
  getRefetchMetadata,
  getSingularSelector,
  type GraphQLResponse,
  Network,
  Observable,
  type ReaderFragment,
  RecordSource,
  type RequestParameters,
  requestSubscription,
  Store,
  type Variables,
} from 'relay-runtime';
import { startApi, type TestApi } from '../support/api.js';
import { until } from '../support/until.js';
import { createCampaigns, createSocket, HERE, post, startBrief, startTrusting } from './support.js';

const OUTPUT = path.join(HERE, 'dist/relay');
const MANIFEST = path.join(HERE, 'dist/relay-documents.json');

interface Campaign {
  id: string;
  key: string;
  steps: { key: string; status: string }[];
}
interface History {
  workflowHistory: {
    edges: { node: { id: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

/** The Relay compiler refuses what is not exactly Relay: connections, `node`, ids, nullability. */
function compile(): void {
  rmSync(path.join(HERE, 'dist/relay'), { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(MANIFEST, '{}');
  const compiler = path.join(HERE, 'node_modules/relay-compiler/cli.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [compiler, path.join(HERE, 'relay/relay.config.json')],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`relay-compiler: ${stdout}${stderr}`);
}
async function compiled<T>(name: string): Promise<T> {
  const artifact = (await import(path.join(OUTPUT, `documents${name}.graphql.ts`))) as { default: T };
  return artifact.default;
}

describe('Relay', () => {
  let api: TestApi;
  let socket: SocketClient;
  let environment: Environment;
  beforeAll(async () => {
    compile();
    api = await startApi();
    await createCampaigns(api, 'launch', 3);
    socket = createSocket(api);
    environment = new Environment({
      network: Network.create(fetchText, follow),
      store: new Store(new RecordSource()),
    });
  }, 60_000);
  afterAll(async () => {
    await socket.dispose();
    await api.close();
  });

  const fetchText = async ({ text }: RequestParameters, variables: Variables): Promise<GraphQLResponse> =>
    (await post(api, { query: text, variables })) as GraphQLResponse;
  const follow = (operation: RequestParameters, variables: Variables): Observable<GraphQLResponse> =>
    Observable.create((sink) =>
      socket.subscribe(
        { query: operation.text ?? '', variables },
        {
          next: (value) => sink.next(value as GraphQLResponse),
          error: (error: unknown) => sink.error(error instanceof Error ? error : new Error(String(error))),
          complete: () => sink.complete(),
        },
      ),
    );

  /** Fetches, and keeps what came in the store as a mounted component would. */
  const load = async (request: ConcreteRequest, variables: Variables): Promise<unknown> => {
    environment.retain(createOperationDescriptor(request, variables));
    return fetchQuery(environment, request, variables).toPromise();
  };
  const read = (fragment: ReaderFragment, owner: unknown): unknown =>
    environment.lookup(getSingularSelector(fragment, owner)).data;

  const campaignOf = async (key: string): Promise<() => Campaign> => {
    const fragment = await compiled<ReaderFragment>('Campaign');
    const answer = await load(await compiled('CampaignQuery'), { key });
    const owner = (answer as { campaign: unknown }).campaign;
    return () => read(fragment, owner) as Campaign;
  };
  const brief = (campaign: Campaign): string | undefined =>
    campaign.steps.find(({ key }) => key === 'brief')?.status;

  it('pages a connection to its end, each entry once', async () => {
    const fragment = await compiled<ReaderFragment>('History');
    const base = { count: 4, cursor: null };
    const owner = await load(await compiled('HistoryQuery'), base);
    const page = (): History['workflowHistory'] => (read(fragment, owner) as History).workflowHistory;
    // What usePaginationFragment does on loadNext.
    const { paginationRequest, paginationMetadata } = getPaginationMetadata(fragment, 'pages');
    let pages = 1;
    for (; page().pageInfo.hasNextPage; pages += 1) {
      const cursor = page().pageInfo.endCursor;
      const next = getPaginationVariables('forward', base.count, cursor, base, {}, paginationMetadata);
      await fetchQuery(environment, paginationRequest, next).toPromise();
    }
    const ids = page().edges.map(({ node }) => node.id);
    const { workflowHistory } = await api
      .as()
      .request<{ workflowHistory: { nodes: { id: string }[] } }>(
        '{ workflowHistory(first: 200) { nodes { id } } }',
      );
    expect(pages).toBeGreaterThan(2);
    expect(ids).toEqual(workflowHistory.nodes.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refetches one record by its id', async () => {
    const now = await campaignOf('launch-1');
    expect(brief(now())).toBe('READY');
    await startBrief(api, 'launch-1');
    const { refetchableRequest, identifierInfo } = getRefetchMetadata(
      await compiled<ReaderFragment>('Campaign'),
      'refetches',
    );
    expect(identifierInfo).toMatchObject({ identifierField: 'id', identifierQueryVariableName: 'id' });
    await fetchQuery(
      environment,
      refetchableRequest,
      { id: now().id },
      { fetchPolicy: 'network-only' },
    ).toPromise();
    expect(brief(now())).toBe('STARTED');
  });

  it('puts what a mutation answers in the place of what it knew', async () => {
    const now = await campaignOf('launch-2');
    const mutation = await compiled<ConcreteRequest>('StartStepMutation');
    expect(brief(now())).toBe('READY');
    await new Promise((resolve, reject) =>
      commitMutation(environment, {
        mutation,
        variables: { input: { campaign: 'launch-2', step: 'brief' } },
        onCompleted: resolve,
        onError: reject,
      }),
    );
    expect(brief(now())).toBe('STARTED');
  });

  it('follows a subscription into the store', async () => {
    const now = await campaignOf('launch-3');
    let events = 0;
    const subscription = requestSubscription(environment, {
      subscription: await compiled<ConcreteRequest>('CampaignChangedSubscription'),
      variables: { key: 'launch-3' },
      onNext: () => {
        events += 1;
      },
    });
    await until(() => Promise.resolve(events));
    expect(brief(now())).toBe('READY');
    await startBrief(api, 'launch-3');
    await until(() => Promise.resolve(brief(now()) === 'STARTED'));
    subscription.dispose();
  });

  it('asks a server that answers only the documents of its manifest, by their hashes', async () => {
    const trusting = await startTrusting(MANIFEST);
    const strict = new Environment({
      network: Network.create(
        async ({ id }, variables) => (await post(trusting, { documentId: id, variables })) as GraphQLResponse,
      ),
      store: new Store(new RecordSource()),
    });
    const request = await compiled<ConcreteRequest>('HistoryQuery');
    await fetchQuery(strict, request, { count: 4 }).toPromise();
    const other = await post(trusting, { query: '{ viewer { name } }' });
    await trusting.close();
    const owner = strict.lookup(createOperationDescriptor(request, { count: 4 }).fragment).data;
    const { data } = strict.lookup(getSingularSelector(await compiled<ReaderFragment>('History'), owner));
    expect((data as unknown as History).workflowHistory.edges).toHaveLength(4);
    expect(other).toMatchObject({ errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }] });
  });
});
