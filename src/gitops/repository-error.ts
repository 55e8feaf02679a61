import { RepositoryError } from '../application/repository-error.js';

export { RepositoryError, UnreadableCommit } from '../application/repository-error.js';

/** A name that stands for no commit of the repository, or two for commits that have nothing to do with each other. */
export class UnknownRef extends RepositoryError {
  override readonly name = 'UnknownRef';
}

/** The host does not let us push; the message says why. */
export class PushRefused extends Error {
  override readonly name = 'PushRefused';
}
