import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { semanticNonNull } from './semantic-non-null.js';

/** What a resolver hands over: entries with cursors, two facts, and a count that is asked for when selected. */
interface Page<T> {
  readonly edges: readonly { readonly node: T; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly count: () => Promise<number>;
}

@ArgsType()
export class PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: 'How many, from the beginning; 50 without it, 200 at most.',
  })
  first?: number | null;
  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor.' })
  after?: string | null;
  @Field(() => Int, { nullable: true, description: 'How many, from the end; 200 at most.' })
  last?: number | null;
  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor.' })
  before?: string | null;
}

@ObjectType('PageInfo', { description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field({ description: 'Whether more comes after this page.' }) hasNextPage!: boolean;
  @Field({ description: 'Whether something comes before this page.' }) hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first entry.' }) startCursor!:
    string | null;
  @Field(() => String, { nullable: true, description: 'Cursor of the last entry.' }) endCursor!:
    string | null;
}

/** The Relay connection type over a node type; resolvers return a `Page`. */
export function connectionOf<T extends object>(Node: ClassType<T>, name: string) {
  @ObjectType(`${name}Edge`, { description: `One entry of a list of ${name}.` })
  class Edge {
    @Field(() => Node, { description: 'The entry itself.' }) node!: T;
    @Field({ description: 'Where the entry stands; give it as `after` or `before`.' }) cursor!: string;
  }
  @ObjectType(`${name}Connection`, { description: `One page of a list of ${name}.` })
  class Connection {
    @Field(() => [Edge], { description: 'The entries with their cursors.' })
    edges!: readonly Edge[];
    private readonly page!: Page<T>;

    @Field(() => [Node], { description: 'The entries alone.' })
    nodes(): T[] {
      return this.edges.map((edge) => edge.node);
    }
    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    pageInfo(): PageInfo {
      const { hasNextPage, hasPreviousPage } = this.page;
      return {
        hasNextPage,
        hasPreviousPage,
        startCursor: this.edges[0]?.cursor ?? null,
        endCursor: this.edges.at(-1)?.cursor ?? null,
      };
    }
    @semanticNonNull
    @Field(() => Int, {
      nullable: true,
      description: 'How many there are in all; asked of the database only when selected.',
    })
    totalCount(): Promise<number> {
      return this.page.count();
    }
  }
  return Connection;
}

/** What a connection field returns; the type's own methods do the rest. */
export const toConnection = (page: Page<unknown>): never => ({ edges: page.edges, page }) as never;
