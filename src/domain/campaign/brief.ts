import type { Workflow } from '../workflow/workflow.js';
import { stepsOfBlocks } from '../workflow/steps.js';
import { accept, type Decision, notRunning, refuse } from './actions.js';
import { type Actor, holdsRole, lacking } from './actor.js';
import { afterBrief } from './approvals/invalidate.js';
import { wrongBrief, wrongFields } from './input.js';
import { type Refusal, refusal } from './refusal.js';
import type { Situation } from './situation.js';
import type { Brief, BriefValue, Change } from './state.js';

/** One field of a brief that differs between two versions; null where it was not set. */
export interface BriefChange {
  readonly field: string;
  readonly before: BriefValue | null;
  readonly after: BriefValue | null;
}

/** What a brief said at one time. It never changes. */
export interface BriefVersion {
  /** From 1; one more with each change. */
  readonly number: number;
  readonly brief: Brief;
  /** Who made it. */
  readonly actor: string;
  readonly createdAt: Date;
}

/** The fields in which two versions differ, by name. */
export function briefChanges(before: Brief, after: Brief): BriefChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((field): BriefChange[] => {
    const [one, other] = [before[field] ?? null, after[field] ?? null];
    return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ field, before: one, after: other }];
  });
}

/** Versions in their order, each with what it changed; the first one against nothing. */
export const withChanges = <T extends BriefVersion>(
  versions: readonly T[],
): (T & { changes: BriefChange[] })[] =>
  versions.map((version, at) => ({
    ...version,
    changes: briefChanges(versions[at - 1]?.brief ?? {}, version.brief),
  }));

/** What an update rests on: the present version, and what was made since the one that its author had seen. */
export interface BriefBase {
  readonly version: number;
  /** The version that the author of the change has seen; null where nobody says. */
  readonly basedOn: number | null;
  /** From that one on; empty where it is the present one. */
  readonly versions: readonly BriefVersion[];
}

/**
 * Sets fields of the brief; a null value empties one. What is set already makes no new version.
 * @param movesLaunch what else changes where the brief names another day of the launch; a refusal where it cannot
 */
export function updateBrief(
  situation: Situation,
  actor: Actor,
  fields: Readonly<Record<string, BriefValue | null>>,
  base: BriefBase,
  movesLaunch: (brief: Brief) => Change | Refusal | null,
): Decision {
  const refused =
    lacking(actor, 'contributor') ??
    notRunning(situation) ??
    wrongFields(fields) ??
    outdated(situation, base);
  if (refused) return refuse(refused);
  const before = situation.campaign.brief;
  const brief = briefWith(before, fields);
  const changes = briefChanges(before, brief);
  if (changes.length === 0) return accept();
  const denied = wrongBrief(brief) ?? hubOwned(situation.workflow, actor, changes);
  if (denied) return refuse(denied);
  const moved = movesLaunch(brief);
  if (moved && 'code' in moved) return refuse(moved);
  const invalidated = afterBrief(situation, brief);
  return accept({ type: 'brief', brief }, ...(moved ? [moved] : []), ...invalidated);
}

const briefWith = (brief: Brief, fields: Readonly<Record<string, BriefValue | null>>): Brief =>
  Object.fromEntries(
    Object.entries({ ...brief, ...fields }).flatMap(([name, value]) =>
      value === null ? [] : [[name, value]],
    ),
  );

/** Nothing is lost where two change the brief: who has not seen the present version is told what it says. */
function outdated(
  { campaign: { facts } }: Situation,
  { version, basedOn, versions }: BriefBase,
): Refusal | null {
  if (basedOn === null || basedOn === version) return null;
  if (basedOn > version || basedOn < 1)
    return refusal(
      'INVALID_INPUT',
      `the brief of '${facts.key}' has no version ${basedOn}, it is at ${version}`,
    );
  const [seen, ...later] = versions;
  const names = briefChanges(seen?.brief ?? {}, later.at(-1)?.brief ?? {}).map(({ field }) => field);
  const what = names.length === 0 ? 'back to what it was' : `${names.join(', ')} changed`;
  const who = [...new Set(later.map(({ actor }) => actor))].join(' and ');
  const message = `the brief is at version ${version}, not ${basedOn}: ${what}, by ${who}`;
  return refusal('BRIEF_CHANGED', message, { missing: [`version ${version}`] });
}

/** Who sets what the hub owns: whoever works in it, and the workflow's steward. */
export interface Hub {
  readonly section: string;
  readonly owns: readonly string[];
  /** Accountable for the hub, the first step's first. */
  readonly owners: readonly string[];
  readonly roles: ReadonlySet<string>;
}

export const hubsOf = (workflow: Workflow): Hub[] =>
  workflow.sections.flatMap((section): Hub[] => {
    if (section.model !== 'hub-and-spoke') return [];
    const steps = stepsOfBlocks(section.hub.steps);
    const owners = [...new Set(steps.map(({ accountable }) => accountable))];
    const roles = new Set([...owners, ...steps.flatMap(({ responsible }) => responsible), workflow.steward]);
    return [{ section: section.key, owns: section.hub.owns, owners, roles }];
  });

/** Why somebody who works in no hub may not set these fields; null where none of them is a hub's (R3). Stewards see to all of them. */
export function hubOwned(
  workflow: Workflow,
  actor: Actor,
  changes: readonly Pick<BriefChange, 'field'>[],
): Refusal | null {
  for (const hub of hubsOf(workflow)) {
    const owned = changes.map(({ field }) => field).filter((field) => hub.owns.includes(field));
    const isOfHub = [...hub.roles].some((role) => holdsRole(actor, role));
    if (owned.length === 0 || isOfHub || lacking(actor, 'steward') === null) continue;
    const who = hub.owners.join(' or ');
    const message = `${owned.map((field) => `'${field}'`).join(', ')} ${owned.length === 1 ? 'is' : 'are'} the hub's, and '${actor.name}' has no role there: ask ${who}`;
    return refusal('HUB_OWNED_FIELD', message, { rule: hub.section, missing: owned, askRole: hub.owners });
  }
  return null;
}
