import { canonicalJson } from './canonical.js';
import { namesIn } from './diff/match.js';
import { partsOf } from './diff/parts.js';
import type { Policy } from './document.js';
import { gatesOf, quorumOf, stepsOf } from './steps.js';
import type { Gate, Step, Workflow } from './workflow.js';

/** Who does a step, answers for it, is asked and is told; lists are sorted. */
export interface Raci {
  readonly responsible: readonly string[];
  readonly accountable: string;
  readonly consulted: readonly string[];
  readonly informed: readonly string[];
}

export interface RaciChange {
  /** Key of the step, after the change where it was renamed. */
  readonly step: string;
  /** Null where the step is new. */
  readonly before: Raci | null;
  /** Null where the step is gone. */
  readonly after: Raci | null;
}

/** Who has to approve before and after a change. */
export interface ApprovalChange {
  /** An approval or review step, the approvers of a gate, or an approval that the Policy demands before a launch. */
  readonly kind: 'step' | 'gate' | 'policy';
  /** Key of the step or gate, after the change where it was renamed; the condition of the Policy's demand. */
  readonly key: string;
  /** Roles that may approve a step or gate; roles that the Policy demands, all of them. Null where it was not there. */
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
  /** As a sentence. */
  readonly summary: string;
}

/** A part before and after; null where it is not there. */
interface Pair<Part> {
  readonly key: string;
  readonly before: Part | null;
  readonly after: Part | null;
}

/** Parts of both versions, renamed ones together, in the order of the newer version; what is gone comes last. */
function paired<Part extends { readonly key: string }>(
  kind: 'step' | 'gate',
  versions: readonly [Workflow | null, Workflow | null],
  partsIn: (workflow: Workflow) => readonly Part[],
): Pair<Part>[] {
  const [before, after] = versions;
  const names =
    before && after ? namesIn(partsOf(before), partsOf(after)).names : new Map<string, string | null>();
  const old = before ? partsIn(before) : [];
  const calledNow = (part: Part) => names.get(`${kind} ${part.key}`) ?? null;
  const origins = new Map(old.map((part) => [calledNow(part), part]));
  const gone = old.filter((part) => calledNow(part) === null);
  return [
    ...(after ? partsIn(after) : []).map((part) => ({
      key: part.key,
      before: origins.get(part.key) ?? null,
      after: part,
    })),
    ...gone.map((part) => ({ key: part.key, before: part, after: null })),
  ];
}

const sorted = (roles: readonly string[]): string[] => [...roles].sort();
const raciOf = ({ responsible, accountable, consulted, informed }: Step): Raci => ({
  responsible: sorted(responsible),
  accountable,
  consulted: sorted(consulted),
  informed: sorted(informed),
});

/** Steps of which the roles differ. */
export function raciChanges(before: Workflow | null, after: Workflow | null): RaciChange[] {
  return paired('step', [before, after], stepsOf)
    .map(({ key, before: old, after: now }) => ({
      step: key,
      before: old ? raciOf(old) : null,
      after: now ? raciOf(now) : null,
    }))
    .filter((each) => canonicalJson(each.before) !== canonicalJson(each.after));
}

/** Approvals that come, go, or are of somebody else. */
export function approvalChanges(
  before: Workflow | null,
  after: Workflow | null,
  policies: { readonly before: Policy; readonly after: Policy },
): ApprovalChange[] {
  const steps = paired('step', [before, after], stepsOf).map(({ key, before: old, after: now }) =>
    change('step', key, [approvalOf(old), approvalOf(now)], `approval '${key}'`),
  );
  const gates = paired('gate', [before, after], gatesOf).map(({ key, before: old, after: now }) =>
    change('gate', key, [approversOfGate(old), approversOfGate(now)], `gate '${key}'`),
  );
  const [old, now] = [demandsOn(before, policies.before), demandsOn(after, policies.after)];
  const demands = [...new Set([...old.keys(), ...now.keys()])].map((when) =>
    change(
      'policy',
      when,
      [old.get(when) ?? null, now.get(when) ?? null],
      `before any launch, where ${when}`,
    ),
  );
  return [...steps, ...gates, ...demands].flatMap((each) => each ?? []);
}

/** Roles that may approve, and as a phrase how many of them it takes. */
interface Asked {
  readonly roles: readonly string[];
  readonly phrase: string;
}
const anyOf = (roles: readonly string[]): Asked => ({ roles, phrase: roles.join(' or ') });
const allOf = (roles: readonly string[]): Asked => ({ roles, phrase: roles.join(' and ') });

function approvalOf(step: Step | null): Asked | null {
  if (step?.kind !== 'approval' && step?.kind !== 'review') return null;
  const roles = sorted(step.responsible);
  const quorum = quorumOf(step);
  if (quorum === null) return anyOf(roles);
  if (quorum.type === 'all') return allOf(roles);
  if (quorum.type === 'named') return { roles, phrase: allOf(sorted(quorum.roles)).phrase };
  return { roles, phrase: `${quorum.count} of ${roles.join(', ')}` };
}
/** A gate that names nobody is no approval. */
const approversOfGate = (gate: Gate | null): Asked | null =>
  gate && gate.approvers.length > 0 ? anyOf(sorted(gate.approvers)) : null;

/** What a Policy demands of a workflow that launches something. */
function demandsOn(workflow: Workflow | null, policy: Policy): Map<string, Asked> {
  if (!workflow || stepsOf(workflow).every(({ kind }) => kind !== 'launch')) return new Map();
  return new Map(policy.approvals.map(({ when, require }) => [when, allOf(sorted(require))]));
}

function change(
  kind: ApprovalChange['kind'],
  key: string,
  [before, after]: readonly [Asked | null, Asked | null],
  what: string,
): ApprovalChange | null {
  if (canonicalJson(before) === canonicalJson(after)) return null;
  const summary =
    before === null
      ? `${what}: now takes ${after?.phrase ?? ''}`
      : after === null
        ? `${what}: no longer takes ${before.phrase}`
        : `${what}: takes ${after.phrase} instead of ${before.phrase}`;
  return { kind, key, before: before?.roles ?? null, after: after?.roles ?? null, summary };
}
