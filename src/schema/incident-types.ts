import { Field, Float, ObjectType } from 'type-graphql';
import { FailurePointEnum, IncidentCauseEnum, IncidentKindEnum } from './enums.js';

@ObjectType('IncidentDelay', { description: 'How late a channel was, and how the time before it was spent.' })
export class IncidentDelayType {
  @Field(() => Float, { description: 'From its plan to its opening, or to now.' }) hours!: number;
  @Field(() => Float, {
    description: 'Working hours along the steps that ended last, each before the next: ready, and not begun.',
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
}
