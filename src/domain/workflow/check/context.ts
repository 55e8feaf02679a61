import type { Finding, Path, Severity } from '../../problem.js';
import { nearest } from '../../suggestion.js';
import type { Workflow } from '../workflow.js';

/** Names that other documents of the repository define; null where no document of that kind is loaded. */
export interface Vocabulary {
  readonly roles: ReadonlySet<string> | null;
  readonly channels: ReadonlySet<string> | null;
  readonly signals: ReadonlySet<string> | null;
}

export const NO_VOCABULARY: Vocabulary = { roles: null, channels: null, signals: null };

/** Where an object of a workflow stands in the document it was read from, followed by further keys. */
export type Locate = (node: object, ...further: (string | number)[]) => Path;

/** What one check sees and how it reports. */
export class CheckContext {
  readonly findings: Finding[] = [];

  constructor(
    readonly workflow: Workflow,
    readonly vocabulary: Vocabulary,
    readonly at: Locate,
  ) {}

  report(severity: Severity, code: string, message: string, path: Path, extra: Partial<Finding> = {}): void {
    this.findings.push({ code, severity, message, path, ...extra });
  }

  /** Reports a name that is none of the known ones, with the nearest of them as a hint. */
  unknown(what: string, code: string, name: string, known: Iterable<string>, path: Path): void {
    const suggestion = nearest(name, known);
    const names = [...known];
    const hint = suggestion
      ? `did you mean '${suggestion}'?`
      : names.length === 0
        ? `no ${what} is defined here`
        : names.length <= 12
          ? `known: ${names.join(', ')}`
          : null;
    this.report('error', code, `unknown ${what} '${name}'`, path, hint === null ? {} : { hint });
  }
}
