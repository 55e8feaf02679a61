import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { checkpointAudit, publishCheckpoints } from '../../src/application/checkpoint-audit.js';
import { sealAudit } from '../../src/application/seal-audit.js';
import { GitCheckpointLog } from '../../src/gitops/checkpoint-log.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { startApi, type TestApi } from '../support/api.js';
import { diceOf } from '../support/audit-logs.js';
import { begin, intrude, type Intruder, verifiedIn } from '../support/audit-world.js';
import { type GitServer, startGitServer } from '../support/git-server.js';
import { git, initRepository } from '../support/repository.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
}, 60_000);
afterAll(() => api.close());

const one = async <T>(sql: string): Promise<T> => (await api.query(sql))[0] as T;
/** All that was sealed waits to be sealed again. */
const CHAINED_ANEW =
  'INSERT INTO audit_unsealed (record_id) SELECT record_id FROM audit_seal; DELETE FROM audit_seal';
/** What one waits for and another gives. */
function signal(): { given: Promise<void>; give: () => void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give: () => give() };
}
const seals = () => api.query('SELECT position::int, record_id FROM audit_seal ORDER BY position');

describe('the chain in the database', () => {
  it('has every record once, without a gap, while many write and several seal', async () => {
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; round < 5; round++) await begin(api.ports, `parallel-${writer}-${round}`);
    });
    let isWriting = true;
    const sealers = Array.from({ length: 3 }, async () => {
      while (isWriting) await sealAudit(api.ports.inTransaction);
    });
    await Promise.all(writers);
    isWriting = false;
    await Promise.all(sealers);
    const report = await verifiedIn(api.ports);
    const { records } = await one<{ records: number }>('SELECT count(*)::int AS records FROM audit_record');
    expect(report).toEqual({ records, checkpoints: 0, wrong: null });
    expect(await seals()).toMatchObject(Array.from({ length: records }, (_, at) => ({ position: at + 1 })));
  });

  it('takes a record of a transaction that ends late, behind those that were written after it', async () => {
    const [written, finished] = [signal(), signal()];
    const late = api.ports.inTransaction(async ({ audit, auditChain }) => {
      await audit.add({
        ...{
          happenedAt: api.now,
          actor: 'late@example.com',
          roles: [],
          origin: null,
          action: 'alert.acknowledge',
        },
        ...{ subject: 'late', campaignId: null, versionId: null, commitSha: null, before: null, after: null },
      });
      // A question sends what was kept for later.
      await auditChain.hasUnsealed();
      written.give();
      await finished.given;
    });
    await written.given;
    await begin(api.ports, 'overtakes');
    await sealAudit(api.ports.inTransaction);
    finished.give();
    await late;
    expect((await verifiedIn(api.ports)).wrong).toBeNull();
    const last = await one<{ subject: string; isLower: boolean }>(
      `SELECT a.subject, a.id < (SELECT max(id) FROM audit_record) AS "isLower"
         FROM audit_seal s JOIN audit_record a ON a.id = s.record_id ORDER BY position DESC LIMIT 1`,
    );
    expect(last).toEqual({ subject: 'late', isLower: true });
  });

  it.each(['audit_record', 'audit_seal', 'audit_checkpoint', 'audit_publication'])(
    'lets nobody change, remove or empty %s',
    async (table) => {
      await checkpointAudit(api.ports);
      await api.query(
        'INSERT INTO audit_publication SELECT max(position), $1 FROM audit_checkpoint ON CONFLICT DO NOTHING',
        ['x'],
      );
      const column = table === 'audit_record' ? 'actor' : 'position';
      for (const sql of [
        `UPDATE ${table} SET ${column} = ${column}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ])
        await expect(api.query(sql)).rejects.toThrow(/append-only/);
    },
  );
});

describe('what an owner of the database does whom no trigger stops', () => {
  let intruder: Intruder;
  beforeAll(async () => {
    await begin(api.ports, 'tampered');
    await checkpointAudit(api.ports);
    intruder = await intrude(api.databaseUrl);
  });
  afterAll(() => intruder.leave());
  afterEach(() => intruder.undo());

  const at = (position: number) => `(SELECT record_id FROM audit_seal WHERE position = ${position})`;
  /** By what is done to a place of the chain, and another. */
  const TAMPERS: readonly ((here: number, there: number, end: number) => string)[] = [
    (here) => `UPDATE audit_record SET actor = actor || 'x' WHERE id = ${at(here)}`,
    (here) =>
      `UPDATE audit_record SET happened_at = happened_at + interval '1 microsecond' WHERE id = ${at(here)}`,
    (here) => `UPDATE audit_record SET roles = roles || 'admin'::text WHERE id = ${at(here)}`,
    (here) => `UPDATE audit_record SET action = 'step.skip' WHERE id = ${at(here)}`,
    (here) => `UPDATE audit_record SET after = coalesce(after, '{}') || '{"x": 1}' WHERE id = ${at(here)}`,
    (here) => `UPDATE audit_record SET before = 'null' WHERE id = ${at(here)}`,
    (here) => `UPDATE audit_record SET origin = '{}' WHERE id = ${at(here)}`,
    (here) => `UPDATE audit_record SET commit_sha = 'x' WHERE id = ${at(here)}`,
    (here) => `DELETE FROM audit_record WHERE id = ${at(here)}`,
    (here) => `DELETE FROM audit_seal WHERE position = ${here}`,
    (here) =>
      `DELETE FROM audit_record WHERE id = ${at(here)}; DELETE FROM audit_seal WHERE position = ${here}`,
    (here, _, end) =>
      `DELETE FROM audit_record WHERE id IN (SELECT record_id FROM audit_seal WHERE position >= ${here});
       DELETE FROM audit_seal WHERE position BETWEEN ${here} AND ${end}`,
    (here) =>
      `UPDATE audit_seal SET hash = set_byte(hash, 7, (get_byte(hash, 7) + 1) % 256) WHERE position = ${here}`,
    (here, there) =>
      `UPDATE audit_seal SET position = position - ${here} - ${there} WHERE position IN (${here}, ${there});
       UPDATE audit_seal SET position = -position WHERE position < 0`,
    (here) =>
      `UPDATE audit_seal SET position = -position - 1 WHERE position >= ${here}; UPDATE audit_seal SET position = -position WHERE position < 0`,
  ];

  it('shows at the first record that is wrong', async () => {
    const { end } = await one<{ end: number }>('SELECT max(position)::int AS end FROM audit_seal');
    const dice = diceOf(7);
    for (let round = 0; round < 60; round++) {
      const here = 1 + dice.below(end - 1);
      const there = here + 1 + dice.below(end - here);
      const tamper = TAMPERS[round % TAMPERS.length]?.(here, there, end) ?? '';
      await intruder.does(tamper);
      const { wrong } = await verifiedIn(api.ports);
      expect([tamper, wrong]).toEqual([tamper, expect.objectContaining({ position: here })]);
      await intruder.undo();
    }
    expect((await verifiedIn(api.ports)).wrong).toBeNull();
  }, 60_000);

  it('shows a record that Weir has not written', async () => {
    await intruder.does(
      `INSERT INTO audit_record (happened_at, actor, roles, action, subject) SELECT happened_at, actor, roles, action, subject FROM audit_record WHERE id = ${at(3)}`,
    );
    const { wrong } = await verifiedIn(api.ports);
    expect(wrong).toMatchObject({ kind: 'inserted', position: null });
  });

  it('shows a checkpoint that is not signed by a key of ours', async () => {
    await intruder.does("UPDATE audit_checkpoint SET token = left(token, -4) || 'AAAA'");
    expect((await verifiedIn(api.ports)).wrong).toMatchObject({ kind: 'forged' });
  });

  it('shows a chain that was made anew, by the checkpoint that knows the old one', async () => {
    await intruder.does(`UPDATE audit_record SET actor = 'x' WHERE id = ${at(3)}; ${CHAINED_ANEW}`);
    expect((await verifiedIn(api.ports)).wrong).toMatchObject({ kind: 'rewritten', position: 1 });
  });
});

describe.each(['on disk', 'over HTTP'])('checkpoints in a repository %s', (where) => {
  let directory: string;
  let server: GitServer | null;
  let own: TestApi;
  let log: GitCheckpointLog;
  let there: string;
  beforeAll(async () => {
    own = await startApi();
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-audit-'));
    there = path.join(directory, 'bare.git');
    await initRepository(there, { bare: true });
    await git(own.repository, 'push', '--quiet', there, 'main');
    server = where === 'over HTTP' ? await startGitServer(directory) : null;
    if (server) await git(there, 'config', 'http.receivepack', 'true');
    const location = server ? `${server.url}/bare.git` : there;
    const cacheDirectory = path.join(directory, 'copies');
    log = new GitCheckpointLog(
      new GitSource({ location, branch: 'main', folder: 'workflows', token: null, cacheDirectory }),
    );
  }, 60_000);
  afterAll(async () => {
    await own.close();
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const publish = async () => {
    await checkpointAudit(own.ports);
    return publishCheckpoints(own.ports, log);
  };
  const wrong = async () => (await verifiedIn(own.ports, await log.read())).wrong;
  const told = async () => {
    const alerts = await own.query("SELECT message, resolved_at FROM alert WHERE kind = 'audit-rewritten'");
    return (alerts as { message: string; resolved_at: Date | null }[]).map((each) => [
      each.message,
      each.resolved_at !== null,
    ]);
  };
  const head = () => git(there, 'rev-parse', 'refs/weir/audit');

  it('are one commit each, and agree with the database', async () => {
    expect(await publish()).toBe(1);
    expect(await publish()).toBe(0);
    await begin(own.ports, 'second');
    // A process that ends before it has noted what it has published publishes the same again.
    await checkpointAudit(own.ports);
    const [, waiting = null] = await own.ports.inTransaction((stores) => stores.auditChain.checkpoints(0, 9));
    await log.append(await head(), waiting ? [waiting] : []);
    expect(await publish()).toBe(1);
    await begin(own.ports, 'third');
    expect(await publish()).toBe(1);
    const published = await log.read();
    expect(published).toHaveLength(3);
    expect(await git(there, 'rev-list', '--count', 'refs/weir/audit')).toBe('3');
    expect(await verifiedIn(own.ports, published)).toMatchObject({ wrong: null, checkpoints: 6 });
  });

  it('show that the database was rewritten, with all that it knows of itself', async () => {
    const intruder = await intrude(own.databaseUrl);
    await intruder.does(
      `UPDATE audit_record SET actor = 'x' WHERE id = (SELECT record_id FROM audit_seal WHERE position = 2);
       ${CHAINED_ANEW}; DELETE FROM audit_checkpoint; DELETE FROM audit_publication`,
    );
    await checkpointAudit(own.ports);
    expect((await verifiedIn(own.ports)).wrong).toBeNull();
    expect(await wrong()).toMatchObject({ kind: 'rewritten', position: 1 });
    expect(await publishCheckpoints(own.ports, log)).toBe(0);
    expect(await told()).toEqual([[expect.stringContaining('somebody has changed it'), false]]);
    await intruder.undo();
    expect(await wrong()).toBeNull();
    await intruder.does(
      `DELETE FROM audit_record WHERE id = (SELECT max(record_id) FROM audit_seal); DELETE FROM audit_seal WHERE position = (SELECT max(position) FROM audit_seal);
       DELETE FROM audit_publication WHERE position = (SELECT max(position) FROM audit_publication); DELETE FROM audit_checkpoint WHERE position = (SELECT max(position) FROM audit_checkpoint)`,
    );
    expect((await verifiedIn(own.ports)).wrong).toBeNull();
    expect(await wrong()).toMatchObject({
      kind: 'missing',
      message: expect.stringContaining('cut off') as string,
    });
    await intruder.undo();
    await intruder.leave();
  });

  it('are missed where somebody takes them out of the repository, and are not put back unnoticed', async () => {
    const whole = await head();
    await git(there, 'update-ref', 'refs/weir/audit', `${whole}~1`);
    expect(await wrong()).toMatchObject({
      kind: 'forged',
      message: expect.stringContaining(whole) as string,
    });
    await begin(own.ports, 'fourth');
    expect(await publish()).toBe(0);
    expect(await told()).toContainEqual([expect.stringContaining('somebody has changed it'), false]);
    await git(there, 'update-ref', '-d', 'refs/weir/audit');
    expect(await publish()).toBe(0);
    expect(await told()).toContainEqual([expect.stringContaining('somebody has changed it'), false]);
    expect(await wrong()).toMatchObject({ kind: 'forged' });
    await git(there, 'update-ref', 'refs/weir/audit', whole);
    expect(await publish()).toBe(1);
    expect(await wrong()).toBeNull();
    expect((await told()).map(([, isOver]) => isOver)).not.toContain(false);
  });
});
