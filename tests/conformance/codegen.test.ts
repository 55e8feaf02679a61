import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { HERE } from './support.js';

/** What a program printed; the test fails with it when the program does. */
function output(program: string, ...given: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...given], {
    cwd: HERE,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${path.basename(program)}: ${stdout}${stderr}`);
  return stdout;
}

/** Strict scalars: codegen refuses a scalar that nobody gave a type, which would be `any` in a client. */
it("codegen's client preset makes types of every document that mean what the API does", () => {
  rmSync(path.join(HERE, 'dist/client'), { recursive: true, force: true });
  output('node_modules/@graphql-codegen/cli/cjs/bin.js', '--config', 'codegen/codegen.json');
  output('../../node_modules/typescript/bin/tsc', '-p', 'codegen/tsconfig.json');
}, 60_000);
