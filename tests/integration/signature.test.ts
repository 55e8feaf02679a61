import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GitSource } from '../../src/gitops/git-source.js';
import { RepositorySync } from '../../src/application/sync-repository.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { createTestDatabase } from '../support/database.js';
import { git } from '../support/repository.js';

/** `signed.bundle` was made with git, gpg and ssh-keygen; `signers.txt` has all of its keys but those of strangers. */
const FIXTURES = path.resolve('tests/fixtures');

describe('the signature of a commit', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-signed-'));
    await git(directory, 'clone', '--quiet', '--mirror', path.join(FIXTURES, 'signed.bundle'), 'signed.git');
  }, 30_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const read = async (branch: string, signersFile: string | null) => {
    const options = { folder: 'workflows', token: null, cacheDirectory: directory };
    const location = path.join(directory, 'signed.git');
    const source = new GitSource({ ...options, location, branch, signersFile });
    const { commits } = await source.commitsSince(null, await source.refresh());
    return commits.map(({ message, signature }) => [
      message,
      signature.state,
      signature.kind,
      signature.signedBy,
    ]);
  };

  it('is verified with the keys that are known', async () => {
    expect(await read('main', path.join(FIXTURES, 'signers.txt'))).toEqual([
      ['unsigned', 'none', null, null],
      ['pgp', 'valid', 'pgp', 'Marketing operations <ops@example.com>'],
      ['pgp by a stranger', 'unknown-key', 'pgp', expect.stringMatching(/^[0-9A-F]{16}$/)],
      ['ssh ed', 'valid', 'ssh', 'ops-ed@example.com'],
      ['ssh rsa', 'valid', 'ssh', 'ops-rsa@example.com'],
      ['ssh ec', 'valid', 'ssh', 'ops-ec@example.com'],
      ['ssh stranger', 'unknown-key', 'ssh', expect.stringMatching(/^SHA256:[\w+/]{43}$/)],
    ]);
  });

  it('does not hold for a commit that it was not made for', async () => {
    const commits = await read('altered', path.join(FIXTURES, 'signers.txt'));
    expect(commits.at(-1)?.slice(0, 3)).toEqual(['ssh ec, altered', 'invalid', 'ssh']);
  });

  it('is only noted where no keys are known', async () => {
    const states = (await read('main', null)).map(([, state]) => state);
    expect(states).toEqual(['none', ...Array.from({ length: 6 }, () => 'present')]);
  });

  it('is looked at again when another key is known, in the same process', async () => {
    const database = await createTestDatabase();
    const data = await createDataSource(database.url).initialize();
    const ports = { clock: { now: () => new Date() }, inTransaction: transactionsOn(data) };
    const signersFile = path.join(directory, 'signers.txt');
    const lines = (await readFile(path.join(FIXTURES, 'signers.txt'), 'utf8')).split('\n');
    await writeFile(signersFile, lines.filter((line) => !line.startsWith('ops-ed@')).join('\n'));
    const options = { folder: 'workflows', token: null, cacheDirectory: directory };
    const location = path.join(directory, 'signed.git');
    const source = new GitSource({ ...options, location, branch: 'main', signersFile });
    const sync = new RepositorySync(ports, source);
    const stateAfterSync = async () => {
      expect(await sync.run('poll', LOCAL_ACTOR)).toMatchObject({ error: null });
      const [row] = await data.query<object[]>("SELECT signature FROM git_commit WHERE message = 'ssh ed'");
      return row;
    };
    expect(await stateAfterSync()).toMatchObject({ signature: { state: 'unknown-key' } });
    await writeFile(signersFile, lines.join('\n'));
    const valid = { signature: { state: 'valid', signedBy: 'ops-ed@example.com' } };
    expect(await stateAfterSync()).toMatchObject(valid);
    await writeFile(signersFile, lines.filter((line) => !line.startsWith('ops-ed@')).join('\n'));
    expect(await stateAfterSync()).toMatchObject(valid);
    await data.destroy();
    await database.drop();
  });

  it('says which file of keys it cannot read', async () => {
    await expect(read('main', '/nowhere')).rejects.toThrow('the keys of WEIR_SIGNERS cannot be read');
  });
});
