import { openTargets } from '../../../src/compose.js';
import { ConfigError } from '../../../src/config/config-error.js';
import { readConfig } from '../../../src/config/config.js';

const SECRET = `whsec_${Buffer.alloc(24, 'secret').toString('base64')}`;

describe('the configuration', () => {
  it('has defaults for everything, so that nothing need be configured', () => {
    const config = readConfig({}, '/srv/checkout');
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      path: 'workflows',
      pollSeconds: 60,
      logLevel: 'info',
      webhookSecrets: [],
      corsOrigins: [],
      stateDirectory: '/srv/checkout/.weir',
    });
    expect(config.databaseUrl).toBeUndefined();
    expect(config.branch).toBeUndefined();
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('reads every setting of the contract', () => {
    const config = readConfig({
      DATABASE_URL: 'postgres://weir@db.example.com/weir',
      DATABASE_READ_URL: 'postgresql://weir@replica.example.com/weir',
      DATABASE_DIRECT_URL: 'postgres://weir@db.example.com:5433/weir',
      WEIR_REPO: 'https://git.example.com/marketing/workflows.git',
      WEIR_BRANCH: 'release/2026',
      WEIR_PATH: 'campaigns/definitions',
      WEIR_REPO_TOKEN: 'repo-token',
      WEIR_POLL_SECONDS: '15',
      WEIR_WEBHOOK_SECRET: 'new, old',
      WEIR_OIDC_ISSUER: 'https://login.example.com',
      WEIR_OIDC_CLIENT_ID: 'weir',
      WEIR_GITHUB_TOKEN: 'github-token',
      WEIR_GITLAB_TOKEN: 'gitlab-token',
      WEIR_TOKEN: 'cli-token',
      WEIR_NOTIFY_URL: 'https://ops.example.com/hook, slack+https://chat.example.com/hook',
      WEIR_NOTIFY_SECRET: `${SECRET},${SECRET}`,
      WEIR_NOTIFY_PRIVATE: 'true',
      WEIR_CORS_ORIGINS: 'https://dashboard.example.com,http://localhost:5173',
      WEIR_INTROSPECTION: 'false',
      WEIR_COMPILE: 'false',
      WEIR_RATE_LIMIT: '600',
      WEIR_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      WEIR_DRAIN_SECONDS: '20',
      HOST: '::1',
      PORT: '0',
      LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      databaseReadUrl: 'postgresql://weir@replica.example.com/weir',
      branch: 'release/2026',
      pollSeconds: 15,
      webhookSecrets: ['new', 'old'],
      introspection: false,
      isCompiling: false,
      requestsAMinute: 600,
      drainSeconds: 20,
      trustedProxies: ['10.0.0.0/8', '::1'],
      notify: {
        addresses: [
          { kind: 'webhook', url: 'https://ops.example.com/hook' },
          { kind: 'slack', url: 'https://chat.example.com/hook' },
        ],
        secrets: [SECRET, SECRET],
        allowPrivate: true,
      },
      oidcClientId: 'weir',
      corsOrigins: ['https://dashboard.example.com', 'http://localhost:5173'],
      host: '::1',
      port: 0,
    });
  });

  it('names all offending settings at once, with what is expected and the name that was meant', () => {
    const problems = problemsOf({
      WEIR_REPOO: 'x',
      WEIR_POLL_SECONDS: 'often',
      PORT: '70000',
      LOG_LEVEL: 'loud',
    });
    expect(problems).toEqual([
      'WEIR_REPOO: unknown setting, did you mean WEIR_REPO?',
      'WEIR_POLL_SECONDS="often": expected a whole number of seconds from 1 to 86400',
      'PORT="70000": expected a port from 0 to 65535',
      'LOG_LEVEL="loud": expected fatal, error, warn, info, debug, trace or silent',
    ]);
  });

  it.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db.example.com/weir'],
    ['WEIR_REPO', 'git@git.example.com:marketing/workflows.git'],
    ['WEIR_REPO', 'ssh://git.example.com/workflows'],
    ['WEIR_REPO', 'https://git.example.com/workflows.git?private_token=hunter2'],
    ['WEIR_PATH', '../outside'],
    ['WEIR_PATH', '/etc'],
    ['WEIR_BRANCH', 'two words'],
    ['WEIR_WEBHOOK_SECRET', 'one,two,three'],
    ['WEIR_WEBHOOK_SECRET', 'one,'],
    ['WEIR_CORS_ORIGINS', 'https://dashboard.example.com/path'],
    ['WEIR_NOTIFY_URL', 'ftp://example.com'],
    ['WEIR_NOTIFY_URL', 'https://ops.example.com/hunter2, teams+https://ops.example.com'],
    ['WEIR_NOTIFY_URL', 'slack+'],
    ['WEIR_NOTIFY_SECRET', 'hunter2'],
    ['WEIR_NOTIFY_SECRET', 'whsec_aHVudGVyMg=='],
    ['WEIR_NOTIFY_SECRET', [SECRET, SECRET, SECRET].join()],
    ['WEIR_NOTIFY_PRIVATE', 'yes'],
    ['WEIR_TOKEN', 'a b'],
    ['WEIR_INTROSPECTION', 'no'],
    ['WEIR_RATE_LIMIT', '-1'],
    ['WEIR_TRUSTED_PROXIES', '10.0.0.0/8,proxy'],
    ['WEIR_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['PORT', '-1'],
  ])('refuses %s=%s', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}.*: expected `))]);
    expect(problems.join()).not.toContain('hunter2');
  });

  it('takes no target in the network of the server itself, unless that is allowed, and shows no secret of it', () => {
    const WEIR_NOTIFY_URL =
      'https://ops.example.com/a,slack+http://10.0.0.7:8065/hooks/hunter2,http://localhost/b';
    const own =
      "WEIR_NOTIFY_URL: 10.0.0.7:8065, localhost is in the server's own network; set WEIR_NOTIFY_PRIVATE=true";
    const open = (more = {}) => openTargets(readConfig({ WEIR_NOTIFY_URL, ...more }));
    expect(open).toThrow(own);
    expect(open).not.toThrow('hunter2');
    expect(open({ WEIR_NOTIFY_PRIVATE: 'true' }).map(({ name }) => name)).toEqual([
      expect.stringMatching(/^webhook ops\.example\.com [0-9a-f]{8}$/),
      expect.stringMatching(/^slack 10\.0\.0\.7:8065 [0-9a-f]{8}$/),
      expect.stringMatching(/^webhook localhost [0-9a-f]{8}$/),
    ]);
  });

  it('treats an empty variable as unset', () => {
    expect(readConfig({ WEIR_REPO: '', PORT: '' })).toMatchObject({ repo: undefined, port: 4000 });
  });

  it('wants both settings of a pair', () => {
    expect(problemsOf({ WEIR_OIDC_ISSUER: 'https://login.example.com' })).toEqual([
      'WEIR_OIDC_CLIENT_ID: expected, since WEIR_OIDC_ISSUER is set',
    ]);
  });
});

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
