import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createToken } from '../../src/application/api-tokens.js';
import { completeStep, startStep } from '../../src/application/campaign-actions.js';
import { createCampaign } from '../../src/application/create-campaign.js';
import { randomTokens } from '../../src/application/random-tokens.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { accessTokens } from '../../src/http/access-token.js';
import { type Authenticate, createAuthentication } from '../../src/http/authentication.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { knownTokens } from '../../src/persistence/stores/api-token-store.js';
import { startApi, type TestApi } from '../support/api.js';
import { until } from '../support/until.js';
import { complaintsOf, openBrowser } from './browser.js';
import { AUDIENCE, CLIENT, type Issuer, startIssuer } from './issuer.js';
import { withDashboard } from './support.js';

const HOUR_MS = 3_600_000;
const PEOPLE = {
  medical: { name: 'Head of medical affairs', roles: ['approver', 'medical'] },
  reader: { name: 'Somebody who looks', roles: ['viewer'] },
};
const BY_ISSUER = { name: 'Sign in with your organisation' };

describe('the sign-in of the dashboard, at an issuer of OpenID Connect', () => {
  let issuer: Issuer;
  let api: TestApi;
  let authenticate: Authenticate;
  let data: ReturnType<typeof createDataSource>;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    issuer = await startIssuer(PEOPLE);
    api = await startApi({
      authenticate: (given) => authenticate(given),
      ...(await withDashboard()),
      signIn: { issuer: issuer.url, clientId: CLIENT, audience: AUDIENCE, scope: 'openid profile email' },
    });
    issuer.register(`${api.url}/`);
    data = await createDataSource(api.databaseUrl).initialize();
    authenticate = createAuthentication({
      tokens: knownTokens(data),
      clock: { now: () => api.now },
      accessTokens: accessTokens({ jwksUrl: issuer.jwksUrl, audience: AUDIENCE, issuer: issuer.url }),
      isOpen: () => Promise.resolve(false),
    });
    api.now = new Date();
    for (const [key, workflow] of [
      ['drug', 'regulated-promotion'],
      ['kite', 'social-post'],
    ] as const)
      await createCampaign(api.ports, LOCAL_ACTOR, {
        ...{ key, name: key, workflow, type: null, risk: 'low', budget: 0, labels: [], flags: [], brief: {} },
        ...{ plannedLaunchAt: null, channels: [] },
      });
    for (const act of [startStep, completeStep])
      await act(api.ports, LOCAL_ACTOR, { campaign: 'drug', step: 'brief' });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await data.destroy();
    await api.close();
    await issuer.close();
  });
  beforeEach(async () => {
    api.now = new Date();
    Object.assign(issuer, { ageMinutes: 0, tokenSeconds: 3_600, renews: false, isAway: false });
    await enter();
  });
  afterEach(async () => {
    // What the network says is asked for on purpose; what the policy or a script says is not.
    expect(complaints.filter((text) => !/Failed to load resource|WebSocket/.test(text))).toEqual([]);
    await context.close();
  });

  /** A browser in which nobody has signed in anywhere. */
  async function enter(): Promise<void> {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    complaints = complaintsOf(page);
  }
  const open = (place: string) => page.goto(`${api.url}/#${place}`);
  const heading = (name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();
  async function answerIssuer(name: string): Promise<void> {
    await heading('Who are you?');
    await page.getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Continue' }).click();
  }
  async function signIn(name: string, place: string): Promise<void> {
    await open(place);
    await page.getByRole('button', BY_ISSUER).click();
    await answerIssuer(name);
    await page.locator('.viewer').getByText(`${name}@example.com`).waitFor();
  }
  /** What the tab keeps, as one text. */
  const kept = (): Promise<string> => page.evaluate('JSON.stringify(sessionStorage)');
  const token = (): Promise<string> => page.evaluate(`sessionStorage.getItem('weir-token')`);
  /** Signs in, but the browser does not follow to the dashboard. @returns where it was sent */
  async function intercepted(name: string): Promise<string> {
    const isReturn = (url: URL) => url.origin === api.url && url.searchParams.has('code');
    await page.route(isReturn, (route) => route.abort());
    const sent = page.waitForRequest((request) => isReturn(new URL(request.url())));
    await open('/audit');
    await page.getByRole('button', BY_ISSUER).click();
    await answerIssuer(name);
    const url = (await sent).url();
    await page.unroute(isReturn);
    return url;
  }
  const alert = (text: string | RegExp) => page.getByRole('alert').getByText(text).waitFor();

  it.each([
    ['light', 1280],
    ['dark', 360],
  ] as const)(
    'is asked for on a page free of what axe finds: %s, %i pixels wide',
    async (colorScheme, width) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await open('/');
      await page.getByRole('button', BY_ISSUER).waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    },
  );

  it('leads back to the page where they were, with their name, their roles, and what these let them press', async () => {
    await signIn('medical', '/campaigns/drug');
    await heading('drug');
    expect(page.url()).toBe(`${api.url}/#/campaigns/drug`);
    await page.locator('.viewer').getByText('viewer, approver, medical').waitFor();
    expect(await page.getByRole('button', { name: 'Approve: Medical signs off' }).isEnabled()).toBe(true);
    await open('/campaigns/kite');
    await heading('kite');
    const start = page.getByRole('button', { name: /^Start:/ }).first();
    expect(await start.isDisabled()).toBe(true);
  });

  it('lets nobody press a thing who may only look', async () => {
    await signIn('reader', '/campaigns/drug');
    await page.getByRole('button', { name: 'Approve: Medical signs off' }).waitFor();
    expect(await page.locator('.actions button:enabled').count()).toBe(0);
  });

  it('leaves nothing in the address, the history, or beyond the tab', async () => {
    await signIn('medical', '/audit');
    const session = await context.newCDPSession(page);
    const { entries } = await session.send('Page.getNavigationHistory');
    const visited = entries.map(({ url }) => url).join('\n');
    expect(visited).toContain(`${api.url}/#/audit`);
    expect(visited).not.toMatch(/[?&#](code|access_token|id_token)=/);
    expect(visited).not.toContain(await token());
    expect(await page.evaluate('JSON.stringify(localStorage)')).toBe('{}');
    const cookies = await context.cookies();
    expect(cookies.map(({ name }) => name).filter((name) => !name.startsWith('_'))).toEqual([]);
    const other = await context.newPage();
    await other.goto(api.url);
    await other.getByRole('button', BY_ISSUER).waitFor();
  });

  it('is asked for again once it has expired, and leads back without a question while the issuer knows them', async () => {
    await signIn('medical', '/campaigns/kite');
    await heading('kite');
    api.now = new Date(Date.now() + 2 * HOUR_MS);
    await page.getByRole('link', { name: 'Audit' }).click();
    await alert('You are not signed in: the token has expired.');
    expect(await kept()).not.toContain('weir-token');
    api.now = new Date();
    await page.getByRole('button', BY_ISSUER).click();
    await heading('Audit');
    expect(page.url()).toBe(`${api.url}/#/audit`);
  });

  it('is made new in time where the issuer gives the means, also after the page was loaded anew', async () => {
    Object.assign(issuer, { tokenSeconds: 62, renews: true });
    await signIn('medical', '/audit');
    for (const again of [false, true]) {
      if (again) await page.reload();
      const before = await token();
      await until(async () => (await token()) !== before);
    }
    await page.reload();
    await page.locator('.viewer').getByText('medical@example.com').waitFor();
  });

  it('ends here and at the issuer', async () => {
    await signIn('medical', '/audit');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByRole('button', BY_ISSUER).waitFor();
    expect(await kept()).not.toMatch(/token/);
    await page.getByRole('button', BY_ISSUER).click();
    await heading('Who are you?');
  });

  it('ends here where the issuer is away', async () => {
    await signIn('medical', '/audit');
    await page.reload();
    await heading('Audit');
    issuer.isAway = true;
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', BY_ISSUER).waitFor();
    expect(await kept()).not.toMatch(/token/);
  });

  it('takes no code that this tab has not asked for', async () => {
    await page.goto(`${api.url}/?code=stolen&state=forged`);
    await alert('it was not begun in this tab, or was ended before; begin anew');
    expect(page.url()).toBe(`${api.url}/`);
  });

  it('takes no code that was given to another browser, and none twice', async () => {
    const stolen = new URL(await intercepted('medical')).searchParams.get('code') ?? '';
    await context.close();
    await enter();
    const mine = await intercepted('reader');
    const mixed = new URL(mine);
    mixed.searchParams.set('code', stolen);
    await page.goto(mixed.href);
    await alert(/does not take the code that came back/);
    // The page is the one that was left, and the token nobody's.
    expect(page.url()).toBe(`${api.url}/#/audit`);
    expect(await kept()).not.toMatch(/token/);
    await page.goto(mine);
    await alert('it was not begun in this tab, or was ended before; begin anew');
  });

  it('says so where somebody cancels', async () => {
    await open('/audit');
    await page.getByRole('button', BY_ISSUER).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await alert(`${issuer.url} does not let you in: the person has cancelled.`);
    await page.getByRole('button', BY_ISSUER).click();
    await answerIssuer('reader');
    await heading('Audit');
  });

  it('says that the issuer is away, before it is left for and after', async () => {
    const back = await intercepted('medical');
    issuer.isAway = true;
    await page.goto(back);
    await alert(`The sign-in has failed: ${issuer.url} cannot be reached.`);
    await page.reload();
    await page.getByRole('button', BY_ISSUER).click();
    await alert(`The sign-in did not begin: ${issuer.url} cannot be reached.`);
    issuer.isAway = false;
    await page.getByRole('button', BY_ISSUER).click();
    await page.locator('.viewer').getByText('medical@example.com').waitFor();
  });

  it('is done by an API token besides, which the issuer has nothing to do with', async () => {
    const wanted = { name: 'tools', roles: ['contributor'], uses: [], days: 1 };
    const { text } = await createToken(api.ports, LOCAL_ACTOR, wanted, randomTokens);
    const give = async (given: string): Promise<void> => {
      await page.getByLabel('Token').fill(given);
      await page.getByRole('button', { name: 'Sign in with the token' }).click();
    };
    await open('/campaigns/kite');
    await give('weir_wrong');
    await alert('You are not signed in: there is no such token.');
    await give(text ?? '');
    await heading('kite');
    await page.locator('.viewer').getByText('token:tools').waitFor();
    await page
      .getByRole('button', { name: /^Start:/ })
      .first()
      .click();
    await page
      .getByRole('button', { name: /^Complete:/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', BY_ISSUER).waitFor();
    expect(await kept()).not.toMatch(/weir-token/);
  });

  it.each(['weir_abc…', 'weir_abc def'])('is not sent where it can be no token: %s', async (given) => {
    await open('/campaigns/kite');
    const field = page.getByLabel('Token');
    await field.fill(given);
    await page.getByRole('button', { name: 'Sign in with the token' }).click();
    expect(await field.evaluate((input) => input.matches(':focus:invalid'))).toBe(true);
    expect(await field.getAttribute('title')).toContain('shortened when it was copied');
    expect(await kept()).not.toMatch(/weir-token/);
    expect(await page.getByRole('alert').count()).toBe(0);
    await field.fill(' weir_wrong ');
    await field.press('Enter');
    await alert('You are not signed in: there is no such token.');
  });

  it('has to be of this quarter of an hour where an approval is signed, and is asked for anew', async () => {
    issuer.ageMinutes = 20;
    await signIn('medical', '/campaigns/drug');
    const approve = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Approve: Medical signs off' }).click();
      await page.getByLabel('What your signature means').selectOption('APPROVAL');
      await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    };
    await approve();
    await alert('authentication too old');
    issuer.ageMinutes = 0;
    await page.getByRole('button', { name: 'Sign in again' }).click();
    // Though the issuer knows them.
    await answerIssuer('medical');
    await heading('drug');
    await approve();
    await page.getByText(/signed by Head of medical affairs, approval/).waitFor();
  });
});
