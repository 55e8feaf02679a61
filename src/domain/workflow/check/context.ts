import { finding, type Finding, type FindingDetails, type Path, type Spot } from '../../problem.js';
import { nearest } from '../../suggestion.js';
import { type FindingCode, type FindingEntry, FINDINGS } from '../../findings.js';
import type { Policy } from '../document.js';
import { type Risk } from '../workflow.js';
import { HOLE } from '../hole.js';
import type { SectionModel, Workflow } from '../workflow.js';

/** Names that other documents of the repository define; null where no document of that kind defines any. */
export interface Vocabulary {
  readonly roles: ReadonlySet<string> | null;
  readonly channels: ReadonlyMap<string, Risk> | null;
  readonly signals: ReadonlySet<string> | null;
  readonly segments: ReadonlySet<string> | null;
  readonly offers: ReadonlySet<string> | null;
  readonly tools: ReadonlyMap<string, readonly SectionModel[]> | null;
  /** Units of each role that are limited. */
  readonly capacities: ReadonlyMap<string, number>;
}

export const NO_VOCABULARY: Vocabulary = {
  roles: null,
  channels: null,
  signals: null,
  segments: null,
  offers: null,
  tools: null,
  capacities: new Map(),
};

/** Where an object of a workflow stands in the document it was read from, followed by further keys. */
export type Locate = (node: object, ...further: (string | number)[]) => Path;

/** Collects findings about one document. What only follows from a value that is damaged already is left out. */
export class Report {
  readonly findings: Finding[] = [];

  constructor(private readonly damaged: readonly Path[] = []) {}

  add(code: FindingCode, message: string, path: Path, details: FindingDetails = {}): void {
    if (this.damaged.some((each) => isAbove(each, path))) return;
    // What has no name cannot be told.
    if (message.includes(HOLE)) return;
    const { hint, ...rest } = details;
    const isTellable = hint !== undefined && !hint.includes(HOLE);
    this.findings.push(finding(code, message, path, isTellable ? details : rest));
  }

  /** Reports a name that is none of the known ones. With a single name near it, that one was meant. */
  unknown(what: string, code: FindingCode, name: string, known: Iterable<string>, spot: Spot): void {
    const names = [...known];
    if ([name, ...names].some((each) => each.includes(HOLE))) return;
    const { path, ...where } = spot;
    const meant = nearest(name, names);
    const details =
      meant !== null
        ? { hint: `did you mean '${meant}'?`, replacement: meant }
        : names.length === 0
          ? { hint: `no ${what} is defined here` }
          : names.length <= 12
            ? { hint: `known: ${names.join(', ')}` }
            : {};
    this.add(code, `unknown ${what} '${name}'`, path, { ...where, ...details });
  }

  /** Whether the value of one of the keys, or an entry of it, is damaged anywhere, so that it may be there after all. */
  isDamaged(...keys: readonly string[]): boolean {
    return this.damaged.some((path) => path.slice(-2).some((segment) => keys.includes(String(segment))));
  }

  /** Whether something within the value at a path is damaged. */
  isDamagedWithin(path: Path): boolean {
    return this.damaged.some((each) => isAbove(path, each));
  }
}

const isAbove = (path: Path, other: Path): boolean =>
  path.every((segment, position) => other[position] === segment);

/** What the checks of one workflow see. */
export interface CheckContext {
  readonly workflow: Workflow;
  readonly vocabulary: Vocabulary;
  readonly policy: Policy;
  readonly at: Locate;
  readonly report: Report;
}

/** The limit of a finding: the Policy's, or the catalogue's. */
export function limitOf({ policy }: Pick<CheckContext, 'policy'>, code: FindingCode, name: string): number {
  const { limits }: FindingEntry = FINDINGS[code];
  return policy.findings[code]?.limits[name] ?? limits?.[name] ?? Infinity;
}
