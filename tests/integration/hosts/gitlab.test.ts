import type { Check } from '../../../src/application/pull-requests.js';
import { GitLabHost } from '../../../src/hosts/gitlab.js';
import { MARKER } from '../../../src/hosts/one-comment.js';
import { type GitLabDouble, startGitLabDouble } from '../../support/gitlab-double.js';

const TOKEN = 'a-token';
const [SHA, NEWER] = ['a'.repeat(40), 'b'.repeat(40)];

let double: GitLabDouble;
afterEach(() => double.close());

async function start(token = TOKEN, timeoutMs = 2_000): Promise<GitLabHost> {
  double = await startGitLabDouble(TOKEN);
  return new GitLabHost({ web: double.url, project: 'acme/marketing/campaigns', token, timeoutMs });
}

const check = (more: Partial<Check> = {}): Check => ({
  ...{ sha: SHA, branch: 'faster', state: 'success', title: 'valid', summary: 'All well', annotations: [] },
  ...more,
});

describe('a merge request of GitLab', () => {
  it('is read with the commit that was the head when it was approved', async () => {
    const host = await start();
    const merge = double.addMerge({ source: 'faster', labels: ['workflow'] }, SHA);
    merge.approvals.push({ username: 'early', at: '2026-03-02T10:00:00.000Z' });
    merge.versions.push({ sha: NEWER, at: '2026-03-03T09:00:00.000Z' });
    merge.approvals.push(
      { username: 'late', at: '2026-03-03T10:00:00.000Z' },
      { username: 'some-time', at: null },
    );
    expect(await host.read(1)).toEqual({
      ...{
        number: 1,
        title: 'A change',
        author: 'steward',
        state: 'open',
        labels: ['workflow'],
        base: 'main',
      },
      url: 'https://gitlab.example.com/acme/marketing/campaigns/-/merge_requests/1',
      head: { branch: 'faster', sha: NEWER, ref: 'refs/merge-requests/1/head' },
      updatedAt: expect.any(Date) as Date,
      approvals: [
        { reviewer: 'early', account: 100, sha: SHA },
        { reviewer: 'late', account: 101, sha: NEWER },
        { reviewer: 'some-time', account: 102, sha: NEWER },
      ],
    });
    expect(await host.read(2)).toBeNull();
  });

  it.each([
    [50, 'writes'],
    [30, 'writes'],
    [20, 'reads'],
    [null, 'reads'],
  ])('is approved by people of the level %s: that %s', async (level, standing) => {
    const host = await start();
    const merge = double.addMerge({ source: 'faster' }, SHA);
    merge.approvals.push({ username: 'one', at: null });
    if (level !== null) double.members.set('one', level);
    const [review] = (await host.read(1))?.approvals ?? [];
    if (!review) throw new Error('there is no approval');
    expect(await host.standingOf(review)).toBe(standing);
    double.fail({ path: '/members/all/', status: 403, body: { message: '403 Forbidden' } });
    expect(await host.standingOf(review)).toBe('unknown');
  });

  it('is one of as many as there are', async () => {
    const host = await start();
    for (let at = 0; at < 120; at++) double.addMerge({ source: `b${at}` }, SHA);
    expect(await host.listOpen()).toHaveLength(120);
  });

  it('is opened once', async () => {
    const host = await start();
    const wanted = { base: 'main', head: 'weir/faster', title: 'Faster', body: 'Why' };
    double.fail({ method: 'POST', path: '/merge_requests', status: 500, isWritten: true, times: 9 });
    expect(await host.open(wanted)).toMatchObject({ number: 1 });
    expect(await host.open(wanted)).toMatchObject({ number: 1 });
    expect(double.merges).toMatchObject([{ source: 'weir/faster', target: 'main', title: 'Faster' }]);
  });
});

describe('the note on GitLab', () => {
  it('is one, edited where it is, even on the third page', async () => {
    const host = await start();
    double.addMerge({ source: 'faster' }, SHA);
    for (let at = 0; at < 230; at++) double.addNote(1, `remark ${at}`, 1);
    double.addNote(1, `${MARKER}\nmine`, 1);
    await host.comment(1, 'first');
    await host.comment(1, 'second');
    expect(double.notes.filter(({ body }) => body.includes(MARKER)).map(({ body }) => body)).toEqual([
      `${MARKER}\nmine`,
      `${MARKER}\nsecond`,
    ]);
  });

  it.each([500, 502, 504])(
    'is written anew where it was deleted, and once where %d hid it',
    async (status) => {
      const host = await start();
      double.addMerge({ source: 'faster' }, SHA);
      double.fail({ method: 'POST', path: '/notes', status, isWritten: true });
      await host.comment(1, 'first');
      expect(double.notes).toHaveLength(1);
      double.notes.length = 0;
      await host.comment(1, 'second');
      expect(double.notes.map(({ body }) => body)).toEqual([`${MARKER}\nsecond`]);
    },
  );
});

describe('the status on GitLab', () => {
  it('goes from success to outdated to failed, and says nothing twice', async () => {
    const host = await start();
    await host.publish(check());
    await host.publish(check({ state: 'outdated', title: 'outdated: the base has moved' }));
    await host.publish(check({ state: 'outdated', title: 'outdated: the base has moved' }));
    await host.publish(check({ state: 'failure', title: 'not valid' }));
    expect(double.statuses).toEqual([
      { sha: SHA, name: 'weir/plan', ref: 'faster', status: 'success', description: 'valid' },
      { sha: SHA, name: 'weir/plan', ref: 'faster', status: 'failed', description: 'not valid' },
    ]);
  });
});

describe('GitLab that fails', () => {
  it.each([429, 500, 502])('is asked again after HTTP %d', async (status) => {
    const host = await start();
    double.addMerge({ source: 'faster' }, SHA);
    double.fail({ path: '/merge_requests/1', status, times: 2 });
    expect(await host.read(1)).toMatchObject({ number: 1 });
  });

  it('is waited for as long as it says, and not for an hour', async () => {
    const host = await start();
    double.addMerge({ source: 'faster' }, SHA);
    double.fail({ path: '/merge_requests/1', status: 429, headers: { 'retry-after': '1' } });
    const began = Date.now();
    expect(await host.read(1)).toMatchObject({ number: 1 });
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_000);
    double.fail({ path: '/merge_requests/1', status: 429, headers: { 'retry-after': '3600' } });
    await expect(host.read(1)).rejects.toMatchObject({ reason: 'limited' });
  });

  it('is not asked for ever', async () => {
    const host = await start();
    double.fail({ path: '/merge_requests/1', status: 429, times: 1_000 });
    await expect(host.read(1)).rejects.toMatchObject({ name: 'HostError', reason: 'limited' });
    expect(double.requests.length).toBeLessThan(20);
  });

  it('says what is wrong with the token, and what it refuses', async () => {
    const host = await start('another');
    await expect(host.read(1)).rejects.toMatchObject({
      ...{ reason: 'unauthorised', message: 'GitLab: 401 Unauthorized (see WEIR_GITLAB_TOKEN)' },
    });
    double.fail({ method: 'GET', path: '/merge_requests/2', status: 422, body: { message: 'no' } });
    await expect(host.read(2)).rejects.toMatchObject({ reason: 'refused' });
  });

  it('is given up where it does not answer in time, or at all', async () => {
    const host = await start(TOKEN, 50);
    double.fail({ path: '/merge_requests/1', status: 200, delayMs: 200, times: 9 });
    await expect(host.read(1)).rejects.toMatchObject({ reason: 'unavailable' });
    const nobody = new GitLabHost({ web: 'http://127.0.0.1:9', project: 'a/b', token: TOKEN });
    await expect(nobody.read(1)).rejects.toMatchObject({ reason: 'unavailable' });
  });
});
