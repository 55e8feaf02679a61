import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createTestDatabase } from '../support/database.js';

/** A sample of what `npm run simulate` does with ten thousand seeds; `npm run simulate:bugs` shows that it finds what it should. */
describe('the simulation', () => {
  it('finds no order of pushes, crashes and replicas in which something is lost, mixed or bad', async () => {
    const database = await createTestDatabase();
    const given = ['tests/simulation/run.js', '--database', database.url, '--seeds', '25'];
    const { stdout } = await promisify(execFile)(process.execPath, given);
    expect(stdout).toMatch(/^25 of 25 seeds/);
    await database.drop();
  }, 120_000);
});
