import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { commitFiles, git, initRepository } from '../support/repository.js';
import { HERE } from './support.js';

const ROOT = path.resolve(HERE, '../..');

/** The package as it would be published, installed where nothing else of the project is. */
describe('the package', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'weir-package-'));
  const repository = path.join(directory, 'repository');
  const prefix = path.join(directory, 'global');
  let tarball: string;
  let base: string;
  let head: string;

  /** Runs a line of a pipeline as its runner would. */
  function bash(line: string, env: Readonly<Record<string, string>> = {}) {
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', line],
      {
        cwd: repository,
        encoding: 'utf8',
        env: {
          ...process.env,
          PATH: `${prefix}/bin:${process.env['PATH'] ?? ''}`,
          npm_config_prefix: prefix,
          ...env,
        },
      },
    );
    return { code: status, out: stdout, all: stdout + stderr };
  }

  beforeAll(async () => {
    const packed = spawnSync(
      'npm',
      ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    );
    tarball = path.join(directory, packed.stdout.trim());
    await initRepository(repository);
    expect(
      bash('npm install --global --omit=optional --prefer-offline --no-audit --no-fund "$TARBALL"', {
        TARBALL: tarball,
      }),
    ).toMatchObject({ code: 0 });
    expect(bash('weir init')).toMatchObject({ code: 0 });
    base = await commitFiles(repository, {}, { message: 'Begin' });
    const file = path.join(repository, 'workflows/newsletter.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('effort: P2D', 'effort: P1D'));
    await git(repository, 'checkout', '--quiet', '-b', 'faster');
    head = await commitFiles(repository, {}, { message: 'Copy in a day' });
  }, 180_000);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('checks what it began with', () => {
    expect(bash('weir validate')).toMatchObject({ code: 0, out: '1 workflow, 0 problems: fine\n' });
    expect(bash('weir diagram workflows/newsletter.yaml --as svg').out).toContain('<svg');
  });

  it('brings a pipeline that GitHub reads, and whose steps run', () => {
    const name = '.github/workflows/weir.yml';
    const content = readFileSync(path.join(repository, name), 'utf8');
    const { context } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
    const { jobs } = parse(content) as { jobs: { plan: { steps: { run?: string }[] } } };
    const lines = jobs.plan.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    const summary = path.join(directory, 'summary.md');
    const env = { WEIR_PACKAGE: tarball, BASE: base, HEAD: head, GITHUB_STEP_SUMMARY: summary };
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(bash(line, env)).toMatchObject({ code: 0 });
    expect(readFileSync(summary, 'utf8')).toContain("- step 'copy': effort 2 days → 1 day · *none*");
    expect(bash(lines[0] ?? '', { ...env, WEIR_PACKAGE: '' })).toMatchObject({
      code: 1,
      all: expect.stringContaining('set the variable WEIR_PACKAGE') as string,
    });
  }, 120_000);

  it('brings one for GitLab whose lines run', () => {
    const { weir } = parse(readFileSync(path.join(repository, '.gitlab-ci.yml'), 'utf8')) as {
      weir: { script: string[] };
    };
    const env = { WEIR_PACKAGE: tarball, CI_MERGE_REQUEST_DIFF_BASE_SHA: base, CI_COMMIT_SHA: head };
    // Weir is installed already.
    for (const line of weir.script.slice(1)) expect(bash(line, env)).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(repository, 'weir-plan.md'), 'utf8')).toContain('effort 2 days → 1 day');
  }, 120_000);
});
