import { GraphQLDuration } from 'graphql-scalars';
import { Field, Float, GraphQLISODateTime, InputType, ObjectType } from 'type-graphql';
import type { Brief, BriefValue } from '../domain/campaign/state.js';
import { isDuration } from '../domain/duration.js';

/** Of an input that may be tried. */
export const ONLY_SAYS =
  'Only says what would come of it: `invalidates` names the approvals and hand-offs that would hold no more.';

@ObjectType('Quantity', { description: 'A measured value or a limit; exactly one of the fields is given.' })
export class QuantityType {
  @Field(() => Float, { nullable: true, description: 'A number, for example a share from 0 to 1.' })
  number!: number | null;
  @Field(() => GraphQLDuration, { nullable: true, description: 'A length of time, in ISO 8601.' })
  duration!: string | null;
}

/** What the domain writes as a number or an ISO 8601 duration. */
export const toQuantity = (value: number | string): QuantityType => ({
  number: typeof value === 'number' ? value : null,
  duration: typeof value === 'string' && isDuration(value) ? value : null,
});

@ObjectType('BriefField', { description: 'One field of a brief.' })
export class BriefFieldType {
  @Field(() => String, { description: 'Its name, for example offerCode.' }) name!: string;
  @Field(() => String, { description: 'Its text; the entries of a list joined by commas.' }) text!: string;
  @Field(() => [String], { nullable: true, description: 'Its entries, where it is a list.' })
  items!: readonly string[] | null;
}

export const toBriefFields = (brief: Brief): BriefFieldType[] =>
  Object.entries(brief).map(([name, value]) => ({
    name,
    text: typeof value === 'string' ? value : value.join(', '),
    items: typeof value === 'string' ? null : value,
  }));

@InputType('BriefFieldInput', {
  description: 'A field of a brief to set; without text and items it is emptied.',
})
export class BriefFieldInput {
  @Field(() => String, { description: 'Its name, for example offerCode.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'A text.' }) text?: string | null;
  @Field(() => [String], { nullable: true, description: 'A list of texts, for example segments.' })
  items?: string[] | null;
}

export const toBriefValue = ({ text, items }: BriefFieldInput): BriefValue | null => text ?? items ?? null;

@InputType('DateTimeRangeInput', { description: 'A stretch of time; without an end it is open there.' })
export class DateTimeRangeInput {
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'From this moment on, itself included.' })
  since?: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Up to this moment, itself not included.' })
  until?: Date | null;
}
