import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createRequire } from 'node:module';
import { type HostDouble, paged, startDouble } from './host-double.js';

/** Recorded deliveries; what they hold of a pull request, comment or check has the shape that the REST API answers with. */
const recorded = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly {
  readonly name: string;
  readonly examples: readonly Record<string, object>[];
}[];
const shapeOf = (name: string, field: string): object =>
  recorded.find((each) => each.name === name)?.examples.find((example) => field in example)?.[field] ?? {};
const PULL = shapeOf('pull_request', 'pull_request');
const COMMENT = shapeOf('issue_comment', 'comment');
const REVIEW = shapeOf('pull_request_review', 'review');
const CHECK_RUN = shapeOf('check_run', 'check_run');

export interface DoublePull {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  state: 'open' | 'closed';
  merged: boolean;
  readonly base: string;
  readonly branch: string;
  sha: string;
  readonly labels: string[];
  /** When it last changed, in seconds. */
  updated: number;
  readonly reviews: { login: string; state: string; sha: string }[];
}
export interface DoubleComment {
  readonly id: number;
  readonly pull: number;
  readonly login: string;
  readonly type: 'User' | 'Bot';
  body: string;
}
export interface DoubleCheckRun {
  readonly id: number;
  readonly name: string;
  readonly sha: string;
  status: string;
  conclusion: string | null;
  title: string;
  summary: string;
  readonly annotations: Record<string, unknown>[];
}

export interface GitHubDouble extends HostDouble {
  readonly pulls: DoublePull[];
  readonly comments: DoubleComment[];
  readonly checkRuns: DoubleCheckRun[];
  readonly statuses: Record<string, string>[];
  /** What people may do in the repository, by login; everybody else may read it. */
  readonly permissions: Map<string, string>;
  /** Opens one as if somebody had done so in the browser. */
  addPull(pull: Partial<DoublePull> & Pick<DoublePull, 'branch' | 'sha'>): DoublePull;
  addComment(pull: number, body: string, login: string): DoubleComment;
}

/** Of an app only an installation token may write checks, and only a person's may ask who it is. */
export type TokenKind = 'user' | 'app';

const ME = 'weir-robot';
/** More than this in a comment is refused. */
const MOST_CHARACTERS = 65_536;

/** GitHub's REST API as far as Weir speaks it, with the paths of GitHub Enterprise Server. https://docs.github.com/rest */
export async function startGitHubDouble(token: string, kind: TokenKind): Promise<GitHubDouble> {
  const world = new World(kind);
  const double = await startDouble((app) => {
    app.addHook('onRequest', async (request, reply) => {
      const { authorization = '', 'user-agent': agent = '', accept = '' } = request.headers;
      if (agent === '') await reply.code(403).send({ message: 'Request forbidden by administrative rules.' });
      else if (!/^(token|bearer) /i.test(authorization) || authorization.split(' ')[1] !== token)
        await reply.code(401).send({ message: 'Bad credentials', status: '401' });
      else if (!accept.includes('application/vnd.github') && !accept.includes('application/json'))
        await reply.code(415).send({ message: 'Unsupported media type' });
    });
    app.setNotFoundHandler((_, reply) => notFound(reply));
    void app.register(
      (api: FastifyInstance, _options: object, done: () => void) => {
        serve(api, world);
        done();
      },
      { prefix: '/api/v3' },
    );
  });
  return Object.assign(double, {
    pulls: world.pulls,
    comments: world.comments,
    checkRuns: world.checkRuns,
    statuses: world.statuses,
    permissions: world.permissions,
    addPull: world.addPull.bind(world),
    addComment: world.addComment.bind(world),
  });
}

const notFound = (reply: FastifyReply) =>
  reply
    .code(404)
    .send({ message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' });
const invalid = (reply: FastifyReply, message: string) =>
  reply
    .code(422)
    .send({ message: 'Validation Failed', errors: [{ message, code: 'custom' }], status: '422' });

class World {
  readonly pulls: DoublePull[] = [];
  readonly comments: DoubleComment[] = [];
  readonly checkRuns: DoubleCheckRun[] = [];
  readonly statuses: Record<string, string>[] = [];
  readonly permissions = new Map<string, string>();
  #id = 1_000;

  constructor(readonly kind: TokenKind) {}

  addPull(given: Partial<DoublePull> & Pick<DoublePull, 'branch' | 'sha'>): DoublePull {
    const pull = {
      ...{ number: this.pulls.length + 1, title: 'A change', author: 'steward', state: 'open' as const },
      ...{ merged: false, base: 'main', labels: [], reviews: [], updated: 0 },
      ...given,
    };
    this.pulls.push(pull);
    return pull;
  }

  addComment(pull: number, body: string, login: string): DoubleComment {
    const comment = {
      id: this.nextId(),
      pull,
      login,
      type: login.endsWith('[bot]') ? 'Bot' : 'User',
      body,
    } as const;
    this.comments.push(comment);
    this.touch(pull);
    return comment;
  }

  /** What is written on a pull request changes it. */
  touch(number: number): void {
    for (const pull of this.pulls) if (pull.number === number) pull.updated += 1;
  }

  nextId(): number {
    return ++this.#id;
  }
}

interface Asked {
  readonly Params: { readonly number?: string; readonly id?: string; readonly sha?: string };
  readonly Querystring: Record<string, string | undefined>;
  readonly Body: Record<string, unknown>;
}

function serve(api: FastifyInstance, world: World): void {
  const repo = '/repos/acme/campaigns';
  const text = (request: FastifyRequest<Asked>, field: string) => String(request.body[field]);
  const pullOf = ({ params }: FastifyRequest<Asked>) =>
    world.pulls.find(({ number }) => number === Number(params.number));

  api.get('/user', (_, reply) =>
    world.kind === 'app'
      ? reply.code(403).send({ message: 'Resource not accessible by integration' })
      : reply.send({ login: ME, type: 'User' }),
  );
  api.get<Asked>(`${repo}/pulls`, (request, reply) => {
    const { state = 'open', base, head } = request.query;
    const found = world.pulls.filter(
      (pull) =>
        (state === 'all' || pull.state === state) &&
        (base === undefined || pull.base === base) &&
        (head === undefined || head === `acme:${pull.branch}`),
    );
    return paged(request, reply, found, 30).map(toPull);
  });
  api.get<Asked>(`${repo}/pulls/:number`, (request, reply) => {
    const pull = pullOf(request);
    return pull ? reply.send(toPull(pull)) : notFound(reply);
  });
  api.post<Asked>(`${repo}/pulls`, (request, reply) => {
    const [branch, base] = [text(request, 'head'), text(request, 'base')];
    if (world.pulls.some((pull) => pull.state === 'open' && pull.branch === branch && pull.base === base))
      return invalid(reply, `A pull request already exists for acme:${branch}.`);
    const pull = world.addPull({
      branch,
      base,
      title: text(request, 'title'),
      author: ME,
      sha: '0'.repeat(40),
    });
    return reply.code(201).send(toPull(pull));
  });
  api.get<Asked>(`${repo}/pulls/:number/reviews`, (request, reply) => {
    const pull = pullOf(request);
    if (!pull) return notFound(reply);
    return paged(request, reply, pull.reviews, 30).map(({ login, state, sha }, at) => ({
      ...REVIEW,
      ...{ id: at + 1, state, commit_id: sha, user: { id: 1, login, type: 'User' } },
    }));
  });

  api.get<{ Params: { login: string } }>(`${repo}/collaborators/:login/permission`, ({ params }) => {
    const permission = world.permissions.get(params.login) ?? 'read';
    return { permission, role_name: permission, user: { login: params.login } };
  });

  api.get<Asked>(`${repo}/issues/:number/comments`, (request, reply) => {
    const pull = pullOf(request);
    if (!pull) return notFound(reply);
    const found = world.comments.filter((comment) => comment.pull === pull.number);
    return paged(request, reply, found, 30).map(toComment);
  });
  api.post<Asked>(`${repo}/issues/:number/comments`, (request, reply) => {
    const pull = pullOf(request);
    const body = text(request, 'body');
    if (!pull) return notFound(reply);
    if (body.length > MOST_CHARACTERS)
      return invalid(reply, 'body is too long (maximum is 65536 characters)');
    const login = world.kind === 'app' ? `${ME}[bot]` : ME;
    return reply.code(201).send(toComment(world.addComment(pull.number, body, login)));
  });
  api.patch<Asked>(`${repo}/issues/comments/:id`, (request, reply) => {
    const comment = world.comments.find(({ id }) => id === Number(request.params.id));
    if (!comment) return notFound(reply);
    comment.body = text(request, 'body');
    world.touch(comment.pull);
    return toComment(comment);
  });

  serveChecks(api, world, repo);
}

function serveChecks(api: FastifyInstance, world: World, repo: string): void {
  const forbidden = (reply: FastifyReply) =>
    reply.code(403).send({ message: 'You must authenticate via a GitHub App.', status: '403' });
  const write = (run: DoubleCheckRun, body: Record<string, unknown>, reply: FastifyReply) => {
    const {
      title,
      summary,
      annotations = [],
    } = (body['output'] ?? {}) as {
      title?: string;
      summary?: string;
      annotations?: Record<string, unknown>[];
    };
    if (annotations.length > 50) return invalid(reply, 'no more than 50 annotations in a request');
    if (body['status'] === 'completed' && body['conclusion'] === undefined)
      return invalid(reply, 'a completed check needs a conclusion');
    if (typeof body['status'] === 'string') run.status = body['status'];
    run.conclusion = typeof body['conclusion'] === 'string' ? body['conclusion'] : run.conclusion;
    run.title = title ?? run.title;
    run.summary = summary ?? run.summary;
    // What is sent later is added to what is there.
    run.annotations.push(...annotations);
    return reply.send({ ...CHECK_RUN, id: run.id, name: run.name, head_sha: run.sha, status: run.status });
  };
  api.get<Asked>(`${repo}/commits/:sha/check-runs`, (request, reply) => {
    if (world.kind === 'user') return forbidden(reply);
    const { check_name: name, status } = request.query;
    const found = world.checkRuns.filter(
      (run) =>
        run.sha === request.params.sha &&
        (name === undefined || run.name === name) &&
        (status === undefined || run.status === status),
    );
    return {
      total_count: found.length,
      check_runs: paged(request, reply, found, 30).map((run) => ({
        ...CHECK_RUN,
        id: run.id,
        status: run.status,
      })),
    };
  });
  api.post<Asked>(`${repo}/check-runs`, (request, reply) => {
    if (world.kind === 'user') return forbidden(reply);
    const run: DoubleCheckRun = {
      ...{ id: world.nextId(), name: String(request.body['name']), sha: String(request.body['head_sha']) },
      ...{ status: 'queued', conclusion: null, title: '', summary: '', annotations: [] },
    };
    reply.code(201);
    const answer = write(run, request.body, reply);
    if (reply.statusCode === 201) world.checkRuns.push(run);
    return answer;
  });
  api.patch<Asked>(`${repo}/check-runs/:id`, (request, reply) => {
    const run = world.checkRuns.find(({ id }) => id === Number(request.params.id));
    return run ? write(run, request.body, reply) : notFound(reply);
  });
  api.post<Asked>(`${repo}/statuses/:sha`, (request, reply) => {
    const { state, description, context } = request.body as Record<string, string>;
    if (!['error', 'failure', 'pending', 'success'].includes(state ?? ''))
      return invalid(reply, 'no such state');
    if ((description ?? '').length > 140)
      return invalid(reply, 'description is too long (maximum is 140 characters)');
    const status = {
      sha: request.params.sha ?? '',
      state: state ?? '',
      description: description ?? '',
      context: context ?? '',
    };
    world.statuses.push(status);
    return reply.code(201).send({ id: world.nextId(), ...status });
  });
}

const toPull = (pull: DoublePull): object => ({
  ...PULL,
  ...{ number: pull.number, title: pull.title, state: pull.state, merged: pull.merged },
  html_url: `https://github.example.com/acme/campaigns/pull/${pull.number}`,
  user: { login: pull.author, type: 'User' },
  updated_at: new Date(pull.updated * 1_000).toISOString(),
  labels: pull.labels.map((name) => ({ name })),
  base: { ref: pull.base },
  head: { ref: pull.branch, sha: pull.sha },
});
const toComment = ({ id, login, type, body }: DoubleComment): object => ({
  ...COMMENT,
  ...{ id, body, user: { login, type } },
});
