import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
/** What a receiver does with a request: answers, hangs, drops the connection, or never ends its answer. */
export type Behaviour =
  | 'hang'
  | 'drop'
  | 'flood'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

export interface Receiver {
  readonly url: string;
  /** Whole requests, in the order in which they came. */
  readonly received: readonly Received[];
  /** Requests that hang and that nobody has given up yet. */
  readonly hanging: number;
  /** How the next requests fare, one each; the last of them stays. */
  behave(...behaviours: readonly Behaviour[]): void;
  close(): Promise<void>;
}

/** Somebody else's server, on loopback, that notifications are sent to. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let hanging = 0;
  let behaviours: Behaviour[] = [{ status: 200 }];
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      received.push({ path: request.url ?? '', headers, body });
      const behaviour = behaviours.length > 1 ? behaviours.shift() : behaviours[0];
      if (behaviour === 'drop') request.socket.destroy();
      else if (behaviour === 'flood') flood(response);
      else if (behaviour === 'hang') {
        hanging++;
        response.once('close', () => hanging--);
      } else if (behaviour !== undefined) response.writeHead(behaviour.status, behaviour.headers).end('seen');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    get hanging() {
      return hanging;
    },
    behave: (...given) => void (behaviours = [...given]),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Sends as long as anybody listens. */
function flood(response: http.ServerResponse): void {
  response.writeHead(200);
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(16_384)));
  };
  response.on('drain', more);
  response.on('error', () => undefined);
  more();
}
