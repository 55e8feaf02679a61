import { createRequesterFn, GitbeakerRequestError, GitbeakerTimeoutError } from '@gitbeaker/requester-utils';
import { setTimeout as delay } from 'node:timers/promises';

/** How often a request is sent that is one too many, and the longest that is waited for a limit to pass. */
const [ATTEMPTS, LIMIT_MS] = [3, 60_000];
/** What is waited where the host does not say. */
const WAIT_MS = 250;

/**
 * How the client of GitLab sends. Its own way sends again what a gateway has lost, also what writes, and sends what is one too many
 * ten times within a second, whatever `Retry-After` says.
 */
export const sendToGitLab = createRequesterFn((_, options) => Promise.resolve(options), send);

interface Sent {
  readonly prefixUrl?: string;
  readonly searchParams?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

async function send(endpoint: string, options: Sent = {}) {
  const { prefixUrl = '', searchParams = '', ...init } = options;
  const url = new URL(endpoint, `${prefixUrl.replace(/\/$/, '')}/`);
  url.search = searchParams;
  for (let attempt = 1; ; attempt++) {
    const request = new Request(url, init);
    const response = await fetch(request).catch(explainTimeout);
    const { status } = response;
    if (response.ok)
      return { body: await bodyOf(response), headers: Object.fromEntries(response.headers), status };
    const wait = waitOf(response) ?? WAIT_MS * attempt;
    if (status !== 429 || attempt === ATTEMPTS || wait > LIMIT_MS) throw await failed(request, response);
    await delay(wait);
  }
}

/** Milliseconds; null where the host does not say. */
function waitOf({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : null;
}

async function bodyOf(response: Response): Promise<Record<string, unknown> | string | null> {
  if (response.status === 204) return null;
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return isJson ? ((await response.json()) as Record<string, unknown>) : response.text();
}

function explainTimeout(error: unknown): never {
  const { name } = error as { name?: string };
  if (name === 'TimeoutError' || name === 'AbortError')
    throw new GitbeakerTimeoutError('Query timeout was reached', { cause: error });
  throw error;
}

async function failed(request: Request, response: Response): Promise<GitbeakerRequestError> {
  const content = await response.text();
  const description = saidIn(content);
  return new GitbeakerRequestError(description, { cause: { description, request, response } });
}

/** What the host says, as a sentence or as an object. */
function saidIn(content: string): string {
  try {
    const { error, message } = JSON.parse(content) as { error?: unknown; message?: unknown };
    const said = error ?? message ?? '';
    return typeof said === 'string' ? said : JSON.stringify(said);
  } catch {
    return content;
  }
}
