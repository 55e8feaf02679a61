import { type EntityManager, IsNull, Not } from 'typeorm';
import type {
  Commit,
  DefinitionStore,
  NewDefinitionChange,
  RowDigest,
  ServedDefinition,
  StoredVersion,
  VersionRef,
} from '../../application/ports.js';
import type { DefinitionKind, Team } from '../../domain/workflow/document.js';
import type { DefinitionName, KnownFile } from '../../domain/workflow/known-files.js';
import type { Meanings } from '../../domain/workflow/reading.js';
import { conditionOf } from '../reads/version-condition.js';
import {
  CommitRow,
  DefinitionChangeRow,
  DefinitionFileRow,
  DefinitionRow,
  VersionRow,
} from '../rows/definition-rows.js';

/** Any number; the same for every process that writes definitions. */
const DEFINITIONS_LOCK = 7_317_350;
/** Whoever has not got it by then has waited for a process that hangs. */
const LOCK_TIMEOUT_MS = 600_000;
/** Files in one statement: enough to be quick, few enough for a parameter of a few megabytes. */
const FILES_AT_A_TIME = 500;

export class SqlDefinitionStore implements DefinitionStore {
  constructor(private readonly manager: EntityManager) {}

  async lock(): Promise<void> {
    // A commit of ten thousand files holds it for longer than other statements may take.
    await this.manager.query(`SET LOCAL statement_timeout = ${LOCK_TIMEOUT_MS}`);
    await this.manager.query('SELECT pg_advisory_xact_lock($1)', [DEFINITIONS_LOCK]);
    await this.manager.query('SET LOCAL statement_timeout TO DEFAULT');
  }

  async served(names: readonly DefinitionName[]): Promise<ServedDefinition[]> {
    if (names.length === 0) return [];
    const rows = (await this.manager
      .createQueryBuilder(DefinitionRow, 'definition')
      .leftJoinAndMapOne(
        'definition.version',
        VersionRow,
        'version',
        'version.id = definition.servedVersionId',
      )
      .where('(definition.kind, definition.key) IN (SELECT * FROM unnest(:kinds::text[], :keys::text[]))', {
        kinds: names.map(({ kind }) => kind),
        keys: names.map(({ key }) => key),
      })
      .orderBy('definition.id')
      .getMany()) as (DefinitionRow & { readonly version: VersionRow | null })[];
    return rows.map(({ id, key, file, retiredAt, version, ...row }) => {
      const kind = row.kind as DefinitionKind;
      return { id, kind, key, file, retiredAt, version: version && toVersion(kind, key, version) };
    });
  }

  async activeWorkflows(): Promise<string[]> {
    const rows = await this.manager.find(DefinitionRow, {
      select: { id: true, key: true },
      where: { kind: 'Workflow', retiredAt: IsNull(), servedVersionId: Not(IsNull()) },
    });
    return rows.map(({ key }) => key);
  }

  async knownCommits(shas: readonly string[]): Promise<ReadonlySet<string>> {
    const rows: { sha: string }[] = await this.manager.query(
      'SELECT sha FROM git_commit WHERE sha = ANY($1)',
      [shas],
    );
    return new Set(rows.map(({ sha }) => sha));
  }

  async files(): Promise<KnownFile[]> {
    return this.manager.find(DefinitionFileRow);
  }

  digests(): Promise<RowDigest[]> {
    return this.manager.query(DIGESTS);
  }

  async decisions(): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows: { sha: string; keys: string[] }[] = await this.manager.query(
      `SELECT h.commit_sha AS sha, array_agg(d.key) AS keys
         FROM definition_change h JOIN definition d ON d.id = h.definition_id
         LEFT JOIN definition_version f ON f.id = h.from_version_id
         LEFT JOIN definition_version t ON t.id = h.to_version_id
        WHERE d.kind = 'Workflow' AND (h.kind = 'retired'
          OR f.meaning->>'status' = 'pilot' AND t.meaning->>'status' = 'active')
        GROUP BY h.commit_sha`,
    );
    return new Map(rows.map(({ sha, keys }) => [sha, keys]));
  }

  async waiting(): Promise<ReadonlyMap<string, 'retirement' | 'pilot'>> {
    const rows: { key: string; reason: 'retirement' | 'pilot' }[] = await this.manager.query(
      `SELECT entry->>'key' AS key, entry->>'reason' AS reason FROM definition_file, jsonb_array_elements(held) entry
        WHERE held <> '[]' AND entry->>'reason' IN ('retirement', 'pilot')`,
    );
    return new Map(rows.map(({ key, reason }) => [key, reason]));
  }

  async saveFiles(files: readonly KnownFile[], gone: readonly string[]): Promise<void> {
    if (gone.length > 0) await this.manager.query('DELETE FROM definition_file WHERE path = ANY($1)', [gone]);
    for (let from = 0; from < files.length; from += FILES_AT_A_TIME) {
      const some = files.slice(from, from + FILES_AT_A_TIME);
      await this.manager.query(
        `INSERT INTO definition_file (path, blob, claims, lost, problems, held)
         SELECT f.path, f.blob, f.claims, ARRAY(SELECT jsonb_array_elements_text(f.lost)), f.problems, f.held
           FROM jsonb_to_recordset($1::jsonb)
             AS f(path text, blob text, claims jsonb, lost jsonb, problems jsonb, held jsonb)
         ON CONFLICT (path) DO UPDATE SET blob = excluded.blob, claims = excluded.claims, lost = excluded.lost,
           problems = excluded.problems, held = excluded.held`,
        [JSON.stringify(some, storable)],
      );
    }
  }

  async version(definitionId: string, ref: VersionRef): Promise<StoredVersion<'Workflow'> | null> {
    const [condition, value] = conditionOf(ref);
    const [found] = await this.manager.query<{ id: string; key: string }[]>(
      `SELECT v.id, d.key FROM definition_version v JOIN definition d ON d.id = v.definition_id
        WHERE d.id = ANY($1) AND ${condition}`,
      [[definitionId], value],
    );
    if (!found) return null;
    const row = await this.manager.findOneByOrFail(VersionRow, { id: found.id });
    return toVersion('Workflow', found.key, row);
  }

  servedVersion<K extends DefinitionKind>(
    kind: K,
    key: string,
    asOf: Date | null,
  ): Promise<StoredVersion<K> | null> {
    return this.findServed(kind, asOf, 'AND d.key = $3', [key]);
  }

  firstServed<K extends DefinitionKind>(kind: K, asOf: Date | null): Promise<StoredVersion<K> | null> {
    return this.findServed(kind, asOf, '', []);
  }

  async teams(): Promise<Team[]> {
    const rows = await this.manager.query<{ meaning: Team }[]>(TEAMS);
    return rows.map(({ meaning }) => meaning);
  }

  /** The version that the last change up to the moment put in service; a retirement puts none. */
  private async findServed<K extends DefinitionKind>(
    kind: K,
    asOf: Date | null,
    condition: string,
    values: readonly string[],
  ): Promise<StoredVersion<K> | null> {
    const rows: { key: string; version_id: string | null }[] = await this.manager.query(
      `SELECT d.key, c.to_version_id AS version_id
         FROM definition d
         JOIN LATERAL (SELECT to_version_id FROM definition_change
                        WHERE definition_id = d.id AND ($2::timestamptz IS NULL OR committed_at <= $2)
                        ORDER BY id DESC LIMIT 1) c ON true
        WHERE d.kind = $1 ${condition} AND c.to_version_id IS NOT NULL
        ORDER BY d.id LIMIT 1`,
      [kind, asOf, ...values],
    );
    const [found] = rows;
    if (!found?.version_id) return null;
    const version = await this.manager.findOneByOrFail(VersionRow, { id: found.version_id });
    return toVersion(kind, found.key, version);
  }

  async saveCommit(commit: Commit): Promise<void> {
    await this.manager
      .createQueryBuilder()
      .insert()
      .into(CommitRow)
      .values({
        sha: commit.sha,
        authorName: commit.author.name,
        authorEmail: commit.author.email,
        mergedAuthor: commit.mergedAuthor,
        authoredAt: commit.authoredAt,
        committedAt: commit.committedAt,
        message: commit.message,
        pullRequest: commit.pullRequest,
        signature: commit.signature,
      })
      .orIgnore()
      .execute();
  }

  async unverified(): Promise<string[]> {
    const rows: { sha: string }[] = await this.manager.query(
      `SELECT sha FROM git_commit WHERE signature->>'state' IN ('present', 'unknown-key') ORDER BY position`,
    );
    return rows.map(({ sha }) => sha);
  }

  async saveSignatures(commits: readonly Pick<Commit, 'sha' | 'signature'>[]): Promise<void> {
    await this.manager.query(
      `UPDATE git_commit c SET signature = s.signature
         FROM jsonb_to_recordset($1::jsonb) AS s(sha text, signature jsonb)
        WHERE c.sha = s.sha AND c.signature <> s.signature`,
      [JSON.stringify(commits.map(({ sha, signature }) => ({ sha, signature })))],
    );
  }

  async addDefinition(kind: DefinitionKind, key: string, file: string): Promise<string> {
    const row = await this.manager.save(DefinitionRow, {
      kind,
      key,
      file,
      retiredAt: null,
      servedVersionId: null,
    });
    return row.id;
  }

  async versionOf(
    definitionId: string,
    version: { hash: string; meaning: object; source: string; file: string; commitSha: string },
  ): Promise<NumberedVersion & { isNew: boolean }> {
    const made = await this.manager.query<NumberedVersion[]>(
      `INSERT INTO definition_version (definition_id, number, hash, meaning, source, file, commit_sha)
       SELECT $1::bigint, 1 + coalesce(max(number), 0), $2, $3::jsonb, $4, $5, $6
         FROM definition_version WHERE definition_id = $1
       ON CONFLICT (definition_id, hash) DO NOTHING RETURNING id, number`,
      [
        definitionId,
        version.hash,
        JSON.stringify(version.meaning),
        version.source,
        version.file,
        version.commitSha,
      ],
    );
    if (made[0]) return { ...made[0], isNew: true };
    const known = await this.manager.findOneByOrFail(VersionRow, { definitionId, hash: version.hash });
    return { id: known.id, number: known.number, isNew: false };
  }

  async serve(
    definitionId: string,
    versionId: string | null,
    file: string,
    retiredAt: Date | null,
  ): Promise<void> {
    await this.manager.update(DefinitionRow, definitionId, { servedVersionId: versionId, file, retiredAt });
  }

  async addChange(change: NewDefinitionChange): Promise<void> {
    const { commit, isRewind, ...rest } = change;
    await this.manager.insert(DefinitionChangeRow, {
      ...rest,
      commitSha: commit.sha,
      rewoundAfter: () => (isRewind ? '(SELECT max(position) FROM git_commit)' : 'NULL'),
    });
  }
}

/** The hash of a row is that of its columns as JSON, in which keys are in order. */
const hashed = (columns: string): string =>
  `encode(sha256(convert_to(jsonb_build_array(${columns})::text, 'utf8')), 'hex')`;
/** Why something is held back counts campaigns, which git knows nothing of. */
const HELD = `(SELECT jsonb_agg(entry - 'because') FROM jsonb_array_elements(held) entry)`;
const DIGESTS = `
  SELECT 'definition' AS table, d.kind || ' ' || d.key AS name,
    ${hashed('d.file, extract(epoch FROM d.retired_at), v.hash')} AS hash,
    d.kind || ' ' || d.key AS definition, NULL AS commit,
    CASE WHEN d.retired_at IS NULL THEN ${hashed('d.file, v.hash')} ELSE 'retired' END AS essence
    FROM definition d LEFT JOIN definition_version v ON v.id = d.served_version_id
  UNION ALL
  SELECT 'definition_version', d.kind || ' ' || d.key || ' ' || v.number,
    ${hashed('v.hash, v.meaning, v.source, v.file, v.commit_sha')},
    d.kind || ' ' || d.key, v.commit_sha, ${hashed('v.hash, v.meaning')}
    FROM definition_version v JOIN definition d ON d.id = v.definition_id
  UNION ALL
  SELECT 'definition_change', d.kind || ' ' || d.key || ' ' || row_number() OVER (PARTITION BY d.id ORDER BY h.id),
    ${hashed('h.kind, f.number, t.number, h.file, h.commit_sha, extract(epoch FROM h.committed_at), h.classification, h.summary, h.changes')},
    d.kind || ' ' || d.key, h.commit_sha, NULL
    FROM definition_change h JOIN definition d ON d.id = h.definition_id
    LEFT JOIN definition_version f ON f.id = h.from_version_id
    LEFT JOIN definition_version t ON t.id = h.to_version_id
  UNION ALL
  SELECT 'git_commit', sha,
    ${hashed('author_name, author_email, extract(epoch FROM authored_at), extract(epoch FROM committed_at), message, pull_request')},
    NULL, sha, NULL
    FROM git_commit
  UNION ALL
  SELECT 'definition_file', path, ${hashed(`blob, claims, to_jsonb(lost), problems, ${HELD}`)}, NULL, NULL, NULL
    FROM definition_file`;

interface NumberedVersion {
  readonly id: string;
  readonly number: number;
}

/** Whatever a file says in places where it is wrong, PostgreSQL takes neither U+0000 nor half a character. */
const storable = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll(/[\0\p{Surrogate}]/gu, '\uFFFD') : value;

export function toVersion<K extends DefinitionKind>(kind: K, key: string, row: VersionRow): StoredVersion<K> {
  const { id, definitionId, number, hash, source, file, commitSha } = row;
  return {
    id,
    definitionId,
    kind,
    key,
    number,
    hash,
    meaning: row.meaning as Meanings[K],
    source,
    file,
    commitSha,
  };
}

/** What each team means, of those that are served. */
export const TEAMS = `SELECT v.meaning FROM definition d JOIN definition_version v ON v.id = d.served_version_id
  WHERE d.kind = 'Team' AND d.retired_at IS NULL ORDER BY d.key`;
