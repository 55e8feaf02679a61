import Bottleneck from 'bottleneck';
import type { Check } from '../../../src/application/pull-requests.js';
import { GitHubHost } from '../../../src/hosts/github.js';
import { MARKER } from '../../../src/hosts/one-comment.js';
import { type GitHubDouble, startGitHubDouble, type TokenKind } from '../../support/github-double.js';

const TOKEN = 'a-token';
const SHA = 'a'.repeat(40);
/** The client as it is, but without its pauses of seconds between two writes. */
const hurried = () => ({
  throttle: {
    retryAfterBaseValue: 1,
    write: new Bottleneck.Group({ maxConcurrent: 1 }),
    notifications: new Bottleneck.Group({ maxConcurrent: 1 }),
  },
  retry: { retryAfterBaseValue: 1 },
});

let double: GitHubDouble;
afterEach(() => double.close());

async function start(kind: TokenKind = 'app', token = TOKEN, timeoutMs = 2_000): Promise<GitHubHost> {
  double = await startGitHubDouble(TOKEN, kind);
  const [api, web] = [`${double.url}/api/v3`, double.url];
  return new GitHubHost({ api, web, owner: 'acme', repo: 'campaigns', token, pace: hurried(), timeoutMs });
}

const check = (more: Partial<Check> = {}): Check => ({
  ...{ sha: SHA, branch: 'faster', state: 'success', title: 'valid', summary: 'All well', annotations: [] },
  ...more,
});

describe('a pull request of GitHub', () => {
  it('is read with the last review of each person that decides something', async () => {
    const host = await start();
    const reviews = [
      { login: 'one', state: 'APPROVED', sha: SHA },
      { login: 'two', state: 'APPROVED', sha: SHA },
      { login: 'one', state: 'COMMENTED', sha: SHA },
      { login: 'two', state: 'CHANGES_REQUESTED', sha: SHA },
      { login: 'three', state: 'DISMISSED', sha: SHA },
    ];
    double.addPull({ branch: 'faster', sha: SHA, labels: ['workflow'], reviews });
    expect(await host.read(1)).toEqual({
      ...{ number: 1, title: 'A change', url: 'https://github.example.com/acme/campaigns/pull/1' },
      ...{ author: 'steward', state: 'open', labels: ['workflow'], base: 'main' },
      head: { branch: 'faster', sha: SHA, ref: 'refs/pull/1/head' },
      updatedAt: expect.any(Date) as Date,
      approvals: [{ reviewer: 'one', account: 1, sha: SHA }],
    });
    expect(await host.read(2)).toBeNull();
  });

  it('has as many reviews and neighbours as there are, not only a page of them', async () => {
    const host = await start();
    const reviews = Array.from({ length: 130 }, (_, at) => ({
      login: `r${at}`,
      state: 'APPROVED',
      sha: SHA,
    }));
    for (let at = 0; at < 120; at++)
      double.addPull({ branch: `b${at}`, sha: SHA, reviews: at === 0 ? reviews : [] });
    expect((await host.read(1))?.approvals).toHaveLength(130);
    expect(await host.listOpen()).toHaveLength(120);
  });

  it.each([
    ['admin', 'writes'],
    ['maintain', 'writes'],
    ['write', 'writes'],
    ['triage', 'reads'],
    ['read', 'reads'],
    ['none', 'reads'],
  ])('is reviewed by people who %s: that %s', async (permission, standing) => {
    const host = await start();
    double.permissions.set('one', permission);
    expect(await host.standingOf({ reviewer: 'one', account: 1, sha: SHA })).toBe(standing);
  });

  it('is reviewed by people of whom nothing is known, or may be asked', async () => {
    const host = await start();
    const standing = () => host.standingOf({ reviewer: 'one', account: 1, sha: SHA });
    double.permissions.set('one', 'write');
    double.fail({ path: '/collaborators/one', status: 404, body: { message: 'Not Found' } });
    expect(await standing()).toBe('reads');
    double.fail({ path: '/collaborators/one', status: 403, body: { message: 'Must have push access' } });
    expect(await standing()).toBe('unknown');
    double.fail({ path: '/collaborators/one', status: 401, body: { message: 'Bad credentials' } });
    await expect(standing()).rejects.toMatchObject({ reason: 'unauthorised' });
  });

  it('is opened once', async () => {
    const host = await start();
    const wanted = { base: 'main', head: 'weir/faster', title: 'Faster', body: 'Why' };
    double.fail({ method: 'POST', path: '/pulls', status: 500, isWritten: true, times: 9 });
    expect(await host.open(wanted)).toMatchObject({ number: 1 });
    expect(await host.open(wanted)).toMatchObject({ number: 1 });
    expect(double.pulls).toMatchObject([{ branch: 'weir/faster', base: 'main', title: 'Faster' }]);
  });
});

describe('the comment on GitHub', () => {
  it('is one, edited where it is, even on the third page', async () => {
    const host = await start();
    double.addPull({ branch: 'faster', sha: SHA });
    for (let at = 0; at < 230; at++) double.addComment(1, `remark ${at}`, 'somebody');
    await host.comment(1, 'first');
    for (let at = 0; at < 20; at++) double.addComment(1, `later ${at}`, 'somebody');
    await host.comment(1, 'second');
    expect(double.comments.filter(({ body }) => body.includes(MARKER))).toMatchObject([
      { body: `${MARKER}\nsecond` },
    ]);
    expect(double.requests.filter((each) => each.includes('page=3')).length).toBeGreaterThan(0);
  });

  it.each(['app', 'user'] as const)('is written anew where it was deleted by hand (%s)', async (kind) => {
    const host = await start(kind);
    double.addPull({ branch: 'faster', sha: SHA });
    await host.comment(1, 'first');
    double.comments.length = 0;
    await host.comment(1, 'second');
    expect(double.comments.map(({ body }) => body)).toEqual([`${MARKER}\nsecond`]);
  });

  it('is written anew where it was deleted between finding and editing it', async () => {
    const host = await start();
    double.addPull({ branch: 'faster', sha: SHA });
    await host.comment(1, 'first');
    double.fail({ method: 'PATCH', path: '/issues/comments/', status: 404, body: { message: 'Not Found' } });
    await host.comment(1, 'second');
    expect(double.comments.map(({ body }) => body)).toEqual([`${MARKER}\nfirst`, `${MARKER}\nsecond`]);
  });

  it('is never that of somebody else, whatever it says', async () => {
    const host = await start('user');
    double.addPull({ branch: 'faster', sha: SHA });
    double.addComment(1, `${MARKER}\nmine`, 'somebody');
    await host.comment(1, 'ours');
    expect(double.comments.map(({ body }) => body)).toEqual([`${MARKER}\nmine`, `${MARKER}\nours`]);
  });

  it('is written once where the host wrote it and failed to say so', async () => {
    const host = await start();
    double.addPull({ branch: 'faster', sha: SHA });
    double.fail({ method: 'POST', path: '/comments', status: 502, isWritten: true });
    await host.comment(1, 'once');
    expect(double.comments.map(({ body }) => body)).toEqual([`${MARKER}\nonce`]);
  });
});

describe('the check on GitHub', () => {
  it('is a check run with annotations, fifty a call', async () => {
    const host = await start();
    const annotations = Array.from({ length: 120 }, (_, at) => ({
      ...{ file: 'workflows/a.yaml', line: at + 1, endLine: at + 1 },
      ...{
        severity: at === 0 ? ('error' as const) : ('warning' as const),
        title: 'E_STEP',
        message: 'wrong',
      },
    }));
    await host.publish(check({ state: 'failure', title: 'not valid', annotations }));
    expect(double.checkRuns).toMatchObject([
      { name: 'Weir plan', sha: SHA, status: 'completed', conclusion: 'failure', title: 'not valid' },
    ]);
    expect(double.checkRuns[0]?.annotations).toHaveLength(120);
    expect(double.checkRuns[0]?.annotations[0]).toMatchObject({
      ...{ path: 'workflows/a.yaml', start_line: 1, annotation_level: 'failure' },
    });
  });

  it('becomes outdated, and goes on from there', async () => {
    const host = await start();
    await host.publish(check());
    await host.publish(check({ state: 'outdated', title: 'outdated: the base has moved' }));
    expect(double.checkRuns.at(-1)).toMatchObject({ status: 'in_progress', conclusion: null });
    await host.publish(check({ state: 'waiting', title: 'waits for approval' }));
    expect(double.checkRuns).toHaveLength(2);
    expect(double.checkRuns.at(-1)).toMatchObject({ status: 'completed', conclusion: 'action_required' });
  });

  it('is a commit status where the token is no app, which is asked once', async () => {
    const host = await start('user');
    await host.publish(check({ title: 'x'.repeat(200) }));
    await host.publish(check({ state: 'outdated', title: 'outdated' }));
    expect(double.statuses).toMatchObject([
      { sha: SHA, state: 'success', context: 'weir/plan', description: `${'x'.repeat(139)}…` },
      { state: 'pending', description: 'outdated' },
    ]);
    expect(double.requests.filter((each) => each.includes('check-runs'))).toHaveLength(1);
  });
});

describe('GitHub that fails', () => {
  it('is asked again after a fault of its own', async () => {
    const host = await start();
    double.addPull({ branch: 'faster', sha: SHA });
    double.fail({ path: '/pulls/1', status: 500, times: 2 });
    expect(await host.read(1)).toMatchObject({ number: 1 });
  });

  it('is waited for where its limit is reached, and a limit is no lack of permission', async () => {
    const host = await start();
    const headers = {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1_000)),
    };
    const body = { message: 'API rate limit exceeded for installation' };
    double.fail({ path: '/check-runs', status: 403, headers, body });
    double.fail({
      method: 'POST',
      path: '/check-runs',
      status: 429,
      headers: { ...headers, 'retry-after': '1' },
      body,
    });
    await host.publish(check());
    expect([double.checkRuns.length, double.statuses.length]).toEqual([1, 0]);
  });

  it('is not waited for for an hour', async () => {
    const host = await start();
    const reset = String(Math.ceil(Date.now() / 1_000) + 3_600);
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    double.fail({ path: '/pulls/1', status: 403, headers, body: { message: 'API rate limit exceeded' } });
    await expect(host.read(1)).rejects.toMatchObject({ name: 'HostError', reason: 'limited' });
  });

  it('says what is wrong with the token', async () => {
    const host = await start('app', 'another');
    await expect(host.read(1)).rejects.toMatchObject({
      ...{ reason: 'unauthorised', message: 'GitHub: Bad credentials (see WEIR_GITHUB_TOKEN)' },
    });
  });

  it('says what it refuses', async () => {
    const host = await start();
    double.addPull({ branch: 'faster', sha: SHA });
    await expect(host.comment(1, 'x'.repeat(70_000))).rejects.toMatchObject({
      ...{ reason: 'refused', message: expect.stringContaining('too long') as string },
    });
    await expect(host.comment(9, 'x')).rejects.toMatchObject({ reason: 'unknown' });
  });

  it('is given up where it does not answer in time, or at all', async () => {
    const host = await start('app', TOKEN, 50);
    double.fail({ path: '/pulls/1', status: 200, delayMs: 200, times: 9 });
    await expect(host.read(1)).rejects.toMatchObject({ reason: 'unavailable' });
    const where = { api: 'http://127.0.0.1:9', web: '', owner: 'acme', repo: 'campaigns', token: TOKEN };
    const nobody = new GitHubHost({ ...where, pace: hurried() });
    await expect(nobody.read(1)).rejects.toMatchObject({ reason: 'unavailable' });
  });
});
