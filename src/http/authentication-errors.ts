/** It is not known who asks. */
export class Unauthenticated extends Error {
  /** @param isWrong whether there is a token, and it is not taken */
  constructor(
    message: string,
    readonly isWrong: boolean,
  ) {
    super(message);
  }
}

/** The token is good, but not for this. */
export class NotForThis extends Error {}

/** The keys that access tokens are verified with cannot be read. */
export class IdentityUnavailable extends Error {}
