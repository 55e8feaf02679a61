import { isIP } from 'node:net';
import { z } from 'zod';

/** Where notifications go, by what is before the protocol; without anything it is a webhook. */
const TARGET_KINDS = ['slack', 'cloudevents'] as const;

/** Every setting that Weir reads, by its name in the environment; a name that is not here is a mistake. */
export const settings = {
  DATABASE_URL: database(),
  DATABASE_READ_URL: database(),
  DATABASE_DIRECT_URL: database(),
  WEIR_REPO: text('a folder, or an http(s) URL without a query', isFolderOrHttp),
  WEIR_BRANCH: text('the name of a branch', (value) => /^(?!-)[^\s~^:?*[\\]+$/.test(value)),
  WEIR_PATH: text('a folder inside the repository, such as workflows', isInside),
  WEIR_REPO_TOKEN: secret(),
  WEIR_SIGNERS: text('a file with keys', () => true),
  WEIR_POLL_SECONDS: wholeNumber('a whole number of seconds from 1 to 86400', 1, 86_400),
  WEIR_AUDIT_REF: flag(),
  WEIR_WEBHOOK_SECRET: list(
    'one secret, or two separated by a comma while rotating',
    (items) => items.length <= 2,
  ),
  WEIR_JWKS_URL: http('the http(s) URL of a JSON Web Key Set'),
  WEIR_JWT_AUDIENCE: secret(),
  WEIR_OIDC_ISSUER: http('the http(s) URL of an OpenID Connect issuer'),
  WEIR_OIDC_CLIENT_ID: secret(),
  WEIR_OIDC_SCOPE: text('scopes separated by blanks, openid among them', (value) =>
    value.split(' ').includes('openid'),
  ),
  WEIR_GITHUB_TOKEN: secret(),
  WEIR_GITLAB_TOKEN: secret(),
  WEIR_TOKEN: secret(),
  WEIR_NOTIFY_URL: targets(),
  WEIR_NOTIFY_SECRET: list(
    'whsec_ and 24 to 64 bytes in base64, or two such secrets separated by a comma while rotating',
    (items) => items.length <= 2 && items.every(isSigningSecret),
  ),
  WEIR_NOTIFY_PRIVATE: flag(),
  WEIR_CORS_ORIGINS: list('origins separated by commas, such as https://dashboard.example.com', (items) =>
    items.every(isOrigin),
  ),
  WEIR_DOCUMENTS: list('paths of manifests separated by commas', () => true),
  WEIR_DOCUMENTS_ONLY: flag(),
  WEIR_INTROSPECTION: flag(),
  WEIR_COMPILE: flag(),
  WEIR_RATE_LIMIT: wholeNumber('a whole number of requests a minute, or 0 for no limit', 0, 1_000_000),
  WEIR_TRUSTED_PROXIES: list('addresses or networks separated by commas, such as 10.0.0.0/8', (items) =>
    items.every(isNetwork),
  ),
  WEIR_DRAIN_SECONDS: wholeNumber('a whole number of seconds from 0 to 300', 0, 300),
  OTEL_EXPORTER_OTLP_ENDPOINT: http('the http(s) URL of a collector, without /v1/traces'),
  HOST: text('an address or a host name', (value) => /^[\w.:-]+$/.test(value)),
  PORT: wholeNumber('a port from 0 to 65535', 0, 65_535),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    error: 'fatal, error, warn, info, debug, trace or silent',
  }),
};

/** Settings that mean nothing without each other. */
export const pairs = [
  ['WEIR_JWKS_URL', 'WEIR_JWT_AUDIENCE'],
  ['WEIR_OIDC_ISSUER', 'WEIR_OIDC_CLIENT_ID'],
] as const;

function targets() {
  const expected = `http(s) URLs separated by commas, each with nothing, ${TARGET_KINDS.map((kind) => `${kind}+`).join(' or ')} before it`;
  const split = (value: string) => value.split(/[\s,]+/).map(targetOf);
  return text(expected, (value) =>
    split(value).every(({ url }) => hasProtocol(url, 'http:', 'https:')),
  ).transform(split);
}

function targetOf(item: string) {
  const kind = TARGET_KINDS.find((each) => item.startsWith(`${each}+`));
  return { kind: kind ?? ('webhook' as const), url: kind ? item.slice(kind.length + 1) : item };
}

function flag() {
  return z.enum(['true', 'false'], { error: 'true or false' }).transform((value) => value === 'true');
}

function text(expected: string, passes: (value: string) => boolean) {
  return z.string().refine(passes, { error: expected });
}

function database() {
  return text('a URL that begins with postgres://', (value) =>
    hasProtocol(value, 'postgres:', 'postgresql:'),
  );
}

function http(expected: string) {
  return text(expected, (value) => hasProtocol(value, 'http:', 'https:'));
}

/** Tokens travel in headers, where a blank or a line break would be cut off or worse. */
function secret() {
  return text('a value without blanks', (value) => !/\s/.test(value));
}

function wholeNumber(expected: string, least: number, most: number) {
  return text(
    expected,
    (value) => /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most,
  ).transform(Number);
}

function list(expected: string, passes: (items: readonly string[]) => boolean) {
  const split = (value: string): string[] => value.split(',').map((item) => item.trim());
  return text(
    expected,
    (value) => split(value).every((item) => item !== '') && passes(split(value)),
  ).transform(split);
}

function hasProtocol(value: string, ...protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

/**
 * `git@host:path` and `ssh://` are refused here, since the git library speaks only HTTP(S) to remotes, and a query, which no git host
 * reads and which would hold a token in every place that names the repository.
 */
function isFolderOrHttp(value: string): boolean {
  const looksRemote = /^[a-z][a-z0-9+.-]+:\/\//i.test(value) || /^[^/\\\s]+@[^/\\\s]+:/.test(value);
  return !looksRemote || (hasProtocol(value, 'http:', 'https:') && new URL(value).search === '');
}

/** As the specification of Standard Webhooks has it. */
function isSigningSecret(value: string): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value)?.[1] ?? '';
  const bytes = Buffer.from(encoded, 'base64');
  return encoded.length % 4 === 0 && bytes.length >= 24 && bytes.length <= 64;
}

function isInside(value: string): boolean {
  return !/^([/\\]|[a-z]:)/i.test(value) && !value.split(/[/\\]/).includes('..');
}

function isNetwork(value: string): boolean {
  const [address = '', bits = '0', ...rest] = value.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

function isOrigin(value: string): boolean {
  return hasProtocol(value, 'http:', 'https:') && new URL(value).origin === value;
}
