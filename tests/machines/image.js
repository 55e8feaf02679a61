import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { finish } from './programs.js';

/**
 * Takes the steps of the Dockerfile in a clean folder, with the Node at hand in the place of its base image: every stage a folder, with
 * what git knows of the tree as its context. The same tree is built once.
 * @returns the folder of the last stage, and its tree
 */
export async function buildImage({ tree, into }) {
  const target = path.join(into, tree.slice(0, 16));
  if (existsSync(target)) return target;
  await forget(into);
  const work = `${target}.unfinished`;
  await rm(work, { recursive: true, force: true });
  const context = path.join(work, 'context');
  await mkdir(context, { recursive: true });
  const archive = path.join(work, 'context.tar');
  await finish('git', ['archive', '--output', archive, tree]);
  const ignored = (await finish('git', ['show', `${tree}:.dockerignore`])).split('\n').filter(Boolean);
  await finish('tar', ['-xf', archive, '-C', context, ...ignored.map((name) => `--exclude=./${name}`)]);
  for (const name of ignored) await rm(path.join(context, name), { recursive: true, force: true });
  const file = (await readFile(path.join(context, 'Dockerfile'), 'utf8')).replaceAll(/\\\n/g, ' ');
  const stages = [];
  for (const line of file.split('\n')) {
    const [, instruction, rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (instruction === undefined) continue;
    const stage = stages.at(-1);
    if (instruction === 'FROM') {
      const name = /\sAS\s+(\S+)/i.exec(rest)?.[1] ?? 'final';
      const folder = path.join(work, name);
      stages.push({ name, folder, directory: folder });
    } else if (instruction === 'WORKDIR') {
      stage.directory = path.join(stage.folder, rest);
      await mkdir(stage.directory, { recursive: true });
    } else if (instruction === 'RUN') {
      // The account of the base image is not here.
      const command = rest.replaceAll('node:node', `${process.getuid()}:${process.getgid()}`);
      await (command.startsWith('npm ci') ? install : sh)(command, stage.directory, into);
    } else if (instruction === 'COPY') await copy(rest.split(/\s+/), stage, stages, context);
  }
  const last = stages.at(-1);
  await rename(last.directory, target);
  await rm(work, { recursive: true, force: true });
  return target;
}

/** What no run has built for a day; a nightly run has built it anew since. */
async function forget(folder) {
  const before = Date.now() - 86_400_000;
  for (const name of await readdir(folder).catch(() => [])) {
    const each = path.join(folder, name);
    if ((await stat(each)).mtimeMs < before) await rm(each, { recursive: true });
  }
}

const sh = (command, cwd) => finish('/bin/sh', ['-ec', command], { cwd });

/** What is installed rests on the lock alone, and is kept for the next tree with the same, as layers of images are. */
async function install(command, directory, into) {
  const hash = createHash('sha256').update(`${command} ${process.version}`);
  hash.update(await readFile(path.join(directory, 'package-lock.json')));
  const kept = path.join(into, `packages-${hash.digest('hex').slice(0, 16)}`);
  const packages = path.join(directory, 'node_modules');
  if (existsSync(kept)) return finish('cp', ['-al', kept, packages]);
  await sh(command, directory);
  await rm(`${kept}.unfinished`, { recursive: true, force: true });
  await finish('cp', ['-al', packages, `${kept}.unfinished`]);
  await rename(`${kept}.unfinished`, kept);
}

async function copy(words, stage, stages, context) {
  const from = words[0].startsWith('--from=') ? words.shift().slice('--from='.length) : null;
  const root = from === null ? context : stages.find(({ name }) => name === from).folder;
  const to = words.pop();
  const target = path.resolve(stage.directory, to);
  for (const each of words) {
    const source = path.join(root, each);
    const isFolder = (await stat(source)).isDirectory();
    await mkdir(isFolder || to.endsWith('/') ? target : path.dirname(target), { recursive: true });
    await finish('cp', ['-a', isFolder ? `${source}/.` : source, target]);
  }
}
