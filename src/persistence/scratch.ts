import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source.js';

/** Does some work on a migrated schema with nothing in it, beside the one in use, and removes it afterwards. */
export async function withScratchSchema<T>(url: string, work: (data: DataSource) => Promise<T>): Promise<T> {
  const schema = `weir_rebuild_${randomBytes(4).toString('hex')}`;
  const admin = await createDataSource(url).initialize();
  try {
    await admin.query(`CREATE SCHEMA ${schema}`);
    const data = await createDataSource(url, { schema }).initialize();
    try {
      await data.runMigrations({ transaction: 'each' });
      return await work(data);
    } finally {
      await data.destroy();
    }
  } finally {
    await admin.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await admin.destroy();
  }
}
