import { GraphQLDuration } from 'graphql-scalars';
import { Field, Float, InterfaceType, ObjectType } from 'type-graphql';
import { isDuration } from '../domain/duration.js';
import type { Effort } from '../domain/workflow/workflow.js';
import type { MeaningChange } from '../domain/workflow/diff/change.js';
import { showPlace, showValue } from '../domain/workflow/diff/sentence.js';
import { ClassificationEnum, ElementKindEnum, MeaningChangeKindEnum } from './enums.js';

const TYPE_NAMES = {
  added: 'PartAdded',
  removed: 'PartRemoved',
  renamed: 'PartRenamed',
  moved: 'PartMoved',
  reordered: 'PartsReordered',
  changed: 'PropertyChanged',
} as const;

export const changeTypeName = ({ __typename }: { __typename: string }): string => __typename;

@InterfaceType('MeaningChange', {
  description: 'One difference in meaning between two versions of a workflow.',
  resolveType: changeTypeName,
})
export abstract class MeaningChangeInterface {
  @Field(() => MeaningChangeKindEnum, { description: 'What exactly changed.' }) kind!: string;
  @Field(() => String, { description: 'Which part of the workflow, for example `step brief / effort`.' })
  path!: string;
  @Field(() => ElementKindEnum, { description: 'What sort of part it is.' }) element!: string;
  @Field(() => String, { description: 'Key of the part.' }) key!: string;
  @Field(() => ClassificationEnum, { description: 'What it means for a campaign that already runs.' })
  classification!: string;
  @Field(() => String, { description: 'The difference as a sentence.' }) summary!: string;
}

@ObjectType('PropertyValue', { description: 'What a property says; text is always given.' })
export class PropertyValueType {
  @Field(() => String, { description: 'The value as a person reads it.' }) text!: string;
  @Field(() => Float, { nullable: true, description: 'The value, where it is a number.' })
  number!: number | null;
  @Field(() => Boolean, { nullable: true, description: 'The value, where it is true or false.' })
  boolean!: boolean | null;
  @Field(() => GraphQLDuration, { nullable: true, description: 'The value, where it is a length of time.' })
  duration!: string | null;
  @Field(() => [String], { nullable: true, description: 'The entries, where it is a list.' })
  items!: readonly string[] | null;
}

@ObjectType('PartProperty', { description: 'One property of a part that was added or removed.' })
export class PartPropertyType {
  @Field(() => String, { description: 'Its name, for example effort.' }) name!: string;
  @Field(() => PropertyValueType, { description: 'What it says.' }) value!: PropertyValueType;
}

@ObjectType('PartAdded', {
  implements: MeaningChangeInterface,
  description: 'A part that was not there before.',
})
export class PartAddedType extends MeaningChangeInterface {
  @Field(() => String, {
    nullable: true,
    description: 'Where it was put; null for parts of the whole workflow.',
  })
  place!: string | null;
  @Field(() => [PartPropertyType], { description: 'What it says, without what is empty.' })
  properties!: readonly PartPropertyType[];
}
@ObjectType('PartRemoved', {
  implements: MeaningChangeInterface,
  description: 'A part that is no longer there.',
})
export class PartRemovedType extends MeaningChangeInterface {
  @Field(() => String, { nullable: true, description: 'Where it was; null for parts of the whole workflow.' })
  place!: string | null;
  @Field(() => [PartPropertyType], { description: 'What it said, without what was empty.' })
  properties!: readonly PartPropertyType[];
}
@ObjectType('PartRenamed', {
  implements: MeaningChangeInterface,
  description: 'A part with another key.',
})
export class PartRenamedType extends MeaningChangeInterface {
  @Field(() => String, { description: 'Its key before.' }) from!: string;
  @Field(() => String, { description: 'Its key after.' }) to!: string;
}
@ObjectType('PartMoved', {
  implements: MeaningChangeInterface,
  description: 'A part that stands in another place.',
})
export class PartMovedType extends MeaningChangeInterface {
  @Field(() => String, { nullable: true, description: 'Where it was.' }) from!: string | null;
  @Field(() => String, { nullable: true, description: 'Where it is.' }) to!: string | null;
}
@ObjectType('PartsReordered', {
  implements: MeaningChangeInterface,
  description: 'Steps of one place that come in another order.',
})
export class PartsReorderedType extends MeaningChangeInterface {
  @Field(() => [String], { description: 'Keys in the order before.' }) before!: readonly string[];
  @Field(() => [String], { description: 'Keys in the order after.' }) after!: readonly string[];
}
@ObjectType('PropertyChanged', {
  implements: MeaningChangeInterface,
  description: 'A property of a part that says something else.',
})
export class PropertyChangedType extends MeaningChangeInterface {
  @Field(() => String, { description: 'Its name, for example effort.' }) property!: string;
  @Field(() => PropertyValueType, { nullable: true, description: 'Before; null where it was empty.' })
  before!: PropertyValueType | null;
  @Field(() => PropertyValueType, { nullable: true, description: 'After; null where it is empty.' })
  after!: PropertyValueType | null;
}
export const CHANGE_TYPES = [
  PartAddedType,
  PartRemovedType,
  PartRenamedType,
  PartMovedType,
  PartsReorderedType,
  PropertyChangedType,
] as const;

/** Diffs of versions are kept, and the same changes are asked for again. */
const shown = new WeakMap<MeaningChange, object>();

/** A change of the domain in the shape of its GraphQL type. */
export function toChange(change: MeaningChange): object {
  const known = shown.get(change) ?? show(change);
  shown.set(change, known);
  return known;
}

function show({ before, after, place, ...change }: MeaningChange): object {
  const common = { ...change, __typename: TYPE_NAMES[change.verb] };
  const shownPlace = place === null ? null : showPlace(place);
  switch (change.verb) {
    case 'added':
      return { ...common, place: shownPlace, properties: toProperties(after) };
    case 'removed':
      return { ...common, place: shownPlace, properties: toProperties(before) };
    case 'renamed':
      return { ...common, from: before, to: after };
    case 'moved':
      return { ...common, from: showPlace(before), to: showPlace(after) };
    case 'reordered':
      return { ...common, before: keys(before), after: keys(after) };
    case 'changed':
      return { ...common, before: toValue(before), after: toValue(after) };
  }
}

/** Names without the kind of part. */
const keys = (names: unknown): string[] => (names as string[]).map((name) => name.replace(/^\w+ /, ''));

const toProperties = (fields: unknown): PartPropertyType[] =>
  Object.entries(fields as object).flatMap(([name, each]) => {
    const value = toValue(each);
    return value ? [{ name, value }] : [];
  });

function toValue(value: unknown): PropertyValueType | null {
  const isEmpty = value === null || value === undefined || value === '';
  if (isEmpty || (Array.isArray(value) && value.length === 0)) return null;
  const fixed = fixedEffort(value) ?? value;
  return {
    text: showValue(value),
    number: typeof value === 'number' ? value : null,
    boolean: typeof value === 'boolean' ? value : null,
    duration: typeof fixed === 'string' && isDuration(fixed) ? fixed : null,
    items: Array.isArray(value) ? value.map(showValue) : null,
  };
}

/** The one duration of an effort that is not an estimate. */
function fixedEffort(value: unknown): string | null {
  const { optimistic, likely, pessimistic } = (value ?? {}) as Partial<Effort>;
  return likely !== undefined && optimistic === pessimistic ? likely : null;
}
