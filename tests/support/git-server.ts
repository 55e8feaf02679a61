import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { HURRIED_GIT } from './repository.js';
import { runBytes } from './run.js';

export interface GitServer {
  /** The root; a repository at `<rootDir>/project.git` is at `<url>/project.git`. */
  readonly url: string;
  readonly requests: readonly GitRequest[];
  close(): Promise<void>;
}

export interface GitRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/**
 * Real git over HTTP: serves the repositories under a folder through `git http-backend`, for fetch and push. With a
 * token, only requests that carry it as Basic user name or password are let in, as git hosts do. Nothing is answered before the silence that there is when it is asked has ended.
 */
export async function startGitServer(
  rootDir: string,
  { token, silence = () => Promise.resolve() }: { token?: string; silence?: () => Promise<void> } = {},
): Promise<GitServer> {
  const requests: GitRequest[] = [];
  const server = createServer((request, response) => {
    response.on('finish', () => {
      requests.push({ method: request.method ?? '', path: request.url ?? '', status: response.statusCode });
    });
    if (token !== undefined && !carries(request, token)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    void silence()
      .then(async () =>
        runBytes('git', ['http-backend'], {
          env: environmentOf(rootDir, request),
          input: await buffer(request),
        }),
      )
      .then(
        ({ out }) => answer(response, out),
        () => response.destroy(),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error);
          else resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function carries(request: IncomingMessage, token: string): boolean {
  const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
  return scheme === 'Basic' && Buffer.from(value, 'base64').toString().split(':').includes(token);
}

/** The variables of CGI (RFC 3875) that git reads, and settings that allow anonymous push to any repository here. */
function environmentOf(rootDir: string, request: IncomingMessage): NodeJS.ProcessEnv {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const header = (name: string): string => String(request.headers[name] ?? '');
  return {
    PATH: process.env['PATH'],
    GIT_PROJECT_ROOT: rootDir,
    GIT_HTTP_EXPORT_ALL: '1',
    ...HURRIED_GIT,
    GIT_CONFIG_COUNT: '5',
    ...{ GIT_CONFIG_KEY_3: 'http.receivepack', GIT_CONFIG_VALUE_3: 'true' },
    ...{ GIT_CONFIG_KEY_4: 'safe.directory', GIT_CONFIG_VALUE_4: '*' },
    GIT_PROTOCOL: header('git-protocol'),
    PATH_INFO: decodeURIComponent(pathname),
    QUERY_STRING: searchParams.toString(),
    REQUEST_METHOD: request.method,
    REMOTE_ADDR: '127.0.0.1',
    CONTENT_TYPE: header('content-type'),
    CONTENT_LENGTH: request.headers['content-length'],
    HTTP_CONTENT_ENCODING: header('content-encoding'),
  };
}

function answer(response: ServerResponse, output: Buffer): void {
  const end = output.indexOf('\r\n\r\n');
  if (end < 0) {
    response.writeHead(500).end('git http-backend gave no answer');
    return;
  }
  const headers = output
    .subarray(0, end)
    .toString()
    .split('\r\n')
    .map((line) => line.split(/:\s*/, 2) as [string, string]);
  for (const [name, value] of headers) {
    if (name.toLowerCase() === 'status') response.statusCode = Number(value.slice(0, 3));
    else response.setHeader(name, value);
  }
  response.end(output.subarray(end + 4));
}
