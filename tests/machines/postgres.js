import { appendFile, chown, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { finish, freePort, start, until } from './programs.js';

const USER = 'weir';
const PASSWORD = 'drill';

/** A PostgreSQL of Debian's package, with a folder of its own; `prepare` fills that before the first start. */
export class Postgres {
  program = null;

  constructor({ name, directory, programs, account }) {
    Object.assign(this, { name, programs, account });
    this.data = path.join(directory, name);
    this.log = path.join(directory, `${name}.log`);
  }

  url(database = 'weir') {
    return `postgres://${USER}:${PASSWORD}@127.0.0.1:${this.port}/${database}`;
  }

  async own(folder) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (this.account) await chown(folder, this.account.uid, this.account.gid);
    return folder;
  }

  run(program, args) {
    return finish(this.programs[program], args, { ...this.account, cwd: '/', env: { PGPASSWORD: PASSWORD } });
  }

  async create() {
    await this.own(this.data);
    const file = `${this.data}.password`;
    await writeFile(file, PASSWORD);
    if (this.account) await chown(file, this.account.uid, this.account.gid);
    await this.run('initdb', [
      ...['--pgdata', this.data, '--username', USER, '--pwfile', file, '--auth', 'scram-sha-256'],
      ...['--encoding', 'UTF8', '--locale', 'C.UTF-8'],
    ]);
  }

  /** A copy of another that runs, as a backup or as a standby. */
  async copyOf(other, args = []) {
    await this.own(this.data);
    await this.run('pg_basebackup', [
      ...[
        '--pgdata',
        this.data,
        '--dbname',
        other.url('postgres'),
        '--checkpoint',
        'fast',
        '--wal-method',
        'stream',
      ],
      ...args,
    ]);
  }

  configure(lines) {
    return appendFile(path.join(this.data, 'postgresql.auto.conf'), `${lines.join('\n')}\n`);
  }

  async start() {
    this.port ??= await freePort();
    const settings = { port: this.port, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    this.program = start(`postgres ${this.name}`, this.programs.postgres, ['-D', this.data, ...args], {
      ...{ ...this.account, cwd: '/', env: { LC_ALL: 'C.UTF-8' }, log: this.log },
    });
    await until(`${this.name} answers (${this.log})`, () =>
      this.query('SELECT 1', 'postgres').catch(() => null),
    );
  }

  /** In order; `SIGQUIT` is a crash. */
  stop(signal = 'SIGINT') {
    return this.program.stop(signal);
  }

  async query(sql, database = 'weir') {
    const client = new pg.Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }
}

/** PgBouncer before a server, in transaction mode. */
export async function startPooler({ directory, programs, account, server, poolSize }) {
  const port = await freePort();
  const files = { ini: path.join(directory, 'pgbouncer.ini'), users: path.join(directory, 'users.txt') };
  await writeFile(files.users, `"${USER}" "${PASSWORD}"\n`);
  // As docs/operations.md has it.
  await writeFile(
    files.ini,
    `[databases]
weir = host=127.0.0.1 port=${server.port} dbname=weir connect_query='SET statement_timeout = 15000'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${files.users}
admin_users = ${USER}
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 200
ignore_startup_parameters = statement_timeout
`,
  );
  for (const file of Object.values(files)) if (account) await chown(file, account.uid, account.gid);
  const log = path.join(directory, 'pgbouncer.log');
  const program = start('pgbouncer', programs.pgbouncer, [files.ini], { ...account, cwd: '/', log });
  const url = (database) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;
  const ask = async (sql, database = 'pgbouncer') => {
    const client = new pg.Client({ connectionString: url(database) });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  await until(`pgbouncer answers (${log})`, () => ask('SELECT 1', 'weir').catch(() => null));
  return { program, url: url('weir'), ask };
}
