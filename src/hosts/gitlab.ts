import { AccessLevel, GitbeakerRequestError, GitbeakerTimeoutError, Gitlab } from '@gitbeaker/rest';
import {
  type Check,
  HostError,
  type ListedPullRequest,
  type NewPullRequest,
  type PullRequest,
  type PullRequestHost,
  type Review,
  type Standing,
} from '../application/pull-requests.js';
import { sendToGitLab } from './gitlab-requester.js';
import { isMarked, writeOneComment } from './one-comment.js';

export interface GitLabOptions {
  /** `https://gitlab.com` */
  readonly web: string;
  /** `group/subgroup/project` */
  readonly project: string;
  readonly token: string;
  /** Longest that one call may take. */
  readonly timeoutMs?: number;
}

const NAME = 'weir/plan';
const PAGE = 100;
const DESCRIPTION = 140;
const TIMEOUT_MS = 15_000;
/** What only reads, or is as good twice, is asked again where the server or a gateway fails. */
const [ATTEMPTS, WAIT_MS] = [3, 250];

type Client = InstanceType<typeof Gitlab<false>>;

/** Merge requests of GitLab, also on a server of one's own. */
export class GitLabHost implements PullRequestHost {
  readonly #client: Client;
  #me: Promise<number> | null = null;

  constructor(private readonly options: GitLabOptions) {
    const { web: host, token, timeoutMs: queryTimeout = TIMEOUT_MS } = options;
    this.#client = new Gitlab({ host, token, queryTimeout, requesterFn: sendToGitLab });
  }

  async listOpen(): Promise<ListedPullRequest[]> {
    const projectId = this.options.project;
    const found = await asking(() =>
      this.#client.MergeRequests.all({ projectId, state: 'opened', perPage: PAGE }),
    );
    return found.map(toListed);
  }

  async read(number: number): Promise<PullRequest | null> {
    const { project } = this.options;
    const found = await orNull(asking(() => this.#client.MergeRequests.show(project, number)));
    if (!found) return null;
    const { title, web_url: url, author, state, labels } = found;
    return {
      ...{ ...toListed(found), title, url, author: author.username },
      state: state === 'opened' ? 'open' : state === 'merged' ? 'merged' : 'closed',
      labels: labels.map((label) => (typeof label === 'string' ? label : label.name)),
      approvals: await this.approvals(number, found.sha),
    };
  }

  /** GitLab says who approved and when, and when which commit was the head. */
  private async approvals(number: number, head: string): Promise<Review[]> {
    const { project } = this.options;
    const asked = { mergerequestIId: number };
    const found = await orNull(
      asking(() => this.#client.MergeRequestApprovals.showConfiguration(project, asked)),
    );
    const given = (found?.approved_by ?? []) as readonly Approval[];
    if (given.length === 0) return [];
    const versions = await asking(() => this.#client.MergeRequests.allDiffVersions(project, number));
    const pushes = versions
      .map(({ head_commit_sha: sha, created_at: at }) => ({ sha, at: Date.parse(at) }))
      .sort((one, other) => other.at - one.at);
    return given.map(({ user, approved_at: at }) => {
      const then = at == null ? null : pushes.find((push) => push.at <= Date.parse(at));
      return { reviewer: user.username, account: user.id, sha: then?.sha ?? head };
    });
  }

  /** A developer may push branches. Members of the groups that the project is in, or is shared with, are members of it. */
  async standingOf({ account }: Review): Promise<Standing> {
    const { project } = this.options;
    try {
      const { access_level: level } = await asking(() =>
        this.#client.ProjectMembers.show(project, account, { includeInherited: true }),
      );
      return level >= AccessLevel.DEVELOPER ? 'writes' : 'reads';
    } catch (error) {
      const status = error instanceof HostError ? statusOf(error.cause) : null;
      if (status === 404) return 'reads';
      if (status === 403) return 'unknown';
      throw error;
    }
  }

  async open({ base, head, title, body }: NewPullRequest): Promise<{ number: number; url: string }> {
    const { project } = this.options;
    const known = await this.opened(base, head);
    if (known) return known;
    const more = { description: body, removeSourceBranch: true };
    try {
      const { iid: number, web_url: url } = await once(() =>
        this.#client.MergeRequests.create(project, head, base, title, more),
      );
      return { number, url };
    } catch (error) {
      // It may have been opened all the same, or by whoever else was at it.
      const other = await this.opened(base, head);
      if (other) return other;
      throw error;
    }
  }

  private async opened(base: string, head: string): Promise<{ number: number; url: string } | null> {
    const branches = { sourceBranch: head, targetBranch: base };
    const asked = { projectId: this.options.project, state: 'opened', ...branches, perPage: PAGE } as const;
    const [found] = await asking(() => this.#client.MergeRequests.all(asked));
    return found ? { number: found.iid, url: found.web_url } : null;
  }

  comment(number: number, text: string): Promise<void> {
    const { project } = this.options;
    const notes = this.#client.MergeRequestNotes;
    const comments = {
      find: () => this.findNote(number),
      create: async (body: string) => {
        await once(() => notes.create(project, number, body));
      },
      update: async (id: number, body: string) =>
        (await orNull(asking(() => notes.edit(project, number, id, { body })))) !== null,
    };
    return writeOneComment(comments, text, isPassing);
  }

  private async findNote(number: number): Promise<{ id: number; body: string } | null> {
    const { project } = this.options;
    this.#me ??= asking(() => this.#client.Users.showCurrentUser()).then(({ id }) => id);
    const me = await this.#me.catch((error: unknown) => {
      this.#me = null;
      throw error;
    });
    for (let page = 1; ; page++) {
      const asked = { perPage: PAGE, page, maxPages: 1, sort: 'asc', orderBy: 'created_at' } as const;
      const notes = await asking(() => this.#client.MergeRequestNotes.all(project, number, asked));
      const found = notes.find(({ body, author }) => isMarked(body) && author.id === me);
      if (found) return { id: found.id, body: found.body };
      if (notes.length < PAGE) return null;
    }
  }

  async publish({ sha, branch, state, title }: Check): Promise<void> {
    const description = title.length > DESCRIPTION ? `${title.slice(0, DESCRIPTION - 1)}…` : title;
    try {
      await asking(() =>
        this.#client.Commits.editStatus(this.options.project, sha, STATES[state], {
          ...{ name: NAME, ref: branch, description },
        }),
      );
    } catch (error) {
      // Nothing becomes what it is already.
      if (!(error instanceof HostError && /cannot transition status/i.test(error.message))) throw error;
    }
  }

  linkTo(sha: string, file: string, line: number): string {
    const { web, project } = this.options;
    return `${web}/${project}/-/blob/${sha}/${file.split('/').map(encodeURIComponent).join('/')}#L${line}`;
  }
}

const toListed = (merge: {
  readonly iid: number;
  readonly target_branch: string;
  readonly source_branch: string;
  readonly sha: string;
  readonly updated_at: string;
}): ListedPullRequest => ({
  ...{ number: merge.iid, base: merge.target_branch, updatedAt: new Date(merge.updated_at) },
  head: { branch: merge.source_branch, sha: merge.sha, ref: `refs/merge-requests/${merge.iid}/head` },
});

/** What the client's types leave out. */
interface Approval {
  readonly user: { readonly id: number; readonly username: string };
  readonly approved_at?: string | null;
}

/** From `running` any end can be reached, which is not so of `pending`. */
const STATES = { success: 'success', failure: 'failed', waiting: 'running', outdated: 'running' } as const;

async function once<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw explain(error);
  }
}

async function asking<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(ask);
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS * attempt));
    }
  }
}

const isPassing = (error: unknown): boolean => error instanceof HostError && error.reason === 'unavailable';

/** Null where the host knows no such thing. */
const orNull = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (error instanceof HostError && statusOf(error.cause) === 404) return null;
    throw error;
  });

const statusOf = (error: unknown): number | null =>
  error instanceof GitbeakerRequestError ? (error.cause?.response.status ?? null) : null;

function explain(error: unknown): HostError {
  const cause = { cause: error };
  const { message } = error as { message?: string };
  if (error instanceof GitbeakerTimeoutError || message === 'fetch failed')
    return new HostError('unavailable', `GitLab: ${message}`, cause);
  const status = statusOf(error);
  if (!(error instanceof GitbeakerRequestError) || status === null) throw error;
  const what = `GitLab: ${error.message}`;
  if (status >= 500) return new HostError('unavailable', what, cause);
  if (status === 429) return new HostError('limited', what, cause);
  if (status === 401 || status === 403)
    return new HostError('unauthorised', `${what} (see WEIR_GITLAB_TOKEN)`, cause);
  return new HostError(status === 404 ? 'unknown' : 'refused', what, cause);
}
