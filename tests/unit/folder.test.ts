import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { FolderTooLarge, pathsOnDisk } from '../../src/gitops/folder.js';

describe('the YAML files of a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'weir-folder-'));
    for (const inside of ['a', '.hidden', 'node_modules']) {
      await mkdir(path.join(folder, inside));
      await writeFile(path.join(folder, inside, 'one.yaml'), '');
    }
    await writeFile(path.join(folder, 'two.yml'), '');
    await writeFile(path.join(folder, 'note.txt'), '');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are found below it, but not in hidden folders and those of packages', async () => {
    const found = await pathsOnDisk(folder);
    expect(found.map((each) => path.relative(folder, each))).toEqual(['a/one.yaml', 'two.yml']);
  });

  it('are not looked for without end', async () => {
    // Five entries are in it, one in the folder below.
    await expect(pathsOnDisk(folder, { entries: 199_994 })).resolves.toHaveLength(2);
    await expect(pathsOnDisk(folder, { entries: 199_995 })).rejects.toThrow(FolderTooLarge);
  });
});
