// Repositories to measure on: a shipped workflow over and over, and a history in which each commit changes one effort.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { git } from './git.js';

const SHIPPED = path.join(import.meta.dirname, '..', '..', 'workflows');
const SHARED = ['team', 'taxonomy', 'policy'];
const DEFINITIONS_PER_FOLDER = 100;
const FIRST_COMMIT = 1_700_000_000;
const SECONDS_BETWEEN = 60;

const text = readFileSync(path.join(SHIPPED, 'content-cluster.yaml'), 'utf8');
const shared = SHARED.map((name) => [
  `workflows/${name}.yaml`,
  readFileSync(path.join(SHIPPED, `${name}.yaml`), 'utf8'),
]);

export const keyOf = (definition) => `w${String(definition).padStart(5, '0')}`;
export const placeOf = (definition) =>
  `workflows/team-${String(Math.floor(definition / DEFINITIONS_PER_FOLDER)).padStart(3, '0')}/${keyOf(definition)}.yaml`;

/** A definition after so many changes; no two changes that follow each other mean the same. */
export const definitionText = (definition, changes) =>
  text
    .replace(/^id: .*$/m, `id: ${keyOf(definition)}`)
    .replace('effort: P1D', `effort: P${1 + (changes % 300)}D`);

/** Numbers that are the same on every machine. */
export function chance() {
  let seed = 1;
  return (below) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

/**
 * A bare repository at `directory` whose first commit adds the definitions; packed as `git gc` packs it.
 * @returns how often each definition was changed
 */
export async function generate(directory, definitions, commits) {
  await git(null, 'init', '--quiet', '--bare', '--initial-branch=main', directory);
  const importer = spawn('git', ['fast-import', '--quiet', '--done'], {
    cwd: directory,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = once(importer, 'exit');
  const changes = new Array(definitions).fill(0);
  const below = chance();
  for (const part of stream(definitions, commits, changes, below))
    if (!importer.stdin.write(part)) await once(importer.stdin, 'drain');
  importer.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
  await git(directory, 'gc', '--quiet');
  return changes;
}

/** Pushes a commit that changes one definition. @returns its name */
export async function change(directory, definition, changes) {
  const importer = spawn('git', ['fast-import', '--quiet', '--done'], {
    cwd: directory,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = once(importer, 'exit');
  const seconds = Math.floor(Date.now() / 1_000);
  importer.stdin.end(
    `commit refs/heads/main\ncommitter Marketing operations <ops@example.com> ${seconds} +0000\n${data(`Change ${keyOf(definition)}`)}from refs/heads/main^0\n${file(placeOf(definition), definitionText(definition, changes))}done\n`,
  );
  await ended;
  return git(directory, 'rev-parse', 'refs/heads/main');
}

function* stream(definitions, commits, changes, below) {
  for (let number = 0; number < commits; number++) {
    yield `commit refs/heads/main\ncommitter Marketing operations <ops@example.com> ${FIRST_COMMIT + number * SECONDS_BETWEEN} +0000\n${data(`Change ${number}`)}`;
    if (number === 0) for (const [place, content] of shared) yield file(place, content);
    if (number === 0) {
      for (let each = 0; each < definitions; each++) yield file(placeOf(each), definitionText(each, 0));
    } else {
      const changed = below(definitions);
      yield file(placeOf(changed), definitionText(changed, ++changes[changed]));
    }
  }
  yield 'done\n';
}

const data = (content) => `data ${Buffer.byteLength(content)}\n${content}\n`;
const file = (place, content) => `M 100644 inline ${place}\n${data(content)}`;
