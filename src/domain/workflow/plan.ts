import type { Problem } from '../problem.js';
import { canonicalJson } from './canonical.js';
import { type Classification, type MeaningChange, worst } from './diff/change.js';
import { diffWorkflows } from './diff/diff.js';
import { documentChanges } from './diff/documents.js';
import type { DefinitionKind } from './document.js';
import { type HeldDefinition, nameOf } from './known-files.js';
import type { Definition, Meanings, Reading } from './reading.js';
import type { Workflow } from './workflow.js';

/** What is served now, or stood at the base of a proposal. */
export interface BaseDefinition {
  readonly kind: DefinitionKind;
  readonly key: string;
  readonly file: string;
  readonly hash: string;
  readonly meaning: Meanings[DefinitionKind];
  readonly retired: boolean;
}

/** What a commit can do to a definition. */
export const CHANGE_KINDS = ['added', 'modified', 'moved', 'retired', 'restored'] as const;
export type DefinitionChangeKind = (typeof CHANGE_KINDS)[number];
export type PlannedKind = DefinitionChangeKind | 'unchanged' | 'held-back';

/** What taking over a reading would do to one definition. */
export interface PlannedChange {
  readonly kind: DefinitionKind;
  readonly key: string;
  readonly change: PlannedKind;
  readonly base: BaseDefinition | null;
  /** Null where the file is gone. */
  readonly definition: Definition | null;
  readonly classification: Classification;
  readonly changes: readonly MeaningChange[];
  readonly summary: string;
  /** Why it is held back; null where it is not. */
  readonly held: HeldDefinition['reason'] | null;
  /** The same in words, such as which file is at fault. */
  readonly because: string | null;
}

/**
 * What a reading changes against a base. Pure, and the same for the pull-request check and the sync.
 * A bad definition is held back: what is served stays. With `onBadFile: commit` one bad file holds back all that would change.
 * @param wrong files with errors, also those that the reading leaves out
 */
export function planDefinitions(
  base: readonly BaseDefinition[],
  reading: Reading,
  wrong: Iterable<string> = filesWithErrors(reading.problems),
): PlannedChange[] {
  const before = new Map(base.map((each) => [nameOf(each), each]));
  const now = new Map(reading.definitions.map((each) => [nameOf(each), each]));
  const atFault = reading.policy.onBadFile === 'commit' ? ([...wrong].sort()[0] ?? null) : null;
  const planned = reading.definitions.map((definition) =>
    planOne(before.get(nameOf(definition)) ?? null, definition, atFault),
  );
  const unreadable = unreadableFiles(reading.problems);
  const gone = base.filter((each) => !now.has(nameOf(each)) && !each.retired);
  return [...planned, ...gone.map((each) => planGone(each, unreadable.has(each.file), atFault))];
}

/**
 * Files that something is held back of. One that has become unreadable, empty or something else is an accident; only one that
 * is gone is a wish.
 */
export const unreadableFiles = (problems: readonly Problem[]): Set<string> =>
  new Set(
    problems
      .filter(({ severity, code }) => severity === 'error' || code === 'W_NOT_WEIR')
      .map(({ file }) => file),
  );

const filesWithErrors = (problems: readonly Problem[]): string[] =>
  problems.flatMap(({ severity, file }) => (severity === 'error' ? [file] : []));

/** @param atFault a file that holds back whatever would change; null where none does */
function planOne(base: BaseDefinition | null, definition: Definition, atFault: string | null): PlannedChange {
  const { kind, key } = definition;
  const plan = (
    change: PlannedKind,
    summary: string,
    changes: readonly MeaningChange[] = [],
  ): PlannedChange => {
    const classification =
      change === 'modified' && kind !== 'Workflow'
        ? 'compatible'
        : worst(changes.map((each) => each.classification));
    const planned = { kind, key, change, base, definition, classification, changes, summary };
    const unheld = { ...planned, held: null, because: null };
    return atFault === null || change === 'unchanged' ? unheld : holdBack(unheld, 'commit', wrongIn(atFault));
  };
  if (!definition.valid) {
    const planned = { kind, key, change: 'unchanged', base, definition, summary: '' } as const;
    const unheld = { ...planned, classification: 'none', changes: [], held: null, because: null } as const;
    return holdBack(unheld, 'problems', countErrors(definition));
  }
  if (!base) return plan('added', `${kind} '${key}' added`);
  // A hash written by an older release may differ although the meaning does not.
  const isChanged =
    base.hash !== definition.hash && canonicalJson(base.meaning) !== canonicalJson(definition.meaning);
  const isWorkflow = definition.kind === 'Workflow' && definition.meaning !== null;
  const changes =
    isChanged && isWorkflow ? diffWorkflows(base.meaning as Workflow, definition.meaning).changes : [];
  if (base.retired) return plan('restored', `${kind} '${key}' restored`, changes);
  if (isChanged) {
    const summary = isWorkflow
      ? summarise(changes.map((each) => each.summary))
      : documentChanges(base.meaning, definition.meaning ?? {}).join('; ');
    return plan('modified', summary, changes);
  }
  if (base.file !== definition.file) return plan('moved', `moved from ${base.file} to ${definition.file}`);
  return plan('unchanged', '');
}

/** A definition whose file cannot be read is not gone; it is held back. */
function planGone(base: BaseDefinition, isUnreadable: boolean, atFault: string | null): PlannedChange {
  const { kind, key } = base;
  const retired = {
    ...{ kind, key, base, definition: null, changes: [], held: null, because: null },
    change: 'retired',
    classification: 'compatible',
    summary: `${kind} '${key}' retired`,
  } as const;
  if (isUnreadable) return holdBack(retired, 'problems', 'its file is still there, but does not define it');
  return atFault === null ? retired : holdBack(retired, 'commit', wrongIn(atFault));
}

/** What is served stays. @param because why, in words */
export const holdBack = (
  planned: PlannedChange,
  held: HeldDefinition['reason'],
  because: string,
): PlannedChange => ({
  ...planned,
  change: 'held-back',
  classification: 'none',
  changes: [],
  held,
  because,
  summary: `${planned.kind} '${planned.key}' held back: ${because}`,
});

const wrongIn = (file: string): string => `${file} of the same commit is wrong`;

const countErrors = (definition: Definition): string => {
  const errors = definition.problems.filter((problem) => problem.severity === 'error').length;
  return errors === 0 ? 'what it refers to is wrong' : `${errors} error${errors === 1 ? '' : 's'}`;
};

function summarise(sentences: readonly string[]): string {
  const [first = '', second] = sentences;
  if (second === undefined) return first;
  return sentences.length === 2 ? `${first}; ${second}` : `${first}, and ${sentences.length - 1} more`;
}
