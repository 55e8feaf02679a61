import type { Signature } from '../../domain/campaign/approvals/signature.js';
import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { FormerLaunch } from '../../domain/calendar/checkpoints.js';
import type { Brief, CheckResult, Pins, Renamed } from '../../domain/campaign/state.js';

const asIs = (value: number | null): number | null => value;

/** A campaign, pinned to one version of its workflow. */
@Entity('campaign')
export class CampaignRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('text') key!: string;
  @Column('text') name!: string;
  @Column('bigint', { name: 'version_id' }) versionId!: string;
  @Column('bigint', { name: 'policy_version_id', nullable: true }) policyVersionId!: string | null;
  @Column('bigint', { name: 'taxonomy_version_id', nullable: true }) taxonomyVersionId!: string | null;
  @Column('text') status!: string;
  @Column('text') type!: string;
  @Column('text') risk!: string;
  @Column('numeric') budget!: string;
  @Column('text', { array: true }) labels!: string[];
  @Column('text', { array: true }) flags!: string[];
  @Column('jsonb') brief!: Brief;
  /** Who has written each field. */
  @Column('jsonb', { name: 'brief_authors' }) briefAuthors!: Readonly<Record<string, readonly string[]>>;
  @Column('integer', { name: 'brief_version' }) briefVersion!: number;
  @Column('timestamptz', { name: 'planned_launch_at', nullable: true }) plannedLaunchAt!: Date | null;
  @Column('jsonb', { name: 'former_launches' }) formerLaunches!: readonly FormerLaunch[];
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'launched_at', nullable: true }) launchedAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('text', { name: 'cancelled_because', nullable: true }) cancelledBecause!: string | null;
  @Column('text', { array: true }) waived!: string[];
}

@Entity('campaign_channel')
export class ChannelRow {
  @PrimaryColumn('bigint', { name: 'campaign_id' }) campaignId!: string;
  @PrimaryColumn('text') channel!: string;
  @Column('text') status!: string;
  @Column('timestamptz', { name: 'planned_at', nullable: true }) plannedAt!: Date | null;
  @Column('timestamptz', { name: 'launched_at', nullable: true }) launchedAt!: Date | null;
  /** In cents. */
  @Column('bigint', {
    name: 'budget_cents',
    nullable: true,
    transformer: { from: (value: string | null) => (value === null ? null : Number(value)), to: asIs },
  })
  budget!: number | null;
  @Column('text', { name: 'paused_by', nullable: true }) pausedBy!: string | null;
  @Column('text', { name: 'paused_reason', nullable: true }) pausedReason!: string | null;
  @Column('timestamptz', { name: 'paused_at', nullable: true }) pausedAt!: Date | null;
  @Column('text', { nullable: true }) creative!: string | null;
}

@Entity('campaign_step')
export class StepRow {
  @PrimaryColumn('bigint', { name: 'campaign_id' }) campaignId!: string;
  @PrimaryColumn('text') key!: string;
  @Column('text') status!: string;
  @Column('integer') round!: number;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt!: Date | null;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
}

@Entity('campaign_gate')
export class GateRow {
  @PrimaryColumn('bigint', { name: 'campaign_id' }) campaignId!: string;
  @PrimaryColumn('text') key!: string;
  @Column('text') status!: string;
  @Column('jsonb') results!: readonly CheckResult[];
  @Column('timestamptz', { name: 'evaluated_at' }) evaluatedAt!: Date;
}

@Entity('campaign_handoff')
export class HandoffRow {
  @PrimaryColumn('bigint', { name: 'campaign_id' }) campaignId!: string;
  @PrimaryColumn('text') key!: string;
  @Column('timestamptz', { name: 'accepted_at' }) acceptedAt!: Date;
  @Column('text', { name: 'accepted_by', nullable: true }) acceptedBy!: string | null;
  @Column('text', { name: 'content_hash', nullable: true }) contentHash!: string | null;
}

@Entity('campaign_approval')
export class ApprovalRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('bigint', { name: 'campaign_id' }) campaignId!: string;
  @Column('text') step!: string;
  @Column('text') decision!: string;
  @Column('text') role!: string;
  @Column('text') actor!: string;
  @Column('text', { nullable: true }) comment!: string | null;
  @Column('timestamptz', { name: 'decided_at' }) decidedAt!: Date;
  @Column('text', { name: 'for_role' }) forRole!: string;
  @Column('integer') round!: number;
  @Column('text', { name: 'content_hash', nullable: true }) contentHash!: string | null;
  @Column('bigint', { name: 'version_id', nullable: true }) versionId!: string | null;
  @Column('timestamptz', { name: 'invalidated_at', nullable: true }) invalidatedAt!: Date | null;
  @Column('text', { name: 'invalidated_by', nullable: true }) invalidatedBy!: string | null;
  @Column('text', { name: 'invalidated_because', nullable: true }) invalidatedBecause!: string | null;
  @Column('jsonb', { nullable: true }) signature!: Signature | null;
}

/** A role that was handed to another one, or to a person. */
@Entity('campaign_delegation')
export class DelegationRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('bigint', { name: 'campaign_id' }) campaignId!: string;
  @Column('text') role!: string;
  @Column('text', { nullable: true }) step!: string | null;
  @Column('text', { name: 'to_role', nullable: true }) toRole!: string | null;
  @Column('text', { name: 'to_person', nullable: true }) toPerson!: string | null;
  @Column('text') reason!: string;
  @Column('timestamptz', { nullable: true }) until!: Date | null;
  @Column('text', { name: 'actor' }) by!: string;
  @Column('timestamptz', { name: 'delegated_at' }) at!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

/** One line of the routing log: that an answer was asked of somebody. */
@Entity('campaign_request')
export class RequestRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('bigint', { name: 'campaign_id' }) campaignId!: string;
  @Column('text', { nullable: true }) step!: string | null;
  @Column('text', { nullable: true }) handoff!: string | null;
  @Column('boolean', { name: 'is_returned' }) isReturned!: boolean;
  @Column('text') role!: string;
  @Column('text') asked!: string;
  @Column('text') rule!: string;
  @Column('text') because!: string;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Date | null;
  @Column('timestamptz', { nullable: true }) until!: Date | null;
  @Column('timestamptz', { name: 'passed_at', nullable: true }) passedAt!: Date | null;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt!: Date | null;
  @Column('text', { name: 'answered_by', nullable: true }) answeredBy!: string | null;
}

/** A hand-off that was sent back, and whether it was offered again. */
@Entity('campaign_return')
export class ReturnRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('bigint', { name: 'campaign_id' }) campaignId!: string;
  @Column('text') handoff!: string;
  @Column('text') reason!: string;
  @Column('text') actor!: string;
  @Column('timestamptz', { name: 'returned_at' }) returnedAt!: Date;
  @Column('timestamptz', { name: 'offered_at', nullable: true }) offeredAt!: Date | null;
  @Column('text', { name: 'offered_by', nullable: true }) offeredBy!: string | null;
}

/** An accepted hand-off that was opened again, and what had been accepted. */
@Entity('campaign_reopening')
export class ReopeningRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('bigint', { name: 'campaign_id' }) campaignId!: string;
  @Column('text') handoff!: string;
  @Column('text') because!: string;
  @Column('text', { name: 'actor' }) by!: string;
  @Column('timestamptz', { name: 'reopened_at' }) at!: Date;
  @Column('timestamptz', { name: 'accepted_at' }) acceptedAt!: Date;
  @Column('text', { name: 'accepted_by', nullable: true }) acceptedBy!: string | null;
  @Column('text', { name: 'content_hash', nullable: true }) contentHash!: string | null;
}

/** Something that was gone past. */
@Entity('campaign_deviation')
export class DeviationRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('bigint', { name: 'campaign_id' }) campaignId!: string;
  @Column('bigint', { name: 'version_id' }) versionId!: string;
  @Column('text') kind!: string;
  @Column('text') key!: string;
  @Column('text') rationale!: string;
  @Column('text', { array: true }) told!: string[];
  @Column('text') actor!: string;
  @Column('timestamptz', { name: 'decided_at' }) decidedAt!: Date;
}

/** A move of a campaign to other versions, and what it takes to undo it. */
@Entity('campaign_migration')
export class MigrationRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('bigint', { name: 'campaign_id' }) campaignId!: string;
  @Column('jsonb', { name: 'moved_from' }) from!: Pins;
  @Column('jsonb') renamed!: readonly Renamed[];
  @Column('text', { array: true }) channels!: readonly string[];
  @Column('timestamptz', { name: 'moved_at' }) movedAt!: Date;
  @Column('timestamptz', { name: 'undone_at', nullable: true }) undoneAt!: Date | null;
}

@Entity('retrospective')
export class RetrospectiveRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('bigint', { name: 'campaign_id' }) campaignId!: string;
  @Column('jsonb') evidence!: object;
  @Column('jsonb') answers!: object;
  @Column('jsonb') actions!: object;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'completed_at', nullable: true }) completedAt!: Date | null;
  @Column('text', { name: 'completed_by', nullable: true }) completedBy!: string | null;
}

/** One state change. Written in the same transaction as the change; never updated, never deleted. */
@Entity('audit_record')
export class AuditRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('timestamptz', { name: 'happened_at' }) happenedAt!: Date;
  @Column('text') actor!: string;
  @Column('text', { array: true }) roles!: string[];
  @Column('jsonb', { nullable: true }) origin!: object | null;
  @Column('text') action!: string;
  @Column('text') subject!: string;
  @Column('bigint', { name: 'campaign_id', nullable: true }) campaignId!: string | null;
  @Column('bigint', { name: 'version_id', nullable: true }) versionId!: string | null;
  @Column('text', { name: 'commit_sha', nullable: true }) commitSha!: string | null;
  @Column('jsonb', { nullable: true }) before!: object | null;
  @Column('jsonb', { nullable: true }) after!: object | null;
  @Column('text', { name: 'request_key', nullable: true }) requestKey!: string | null;
  @Column('text', { name: 'request_hash', nullable: true }) requestHash!: string | null;
}
