import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SourceFile } from './document/read.js';

/** The YAML files of a folder on disk, or one file; hidden folders and node_modules are left out. */
export async function filesOnDisk(place: string): Promise<SourceFile[]> {
  const { isDirectory } = await stat(place).then((found) => ({ isDirectory: found.isDirectory() }));
  if (!isDirectory) return [{ path: place, text: await readFile(place, 'utf8') }];
  const entries = await readdir(place, { withFileTypes: true });
  const files: SourceFile[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = path.join(place, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
      files.push(...(await filesOnDisk(inside)));
    else if (entry.isFile() && /\.ya?ml$/.test(entry.name))
      files.push({ path: inside, text: await readFile(inside, 'utf8') });
  }
  return files;
}
