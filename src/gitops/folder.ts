import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SourceFile } from './document/identify.js';
import { MAX_FILE_BYTES } from './document/parse-yaml.js';

/** As many files and folders are looked at: a repository of definitions has some hundreds, a wrong path a whole disk. */
const MAX_ENTRIES = 200_000;

/** There is more below a place than is looked at. */
export class FolderTooLarge extends Error {
  override readonly name = 'FolderTooLarge';
}

/**
 * The YAML files of a folder on disk, or one file; hidden folders and node_modules are left out.
 * @param seen counts what was looked at so far
 * @throws FolderTooLarge
 */
export async function pathsOnDisk(place: string, seen = { entries: 0 }): Promise<string[]> {
  if (!(await stat(place)).isDirectory()) return [place];
  const entries = await readdir(place, { withFileTypes: true });
  seen.entries += entries.length;
  if (seen.entries > MAX_ENTRIES)
    throw new FolderTooLarge(
      `more than ${MAX_ENTRIES} files and folders are in the place given: give the folder of the definitions`,
    );
  const paths: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = path.join(place, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      paths.push(...(await pathsOnDisk(inside, seen)));
    else if (entry.isFile() && /\.ya?ml$/.test(entry.name)) paths.push(inside);
  }
  return paths;
}

/** A file, as much of it as is ever read: one that is larger is refused for its size. */
export async function loadFile(file: string): Promise<SourceFile> {
  const { size } = await stat(file);
  if (size <= MAX_FILE_BYTES) return { path: file, text: await readFile(file, 'utf8') };
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(file, { end: MAX_FILE_BYTES })) chunks.push(chunk as Buffer);
  return { path: file, text: Buffer.concat(chunks).toString('utf8') };
}

export async function filesOnDisk(place: string): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const file of await pathsOnDisk(place)) files.push(await loadFile(file));
  return files;
}

/** The files of a place; where it is one file that extends a workflow of another, those of its folder as well. */
export async function filesWithBases(place: string): Promise<SourceFile[]> {
  const own = await filesOnDisk(place);
  const [only, ...others] = own;
  const isExtending = only !== undefined && others.length === 0 && /^['"]?extends['"]?\s*:/m.test(only.text);
  if (!isExtending || only.path !== place) return own;
  const beside = await filesOnDisk(path.dirname(place));
  return [only, ...beside.filter(({ path: file }) => path.resolve(file) !== path.resolve(place))];
}

/** Whether a file is the place, or in the folder that it is. */
export const isBelow = (file: string, place: string): boolean =>
  `${path.resolve(file)}/`.startsWith(`${path.resolve(place)}/`);
