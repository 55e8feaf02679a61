import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** File, what it imports, and the rule that must object (null: none may). */
const cases: readonly [file: string, imports: string, rule: string | null][] = [
  ['src/domain/campaign/step.ts', '../../application/use-case.js', 'domain-stays-in-its-layer'],
  ['src/domain/campaign/read-file.ts', 'node:fs', 'domain-is-pure'],
  ['src/domain/campaign/entity.ts', 'typeorm', 'domain-is-pure'],
  ['src/application/use-case.ts', '../persistence/store.js', 'application-stays-in-its-layer'],
  ['src/persistence/store.ts', '../gitops/reader.js', 'persistence-stays-in-its-layer'],
  ['src/schema/type.ts', '../resolvers/resolver.js', 'schema-stays-in-its-layer'],
  ['src/resolvers/resolver.ts', '../persistence/rows.js', 'resolvers-stays-in-its-layer'],
  ['src/resolvers/sql.ts', 'pg', 'only-persistence-imports-typeorm'],
  ['src/application/query.ts', 'typeorm', 'only-persistence-imports-typeorm'],
  ['src/application/answer.ts', 'graphql', 'only-schema-resolvers-http-dashboard-imports-graphql'],
  ['src/persistence/server.ts', '@apollo/server', 'only-schema-resolvers-http-dashboard-imports-graphql'],
  ['src/cli/clone.ts', 'isomorphic-git', 'only-gitops-example-imports-isomorphic-git'],
  ['src/gitops/one.ts', './two.js', 'no-cycles'],
  ['src/gitops/utils/text.ts', './more.js', 'no-catch-all-folder-from'],
  ['src/gitops/wired.ts', '../compose.js', 'no-wiring-from-within'],
  ['src/compose.ts', './persistence/rows.js', null],
  ['src/example/history.ts', 'isomorphic-git', null],
  ['src/application/allowed.ts', '../domain/value.js', null],
];
const imported: readonly [file: string, content: string][] = [
  ['src/domain/value.ts', 'export {};\n'],
  ['src/gitops/reader.ts', 'export {};\n'],
  ['src/gitops/two.ts', 'import "./one.js";\n'],
  ['src/gitops/utils/more.ts', 'export {};\n'],
  ['src/persistence/rows.ts', 'export {};\n'],
];

describe('the dependency rules', () => {
  let found: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    const project = await mkdtemp(join(tmpdir(), 'weir-rules-'));
    await put(project, 'tsconfig.json', '{}');
    await put(project, 'package.json', '{ "type": "module" }');
    for (const [file, content] of imported) await put(project, file, content);
    for (const [file, imports] of cases) await put(project, file, `import ${JSON.stringify(imports)};\n`);
    found = check(project);
    await rm(project, { recursive: true });
  });

  it.each(cases.filter(([, , rule]) => rule !== null))('%s may not import %s', (file, _, rule) => {
    expect(found.get(file)).toContain(rule);
  });

  it.each(cases.filter(([, , rule]) => rule === null))('%s may import %s', (file) => {
    // The packages are not installed beside the fixture, which is the one thing to object to here.
    expect((found.get(file) ?? []).filter((rule) => rule !== 'no-undeclared-package')).toEqual([]);
  });
});

interface Report {
  readonly summary: { readonly violations: readonly { from: string; rule: { name: string } }[] };
}

function check(project: string): ReadonlyMap<string, readonly string[]> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.cjs');
  const result = spawnSync(process.execPath, [program, 'src', '--config', config, '--output-type', 'json'], {
    cwd: project,
    encoding: 'utf8',
  });
  const rules = new Map<string, string[]>();
  for (const { from, rule } of (JSON.parse(result.stdout) as Report).summary.violations) {
    rules.set(from, [...(rules.get(from) ?? []), rule.name]);
  }
  return rules;
}

async function put(project: string, file: string, content: string): Promise<void> {
  await mkdir(dirname(join(project, file)), { recursive: true });
  await writeFile(join(project, file), content);
}
