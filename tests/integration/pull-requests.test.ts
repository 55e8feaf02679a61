import { checkPullRequest, nameOf } from '../../src/application/check-pull-request.js';
import { startStep } from '../../src/application/campaign-actions.js';
import { outdatedPullRequests } from '../../src/application/outdated-pull-requests.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { GitProposalWriter } from '../../src/gitops/propose.js';
import { pullRequestLane } from '../../src/jobs/pull-request-tasks.js';
import { createLogger } from '../../src/observability/logger.js';
import { GitLabHost } from '../../src/hosts/gitlab.js';
import { MARKER } from '../../src/hosts/one-comment.js';
import { startGitLabDouble } from '../support/gitlab-double.js';
import { type PullRequestWorld, startPullRequestWorld } from '../support/pull-request-world.js';
import { git } from '../support/repository.js';
import { until } from '../support/until.js';

const TEAM = `apiVersion: weir/v1
kind: Team
id: team
roles:
  - { id: ops }
  - { id: brand }
  - { id: legal }
  - { id: writer }
`;
const workflow = (id: string) => `apiVersion: weir/v1
kind: Workflow
id: ${id}
name: ${id}
steward: ops
pattern: sequential
channels: [email]
kpis: [time-to-launch]
sections:
  - id: main
    model: linear
    steps:
      - { id: brief, kind: brief, responsible: ops, accountable: ops, effort: P1D }
      - { id: copy, responsible: writer, accountable: brand, effort: P2D }
      - { id: approval, kind: approval, responsible: brand, accountable: brand, effort: P1D }
      - { id: send, kind: launch, channel: email, responsible: ops, accountable: ops, effort: PT2H }
      - { id: review, kind: retrospective, responsible: ops, accountable: ops, effort: P1D }
`;
const NEWSLETTER = 'workflows/newsletter.yaml';
const BEFORE = workflow('newsletter');
/** Somebody else answers for the copy, and legal approves: two changes that ask two roles each. */
const OTHER_OWNER = BEFORE.replace('accountable: brand, effort: P2D', 'accountable: ops, effort: P2D');
const CHANGED = OTHER_OWNER.replace(
  'kind: approval, responsible: brand',
  'kind: approval, responsible: legal',
);

let world: PullRequestWorld;
beforeEach(async () => {
  world = await startPullRequestWorld({ 'workflows/team.yaml': TEAM, [NEWSLETTER]: BEFORE });
  await world.sync();
}, 60_000);
afterEach(() => world.close());

/** Opens the first pull request. */
async function open(text: string): Promise<string> {
  const sha = await world.push('change', { [NEWSLETTER]: text }, 1);
  world.double.addPull({ branch: 'change', sha });
  return sha;
}
const check = () => checkPullRequest(world.checks, 1);
const review = (login: string, sha: string, state = 'APPROVED') =>
  world.double.pulls[0]?.reviews.push({ login, state, sha });
const comment = () => world.double.comments[0]?.body ?? '';
const run = () => world.double.checkRuns.at(-1);
const jobs = () =>
  world.query<{ key: string }>(
    `SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'check-pull-request'`,
  );

describe('checking a pull request', () => {
  it('posts one comment and one check, and again what has changed', async () => {
    await world.createCampaign('spring', 'newsletter');
    const sha = await open(CHANGED);
    expect(await check()).toMatchObject({ outcome: 'posted', plan: { ok: true, head: { sha } } });
    expect(world.double.comments).toHaveLength(1);
    expect(world.double.comments[0]?.body).toContain(
      '## ✅ Weir plan: valid, breaking for campaigns of 1 workflow',
    );
    expect(world.double.comments[0]?.body).toContain('1 campaign: 0 untouched, 1 can move, 0 stuck');
    expect(world.double.comments[0]?.body).toContain("- ☐ `legal` becomes an approver of step 'approval'");
    expect(run()).toMatchObject({ sha, conclusion: 'action_required' });
    const bad = await world.push('change', { [NEWSLETTER]: CHANGED.replace('writer', 'wrter') }, 1);
    await check();
    expect(world.double.comments).toHaveLength(1);
    expect(world.double.comments[0]?.body).toMatch(/❌ Weir plan: not valid: 1 error\n/);
    expect(world.double.comments[0]?.body).toContain(`/acme/campaigns/blob/${bad}/${NEWSLETTER}#L`);
    expect(run()).toMatchObject({ sha: bad, conclusion: 'failure' });
    expect(run()?.annotations).toMatchObject([{ path: NEWSLETTER, annotation_level: 'failure' }]);
  });

  it('edits nothing where nothing has changed', async () => {
    await open(CHANGED);
    await check();
    await check();
    expect(
      world.double.requests.filter((each) => each.startsWith('PATCH') && each.includes('comments')),
    ).toEqual([]);
  });

  it('leaves alone what is closed, and what goes elsewhere', async () => {
    const sha = await open(CHANGED);
    world.double.addPull({ branch: 'other', base: 'legacy', sha });
    expect(await checkPullRequest(world.checks, 2)).toEqual({ outcome: 'ignored' });
    expect(await checkPullRequest(world.checks, 99)).toEqual({ outcome: 'ignored' });
    await check();
    const pull = world.double.pulls[0];
    if (pull) pull.state = 'closed';
    expect(await check()).toEqual({ outcome: 'ignored' });
    expect(await world.query('SELECT * FROM pull_request')).toEqual([]);
    expect(world.double.comments).toHaveLength(1);
  });

  it('writes one comment where two replicas come at once', async () => {
    await open(CHANGED);
    const other = await world.anotherReplica();
    for (const { source } of [world.checks, other]) await source.refresh();
    // Long enough for the other to come while one is writing, and for its transaction, had it one, to be seen.
    world.double.slow({ method: 'GET', path: '/comments', delayMs: 2_000 });
    const both = Promise.all([check(), checkPullRequest(other, 1)]);
    await until(() => Promise.resolve(world.double.requests.some((each) => each.includes('/comments'))));
    const transactions = await world.query(
      `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND xact_start < now() - interval '1 second'`,
    );
    expect((await both).map(({ outcome }) => outcome).sort()).toEqual(['posted', 'waits']);
    expect(transactions).toEqual([]);
    expect(world.double.comments.filter(({ body }) => body.startsWith(MARKER))).toHaveLength(1);
    expect(await jobs()).toEqual([{ key: 'check-pull-request 1' }]);
  });

  it('is not kept from it for long by a process that died', async () => {
    await open(CHANGED);
    const repository = nameOf(world.checks.source);
    const claim = (at: string) =>
      world.query(
        `INSERT INTO pull_request_claim VALUES ('${repository}', 1, gen_random_uuid(), '${at}')
         ON CONFLICT (repository, number) DO UPDATE SET claimed_until = excluded.claimed_until`,
      );
    await claim('2026-03-02T10:00:00Z');
    expect(await check()).toEqual({ outcome: 'waits' });
    await claim('2026-03-02T08:59:00Z');
    expect(await check()).toMatchObject({ outcome: 'posted' });
    expect(await world.query('SELECT * FROM pull_request_claim')).toEqual([]);
  });

  it('gives it back where the host fails', async () => {
    await open(CHANGED);
    world.double.fail({ method: 'POST', path: '/check-runs', status: 422, body: { message: 'no' } });
    await expect(check()).rejects.toMatchObject({ reason: 'refused' });
    expect(await check()).toMatchObject({ outcome: 'posted' });
    expect(world.double.comments).toHaveLength(1);
  });
});

describe('checking a merge request of GitLab', () => {
  it('posts one note and one status, and says when they are outdated', async () => {
    const double = await startGitLabDouble('a-token');
    try {
      const sha = await world.push('change', { [NEWSLETTER]: CHANGED });
      await git(world.work, 'push', '--quiet', 'origin', 'HEAD:refs/merge-requests/1/head');
      double.addMerge({ source: 'change' }, sha).approvals.push({ username: 'somebody', at: null });
      double.members.set('somebody', 40);
      const host = new GitLabHost({ web: double.url, project: 'acme/marketing/campaigns', token: 'a-token' });
      const checks = { ...world.checks, host };
      expect(await checkPullRequest(checks, 1)).toMatchObject({ outcome: 'posted', plan: { ok: true } });
      expect(double.notes.map(({ body }) => body.split('\n')[1])).toEqual([
        '## ✅ Weir plan: valid, breaking for campaigns of 1 workflow',
      ]);
      await world.push('main', { 'README.md': 'news' });
      expect(await outdatedPullRequests(checks)).toMatchObject([{ number: 1 }]);
      expect(double.statuses.map(({ status }) => status)).toEqual(['success', 'running']);
      await checkPullRequest(checks, 1);
      expect([double.notes.length, double.statuses.map(({ status }) => status)]).toEqual([
        1,
        ['success', 'success'],
      ]);
    } finally {
      await double.close();
    }
  });
});

describe('a posted plan', () => {
  it('is not outdated as long as nothing moves', async () => {
    await world.createCampaign('spring', 'newsletter');
    await open(CHANGED);
    await check();
    await world.createCampaign('elsewhere', 'newsletter');
    await check();
    expect(await outdatedPullRequests(world.checks)).toEqual([]);
    expect(await jobs()).toEqual([]);
  });

  it.each([
    ['the branch it goes to has moved', () => world.push('main', { 'README.md': 'news' })],
    ['the pull request has new commits', () => world.push('change', { 'README.md': 'news' }, 1)],
    [
      'running campaigns have moved',
      () => startStep(world.checks.ports, LOCAL_ACTOR, { campaign: 'spring', step: 'brief' }),
    ],
    ['running campaigns have moved', () => world.createCampaign('summer', 'newsletter')],
  ] as const)('is outdated at once where %s', async (reason, move) => {
    await world.createCampaign('spring', 'newsletter');
    await open(CHANGED);
    await check();
    await move();
    const other = await world.anotherReplica();
    expect(await outdatedPullRequests(world.checks)).toEqual([{ number: 1, reason }]);
    expect(run()).toMatchObject({ status: 'in_progress', title: `outdated: ${reason}` });
    expect(await jobs()).toEqual([{ key: 'check-pull-request 1' }]);
    const before = world.double.checkRuns.length;
    const asked = world.double.requests.length;
    await outdatedPullRequests(other);
    expect(world.double.requests.slice(asked).filter((each) => !each.startsWith('GET'))).toEqual([]);
    await check();
    expect(run()).toMatchObject({ status: 'completed' });
    expect(world.double.checkRuns).toHaveLength(before);
    expect(await outdatedPullRequests(world.checks)).toEqual([]);
  });

  it('does not depend on campaigns of other workflows', async () => {
    await world.push('main', { 'workflows/note.yaml': workflow('note') });
    await world.sync();
    await world.createCampaign('short', 'note');
    await open(CHANGED);
    await check();
    await startStep(world.checks.ports, LOCAL_ACTOR, { campaign: 'short', step: 'brief' });
    expect(await outdatedPullRequests(world.checks)).toEqual([]);
  });

  it('is asked for where a new one or news were missed, and forgotten where it is closed', async () => {
    const sha = await open(CHANGED);
    expect(await outdatedPullRequests(world.checks)).toEqual([{ number: 1, reason: null }]);
    expect(await jobs()).toEqual([{ key: 'check-pull-request 1' }]);
    await check();
    review('brand-lead', sha);
    const pull = world.double.pulls[0];
    if (pull) pull.updated += 60;
    expect(await outdatedPullRequests(world.checks)).toEqual([{ number: 1, reason: null }]);
    await check();
    if (pull) pull.state = 'closed';
    expect(await outdatedPullRequests(world.checks)).toEqual([]);
    expect(await world.query('SELECT * FROM pull_request')).toEqual([]);
    expect(await world.query('SELECT * FROM pull_request_approval')).toEqual([]);
  });
});

describe('an approval', () => {
  const approved = async () => {
    const outcome = await check();
    if (outcome.outcome !== 'posted') throw new Error('nothing was posted');
    return outcome.approvals.items.map(({ summary, approvedBy }) => [
      summary,
      approvedBy.map(({ reviewer }) => reviewer),
    ]);
  };
  const OWNER = "step 'copy': accountable brand → ops";
  const APPROVER = "step 'approval': responsible with legal, without brand";

  it('is kept where the text is only written otherwise', async () => {
    const sha = await open(CHANGED);
    review('somebody', sha);
    expect(await approved()).toEqual([
      [OWNER, ['somebody']],
      [APPROVER, ['somebody']],
    ]);
    expect(run()).toMatchObject({ conclusion: 'success' });
    const reformatted = CHANGED.replace('steward: ops\n', '').replace(
      'name: newsletter',
      '# the same\nsteward: ops\nname: "newsletter"',
    );
    await world.push('change', { [NEWSLETTER]: reformatted.replaceAll('\n', '\r\n') }, 1);
    expect(await approved()).toEqual([
      [OWNER, ['somebody']],
      [APPROVER, ['somebody']],
    ]);
    expect(run()).toMatchObject({ conclusion: 'success' });
  });

  it('is dropped for what comes to mean something else, and for that alone', async () => {
    const sha = await open(CHANGED);
    review('somebody', sha);
    await check();
    await world.push(
      'change',
      { [NEWSLETTER]: CHANGED.replace('responsible: legal', 'responsible: ops') },
      1,
    );
    expect(await approved()).toEqual([
      [OWNER, ['somebody']],
      ["step 'approval': responsible with ops, without brand", []],
    ]);
    expect(run()).toMatchObject({ conclusion: 'action_required' });
    expect(run()?.summary).toContain(
      "☑ `newsletter`: step 'copy': accountable brand → ops · approved by `somebody`",
    );
    expect(run()?.summary).toContain("☐ `newsletter`: step 'approval'");
    expect(world.double.comments[0]?.body).toContain('<summary>Approved: 1 of 2 changes</summary>');
  });

  it('is known also where it was given for a commit that nobody looked at', async () => {
    const sha = await open(OTHER_OWNER);
    review('somebody', sha);
    await world.push('change', { [NEWSLETTER]: CHANGED }, 1);
    expect(await approved()).toEqual([
      [OWNER, ['somebody']],
      [APPROVER, []],
    ]);
  });

  it('is kept where history was rewritten and its commit is gone', async () => {
    const sha = await open(CHANGED);
    review('somebody', sha);
    await check();
    await git(world.work, 'checkout', '--quiet', '-B', 'change', 'main');
    await world.push('change', { [NEWSLETTER]: `# anew\n${CHANGED}` }, 1);
    const fresh = await world.anotherReplica();
    const outcome = await checkPullRequest(fresh, 1);
    expect(outcome).toMatchObject({ approvals: { roles: [{ open: 0 }, { open: 0 }, { open: 0 }] } });
  });

  it('counts only from whoever may write to the repository, and says so', async () => {
    const sha = await open(CHANGED);
    review('brand-lead', sha);
    await check();
    expect(run()).toMatchObject({
      ...{
        conclusion: 'action_required',
        title: expect.stringMatching(/waits for brand, legal, ops$/) as string,
      },
    });
    expect(comment()).toContain('Not counted: `brand-lead` (may not write to this repository).');
    expect(await world.query('SELECT * FROM pull_request_approval')).toEqual([]);
    world.double.permissions.set('brand-lead', 'maintain');
    const asked = world.double.requests.length;
    await check();
    expect(run()).toMatchObject({ conclusion: 'success' });
    expect(comment()).not.toContain('Not counted');
    expect(
      world.double.requests.slice(asked).filter((each) => each.includes('/collaborators/')),
    ).toHaveLength(1);
    world.double.permissions.delete('brand-lead');
    await check();
    expect(run()).toMatchObject({ conclusion: 'action_required' });
  });

  it('does not count where the host does not say what the reviewer may do', async () => {
    const sha = await open(CHANGED);
    review('somebody', sha);
    world.double.fail({ path: '/collaborators/', status: 403, body: { message: 'Must have push access' } });
    await check();
    expect(run()).toMatchObject({ conclusion: 'action_required' });
    expect(comment()).toContain('the token may not ask whether they may write to this repository');
  });

  it('is nobody’s for what is their own, and over where it is taken back', async () => {
    const sha = await open(CHANGED);
    review('Steward', sha);
    await check();
    expect(run()).toMatchObject({ conclusion: 'action_required' });
    expect(comment()).toContain('Not counted: `Steward` (opened or proposed it).');
    review('somebody', sha);
    review('somebody', sha, 'DISMISSED');
    await check();
    expect(run()).toMatchObject({ conclusion: 'action_required' });
  });
});

describe('a host that refuses', () => {
  const lines: string[] = [];
  const tasks = () =>
    pullRequestLane({
      ...{ ports: world.checks.ports, checks: world.checks },
      proposing: {
        writer: new GitProposalWriter(world.checks.source, () => '2026-03-02'),
        ...{ source: world.checks.source, host: world.checks.host },
      },
      logger: createLogger('info', { write: (line) => lines.push(line) }),
    }).tasks;
  const look = () => tasks()['pull-requests']?.({}, new Date());
  const checkOne = () => tasks()['check-pull-request']?.({ number: 1 }, new Date());
  const alerts = () =>
    world.query<object>('SELECT kind, subject, message, resolved_at IS NULL AS open FROM alert ORDER BY id');
  beforeEach(() => lines.splice(0));

  it.each([
    [401, 'Bad credentials'],
    [403, 'Resource not accessible by integration'],
    [404, 'Not Found'],
  ])('with %d is one alert and one line in the log, until it answers', async (status, message) => {
    await open(CHANGED);
    world.double.fail({ path: '/pulls', status, body: { message }, times: 3 });
    for (let minute = 0; minute < 3; minute++) await look();
    const subject = `reading pull requests of ${nameOf(world.checks.source)}`;
    const told = { kind: 'host-refused', subject, message: expect.stringContaining(message) as string };
    expect(await alerts()).toEqual([{ ...told, open: true }]);
    expect(lines).toHaveLength(1);
    await look();
    expect(await alerts()).toEqual([{ ...told, open: false }]);
    expect(await jobs()).toEqual([{ key: 'check-pull-request 1' }]);
  });

  it('is told of where it lets us read, but not write', async () => {
    await open(CHANGED);
    const message = 'Resource not accessible by personal access token';
    world.double.fail({ method: 'POST', path: '/comments', status: 403, body: { message }, times: 2 });
    for (let minute = 0; minute < 2; minute++) {
      await look();
      await checkOne();
    }
    await look();
    expect(await alerts()).toMatchObject([
      { subject: expect.stringContaining('writing') as string, open: true },
    ]);
    expect(lines).toHaveLength(1);
    await checkOne();
    expect(await alerts()).toMatchObject([{ open: false }]);
    expect(world.double.comments).toHaveLength(1);
  });
});
