import 'reflect-metadata';
import { Field, Float, Int, ObjectType } from 'type-graphql';

/** What one request may ask for. All of it can be read through the API, as `limits`. */

/** A page larger than this answers no question that a filter would not answer better. */
export const MAX_PAGE = 200;
/** Deeper than any question about campaigns: portfolio, campaign, version, workflow and back is about nine. */
export const MAX_DEPTH = 20;
/** One page of a dashboard asks for a dozen things side by side; a hundred is a program, which can ask twice. */
export const MAX_ALIASES = 100;
/** The largest query of the dashboard has 300 tokens, GraphiQL's introspection 500. */
export const MAX_TOKENS = 4_000;
/** The longest question of a person has 3,000; contents belong in variables, and reading a megabyte of comments takes 150 ms. */
export const MAX_DOCUMENT_LENGTH = 100_000;
/**
 * Fields that are asked again at the same place are compared with each other, pair by pair, before anything else is known of a
 * document: half a million pairs take 150 ms. A page of a dashboard made of a hundred fragments stays below 3,000.
 */
export const MAX_COMPARISONS = 10_000;
/** The portfolio of 50 campaigns with all their steps and gates costs about 1,200. */
export const MAX_COST = 10_000;
/** Far above any query a person writes and any brief, far below what hurts. */
export const MAX_BODY_BYTES = 1_048_576;
/** By then a person has reloaded the page; the work behind it is stopped. */
export const REQUEST_TIMEOUT_SECONDS = 10;
/** Of one connection: a dashboard follows a portfolio of this size; more belongs on a second connection. */
export const MAX_SUBSCRIPTIONS = 50;

@ObjectType('Limits', {
  description: 'What one request may ask for. More is refused before it is carried out.',
})
export class LimitsType {
  @Field(() => Int, { description: 'Entries of one page.' }) pageSize!: number;
  @Field(() => Int, { description: 'Levels of fields within fields.' }) depth!: number;
  @Field(() => Int, { description: 'Fields under another name.' }) aliases!: number;
  @Field(() => Int, { description: 'Words and signs of a document.' }) tokens!: number;
  @Field(() => Int, { description: 'Characters of a document.' }) documentLength!: number;
  @Field(() => Int, {
    description: 'Fields, and pairs of fields or fragments that stand at the same place under the same name.',
  })
  comparisons!: number;
  @Field(() => Int, { description: 'Cost, as `documentCost` counts it.' }) cost!: number;
  @Field(() => Int, { description: 'Bytes of a request, variables included.' }) bodyBytes!: number;
  @Field(() => Float, { description: 'Seconds until a request is answered with what is there.' })
  timeoutSeconds!: number;
  @Field(() => Int, { description: 'Subscriptions of one connection.' }) subscriptions!: number;
}

export const LIMITS: LimitsType = {
  pageSize: MAX_PAGE,
  depth: MAX_DEPTH,
  aliases: MAX_ALIASES,
  tokens: MAX_TOKENS,
  documentLength: MAX_DOCUMENT_LENGTH,
  comparisons: MAX_COMPARISONS,
  cost: MAX_COST,
  bodyBytes: MAX_BODY_BYTES,
  timeoutSeconds: REQUEST_TIMEOUT_SECONDS,
  subscriptions: MAX_SUBSCRIPTIONS,
};

@ObjectType('DocumentCost', { description: 'What a document would cost, without carrying it out.' })
export class DocumentCostType {
  @Field(() => Int, {
    description:
      'Every object counts one, everything inside a list as often as the list is long (a page as long as asked for, any other list ten), a mutation ten, computed fields what they take.',
  })
  cost!: number;
  @Field(() => Int, { description: 'Levels of fields within fields.' }) depth!: number;
  @Field(() => Int, { description: 'Fields under another name.' }) aliases!: number;
  @Field(() => [String], { description: 'Why it would be refused; empty where it would be carried out.' })
  problems!: readonly string[];
}
