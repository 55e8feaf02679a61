import pg from 'pg';
import { publicKeys } from '../../src/application/signing-key.js';
import { type AuditQuestion, verifyAudit } from '../../src/application/verify-audit.js';
import { createCampaign } from '../../src/application/create-campaign.js';
import type { Ports } from '../../src/application/ports.js';
import { startStep } from '../../src/application/campaign-actions.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';

const TABLES = ['audit_record', 'audit_seal', 'audit_unsealed', 'audit_checkpoint', 'audit_publication'];

/** Somebody who may do anything in the database, and whom no trigger stops. */
export interface Intruder {
  does(sql: string): Promise<void>;
  /** Puts everything back as it was when the intruder came. */
  undo(): Promise<void>;
  leave(): Promise<void>;
}

export async function intrude(databaseUrl: string): Promise<Intruder> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('SET session_replication_role = replica');
  for (const table of TABLES) await client.query(`CREATE TEMP TABLE kept_${table} AS TABLE ${table}`);
  return {
    does: async (sql) => {
      await client.query(sql);
    },
    undo: async () => {
      const statements = TABLES.flatMap((table) => [
        `DELETE FROM ${table}`,
        `INSERT INTO ${table} OVERRIDING SYSTEM VALUE TABLE kept_${table}`,
      ]);
      await client.query(`BEGIN; ${statements.join('; ')}; COMMIT`);
    },
    leave: () => client.end(),
  };
}

/** What is found without anything that is kept elsewhere. */
export const verifiedIn = async (ports: Ports, published: AuditQuestion['published'] = null) => {
  const { inTransaction } = ports;
  return verifyAudit(inTransaction, { keys: await publicKeys(inTransaction), published });
};

/** A campaign of the example on which work has begun: two records. */
export async function begin(ports: Ports, key: string): Promise<void> {
  const made = await createCampaign(ports, LOCAL_ACTOR, {
    ...{ key, name: key, workflow: 'social-post', type: null, risk: 'low', budget: 0, labels: [], flags: [] },
    ...{ brief: {}, plannedLaunchAt: null, channels: [] },
  });
  const started = await startStep(ports, LOCAL_ACTOR, { campaign: key, step: 'brief' });
  if (made.refusals.length + started.refusals.length > 0) throw new Error(`'${key}' could not be begun`);
}
