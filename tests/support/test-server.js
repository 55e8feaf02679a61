import pg from 'pg';

/** Databases of a test run bear the process id of its jest, so that those of a killed run can be told and removed. */
export const databasePrefix = 'weir_test_';

/** Runs one statement on the server and closes the connection. */
export async function query(url, text, values = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Removes the test databases of the runs for which `isOver` holds. */
export async function dropDatabases(url, isOver) {
  const rows = await query(url, 'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)', [
    databasePrefix,
  ]);
  for (const { name } of rows) {
    if (isOver(Number(name.slice(databasePrefix.length).split('_')[0]))) {
      await query(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    }
  }
}
