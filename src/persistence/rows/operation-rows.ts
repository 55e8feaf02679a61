import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { AlertKind } from '../../domain/alert.js';

@Entity('alert')
export class AlertRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' }) id!: string;
  @Column('text') kind!: AlertKind;
  @Column('text') subject!: string;
  @Column('text') message!: string;
  @Column('text', { nullable: true }) campaign!: string | null;
  @Column('text', { array: true }) roles!: string[];
  @Column('timestamptz', { name: 'raised_at' }) raisedAt!: Date;
  @Column('timestamptz', { name: 'resolved_at', nullable: true }) resolvedAt!: Date | null;
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true }) acknowledgedAt!: Date | null;
  @Column('text', { name: 'acknowledged_by', nullable: true }) acknowledgedBy!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('text', { nullable: true }) resolution!: string | null;
}

/** An older version that is served whatever the branch says, until it is let go. */
@Entity('workflow_pin')
export class PinRow {
  @PrimaryColumn('bigint', { name: 'definition_id' }) definitionId!: string;
  @Column('bigint', { name: 'version_id' }) versionId!: string;
  @Column('text', { name: 'pinned_by' }) pinnedBy!: string;
  @Column('text') reason!: string;
  @Column('timestamptz', { name: 'pinned_at' }) pinnedAt!: Date;
}
