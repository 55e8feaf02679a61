import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { AddressInfo } from 'node:net';

/** An answer that a host gives instead of its own, so many times. */
export interface Failure {
  readonly method?: string;
  /** Part of the path. */
  readonly path: string;
  readonly status: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly times?: number;
  /** The request is carried out all the same: only the answer is lost. */
  readonly isWritten?: boolean;
  /** The answer comes so late. */
  readonly delayMs?: number;
}

/** What every double of a host can do. */
export interface HostDouble {
  readonly url: string;
  /** `METHOD path`, in order. */
  readonly requests: string[];
  fail(failure: Failure): void;
  /** Answers such requests so much later, but as ever. */
  slow(which: Pick<Failure, 'method' | 'path' | 'delayMs'>): void;
  close(): Promise<void>;
}

/** A server that notes what it is asked and fails as it is told to. */
export async function startDouble(
  serve: (app: FastifyInstance) => void,
): Promise<HostDouble & { readonly app: FastifyInstance }> {
  const app = Fastify();
  const requests: string[] = [];
  const failures: { failure: Failure; left: number }[] = [];
  const slow: Pick<Failure, 'method' | 'path' | 'delayMs'>[] = [];
  const next = (request: FastifyRequest, isWritten: boolean): Failure | null => {
    const found = failures.find(
      ({ failure, left }) =>
        left > 0 &&
        (failure.isWritten ?? false) === isWritten &&
        (failure.method ?? request.method) === request.method &&
        request.url.includes(failure.path),
    );
    if (!found) return null;
    found.left -= 1;
    return found.failure;
  };
  app.addHook('onRequest', async (request, reply) => {
    requests.push(`${request.method} ${request.url}`);
    const late = slow.find(
      ({ method, path }) => (method ?? request.method) === request.method && request.url.includes(path),
    );
    if (late) await new Promise((resolve) => setTimeout(resolve, late.delayMs));
    const failure = next(request, false);
    if (!failure) return;
    if (failure.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, failure.delayMs));
    await reply
      .code(failure.status)
      .headers(failure.headers ?? {})
      .send(failure.body ?? { message: 'failed' });
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const failure = next(request, true);
    if (!failure) return payload;
    reply.code(failure.status).header('content-type', 'application/json; charset=utf-8');
    return JSON.stringify(failure.body ?? { message: 'failed' });
  });
  serve(app);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    requests,
    slow: (which) => slow.push(which),
    fail: (failure) => failures.push({ failure, left: failure.times ?? 1 }),
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

/** One page of a list, with the links to the others. */
export function paged<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  items: readonly T[],
  defaultSize: number,
): T[] {
  const query = request.query as { page?: string; per_page?: string };
  const size = Math.min(100, Number(query.per_page ?? defaultSize));
  const page = Math.max(1, Number(query.page ?? 1));
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string) => {
    const url = new URL(request.url, `http://${request.headers.host ?? ''}`);
    url.searchParams.set('page', String(to));
    url.searchParams.set('per_page', String(size));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [...(page < last ? [link(page + 1, 'next')] : []), link(1, 'first'), link(last, 'last')];
  reply.header('link', links.join(', ')).header('x-total', String(items.length));
  return items.slice((page - 1) * size, page * size);
}
