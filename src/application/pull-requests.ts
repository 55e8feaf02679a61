import type { Severity } from '../domain/problem.js';

/** A pull request (GitLab: merge request) as its host knows it. */
export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  /** Login of whoever opened it. */
  readonly author: string;
  readonly state: 'open' | 'closed' | 'merged';
  readonly labels: readonly string[];
  /** Name of the branch that it goes to. */
  readonly base: string;
  readonly head: {
    readonly branch: string;
    readonly sha: string;
    /** What git calls the head in the repository that the pull request goes to, also when it comes from a fork. */
    readonly ref: string;
  };
  /** When anything of it last changed at the host. */
  readonly updatedAt: Date;
  /** Reviews that approve it and still count, the last of each person. */
  readonly approvals: readonly Review[];
}

/** What a host tells of a pull request in a list. */
export type ListedPullRequest = Pick<PullRequest, 'number' | 'base' | 'head' | 'updatedAt'>;

export interface Review {
  /** Login. */
  readonly reviewer: string;
  /** What the host calls the account by itself, which outlives another login. */
  readonly account: number;
  /** The commit that was looked at. */
  readonly sha: string;
}

/** Whether somebody may write to the repository; `unknown` where the token may not ask. */
export type Standing = 'writes' | 'reads' | 'unknown';

export interface NewPullRequest {
  readonly base: string;
  readonly head: string;
  readonly title: string;
  readonly body: string;
}

/** Something shown beside a line. */
export interface Annotation {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
}

/** What the check on a commit says. */
export interface Check {
  readonly sha: string;
  /** Branch of the commit. */
  readonly branch: string;
  /**
   * - `success`, `failure`: the plan is valid, or is not;
   * - `waiting`: it is valid, and approvals are missing;
   * - `outdated`: what was said does not hold any more, and is worked out again.
   */
  readonly state: 'success' | 'failure' | 'waiting' | 'outdated';
  /** One line. */
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
}

/** Where pull requests are: GitHub, GitLab, or a server of one's own. Every call is bounded in time. @throws HostError */
export interface PullRequestHost {
  /** All that are open. */
  listOpen(): Promise<ListedPullRequest[]>;
  /** Null where there is none. */
  read(number: number): Promise<PullRequest | null>;
  /** What whoever gave a review may do in the repository now. */
  standingOf(review: Review): Promise<Standing>;
  /** Opens one; the one that is open already for the same branches is as good. */
  open(wanted: NewPullRequest): Promise<{ readonly number: number; readonly url: string }>;
  /** Writes the one comment of Weir: edits it where it is, and writes it anew where somebody has deleted it. */
  comment(number: number, body: string): Promise<void>;
  publish(check: Check): Promise<void>;
  /** Where a line of a file is shown at a commit. */
  linkTo(sha: string, file: string, line: number): string;
}

/**
 * The host did not do what was asked:
 * - `unauthorised`: the token is not valid, or may not do this;
 * - `limited`: too much was asked lately, and waiting did not help;
 * - `unknown`: it knows no such thing, or does not let the token see it;
 * - `refused`: it understood and says no;
 * - `unavailable`: it cannot be reached, took too long, or has a fault of its own.
 */
export class HostError extends Error {
  override readonly name = 'HostError';

  constructor(
    readonly reason: 'unauthorised' | 'limited' | 'unknown' | 'refused' | 'unavailable',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
