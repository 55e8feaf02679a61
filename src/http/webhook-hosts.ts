import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Delivery } from '../application/receive-delivery.js';

/** What is looked at of a payload; everything else of it is not believed, but read from the repository. */
export interface Payload {
  readonly number?: unknown;
  readonly issue?: { readonly number?: unknown; readonly pull_request?: unknown } | null;
  readonly pull_request?: { readonly number?: unknown } | null;
  readonly object_attributes?: { readonly iid?: unknown } | null;
  readonly merge_request?: { readonly iid?: unknown } | null;
}

/** How a host signs and names what it delivers. */
export interface WebhookHost {
  readonly name: string;
  /** Whether the body was signed with this secret; compares in a time that tells nothing of the secret. */
  isSigned(secret: string, headers: IncomingHttpHeaders, body: Buffer): boolean;
  idOf(headers: IncomingHttpHeaders): string | null;
  eventOf(headers: IncomingHttpHeaders): string;
  newsOf(event: string): Delivery['news'];
  pullRequestOf(payload: Payload): unknown;
}

const header = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

/** Digests are compared, so that neither contents nor length of the secret show in the time that it takes. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

const hmac = (secret: string, body: Buffer): string =>
  createHmac('sha256', secret).update(body).digest('hex');

/** GitHub: `X-Hub-Signature-256` over the raw body. */
const GITHUB: WebhookHost = {
  name: 'github',
  isSigned: (secret, headers, body) =>
    isSame(header(headers, 'x-hub-signature-256'), `sha256=${hmac(secret, body)}`),
  idOf: (headers) => header(headers, 'x-github-delivery') || null,
  eventOf: (headers) => header(headers, 'x-github-event'),
  newsOf: (event) =>
    event === 'push' || event === 'create' || event === 'delete'
      ? 'push'
      : event.startsWith('pull_request')
        ? 'pull-request'
        : 'other',
  pullRequestOf: ({ pull_request: request, number }) => request?.number ?? number,
};

/** Gitea and Forgejo: `X-Gitea-Signature` over the raw body. */
const GITEA: WebhookHost = {
  ...GITHUB,
  name: 'gitea',
  isSigned: (secret, headers, body) => isSame(header(headers, 'x-gitea-signature'), hmac(secret, body)),
  idOf: (headers) => header(headers, 'x-gitea-delivery') || null,
  eventOf: (headers) => header(headers, 'x-gitea-event'),
};

/** GitLab sends the secret itself, as `X-Gitlab-Token`; its id is the same when it tries again. */
const GITLAB: WebhookHost = {
  name: 'gitlab',
  isSigned: (secret, headers) => isSame(header(headers, 'x-gitlab-token'), secret),
  idOf: (headers) =>
    header(headers, 'idempotency-key') ||
    header(headers, 'x-gitlab-webhook-uuid') ||
    header(headers, 'x-gitlab-event-uuid') ||
    null,
  eventOf: (headers) => header(headers, 'x-gitlab-event'),
  newsOf: (event) =>
    event === 'Push Hook' ? 'push' : /^(Merge Request|Note) Hook$/.test(event) ? 'pull-request' : 'other',
  pullRequestOf: ({ object_attributes: attributes, merge_request: request }) =>
    request?.iid ?? attributes?.iid,
};

export const WEBHOOK_HOSTS: readonly WebhookHost[] = [GITHUB, GITLAB, GITEA];
