import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The plan that was posted last on an open pull request, and what it rests on. */
@Entity('pull_request')
export class PullRequestRow {
  @PrimaryColumn('text') repository!: string;
  @PrimaryColumn('integer') number!: number;
  @Column('text', { name: 'base_sha' }) baseSha!: string;
  @Column('text', { name: 'head_sha' }) headSha!: string;
  @Column('text', { array: true }) workflows!: readonly string[];
  @Column('text') epoch!: string;
  @Column('timestamptz', { name: 'seen_at' }) seenAt!: Date;
  @Column('timestamptz', { name: 'checked_at' }) checkedAt!: Date;
  @Column('timestamptz', { name: 'outdated_at', nullable: true }) outdatedAt!: Date | null;
}

/** What a reviewer approved: the changes of the plan at a commit, by the hash of what they mean. */
@Entity('pull_request_approval')
export class PullRequestApprovalRow {
  @PrimaryColumn('text') repository!: string;
  @PrimaryColumn('integer') number!: number;
  @PrimaryColumn('text') reviewer!: string;
  @Column('text') sha!: string;
  @Column('text', { array: true }) items!: readonly string[];
  @Column('timestamptz', { name: 'noted_at' }) notedAt!: Date;
}

/** A branch that is written here for somebody, and all that it is made from. */
@Entity('proposal')
export class ProposalRow {
  @PrimaryColumn('text') repository!: string;
  @PrimaryColumn('text') branch!: string;
  @Column('text') workflow!: string;
  @Column('text', { name: 'commit_sha' }) commitSha!: string;
  @Column('text', { name: 'base_branch' }) baseBranch!: string;
  @Column('text', { name: 'base_sha' }) baseSha!: string;
  @Column('text') file!: string;
  @Column('text') text!: string;
  @Column('text', { name: 'meaning_hash', nullable: true }) meaningHash!: string | null;
  @Column('text') title!: string;
  @Column('text') rationale!: string;
  @Column('text', { name: 'proposed_by' }) proposedBy!: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date;
  @Column('text') state!: 'pending' | 'pushed' | 'rejected';
  @Column('integer', { name: 'pull_request', nullable: true }) pullRequest!: number | null;
}
