import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
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

/** A file, as much of it as is ever read: one that is larger is refused for its size. Read at once: to wait for each of many takes longer. */
export function loadFile(file: string): SourceFile {
  if (statSync(file).size <= MAX_FILE_BYTES) return { path: file, text: readFileSync(file, 'utf8') };
  const start = Buffer.alloc(MAX_FILE_BYTES + 1);
  const descriptor = openSync(file, 'r');
  try {
    return { path: file, text: start.toString('utf8', 0, readSync(descriptor, start)) };
  } finally {
    closeSync(descriptor);
  }
}

export async function filesOnDisk(place: string): Promise<SourceFile[]> {
  return (await pathsOnDisk(place)).map(loadFile);
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
