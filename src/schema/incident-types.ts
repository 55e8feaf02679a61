import { Field, Float, GraphQLISODateTime, InputType, Int, ObjectType } from 'type-graphql';
import type { IncidentCause, IncidentKind } from '../domain/learning/incidents.js';
import { CampaignType } from './campaign-types.js';
import { FailurePointEnum, IncidentCauseEnum, IncidentKindEnum } from './learning-enums.js';

@ObjectType('IncidentDelay', { description: 'How late a channel was, and how the time before it was spent.' })
export class IncidentDelayType {
  @Field(() => Float, { description: 'From its plan to its opening, or to now.' }) hours!: number;
  @Field(() => Float, {
    description:
      'Working hours along what ended last, each before the next: ready, and not begun, passed or accepted.',
  })
  waitingHours!: number;
  @Field(() => Float, { description: 'Working hours along the same: worked on.' }) workingHours!: number;
}
@ObjectType('Incident', { description: 'Something that went wrong in a campaign.' })
export class IncidentType {
  @Field(() => IncidentKindEnum, { description: 'What it is.' }) kind!: string;
  @Field(() => String, { description: 'The channel, fact, hand-off, milestone or trigger.' })
  subject!: string;
  @Field(() => IncidentCauseEnum, { description: 'What caused it, as far as the record shows.' })
  cause!: string;
  @Field(() => FailurePointEnum, {
    nullable: true,
    description: 'Where work failed; null where that is open.',
  })
  failurePoint!: string | null;
  @Field(() => [String], { description: 'What the record shows.' }) evidence!: readonly string[];
  @Field(() => IncidentDelayType, { nullable: true, description: 'Of a missed deadline.' })
  delay!: IncidentDelayType | null;
  @Field(() => String, {
    nullable: true,
    description: 'Who has reported it; null where it is recognised from the record.',
  })
  reportedBy?: string | null;
}

@ObjectType('IncidentKindCount', { description: 'How often one kind of incident came.' })
export class IncidentKindCountType {
  @Field(() => IncidentKindEnum, { description: 'The kind.' }) kind!: string;
  @Field(() => Int, { description: 'How many.' }) count!: number;
  @Field(() => Float, { nullable: true, description: 'For each campaign; null where there are none.' })
  perCampaign!: number | null;
}
@ObjectType('IncidentCauseShare', { description: 'What one cause led to.' })
export class IncidentCauseShareType {
  @Field(() => IncidentCauseEnum, { description: 'The cause.' }) cause!: string;
  @Field(() => Int, { description: 'Incidents that it led to.' }) count!: number;
  @Field(() => Float, {
    description: 'Hours by which deadlines were missed for it: of each campaign those of its latest channel.',
  })
  delayHours!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Of all hours of delay, from 0 to 1; null where nothing was late.',
  })
  delayShare!: number | null;
}
@ObjectType('CampaignIncident', { description: 'An incident, and whose it is.' })
export class CampaignIncidentType {
  @Field(() => CampaignType, { description: 'The campaign.' }) campaign!: object;
  @Field(() => IncidentType, { description: 'What went wrong in it.' }) incident!: IncidentType;
}
@ObjectType('IncidentCounts', {
  description: 'What went wrong in some campaigns, how often, and by what cause.',
})
export class IncidentCountsType {
  @Field(() => Int, { description: 'Campaigns that were looked at.' }) campaigns!: number;
  @Field(() => Int, { description: 'Incidents in all.' }) count!: number;
  @Field(() => [IncidentKindCountType], { description: 'Every kind.' }) kinds!: readonly object[];
  @Field(() => [IncidentCauseShareType], { description: 'Every cause.' }) causes!: readonly object[];
  @Field(() => Int, { description: 'Campaigns of these that have launched.' }) launched!: number;
  @Field(() => Float, {
    nullable: true,
    description:
      'Share of those in which an asset was given anew within two days before its channel went live; null where none has launched.',
  })
  lateFixShare!: number | null;
}
@ObjectType('IncidentRegister', {
  description: 'Incidents of the newest 300 of the campaigns that were asked for.',
})
export class IncidentRegisterType extends IncidentCountsType {
  @Field(() => [CampaignIncidentType], {
    description: 'Incidents of the newest campaigns first; at most 500.',
  })
  entries!: readonly object[];
}
@InputType('RecordIncidentInput', {
  description: 'Something that went wrong, and that the record does not show.',
})
export class RecordIncidentInput {
  @Field(() => String, { description: 'Key of the campaign; it may have ended.' }) campaign!: string;
  @Field(() => IncidentKindEnum, { description: 'What it is.' }) kind!: IncidentKind;
  @Field(() => String, { description: 'The channel, fact, hand-off, milestone or trigger.' })
  subject!: string;
  @Field(() => String, { description: 'What happened.' }) description!: string;
  @Field(() => IncidentCauseEnum, { defaultValue: 'other', description: 'What caused it, if that is known.' })
  cause!: IncidentCause;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When; without it, now.' })
  happenedAt?: Date | null;
}
