import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { actorOf } from '../../src/domain/campaign/actor.js';
import { createAuthentication } from '../../src/http/authentication.js';
import { Unauthenticated } from '../../src/http/authentication-errors.js';
import { startApi, type TestApi } from '../support/api.js';
import { complaintsOf, openBrowser } from './browser.js';
import { createCampaigns, withDashboard } from './support.js';

/** A site of somebody else: one empty page. */
async function startSite(): Promise<{ origin: string; server: Server }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>A dashboard</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('in a browser', () => {
  let ours: { origin: string; server: Server };
  let foreign: { origin: string; server: Server };
  let api: TestApi;
  let browser: Browser;
  let page: Page;
  /** Addresses that the page asked for, sockets included. */
  let asked: string[];
  /** What the console of the page says is wrong: a script or a style that the policy refuses, among others. */
  let complaints: readonly string[];

  beforeAll(async () => {
    ours = await startSite();
    foreign = await startSite();
    api = await startApi({
      corsOrigins: [ours.origin],
      ...(await withDashboard()),
    });
    await createCampaigns(api, 'launch', 2);
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await api.close();
    ours.server.close();
    foreign.server.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    asked = [];
    page.on('request', (request) => asked.push(request.url()));
    complaints = complaintsOf(page);
    page.on('websocket', (socket) => asked.push(socket.url().replace(/^ws/, 'http')));
  });
  afterEach(() => page.close());

  const elsewhere = (): string[] =>
    asked.filter((address) => !address.startsWith(`${api.url}/`) && /^https?:/.test(address));

  it('asks for a token where the server does, and says why one is not taken', async () => {
    const tokens = { use: () => Promise.resolve(null), exist: () => Promise.resolve(true) };
    const good = createAuthentication({
      ...{ tokens, clock: { now: () => new Date() }, isOpen: () => Promise.resolve(false) },
      accessTokens: {
        actorOf: (token) =>
          token === 'header.claims.signature'
            ? Promise.resolve(actorOf('ops@example.com', ['viewer']))
            : Promise.reject(new Unauthenticated('the token has expired', true)),
      },
    });
    const closed = await startApi({
      authenticate: good,
      ...(await withDashboard()),
    });
    try {
      page.setDefaultTimeout(15_000);
      await page.goto(`${closed.url}/`);
      await page.getByLabel('Token').fill('old.claims.signature');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('You are not signed in: the token has expired.').waitFor();
      await page.getByLabel('Token').fill('header.claims.signature');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
      expect(await page.getByLabel('Token').count()).toBe(0);
    } finally {
      await closed.close();
    }
  }, 60_000);

  it('opens GraphiQL without any other site, and runs a query', async () => {
    const query = '{ campaign(key: "launch-1") { name } }';
    await page.goto(`${api.url}/graphiql?query=${encodeURIComponent(query)}`);
    await page.getByRole('button', { name: /^Execute query/ }).click();
    await page.locator('.graphiql-response', { hasText: '"name": "launch-1"' }).waitFor();
    expect(elsewhere()).toEqual([]);
    expect(complaints).toEqual([]);
    const workers = page.workers().map((worker) => new URL(worker.url()).pathname);
    expect(workers).toContain('/graphiql/worker-json.js');
  });

  it('shows the portfolio at the root', async () => {
    await page.goto(api.url);
    await page.getByRole('link', { name: 'launch-2' }).click();
    await page.getByRole('heading', { name: 'launch-2' }).waitFor();
    expect(elsewhere()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(['/', '/graphiql'])('runs no script that was put into the page at %s', async (path) => {
    await page.goto(`${api.url}${path}`);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      return 'ran' in window;
    });
    expect(ran).toBe(false);
    expect(complaints.join()).toContain('Content Security Policy');
  });

  /** What a page gets when it asks the API: the answer, or the browser's refusal to hand it over. */
  const ask = (): Promise<string> =>
    page.evaluate(
      (url) =>
        fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ campaigns { totalCount } }' }),
        }).then(
          (response) => response.text(),
          (error: unknown) => String(error),
        ),
      api.url,
    );
  /** Whether a page gets a socket to the API. */
  const connect = (): Promise<string> =>
    page.evaluate(
      (url) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        }),
      api.url,
    );

  it('answers a dashboard on an origin that was allowed', async () => {
    await page.goto(ours.origin);
    expect(JSON.parse(await ask())).toMatchObject({ data: { campaigns: { totalCount: 2 } } });
    expect(await connect()).toBe('open');
  });

  it('answers no page of a foreign origin', async () => {
    await page.goto(foreign.origin);
    expect(await ask()).toBe('TypeError: Failed to fetch');
    expect(await connect()).toBe('refused');
  });
});
