import type { EntityManager } from 'typeorm';
import type {
  Commit,
  DefinitionStore,
  NewDefinitionChange,
  ServedDefinition,
  StoredVersion,
} from '../../application/ports.js';
import type { DefinitionKind } from '../../domain/workflow/document.js';
import type { Meanings } from '../../domain/workflow/reading.js';
import { CommitRow, DefinitionChangeRow, DefinitionRow, VersionRow } from '../rows/definition-rows.js';

/** Any number; the same for every process that writes definitions. */
const DEFINITIONS_LOCK = 7_317_350;

export class SqlDefinitionStore implements DefinitionStore {
  constructor(private readonly manager: EntityManager) {}

  async lock(): Promise<void> {
    await this.manager.query('SELECT pg_advisory_xact_lock($1)', [DEFINITIONS_LOCK]);
  }

  async served(): Promise<ServedDefinition[]> {
    const rows = await this.manager.find(DefinitionRow, { order: { id: 'ASC' } });
    const ids = rows.flatMap((row) => (row.servedVersionId === null ? [] : [row.servedVersionId]));
    const versions = await this.manager
      .createQueryBuilder(VersionRow, 'version')
      .where('version.id = ANY(:ids)', { ids })
      .getMany();
    const byId = new Map(versions.map((version) => [version.id, version]));
    return rows.map((row) => {
      const version = row.servedVersionId === null ? undefined : byId.get(row.servedVersionId);
      const kind = row.kind as DefinitionKind;
      return {
        id: row.id,
        kind,
        key: row.key,
        file: row.file,
        retiredAt: row.retiredAt,
        version: version ? toVersion(kind, row.key, version) : null,
      };
    });
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
        authoredAt: commit.authoredAt,
        committedAt: commit.committedAt,
        message: commit.message,
        pullRequest: commit.pullRequest,
        signature: commit.signature,
      })
      .orIgnore()
      .execute();
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
  ): Promise<{ id: string; number: number; isNew: boolean }> {
    const known = await this.manager.findOneBy(VersionRow, { definitionId, hash: version.hash });
    if (known) return { id: known.id, number: known.number, isNew: false };
    const number = (await this.manager.countBy(VersionRow, { definitionId })) + 1;
    const { id } = await this.manager.save(VersionRow, { definitionId, number, ...version });
    return { id, number, isNew: true };
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
    const { commit, ...rest } = change;
    await this.manager.insert(DefinitionChangeRow, {
      ...rest,
      commitSha: commit.sha,
      committedAt: commit.committedAt,
    });
  }
}

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
