import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fetchPack, NotGiven } from '../../src/gitops/fetch-pack.js';
import { Objects } from '../../src/gitops/objects/objects.js';
import { startGitServer } from '../support/git-server.js';
import { commitFiles, git, initRepository } from '../support/repository.js';

const TYPE = 'application/x-git-upload-pack-result';
const line = (text: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from((text.length + 4).toString(16).padStart(4, '0')), Buffer.from(text)]);
const WANT = 'a'.repeat(40);

describe('fetching a pack', () => {
  let directory: string;
  let server: Server;
  let answer: (response: ServerResponse) => void;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-fetch-'));
    server = createServer((request, response) => {
      request.resume();
      answer(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(directory, { recursive: true, force: true });
  });
  const gitdir = () => path.join(directory, 'copy');
  const left = () => readdir(path.join(gitdir(), 'objects', 'pack'));
  const ask = (url: string, want = WANT, haves: readonly string[] = []) =>
    fetchPack({ url, token: null, gitdir: gitdir(), want, haves });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.git`;
  const says =
    (...parts: (string | Buffer)[]) =>
    (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': TYPE });
      for (const part of parts) response.write(part);
      response.end();
    };

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['lets nobody in', (response) => response.writeHead(401).end(), 'HTTP 401'],
    ['is broken', (response) => response.writeHead(500).end('<h1>sorry</h1>'), 'HTTP 500'],
    [
      'shows a page',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('hi'),
      'as git does',
    ],
    ['talks of something else', says('what is this?'), 'as git does'],
    ['is cut off within a packet', says(line('NAK\n'), Buffer.from('00ff\u0001PACK')), 'cut off'],
    ['is cut off between packets', says(line('NAK\n'), line(`\u0001PACK${'\0'.repeat(40)}`)), 'no pack'],
    ['says no', says(line('ERR upload-pack: not our ref\n')), 'the host says: upload-pack: not our ref'],
    ['gives up', says(line('NAK\n'), line('\u0003out of\n memory')), 'the host says: out of memory'],
  ])('from a host that %s leaves nothing behind, and says so', async (_, given, message) => {
    answer = given;
    const failure = await ask(url()).catch((error: unknown) => String(error));
    expect(failure).toContain(message);
    // Where the copy lies is nobody's business.
    expect(failure).not.toContain(directory);
    expect(await left()).toEqual([]);
  });

  it('clears away what a process that was killed has left long ago, and nothing that may be at work', async () => {
    const packs = path.join(gitdir(), 'objects', 'pack');
    const [old, young] = ['incoming-old', 'incoming-young'].map((name) => path.join(packs, name));
    for (const place of [old, young]) await mkdir(place ?? '', { recursive: true });
    await writeFile(path.join(old ?? '', 'pack'), 'half');
    await utimes(old ?? '', 0, 0);
    answer = says(line('ERR no\n'));
    await expect(ask(url())).rejects.toThrow(NotGiven);
    expect(await left()).toEqual(['incoming-young']);
  });

  it('tells a no from a failure', async () => {
    answer = says(line('ERR no\n'));
    await expect(ask(url())).rejects.toThrow(NotGiven);
    answer = (response) => response.destroy();
    await expect(ask(url())).rejects.not.toThrow(NotGiven);
  });

  it('takes only what is new, and nothing twice', async () => {
    const repository = path.join(directory, 'project.git');
    await initRepository(repository);
    const first = await commitFiles(repository, { 'a.yaml': 'a: 1' }, { message: 'one' });
    const second = await commitFiles(repository, { 'b.yaml': 'b: 1' }, { message: 'two' });
    const host = await startGitServer(directory);
    const place = `${host.url}/project.git/.git`;
    await git(repository, 'config', 'uploadpack.allowReachableSHA1InWant', 'true');
    await ask(place, first);
    await ask(place, second, [first]);
    const objects = new Objects(gitdir());
    expect([first, second].map((each) => objects.read(each)?.type)).toEqual(['commit', 'commit']);
    objects.close();
    expect(await left()).toHaveLength(4);
    await ask(place, second, [second]);
    expect(await left()).toHaveLength(4);
    // A host that does not know what we have, as after a force-push, sends everything.
    await ask(place, second, ['b'.repeat(40)]);
    const alone = new Objects(gitdir());
    expect(alone.read(second)?.type).toBe('commit');
    alone.close();
    await host.close();
  });
});
