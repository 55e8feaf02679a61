import type { Link } from '../domain/audit/chain.js';

/** An audit record to the last digit, as texts of the database; a moment in ISO 8601 with microseconds. */
export interface AuditTexts {
  readonly id: string;
  readonly happenedAt: string;
  readonly actor: string;
  readonly roles: readonly string[];
  readonly origin: string | null;
  readonly action: string;
  readonly subject: string;
  readonly campaignId: string | null;
  readonly versionId: string | null;
  readonly commitSha: string | null;
  readonly requestKey: string | null;
  readonly requestHash: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** A place of the chain, and what is there; null where that is gone. */
export interface SealedRecord extends Link {
  readonly texts: AuditTexts | null;
}

/** A sealed record, with what its ids stand for. */
export interface ExportedRecord extends Link {
  readonly texts: AuditTexts;
  readonly campaign: string | null;
  readonly workflow: string | null;
  /** Number of the version. */
  readonly version: number | null;
}

/** A signed statement of what the chain is. */
export interface StoredCheckpoint {
  readonly position: number;
  /** A JWS in compact form. */
  readonly token: string;
  readonly at: Date;
  /** The commit that it was published with; null where it was not. */
  readonly commit: string | null;
}

export interface AuditChainStore {
  /** Whether anything waits to be sealed. */
  hasUnsealed(): Promise<boolean>;
  /** Until the end of the transaction nobody else seals. */
  lock(): Promise<void>;
  /** The end of the chain; null where nothing was ever sealed. */
  last(): Promise<Link | null>;
  /** What waits to be sealed, in the order of ids. */
  unsealed(limit: number): Promise<AuditTexts[]>;
  seal(links: readonly Link[]): Promise<void>;
  /** The chain after a position, in its order. */
  after(position: number, limit: number): Promise<SealedRecord[]>;
  /**
   * Looks at records after an id for one that neither was sealed nor waits for it.
   * @returns the last that was looked at, null at the end; and the one that was found
   */
  strayAfter(
    id: string,
    limit: number,
  ): Promise<{ readonly last: string | null; readonly stray: string | null }>;
  checkpoints(after: number, limit: number): Promise<StoredCheckpoint[]>;
  lastCheckpoint(): Promise<StoredCheckpoint | null>;
  addCheckpoint(checkpoint: Omit<StoredCheckpoint, 'commit'>): Promise<void>;
  /** Those after the last that was published. */
  unpublished(): Promise<StoredCheckpoint[]>;
  lastPublished(): Promise<StoredCheckpoint | null>;
  addPublication(position: number, commit: string): Promise<void>;
}

/** Where checkpoints are published, so that neither they nor the records can be changed without the others. */
export interface CheckpointLog {
  /** What it holds, oldest first. */
  read(): Promise<PublishedCheckpoint[]>;
  /**
   * Adds a commit for each, which is the same whoever does so; those that are there already are no error.
   * @param after the commit that was the last so far; null for the first
   * @throws CheckpointsRewritten where something else comes after it, or it is not there any more
   * @returns the commits
   */
  append(after: string | null, checkpoints: readonly StoredCheckpoint[]): Promise<string[]>;
}
export interface PublishedCheckpoint {
  readonly commit: string;
  readonly token: string;
}

/** What was published is not what is there now: somebody has written to it, or taken it away. */
export class CheckpointsRewritten extends Error {
  override readonly name = 'CheckpointsRewritten';
}
