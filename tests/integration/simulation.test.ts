import { createTestDatabase } from '../support/database.js';
import { run } from '../support/run.js';

/** A sample of what `npm run simulate` does with ten thousand seeds; `npm run simulate:bugs` shows that it finds what it should. */
describe('the simulation', () => {
  it('finds no order of pushes, crashes and replicas in which something is lost, mixed or bad', async () => {
    const database = await createTestDatabase();
    const given = ['tests/simulation/run.js', '--database', database.url, '--seeds', '25'];
    expect(await run(process.execPath, given)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^25 of 25 seeds/) as string,
    });
    await database.drop();
  }, 120_000);
});
