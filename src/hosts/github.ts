import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import type {
  Annotation,
  Check,
  ListedPullRequest,
  NewPullRequest,
  PullRequest,
  PullRequestHost,
  Review,
  Standing,
} from '../application/pull-requests.js';
import { explain, isUnavailable, statusOf } from './github-errors.js';
import { isMarked, writeOneComment } from './one-comment.js';

export interface GitHubOptions {
  /** `https://api.github.com`, or `https://github.example.com/api/v3`. */
  readonly api: string;
  /** `https://github.com` */
  readonly web: string;
  readonly owner: string;
  readonly repo: string;
  readonly token: string;
  /** How the client paces itself and waits; for tests, which have no time. */
  readonly pace?: { readonly throttle?: object; readonly retry?: object };
  /** Longest that one call may take. */
  readonly timeoutMs?: number;
}

const NAME = 'Weir plan';
const CONTEXT = 'weir/plan';
const PAGE = 100;
/** GitHub takes no more annotations in one call. */
const ANNOTATIONS_AT_ONCE = 50;
/** More than anybody looks at; GitHub shows the first. */
const ANNOTATIONS = 500;
const DESCRIPTION = 140;
const TIMEOUT_MS = 15_000;
/** How often a call is tried again, and the longest that is waited for a limit to pass. */
const [RETRIES, LIMIT_SECONDS] = [3, 60];

const Client = Octokit.plugin(throttling, retry);

/** Pull requests of GitHub, and of GitHub Enterprise Server. */
export class GitHubHost implements PullRequestHost {
  readonly #client: InstanceType<typeof Client>;
  readonly #here: { readonly owner: string; readonly repo: string };
  /** A personal token may not write check runs; what it may is found out once. */
  #mayCheck = true;
  #me: Promise<string | null> | null = null;

  constructor(private readonly options: GitHubOptions) {
    const { api, owner, repo, token, pace = {}, timeoutMs = TIMEOUT_MS } = options;
    const isWorthWaiting = (seconds: number, _asked: object, _client: object, retries: number) =>
      retries < RETRIES && seconds <= LIMIT_SECONDS;
    this.#here = { owner, repo };
    this.#client = new Client({
      auth: token,
      baseUrl: api,
      userAgent: 'weir',
      request: {
        fetch: (url: string, init: RequestInit) =>
          fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }),
      },
      retry: { retries: RETRIES, ...pace.retry },
      throttle: { onRateLimit: isWorthWaiting, onSecondaryRateLimit: isWorthWaiting, ...pace.throttle },
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
  }

  listOpen(): Promise<ListedPullRequest[]> {
    return this.asking(async () => {
      const pulls = await this.#client.paginate(this.#client.rest.pulls.list, {
        ...{ ...this.#here, state: 'open', per_page: PAGE },
      });
      return pulls.map(toListed);
    });
  }

  read(number: number): Promise<PullRequest | null> {
    return this.asking(async () => {
      const found = await this.#client.rest.pulls
        .get({ ...this.#here, pull_number: number })
        .catch((error: unknown) => {
          if (statusOf(error) === 404) return null;
          throw error;
        });
      if (!found) return null;
      const { title, html_url: url, user, state, merged, labels } = found.data;
      return {
        ...{ ...toListed(found.data), title, url, author: user.login },
        state: merged ? 'merged' : state,
        labels: labels.map((label) => label.name),
        approvals: await this.approvals(number),
      };
    });
  }

  /** The last review of each person that decides anything; comments alone decide nothing. */
  private async approvals(number: number): Promise<Review[]> {
    const reviews = await this.#client.paginate(this.#client.rest.pulls.listReviews, {
      ...{ ...this.#here, pull_number: number, per_page: PAGE },
    });
    const last = new Map<string, { account: number; state: string; sha: string | null }>();
    for (const { user, state, commit_id: sha } of reviews) {
      if (user && state !== 'COMMENTED' && state !== 'PENDING')
        last.set(user.login, { account: user.id, state, sha });
    }
    return [...last].flatMap(([reviewer, { account, state, sha }]) =>
      state === 'APPROVED' && sha !== null ? [{ reviewer, account, sha }] : [],
    );
  }

  /** `maintain` is answered as `write`, `triage` as `read`, and a role of one's own as what it is made from. */
  standingOf({ reviewer: username }: Review): Promise<Standing> {
    return this.asking(async () => {
      try {
        const asked = { ...this.#here, username };
        const { permission } = (await this.#client.rest.repos.getCollaboratorPermissionLevel(asked)).data;
        return ['admin', 'maintain', 'write'].includes(permission) ? 'writes' : 'reads';
      } catch (error) {
        if (statusOf(error) === 404) return 'reads';
        if (explain(error).reason === 'unauthorised' && statusOf(error) === 403) return 'unknown';
        throw error;
      }
    });
  }

  open({ base, head, title, body }: NewPullRequest): Promise<{ number: number; url: string }> {
    return this.asking(async () => {
      const known = await this.opened(base, head);
      if (known) return known;
      try {
        const { data } = await this.#client.rest.pulls.create({ ...this.#here, base, head, title, body });
        return { number: data.number, url: data.html_url };
      } catch (error) {
        // It may have been opened all the same, or by whoever else was at it.
        const other = await this.opened(base, head);
        if (other) return other;
        throw error;
      }
    });
  }

  private async opened(base: string, branch: string): Promise<{ number: number; url: string } | null> {
    const head = `${this.#here.owner}:${branch}`;
    const { data } = await this.#client.rest.pulls.list({ ...this.#here, state: 'open', base, head });
    const [found] = data.filter((pull) => pull.head.ref === branch);
    return found ? { number: found.number, url: found.html_url } : null;
  }

  comment(number: number, text: string): Promise<void> {
    const { issues } = this.#client.rest;
    return this.asking(() =>
      writeOneComment(
        {
          find: () => this.findComment(number),
          create: async (body) => {
            const asked = { ...this.#here, issue_number: number, body, request: { retries: 0 } };
            await issues.createComment(asked);
          },
          update: (id, body) =>
            issues.updateComment({ ...this.#here, comment_id: id, body }).then(
              () => true,
              (error: unknown) => {
                if (statusOf(error) === 404) return false;
                throw error;
              },
            ),
        },
        text,
        isUnavailable,
      ),
    );
  }

  private async findComment(number: number): Promise<{ id: number; body: string } | null> {
    const me = await this.me();
    const pages = this.#client.paginate.iterator(this.#client.rest.issues.listComments, {
      ...{ ...this.#here, issue_number: number, per_page: PAGE },
    });
    for await (const { data } of pages) {
      const found = data.find(
        ({ body, user }) => isMarked(body) && (me === null ? user?.type === 'Bot' : user?.login === me),
      );
      if (found) return { id: found.id, body: found.body ?? '' };
    }
    return null;
  }

  /** Whose token it is; null for that of an app, which may not ask. What others have written is left alone. */
  private me(): Promise<string | null> {
    this.#me ??= this.#client.rest.users.getAuthenticated().then(
      ({ data }) => data.login,
      (error: unknown) => {
        if (statusOf(error) === 403) return null;
        this.#me = null;
        throw error;
      },
    );
    return this.#me;
  }

  publish(check: Check): Promise<void> {
    return this.asking(async () => {
      if (this.#mayCheck && (await this.writeCheckRun(check))) return;
      const { sha, state, title } = check;
      await this.#client.rest.repos.createCommitStatus({
        ...{ ...this.#here, sha, context: CONTEXT, description: shortened(title) },
        state: state === 'success' || state === 'failure' ? state : 'pending',
      });
    });
  }

  /** False where the token may not. */
  private async writeCheckRun(check: Check): Promise<boolean> {
    const { checks } = this.#client.rest;
    const [first = [], ...rest] = batches(check.annotations.slice(0, ANNOTATIONS).map(toAnnotation));
    const output = { title: shortened(check.title), summary: check.summary };
    try {
      const run = await this.unfinishedRun(check.sha);
      const asked = {
        ...this.#here,
        name: NAME,
        output: { ...output, annotations: first },
        ...conclude(check),
      };
      const { data } =
        run === null
          ? await checks.create({ ...asked, head_sha: check.sha })
          : await checks.update({ ...asked, check_run_id: run });
      for (const annotations of rest)
        await checks.update({ ...this.#here, check_run_id: data.id, output: { ...output, annotations } });
      return true;
    } catch (error) {
      // A limit is no lack of permission.
      if (![403, 404].includes(statusOf(error) ?? 0) || explain(error).reason === 'limited') throw error;
      this.#mayCheck = false;
      return false;
    }
  }

  /** A run that said the plan is outdated goes on; one that is over has annotations, to which new ones would be added. */
  private async unfinishedRun(sha: string): Promise<number | null> {
    const asked = { ...this.#here, ref: sha, check_name: NAME, status: 'in_progress' as const };
    const { data } = await this.#client.rest.checks.listForRef(asked);
    return data.check_runs[0]?.id ?? null;
  }

  linkTo(sha: string, file: string, line: number): string {
    const { web, owner, repo } = this.options;
    return `${web}/${owner}/${repo}/blob/${sha}/${file.split('/').map(encodeURIComponent).join('/')}#L${line}`;
  }

  private async asking<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw explain(error);
    }
  }
}

const toListed = (pull: {
  readonly number: number;
  readonly updated_at: string;
  readonly base: { readonly ref: string };
  readonly head: { readonly ref: string; readonly sha: string };
}): ListedPullRequest => ({
  ...{ number: pull.number, base: pull.base.ref, updatedAt: new Date(pull.updated_at) },
  head: { branch: pull.head.ref, sha: pull.head.sha, ref: `refs/pull/${pull.number}/head` },
});

const silent = (): void => undefined;

const shortened = (title: string): string =>
  title.length > DESCRIPTION ? `${title.slice(0, DESCRIPTION - 1)}…` : title;

const CONCLUSIONS = { success: 'success', failure: 'failure', waiting: 'action_required' } as const;

const conclude = ({ state }: Check) =>
  state === 'outdated'
    ? ({ status: 'in_progress' } as const)
    : ({ status: 'completed', conclusion: CONCLUSIONS[state] } as const);

const LEVELS = { error: 'failure', warning: 'warning', info: 'notice' } as const;

const toAnnotation = ({ file, line, endLine, severity, title, message }: Annotation) => ({
  ...{ path: file, start_line: line, end_line: endLine, title, message },
  annotation_level: LEVELS[severity],
});

function batches<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / ANNOTATIONS_AT_ONCE);
  return Array.from({ length: count }, (_, at) =>
    items.slice(at * ANNOTATIONS_AT_ONCE, (at + 1) * ANNOTATIONS_AT_ONCE),
  );
}
