import { resolve } from 'node:path';
import { z } from 'zod';
import { nearest } from '../domain/suggestion.js';
import { ConfigError } from './config-error.js';
import { pairs, settings } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Config = Readonly<ReturnType<typeof configOf>>;
type Values = z.infer<typeof schema>;

const schema = z.object(settings).partial();

/**
 * The settings of this process, read once at the start. An empty variable counts as unset, since compose files
 * and CI cannot leave one out.
 * @throws ConfigError naming every setting that is wrong, unknown or not allowed, not only the first
 */
export function readConfig(environment: Environment = process.env, directory = process.cwd()): Config {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(set);
  const problems = [
    ...unknownNames(set),
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => wrongValue(issue, set))),
    ...lonelyNames(set),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(configOf(parsed.data, directory));
}

function configOf(values: Values, directory: string) {
  return {
    databaseUrl: values.DATABASE_URL,
    databaseReadUrl: values.DATABASE_READ_URL,
    databaseDirectUrl: values.DATABASE_DIRECT_URL,
    repo: values.WEIR_REPO,
    branch: values.WEIR_BRANCH,
    path: values.WEIR_PATH ?? 'workflows',
    repoToken: values.WEIR_REPO_TOKEN,
    signers: values.WEIR_SIGNERS,
    pollSeconds: values.WEIR_POLL_SECONDS ?? 60,
    auditRef: values.WEIR_AUDIT_REF ?? false,
    webhookSecrets: Object.freeze(values.WEIR_WEBHOOK_SECRET ?? []),
    jwksUrl: values.WEIR_JWKS_URL,
    jwtAudience: values.WEIR_JWT_AUDIENCE,
    oidcIssuer: values.WEIR_OIDC_ISSUER,
    oidcClientId: values.WEIR_OIDC_CLIENT_ID,
    oidcScope: values.WEIR_OIDC_SCOPE ?? 'openid profile email',
    githubToken: values.WEIR_GITHUB_TOKEN,
    gitlabToken: values.WEIR_GITLAB_TOKEN,
    token: values.WEIR_TOKEN,
    notify: Object.freeze({
      addresses: values.WEIR_NOTIFY_URL ?? [],
      secrets: values.WEIR_NOTIFY_SECRET ?? [],
      allowPrivate: values.WEIR_NOTIFY_PRIVATE ?? false,
    }),
    corsOrigins: Object.freeze(values.WEIR_CORS_ORIGINS ?? []),
    documents: Object.freeze(values.WEIR_DOCUMENTS ?? []),
    documentsOnly: values.WEIR_DOCUMENTS_ONLY ?? false,
    introspection: values.WEIR_INTROSPECTION ?? true,
    isCompiling: values.WEIR_COMPILE ?? true,
    requestsAMinute: values.WEIR_RATE_LIMIT ?? 1_200,
    trustedProxies: Object.freeze(values.WEIR_TRUSTED_PROXIES ?? []),
    drainSeconds: values.WEIR_DRAIN_SECONDS ?? 0,
    tracesEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    host: values.HOST ?? '127.0.0.1',
    port: values.PORT ?? 4000,
    logLevel: values.LOG_LEVEL ?? 'info',
    /** What this checkout keeps for itself: the embedded database, the example repository, the clone. */
    stateDirectory: resolve(directory, '.weir'),
  } as const;
}

function unknownNames(set: Environment): string[] {
  const unknown = Object.keys(set).filter((name) => name.startsWith('WEIR_') && !(name in settings));
  return unknown.map((name) => {
    const near = nearest(name, Object.keys(settings));
    return `${name}: unknown setting${near === null ? '' : `, did you mean ${near}?`}`;
  });
}

/** Values may be secrets, and URLs may hold them, so only settings that never do are shown as they were given. */
function wrongValue(issue: z.core.$ZodIssue, set: Environment): string {
  const name = String(issue.path[0]);
  const harmless =
    /^(HOST|PORT|LOG_LEVEL|WEIR_(BRANCH|PATH|POLL_SECONDS|RATE_LIMIT|TRUSTED_PROXIES|DRAIN_SECONDS))$/.test(
      name,
    );
  return `${name}${harmless ? `="${set[name] ?? ''}"` : ''}: expected ${issue.message}`;
}

function lonelyNames(set: Environment): string[] {
  return pairs.flatMap((pair) => {
    const missing = pair.filter((name) => set[name] === undefined);
    const present = pair.find((name) => set[name] !== undefined);
    return missing.length === 1 ? [`${missing[0]}: expected, since ${present} is set`] : [];
  });
}
