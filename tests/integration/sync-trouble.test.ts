import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import type { VersionRef } from '../../src/application/ports.js';
import { planMerge } from '../../src/gitops/plan.js';
import type { SqlReads } from '../../src/persistence/reads/sql-reads.js';
import { simpleWorkflow } from '../support/definitions.js';
import { startGitServer } from '../support/git-server.js';
import { git } from '../support/repository.js';
import { startSyncWorld, type SyncWorld, workflows } from '../support/sync-world.js';

describe('a repository with trouble', () => {
  let world: SyncWorld;
  let [directory, work] = ['', ''];
  let reads: SqlReads;
  let { alerts, commit, isRetired, minutesLater, open, push, sync } = {} as SyncWorld;

  beforeEach(async () => {
    world = await startSyncWorld();
    ({ directory, work, reads } = world);
    ({ alerts, commit, isRetired, minutesLater, open, push, sync } = world);
  }, 60_000);
  afterEach(() => world.close());

  it('goes on when the branch is deleted and comes back, and says so meanwhile', async () => {
    await sync();
    await git(path.join(directory, 'bare.git'), 'update-ref', '-d', 'refs/heads/main');
    expect(await sync()).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining("has no branch 'main'") as string,
    });
    expect(await alerts()).toEqual([
      ['repository-unreadable', expect.stringContaining("has no branch 'main'")],
    ]);
    expect((await reads.repository())?.failingSince).toEqual(world.now);
    expect((await reads.workflow('a'))?.version.number).toBe(1);
    await push();
    expect(await sync()).toMatchObject({ outcome: 'unchanged' });
    expect(await alerts()).toEqual([]);
    expect((await reads.repository())?.failure).toBeNull();
  });

  it('tells of a host that is away only when that lasts', async () => {
    await sync();
    await world.server.close();
    const away = open();
    expect(await sync({}, away)).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('cannot be read') as string,
    });
    await minutesLater(1);
    expect(await alerts()).toEqual([]);
    await minutesLater(5);
    expect(await alerts()).toEqual([['repository-unreadable', expect.stringContaining('cannot be read')]]);
    world.server = await startGitServer(directory);
  });

  it('serves the last good version, and raises an alert when that lasts', async () => {
    await sync();
    await commit({ 'a.yaml': simpleWorkflow('a', { responsible: 'nobody' }) }, 'Break it');
    await push();
    expect(await sync()).toMatchObject({ outcome: 'held-back' });
    expect((await reads.repository())?.behindSince).toEqual(world.now);
    await minutesLater(14);
    expect(await alerts()).toEqual([]);
    await minutesLater(1);
    expect(await alerts()).toEqual([['served-behind', expect.stringContaining('files with errors: 1')]]);
    await commit(workflows('a'), 'Mend it');
    await push();
    await sync();
    await minutesLater(0);
    expect(await alerts()).toEqual([]);
  });

  /** Writes an object as it stands, whatever git itself would say of it. */
  const write = async (type: string, content: Buffer): Promise<string> => {
    const file = path.join(directory, 'object');
    await writeFile(file, content);
    return git(work, 'hash-object', '-t', type, '-w', '--literally', file);
  };
  const treeOf = (entries: readonly [mode: string, name: string | Buffer, oid: string][]): Promise<string> =>
    write(
      'tree',
      Buffer.concat(
        entries.flatMap(([mode, name, oid]) => [
          ...[Buffer.from(`${mode} `), Buffer.from(name), Buffer.of(0)],
          Buffer.from(oid, 'hex'),
        ]),
      ),
    );

  const put = async (tree: string, parent: string, author: string, message: string): Promise<string> => {
    const headers = [`tree ${tree}`, `parent ${parent}`, `author ${author}`, `committer ${author}`];
    const sha = await write('commit', Buffer.from(`${headers.join('\n')}\n\n${message}`));
    await git(work, 'update-ref', 'refs/heads/main', sha);
    return sha;
  };
  const OPS = 'ops <ops@example.com> 1790000000 +0000';

  it('takes over commits with dates, numbers and names that no database holds', async () => {
    await sync();
    const odd = [
      ['ops <ops@example.com> -300000000000 +0000', 'Older than calendars'],
      ['ops <ops@example.com> 8600000000000 -9959', 'Later than calendars'],
      [`${'🎉'.repeat(5_000)} <> 1790000000 +0000`, `Merge (#${'9'.repeat(400)})`],
      ['nobody', 'long '.repeat(200_000)],
    ] as const;
    for (const [done, [author, message]] of odd.entries()) {
      await commit({ 'a.yaml': simpleWorkflow('a', { effort: `P${done + 2}D` }) }, 'As it is replaced');
      const [tree = '', parent = ''] = (await git(work, 'rev-parse', 'HEAD^{tree}', 'HEAD^')).split('\n');
      await put(tree, parent, author, message);
    }
    await push();
    expect(await sync()).toMatchObject({ outcome: 'synced', error: null, commits: 4, versions: 4 });
    expect(
      await world.data.query(
        `SELECT extract(year FROM authored_at)::int AS year, pull_request AS number, length(message) < 70000 AS "isShort",
                length(author_name) < 1100 AS "isName" FROM git_commit ORDER BY position DESC LIMIT 4`,
      ),
    ).toEqual([1970, 2026, 1970, 1970].map((year) => ({ year, number: null, isShort: true, isName: true })));
  });

  it('passes over a commit that holds too much once another has mended it, and serves what was meanwhile', async () => {
    await sync();
    const first = await git(work, 'rev-parse', 'HEAD');
    // A few small folders that hold each other ten times over, ten deep: ten thousand million files.
    const blob = await write('blob', Buffer.from('nothing'));
    let bomb = await treeOf([['100644', 'a.txt', blob]]);
    for (let depth = 0; depth < 10; depth++) {
      const below = bomb;
      bomb = await treeOf(Array.from('0123456789', String).map((name) => ['40000', name, below]));
    }
    const root = await treeOf([['40000', 'workflows', bomb]]);
    const sha = await put(root, first, OPS, 'Everything');
    await push();
    const why = 'workflows holds too many files and folders';
    expect(await sync()).toMatchObject({ outcome: 'failed', error: why });
    expect(await alerts()).toEqual([['repository-unreadable', why]]);
    expect((await reads.workflow('a'))?.version.number).toBe(1);

    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }) }, 'Mend it');
    await push();
    const note = `${sha} cannot be read and was passed over: ${why}`;
    expect(await sync()).toMatchObject({ outcome: 'synced', commits: 1, versions: 1, note });
    expect(await alerts()).toEqual([]);
    expect(await sync()).toMatchObject({ outcome: 'unchanged', note: null });
  });

  it('holds back a file that is larger than memory should be, and two whose names are no text', async () => {
    await sync();
    const huge = await write('blob', Buffer.alloc(64 * 1024 * 1024 + 1, ' '));
    const textOf = (id: string) => write('blob', Buffer.from(simpleWorkflow(id)));
    const folder = await git(work, 'rev-parse', 'HEAD:workflows');
    const listed = (await git(work, 'ls-tree', folder)).split('\n').map((line) => line.split(/\s/));
    const tree = await treeOf([
      ...listed.map(
        ([mode = '', , oid = '', name = '']) =>
          [mode, name, name === 'd.yaml' ? huge : oid] as [string, string, string],
      ),
      ['100644', Buffer.from('\xfe.yaml', 'latin1'), await textOf('one')],
      ['100644', Buffer.from('\xff.yaml', 'latin1'), await textOf('other')],
    ]);
    const root = await treeOf([['40000', 'workflows', tree]]);
    await put(root, await git(work, 'rev-parse', 'HEAD'), OPS, 'Odd files');
    await push();
    const run = await sync();
    expect(run).toMatchObject({ outcome: 'held-back', error: null, versions: 2 });
    const errors = run.problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, file }) => [code, file])).toEqual([['E_FILE_TOO_LARGE', 'workflows/d.yaml']]);
    expect(await isRetired('d')).toBe(false);
    expect((await reads.workflow('one'))?.file).toBe('workflows/\\376.yaml');
    expect((await reads.workflow('other'))?.file).toBe('workflows/\\377.yaml');
  });

  it('notices a force-push, loses no version, and raises an alert that stays', async () => {
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }) }, 'Seven days');
    await push();
    await sync();
    await git(work, 'reset', '--quiet', '--hard', 'HEAD~1');
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P9D' }) }, 'Nine days');
    await push();
    expect(await sync()).toMatchObject({
      // What it goes back to is one of them.
      ...{ outcome: 'synced', commits: 2, error: null },
      note: expect.stringContaining('rewritten') as string,
    });
    expect(await alerts()).toEqual([['history-rewritten', expect.stringContaining('its versions stay')]]);
    const id = (await reads.workflow('a'))?.id ?? '';
    const efforts = await Promise.all(
      [1, 2, 3].map(async (number) => (await reads.version(id, { type: 'number', number }))?.source),
    );
    expect(efforts.map((source) => /P\dD/.exec(source ?? '')?.[0])).toEqual(['P1D', 'P7D', 'P9D']);
    // Garbage collection at the host takes nothing away that is kept here.
    await git(path.join(directory, 'bare.git'), 'gc', '--quiet', '--prune=now');
    expect(await sync()).toMatchObject({ outcome: 'unchanged' });
  });

  it('charges nobody with what a force-push takes away, and keeps what was served when', async () => {
    const first = await git(work, 'rev-parse', 'HEAD');
    const lost = await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }) }, 'Seven days');
    await push();
    await sync();
    await git(work, 'reset', '--quiet', '--hard', first);
    const other = await commit({ 'b.yaml': simpleWorkflow('b', { effort: 'P9D' }) }, 'Nine days');
    await push();
    await minutesLater(5);
    await sync();
    const list = await reads.changes(
      { first: 9, after: null, last: null, before: null },
      { workflow: ['a', 'b'] },
      { field: 'time', direction: 'desc' },
    );
    const changes = list.edges.map(({ node }) => [node.workflowKey, node.commitSha, node.isRewind]);
    expect(changes.slice(0, 3)).toEqual([
      ['b', other, false],
      ['a', first, true],
      ['a', lost, false],
    ]);
    expect(
      await world.data.query(
        `SELECT actor, happened_at AS at FROM audit_record WHERE commit_sha = $1 ORDER BY id DESC LIMIT 1`,
        [first],
      ),
    ).toEqual([{ actor: 'local', at: world.now }]);
    const id = (await reads.workflow('a'))?.id ?? '';
    const at = async (ref: VersionRef) => (await reads.version(id, ref))?.number;
    for (const [commit, number] of [
      [first, 1],
      [lost, 2],
      [other, 1],
    ] as const)
      expect([commit, await at({ type: 'commit', commit })]).toEqual([commit, number]);
    expect(await at({ type: 'as-of', asOf: new Date(world.now.getTime() - 1) })).toBe(2);
    expect(await at({ type: 'as-of', asOf: world.now })).toBe(1);
  });

  it('pays no heed to a tag that is called like the branch, wherever it moves', async () => {
    const first = await git(work, 'rev-parse', 'HEAD');
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }) }, 'Seven days');
    await git(work, 'tag', 'main', first);
    await git(work, 'push', '--quiet', '--force', 'origin', 'refs/heads/main', 'refs/tags/main');
    for (const source of [open(), open(work)]) {
      await sync({}, source);
      expect((await reads.workflow('a'))?.version.number).toBe(2);
      await git(work, 'tag', '--force', 'main', 'HEAD');
      await git(work, 'push', '--quiet', '--force', 'origin', 'refs/tags/main');
      expect(await sync({}, source)).toMatchObject({ outcome: 'unchanged' });
    }
  });

  it('takes a shallow clone from where it begins, and goes on from there', async () => {
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }) }, 'Seven days');
    await push();
    const shallow = path.join(directory, 'shallow');
    const origin = `file://${path.join(directory, 'bare.git')}`;
    await git(directory, 'clone', '--quiet', '--depth=1', origin, shallow);
    expect(await sync({}, open(shallow))).toMatchObject({ commits: 1, outcome: 'synced' });
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P8D' }) }, 'Eight days');
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P9D' }) }, 'Nine days');
    await push();
    await git(shallow, 'fetch', '--quiet', '--depth=1', origin, 'main');
    await git(shallow, 'reset', '--quiet', '--hard', 'FETCH_HEAD');
    expect(await sync({}, open(shallow))).toMatchObject({
      commits: 1,
      note: expect.stringContaining('the clone is shallow') as string,
    });
    expect((await reads.workflow('a'))?.version.source).toContain('P9D');
    expect(await alerts()).toEqual([]);
  });

  it.each([
    ['cut off', (pack: Buffer) => pack.subarray(0, 40)],
    ['changed in the middle', (pack: Buffer) => pack.fill(0xff, pack.length >> 1, (pack.length >> 1) + 20)],
  ])('makes a copy anew that is %s', async (_, damage) => {
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }) }, 'Seven days');
    await push();
    await open().refresh();
    const [copy = ''] = await readdir(path.join(directory, 'copies'));
    const packs = path.join(directory, 'copies', copy, 'objects', 'pack');
    const [name = ''] = (await readdir(packs)).filter((each) => each.endsWith('.pack'));
    await chmod(path.join(packs, name), 0o644);
    await writeFile(path.join(packs, name), damage(await readFile(path.join(packs, name))));
    const source = open();
    expect((await sync({}, source)).error).toBeNull();
    expect(await sync({}, source)).toMatchObject({ outcome: 'unchanged' });
    expect((await reads.workflow('a'))?.version.number).toBe(2);
    expect((await reads.repository())?.failure).toBeNull();
  });

  it('says what is wrong with a repository on disk that is damaged', async () => {
    const objects = path.join(work, '.git', 'objects');
    const head = await git(work, 'rev-parse', 'HEAD^{tree}');
    await rm(path.join(objects, head.slice(0, 2), head.slice(2)));
    expect((await sync({}, open(work))).error).toContain('is missing');
    await writeFile(path.join(objects, head.slice(0, 2), head.slice(2)), 'no object');
    expect((await sync({}, open(work))).error).toContain('is damaged');
  });

  it('holds back of a whole commit what it changes, and names the file at fault', async () => {
    const policy = 'apiVersion: weir/v1\nkind: Policy\nid: house\nonBadFile: commit\n';
    await commit({ 'policy.yaml': policy, ...workflows('a', 'b', 'c', 'd') }, 'Whole commits');
    await push();
    expect(await sync()).toMatchObject({ outcome: 'synced' });
    const changed = policy + 'fiscalYearStart: 4\n';
    const bad = simpleWorkflow('a', { responsible: 'nobody' });
    await commit(
      { 'a.yaml': bad, 'b.yaml': simpleWorkflow('b', { effort: 'P3D' }), 'policy.yaml': changed },
      'One of three is wrong',
    );
    await push();
    expect(await sync()).toMatchObject({ outcome: 'held-back', versions: 0 });
    const because = 'workflows/a.yaml of the same commit is wrong';
    expect((await reads.heldBack()).map(({ key, reason, because: why }) => [key, reason, why])).toEqual([
      ['a', 'problems', '1 error'],
      ['b', 'commit', because],
      ['house', 'commit', because],
    ]);
    const plan = await planMerge(open(work), 'main', 'main~1', { today: '2026-03-01' });
    expect(plan.workflows.map(({ id, change }) => [id, change])).toEqual([
      ...['a', 'b'].map((id) => [id, 'invalid']),
      ...['c', 'd'].map((id) => [id, 'unchanged']),
    ]);
  });

  it('does not forget what stands nowhere any more while a commit is held back', async () => {
    const policy = 'apiVersion: weir/v1\nkind: Policy\nid: house\nonBadFile: commit\n';
    const bad = simpleWorkflow('a', { responsible: 'nobody' });
    const steps: Record<string, string | null>[] = [
      { 'policy.yaml': policy },
      // Held back as a whole: b would have moved, and something else stands where it was.
      { 'a.yaml': bad, 'z.yaml': simpleWorkflow('b'), 'b.yaml': 'x: 1\n' },
      { 'z.yaml': null },
      { 'a.yaml': simpleWorkflow('a') },
    ];
    for (const files of steps) {
      await commit(files, 'Change');
      await push();
      await sync();
    }
    expect((await reads.heldBack()).map(({ key, reason, file }) => [key, reason, file])).toEqual([
      ['b', 'problems', 'workflows/b.yaml'],
    ]);
    await commit({ 'b.yaml': null }, 'Remove it');
    await push();
    await sync();
    expect(await isRetired('b')).toBe(true);
  });

  it('keeps too many retirements waiting until a steward lets them happen', async () => {
    await sync();
    await commit({ 'a.yaml': null, 'b.yaml': null }, 'Remove two of four');
    await push();
    expect(await sync()).toMatchObject({ outcome: 'held-back' });
    expect([await isRetired('a'), await isRetired('b')]).toEqual([false, false]);
    expect(await reads.heldBack()).toEqual(
      ['a', 'b'].map((key) => ({
        kind: 'Workflow',
        key,
        reason: 'retirement',
        because: '2 of 4 workflows would be retired at once, so a steward has to let it go',
        file: `workflows/${key}.yaml`,
      })),
    );
    expect(await alerts()).toEqual([['retirement-waits', '2 of its workflows wait to be retired: a, b']]);
    expect(await sync({ released: ['a', 'b'] })).toMatchObject({ outcome: 'synced' });
    expect([await isRetired('a'), await isRetired('b')]).toEqual([true, true]);
    // Whoever let them go is on record, not who took their files away.
    const records = await world.data.query<{ subject: string; actor: string }[]>(
      "SELECT subject, actor FROM audit_record WHERE action = 'definition.retired' ORDER BY subject",
    );
    expect(records).toEqual(
      ['a', 'b'].map((key) => ({ subject: `Workflow ${key}`, actor: LOCAL_ACTOR.name })),
    );
    expect(await alerts()).toEqual([]);
  });
});
