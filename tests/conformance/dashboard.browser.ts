import { readFile } from 'node:fs/promises';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core';
import { extractText } from 'unpdf';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { REVIEWER, startApi, type TestApi } from '../support/api.js';
import { type Relay, startRelay } from '../support/relay.js';
import { commitFiles, git } from '../support/repository.js';
import { socialPosts } from '../support/social-post.js';
import { until } from '../support/until.js';
import { complaintsOf, openBrowser } from './browser.js';
import { createCampaigns, withDashboard } from './support.js';

/** Every page, with something on it. */
const PAGES = [
  ['the portfolio', '/'],
  ['a campaign', '/campaigns/seen-1'],
  ['a campaign that there is not', '/campaigns/none'],
  ['the workflows', '/workflows'],
  ['a workflow', '/workflows/product-launch'],
  ['a diff', '/workflows/product-launch/diff?from=1&to=2'],
  ['a change plan to be asked for', '/plan'],
  ['the reviews', '/reviews'],
  ['a review', '/reviews/2026-Q3'],
  ['the retrospectives', '/retrospectives'],
  ['the audit record', '/audit'],
  ['the sync', '/sync'],
  ['no page', '/nothing/here'],
] as const;

/** One more step of a workflow. */
const LEGAL =
  '      - { id: legal, kind: approval, approves: [social-copy], responsible: legal, accountable: brand, effort: PT4H }\n';

const asksFor = (request: Request, operation: string): boolean =>
  new URL(request.url()).searchParams.get('operationName') === operation;

describe('the dashboard', () => {
  let api: TestApi;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    api = await startApi(await withDashboard());
    await createCampaigns(api, 'seen', 3);
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await api.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    complaints = complaintsOf(page);
  });
  afterEach(() => context.close());

  const open = async (place: string): Promise<void> => {
    await page.goto(`${api.url}/#${place}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.getByText('Loading …').first().waitFor({ state: 'detached' });
  };
  const createCampaign = async (key: string, workflow: string): Promise<void> => {
    const document = `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { refusals { message } } }`;
    await api.as().request(document, { input: { key, name: key, workflow } });
  };
  const createPost = (key: string): Promise<void> => createCampaign(key, 'social-post');

  it.each(PAGES)('is free of what axe finds, and of sideways scrolling: %s', async (_, place) => {
    await open(place);
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 360],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect([
        colorScheme,
        violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary]),
      ]).toEqual([colorScheme, []]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
  });

  it('refuses a launch with what stands in its way, follows what others do, and launches', async () => {
    await createPost('kite');
    await open('/campaigns/kite');
    await page.getByRole('button', { name: 'Launch: Publish the post' }).click();
    const refusal = page.getByRole('alert');
    await refusal.getByText(/Missing:.*brand-approval/).waitFor();
    // Its first line can be read, not behind the list of sections, and the keyboard goes on from it.
    expect(
      await page.evaluate(`(() => {
        const { left, top } = document.querySelector('.refusals:focus p').getBoundingClientRect();
        return document.elementFromPoint(left + 4, top + 4).closest('.refusals') !== null;
      })()`),
    ).toBe(true);
    for (const step of ['Note the idea and the audience', 'Write the post and pick the picture']) {
      await page.getByRole('button', { name: `Start: ${step}` }).click();
      await page.getByRole('button', { name: `Complete: ${step}` }).click();
    }
    await page.getByRole('button', { name: 'Approve: Brand approves the post' }).waitFor();
    // Somebody else approves, elsewhere; this page is told.
    const approve = `mutation { approve(input: { campaign: "kite", step: "brand-approval" }) { refusals { message } } }`;
    expect(await api.as(...REVIEWER).request(approve)).toEqual({ approve: { refusals: [] } });
    await page
      .getByRole('button', { name: 'Approve: Brand approves the post' })
      .waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Launch: Publish the post' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Publish the post' }).getByText('done').waitFor();
    await page.getByText(', launched ').waitFor();
  });

  it('shows the versions of a workflow with all their columns at 1280 pixels', async () => {
    await open('/workflows/product-launch');
    const versions = page.getByRole('group', { name: 'Campaigns per version' });
    await versions.getByRole('link', { name: 'v1 to v2' }).waitFor();
    expect(await versions.evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
  });

  it('shows all of a row at 360 pixels, in which it stays a row of its table', async () => {
    await page.setViewportSize({ width: 360, height: 900 });
    for (const place of ['/', '/workflows', '/workflows/product-launch', '/campaigns/seen-1']) {
      await open(place);
      const cut = await page
        .locator('.table')
        .evaluateAll((tables) => tables.filter((it) => it.scrollWidth > it.clientWidth).length);
      expect([place, cut]).toEqual([place, 0]);
    }
    await open('/workflows/product-launch');
    const versions = page.getByRole('group', { name: 'Campaigns per version' });
    await versions
      .getByRole('table')
      .getByRole('row', { name: /^v2 .*Lead time P80/ })
      .waitFor();
    await open('/');
    await page.getByRole('button', { name: /^Planned launch/ }).click();
    await page.getByRole('columnheader', { name: /^Planned launch/ }).waitFor();
  });

  it('leads from the names of its sections to each of them', async () => {
    await open('/campaigns/seen-1');
    await page
      .getByRole('navigation', { name: 'On this page' })
      .getByRole('button', { name: 'Gates' })
      .click();
    await page.locator('section:focus').getByRole('heading', { name: 'Gates', level: 2 }).waitFor();
  });

  it('cuts none of these names off at 1280 pixels', async () => {
    await open('/reviews');
    const names = page.getByRole('navigation', { name: 'On this page' });
    await names.getByRole('button', { name: 'Where the figures come from' }).waitFor();
    expect(await names.evaluate((it) => it.scrollHeight - it.clientHeight)).toBe(0);
  });

  it('begins a drawing that is wider than the screen at its middle', async () => {
    await page.setViewportSize({ width: 360, height: 900 });
    await open('/workflows/product-launch');
    const drawing = page.getByRole('group', { name: 'Diagram' });
    await drawing.locator('svg').waitFor();
    const beside = await drawing.evaluate((it) => [
      it.scrollLeft,
      it.scrollWidth - it.clientWidth - it.scrollLeft,
    ]);
    expect(beside[0]).toBeGreaterThan(100);
    expect(Math.abs((beside[0] ?? 0) - (beside[1] ?? 0))).toBeLessThanOrEqual(1);
  });

  it('takes less than 250 kB of compressed script to show the first page', async () => {
    await open('/');
    await page.getByRole('link', { name: 'seen-1' }).waitFor();
    const bytes = await page.evaluate(
      `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
    );
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(250_000);
    // The page is asked for anew, and what it names by its content never is.
    // Only the head: a body that nobody reads would keep the connection, and with it the server.
    const cached = async (place: string) =>
      (await fetch(new URL(place, api.url), { method: 'HEAD' })).headers.get('cache-control');
    const script = await page.evaluate(`document.querySelector('script[src]').src`);
    expect([await cached('/'), await cached(String(script))]).toEqual([
      'no-cache',
      'public, max-age=31536000, immutable',
    ]);
  });

  it('shows what differs between two versions: in words, on the drawing, and in the file', async () => {
    await open('/workflows/product-launch');
    await page.getByRole('link', { name: 'what changed since v1' }).click();
    await page.getByRole('heading', { name: 'What it means' }).waitFor();
    expect(page.url()).toContain('#/workflows/product-launch/diff?from=1&to=2');
    const meaning = page.getByRole('region', { name: 'What it means' }).getByRole('listitem');
    expect(await meaning.allTextContents()).toMatchInlineSnapshot(`
     [
       "breaking rule 'social-before-email' (no launch of email until approved('social-copy')) added",
     ]
    `);
    const drawn = await page.locator('.diagram text').allTextContents();
    expect(drawn.filter((text) => /^[+−~] ./.test(text))).toMatchInlineSnapshot(`
     [
       "+ added",
       "− removed",
       "~ changed",
       "~ Send the email",
     ]
    `);
    const file = page.getByRole('region', { name: 'YAML of v1 and v2, line by line' });
    await file.locator('tr').first().waitFor();
    const added = await file.locator('tr').filter({ hasText: '+' }).allTextContents();
    expect(added).toMatchInlineSnapshot(`
     [
       "119+added# People read the post first and open the email second; an email without the post behind it confuses them.",
       "120+addedrules:",
       "121+added  - { id: social-before-email, block: "launch:email", until: "approved('social-copy')" }",
       "122+added",
     ]
    `);
    await page.getByRole('button', { name: 'Swap' }).click();
    await page.getByText('YAML of v2 and of v1.').waitFor();
  });

  it('lists the branches and shows what one would do: in words, on the drawing, and without sideways scrolling', async () => {
    const file = 'workflows/social-post.yaml';
    const text = await readFile(path.join(api.repository, file), 'utf8');
    await git(api.repository, 'checkout', '--quiet', '-b', 'careful');
    await commitFiles(
      api.repository,
      { [file]: text.replace('      - id: publish\n', `${LEGAL}$&`) },
      { message: 'Ask legal' },
    );
    await git(api.repository, 'checkout', '--quiet', 'main');
    await page.setViewportSize({ width: 360, height: 900 });
    await open('/plan');
    await page.getByRole('link', { name: 'careful' }).click();
    const drawn = page.locator('.diagram text');
    await drawn.first().waitFor();
    expect((await drawn.allTextContents()).filter((each) => /^[+−~] ./.test(each))).toEqual([
      '+ added',
      '− removed',
      '~ changed',
      '+ Legal',
    ]);
    const verdict = page.locator('.verdict .badge.warn');
    expect(await verdict.textContent()).toBe('valid, breaking for campaigns of 1 workflow');
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });

  it('prints a review as PDF: all that is folded on the screen, and nothing that is only pressed', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await open('/reviews/2026-Q3');
    const { totalPages, text } = await extractText(new Uint8Array(await page.pdf({ format: 'A4' })), {
      mergePages: true,
    });
    expect(totalPages).toBeGreaterThan(1);
    expect(text).toContain('Quarterly review 2026-Q3');
    expect(text).toContain('At a glance');
    // What is folded on the screen.
    expect(text).toContain('begunSoFar:');
    expect(text).not.toMatch(/Print, or save as PDF|GraphiQL|Complete the review/);
    expect(await page.locator('main details[open]').count()).toBe(0);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)');
  });

  it('says of a quarter before the first commit that nothing is known of it, and of what is none how one is written', async () => {
    await open('/reviews/1999-Q1');
    await page.getByText('Nothing is known of it: no workflow was served in this quarter.').waitFor();
    expect(await page.getByText('Complete the review').count()).toBe(0);
    await open('/reviews/nonsense');
    await page.getByText('is written 2026-Q3').waitFor();
  });

  it('shows of a completed review what was kept, and beside it what is known otherwise since', async () => {
    const input = {
      quarter: '2026-Q2',
      attendees: [
        { name: 'ops@example.com', team: 'Marketing' },
        { name: 'sales@example.com', team: 'Sales' },
      ],
    };
    const document = `mutation ($input: CompleteReviewInput!) { completeReview(input: $input) { refusals { message } } }`;
    expect(await api.as().request(document, { input })).toEqual({ completeReview: { refusals: [] } });
    await open('/reviews/2026-Q2');
    await page.getByText('Today they would be the same.').waitFor();
    const row = page.getByRole('region', { name: /^At a glance/ }).getByRole('row', { name: /social post/ });
    const before = await row.textContent();
    const file = 'workflows/social-post.yaml';
    const text = await readFile(path.join(api.repository, file), 'utf8');
    const later = { [file]: text.replace('escalateAfter: P1D', 'escalateAfter: P2D') };
    await commitFiles(api.repository, later, { message: 'Wait longer', date: '2026-06-20T09:00:00Z' });
    await api.sync.run('cli', LOCAL_ACTOR);
    await open('/reviews/2026-Q1');
    await open('/reviews/2026-Q2');
    await page.getByText('What is known otherwise today stands in brackets.').waitFor();
    const after = await row.textContent();
    expect(after?.replaceAll(/ \(today [^)]*\)/g, '')).toBe(before);
    expect(after).toContain('v2 (today v3)');
    await page.setViewportSize({ width: 360, height: 900 });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });

  it('colours the steps of the drawing, and leads from it to what can be done', async () => {
    await createPost('drawn');
    await open('/campaigns/drawn');
    const node = page.locator('[data-element="step brief"]');
    await node.and(page.locator('[data-state="busy"]')).waitFor();
    await node.click();
    await page.locator('[data-step="step brief"]:focus').waitFor();
  });

  it('says that the server is away, keeps what it has, and is up to date once it is back', async () => {
    await open('/');
    await page.getByRole('link', { name: 'seen-1' }).waitFor();
    await context.route('**/graphql*', (route) => route.abort());
    await page.evaluate(`window.dispatchEvent(new Event('visibilitychange'))`);
    await page.getByLabel('Search').fill('seen-2');
    await page.getByText('Weir cannot be reached').first().waitFor();
    await context.unroute('**/graphql*');
    await page.getByRole('button', { name: 'Try again' }).last().click();
    await page.getByRole('link', { name: 'seen-1' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'seen-2' }).waitFor();
    // A page of which nothing has come yet.
    await context.route('**/*', (route) => route.abort());
    await page.getByRole('link', { name: 'Sync' }).click();
    await page.getByText('This page could not be loaded: Weir cannot be reached').waitFor();
    await page.getByRole('button', { name: 'Load it again' }).click();
    await page.getByText('Weir still cannot be reached.').waitFor();
    await context.unroute('**/*');
    await page.getByRole('button', { name: 'Load it again' }).click();
    await page.getByText('What is served is what the branch says').waitFor();
  });

  it('asks of a question that comes again only whether its answer still holds', async () => {
    /** How many bytes came, by question; 300 of an answer that the browser had (Resource Timing, 4.3). */
    const transferred = () =>
      page.evaluate<number[]>(`performance.getEntriesByType('resource')
        .filter(({ name }) => name.includes('operationName=AuditLog&'))
        .map(({ transferSize }) => transferSize)`);
    await open('/audit');
    const [whole = 0] = await transferred();
    expect(whole).toBeGreaterThan(300);
    await page.reload();
    await page.waitForLoadState('networkidle');
    expect(await transferred()).toEqual([300]);
    await createPost('kept');
    await page.getByRole('link', { name: 'kept' }).first().waitFor();
  });

  describe('whose server goes away', () => {
    let relay: Relay;

    beforeEach(async () => {
      relay = await startRelay({ host: '127.0.0.1', port: Number(new URL(api.url).port) });
    });
    afterEach(() => relay.close());

    /** Opens the portfolio, and resolves once the page is told of what happens. @returns how often it has been so far */
    const openFollowing = async (): Promise<() => number> => {
      let times = 0;
      page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => {
          if (String(payload).includes('connection_ack')) times += 1;
        }),
      );
      await page.goto(`http://127.0.0.1:${relay.port}/#/`);
      await page.getByRole('link', { name: 'seen-1' }).waitFor();
      await until(() => Promise.resolve(times === 1));
      return () => times;
    };
    const away = () => page.getByRole('alert').getByText('Weir cannot be reached');
    const noteAlerts = () =>
      page.evaluate(`new MutationObserver(() => {
        if (document.querySelector('[role=alert]')) window.hasAlerted = true;
      }).observe(document.body, { childList: true, subtree: true })`);
    const hasAlerted = () => page.evaluate('window.hasAlerted === true');

    it('says so within two seconds and since when, keeps what it has, and is up to date by itself once it is back', async () => {
      await openFollowing();
      let unanswered = 0;
      page.on('requestfailed', (request) => {
        if (asksFor(request, 'PortfolioOverview')) unanswered += 1;
      });
      relay.set('away');
      await away().waitFor({ timeout: 2_000 });
      await page.getByText(/it has not answered since .* 2\d{3}, \d\d:\d\d/).waitFor();
      await page.getByRole('link', { name: 'seen-1' }).waitFor();
      // One line says so for all that is shown, also once questions have been given up.
      await until(async () => {
        await page.evaluate(`window.dispatchEvent(new Event('visibilitychange'))`);
        return unanswered === 3;
      });
      expect(await page.getByRole('alert').count()).toBe(1);
      await createPost('missed');
      relay.set('open');
      await page.getByRole('link', { name: 'missed' }).waitFor();
      await away().waitFor({ state: 'detached' });
      expect(await page.getByRole('alert').count()).toBe(0);
    });

    it('says nothing of a connection that is there again at once, and learns what it has missed', async () => {
      const times = await openFollowing();
      await noteAlerts();
      relay.set('away');
      await createPost('meanwhile');
      relay.set('open');
      await page.getByRole('link', { name: 'meanwhile' }).waitFor();
      expect([times(), await hasAlerted()]).toEqual([2, false]);
    });

    it('says nothing where what stands between lets questions through, and no socket', async () => {
      await page.routeWebSocket('**/graphql*', (socket) => socket.close({ code: 1006 }));
      await page.goto(`http://127.0.0.1:${relay.port}/#/`);
      await noteAlerts();
      const looksAgain = () => page.waitForResponse((answer) => asksFor(answer.request(), 'Viewer'));
      await page.getByRole('link', { name: 'seen-1' }).waitFor();
      await looksAgain();
      await looksAgain();
      expect(await hasAlerted()).toBe(false);
    });
  });

  it('is reached by keyboard alone: past the head, to a campaign, and back', async () => {
    await open('/');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('page');
    await page.getByRole('link', { name: 'seen-1' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'seen-1', level: 1 }).waitFor();
    expect(await page.title()).toBe('seen-1 · Weir');
    await page.goBack();
    await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor();
  });

  it('writes dates and numbers as Germans do, once they ask for it', async () => {
    await open('/campaigns/seen-1');
    await page.getByText('begun 23 Nov 2026').waitFor();
    await page.getByLabel('Dates and numbers').selectOption('de');
    await page.getByText('begun 23.11.2026').waitFor();
  });

  it('notes what was agreed on after a campaign, and what is agreed on instead', async () => {
    const { create, play } = socialPosts(api);
    await create('agreed');
    await play('agreed');
    await open('/retrospectives/agreed');
    const fill = async (form: Locator, text: string, owner: string, dueOn: string) => {
      await form.getByLabel('What is to be done').fill(text);
      await form.getByLabel('Role that sees to it').fill(owner);
      await form.getByLabel('By when').fill(dueOn);
      await form.getByRole('button').click();
    };
    const forms = page.locator('form').filter({ hasText: 'Role that sees to it' });
    await fill(forms.last(), 'Ask brand sooner', 'social-lead', '2027-02-01');
    const action = page.getByRole('article').filter({ hasText: 'Ask brand sooner' });
    await action.getByText('social-lead, by 1 Feb 2027').waitFor();
    await action.getByRole('button', { name: 'Change action 1' }).click();
    await fill(action.locator('form'), 'Ask brand and legal sooner', 'brand', '2027-03-01');
    await page.getByRole('heading', { name: '1. Ask brand and legal sooner' }).waitFor();
    await page.getByText('brand, by 1 Mar 2027').waitFor();
    expect(await forms.count()).toBe(1);
  });

  it('offers to leave out what is optional only, and says by name what a step waits for', async () => {
    const text = await readFile(path.join(api.repository, 'workflows/social-post.yaml'), 'utf8');
    const poll = text
      .replace('id: social-post', 'id: poll')
      .replace('        responsible: copywriter', '        optional: true\n$&');
    await commitFiles(api.repository, { 'workflows/poll.yaml': poll }, { message: 'Ask in a poll' });
    await api.sync.run('cli', LOCAL_ACTOR);
    await createCampaign('lamp-poll', 'poll');
    await open('/campaigns/lamp-poll');
    const step = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    await step('Publish the post')
      .getByText(/waits for .*“Brand approves the post”/)
      .waitFor();
    const [start, complete] = ['Start', 'Complete'].map((name) =>
      page.getByRole('button', { name: `${name}: Note the idea and the audience` }),
    );
    await start?.click();
    await complete?.click();
    await page.getByRole('button', { name: 'Skip: Write the post and pick the picture' }).click();
    await step('Write the post and pick the picture').getByText('skipped').waitFor();
    await page.getByRole('button', { name: 'Approve: Brand approves the post' }).waitFor();
    expect(await page.getByRole('button', { name: /^Skip: / }).count()).toBe(0);
    expect(await page.getByText('never pulled').count()).toBe(1);
    expect(await page.getByText('up to date').count()).toBe(0);
    // Nothing was said or sent yet, so nothing differs.
    const convergence = page.getByRole('region', { name: 'Convergence' });
    expect(await convergence.getByText('not yet').count()).toBe(4);
  });

  it('lets nobody press what they may not do', async () => {
    const reader = await browser.newContext({
      extraHTTPHeaders: { 'weir-actor': 'reader@example.com', 'weir-roles': 'viewer' },
    });
    page = await reader.newPage();
    await open('/campaigns/seen-1');
    const start = page.getByRole('button', { name: /^Start:/ }).first();
    expect(await start.isDisabled()).toBe(true);
    // One line for all buttons of a group tells why, also without a pointer.
    const workflow = page.getByRole('region', { name: 'Workflow', exact: true });
    const why = workflow.getByText('this needs the permission');
    await workflow
      .getByText(/Start.*: this needs the permission contributor\./)
      .first()
      .waitFor();
    expect(await why.count()).toBe(1);
    expect(await start.getAttribute('aria-describedby')).toBe(await why.getAttribute('id'));
    await page.getByText('Call off, End campaign: this needs the permission steward.').waitFor();
    await open('/sync');
    expect(await page.getByRole('button', { name: 'Sync now' }).isDisabled()).toBe(true);
    await page.getByText('Sync now: this needs the permission steward.').waitFor();
    await reader.close();
    page = await context.newPage();
    await open('/campaigns/seen-1');
    await page
      .getByRole('button', { name: /^Start:/ })
      .first()
      .waitFor();
    expect(await page.getByText('this needs the permission').count()).toBe(0);
  });

  it('lets people press what the API lets them do: a contributor launches, a steward ends', async () => {
    await createPost('pressed');
    const as = async (roles: string) => {
      const found = await browser.newContext({
        extraHTTPHeaders: { 'weir-actor': roles, 'weir-roles': roles },
      });
      page = await found.newPage();
      await open('/campaigns/pressed');
      const pressed = ['Launch: Publish the post', 'End campaign', 'Call off'].map(async (name) =>
        (await page.getByRole('button', { name }).isEnabled()) ? [name] : [],
      );
      const enabled = (await Promise.all(pressed)).flat();
      await found.close();
      return enabled;
    };
    expect(await as('contributor')).toEqual(['Launch: Publish the post']);
    expect(await as('steward')).toEqual(['Launch: Publish the post', 'End campaign', 'Call off']);
  });
});
