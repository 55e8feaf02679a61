import type { ApiToken } from '../domain/access/api-token.js';

/** A token as it is stored. */
export interface StoredToken extends ApiToken {
  /** SHA-256 of its secret, in hex. A secret of 256 random bits needs no slow hash, as no list of likely ones exists. */
  readonly hash: string;
  /** To the hour; null where it never was. */
  readonly lastUsedAt: Date | null;
}

export interface ApiTokenStore {
  add(token: Omit<StoredToken, 'lastUsedAt'>): Promise<void>;
  /** The newest first. */
  all(limit: number): Promise<StoredToken[]>;
  find(id: string): Promise<StoredToken | null>;
  revoke(id: string, now: Date): Promise<void>;
}

/** What is asked of API tokens at every request. */
export interface KnownTokens {
  /** The token, noting that it was used; null where there is none of this id and secret. */
  use(id: string, hash: string, now: Date): Promise<ApiToken | null>;
  /** Whether any was ever made: from then on nobody is believed without one. */
  exist(): Promise<boolean>;
}
