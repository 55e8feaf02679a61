import type { ApprovalChange, RaciChange } from '../domain/workflow/responsibility.js';
import type { Plan, PlannedChangeOfMeaning, WorkflowPlan } from './plan.js';

/** Something in a plan that is approved by itself. */
export interface ChangeItem {
  readonly hash: string;
  /** `id` of the definition that it changes. */
  readonly definition: string;
  /** As a sentence. */
  readonly summary: string;
}

/** A role that a plan concerns, and has to agree. */
export interface AskedRole {
  readonly role: string;
  /** Sentences: what it becomes or stops being. */
  readonly reasons: readonly string[];
  /** Hashes of the items that say so. */
  readonly items: ReadonlySet<string>;
}

/** What somebody approved of a plan, wherever the pull request has moved since. */
export interface GivenApproval {
  /** Login at the host. */
  readonly reviewer: string;
  /** Hashes of the items of the plan at the commit that was approved. */
  readonly items: ReadonlySet<string>;
}

/** An approval that does not count. */
export interface UncountedApproval {
  /** Login at the host. */
  readonly reviewer: string;
  /**
   * - `own`: the reviewer opened or proposed it;
   * - `reader`: the reviewer may not write to the repository;
   * - `unknown`: the token may not ask whether the reviewer may;
   * - `gone`: nobody looked at the commit that was approved before it was gone.
   */
  readonly reason: 'own' | 'reader' | 'unknown' | 'gone';
}

/** Where a plan stands with its approvals. */
export interface ApprovalState {
  readonly items: readonly (ChangeItem & { readonly approvedBy: readonly GivenApproval[] })[];
  readonly roles: readonly (AskedRole & {
    /** Approvals that cover some of what the role is asked about. */
    readonly approvedBy: readonly GivenApproval[];
    /** How many of its items nobody has approved. */
    readonly open: number;
  })[];
  readonly uncounted: readonly UncountedApproval[];
}

/** Everything in a plan that can be approved: each change of meaning, and each definition that comes, goes or changes whole. */
export function itemsOf({ workflows, documents }: Plan): ChangeItem[] {
  return [
    ...workflows.flatMap(({ id, change, hash, changes }): ChangeItem[] => [
      ...(hash === null ? [] : [{ hash, definition: id, summary: `workflow '${id}' is ${change}` }]),
      ...changes.map((each) => ({ hash: each.hash, definition: id, summary: each.summary })),
    ]),
    ...documents
      .filter(({ change }) => change !== 'held-back')
      .map(({ kind, id, change, summary, hash }) => ({
        ...{ hash, definition: id },
        summary: `${kind} '${id}' ${change}: ${summary}`,
      })),
  ];
}

/** Roles that become or stop being accountable, or to approve something, by name. */
export function askedRoles(plan: Plan): AskedRole[] {
  const asked = new Map<string, { reasons: string[]; items: Set<string> }>();
  const ask = (role: string, reason: string, items: readonly string[]) => {
    const known = asked.get(role) ?? { reasons: [], items: new Set<string>() };
    if (!known.reasons.includes(reason)) known.reasons.push(reason);
    for (const item of items) known.items.add(item);
    asked.set(role, known);
  };
  for (const workflow of plan.workflows.filter(({ change }) => change !== 'invalid')) {
    for (const change of workflow.raci) {
      const items = itemsAbout(workflow, (each) => isAboutOwner(each, change));
      for (const { role, verb } of differing(ownerOf(change.before), ownerOf(change.after)))
        ask(role, `${verb} accountable for '${change.step}' of '${workflow.id}'`, items);
    }
    for (const change of workflow.approvals) {
      const items = approvalItems(plan, workflow, change);
      for (const { role, verb } of differing(change.before ?? [], change.after ?? []))
        ask(role, `${verb} an approver of ${what(change)} of '${workflow.id}'`, items);
    }
  }
  return [...asked]
    .map(([role, found]) => ({ role, ...found }))
    .sort((one, other) => (one.role < other.role ? -1 : 1));
}

/**
 * Which approvals hold for a plan. An approval is one of the changes, whichever roles they concern: a Team says who works and is
 * told, which is no permission, and hosts know people by other names.
 */
export function approvalState(
  plan: Plan,
  given: readonly GivenApproval[],
  uncounted: readonly UncountedApproval[] = [],
): ApprovalState {
  return {
    uncounted,
    items: itemsOf(plan).map((item) => ({
      ...item,
      approvedBy: given.filter(({ items }) => items.has(item.hash)),
    })),
    roles: askedRoles(plan).map((asked) => {
      const open = [...asked.items].filter((hash) => !given.some(({ items }) => items.has(hash)));
      const approvedBy = given.filter(({ items }) => [...asked.items].some((hash) => items.has(hash)));
      return { ...asked, approvedBy, open: open.length };
    }),
  };
}

const ownerOf = (raci: RaciChange['before']): string[] => (raci ? [raci.accountable] : []);

function differing(
  before: readonly string[],
  after: readonly string[],
): { readonly role: string; readonly verb: string }[] {
  return [
    ...after.filter((role) => !before.includes(role)).map((role) => ({ role, verb: 'becomes' })),
    ...before.filter((role) => !after.includes(role)).map((role) => ({ role, verb: 'stops being' })),
  ];
}

const what = ({ kind, key }: ApprovalChange): string =>
  kind === 'policy' ? `launches where ${key}` : `${kind} '${key}'`;

const isAboutOwner = (
  { element, key, verb, property }: PlannedChangeOfMeaning,
  { step }: RaciChange,
): boolean =>
  element === 'step' &&
  key === step &&
  (verb === 'added' || verb === 'removed' || property === 'accountable');

/** Hashes of the changes that say so; where the workflow comes or goes as a whole, or none says it alone, of all of it. */
function itemsAbout(
  { hash, changes }: WorkflowPlan,
  isMeant: (change: PlannedChangeOfMeaning) => boolean,
): string[] {
  if (hash !== null) return [hash];
  const meant = changes.filter(isMeant);
  return (meant.length > 0 ? meant : changes).map((change) => change.hash);
}

function approvalItems({ documents }: Plan, workflow: WorkflowPlan, { kind, key }: ApprovalChange): string[] {
  const policies = documents.filter((each) => each.kind === 'Policy').map(({ hash }) => hash);
  if (kind === 'policy' && policies.length > 0) return policies;
  const decisive = ['approvers', 'responsible', 'kind'];
  return itemsAbout(
    workflow,
    (each) =>
      each.element === kind &&
      each.key === key &&
      (each.verb === 'added' || each.verb === 'removed' || decisive.includes(each.property ?? '')),
  );
}
