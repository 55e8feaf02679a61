// The limit: Node's own server, which sends what one statement written by hand answers as JSON.
//   DATABASE_URL=… PORT=… node bare.js; a request is {question, values}
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import pg from 'pg';

const folder = path.join(import.meta.dirname, '../documents/sql');
const text = (name) => readFileSync(path.join(folder, `${name}.sql`), 'utf8');
const statements = new Map(
  ['portfolio', 'campaign', 'versions', 'history', 'diff', 'review'].map((name) => [
    name,
    { name, text: text(name) },
  ]),
);
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });

createServer(async (request, response) => {
  if (request.method === 'GET') return response.end('ready');
  const parts = [];
  for await (const part of request) parts.push(part);
  const { question, values } = JSON.parse(Buffer.concat(parts).toString());
  const { rows } = await pool.query({ ...statements.get(question), values });
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(`{"data":${rows[0].answer}}`);
}).listen(Number(process.env.PORT), '127.0.0.1');
