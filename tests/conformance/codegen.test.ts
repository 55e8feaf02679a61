import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { HERE, post, startTrusting } from './support.js';

/** Runs a program of a package; what it printed is the reason when it fails. */
function run(program: string, ...given: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...given], {
    cwd: HERE,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${path.basename(program)}: ${stdout}${stderr}`);
}

describe("codegen's client preset", () => {
  beforeAll(() => {
    rmSync(path.join(HERE, 'dist/client'), { recursive: true, force: true });
    run('node_modules/@graphql-codegen/cli/cjs/bin.js', '--config', 'codegen/codegen.json');
  }, 60_000);

  /** Strict scalars: codegen refuses a scalar that nobody gave a type, which would be `any` in a client. */
  it('makes types of every document that mean what the API does', () => {
    run('../../node_modules/typescript/bin/tsc', '-p', 'codegen/tsconfig.json');
  }, 60_000);

  it('writes a manifest whose ids the API takes', async () => {
    const manifest = path.join(HERE, 'dist/client/persisted-documents.json');
    const ids = Object.entries(JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>);
    const [documentId] = ids.find(([, text]) => text.includes('query Campaigns(')) ?? [];
    const trusting = await startTrusting(manifest);
    const answer = await post(trusting, { documentId, variables: { first: 1 } });
    await trusting.close();
    expect(answer).toMatchObject({ data: { campaigns: { totalCount: 0 } } });
  }, 60_000);
});
