import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { cacheExchange, Client as UrqlClient, fetchExchange } from '@urql/core';
import { GraphQLClient } from 'graphql-request';
import type { Client as SocketClient } from 'graphql-ws';
import { startApi, type TestApi } from '../support/api.js';
import { next, until } from '../support/until.js';
import { createCampaigns, createSocket, documentOf, startBrief } from './support.js';

interface Campaign {
  id: string;
  key: string;
  status: string;
  steps: { key: string; status: string }[];
}
interface Page {
  campaigns: {
    totalCount: number;
    edges: { node: { id: string; key: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}
const PAGE = documentOf('campaigns');
const CAMPAIGN = documentOf('campaign', 'campaign-steps');
const START = documentOf('start-step', 'campaign-steps');
const CHANGED = documentOf('campaign-changed', 'campaign-steps');

let api: TestApi;
let keys: string[];
beforeAll(async () => {
  api = await startApi();
  keys = await createCampaigns(api, 'launch', 7);
}, 60_000);
afterAll(() => api.close());

const statusOf = (campaign: Campaign | null | undefined, step: string): string | undefined =>
  campaign?.steps.find(({ key }) => key === step)?.status;
const sorted = (edges: Page['campaigns']['edges'] | undefined): string[] =>
  (edges ?? []).map(({ node }) => node.key).sort();

describe('Apollo Client', () => {
  let socket: SocketClient;
  let client: ApolloClient;
  beforeAll(() => {
    socket = createSocket(api);
    client = new ApolloClient({
      link: new HttpLink({ uri: `${api.url}/graphql` }),
      cache: new InMemoryCache({
        typePolicies: { Query: { fields: { campaigns: relayStylePagination(['filter', 'orderBy']) } } },
      }),
    });
  });
  afterAll(async () => {
    client.stop();
    await socket.dispose();
  });

  it('pages to the end with relayStylePagination', async () => {
    const watched = client.watchQuery<Page>({ query: gql(PAGE), variables: { first: 3 } });
    const subscription = watched.subscribe(() => undefined);
    await until(() => Promise.resolve(!watched.getCurrentResult().loading));
    const page = (): Page['campaigns'] => (watched.getCurrentResult().data as Page).campaigns;
    expect(page().edges).toHaveLength(3);
    while (page().pageInfo.hasNextPage) {
      const { edges, pageInfo } = page();
      await watched.fetchMore({ variables: { after: pageInfo.endCursor } });
      // A component would be rendered again when the watched result has grown.
      await until(() => Promise.resolve(page().edges.length > edges.length));
    }
    expect(sorted(page().edges)).toEqual(keys);
    expect(page().totalCount).toBe(keys.length);
    subscription.unsubscribe();
  });

  it('sees a mutation in what it has cached', async () => {
    const key = keys[0] ?? '';
    const cached = (): Campaign | undefined =>
      client.readQuery<{ campaign: Campaign }>({ query: gql(CAMPAIGN), variables: { key } })?.campaign;
    await client.query({ query: gql(CAMPAIGN), variables: { key } });
    expect(statusOf(cached(), 'brief')).toBe('READY');
    await client.mutate({ mutation: gql(START), variables: { input: { campaign: key, step: 'brief' } } });
    expect(statusOf(cached(), 'brief')).toBe('STARTED');
  });

  it('follows a campaign over GraphQLWsLink', async () => {
    const key = keys[1] ?? '';
    const live = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() });
    const seen: (string | undefined)[] = [];
    const subscription = live
      .subscribe<{ campaignChanged: Campaign }>({ query: gql(CHANGED), variables: { key } })
      .subscribe(({ data }) => seen.push(statusOf(data?.campaignChanged, 'brief')));
    await until(() => Promise.resolve(seen.includes('READY')));
    await startBrief(api, key);
    await until(() => Promise.resolve(seen.includes('STARTED')));
    subscription.unsubscribe();
    live.stop();
  });
});

describe('urql', () => {
  const ask = async (options: { preferGetMethod: 'force' | false; headers?: Record<string, string> }) => {
    const client = new UrqlClient({
      url: `${api.url}/graphql`,
      exchanges: [cacheExchange, fetchExchange],
      preferGetMethod: options.preferGetMethod,
      fetchOptions: { headers: options.headers ?? {} },
    });
    return client.query<Page>(PAGE, { first: 100 }).toPromise();
  };

  it('asks by POST', async () => {
    const { data, error } = await ask({ preferGetMethod: false });
    expect(error).toBeUndefined();
    expect(sorted(data?.campaigns.edges)).toEqual(keys);
  });

  it('asks by GET with the header that no foreign page can send, and not without', async () => {
    const allowed = await ask({ preferGetMethod: 'force', headers: { 'apollo-require-preflight': '1' } });
    expect(allowed.error).toBeUndefined();
    expect(sorted(allowed.data?.campaigns.edges)).toEqual(keys);
    const refused = await ask({ preferGetMethod: 'force' });
    expect(refused.error?.message).toContain('CSRF');
  });
});

describe('graphql-ws', () => {
  it('follows a campaign', async () => {
    const key = keys[2] ?? '';
    const socket = createSocket(api);
    const events = socket.iterate<{ campaignChanged: Campaign }>({ query: CHANGED, variables: { key } });
    const seen = (status: string) =>
      next(events, ({ data }) => statusOf(data?.campaignChanged, 'brief') === status);
    await seen('READY');
    await startBrief(api, key);
    const event = await seen('STARTED');
    expect(event.data?.campaignChanged).toMatchObject({ key, status: 'RUNNING' });
    await socket.dispose();
  });

  it.each([
    ['of a campaign that is not there', CHANGED, { key: 'nowhere' }, 'nowhere'],
    ['of a field that is not there', 'subscription { campaignEaten { id } }', {}, 'campaignEaten'],
    ['without what it needs', CHANGED, {}, '$key'],
  ])('is told why a subscription %s is refused', async (_case, query, variables, reason) => {
    const socket = createSocket(api);
    const first = socket.iterate({ query, variables })[Symbol.asyncIterator]().next();
    const answer = await first.then(
      ({ value }: { value?: { errors?: unknown } }) => value?.errors,
      (error: unknown) => error,
    );
    expect(answer).toEqual([expect.objectContaining({ message: expect.stringContaining(reason) as string })]);
    await socket.dispose();
  });
});

describe('graphql-request', () => {
  it('queries, and throws what the server says', async () => {
    const client = new GraphQLClient(`${api.url}/graphql`);
    const { campaigns } = await client.request<Page>(PAGE, { first: 100 });
    expect(sorted(campaigns.edges)).toEqual(keys);
    await expect(client.request(PAGE, { first: -1 })).rejects.toThrow("'first' cannot be negative");
  });
});
