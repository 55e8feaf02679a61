// A Weir process as far as the embedded database is concerned: starts it, prints its URL, ends it when told to.
import { pino } from 'pino';
import { startEmbeddedPostgres } from '../../dist/persistence/embedded.js';

const abort = new AbortController();
const ended = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      abort.abort(new Error(signal));
      resolve();
    });
  }
});
process.stdout.write('starting\n');
try {
  const [directory] = process.argv.slice(2);
  const server = await startEmbeddedPostgres({
    directory,
    logger: pino({ level: 'silent' }),
    signal: abort.signal,
  });
  process.stdout.write(`${server.url}\n`);
  await ended;
  await server.stop();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
