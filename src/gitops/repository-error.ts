/** What to do about a repository that cannot be read: try again, or call somebody. */
export type Remedy = 'retry' | 'human';

/** A repository that cannot be read; the message names it and says what to do. */
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

/** A name that stands for no commit of the repository, or two for commits that have nothing to do with each other. */
export class UnknownRef extends RepositoryError {
  override readonly name = 'UnknownRef';
}

/** The host does not let us push; the message says why. */
export class PushRefused extends Error {
  override readonly name = 'PushRefused';
}
