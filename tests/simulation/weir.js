import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What is emptied before each run, and compared after it. */
const TABLES = [
  'git_commit',
  'definition',
  'definition_version',
  'definition_change',
  'definition_file',
  'repository',
  'sync_run',
  'alert',
  'audit_record',
];

/** The modules under test from a folder of built code, on a database. */
export async function openWeir(dist, databaseUrl) {
  const load = (file) => import(pathToFileURL(path.join(dist, file)).href);
  const [
    { RepositorySync },
    { GitSource },
    { readDefinitions },
    { receiveDelivery },
    { createCampaign },
    { createDataSource },
    { transactionsOn },
    { LOCAL_ACTOR: actor },
  ] = await Promise.all(
    [
      'application/sync-repository.js',
      'gitops/git-source.js',
      'gitops/document/read.js',
      'application/receive-delivery.js',
      'application/create-campaign.js',
      'persistence/data-source.js',
      'persistence/transaction.js',
      'domain/campaign/actor.js',
    ].map(load),
  );
  const data = await createDataSource(databaseUrl).initialize();
  const inTransaction = transactionsOn(data);
  const faithful = new Map();
  /** Whether a version's source, read by itself with the Team, has the hash that it is kept under. */
  const isFaithful = ({ kind, hash, source, file }) => {
    const key = `${hash} ${source}`;
    if (!faithful.has(key)) {
      const read = readDefinitions([{ path: file, text: source }], '2026-06-01').definitions[0];
      faithful.set(key, kind !== 'Workflow' || source.includes('extends:') || read?.hash === hash);
    }
    return faithful.get(key);
  };
  return {
    ...{ RepositorySync, GitSource, readDefinitions, receiveDelivery, inTransaction, actor },
    reset: () =>
      // Nothing but this empties the audit record, past the triggers that refuse it.
      data.query(
        `BEGIN; SET LOCAL session_replication_role = replica;
         TRUNCATE ${[...TABLES, 'campaign', 'workflow_pin', 'webhook_delivery'].join(', ')}, graphile_worker._private_jobs RESTART IDENTITY CASCADE;
         COMMIT`,
      ),
    jobs: () => data.query("SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'sync'"),
    takeJobs: () => data.query('DELETE FROM graphile_worker._private_jobs'),
    async createCampaign(key, workflow, createdAt) {
      const ports = { clock: { now: () => createdAt }, inTransaction };
      const input = {
        key,
        name: key,
        workflow,
        type: null,
        risk: 'low',
        budget: 0,
        labels: [],
        flags: [],
        brief: {},
        plannedLaunchAt: null,
        channels: [],
      };
      await createCampaign(ports, actor, input);
      const [row] = await data.query('SELECT version_id FROM campaign WHERE key = $1', [key]);
      return row?.version_id ?? null;
    },
    async look() {
      // One statement, so that what it sees is of one moment.
      const [row] = await data.query(`SELECT
        (SELECT row_to_json(r) FROM repository r) AS repository,
        (SELECT coalesce(json_agg(json_build_object('kind', d.kind, 'key', d.key, 'isRetired', d.retired_at IS NOT NULL, 'hash', v.hash, 'source', v.source, 'file', v.file)), '[]')
           FROM definition d JOIN definition_version v ON v.id = d.served_version_id) AS served,
        (SELECT coalesce(json_agg(json_build_array(key, version_id::text)), '[]') FROM campaign) AS campaigns`);
      return {
        attempted: row.repository?.attempted_sha ?? null,
        epoch: row.repository?.epoch ?? 0,
        failure: row.repository?.failure ?? null,
        campaigns: new Map(row.campaigns),
        lines: row.served
          .map(({ kind, key, hash, isRetired }) => `${kind} ${key} ${hash}${isRetired ? ' retired' : ''}`)
          .sort(),
        isFaithful: row.served.every(isFaithful),
      };
    },
    async dump() {
      const rows = await Promise.all(TABLES.map((table) => data.query(`SELECT * FROM ${table} ORDER BY 1`)));
      return JSON.stringify(rows);
    },
    async definitionRows() {
      const rows = await Promise.all([
        data.query(
          'SELECT kind, key, d.file, retired_at, v.hash FROM definition d LEFT JOIN definition_version v ON v.id = served_version_id ORDER BY 1, 2',
        ),
        data.query(
          'SELECT kind, key, number, hash, source, v.file, v.commit_sha FROM definition_version v JOIN definition d ON d.id = definition_id ORDER BY 1, 2, 3',
        ),
        data.query(`SELECT d.kind, d.key, h.kind AS change, f.hash AS before, t.hash AS after, h.file, h.commit_sha, summary
          FROM definition_change h JOIN definition d ON d.id = definition_id
          LEFT JOIN definition_version f ON f.id = from_version_id LEFT JOIN definition_version t ON t.id = to_version_id
          ORDER BY d.kind, d.key, h.id`),
        data.query('SELECT sha FROM git_commit ORDER BY position'),
      ]);
      return JSON.stringify(rows, null, 1);
    },
    close: () => data.destroy(),
  };
}
