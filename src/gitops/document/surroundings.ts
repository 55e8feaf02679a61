import { DEFAULT_POLICY, type DefinitionKind, type Policy } from '../../domain/workflow/document.js';
import type { Vocabulary } from '../../domain/workflow/check/context.js';
import type { KnownDates } from '../../domain/workflow/check/parameters.js';
import type { Names } from '../../domain/workflow/check/documents.js';
import { isHole } from '../../domain/workflow/hole.js';
import type { NameList } from '../../domain/workflow/known-files.js';
import { meanPolicy, meanTaxonomy, meanTeam } from './meaning-other.js';
import type { Shape } from './shape.js';
import type { Shaped } from './shaped.js';

/** What one document is checked against. */
export interface Surroundings {
  readonly vocabulary: Vocabulary;
  readonly policy: Policy;
  readonly names: Names;
  readonly today: string;
  readonly dates: KnownDates;
}

/**
 * What the documents of a repository are checked against.
 * @param workflows keys of every workflow, those that cannot be parsed too
 */
export function surroundingsOf(
  documents: readonly Shaped[],
  workflows: NameList,
  today: string,
): Surroundings {
  const vocabulary = vocabularyOf(documents);
  const names = {
    roles: vocabulary.roles,
    workflows: isEmpty(workflows) ? null : sorted(workflows),
  };
  return { vocabulary, policy: policyOf(documents) ?? DEFAULT_POLICY, names, today, dates: new Map() };
}

const isEmpty = (names: Iterable<string>): boolean => names[Symbol.iterator]().next().done === true;

/** In order when it is gone through, which only a name that is not there asks for. */
const sorted = (names: NameList): NameList => ({
  has: (name) => names.has(name),
  [Symbol.iterator]: () => [...new Set(names)].sort()[Symbol.iterator](),
});

/** The meaning of the documents of one kind, as far as it can be read. */
function meaningsOf<K extends DefinitionKind, M>(
  documents: readonly Shaped[],
  kind: K,
  mean: (written: Shape<K>['written']) => M,
): M[] {
  return documents.flatMap((each) =>
    each.kind === kind && each.shape ? [mean(each.shape.written as Shape<K>['written'])] : [],
  );
}

const policyOf = (documents: readonly Shaped[]): Policy | undefined =>
  meaningsOf(documents, 'Policy', meanPolicy)[0];

function vocabularyOf(documents: readonly Shaped[]): Vocabulary {
  const teams = meaningsOf(documents, 'Team', meanTeam);
  const taxonomies = meaningsOf(documents, 'Taxonomy', meanTaxonomy);
  /** Null where nothing is defined, or where a name that is not legible may be the one that is meant. */
  const names = (keys: readonly string[]) => (keys.length === 0 || keys.some(isHole) ? null : new Set(keys));
  const every = <T>(pick: (taxonomy: (typeof taxonomies)[number]) => readonly T[]) =>
    taxonomies.flatMap(pick);
  const channels = every((each) => each.channels);
  const tools = every((each) => each.tools);
  return {
    roles: teams.length === 0 ? null : names(teams.flatMap((team) => team.roles.map((role) => role.key))),
    channels: names(channels.map(({ key }) => key)) && new Map(channels.map(({ key, risk }) => [key, risk])),
    signals: names(every((each) => each.signals).map(({ key }) => key)),
    segments: names(every((each) => each.segments).map(({ key }) => key)),
    offers: names(every((each) => each.offers).map(({ key }) => key)),
    capacities: new Map(
      teams.flatMap(({ roles }) =>
        roles.flatMap(({ key, capacity }) => (capacity === null ? [] : [[key, capacity]])),
      ),
    ),
    tools: names(tools.map(({ key }) => key)) && new Map(tools.map(({ key, models }) => [key, models])),
  };
}
