import type { Taxonomy, Team } from '../workflow/document.js';
import { INCIDENT_KINDS, type Incident } from './incidents.js';

/** Why workflows are looked at without waiting for the quarter to end (R94). */
export const REVIEW_REASONS = {
  'new-channel': 'The Taxonomy has a new channel.',
  'new-tool': 'The tools of the Taxonomy have changed.',
  'team-change': 'A Team has other roles than before.',
  'persistent-issue': 'The last three campaigns on a workflow, or six, had the same trouble.',
} as const;
export type TriggerReason = keyof typeof REVIEW_REASONS;
/** Its interval is over (R93), nobody has looked for long (R95), or something has happened (R94). */
export type ReviewReason = 'interval' | 'stale' | TriggerReason;

export interface ReviewTrigger {
  readonly reason: TriggerReason;
  /** What it is about, once: raised again for the same, it is the same. */
  readonly subject: string;
  /** What has happened, in a sentence. */
  readonly because: string;
}

/** Channels that are new, and other tools. */
export function triggersOfTaxonomy(before: Taxonomy, after: Taxonomy): ReviewTrigger[] {
  const added = keysBeside(after.channels, before.channels).map((channel) =>
    triggerOf('new-channel', channel, `channel '${channel}' is new in Taxonomy '${after.key}'`),
  );
  return [
    ...added,
    ...changed('new-tool', `Taxonomy '${after.key}'`, 'tool', [before.key, before.tools, after.tools]),
  ];
}

/** Roles that have come or gone; people who come and go within a role change nothing of how work is done. */
export const triggersOfTeam = (before: Team, after: Team): ReviewTrigger[] =>
  changed('team-change', `Team '${after.key}'`, 'role', [after.key, before.roles, after.roles]);

type Keyed = readonly { readonly key: string }[];

function changed(
  reason: TriggerReason,
  whose: string,
  what: string,
  [subject, before, after]: readonly [string, Keyed, Keyed],
): ReviewTrigger[] {
  const told = [
    ...keysBeside(after, before).map((key) => `has a new ${what} '${key}'`),
    ...keysBeside(before, after).map((key) => `has no ${what} '${key}' any more`),
  ];
  return told.length === 0 ? [] : [triggerOf(reason, subject, `${whose} ${told.join(' and ')}`)];
}

const keysBeside = (all: Keyed, others: Keyed): string[] =>
  all.flatMap(({ key }) => (others.some((other) => other.key === key) ? [] : [key]));

const triggerOf = (reason: TriggerReason, subject: string, because: string): ReviewTrigger => ({
  ...{ reason, because },
  subject: `${reason} ${subject}`,
});

/** What was wrong with a campaign when it ended. */
export interface EndedCampaign {
  readonly key: string;
  readonly incidents: readonly Pick<Incident, 'kind'>[];
  /** Keys of gates that were failed or gone past. */
  readonly unmetGates: readonly string[];
}

/** So many campaigns in a row are no accident (R94). */
const IN_A_ROW = 3;
/** As far back as anybody counts. */
export const LONGEST_ROW = 30;

/**
 * The same trouble in three campaigns in a row, and again in six. Told of once for every three, so that a review has time to show.
 * @param ended on the workflow, the newest first
 */
export function persistentIssues(workflow: string, ended: readonly EndedCampaign[]): ReviewTrigger[] {
  const [newest] = ended;
  if (!newest) return [];
  return troublesOf(newest).flatMap(([name, words]) => {
    const first = ended.findIndex((each) => !troublesOf(each).some(([other]) => other === name));
    const row = ended.slice(0, first < 0 ? ended.length : first);
    if (row.length % IN_A_ROW !== 0) return [];
    const keys = row.slice(0, IN_A_ROW).map(({ key }) => `'${key}'`);
    const because = `the last ${row.length} campaigns on '${workflow}' had ${words}: ${keys.join(', ')}${row.length > IN_A_ROW ? ' and those before' : ''}`;
    return [triggerOf('persistent-issue', `${workflow} ${name}`, because)];
  });
}

function troublesOf({ incidents, unmetGates }: EndedCampaign): [name: string, words: string][] {
  const kinds = (Object.keys(INCIDENT_KINDS) as Incident['kind'][]).filter((kind) =>
    incidents.some((each) => each.kind === kind),
  );
  return [
    ...kinds.map((kind): [string, string] => [kind, `an incident '${kind.replaceAll('-', ' ')}'`]),
    ...unmetGates.map((gate): [string, string] => [`gate ${gate}`, `gate '${gate}' not passed`]),
  ];
}
