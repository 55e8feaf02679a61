import type * as Parts from '@graphql-yoga/render-graphiql/graphiql';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { GRAPHQL_PATH } from './graphql-route.js';
import { OPEN } from './guard.js';
import { policyWith } from './headers.js';

/** The editor makes its colours and its letters while it runs, and its workers are files of their own. */
const POLICY = policyWith({
  'style-src': ["'self'", "'unsafe-inline'"],
  'font-src': ["'self'", 'data:'],
  'worker-src': ["'self'"],
});

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Weir</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/graphiql/style.css" />
    <script src="/graphiql/editor.js" defer></script>
  </head>
  <body id="body" class="no-focus-outline">
    <noscript>This page needs JavaScript.</noscript>
    <div id="root"></div>
  </body>
</html>
`;

const WORKERS = { editorWorkerService: 'text', json: 'json', graphql: 'graphql' } as const;
const [BEFORE, AFTER] = [
  `self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_id, label) => '/graphiql/worker-' + ${JSON.stringify(WORKERS)}[label] + '.js',
};`,
  `YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  endpoint: '${GRAPHQL_PATH}',
  title: 'Weir',
  subscriptionsProtocol: 'WS',
});`,
];

/** Six megabytes that change with the version only. */
const KEPT = 'max-age=3600';

/** `GET /graphiql`: the package's editor as files of our own, as a page with a strict policy runs no script that stands in it. */
export function registerGraphiql(app: FastifyInstance): void {
  const files: Record<string, (parts: typeof Parts) => string> = {
    'style.css': ({ css }) => css,
    'editor.js': ({ js }) => [BEFORE, js, AFTER].join('\n'),
    'worker-text.js': ({ editorWorkerService }) => editorWorkerService,
    'worker-json.js': ({ jsonWorker }) => jsonWorker,
    'worker-graphql.js': ({ graphqlWorker }) => graphqlWorker,
  };
  app.get('/graphiql', OPEN, (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY).send(PAGE),
  );
  for (const [name, textOf] of Object.entries(files)) {
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    app.get(`/graphiql/${name}`, OPEN, async (_request, reply): Promise<FastifyReply> => {
      // Read when first asked for: most servers never are.
      const parts = await import('@graphql-yoga/render-graphiql/graphiql');
      return reply.type(`${type}; charset=utf-8`).header('cache-control', KEPT).send(textOf(parts));
    });
  }
}
