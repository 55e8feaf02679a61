import { hasErrors, type Problem } from '../problem.js';
import type { DefinitionKind } from './document.js';

/** A document that a file holds, as far as other documents have to do with it. */
export interface Claim {
  readonly kind: DefinitionKind;
  readonly key: string;
  /** The workflow that it extends. */
  readonly parent: string | null;
  /** Its milestones that have a date, by key and date (R55). */
  readonly dates: readonly string[];
}
/** Names that are too many to be listed each time one is looked for. */
export interface NameList extends Iterable<string> {
  has(name: string): boolean;
}
/** A definition by its kind and key. */
export interface DefinitionName {
  readonly kind: DefinitionKind;
  readonly key: string;
}

/** What is known of a file without reading it again. */
export interface KnownFile {
  readonly path: string;
  /** Name of its contents in git; null where the file is gone, and something of it waits. */
  readonly blob: string | null;
  readonly claims: readonly Claim[];
  /** Ids in it of documents that could not be parsed. */
  readonly lost: readonly string[];
  readonly problems: readonly Problem[];
  /** Definitions that are served otherwise than this file says, because something held them back. */
  readonly held: readonly HeldDefinition[];
}

/** Why a definition is not served as its file says. */
export const HOLD_REASONS = ['problems', 'commit', 'retirement', 'pilot'] as const;
export interface HeldDefinition extends DefinitionName {
  readonly reason: (typeof HOLD_REASONS)[number];
  /** The same in words; versions of older releases have none. */
  readonly because?: string;
}

export const nameOf = ({ kind, key }: DefinitionName): string => `${kind} ${key}`;

/**
 * The files of a repository at the commit that was read last, and who has to do with whom: so that the next commit is read
 * in a time that grows with what it changes and not with the repository.
 */
export class KnownFiles {
  readonly #files = new Map<string, KnownFile>();
  readonly #claimants = new Relation();
  readonly #children = new Relation();
  readonly #dates = new Relation();
  readonly #lost = new Relation();
  readonly #shared = new Set<string>();
  readonly #waiting = new Set<string>();
  readonly #wrong = new Set<string>();

  constructor(files: Iterable<KnownFile> = []) {
    for (const file of files) this.set(file);
  }

  get(path: string): KnownFile | undefined {
    return this.#files.get(path);
  }

  /** Every path that there is a file at. */
  get paths(): string[] {
    return [...this.#files.values()].flatMap(({ path, blob }) => (blob === null ? [] : [path]));
  }
  /** Files of Team, Taxonomy, Policy and Library. */
  get shared(): ReadonlySet<string> {
    return this.#shared;
  }
  /** Files that something of is held back. */
  get waiting(): ReadonlySet<string> {
    return this.#waiting;
  }
  /** Files with errors. */
  get wrong(): ReadonlySet<string> {
    return this.#wrong;
  }
  get isEmpty(): boolean {
    return this.#files.size === 0;
  }
  get lostIds(): Iterable<string> {
    return this.#lost.names;
  }
  /** Keys of every workflow, as they are when they are asked for. */
  get workflows(): NameList {
    const claimants = this.#claimants;
    return {
      has: (key) => claimants.of(WORKFLOW + key).size > 0,
      *[Symbol.iterator]() {
        for (const name of claimants.names) if (name.startsWith(WORKFLOW)) yield name.slice(WORKFLOW.length);
      },
    };
  }

  claimants(name: DefinitionName): ReadonlySet<string> {
    return this.#claimants.of(nameOf(name));
  }
  children(key: string): ReadonlySet<string> {
    return this.#children.of(key);
  }
  withDate(date: string): ReadonlySet<string> {
    return this.#dates.of(date);
  }

  set(file: KnownFile): void {
    this.remove(file.path);
    this.#files.set(file.path, file);
    this.relate(file, 'add');
    if (file.claims.some(({ kind }) => kind !== 'Workflow')) this.#shared.add(file.path);
    if (file.held.length > 0) this.#waiting.add(file.path);
    if (hasErrors(file.problems)) this.#wrong.add(file.path);
  }

  remove(path: string): void {
    const file = this.#files.get(path);
    if (!file) return;
    this.#files.delete(path);
    this.relate(file, 'remove');
    for (const set of [this.#shared, this.#waiting, this.#wrong]) set.delete(path);
  }

  private relate({ path, claims, lost }: KnownFile, change: 'add' | 'remove'): void {
    for (const claim of claims) {
      this.#claimants[change](nameOf(claim), path);
      if (claim.parent !== null) this.#children[change](claim.parent, path);
      for (const date of claim.dates) this.#dates[change](date, path);
    }
    for (const id of lost) this.#lost[change](id, path);
  }
}

const WORKFLOW = 'Workflow ';
const NONE: ReadonlySet<string> = new Set();

/** Paths by name. */
class Relation {
  readonly #paths = new Map<string, Set<string>>();

  get names(): Iterable<string> {
    return this.#paths.keys();
  }
  of(name: string): ReadonlySet<string> {
    return this.#paths.get(name) ?? NONE;
  }
  add(name: string, path: string): void {
    const paths = this.#paths.get(name) ?? new Set();
    this.#paths.set(name, paths.add(path));
  }
  remove(name: string, path: string): void {
    const paths = this.#paths.get(name);
    paths?.delete(path);
    if (paths?.size === 0) this.#paths.delete(name);
  }
}
