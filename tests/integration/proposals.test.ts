import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { checkPullRequest } from '../../src/application/check-pull-request.js';
import { authorOf, type Proposing, resumeProposal } from '../../src/application/finish-proposal.js';
import {
  proposeWorkflowChange,
  type WorkflowProposal,
} from '../../src/application/propose-workflow-change.js';
import { actorOf } from '../../src/domain/campaign/actor.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { GitProposalWriter } from '../../src/gitops/propose.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { createTestDatabase } from '../support/database.js';
import { linear, step } from '../support/definitions.js';
import { type GitServer, startGitServer } from '../support/git-server.js';
import { hurriedHost, startPullRequestWorld } from '../support/pull-request-world.js';
import { commitFiles, git, initRepository } from '../support/repository.js';
import { until } from '../support/until.js';

const TOKEN = 'secret-token';
const FILE = 'workflows/deep/flow.yaml';
const FLOW = `# How it flows\r\n${linear(
  step('brief', 'P1D', 'kind: brief'),
  step('copy', 'P2D'),
  step('retrospective', 'P1D', 'kind: retrospective'),
).replaceAll('\n', '\r\n')}kpis: [time-to-launch] # one\r\n`;
const POLICY =
  'apiVersion: weir/v1\nkind: Policy\nid: house\nretireLimit: { share: 0.3, runningCampaigns: 1 }\n';
const ANNA = actorOf('Anna <anna>', ['contributor']);

const wanted = (more: Partial<WorkflowProposal> = {}): WorkflowProposal => ({
  ...{ workflow: 'flow', title: 'Copy in a day', rationale: 'It took\ntwo weeks.', text: null, branch: null },
  edits: [{ type: 'set', path: 'step copy / effort', value: 'P1D' }],
  ...more,
});

describe.each(['on disk', 'over HTTP'])('a proposal in a repository %s', (place) => {
  let directory: string;
  let work: string;
  /** Where branches arrive. */
  let there: string;
  let server: GitServer | null = null;
  let data: DataSource;
  let proposing: Proposing;
  let drop: () => Promise<void>;
  let databaseUrl: string;
  let base: string;

  const proposingWith = (token: string | null, copies = 'copies'): Proposing => {
    const location = server ? `${server.url}/bare.git` : work;
    const cacheDirectory = path.join(directory, copies);
    const source = new GitSource({ location, branch: 'main', folder: 'workflows', token, cacheDirectory });
    return { writer: new GitProposalWriter(source, () => '2026-03-02'), source, host: null };
  };
  const ports = () => ({
    clock: { now: () => new Date('2026-03-02T09:30:00Z') },
    inTransaction: transactionsOn(data),
  });
  const propose = (proposal: WorkflowProposal, actor = ANNA, by = proposing) =>
    proposeWorkflowChange(ports(), by, actor, proposal);

  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = () => database.drop();
    databaseUrl = database.url;
    data = createDataSource(database.url);
    await data.initialize();
  }, 60_000);
  afterAll(async () => {
    await data.destroy();
    await drop();
  });

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-proposals-'));
    work = path.join(directory, 'work');
    await initRepository(work);
    base = await commitFiles(
      work,
      { [FILE]: FLOW, 'README.md': 'Read me\n', 'src/other.txt': 'x' },
      { message: 'Begin' },
    );
    there = work;
    if (place === 'over HTTP') {
      there = path.join(directory, 'bare.git');
      await initRepository(there, { bare: true });
      await git(work, 'push', '--quiet', there, 'main');
      server = await startGitServer(directory, { token: TOKEN });
    }
    proposing = proposingWith(TOKEN);
  });
  afterEach(async () => {
    await server?.close();
    server = null;
    await rm(directory, { recursive: true, force: true });
  });

  const records = (branch: string) =>
    data.query<object[]>(
      `SELECT actor, action, subject FROM audit_record WHERE after->>'branch' = $1 ORDER BY id`,
      [branch],
    );

  const noted = (branch: string) =>
    data.query<{ state: string; commit_sha: string }[]>('SELECT * FROM proposal WHERE branch = $1', [branch]);

  it('is one commit on a branch of its own, and changes nothing else of one file', async () => {
    const { proposal, refusals, problems } = await propose(wanted());
    expect([refusals, problems.filter(({ severity }) => severity === 'error')]).toEqual([[], []]);
    expect(proposal).toMatchObject({
      ...{ base, file: FILE, classification: 'none', pullRequest: null, pullRequestProblem: null },
      branch: expect.stringMatching(/^weir\/flow\/copy-in-a-day-[0-9a-f]{8}$/) as string,
      changes: [{ summary: "step 'copy': effort 2 days → 1 day" }],
    });
    const { branch = '', commit = '' } = proposal ?? {};
    expect(await git(there, 'rev-parse', branch)).toBe(commit);
    expect(await git(there, 'rev-parse', `${branch}^`)).toBe(base);
    expect(await git(there, 'rev-parse', 'main')).toBe(base);
    expect(await git(there, 'diff', '--name-only', base, commit)).toBe(FILE);
    expect(`${await git(there, 'show', `${commit}:${FILE}`)}\r\n`).toBe(
      FLOW.replace('effort: P2D', 'effort: P1D'),
    );
    expect(await git(there, 'show', '-s', '--format=%an|%ae|%cn|%at|%B', commit)).toBe(
      'Anna anna|anna-anna@weir.invalid|Weir|1772443800|Copy in a day\n\nIt took\ntwo weeks.\n\nProposed-by: Anna anna',
    );
    expect(await git(there, 'fsck', '--strict')).not.toMatch(/error|missing|warning/);
    expect(await records(branch)).toEqual([
      { actor: 'Anna <anna>', action: 'workflow.propose', subject: 'Workflow flow' },
    ]);
  });

  it('leaves the work tree, the index and what is checked out as they are', async () => {
    await writeFile(path.join(work, 'README.md'), 'in the middle of something\n');
    await writeFile(path.join(work, 'staged.txt'), 'staged\n');
    await git(work, 'add', 'staged.txt');
    const look = async () => [
      // As git itself would write the index anew.
      await git(work, '--no-optional-locks', 'status', '--porcelain=v2', '--branch'),
      (await stat(path.join(work, '.git/index'))).mtimeMs,
      await readFile(path.join(work, '.git/HEAD'), 'utf8'),
      await readFile(path.join(work, FILE), 'utf8'),
    ];
    const before = await look();
    expect((await propose(wanted())).refusals).toEqual([]);
    expect(await look()).toEqual(before);
  });

  it('is found again where it is proposed again, and refused where the branch says something else', async () => {
    const first = await propose(wanted({ branch: 'faster' }));
    const again = await propose(wanted({ branch: 'faster' }), ANNA, proposingWith(TOKEN, 'others'));
    expect(again).toEqual(first);
    const edits = [{ type: 'set', path: 'step copy / effort', value: 'PT1H' } as const];
    const codes = async (more: Partial<WorkflowProposal>) =>
      (await propose(wanted(more))).refusals.map(({ code, message }) => [code, message]);
    expect(await codes({ branch: 'faster', edits })).toEqual([
      ['BRANCH_EXISTS', "there is already a branch 'faster' with something else on it"],
    ]);
    expect(await codes({ branch: 'faster/still' })).toEqual([
      ['BRANCH_EXISTS', "there is a branch 'faster', beside which 'faster/still' cannot be"],
    ]);
    expect(await git(there, 'rev-parse', 'faster')).toBe(first.proposal?.commit);
  });

  it('is written once where it comes twice at once', async () => {
    const other = proposingWith(TOKEN, 'others');
    const [one, two] = await Promise.all([
      propose(wanted({ title: 'Once' })),
      propose(wanted({ title: 'Once' }), ANNA, other),
    ]);
    expect(one.proposal?.commit).toBe(two.proposal?.commit);
    expect(await records(one.proposal?.branch ?? '')).toHaveLength(1);
  });

  it.each([
    [{ branch: 'main' }, 'INVALID_INPUT', "'main' is the branch that is served"],
    [{ branch: '../main' }, 'INVALID_INPUT', 'cannot be the name of a branch'],
    [{ branch: 'a..b' }, 'INVALID_INPUT', 'cannot be the name of a branch'],
    [{ branch: 'x.lock' }, 'INVALID_INPUT', 'cannot be the name of a branch'],
    [{ branch: '-x' }, 'INVALID_INPUT', 'cannot be the name of a branch'],
    [{ title: 'two\nlines' }, 'INVALID_INPUT', 'a title is one line'],
    [{ rationale: ' ' }, 'REASON_MISSING', 'a proposal needs a rationale'],
    [{ edits: [] }, 'INVALID_INPUT', "'edits' is empty"],
    [{ text: FLOW }, 'INVALID_INPUT', "give either 'edits' or 'text'"],
    [{ edits: null, text: FLOW }, 'NOTHING_CHANGES', 'already says so'],
    [{ edits: null, text: FLOW.replace('id: flow', 'id: other') }, 'INVALID_INPUT', 'does not define'],
    [{ edits: null, text: 'nothing: [' }, 'INVALID_INPUT', 'does not define'],
    [{ workflow: 'flwo' }, 'UNKNOWN_WORKFLOW', "did you mean 'flow'?"],
    [{ edits: [{ type: 'remove', path: 'step cpy' }] }, 'INVALID_INPUT', "this file has no step 'cpy'"],
    [
      { edits: [{ type: 'set', path: 'pattern', value: 'adaptve' }] },
      'INVALID_PROPOSAL',
      'would not be valid',
    ],
  ] as const)('is refused: %j', async (more, code, message) => {
    const { proposal, refusals, problems } = await propose(wanted(more));
    expect([proposal, refusals]).toEqual([
      null,
      [expect.objectContaining({ code, message: expect.stringContaining(message) as string })],
    ]);
    if (code === 'INVALID_PROPOSAL')
      expect(problems[0]).toMatchObject({ file: FILE, line: 7, severity: 'error' });
    expect(await git(there, 'branch', '--format=%(refname:short)')).toBe('main');
  });

  it.each([
    ['drops', (text: string) => text.replace(POLICY, ''), "Policy 'house'"],
    ['changes', (text: string) => text.replace('share: 0.3', 'share: 1'), "Policy 'house'"],
    ['adds', (text: string) => `${text}---\n${FLOW.replace('id: flow', 'id: other')}`, "Workflow 'other'"],
    ['breaks', (text: string) => text.replace('share: 0.3', 'share: ['), "Policy 'house'"],
    ['doubles', (text: string) => `${text}---\n${POLICY}`, 'the order or number'],
  ])('is refused where its whole text %s what it is not about', async (_, changed, named) => {
    const text = `${FLOW}---\n${POLICY}`;
    await commitFiles(work, { [FILE]: text }, { message: 'A policy beside it' });
    if (server) await git(work, 'push', '--quiet', there, 'main');
    const mine = text.replace(
      'id: copy, responsible: ops, accountable: ops, effort: P2D',
      'id: copy, responsible: ops, accountable: ops, effort: P1D',
    );
    const { refusals } = await propose(wanted({ edits: null, text: changed(mine) }));
    expect(refusals).toMatchObject([
      {
        code: 'INVALID_INPUT',
        message: expect.stringContaining(`more than the workflow 'flow': ${named}`) as string,
      },
    ]);
    expect(await git(there, 'branch', '--format=%(refname:short)')).toBe('main');
    const alone = await propose(wanted({ edits: null, text: mine.replace('# How it flows', '# Faster') }));
    expect(alone).toMatchObject({
      refusals: [],
      proposal: { changes: [{ summary: expect.any(String) as string }] },
    });
  });

  it('takes a contributor', async () => {
    const { refusals } = await propose(wanted(), actorOf('reader@example.com', ['viewer']));
    expect(refusals).toMatchObject([{ code: 'ROLE_MISSING', missing: ['contributor'] }]);
  });

  if (place === 'over HTTP') {
    it('is refused where the host does not let us push', async () => {
      const hook = path.join(there, 'hooks/pre-receive');
      await writeFile(hook, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
      expect((await propose(wanted({ branch: 'x' }))).refusals).toMatchObject([
        {
          code: 'PUSH_REJECTED',
          message: "the repository does not take the branch 'x': pre-receive hook declined",
        },
      ]);
      const [rejected] = await noted('x');
      expect(rejected).toMatchObject({ state: 'rejected' });
      expect(await records('x')).toMatchObject([
        { action: 'workflow.propose' },
        { action: 'workflow.reject-proposal' },
      ]);
      await resumeProposal(ports(), proposing, 'x');
      await rm(hook);
      expect((await propose(wanted({ branch: 'x' }))).refusals).toEqual([]);
      expect(await noted('x')).toMatchObject([{ state: 'pushed' }]);
    });

    it.each([
      ['before it is', 'pre-receive', 1],
      ['after it was', 'post-receive', 0],
    ])('is finished by another process where this one ends %s pushed', async (_, hook, code) => {
      const branch = `ended-${hook}`;
      const [file, reached, go] = [
        path.join(there, 'hooks', hook),
        path.join(directory, 'reached'),
        path.join(directory, 'go'),
      ];
      const script = `#!/bin/sh\ntouch ${reached}\nwhile [ ! -e ${go} ]; do sleep 0.05; done\nexit ${code}\n`;
      await writeFile(file, script, { mode: 0o755 });
      const dying = createDataSource(databaseUrl);
      await dying.initialize();
      const dead = { ...ports(), inTransaction: transactionsOn(dying) };
      const asked = proposeWorkflowChange(dead, proposing, ANNA, wanted({ branch }));
      await until(() => Promise.resolve(existsSync(reached)));
      const open = `SELECT state FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`;
      expect(await data.query(open)).toEqual([]);
      await dying.destroy();
      await writeFile(go, '');
      await expect(asked).rejects.toThrow();
      expect(await noted(branch)).toMatchObject([{ state: 'pending' }]);
      await rm(file);
      const [{ commit_sha: commit } = { commit_sha: '' }] = await noted(branch);
      expect(
        await data.query('SELECT task_identifier FROM graphile_worker.jobs WHERE key = $1', [
          `finish-proposal ${branch}`,
        ]),
      ).toEqual([{ task_identifier: 'finish-proposal' }]);
      const others = [proposingWith(TOKEN, 'one'), proposingWith(TOKEN, 'other')];
      await Promise.all(others.map((other) => resumeProposal(ports(), other, branch)));
      expect(await git(there, 'rev-parse', branch)).toBe(commit);
      expect(await git(there, 'branch', '--format=%(refname:short)')).toBe(`${branch}\nmain`);
      expect(await noted(branch)).toMatchObject([{ state: 'pushed', commit_sha: commit }]);
      expect(await records(branch)).toHaveLength(1);
      expect((await propose(wanted({ branch }))).proposal).toMatchObject({ branch, commit });
      expect(await records(branch)).toHaveLength(1);
    });

    it('sends only what is new', async () => {
      const large = Object.fromEntries(
        Array.from({ length: 200 }, (_, at) => [`workflows/n${at}.txt`, `${at}`.repeat(2_000)]),
      );
      await commitFiles(work, large, { message: 'Much' });
      await git(work, 'push', '--quiet', there, 'main');
      const count = async () => Number.parseInt(await git(there, 'count-objects'), 10);
      const before = await count();
      await propose(wanted());
      // A commit, three trees and a file.
      expect((await count()) - before).toBe(5);
    });
  }
});

describe('a proposal with a host', () => {
  const TEAM = 'apiVersion: weir/v1\nkind: Team\nid: team\nroles: [{ id: ops }, { id: brand }]\n';
  const TEXT = FLOW.replaceAll('\r', '').replace('steward: ops', 'steward: ops\nchannels: []');

  it('is opened, checked, and not approved by whoever proposed it', async () => {
    const world = await startPullRequestWorld({ 'workflows/team.yaml': TEAM, [FILE]: TEXT });
    try {
      const { checks, double } = world;
      const { source } = checks;
      const proposing = {
        writer: new GitProposalWriter(source, () => '2026-03-02'),
        ...{ source, host: hurriedHost(double) },
      };
      const edits = [{ type: 'set', path: 'step copy / accountable', value: 'brand' } as const];
      const ask = () =>
        proposeWorkflowChange(
          checks.ports,
          proposing,
          actorOf('anna@example.com', ['contributor']),
          wanted({ edits }),
        );
      double.fail({ method: 'POST', path: '/pulls', status: 422, body: { message: 'no commits between' } });
      const failed = await ask();
      expect(failed.proposal).toMatchObject({
        ...{ pullRequest: null, pullRequestProblem: expect.stringContaining('no commits') as string },
      });
      const opened = await ask();
      expect(opened.proposal).toMatchObject({
        ...{ branch: failed.proposal?.branch, commit: failed.proposal?.commit, pullRequestProblem: null },
        pullRequest: { number: 1, url: 'https://github.example.com/acme/campaigns/pull/1' },
      });
      expect(await world.query(`SELECT key FROM graphile_worker.jobs ORDER BY key`)).toEqual([
        { key: 'check-pull-request 1' },
        { key: expect.stringMatching(/^finish-proposal weir\/flow\//) as string },
      ]);
      const [pull] = double.pulls;
      if (!pull) throw new Error('nothing was opened');
      pull.sha = opened.proposal?.commit ?? '';
      await git(path.join(world.work, '../bare.git'), 'update-ref', 'refs/pull/1/head', pull.sha);
      const approve = (login: string) => pull.reviews.push({ login, state: 'APPROVED', sha: pull.sha });
      approve('anna');
      await checkPullRequest(checks, 1);
      expect(double.checkRuns.at(-1)).toMatchObject({ conclusion: 'action_required' });
      approve('colleague');
      await checkPullRequest(checks, 1);
      expect(double.checkRuns.at(-1)).toMatchObject({ conclusion: 'success' });
    } finally {
      await world.close();
    }
  }, 60_000);
});

describe('a proposal whose host does not answer', () => {
  it('has one pull request in the end, also where the host opened it and could not say so', async () => {
    const world = await startPullRequestWorld({ [FILE]: FLOW });
    try {
      const { checks, double } = world;
      const writer = new GitProposalWriter(checks.source, () => '2026-03-02');
      const proposing = { writer, source: checks.source, host: hurriedHost(double) };
      double.fail({ method: 'POST', path: '/pulls', status: 502, isWritten: true });
      double.fail({ method: 'GET', path: '/pulls?', status: 503, times: 10 });
      const { proposal } = await proposeWorkflowChange(checks.ports, proposing, ANNA, wanted());
      expect(proposal).toMatchObject({ pullRequest: null, pullRequestProblem: expect.any(String) as string });
      const { branch = '' } = proposal ?? {};
      await expect(resumeProposal(checks.ports, proposing, branch)).rejects.toMatchObject({
        reason: 'unavailable',
      });
      while (double.requests.length < 1_000) {
        const isDone = await resumeProposal(checks.ports, proposing, branch).then(
          () => true,
          () => false,
        );
        if (isDone) break;
      }
      await resumeProposal(checks.ports, proposing, branch);
      expect(double.pulls).toMatchObject([{ branch }]);
      expect(await world.query('SELECT pull_request, state FROM proposal')).toEqual([
        { pull_request: 1, state: 'pushed' },
      ]);
      expect(await world.query(`SELECT 1 FROM audit_record WHERE action = 'workflow.propose'`)).toHaveLength(
        1,
      );
    } finally {
      await world.close();
    }
  }, 60_000);
});

it('knows an author by an address, and makes one of a name', () => {
  expect(authorOf({ name: 'ops@example.com' })).toEqual({
    name: 'ops@example.com',
    email: 'ops@example.com',
  });
  expect(authorOf({ name: 'Anna Muster' })).toEqual({
    name: 'Anna Muster',
    email: 'anna-muster@weir.invalid',
  });
  expect(authorOf({ name: '<>\n' })).toEqual({ name: 'somebody', email: 'somebody@weir.invalid' });
});
