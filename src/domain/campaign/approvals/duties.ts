import { walk } from '../../workflow/compiled.js';
import { waitsIn } from '../../workflow/diff/waits.js';
import { stepsOf } from '../../workflow/steps.js';
import type { Step } from '../../workflow/workflow.js';
import type { Brief, CampaignState } from '../state.js';
import { assetsIn, briefIn, type Content, type Form, scopeOf } from './scope.js';

/** Somebody who made what is looked at, and what of it. */
export interface Author {
  readonly actor: string;
  /** As a verb with its object: `completed 'copy'`. */
  readonly did: string;
}

/** Who wrote what: fields of the brief by name, and assets. */
export interface Written {
  readonly brief: Brief;
  readonly briefAuthors: Readonly<Record<string, readonly string[]>>;
  readonly assets: readonly (Content & { readonly writtenBy: readonly string[] })[];
}

/** Who may not approve a step, since it is their own work: whoever wrote what it looks at, or completed what it judges (R41). */
export function authorsOf(form: Form, state: CampaignState, step: Step, written: Written): Author[] {
  const scope = scopeOf(form, step);
  const fields = briefIn(scope, written.brief).flatMap(([field]): Author[] =>
    (written.briefAuthors[field] ?? []).map((actor) => ({ actor, did: `wrote '${field}' of the brief` })),
  );
  const assets = assetsIn(scope, written.assets).flatMap(({ key, writtenBy }): Author[] =>
    writtenBy.map((actor) => ({ actor, did: `wrote '${key}'` })),
  );
  const steps = workJudgedBy(form, step).flatMap((key): Author[] => {
    const { status, by } = state.steps.get(key) ?? {};
    return status !== 'done' || by == null ? [] : [{ actor: by, did: `completed '${key}'` }];
  });
  return [...steps, ...fields, ...assets];
}

/**
 * Steps whose work a step judges: those that make the artefacts it approves, and what it returns for rework; where it names neither, the
 * last work before it.
 */
export function workJudgedBy(form: Form, { key, kind, approves, rework }: Step): string[] {
  const steps = stepsOf(form.workflow).filter((each) => each.kind === 'task' || each.kind === 'brief');
  const made = steps.filter(({ produces }) => produces.some((artefact) => approves.includes(artefact)));
  const returned = rework ? loopOf(form, key) : new Set<string>();
  const named = steps.filter((each) => made.includes(each) || returned.has(each.key));
  if (named.length > 0 || kind === 'launch') return named.map((each) => each.key);
  const { certain } = waitsIn(form.compiled);
  const before = steps.filter((each) => certain.get(`step ${key}`)?.has(`step ${each.key}`));
  const isLast = (step: Step) =>
    !before.some((later) => certain.get(`step ${later.key}`)?.has(`step ${step.key}`));
  return before.filter(isLast).map((each) => each.key);
}

function loopOf({ compiled }: Form, review: string): ReadonlySet<string> {
  for (const node of walk(compiled.root)) {
    if (node.type !== 'loop' || node.review.key !== review) continue;
    const body = [...walk(node.body)].flatMap((each) => (each.type === 'step' ? [each.step.key] : []));
    return new Set([...body, node.redo.step.key]);
  }
  return new Set();
}
