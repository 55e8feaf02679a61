import { Field, Float, GraphQLISODateTime, Int, InterfaceType, ObjectType } from 'type-graphql';
import type { Evidence } from '../domain/metrics/measure.js';
import { CampaignMetricEnum, DimensionEnum, FactEnum, MetricUnitEnum } from './enums.js';

@ObjectType('Asset', { description: 'One thing that readers get to see on a channel.' })
export class AssetType {
  @Field(() => String, { description: 'Its name within the campaign.' }) key!: string;
  @Field(() => String, { description: 'Where it is published.' }) channel!: string;
  @Field(() => String, { description: 'As it was given, with markup and placeholders.' }) text!: string;
  @Field(() => String, { nullable: true, description: 'Code of the offer that it makes.' })
  offer!: string | null;
  @Field(() => [String], { description: 'For whom it is.' }) segments!: readonly string[];
  @Field(() => [String], { description: 'Where it leads.' }) links!: readonly string[];
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it is published.' })
  plannedAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Key of the asset that it was made from.' })
  derivedFrom!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'What it is about; null where that is what the campaign is about.',
  })
  theme!: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Key of the asset that has changed since this one was made from it, directly or by way of others; null where none has.',
  })
  staleSource!: string | null;
  @Field(() => Int, { description: 'From 1; one more each time readers see something else of it.' })
  revision!: number;
  @Field(() => GraphQLISODateTime, { description: 'When it was given last.' }) updatedAt!: Date;
  @Field(() => [String], { description: 'What it is said to contain.' }) flags!: readonly string[];
  @Field(() => [String], { description: 'Everybody who has written it; none of them approves it.' })
  writtenBy!: readonly string[];
}
@ObjectType('Audience', { description: 'Whom a channel reaches, by hashed ids.' })
export class AudienceType {
  @Field(() => String, { description: 'The channel.' }) channel!: string;
  @Field(() => Int, { description: 'Members, each counted once.' }) size!: number;
  @Field(() => GraphQLISODateTime, { description: 'When it was given.' }) updatedAt!: Date;
  @Field(() => Int, {
    nullable: true,
    description:
      'Members that are not in the one list of the campaign; null where that is not given. An estimate where both have more than five million.',
  })
  outsideList!: number | null;
}
@ObjectType('AudienceList', { description: 'Everybody whom a campaign may reach, by hashed ids.' })
export class AudienceListType {
  @Field(() => Int, { description: 'Members, each counted once.' }) size!: number;
  @Field(() => GraphQLISODateTime, { description: 'When it was given.' }) updatedAt!: Date;
}
@ObjectType('TextPlace', { description: 'Where an asset, or the brief, says something.' })
export class TextPlaceType {
  @Field(() => String, { nullable: true, description: 'Key of the asset; null for the brief.' })
  asset!: string | null;
  @Field(() => String, { nullable: true, description: 'Its channel; null for the brief.' })
  channel!: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'First character in the text of the asset, in UTF-16 units from 0; null for the brief.',
  })
  start!: number | null;
  @Field(() => Int, { nullable: true, description: 'The one after the last.' }) end!: number | null;
  @Field(() => String, { description: 'The words.' }) text!: string;
}
@ObjectType('ContradictionSide', { description: 'What some of the texts say.' })
export class ContradictionSideType {
  @Field(() => String, { description: 'The same for all ways to say it.' }) value!: string;
  @Field(() => [TextPlaceType], { description: 'Who says it, and where.' }) places!: readonly TextPlaceType[];
}

const TYPES: Readonly<Record<Evidence['type'], string>> = {
  contradiction: 'Contradiction',
  drift: 'BriefDrift',
  tone: 'ToneDifference',
  coverage: 'MissingCoverage',
  opening: 'ChannelOpening',
  response: 'HandoffResponse',
  overlap: 'AudienceOverlap',
};
export const evidenceTypeName = ({ type }: { type: Evidence['type'] }): string => TYPES[type];

@InterfaceType('Evidence', {
  description: 'Why a metric has its value.',
  resolveType: evidenceTypeName,
})
export abstract class EvidenceInterface {
  @Field(() => String, { description: 'In a sentence.' }) message!: string;
}
const evidence = (type: Evidence['type'], description: string) =>
  ObjectType(TYPES[type], { implements: EvidenceInterface, description });

@evidence('contradiction', 'Two or more texts, of which a careful reader would expect different things.')
export class ContradictionType extends EvidenceInterface {
  @Field(() => FactEnum, { description: 'About what.' }) fact!: string;
  @Field(() => [ContradictionSideType], {
    description: 'Who says what: the brief first, then most said first.',
  })
  sides!: readonly ContradictionSideType[];
}
@evidence('drift', 'A field of the brief that an asset or a channel does not keep to.')
export class BriefDriftType extends EvidenceInterface {
  @Field(() => String, { description: 'The field, or the fact that the text states.' }) field!: string;
  @Field(() => String, { description: 'What the brief says.' }) briefValue!: string;
  @Field(() => String, {
    nullable: true,
    description: "Key of the asset; null where it is the channel's plan.",
  })
  asset!: string | null;
  @Field(() => String, { description: 'The channel.' }) channel!: string;
  @Field(() => String, { description: 'What the asset or the channel says.' }) value!: string;
  @Field(() => GraphQLISODateTime, { description: 'Since when it has been so.' }) since!: Date;
  @Field(() => Float, { description: 'Hours since then.' }) ageHours!: number;
}
@evidence('tone', 'An asset that speaks otherwise than the brief asks.')
export class ToneDifferenceType extends EvidenceInterface {
  @Field(() => String, { description: 'Key of the asset.' }) asset!: string;
  @Field(() => String, { description: 'formal or casual.' }) tone!: string;
  @Field(() => String, { description: 'What the brief asks for.' }) wanted!: string;
}
@evidence('coverage', 'What an asset does not say of what it should.')
export class MissingCoverageType extends EvidenceInterface {
  @Field(() => String, { description: 'Key of the asset.' }) asset!: string;
  @Field(() => [String], { description: 'What it says.' }) covered!: readonly string[];
  @Field(() => [String], { description: 'What it does not say.' }) missing!: readonly string[];
  @Field(() => [String], { description: 'In another language, so that it could not be told.' })
  unknown!: readonly string[];
}
@evidence('opening', 'When a channel opens, or did.')
export class ChannelOpeningType extends EvidenceInterface {
  @Field(() => String, { description: 'The channel.' }) channel!: string;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null where it is not planned.' })
  at!: Date | null;
  @Field(() => Boolean, { description: 'Whether it has opened.' }) isActual!: boolean;
  @Field(() => Float, { nullable: true, description: 'Actual less planned; null before it opens.' })
  delayHours!: number | null;
}
@evidence('response', 'A hand-off that was accepted late.')
export class HandoffResponseType extends EvidenceInterface {
  @Field(() => String, { description: 'Key of the hand-off.' }) handoff!: string;
  @Field(() => Float, { description: 'Working hours of the receiving role until it was accepted.' })
  workingHours!: number;
  @Field(() => Float, { description: 'Working hours it had.' }) withinHours!: number;
}
@evidence('overlap', 'How far the audiences of two channels are the same people.')
export class AudienceOverlapType extends EvidenceInterface {
  @Field(() => String, { description: 'One channel.' }) a!: string;
  @Field(() => String, { description: 'The other.' }) b!: string;
  @Field(() => Int, { description: 'Members of both.' }) shared!: number;
  @Field(() => Float, { description: 'Members of both / members of either.' }) jaccard!: number;
  @Field(() => Float, { description: 'Members of both / members of the smaller one.' }) overlap!: number;
  @Field(() => Float, { description: 'Share of the first that is in the second.' }) containment!: number;
  @Field(() => Float, { description: 'Share of the second that is in the first.' }) containmentOther!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Standard error of the Jaccard index where it was estimated; null where it was counted.',
  })
  jaccardError!: number | null;
}
export const EVIDENCE_TYPES = [
  ContradictionType,
  BriefDriftType,
  ToneDifferenceType,
  MissingCoverageType,
  ChannelOpeningType,
  HandoffResponseType,
  AudienceOverlapType,
];

@ObjectType('MetricPart', { description: 'A figure beside the value of a metric.' })
export class MetricPartType {
  @Field(() => String, { description: 'Its name, for example inWindowShare.' }) name!: string;
  @Field(() => Float, { description: 'Its value.' }) value!: number;
}
@ObjectType('MetricDefinition', { description: 'What a metric is.' })
export class MetricDefinitionType {
  @Field(() => CampaignMetricEnum, { description: 'The metric.' }) metric!: string;
  @Field(() => String, { description: 'Its name in definitions, for example message-consistency.' })
  name!: string;
  @Field(() => String, { description: 'Its name for people.' }) title!: string;
  @Field(() => MetricUnitEnum, { description: 'What it is counted in.' }) unit!: string;
  @Field(() => String, { description: 'How it is got.' }) formula!: string;
  @Field(() => String, { description: 'The paper, rule or requirement that it follows.' }) source!: string;
  @Field(() => String, { description: 'What it takes; without that it has no value.' }) needs!: string;
  @Field(() => Boolean, { description: 'Measured of one campaign, so that a gate can check it.' })
  isCheckable!: boolean;
}
@ObjectType('MetricValue', { description: 'A metric of a campaign.' })
export class MetricValueType extends MetricDefinitionType {
  @Field(() => Float, { nullable: true, description: 'In its unit; null where something is missing.' })
  value!: number | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When one of the things it rests on last changed; null where none has yet.',
  })
  measuredAt!: Date | null;
}
@ObjectType('DimensionState', { description: 'Whether a campaign agrees in one dimension.' })
export class DimensionStateType {
  @Field(() => DimensionEnum, { description: 'In what.' }) dimension!: string;
  @Field(() => Boolean, { description: 'Whether it does.' }) agrees!: boolean;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Since when; null: it never has.' })
  since!: Date | null;
}
@ObjectType('ConvergenceLoss', {
  description: 'A time in which a campaign had come together and did so no more.',
})
export class ConvergenceLossType {
  @Field(() => GraphQLISODateTime, { description: 'When it was lost.' }) from!: Date;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was found again; null: not yet.' })
  to!: Date | null;
  @Field(() => DimensionEnum, { description: 'What was lost first.' }) dimension!: string;
}
@ObjectType('Convergence', {
  description: 'Whether content, targeting, channels and timing agree, and since when.',
})
export class ConvergenceType {
  @Field(() => Boolean, { description: 'Whether all four agree now.' }) isConverged!: boolean;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When all four first agreed.' })
  convergedAt!: Date | null;
  @Field(() => [ConvergenceLossType], { description: 'Each time it was lost.' })
  lost!: readonly ConvergenceLossType[];
  @Field(() => [DimensionStateType], { description: 'The four.' }) dimensions!: readonly DimensionStateType[];
}
