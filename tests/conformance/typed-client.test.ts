import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startApi, type TestApi } from '../support/api.js';
import { createCampaigns, HERE } from './support.js';

const ROOT = path.resolve(HERE, '../..');
const COPY = path.join(HERE, 'dist/typed-client');

function run(program: string, ...given: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...given], {
    cwd: COPY,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${path.basename(program)}: ${stdout}${stderr}`);
  return stdout;
}

/** The example as a reader would build it, in a place where its packages are found. */
describe('examples/typed-client', () => {
  let api: TestApi;
  beforeAll(async () => {
    rmSync(COPY, { recursive: true, force: true });
    cpSync(path.join(ROOT, 'examples/typed-client'), COPY, { recursive: true });
    const config = path.join(COPY, 'codegen.json');
    const schema = path.join(ROOT, 'src/schema/schema.graphql');
    writeFileSync(config, readFileSync(config, 'utf8').replace('../../src/schema/schema.graphql', schema));
    run(path.join(HERE, 'node_modules/@graphql-codegen/cli/cjs/bin.js'), '--config', 'codegen.json');
    run(path.join(ROOT, 'node_modules/typescript/bin/tsc'));
    api = await startApi();
    await createCampaigns(api, 'launch', 25);
  }, 90_000);
  afterAll(() => api.close());

  it('prints every running campaign over several pages, and why a launch is refused', async () => {
    const child = spawn(process.execPath, ['dist/main.js', 'launch-1', 'email'], {
      cwd: COPY,
      env: { ...process.env, WEIR: api.url },
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect([code, printed.match(/^launch-\d+, launch not planned: /gm)?.length]).toEqual([0, 25]);
    expect(printed).toContain(
      "BLOCKED_BY_RULE: rule 'social-before-email' forbids the launch on 'email' until 'social-copy' is approved (ask brand)",
    );
  }, 60_000);
});
