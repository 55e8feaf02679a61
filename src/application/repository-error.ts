/** What to do about a repository that cannot be read: begin anew at once, try again later, or call somebody. */
export type Remedy = 'anew' | 'retry' | 'human';

/** A repository that cannot be read; the message names it, says what to do, and is for people. */
export class RepositoryError extends Error {
  override readonly name: string = 'RepositoryError';

  constructor(
    message: string,
    options: ErrorOptions = {},
    readonly remedy: Remedy = 'human',
  ) {
    super(message, options);
  }
}

/** What a commit holds is beyond what is read of any; one that comes after it and holds something else can be taken over. */
export class UnreadableCommit extends RepositoryError {
  override readonly name = 'UnreadableCommit';
}
