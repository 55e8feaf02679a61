import { serverAudits } from 'graphql-http';
import { startApi, type TestApi } from '../support/api.js';

/** Every audit of the reference implementation, those that are only recommended too, with the CSRF guard on. */
describe('GraphQL over HTTP, by the audits of graphql-http', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  const audits = serverAudits({
    url: () => `${api.url}/graphql`,
    // What a script of a page can send only where CORS allows it; without it a GET is refused.
    fetchFn: (url: string, init?: RequestInit) => {
      const headers = new Headers(init?.headers);
      headers.set('apollo-require-preflight', '1');
      return fetch(url, { ...init, headers });
    },
  });

  it('has the audits that we know', () => expect(audits).toHaveLength(61));

  it.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))(
    '%s',
    async (_name, audit) => {
      const { status, ...rest } = await audit.fn();
      expect({ status, reason: 'reason' in rest ? rest.reason : '' }).toEqual({ status: 'ok', reason: '' });
    },
  );

  it('refuses a GET that any page could send', async () => {
    const response = await fetch(`${api.url}/graphql?query=${encodeURIComponent('{ __typename }')}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('CSRF');
  });
});
