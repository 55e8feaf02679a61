/**
 * Compiles the tests to `.tests/`, which lies beside `dist/` as `tests/` lies beside `src/`: what a test imports from
 * `src` is the compiled module. A worker loads each of them once, however many files of tests it runs.
 */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** These are compiled by their own tools, or only read. */
const OTHERS = ['conformance', 'fixtures'];

const root = fileURLToPath(new URL('..', import.meta.url));
const [from, to] = [path.join(root, 'tests'), path.join(root, '.tests')];
const script = await changedAt(fileURLToPath(import.meta.url));
const targets = new Map(
  (await readdir(from, { recursive: true }))
    .filter((file) => /\.[jt]s$/.test(file) && !OTHERS.includes(file.split(path.sep)[0]))
    .map((file) => [path.join(to, file.replace(/\.ts$/, '.js')), path.join(from, file)]),
);
for (const file of await readdir(to, { recursive: true }).catch(() => []))
  if (file.endsWith('.js') && !targets.has(path.join(to, file))) await rm(path.join(to, file));
for (const [target, source] of targets) {
  if ((await changedAt(target)) > Math.max(script, await changedAt(source))) continue;
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, compiled(source, await readFile(source, 'utf8')));
}

/** Milliseconds of Unix time; 0 where there is no such file. */
async function changedAt(file) {
  return (await stat(file).catch(() => ({ mtimeMs: 0 }))).mtimeMs;
}

function compiled(fileName, text) {
  const options = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ES2022,
    inlineSourceMap: true,
    inlineSources: true,
  };
  const code = fileName.endsWith('.ts')
    ? ts.transpileModule(text, { fileName, compilerOptions: options }).outputText
    : text;
  return code.replace(/(['"](?:\.\.\/)+)src\//g, '$1dist/');
}
