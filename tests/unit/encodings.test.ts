import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readDefinitions } from '../../src/gitops/document/read.js';
import { filesOnDisk } from '../../src/gitops/folder.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { commitFiles, git, initRepository } from '../support/repository.js';

const TODAY = '2026-11-23';
const TEXT = 'apiVersion: weir/v1\nkind: Team\nid: desk\nname: Büro\nroles:\n  - { id: editor }\n';
const utf16 = Buffer.from(`\uFEFF${TEXT}`, 'utf16le');
const NOT_UTF_8 = 'E_NOT_TEXT the file is not UTF-8 text; save it with the encoding UTF-8';

/** What is found, at which place of which bytes. */
const FILES: readonly [name: string, bytes: Buffer, found: readonly string[]][] = [
  ['latin-1.yaml', Buffer.from(TEXT, 'latin1'), [`4:8 ${NOT_UTF_8}`]],
  ['utf-16le.yaml', utf16, [`1:1 ${NOT_UTF_8}`]],
  ['utf-16be.yaml', Buffer.from(utf16).swap16(), [`1:1 ${NOT_UTF_8}`]],
  ['utf-16-without-mark.yaml', Buffer.from(TEXT, 'utf16le'), [`1:2 ${NOT_UTF_8}`]],
  ['utf-8.yaml', Buffer.from(TEXT), []],
  ['utf-8-with-mark.yaml', Buffer.from(`\uFEFF${TEXT}`), []],
  ['crlf.yaml', Buffer.from(TEXT.replaceAll('\n', '\r\n')), []],
];

describe('a file that is not UTF-8', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-encodings-'));
    await initRepository(directory);
    await mkdir(path.join(directory, 'workflows'));
    for (const [name, bytes] of FILES) await writeFile(path.join(directory, 'workflows', name), bytes);
    await git(directory, 'add', '--all');
    await commitFiles(directory, {}, { message: 'files of every sort' });
  }, 30_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const found = (file: { path: string; text: string }) =>
    readDefinitions([file], TODAY).problems.map(
      ({ line, column, code, message, hint = '' }) => `${line}:${column} ${code} ${message}; ${hint}`,
    );

  it('is one finding at its first such character, read from disk or from git', async () => {
    const source = new GitSource({
      location: directory,
      branch: null,
      folder: 'workflows',
      token: null,
      cacheDirectory: directory,
    });
    const expected = Object.fromEntries(FILES.map(([name, , problems]) => [name, problems]));
    for (const files of [
      await filesOnDisk(path.join(directory, 'workflows')),
      source.files(await source.resolve('HEAD')),
    ]) {
      const told = files.map((file) => [path.basename(file.path), found(file)] as const);
      expect(Object.fromEntries(told)).toEqual(expected);
    }
  });
});

describe('a file made to do harm', () => {
  const head = 'apiVersion: weir/v1\nkind: Team\nid: desk\n';
  const bomb = Array.from({ length: 30 }, (_, level) => `  - &a${level + 1} [*a${level}, *a${level}]`).join(
    '\n',
  );

  it.each([
    ['lists 10,000 deep', `${head}roles: ${'['.repeat(10_000)}`, 'E_TOO_DEEP'],
    ['maps 10,000 deep', `${head}roles: ${'{a: '.repeat(10_000)}`, 'E_TOO_DEEP'],
    ['dashes 10,000 deep', `${head}roles:\n${'- '.repeat(10_000)}x`, 'E_TOO_DEEP'],
    ['dashes 100 deep', `${head}roles:\n  ${'- '.repeat(100)}x`, 'E_TOO_DEEP'],
    ['10 MB of entries', `${head}roles:\n${'  - { id: editor }\n'.repeat(550_000)}`, 'E_FILE_TOO_LARGE'],
    ['a billion values by aliases', `${head}roles:\n  - &a0 [x, x]\n${bomb}\n`, 'E_TOO_MANY_VALUES'],
    ['an alias within itself', `${head}roles: &a [*a]\n`, 'E_TOO_DEEP'],
    ['an alias of nothing', `${head}roles: *a\n`, 'E_YAML'],
    ['an escaped U+0000', `${head}roles: [{ id: "a\\0b" }]\n`, 'E_NOT_TEXT'],
  ])('is one finding, at once: %s', (_, text, code) => {
    const from = performance.now();
    expect(readDefinitions([{ path: 'team.yaml', text }], TODAY).problems.map((each) => each.code)).toEqual([
      code,
    ]);
    expect(performance.now() - from).toBeLessThan(5_000);
  });
});
