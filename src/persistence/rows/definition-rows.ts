import type { Commit, CommitSignature } from '../../application/ports.js';
import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { Problem } from '../../domain/problem.js';
import type { Claim, HeldDefinition } from '../../domain/workflow/known-files.js';

/** A commit of the branch that the repository is read from. */
@Entity('git_commit')
export class CommitRow {
  @PrimaryColumn('text') sha!: string;
  @Column('text', { name: 'author_name' }) authorName!: string;
  @Column('text', { name: 'author_email' }) authorEmail!: string;
  @Column('jsonb', { name: 'merged_author', nullable: true }) mergedAuthor!: Commit['mergedAuthor'];
  @Column('timestamptz', { name: 'authored_at' }) authoredAt!: Date;
  @Column('timestamptz', { name: 'committed_at' }) committedAt!: Date;
  @Column('text') message!: string;
  @Column('integer', { name: 'pull_request', nullable: true }) pullRequest!: number | null;
  @Column('jsonb') signature!: CommitSignature;
}

/** A definition by kind and key; which version is served may change, the row stays. */
@Entity('definition')
export class DefinitionRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('text') kind!: string;
  @Column('text') key!: string;
  @Column('text') file!: string;
  @Column('timestamptz', { name: 'retired_at', nullable: true }) retiredAt!: Date | null;
  @Column('bigint', { name: 'served_version_id', nullable: true }) servedVersionId!: string | null;
}

/** One meaning that a definition has had. Never updated, never deleted. */
@Entity('definition_version')
export class VersionRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('bigint', { name: 'definition_id' }) definitionId!: string;
  @Column('integer') number!: number;
  @Column('text') hash!: string;
  @Column('jsonb') meaning!: object;
  @Column('text') source!: string;
  @Column('text') file!: string;
  @Column('text', { name: 'commit_sha' }) commitSha!: string;
}

/** A commit's effect on one definition. */
@Entity('definition_change')
export class DefinitionChangeRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('bigint', { name: 'definition_id' }) definitionId!: string;
  @Column('text') kind!: string;
  @Column('bigint', { name: 'from_version_id', nullable: true }) fromVersionId!: string | null;
  @Column('bigint', { name: 'to_version_id', nullable: true }) toVersionId!: string | null;
  @Column('text') file!: string;
  @Column('text', { name: 'commit_sha' }) commitSha!: string;
  @Column('timestamptz', { name: 'committed_at' }) committedAt!: Date;
  /** Position of the last commit that there was before the history was rewritten, and went back to this one; else null. */
  @Column('bigint', { name: 'rewound_after', nullable: true }) rewoundAfter!: string | null;
  @Column('text') classification!: string;
  @Column('text') summary!: string;
  @Column('jsonb') changes!: object;
}

/** The one repository: what is served, what was attempted last, and why the two differ. */
@Entity('repository')
export class RepositoryRow {
  @PrimaryColumn('integer') id!: number;
  @Column('text') location!: string;
  @Column('text') branch!: string;
  @Column('text') folder!: string;
  @Column('text', { name: 'served_sha', nullable: true }) servedSha!: string | null;
  @Column('text', { name: 'attempted_sha', nullable: true }) attemptedSha!: string | null;
  @Column('timestamptz', { name: 'attempted_at', nullable: true }) attemptedAt!: Date | null;
  /** The branch's head when it was last looked at; commits up to it that leave the folder alone are no attempt. */
  @Column('text', { name: 'head_sha', nullable: true }) headSha!: string | null;
  /** Counts what was taken over, so that each process knows whether what it remembers still holds. */
  @Column('integer') epoch!: number;
  /** What the files were checked against. */
  @Column('text', { nullable: true }) context!: string | null;
  /** Files with errors. */
  @Column('integer') errors!: number;
  /** Files of which something is held back. */
  @Column('integer') held!: number;
  /** Why it cannot be read; null where it can. */
  @Column('text', { nullable: true }) failure!: string | null;
  @Column('timestamptz', { name: 'failing_since', nullable: true }) failingSince!: Date | null;
  @Column('timestamptz', { name: 'behind_since', nullable: true }) behindSince!: Date | null;
  /** Changes with the keys that signatures were verified with. */
  @Column('text', { nullable: true }) signers!: string | null;
}

/** What is known of a file at the commit attempted last. */
@Entity('definition_file')
export class DefinitionFileRow {
  @PrimaryColumn('text') path!: string;
  @Column('text', { nullable: true }) blob!: string | null;
  @Column('jsonb') claims!: readonly Claim[];
  @Column('text', { array: true }) lost!: readonly string[];
  @Column('jsonb') problems!: readonly Problem[];
  @Column('jsonb') held!: readonly HeldDefinition[];
}

/** One attempt to bring the database up to the branch's head. */
@Entity('sync_run')
export class SyncRunRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('text') trigger!: string;
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date;
  @Column('timestamptz', { name: 'finished_at' }) finishedAt!: Date;
  @Column('text') outcome!: string;
  @Column('text', { name: 'from_sha', nullable: true }) fromSha!: string | null;
  @Column('text', { name: 'to_sha', nullable: true }) toSha!: string | null;
  @Column('integer') commits!: number;
  @Column('integer') versions!: number;
  @Column('jsonb') problems!: readonly Problem[];
  @Column('text', { nullable: true }) error!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
}
