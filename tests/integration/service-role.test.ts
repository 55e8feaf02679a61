import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { checkpointAudit } from '../../src/application/checkpoint-audit.js';
import { startWorker } from '../../src/jobs/worker.js';
import { createLogger } from '../../src/observability/logger.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { grantService } from '../../src/persistence/grants.js';
import { migrate } from '../../src/persistence/migrate.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { startApi, type TestApi } from '../support/api.js';
import { begin, verifiedIn } from '../support/audit-world.js';

describe('a role that runs the service', () => {
  let api: TestApi;
  let url: string;
  const role = `weir_app_${randomBytes(4).toString('hex')}`;
  beforeAll(async () => {
    api = await startApi();
    await api.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
    await grantService(api.databaseUrl, role);
    const other = new URL(api.databaseUrl);
    [other.username, other.password] = [role, 'secret'];
    url = other.href;
  }, 60_000);
  afterAll(async () => {
    await api.query(`REASSIGN OWNED BY ${role} TO CURRENT_USER`);
    await api.query(`DROP OWNED BY ${role}`);
    await api.query(`DROP ROLE ${role}`);
    await api.close();
  });

  it('does what the service does, and its owner goes on to migrate', async () => {
    const data = await createDataSource(url).initialize();
    try {
      const ports = { clock: { now: () => api.now }, inTransaction: transactionsOn(data) };
      await begin(ports, 'as-a-role');
      expect(await checkpointAudit(ports)).toBeGreaterThan(0);
      await ports.inTransaction(({ jobs }) => jobs.ask('look', {}, { key: 'look' }));
      expect((await verifiedIn(ports)).wrong).toBeNull();
    } finally {
      await data.destroy();
    }
    const lane = { tasks: {}, atATime: 1, timetable: '' };
    const worker = await startWorker({
      url,
      lanes: [lane],
      logger: createLogger('silent'),
      ports: api.ports,
    });
    await worker.stop();
    await migrate(api.databaseUrl);
    await grantService(api.databaseUrl, role);
  });

  it.each(['audit_record', 'audit_seal', 'audit_checkpoint', 'audit_publication'])(
    'may read %s and add to it, and nothing else',
    async (table) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        await client.query(`SELECT 1 FROM ${table}`);
        const column = table === 'audit_record' ? 'actor' : 'position';
        for (const sql of [
          `UPDATE ${table} SET ${column} = ${column}`,
          `DELETE FROM ${table}`,
          `TRUNCATE ${table} CASCADE`,
        ])
          await expect(client.query(sql)).rejects.toThrow(/permission denied/);
        for (const sql of [`ALTER TABLE ${table} DISABLE TRIGGER ALL`, `DROP TABLE ${table} CASCADE`])
          await expect(client.query(sql)).rejects.toThrow(/must be owner/);
      } finally {
        await client.end();
      }
    },
  );
});
