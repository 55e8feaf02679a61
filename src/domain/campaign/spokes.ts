import { lanesOf, stepsOf, stepsOfBlocks } from '../workflow/steps.js';
import type { Step, Workflow } from '../workflow/workflow.js';
import { type Actor, holdsRole, lacking } from './actor.js';
import { type BriefChange, briefChanges, type BriefVersion, hubsOf } from './brief.js';
import { didYouMean, type Refusal, refusal } from './refusal.js';

/** One of several who work side by side from the same brief: a lane, a spoke, or a channel that is in none (R48). */
export interface Spoke {
  readonly key: string;
  readonly channels: readonly string[];
  /** Roles that do its work or answer for it. */
  readonly roles: readonly string[];
}

/** By key, in file order; lanes of the same name in several sections are one. */
export function spokesOf(workflow: Workflow, channels: readonly string[]): Spoke[] {
  const lanes = workflow.sections.flatMap((section) => (section.model === 'linear' ? [] : lanesOf(section)));
  const steps = new Map<string, Step[]>();
  for (const { key, steps: blocks } of lanes)
    steps.set(key, [...(steps.get(key) ?? []), ...stepsOfBlocks(blocks)]);
  const placed = new Set([...steps.keys(), ...[...steps.values()].flat().map(({ channel }) => channel)]);
  for (const channel of channels)
    if (!placed.has(channel))
      steps.set(
        channel,
        stepsOf(workflow).filter((step) => step.channel === channel),
      );
  return [...steps].map(([key, own]) => ({
    key,
    channels: channels.filter((each) => each === key || own.some(({ channel }) => channel === each)),
    roles: [...new Set(own.flatMap(({ responsible, accountable }) => [...responsible, accountable]))],
  }));
}

/** Why somebody may not say that a spoke works from the present brief; null where they may. */
export function whyNotPull(
  workflow: Workflow,
  channels: readonly string[],
  key: string,
  actor: Actor,
): Refusal | null {
  const spokes = spokesOf(workflow, channels);
  const spoke = spokes.find((each) => each.key === key);
  if (!spoke) {
    const names = spokes.map((each) => each.key);
    const message = `the campaign has no spoke '${key}'${didYouMean(key, names)}`;
    return refusal('UNKNOWN_SPOKE', message, { missing: names });
  }
  const denied = lacking(actor, 'viewer');
  if (denied) return denied;
  const entitled = [...spoke.roles, ...hubsOf(workflow).flatMap(({ roles }) => [...roles])];
  if (lacking(actor, 'steward') === null || entitled.some((role) => holdsRole(actor, role))) return null;
  const message = `'${actor.name}' cannot pull the brief for '${key}': it takes the role ${spoke.roles.join(' or ')}`;
  return refusal('ROLE_MISSING', message, { missing: spoke.roles, askRole: spoke.roles });
}

/**
 * Why somebody may not change what a channel publishes or when it opens; null where they may. A channel that a hub has a spoke for is
 * that spoke's and the hub's, and is denied to others as the hub's fields are denied to spokes (R3).
 */
export function notTheirChannel(
  workflow: Workflow,
  channel: string,
  actor: Actor,
  what: string,
): Refusal | null {
  const own = spokesOf(workflow, [channel]).filter(({ channels }) => channels.includes(channel));
  const hubs = workflow.sections.filter(({ model }) => model === 'hub-and-spoke');
  const isSpoke = hubs.flatMap(lanesOf).some(({ key }) => own.some((each) => each.key === key));
  if (!isSpoke || lacking(actor, 'steward') === null) return null;
  const team = [...new Set(own.flatMap(({ roles }) => roles))];
  const hub = hubsOf(workflow).flatMap(({ roles }) => [...roles]);
  if ([...team, ...hub].some((role) => holdsRole(actor, role))) return null;
  const message = `'${actor.name}' does not work on '${channel}', and ${what}: ask ${team.join(' or ')}`;
  return refusal('ROLE_MISSING', message, { rule: channel, missing: team, askRole: team });
}

/** That a spoke has taken a version of the brief. */
export interface BriefPull {
  readonly spoke: string;
  readonly version: number;
  readonly actor: string;
  /** When it was taken, and when it was last asked whether it is still the present one. */
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** Where a spoke stands against the brief. */
export interface SpokeStanding extends Spoke {
  /** The last that it took; null where it never took any. */
  readonly pull: BriefPull | null;
  readonly isOutOfDate: boolean;
  /** What has changed since; empty where nothing has, or it never took any. */
  readonly changes: readonly BriefChange[];
}

/** Who works from which version, and what they have not seen (R48, R50). */
export function standingsOf(
  spokes: readonly Spoke[],
  pulls: readonly BriefPull[],
  versions: readonly BriefVersion[],
): SpokeStanding[] {
  const current = versions.reduce((last, { number }) => Math.max(last, number), 0);
  const briefOf = (number: number) => versions.find((each) => each.number === number)?.brief ?? {};
  return spokes.map((spoke) => {
    const pull = pulls
      .filter((each) => each.spoke === spoke.key)
      .reduce<BriefPull | null>(
        (last, each) =>
          last === null ||
          each.version > last.version ||
          (each.version === last.version && each.lastAt > last.lastAt)
            ? each
            : last,
        null,
      );
    const isOutOfDate = pull !== null && pull.version < current;
    const changes = isOutOfDate ? briefChanges(briefOf(pull.version), briefOf(current)) : [];
    return { ...spoke, pull, isOutOfDate, changes };
  });
}
