import type { Problem } from '../problem.js';
import { canonicalJson, meansTheSame } from './canonical.js';
import { documentChanges } from './diff/documents.js';
import type { DefinitionKind, Policy } from './document.js';
import { stepsOf } from './steps.js';
import type { Workflow } from './workflow.js';

/** A change of another definition that touches a workflow. */
export interface TouchingChange {
  readonly kind: Exclude<DefinitionKind, 'Workflow'>;
  /** `id` of the definition. */
  readonly id: string;
  /** What of it touches the workflow, as a sentence. */
  readonly summary: string;
}

/** A Team, Taxonomy, Policy or Library that differs; null where it is not there. */
export interface ChangedDocument {
  readonly kind: DefinitionKind;
  readonly key: string;
  readonly before: object | null;
  readonly after: object | null;
}

/** A workflow, and codes of findings about it with either version of the other documents. */
export interface Touched {
  readonly workflow: Workflow;
  readonly problems: readonly Pick<Problem, 'code'>[];
}

/**
 * Changes of other documents that are changes of this workflow too: of roles, channels, segments, offers and the like that it
 * names, and of what the Policy demands of it.
 */
export function touchingChanges(documents: readonly ChangedDocument[], touched: Touched): TouchingChange[] {
  const text = canonicalJson(touched.workflow);
  return documents.flatMap(({ kind, key, before, after }): TouchingChange[] => {
    if (kind === 'Workflow' || kind === 'Library') return [];
    const sentences =
      kind === 'Policy'
        ? policyChanges(before as Policy | null, after as Policy | null, touched)
        : documentChanges(before ?? emptied(after), after ?? emptied(before)).filter((sentence) =>
            isNamed(sentence, text),
          );
    return sentences.map((summary) => ({ kind, id: key, summary }));
  });
}

/** A document of the same form that says nothing. */
const emptied = (document: object | null): object =>
  Object.fromEntries(
    Object.entries(document ?? {}).map(([field, value]) => [field, Array.isArray(value) ? [] : value]),
  );

/** Whether a sentence such as `roles: 'designer' capacity 3 → 2` is about something that the workflow names. */
function isNamed(sentence: string, text: string): boolean {
  const [, name] = /^\w+: '([^']*)'/.exec(sentence) ?? [];
  return name !== undefined && [`"${name}"`, `'${name}'`].some((quoted) => text.includes(quoted));
}

function policyChanges(
  before: Policy | null,
  after: Policy | null,
  { workflow, problems }: Touched,
): string[] {
  const codes = new Set(problems.map(({ code }) => code));
  const isLaunching = stepsOf(workflow).some(({ kind }) => kind === 'launch');
  const sides = [before, after] as const;
  const differs = (field: string, of: (policy: Policy | null) => unknown) =>
    !meansTheSame(field, of(sides[0]), of(sides[1]));
  const findings = [...new Set(sides.flatMap((side) => Object.keys(side?.findings ?? {})))].filter(
    (code) => codes.has(code) && differs('findings', (side) => side?.findings[code]),
  );
  return [
    ...(isLaunching && differs('approvals', (side) => side?.approvals)
      ? ['other approvals before a launch']
      : []),
    ...findings.map((code) => `${code} is judged otherwise`),
    ...(differs('excuses', (side) => side?.excuses.filter((each) => each.workflow === workflow.key))
      ? ['other excuses for it']
      : []),
    ...(differs('timezone', (side) => side?.timezone ?? 'UTC')
      ? ['its days begin in another time zone']
      : []),
  ];
}
