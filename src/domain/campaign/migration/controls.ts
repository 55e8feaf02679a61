import { isBehind } from '../state.js';
import type { Situation } from '../situation.js';
import { demandedApprovals } from '../approvals/demands.js';
import type { Version } from './version.js';

/** Something that has happened although a control of the version stands before it and is not over. */
export interface Slip {
  /** Names of the control and of what is past it, for `Names.slip`. */
  readonly control: string;
  readonly past: string;
  readonly sentence: string;
}

/** Every control that what has happened is past, although it is not over. */
export function slipsOf(version: Version, situation: Situation): Slip[] {
  return [
    ...orderSlips(version, situation),
    ...ruleSlips(version, situation),
    ...policySlips(version, situation),
  ];
}

/** Blocking gates, hand-offs and approvals stand before what they guard; ordinary work may come late. */
function orderSlips(version: Version, situation: Situation): Slip[] {
  return happened(version, situation).flatMap((name) =>
    [...version.before(name)].flatMap((control): Slip[] => {
      const sentence = openControl(control, situation);
      return sentence === null ? [] : [{ control, past: name, sentence: sentence(shown(name)) }];
    }),
  );
}

/** What has begun, been evaluated or been accepted; a gate that holds nothing up is not past anything. */
function happened({ steps, workflow }: Version, { state, progress }: Situation): string[] {
  const begun = [...steps.keys()].filter((key) => (state.steps.get(key)?.status ?? 'pending') !== 'pending');
  const gates = [...progress.gates.values()].flatMap(({ part }) =>
    part.onFail === 'block' && state.gates.has(part.key) ? [part.key] : [],
  );
  const handoffs = workflow.handoffs.flatMap(({ key }) => (state.handoffs.has(key) ? [key] : []));
  return [
    ...begun.map((key) => `step ${key}`),
    ...gates.map((key) => `gate ${key}`),
    ...handoffs.map((key) => `handoff ${key}`),
  ];
}

/** How to say that a control is not over; null where it is, or is no control. */
function openControl(name: string, { progress }: Situation): ((what: string) => string) | null {
  const [kind = '', ...rest] = name.split(' ');
  const key = rest.join(' ');
  if (kind === 'gate') {
    const gate = progress.gates.get(key);
    return gate?.part.onFail === 'block' && !isBehind(gate.status)
      ? (what) => `${what} although gate '${key}', which is not passed, comes first`
      : null;
  }
  if (kind === 'handoff') {
    return progress.handoffs.get(key)?.status === 'accepted'
      ? null
      : (what) => `${what} although hand-off '${key}', which is not accepted, comes first`;
  }
  const step = progress.steps.get(key);
  if (step?.part.kind !== 'approval' && step?.part.kind !== 'review') return null;
  return OVER.has(step.status)
    ? null
    : (what) => `${what} although the ${step.part.kind} '${key}', which is not given, comes first`;
}
const OVER: ReadonlySet<string> = new Set(['done', 'skipped', 'not-needed', 'not-taken']);

function shown(name: string): string {
  const [kind, ...rest] = name.split(' ');
  const key = `'${rest.join(' ')}'`;
  if (kind === 'gate') return `gate ${key} has been evaluated`;
  return kind === 'handoff' ? `hand-off ${key} has been accepted` : `${key} has begun`;
}

/** Rules whose action has been carried out, although they would forbid it now. */
function ruleSlips(version: Version, situation: Situation): Slip[] {
  return version.workflow.rules.flatMap((rule): Slip[] => {
    const [verb, what = ''] = rule.block.split(':');
    const status = situation.state.steps.get(what)?.status ?? 'pending';
    const done =
      verb === 'launch'
        ? isLaunched(situation, what)
        : verb === 'start'
          ? status !== 'pending' && status !== 'skipped'
          : status === 'done';
    if (!done || situation.holdsFor('rule', rule.until)) return [];
    const why = situation.blockedBy(rule.block).find((each) => each.rule === rule.key)?.message;
    const sentence = `${ACTS[verb ?? ''] ?? ''} '${what}' has happened, but ${why ?? `rule '${rule.key}' forbids it`}`;
    return [{ control: `rule ${rule.block} ${rule.until}`, past: rule.block, sentence }];
  });
}
const ACTS: Readonly<Record<string, string>> = {
  launch: 'the launch on',
  start: 'the start of',
  complete: 'the end of',
};

const isLaunched = ({ campaign }: Situation, channel: string): boolean => {
  const known = campaign.channels.get(channel);
  return known !== undefined && known.status !== 'planned';
};

/** Approvals that the Policy demands before a launch, where it has happened without them. */
function policySlips({ policy }: Version, situation: Situation): Slip[] {
  const launched = [...situation.campaign.channels.keys()].filter((each) => isLaunched(situation, each));
  const slips = launched.flatMap((channel) =>
    demandedApprovals(situation, channel).map(({ message, missing }) => ({
      control: `policy ${missing.join()}`,
      past: 'launch',
      sentence: `'${launched.join("', '")}' has been launched, but ${message} (policy '${policy.key}')`,
    })),
  );
  return [...new Map(slips.map((slip) => [slip.sentence, slip])).values()];
}
