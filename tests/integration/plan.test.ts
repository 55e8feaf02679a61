import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { BadProposal, type Impacts, type Plan } from '../../src/application/plan.js';
import { KnownFiles } from '../../src/domain/workflow/known-files.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { planMerge } from '../../src/gitops/plan.js';
import { GitProposals } from '../../src/gitops/proposals.js';
import { SIMPLE_TEAM, simpleWorkflow } from '../support/definitions.js';
import { type GitServer, startGitServer } from '../support/git-server.js';
import { commitFiles, type Files, git, initRepository } from '../support/repository.js';
import { weir } from '../support/run.js';

const TODAY = '2026-03-02';
const LEAFLET = simpleWorkflow('leaflet');
const LONGER = simpleWorkflow('leaflet', { effort: 'P3D' });
const BROKEN = LEAFLET.replace('sections:', 'sectons:');
const policy = (more: string) => `apiVersion: weir/v1\nkind: Policy\nid: house\n${more}\n`;

describe('a plan', () => {
  let directory: string;
  let repository: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-plan-'));
    repository = path.join(directory, 'project.git');
    await initRepository(repository);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const inFolder = (files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`workflows/${name}.yaml`, text]));
  const commits = async (...all: readonly Files[]) => {
    for (const [at, files] of all.entries())
      await commitFiles(repository, inFolder(files), { message: `commit ${at}` });
  };
  const proposed = async (files: Files) => {
    await git(repository, 'checkout', '--quiet', '-b', 'change');
    await commitFiles(repository, inFolder(files), { message: 'change' });
    await git(repository, 'checkout', '--quiet', 'main');
  };
  const open = (location: string) =>
    new GitSource({
      ...{ location, branch: 'main', folder: 'workflows', token: null },
      cacheDirectory: path.join(directory, 'copies'),
    });
  const plan = (impacts?: Impacts): Promise<Plan> =>
    planMerge(open(repository), 'main', 'change', {
      today: TODAY,
      impactOf: impacts && (async () => Promise.resolve(impacts)),
    });
  const shown = ({ ok, workflows, problems }: Plan) => ({
    ok,
    workflows: workflows.map(({ id, change, changes }) => [id, change, ...changes.map((each) => each.path)]),
    errors: problems.flatMap(({ severity, code, existing }) =>
      severity === 'error' ? [existing ? `${code} of the base` : code] : [],
    ),
  });

  describe('where the base is wrong', () => {
    it('does not count it against whoever moves the file', async () => {
      await commits({ team: SIMPLE_TEAM, leaflet: BROKEN });
      await proposed({ leaflet: null, 'print/leaflet': BROKEN });
      const moved = shown(await plan());
      expect(moved.ok).toBe(true);
      expect(moved.errors.length).toBeGreaterThan(0);
      expect(moved.errors.filter((each) => !each.endsWith(' of the base'))).toEqual([]);
    });

    it('compares what mends it with what is served', async () => {
      await commits({ team: SIMPLE_TEAM, leaflet: LEAFLET }, { leaflet: BROKEN }, { other: 'x: 1\n' });
      await proposed({ leaflet: LONGER });
      const asked: string[] = [];
      const found = await planMerge(open(repository), 'main', 'change', {
        today: TODAY,
        impactOf: (workflows) => {
          asked.push(...workflows.map(({ key }) => key));
          return Promise.resolve(new Map());
        },
      });
      expect(shown(found)).toEqual({
        ok: true,
        workflows: [['leaflet', 'modified', 'step brief / effort']],
        errors: [],
      });
      expect(asked).toEqual(['leaflet']);
    });

    it('says nothing changes where what is served comes back', async () => {
      await commits({ team: SIMPLE_TEAM, leaflet: LEAFLET }, { leaflet: 'id: [\n' }, { leaflet: BROKEN });
      await proposed({ leaflet: LEAFLET });
      expect(shown(await plan())).toEqual({ ok: true, workflows: [['leaflet', 'unchanged']], errors: [] });
    });

    it('looks back past a change of the Team that made it wrong', async () => {
      await commits(
        { team: SIMPLE_TEAM, leaflet: LEAFLET },
        { team: SIMPLE_TEAM.replace('writer', 'author') },
      );
      await proposed({ team: SIMPLE_TEAM, leaflet: LONGER });
      expect(shown(await plan()).workflows).toEqual([['leaflet', 'modified', 'step brief / effort']]);
    });

    it('calls new what was never right, or had been retired', async () => {
      await commits({ team: SIMPLE_TEAM, leaflet: BROKEN });
      await proposed({ leaflet: LEAFLET });
      expect(shown(await plan()).workflows).toEqual([['leaflet', 'added']]);
      await commits({ leaflet: LEAFLET }, { leaflet: null }, { leaflet: BROKEN });
      await git(repository, 'branch', '--quiet', '-D', 'change');
      await proposed({ leaflet: LONGER });
      expect(shown(await plan()).workflows).toEqual([['leaflet', 'added']]);
    });

    it('holds nobody to what was wrong before', async () => {
      await commits({ team: SIMPLE_TEAM, leaflet: LEAFLET }, { leaflet: BROKEN });
      await proposed({ poster: simpleWorkflow('poster') });
      const { ok, workflows, errors } = shown(await plan());
      expect(ok).toBe(true);
      expect(workflows).toEqual([
        ['leaflet', 'invalid'],
        ['poster', 'added'],
      ]);
      expect(errors).toContain('E_UNKNOWN_KEY of the base');
    });

    it('does not call a change right that is still held back, nor a new error', async () => {
      await commits({ team: SIMPLE_TEAM, leaflet: LEAFLET }, { leaflet: BROKEN });
      await proposed({ leaflet: BROKEN.replace('P1D', 'P2D') });
      expect((await plan()).ok).toBe(false);
      await git(repository, 'branch', '--quiet', '-D', 'change');
      await proposed({ poster: BROKEN.replace('id: leaflet', 'id: poster') });
      expect(shown(await plan())).toMatchObject({
        ok: false,
        errors: expect.arrayContaining(['E_UNKNOWN_KEY']) as [],
      });
    });

    it('says that a bad file holds back all where the Policy wants that, and compares with the last good commit', async () => {
      await commits(
        {
          team: SIMPLE_TEAM,
          house: policy('onBadFile: commit'),
          leaflet: LEAFLET,
          poster: simpleWorkflow('poster'),
        },
        { leaflet: BROKEN, poster: simpleWorkflow('poster', { effort: 'P2D' }) },
      );
      await proposed({ note: simpleWorkflow('note') });
      expect(shown(await plan())).toMatchObject({
        ok: false,
        workflows: [
          ['leaflet', 'invalid'],
          ['note', 'invalid'],
          ['poster', 'invalid'],
        ],
      });
      await git(repository, 'branch', '--quiet', '-D', 'change');
      await proposed({ leaflet: LEAFLET });
      // With the file mended, what the bad commit said of the other workflow comes into force as well.
      expect(shown(await plan())).toEqual({
        ok: true,
        workflows: [
          ['leaflet', 'unchanged'],
          ['poster', 'modified', 'step brief / effort'],
        ],
        errors: [],
      });
    });
  });

  describe('read from where others have read', () => {
    /** Definitions that name each other, are wrong in places, and change from one commit to the next. */
    const random = (chance: () => number): Files => {
      const pick = <T>(...items: readonly T[]) => items[Math.floor(chance() * items.length)] as T;
      const file = (name: string) =>
        pick(
          null,
          BROKEN.replace('id: leaflet', `id: ${name}`),
          'id: [\n',
          simpleWorkflow(name, {
            effort: pick('P1D', 'P2D'),
            responsible: pick('writer', 'writer', 'author'),
          }),
          simpleWorkflow(name),
          `${simpleWorkflow(name).split('sections:')[0] ?? ''}extends: ${pick('a', 'b', 'c')}\n`,
        );
      return {
        ...Object.fromEntries(
          ['a', 'b', 'c', 'd', `e-${Math.floor(chance() * 1_000)}`].flatMap((name) =>
            chance() < 0.5 ? [[name, file(name)]] : [],
          ),
        ),
        ...(chance() < 0.3
          ? { team: SIMPLE_TEAM + pick('', '# who\n').replace('writer', pick('writer', 'writer', 'author')) }
          : {}),
        ...(chance() < 0.3
          ? { house: policy(pick('onBadFile: commit', 'onBadFile: file', 'retireLimit: { share: 0.1 }')) }
          : {}),
      };
    };
    const without = async (files: Files): Promise<Files> => {
      const there = (await git(repository, 'ls-files')).split('\n');
      return Object.fromEntries(
        Object.entries(files).filter(
          ([name, text]) => text !== null || there.includes(`workflows/${name}.yaml`),
        ),
      );
    };

    /** What of a plan is data: its diagrams are drawn again whenever they are asked for. */
    const data = (found: Plan): unknown => JSON.parse(JSON.stringify(found));

    it('is the same plan', async () => {
      let seed = 7;
      const chance = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
      await commits({ team: SIMPLE_TEAM, a: simpleWorkflow('a') });
      const bases: string[] = [];
      for (let at = 0; at < 12; at++) {
        await commits(await without(random(chance)));
        bases.push(await git(repository, 'rev-parse', 'HEAD'));
      }
      const kinds = new Set<string>();
      for (const base of bases) {
        await git(repository, 'checkout', '--quiet', '-B', 'change', base);
        await commitFiles(repository, inFolder(await without(random(chance))), { message: 'change' });
        const plain = await planMerge(open(repository), base, 'change', { today: TODAY });
        for (const { change } of plain.workflows) kinds.add(change);
        for (const sha of bases.slice(0, 12).filter(() => chance() < 0.4)) {
          const source = open(repository);
          const known = new KnownFiles();
          const { context } = await source.read(known, null, { from: null, to: sha, today: '2026-01-01' });
          const start = { known, context, sha };
          expect(data(await planMerge(source, base, 'change', { today: TODAY, start }))).toEqual(data(plain));
        }
      }
      expect([...kinds].sort()).toEqual(['added', 'invalid', 'modified', 'retired', 'unchanged']);
    }, 60_000);
  });

  describe('of retirements', () => {
    it('says which would wait for a steward: many at once, or one that campaigns run on', async () => {
      const names = ['a', 'b', 'c', 'd'];
      const all = Object.fromEntries(names.map((name) => [name, simpleWorkflow(name)]));
      await commits({ team: SIMPLE_TEAM, ...all });
      await proposed({ a: null, b: null });
      const waits = new Map((await plan()).workflows.map((each) => [each.id, each.waits]));
      expect(names.slice(0, 3).map((name) => waits.get(name))).toEqual([
        "Workflow 'a' held back: 2 of 4 workflows would be retired at once, so a steward has to let it go",
        "Workflow 'b' held back: 2 of 4 workflows would be retired at once, so a steward has to let it go",
        null,
      ]);
      await git(repository, 'branch', '--quiet', '-D', 'change');
      await proposed({ a: null });
      const running = ['one', 'two'].map((campaign) => ({
        campaign,
        effect: 'unaffected' as const,
        detail: '',
      }));
      const found = await plan(new Map([['a', { impact: running, past: [], pilots: [] }]]));
      expect(found.workflows.find(({ id }) => id === 'a')?.waits).toContain('2 campaigns are running on it');
      expect((await plan()).workflows.every(({ waits: why }) => why === null)).toBe(true);
    });
  });

  it('says that a pilot waits which would be open to everybody before it has shown anything', async () => {
    const pilot = `${LEAFLET}status: pilot\npilotCampaigns: [first]\nkpis: [time-to-launch]\n`;
    await commits({ team: SIMPLE_TEAM, leaflet: pilot });
    await proposed({ leaflet: `${LEAFLET}kpis: [time-to-launch]\n` });
    const waits = async (...measured: string[][]) => {
      const pilots = measured.map((each) => ({ workflow: 'leaflet', key: 'first', measured: each }));
      return (await plan(new Map([['leaflet', { impact: [], past: [], pilots }]]))).workflows[0]?.waits;
    };
    expect(await waits()).toContain('no campaign of the pilot has ended');
    expect(await waits([])).toContain('first lacks time-to-launch');
    expect(await waits(['time-to-launch'])).toBeNull();
    // Nobody was asked.
    expect((await plan()).workflows[0]?.waits).toBeNull();
  });

  it('follows a file out of the folder and into it, whatever the other side changes in it', async () => {
    const note = simpleWorkflow('note');
    await commitFiles(repository, { 'drafts/note.yaml': note }, { message: 'outside' });
    await commits({ team: SIMPLE_TEAM, leaflet: LEAFLET });
    await git(repository, 'checkout', '--quiet', '-b', 'change');
    await commitFiles(
      repository,
      {
        'workflows/leaflet.yaml': null,
        'old/leaflet.yaml': LEAFLET,
        'drafts/note.yaml': null,
        'workflows/note.yaml': note,
      },
      { message: 'in and out' },
    );
    await git(repository, 'checkout', '--quiet', 'main');
    await commits({ leaflet: `${LEAFLET}# a note\n` });
    await commitFiles(repository, { 'drafts/note.yaml': `${note}# a note\n` }, { message: 'outside again' });
    const { ok, workflows, problems } = await plan();
    expect([ok, problems.filter(({ severity }) => severity === 'error')]).toEqual([true, []]);
    expect(workflows.map(({ id, change }) => [id, change])).toEqual([
      ['note', 'added'],
      ['leaflet', 'retired'],
    ]);
  });

  describe('of names', () => {
    let server: GitServer;
    beforeEach(async () => {
      server = await startGitServer(directory);
      await git(repository, 'config', 'uploadpack.allowReachableSHA1InWant', 'true');
      await commits({ team: SIMPLE_TEAM, leaflet: LEAFLET });
    });
    afterEach(() => server.close());

    it('finds branches, tags, whole names and commits at the host that nobody has fetched yet', async () => {
      const source = open(`${server.url}/project.git/.git`);
      await source.refresh();
      await proposed({ leaflet: LONGER });
      await git(repository, 'checkout', '--quiet', 'change');
      const first = await git(repository, 'rev-parse', 'HEAD');
      await commitFiles(repository, { 'workflows/note.yaml': simpleWorkflow('note') }, { message: 'note' });
      await git(repository, 'checkout', '--quiet', 'main');
      const head = await git(repository, 'rev-parse', 'change');
      await git(repository, 'tag', 'light', head);
      await git(
        repository,
        '-c',
        'user.name=ops',
        '-c',
        'user.email=ops@example.com',
        'tag',
        '-am',
        'x',
        'heavy',
        head,
      );
      await git(repository, 'update-ref', 'refs/pull/7/head', head);
      for (const name of ['change', 'light', 'heavy', 'refs/heads/change', 'refs/pull/7/head', head])
        expect([name, (await planMerge(source, 'main', name, { today: TODAY })).head.sha]).toEqual([
          name,
          head,
        ]);
      for (const name of ['heads/change', 'tags/light', 'origin/change', 'refs/remotes/origin/change'])
        expect([name, await source.find(name)]).toEqual([name, head]);
      expect(await source.find('HEAD')).toBe(await git(repository, 'rev-parse', 'HEAD'));
      for (const name of ['change^', 'change~1', 'heavy~', first])
        expect((await planMerge(source, 'main', name, { today: TODAY })).head.sha).toBe(first);
      const fresh = new GitProposals(open(`${server.url}/project.git/.git`), () => TODAY);
      const nobody = () => Promise.resolve(new Map());
      expect((await fresh.merge('main', first, nobody)).head.sha).toBe(first);
      // What is pushed meanwhile is seen, with no sync between.
      await commits({ poster: simpleWorkflow('poster') });
      const moved = await git(repository, 'rev-parse', 'main');
      for (const name of ['main', 'origin/main'])
        expect((await planMerge(source, name, 'change', { today: TODAY })).base.sha).toBe(moved);
      // What is not there any more is not found in the copy either.
      await git(repository, 'branch', '-m', 'change', 'renamed');
      await expect(source.find('change')).rejects.toThrow("'change' is no branch, tag or commit");
    }, 30_000);

    it('refuses what is no commit, or has nothing to do with the base', async () => {
      await git(repository, 'checkout', '--quiet', '--orphan', 'apart');
      await commitFiles(repository, { 'workflows/note.yaml': simpleWorkflow('note') }, { message: 'apart' });
      await git(repository, 'checkout', '--quiet', 'main');
      const tree = await git(repository, 'rev-parse', 'main^{tree}');
      const blob = await git(repository, 'rev-parse', 'main:workflows/team.yaml');
      await git(repository, 'tag', 'files', tree);
      const bad = [
        'nowhere',
        '',
        '^',
        '~',
        tree,
        blob,
        'files',
        'apart',
        `main${'^'.repeat(20_000)}`,
        'main~99',
        'x'.repeat(64),
        '-x',
        '../..',
        '0'.repeat(40),
      ];
      for (const location of [repository, `${server.url}/project.git/.git`]) {
        const proposals = new GitProposals(open(location), () => TODAY);
        for (const name of bad)
          await expect(
            proposals.merge('main', name, () => Promise.resolve(new Map())).then(() => name),
          ).rejects.toThrow(BadProposal);
      }
    }, 60_000);

    it('tells them in one line on the command line', async () => {
      const tree = await git(repository, 'rev-parse', 'main^{tree}');
      const { code, err } = await weir(['plan', '--repo', repository, '--base', 'main', '--head', tree]);
      expect([code, err]).toEqual([2, `weir: '${tree}' is a tree, not a commit\n`]);
    }, 20_000);
  });
});
