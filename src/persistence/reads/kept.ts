import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { StoredVersion } from '../../application/ports.js';
import type { ChangeRecord, CommitRecord } from '../../application/reads.js';
import type { CampaignParts, CampaignRecord } from '../../application/records.js';

/** A version is large. So many are more than are served at once. */
const VERSIONS_KEPT = 1_000;
/** Each takes some hundred bytes. */
const NUMBERS_KEPT = 20_000;
/** Of what changed, and in which commits: more than anybody pages through again. */
const CHANGES_KEPT = 5_000;
/** In characters. */
const MESSAGES_KEPT = 1_000_000;
/** So many campaigns are looked at again and again; each takes some 20 KiB. */
const CAMPAIGNS_KEPT = 1_000;

/** What was read and can be told to be as it was. */
export class Kept {
  /** Ids and revisions are those of one database. */
  readonly name = randomUUID();
  /** These four never change. */
  readonly versions = new KeptRows<StoredVersion>(({ id }) => id, { max: VERSIONS_KEPT });
  readonly numbers = new KeptRows<NumberedVersion>(
    ({ definitionId, number }) => `${definitionId} ${number}`,
    { max: NUMBERS_KEPT },
  );
  readonly changes = new KeptRows<ChangeRecord>(({ id }) => id, { max: CHANGES_KEPT });
  readonly commits = new KeptRows<CommitRecord>(({ sha }) => sha, {
    max: CHANGES_KEPT,
    maxSize: MESSAGES_KEPT,
    sizeCalculation: ({ message }) => message.length + 1,
  });
  readonly campaigns = new KeptRevisions<CampaignRecord>(({ id }) => id, { max: CAMPAIGNS_KEPT });
  readonly parts = new KeptRevisions<CampaignParts>(({ campaignId }) => campaignId, { max: CAMPAIGNS_KEPT });
}

/** Which version has a number. */
export type NumberedVersion = Pick<StoredVersion, 'id' | 'definitionId' | 'number'>;

/** Reads rows by their keys; what is not there is left out. */
type Read<T> = (missing: readonly string[]) => Promise<readonly T[]>;

class KeptRows<T extends object> {
  readonly #rows: LRUCache<string, T>;

  constructor(
    private readonly keyOf: (row: T) => string,
    limits: LRUCache.Options<string, T, unknown>,
  ) {
    this.#rows = new LRUCache(limits);
  }

  /** Those of these keys, in their order: what is kept and holds, and else what is read now and kept from then on. */
  async orRead(
    keys: readonly string[],
    read: Read<T>,
    holds: (row: T, key: string) => boolean = () => true,
  ): Promise<T[]> {
    const found = new Map<string, T>();
    const missing = new Set<string>();
    for (const key of keys) {
      const known = this.#rows.get(key);
      if (known && holds(known, key)) found.set(key, known);
      else missing.add(key);
    }
    for (const row of missing.size === 0 ? [] : await read([...missing])) {
      this.#rows.set(this.keyOf(row), row);
      found.set(this.keyOf(row), row);
    }
    return keys.flatMap((key) => found.get(key) ?? []);
  }
}

/** A campaign at a revision, which is another one after every change of it or of its parts. */
export type Revised = Pick<CampaignRecord, 'id' | 'revision'>;

class KeptRevisions<T extends { readonly revision: string }> extends KeptRows<T> {
  /** The same of campaigns: what is kept of another revision is read anew, and may be of a later one. */
  asOf(campaigns: readonly Revised[], read: Read<T>): Promise<T[]> {
    const revisions = new Map(campaigns.map(({ id, revision }) => [id, revision]));
    const ids = campaigns.map(({ id }) => id);
    return this.orRead(ids, read, (row, id) => row.revision === revisions.get(id));
  }
}
