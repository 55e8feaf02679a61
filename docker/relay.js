// Passes connections from the container's published port on to the loopback address, the only one on which a Weir
// without authentication listens. It is meant to be published on the host's own loopback address and nowhere else:
// whoever reaches it acts as admin. To open Weir to others, put a proxy that authenticates in its place.
import { connect, createServer } from 'node:net';

const [from = '4001', to = '4000'] = process.argv.slice(2);
const server = createServer((incoming) => {
  const outgoing = connect(Number(to), '127.0.0.1');
  incoming.on('error', () => outgoing.destroy());
  outgoing.on('error', () => incoming.destroy());
  incoming.pipe(outgoing).pipe(incoming);
});
server.listen(Number(from), '0.0.0.0');
// What is still being answered is; the process ends with its last connection.
process.on('SIGTERM', () => server.close());
