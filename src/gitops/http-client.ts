import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git';

/**
 * A host that sends nothing for so long is taken to be gone: git gives a sign of life every five seconds (`uploadpack.keepAlive`).
 * Whoever asks over the API is told so before his own patience ends, and whoever asks next does not wait for this one.
 */
const IDLE_MS = 10_000;
/** What the library asks for it holds in memory: names of branches, and what becomes of a push. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A repository that was renamed twice, on a host that has changed to HTTPS. */
const MAX_REDIRECTS = 5;

/** HTTP for git as the library asks for it, with a limit on how long and how much it listens. */
export const limitedHttp: HttpClient = { request };

export async function request({
  url,
  method = 'GET',
  headers = {},
  body,
  maxBytes = MAX_BYTES,
}: Omit<GitHttpRequest, 'body'> & {
  readonly body?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly maxBytes?: number;
}): Promise<Omit<GitHttpResponse, 'body'> & { readonly body: AsyncIterableIterator<Uint8Array> }> {
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(new Error(`nothing came for ${IDLE_MS / 1_000} s`)), IDLE_MS);
  // An answer that nobody reads to its end does not keep the process alive.
  timer.unref();
  try {
    const response = await follow(new URL(url), {
      method,
      headers,
      signal: idle.signal,
      ...(body === undefined ? {} : { body: await gathered(body) }),
    });
    return {
      url: response.url,
      method,
      statusCode: response.status,
      statusMessage: response.statusText,
      headers: Object.fromEntries(response.headers),
      body: received(response.body as AsyncIterable<Uint8Array> | null, timer, maxBytes),
    };
  } catch (error) {
    clearTimeout(timer);
    // `fetch failed` alone helps nobody; what failed is the cause.
    throw error instanceof TypeError && error.cause instanceof Error ? error.cause : error;
  }
}

/**
 * The operator has named one host, and trusts it with a token and with what this server can reach; where that host sends us to is its
 * own choice. So another address of the same host is followed, and no other host, nor from HTTPS back to HTTP.
 */
async function follow(from: URL, init: RequestInit, hops = MAX_REDIRECTS): Promise<Response> {
  const response = await fetch(from, { ...init, redirect: 'manual' });
  const place = response.headers.get('location');
  if (response.status < 300 || response.status >= 400 || place === null) return response;
  await response.body?.cancel();
  if (!URL.canParse(place, from.href)) throw new Error('the host redirects to what is no address');
  const to = new URL(place, from);
  const isUpgrade = to.protocol === 'https:' && to.hostname === from.hostname && to.port === '';
  if (to.origin !== from.origin && !isUpgrade) {
    throw new Error(
      `the host redirects to ${to.origin}, which is not followed; set WEIR_REPO to the new address`,
    );
  }
  if (hops === 0) throw new Error(`the host redirects more than ${MAX_REDIRECTS} times`);
  return follow(to, init, hops - 1);
}

async function gathered(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

async function* received(
  body: AsyncIterable<Uint8Array> | null,
  timer: NodeJS.Timeout,
  maxBytes: number,
): AsyncIterableIterator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const part of body ?? []) {
      timer.refresh();
      bytes += part.length;
      if (bytes > maxBytes) throw new Error(`the host sent more than ${maxBytes} bytes at once`);
      yield part;
    }
  } finally {
    clearTimeout(timer);
  }
}
