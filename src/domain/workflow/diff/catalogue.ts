import { hoursOf, isDuration } from '../../duration.js';
import type { Merge, Step, Trigger } from '../workflow.js';
import type { ChangeVerb, Classification } from './change.js';
import type { Part, PartKind } from './parts.js';

/** What a rule may look at to tell what a change means. */
export interface Changed {
  /** The part before and after; null where it was not there. */
  readonly before: Part | null;
  readonly after: Part | null;
  /** The property that changed; the empty text for a change of the whole part. */
  readonly property: string;
  /** Whether nothing in the part, or nothing at all where it is more than a block, waits for more: see `newWaits`. */
  readonly waitsForNoMore: () => boolean;
  /** Whether a new part only adds a way to go on, see `isAnotherWay`. */
  readonly isAnotherWay: () => boolean;
  /** Whether a failed check of its gate holds something up. */
  readonly holdsUp: () => boolean;
  /** Whether the part begins what a hand-off leads to, so that its owner accepts it. */
  readonly receives: () => boolean;
  /** Whether a hand-off has no name but that of its sections, of which the part is one. */
  readonly namesHandoff: () => boolean;
  /** Whether a condition asks for the property. */
  readonly isAskedFor: () => boolean;
}

/** When a change is what for a running campaign, in words and as a function. */
export interface Rule {
  readonly text: string;
  readonly judge: (changed: Changed) => Classification;
}

const rule = (text: string, judge: Rule['judge']): Rule => ({ text, judge });
const compatibleIf = (text: string, holds: (changed: Changed) => boolean): Rule =>
  rule(text, (changed) => (holds(changed) ? 'compatible' : 'breaking'));

const INFORMS = rule('None: it informs people and forecasts, and no action is refused for it.', () => 'none');
const COMPATIBLE = (why: string) => rule(`Compatible: ${why}`, () => 'compatible');
const BREAKS = (why: string) => rule(`Breaking: ${why}`, () => 'breaking');
const ORDER = compatibleIf(
  'Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking.',
  ({ waitsForNoMore }) => waitsForNoMore(),
);
const DEMANDS = compatibleIf(
  'Compatible where entries are only taken away, since each demands something; else breaking.',
  (changed) => includesAll(valueOf(changed, 'before'), valueOf(changed, 'after')),
);
const PERMITS = compatibleIf(
  'Compatible where entries are only added, since each permits something; else breaking.',
  (changed) => includesAll(valueOf(changed, 'after'), valueOf(changed, 'before')),
);
const ORDER_LIST = compatibleIf(
  'Compatible where entries are only taken away, or where nothing waits for more than before; else breaking.',
  (changed) => includesAll(valueOf(changed, 'before'), valueOf(changed, 'after')) || changed.waitsForNoMore(),
);

function valueOf({ before, after, property }: Changed, side: 'before' | 'after'): unknown {
  return (side === 'before' ? before : after)?.fields[property] ?? null;
}

function includesAll(larger: unknown, smaller: unknown): boolean {
  const entries = (value: unknown) =>
    Array.isArray(value) ? value.map((entry) => JSON.stringify(entry)) : [];
  const known = new Set(entries(larger));
  return entries(smaller).every((entry) => known.has(entry));
}

/** A number, or the hours of a duration. */
const amount = (value: unknown): number =>
  typeof value === 'number'
    ? value
    : typeof value === 'string' && isDuration(value)
      ? hoursOf(value)
      : Number.NaN;

const isJudged = (part: Part | null): boolean =>
  part?.fields['kind'] === 'approval' || part?.fields['kind'] === 'review';

/** Who is responsible may approve; for other steps the role only says who works. */
const RESPONSIBLE = rule(
  'Of an approval or review compatible where roles are only added, since each may decide, else breaking. Of other steps none: it says who works, not who may.',
  (changed) => (!isJudged(changed.before) && !isJudged(changed.after) ? 'none' : PERMITS.judge(changed)),
);
const ACCOUNTABLE = rule(
  'Breaking where the owner decides about returned work or accepts a hand-off; else none.',
  ({ before, after, receives }) => (isJudged(before) || isJudged(after) || receives() ? 'breaking' : 'none'),
);
const PLAIN_KINDS: readonly unknown[] = ['task', 'brief', 'retrospective'] satisfies Step['kind'][];
const KIND = rule(
  'None between task, brief and retrospective, which are worked on alike; else breaking.',
  ({ before, after }) =>
    [before, after].every((part) => PLAIN_KINDS.includes(part?.fields['kind'])) ? 'none' : 'breaking',
);
const REWORK = rule(
  'Compatible where it becomes possible, or may happen more often; none where only its probability changes; else breaking.',
  ({ before, after }) => {
    const [old, now] = [before, after].map((part) => (part?.fields['rework'] ?? null) as Step['rework']);
    if (!now) return 'breaking';
    if (!old) return 'compatible';
    if (old.to !== now.to || now.max < old.max) return 'breaking';
    return now.max === old.max ? 'none' : 'compatible';
  },
);
const MERGE = compatibleIf(
  'Compatible where the gate waits for fewer lanes; else breaking.',
  ({ before, after }) => {
    const [old, now] = [before, after].map((part) => part?.fields['merge'] as Merge);
    if (old?.type === 'all') return now?.type !== 'all';
    if (old?.type === 'at-least') return now?.type === 'at-least' && now.count <= old.count;
    return now?.type === 'named' && old?.type === 'named' && includesAll(old.lanes, now.lanes);
  },
);
const APPROVERS = compatibleIf(
  'Without approvers everybody may evaluate. Compatible where more people may than before; else breaking.',
  ({ before, after }) => {
    const [old, now] = [before, after].map((part) => (part?.fields['approvers'] ?? []) as readonly string[]);
    return now?.length === 0 || (old?.length !== 0 && includesAll(now, old));
  },
);
const STRENGTH = ['alert', 'pause-channel', 'block'];
const ON_FAIL = compatibleIf(
  'Compatible from `block` to `pause-channel` to `alert`, each of which holds up less; else breaking.',
  ({ before, after }) =>
    STRENGTH.indexOf(String(after?.fields['onFail'])) < STRENGTH.indexOf(String(before?.fields['onFail'])),
);
const LIMIT = compatibleIf(
  'Compatible where the limit lets more pass, or where the gate holds nothing up; else breaking.',
  ({ before, after, holdsUp }) => {
    const [old, now] = [amount(before?.fields['limit']), amount(after?.fields['limit'])];
    return !holdsUp() || (after?.fields['bound'] === 'at-least' ? now <= old : now >= old);
  },
);
const AT_MOST = compatibleIf('Compatible where the distance shrinks or goes; else breaking.', (changed) => {
  const now = valueOf(changed, 'after');
  return now === null || amount(now) <= amount(valueOf(changed, 'before'));
});
const AT_LEAST = compatibleIf(
  'Compatible where the distance grows or the limit goes; else breaking.',
  (changed) => {
    const now = valueOf(changed, 'after');
    return now === null || amount(now) >= amount(valueOf(changed, 'before'));
  },
);
const ACTS: readonly Trigger['actions'][number]['type'][] = ['pauseChannel', 'createStep'];
const TRIGGER = rule(
  'Breaking where it pauses a channel or creates a step; else compatible: it takes nothing away that people may do.',
  ({ before, after }) =>
    [before, after].some((part) =>
      ((part?.fields['actions'] ?? []) as Trigger['actions']).some(({ type }) => ACTS.includes(type)),
    )
      ? 'breaking'
      : 'compatible',
);

const WORK_IS_GONE = BREAKS('what a campaign has begun in it is no longer there.');
const WORK_IS_NEW = BREAKS('something has to be done that did not have to be done before.');
const OTHER_NAME = BREAKS(
  'what is recorded of it stands under the old name, and actions have to give the new one.',
);
const ONLY_A_NAME = rule('None: nothing is recorded under its name.', () => 'none');
const SECTION_NAME = rule(
  'Breaking where a hand-off is called after it, since its acceptance is recorded under the old name; else none.',
  ({ namesHandoff }) => (namesHandoff() ? 'breaking' : 'none'),
);
const ALTERNATIVE = compatibleIf(
  'Compatible in a new branch of a choice that was there, since nobody has to take it, and as the work of a rework, since it only follows a rejection; else breaking: something has to be done that did not have to be done before.',
  ({ isAnotherWay }) => isAnotherWay(),
);
const LIFTED = COMPATIBLE('what it demanded is no longer demanded.');

/** What the kinds of change of one sort of part are, and when they are what for a running campaign. */
export interface CatalogueEntry {
  /** What people call it. */
  readonly noun: string;
  readonly verbs: Partial<Record<Exclude<ChangeVerb, 'changed'>, Rule>>;
  /** By property: what people call it, and the rule. */
  readonly properties: Readonly<Record<string, readonly [label: string, rule: Rule]>>;
}

/** Every change there is. docs/changes.md is generated from it; R111. */
export const CATALOGUE: Readonly<Record<PartKind, CatalogueEntry>> = {
  workflow: {
    noun: 'workflow',
    verbs: { renamed: BREAKS('it is another workflow.') },
    properties: {
      name: ['name', INFORMS],
      steward: ['steward', INFORMS],
      status: ['status', INFORMS],
      pilotCampaigns: ['pilot campaigns', INFORMS],
      campaignTypes: ['campaign types', INFORMS],
      pattern: ['pattern', INFORMS],
      decision: ['decision', INFORMS],
      reviewEvery: ['review interval', INFORMS],
      regulated: [
        'regulated',
        rule('Breaking where a condition asks for it; else none.', ({ isAskedFor }) =>
          isAskedFor() ? 'breaking' : 'none',
        ),
      ],
      audience: ['audience', INFORMS],
      channels: ['channels', PERMITS],
      kpis: ['KPIs', INFORMS],
      calendar: ['content calendar', INFORMS],
    },
  },
  section: {
    noun: 'section',
    verbs: { added: WORK_IS_NEW, removed: WORK_IS_GONE, renamed: SECTION_NAME },
    properties: {
      model: ['model', ORDER],
      after: ['runs after', ORDER_LIST],
      owns: ['brief fields of the hub', DEMANDS],
      tool: ['tool', INFORMS],
    },
  },
  lane: {
    noun: 'lane',
    verbs: { added: ORDER, removed: ORDER, renamed: ONLY_A_NAME },
    properties: {},
  },
  step: {
    noun: 'step',
    verbs: { added: ALTERNATIVE, removed: WORK_IS_GONE, renamed: OTHER_NAME, moved: ORDER, reordered: ORDER },
    properties: {
      name: ['name', INFORMS],
      kind: ['kind', KIND],
      responsible: ['responsible', RESPONSIBLE],
      accountable: ['accountable', ACCOUNTABLE],
      consulted: ['consulted', INFORMS],
      informed: ['informed', INFORMS],
      effort: ['effort', INFORMS],
      produces: ['produces', PERMITS],
      approves: ['approves', BREAKS('who has to approve what is another matter then.')],
      concerns: ['concerns', BREAKS('what was approved already is bound to something else then.')],
      quorum: ['quorum', BREAKS('what was approved already may not be enough, or be more than enough.')],
      needs: ['needs', ORDER_LIST],
      startOn: [
        'starts on',
        compatibleIf(
          'Compatible from `final` to `draft`, which lets it start earlier; else breaking.',
          ({ after }) => after?.fields['startOn'] === 'draft',
        ),
      ],
      channel: ['channel', BREAKS('it launches something else.')],
      when: ['condition', BREAKS('campaigns may have to do what they did not have to, or the reverse.')],
      optional: [
        'optional',
        compatibleIf(
          'Compatible where the step may be skipped from now on; else breaking.',
          ({ after }) => after?.fields['optional'] === true,
        ),
      ],
      rework: ['rework', REWORK],
      staffing: ['staffing', INFORMS],
      relevance: ['relevance', INFORMS],
      waiting: ['waiting time', INFORMS],
      derivedFrom: ['derived from', INFORMS],
      escalateAfter: ['escalates after', INFORMS],
    },
  },
  choice: {
    noun: 'choice',
    verbs: { added: ORDER, removed: ORDER, renamed: ONLY_A_NAME, moved: ORDER, reordered: ORDER },
    properties: {},
  },
  concurrent: {
    noun: 'concurrent block',
    verbs: { added: ORDER, removed: ORDER, renamed: ONLY_A_NAME, moved: ORDER, reordered: ORDER },
    properties: {},
  },
  branch: {
    noun: 'branch',
    verbs: { added: ORDER, removed: ORDER, renamed: ONLY_A_NAME, moved: ORDER },
    properties: {
      when: ['condition', BREAKS('campaigns may have to do what they did not have to, or the reverse.')],
      weight: ['weight', INFORMS],
    },
  },
  gate: {
    noun: 'gate',
    verbs: {
      added: compatibleIf(
        'Compatible where it holds nothing up; else breaking.',
        ({ after }) => after?.fields['onFail'] === 'alert',
      ),
      removed: compatibleIf(
        'Compatible where the gate waited for all lanes, so that nothing has to wait for more without it; else breaking.',
        ({ waitsForNoMore }) => waitsForNoMore(),
      ),
      renamed: OTHER_NAME,
      moved: BREAKS('it compares other lanes.'),
    },
    properties: {
      at: ['place', BREAKS('it holds up something else.')],
      merge: ['waits for', MERGE],
      approvers: ['approvers', APPROVERS],
      onFail: ['on failure', ON_FAIL],
    },
  },
  check: {
    noun: 'check',
    verbs: {
      added: compatibleIf(
        'Compatible where the gate holds nothing up; else breaking.',
        ({ holdsUp }) => !holdsUp(),
      ),
      removed: LIFTED,
      moved: BREAKS('it is asked at another gate.'),
    },
    properties: {
      metric: ['metric', BREAKS('it asks for something else.')],
      bound: ['bound', BREAKS('it asks for the contrary.')],
      limit: ['limit', LIMIT],
    },
  },
  handoff: {
    noun: 'hand-off',
    verbs: { added: BREAKS('work passes only once it is accepted.'), removed: LIFTED, renamed: OTHER_NAME },
    properties: {
      from: ['from', BREAKS('it passes work between other sections.')],
      to: ['to', BREAKS('it passes work between other sections.')],
      payload: ['payload', DEMANDS],
      verify: ['verifies', DEMANDS],
      mode: ['mode', INFORMS],
      respondWithin: ['respond within', INFORMS],
      meeting: ['meeting', INFORMS],
    },
  },
  rule: {
    noun: 'rule',
    verbs: {
      added: BREAKS('it forbids something until its condition holds.'),
      removed: LIFTED,
      renamed: ONLY_A_NAME,
    },
    properties: {
      block: ['forbids', BREAKS('it forbids something else.')],
      until: ['until', BREAKS('it forbids it until something else holds.')],
    },
  },
  trigger: {
    noun: 'trigger',
    verbs: { added: TRIGGER, removed: COMPATIBLE('nothing acts by itself any more.'), renamed: ONLY_A_NAME },
    properties: {
      signal: ['signal', TRIGGER],
      when: ['condition', TRIGGER],
      for: ['for', TRIGGER],
      guard: ['guard', TRIGGER],
      cooldown: ['cooldown', TRIGGER],
      actions: ['actions', TRIGGER],
    },
  },
  milestone: {
    noun: 'milestone',
    verbs: { added: INFORMS, removed: INFORMS, renamed: INFORMS },
    properties: {
      owner: ['owner', INFORMS],
      announceBefore: ['announced before', INFORMS],
      consumers: ['consumers', INFORMS],
      date: ['date', INFORMS],
      notBefore: ['not before', INFORMS],
    },
  },
  cadence: {
    noun: 'meeting',
    verbs: { added: INFORMS, removed: INFORMS, renamed: INFORMS },
    properties: {
      rrule: ['recurrence', INFORMS],
      duration: ['duration', INFORMS],
      timezone: ['time zone', INFORMS],
      attendees: ['attendees', INFORMS],
    },
  },
  sequence: {
    noun: 'distance between',
    verbs: { added: ORDER, removed: LIFTED },
    properties: {
      step: ['step', ORDER],
      after: ['after', ORDER],
      minGap: ['at least', AT_MOST],
      maxGap: ['at most', AT_LEAST],
    },
  },
  checkpoint: {
    noun: 'checkpoint',
    verbs: { added: INFORMS, removed: INFORMS, renamed: INFORMS, moved: INFORMS },
    properties: { offset: ['offset', INFORMS] },
  },
  item: {
    noun: 'calendar item',
    verbs: { added: INFORMS, removed: INFORMS, renamed: INFORMS },
    properties: {
      channel: ['channel', INFORMS],
      offset: ['offset', INFORMS],
      theme: ['theme', INFORMS],
      links: ['links', INFORMS],
    },
  },
};

/** A kind of change, what it is and when it is what for a running campaign. */
export interface ChangeKind {
  readonly kind: string;
  readonly meaning: string;
  readonly rule: string;
}

/** The whole catalogue as a list. */
export function changeKinds(): ChangeKind[] {
  return Object.entries(CATALOGUE).flatMap(([name, { noun, verbs, properties }]) => {
    const element = name as PartKind;
    return [
      ...Object.entries(verbs).map(([verb, { text }]) => ({
        kind: kindOf(element, verb as ChangeVerb),
        meaning: `A ${noun} is ${verb}.`,
        rule: text,
      })),
      ...Object.entries(properties).map(([property, [label, { text }]]) => ({
        kind: kindOf(element, 'changed', property),
        meaning: `Of a ${noun}: ${label}.`,
        rule: text,
      })),
    ];
  });
}

/** The name of a kind of change, for example `step-added` or `step-escalate-after-changed`. */
export const kindOf = (element: PartKind, verb: ChangeVerb, property: string | null = null): string =>
  [element, property?.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), verb]
    .filter((part) => part != null)
    .join('-');
