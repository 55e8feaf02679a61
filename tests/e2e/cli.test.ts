import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { commitFiles, git, initRepository } from '../support/repository.js';
import { run, weir as command } from '../support/run.js';

const MAIN = path.resolve('dist/main.js');

const weir = (cwd: string, ...args: string[]) => command(args, { cwd, env: { PATH: process.env['PATH'] } });

describe('weir, the command', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-cli-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('begins with a repository that validates', async () => {
    expect(await weir(directory, 'init')).toMatchObject({ code: 0 });
    expect(await weir(directory, 'validate')).toEqual({
      code: 0,
      out: '1 workflow, 0 problems: fine\n',
      err: '',
    });
    const again = await weir(directory, 'init');
    expect([again.code, again.err]).toEqual([1, 'workflows is already there; nothing was written\n']);
    expect(await readFile(path.join(directory, '.gitignore'), 'utf8')).toBe('.weir/\n');
    const file = await weir(directory, 'init', '.gitignore');
    expect([file.code, file.err]).toEqual([2, 'weir: .gitignore is a file; name a folder\n']);
  });

  it('says where and how in every format, and exits with 1', async () => {
    const file = path.join(directory, 'bad.yaml');
    const text = await readFile(path.join(directory, 'workflows', 'newsletter.yaml'), 'utf8');
    await writeFile(file, text.replace('steward:', 'stewad:'));
    const plain = await weir(directory, 'validate', 'bad.yaml');
    expect(plain.code).toBe(1);
    expect(plain.out).toBe(
      "bad.yaml:7:1  error  unknown key 'stewad'  [E_UNKNOWN_KEY]\n    stewad: marketing-ops-manager\n    ^^^^^^\n    hint: did you mean 'steward'?\n1 workflow, 1 problem: 1 error\n",
    );
    const json = JSON.parse(
      (await weir(directory, 'validate', 'bad.yaml', '--format', 'json')).out,
    ) as object;
    expect(json).toMatchObject({
      ok: false,
      workflows: 1,
      problems: [
        {
          code: 'E_UNKNOWN_KEY',
          severity: 'error',
          file: 'bad.yaml',
          line: 7,
          column: 1,
          endLine: 7,
          endColumn: 7,
        },
      ],
    });
    const github = await weir(directory, 'validate', 'bad.yaml', '--format', 'github');
    expect(github.out).toMatch(/^::error file=bad\.yaml,line=7,col=1,/);
  });

  it('mends what can only have been meant in one way, and nothing else', async () => {
    const folder = path.join(directory, 'to mend');
    await mkdir(folder);
    const file = path.join(folder, 'newsletter.yaml');
    const good = await readFile(path.join(directory, 'workflows', 'newsletter.yaml'), 'utf8');
    const bad = good
      .replace('steward:', 'stewad:')
      .replace(
        'responsible: email-lead, accountable: campaign-manager, effort: P2D',
        'responsible: email-lead, acountable: campaign-manager, effort: 2 days',
      )
      .replace('kpis: [time-to-launch]', 'kpis: 7');
    await writeFile(
      file,
      `${bad.replaceAll('\n', '\r\n')}---\r\napiVersion: weir/v1\r\nkind: Team\r\nid: t\r\nrols: []\r\n`,
      { mode: 0o640 },
    );
    const fixed = await weir(directory, 'validate', 'to mend', '--fix', '--format', 'json');
    const report = JSON.parse(fixed.out) as { fixed: { text: string }[]; problems: { code: string }[] };
    expect([fixed.code, report.fixed.map(({ text }) => text)]).toEqual([
      1,
      ['steward', 'accountable', 'P2D', 'roles'],
    ]);
    expect(report.problems.map(({ code }) => code)).toEqual(['E_WRONG_TYPE']);
    const text = await readFile(file, 'utf8');
    expect(text.startsWith(good.replace('kpis: [time-to-launch]', 'kpis: 7').replaceAll('\n', '\r\n'))).toBe(
      true,
    );
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect(await readdir(folder)).toEqual(['newsletter.yaml']);
  });

  it('reports to code scanning as SARIF', async () => {
    const { out, code } = await weir(directory, 'validate', 'bad.yaml', '--format', 'sarif');
    const place = { artifactLocation: { uri: 'bad.yaml' } };
    const region = { startLine: 7, startColumn: 1, endLine: 7, endColumn: 7 };
    expect([code, JSON.parse(out)]).toMatchObject([
      1,
      {
        version: '2.1.0',
        runs: [
          {
            tool: {
              driver: {
                name: 'weir',
                rules: [{ id: 'E_UNKNOWN_KEY', defaultConfiguration: { level: 'error' } }],
              },
            },
            results: [
              {
                ruleId: 'E_UNKNOWN_KEY',
                ruleIndex: 0,
                level: 'error',
                locations: [{ physicalLocation: { ...place, region } }],
                fixes: [
                  {
                    artifactChanges: [
                      {
                        ...place,
                        replacements: [{ deletedRegion: region, insertedContent: { text: 'steward' } }],
                      },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  it('tells wrong usage from problems', async () => {
    expect((await weir(directory, 'bogus')).code).toBe(2);
    expect((await weir(directory, 'validate', 'nowhere')).code).toBe(2);
    expect((await weir(directory, 'plan')).code).toBe(2);
    expect(await weir(directory, '--version')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
    });
    const help = await weir(directory, '--help');
    expect([help.code, help.out]).toEqual([
      0,
      expect.stringContaining('weir plan --base main --head my-change'),
    ]);
  });

  it('draws and prints the schema', async () => {
    const mermaid = await weir(directory, 'diagram', 'workflows/newsletter.yaml');
    expect(mermaid.out).toContain('step_copy --> step_approval');
    const svg = await weir(directory, 'diagram', 'workflows/newsletter.yaml', '--as', 'svg');
    expect(svg.out).toMatch(/<svg[\s\S]*Newsletter|<svg[\s\S]*make/);
    expect(JSON.parse((await weir(directory, 'schema')).out)).toMatchObject({ title: 'Weir definition' });
  });

  it('says what differs between two files, and between two moments of a repository', async () => {
    const [before, after] = ['before', 'after'].map((name) =>
      path.resolve('tests/fixtures/diff', `${name}.yaml`),
    );
    const text = await weir(directory, 'diff', before ?? '', after ?? '');
    expect([text.code, text.out]).toEqual([0, expect.stringContaining('spring-sale: 33 changes\n')]);
    expect(text.out).toContain("\n  compatible  gate 'compare': on failure block → alert\n");
    expect(text.out).toContain('\nfor running campaigns: breaking\n');
    const json = await weir(directory, 'diff', before ?? '', after ?? '', '--format', 'json');
    expect(JSON.parse(json.out)).toMatchObject({ id: 'spring-sale', classification: 'breaking' });

    const work = path.join(directory, 'history');
    await initRepository(work);
    const newsletter = await readFile(path.join(directory, 'workflows', 'newsletter.yaml'), 'utf8');
    const at = (date: string) => ({ message: date, date: `${date}T12:00:00Z` });
    await commitFiles(work, { 'workflows/newsletter.yaml': newsletter }, at('2026-01-10'));
    const faster = newsletter.replace('effort: P2D', 'effort: P1D');
    await commitFiles(work, { 'workflows/newsletter.yaml': faster }, at('2026-02-10'));
    const since = (...more: string[]) => weir(directory, 'diff', 'newsletter', '--repo', work, ...more);
    const changed =
      "newsletter: 1 change\n  none        step 'copy': effort 2 days → 1 day\nfor running campaigns: none\n";
    expect(await since('--from', '2026-02-01')).toEqual({ code: 0, out: changed, err: '' });
    expect(await since('--from', 'main~1', '--to', 'main')).toEqual({ code: 0, out: changed, err: '' });
    expect((await since('--from', '2026-02-11')).out).toBe('newsletter: 0 changes in meaning\n');
    for (const [args, message] of [
      [['--from', '2026-01-01'], 'has no commit before 2026-01-01'],
      [['--from', 'nowhere'], "'nowhere' is no branch, tag or commit"],
      [[], "say --from which commit or date 'newsletter' is compared"],
    ] as const) {
      expect(await since(...args)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining(message) as string,
      });
    }
    const unknown = await weir(directory, 'diff', 'newsletters', '--repo', work, '--from', 'main');
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("did you mean 'newsletter'?")]);
  });

  it('plans what a branch changes since it left, and only that', async () => {
    const work = path.join(directory, 'repository');
    await initRepository(work);
    const read = (name: string) => readFile(path.join(directory, 'workflows', name), 'utf8');
    const newsletter = await read('newsletter.yaml');
    const begin = { 'workflows/newsletter.yaml': newsletter, 'workflows/team.yaml': await read('team.yaml') };
    await commitFiles(work, begin, { message: 'Begin' });
    await git(work, 'checkout', '--quiet', '-b', 'faster');
    const faster = newsletter
      .replace('effort: P2D', 'effort: PT12H')
      .replace('responsible: brand,', 'responsible: brnd,');
    await commitFiles(work, { 'workflows/newsletter.yaml': faster }, { message: 'Copy in half a day' });
    await git(work, 'checkout', '--quiet', 'main');
    const other = newsletter.replaceAll('newsletter', 'digest').replace('name: Newsletter', 'name: Digest');
    await commitFiles(work, { 'workflows/digest.yaml': other }, { message: 'Add a digest' });

    const bad = await weir(work, 'plan', '--base', 'main', '--head', 'faster');
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/workflows\/newsletter.yaml:17:\d+ {2}error {2}unknown role 'brnd'/);
    const marked = await weir(work, 'plan', '--base', 'main', '--head', 'faster', '--format', 'markdown');
    expect(marked.out).toContain(
      "| error | `workflows/newsletter.yaml:17` | unknown role 'brnd' (did you mean 'brand'?) |",
    );

    await git(work, 'checkout', '--quiet', 'faster');
    const unknown = await weir(work, 'plan', '--base', 'main', '--head', 'quicker');
    expect([unknown.code, unknown.err]).toEqual([
      2,
      expect.stringContaining("'quicker' is no branch, tag or commit"),
    ]);
    const mended = faster.replace('responsible: brnd,', 'responsible: brand,');
    await commitFiles(work, { 'workflows/newsletter.yaml': mended }, { message: 'Mend the role' });
    const plan = await weir(work, 'plan', '--base', 'main', '--head', 'faster', '--format', 'markdown');
    const withoutShas = plan.out.replaceAll(/`[0-9a-f]{7}`/g, '`sha`');
    expect([plan.code, withoutShas]).toEqual([0, await readFile('tests/fixtures/plan/command.md', 'utf8')]);
    const json = JSON.parse(
      (await weir(work, 'plan', '--base', 'main', '--head', 'faster', '--format', 'json')).out,
    ) as {
      workflows: { id: string; change: string }[];
    };
    expect(json.workflows.map(({ id, change }) => [id, change])).toEqual([
      ['digest', 'unchanged'],
      ['newsletter', 'modified'],
    ]);
  });

  it('shows what a trigger would have done on past signals', async () => {
    const sale = path.resolve('workflows/flash-sale.yaml');
    // Open rates fall to half of what they should be (R57): one value in five minutes, from the fourth on.
    const lines = Array.from({ length: 30 }, (_, place) =>
      JSON.stringify({
        ...{ campaign: 'sale', signal: 'email.open_rate', key: `e${place}`, samples: 900 },
        ...{ at: new Date(Date.UTC(2026, 4, 4, 8, place * 5)).toISOString(), value: place < 3 ? 0.15 : 0.06 },
      }),
    );
    // The same key again has no effect, and the order of the file has none.
    await writeFile(path.join(directory, 'past.ndjson'), [...lines, lines[9]].reverse().join('\n'));
    const args = [
      'simulate',
      sale,
      '--signals',
      'past.ndjson',
      '--budget',
      'email=1000',
      '--budget',
      'social=200',
    ];
    const shown = await weir(directory, ...args);
    expect([shown.code, shown.out.split('\n').slice(0, 2), shown.err]).toEqual([
      0,
      [
        'low-open-rate: 30 values of email.open_rate, acted 1 time, held back 14 times',
        "  2026-05-04T09:15:00.000Z  0.06  moved 200.00 from email to social; gave task 'new-subject-lines' to creative-lead; told creative-lead, campaign-manager",
      ],
      '',
    ]);
    const json = JSON.parse(
      (await weir(directory, ...args, '--trigger', 'low-open-rate', '--format', 'json')).out,
    ) as object;
    expect(json).toMatchObject({
      rejected: 0,
      triggers: [{ readings: 30, decisions: { length: 15, 0: { outcome: 'fired' } } }],
    });
    await writeFile(path.join(directory, 'wrong.ndjson'), `${lines[0] ?? ''}\n{"signal":1}\n`);
    const wrong = await weir(directory, 'simulate', sale, '--signals', 'wrong.ndjson');
    expect([wrong.code, wrong.err]).toEqual([
      1,
      "wrong.ndjson:2: 'campaign' is a text of 1 to 100 characters, none of them invisible\n",
    ]);
    for (const [option, value, message] of [
      ['--budget', 'mail=3', 'email, social, paid-search'],
      ['--trigger', 'low-open-rat', "did you mean 'low-open-rate'?"],
      ['--signals', 'nowhere.ndjson', 'cannot be read'],
    ] as const) {
      const refused = await weir(directory, 'simulate', sale, '--signals', 'past.ndjson', option, value);
      expect([option, refused.code, refused.err]).toEqual([option, 2, expect.stringContaining(message)]);
    }
  });

  it('forecasts, schedules and measures adherence, the same every time', async () => {
    const files = path.resolve('workflows');
    const [launch, sale, team] = ['product-launch', 'flash-sale', 'team'].map((name) =>
      path.join(files, `${name}.yaml`),
    );
    const given = [launch ?? '', '--team', team ?? '', '--format', 'json'];
    const first = await weir(
      directory,
      'forecast',
      ...given,
      '--within',
      'P20D',
      '--what-if',
      'without:legal',
    );
    expect(first.code).toBe(0);
    const answer = JSON.parse(first.out) as Record<string, unknown>;
    expect(Object.keys(answer)).toEqual(
      expect.arrayContaining([
        'workflow',
        'runs',
        'seed',
        'leadTime',
        'probabilityWithin',
        'criticalPath',
        'pert',
        'criticality',
        'roles',
        'whatIf',
      ]),
    );
    expect(
      await weir(directory, 'forecast', ...given, '--within', 'P20D', '--what-if', 'without:legal'),
    ).toEqual(first);

    const plan = await weir(
      directory,
      'schedule',
      launch ?? '',
      sale ?? '',
      '--team',
      team ?? '',
      '--format',
      'json',
    );
    const { makespanHours, lowerBoundHours, steps } = JSON.parse(plan.out) as {
      makespanHours: number;
      lowerBoundHours: number;
      steps: object[];
    };
    expect(makespanHours).toBeGreaterThanOrEqual(lowerBoundHours);
    expect(steps).toContainEqual(
      expect.objectContaining({ workflow: 'flash-sale', step: 'brief', startHours: 0 }),
    );

    await writeFile(
      path.join(directory, 'log.csv'),
      'case,activity,timestamp\nc,brief,2026-03-02T09:00Z\nc,coffee,2026-03-02T10:00Z\nc,write-post,2026-03-02T11:00Z\n',
    );
    const post = path.join(files, 'social-post.yaml');
    const measured = await weir(
      directory,
      'adherence',
      '--workflow',
      post,
      '--log',
      'log.csv',
      '--format',
      'json',
    );
    const { perCase } = JSON.parse(measured.out) as {
      perCase: { deviations: { kind: string; step: string }[] }[];
    };
    const deviations = perCase[0]?.deviations.map(({ kind, step }) => `${step} ${kind}`);
    expect(deviations?.[0]).toBe('coffee inserted');
    expect(deviations).toContain('retrospective skipped');
    expect((await weir(directory, 'adherence', '--workflow', post, '--log', 'log.csv')).out).toContain(
      "'coffee': 1 event",
    );
  });

  it('refuses what cannot be calculated in one line, and tells it from wrong usage', async () => {
    const launch = path.resolve('workflows/product-launch.yaml');
    await writeFile(
      path.join(directory, 'one.yaml'),
      (await readFile(path.resolve('workflows/team.yaml'), 'utf8')).replace('capacity: 3', 'capacity: 1'),
    );
    const few = await weir(directory, 'forecast', launch, '--team', 'one.yaml');
    expect([few.code, few.err]).toEqual([
      1,
      "weir: step 'booth' needs 2 of 'designer', and the team has 1\n",
    ]);
    const unknown = await weir(directory, 'forecast', launch, '--what-if', 'without:legl');
    expect([unknown.code, unknown.err]).toEqual([
      1,
      "weir: there is no step 'legl'; did you mean 'legal'?\n",
    ]);
    const usage = await Promise.all([
      weir(directory, 'forecast', launch, '--runs', '0'),
      weir(directory, 'forecast', launch, '--within', '20 days'),
      weir(directory, 'forecast', launch, '--start', 'soon'),
      weir(directory, 'forecast', launch, '--what-if', 'magic:wand'),
      weir(directory, 'schedule', launch),
    ]);
    expect(usage.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    const log = await weir(directory, 'adherence', '--workflow', launch, '--log', 'log.csv', '--case', 'cas');
    expect([log.code, log.err.split('\n')[0]]).toEqual([
      1,
      "weir: log.csv: there is no column 'cas'; did you mean 'case'?",
    ]);
  });

  it('is content when whoever reads has had enough', async () => {
    const line = `${process.execPath} ${MAIN} diagram ${path.resolve('workflows/product-launch.yaml')} | head -1`;
    expect(await run('bash', ['-o', 'pipefail', '-c', line])).toMatchObject({ code: 0, err: '' });
  });

  it('says where texts contradict each other, as a colleague would', async () => {
    const example = path.resolve('examples/consistency.yaml');
    expect(await weir(directory, 'consistency', example)).toEqual({
      code: 1,
      out: await readFile('tests/fixtures/consistency/example.txt', 'utf8'),
      err: '',
    });
    const json = await weir(directory, 'consistency', example, '--format', 'json');
    const parsed = JSON.parse(json.out) as { pairs: unknown[]; contradictions: { fact: string }[] };
    expect(parsed).toMatchObject({ contradictionCount: 8, comparedPairs: 10 });
    expect(parsed.pairs).toHaveLength(10);
    const agreed = path.join(directory, 'agreed.yaml');
    await writeFile(
      agreed,
      '[{ id: a, channel: email, text: 25 % off }, { id: b, channel: sms, text: a quarter off }]',
    );
    expect(await weir(directory, 'consistency', agreed)).toMatchObject({
      ...{ code: 0, out: '2 texts, 2 facts: score 1.00, no contradiction\n' },
    });
  });

  it.each([
    ['nothing', '', 1, 'Invalid input'],
    ['a text', 'hello', 1, 'should be a list of {id, channel, text}'],
    ['an asset without a text', '[{ id: a, channel: email }]', 1, '0.text'],
    [
      'one id twice',
      '[{ id: a, channel: x, text: y }, { id: a, channel: x, text: z }]',
      1,
      "two texts have the id 'a'",
    ],
    ['broken YAML', '[{ id: a', 1, 'Flow'],
    ['a zone that is none', '{ timezone: Mars/Olympus, assets: [] }', 1, 'is no time zone'],
    [
      'a billion laughs',
      `a: &a [x]\n${'bcdefghijk'
        .split('')
        .map(
          (name, at) =>
            `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefghij'[at] ?? 'a'}`).join(', ')}]`,
        )
        .join('\n')}\n`,
      1,
      'alias',
    ],
  ])('tells what is wrong with a file of texts that is %s', async (_, text, code, part) => {
    await writeFile(path.join(directory, 'texts.yaml'), text);
    const result = await weir(directory, 'consistency', 'texts.yaml');
    expect(result.code).toBe(code);
    expect(result.err).toContain(part);
    expect(result.err).not.toContain('node:');
    expect(await weir(directory, 'consistency', 'gone.yaml')).toMatchObject({ code: 2 });
  });
});
