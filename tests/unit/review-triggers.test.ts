import fc from 'fast-check';
import { registerOf } from '../../src/domain/learning/incident-register.js';
import type { IncidentCause, IncidentKind } from '../../src/domain/learning/incidents.js';
import { adviceOf, type ReviewedPast } from '../../src/domain/learning/review-advice.js';
import {
  type EndedCampaign,
  persistentIssues,
  triggersOfTaxonomy,
  triggersOfTeam,
} from '../../src/domain/learning/review-triggers.js';
import { definitionsOf, linear, step } from '../support/definitions.js';
import type { Taxonomy, Team } from '../../src/domain/workflow/document.js';

describe('what calls for a review', () => {
  const named = (...keys: string[]) => keys.map((key) => ({ key }));
  const taxonomy = (channels: string[], tools: string[] = []) =>
    ({ key: 'default', channels: named(...channels), tools: named(...tools) }) as unknown as Taxonomy;
  const team = (...roles: string[]) => ({ key: 'social', roles: named(...roles) }) as unknown as Team;

  it('is a new channel, and not one that is gone', () => {
    expect(triggersOfTaxonomy(taxonomy(['email', 'print']), taxonomy(['email', 'tiktok']))).toEqual([
      {
        reason: 'new-channel',
        subject: 'new-channel tiktok',
        because: "channel 'tiktok' is new in Taxonomy 'default'",
      },
    ]);
  });
  it('is another tool, and another role of a Team', () => {
    expect(
      triggersOfTaxonomy(taxonomy([], ['old']), taxonomy([], ['new'])).map(({ because }) => because),
    ).toEqual(["Taxonomy 'default' has a new tool 'new' and has no tool 'old' any more"]);
    expect(triggersOfTeam(team('writer'), team('writer', 'editor')).map(({ because }) => because)).toEqual([
      "Team 'social' has a new role 'editor'",
    ]);
    expect(triggersOfTeam(team('writer'), team('writer'))).toEqual([]);
  });

  const ended = (key: string, ...troubles: (IncidentKind | 'gate')[]): EndedCampaign => ({
    key,
    incidents: troubles.flatMap((kind) => (kind === 'gate' ? [] : [{ kind }])),
    unmetGates: troubles.includes('gate') ? ['together'] : [],
  });
  it('is the same trouble in three campaigns in a row', () => {
    const row = [
      ended('c', 'missed-deadline', 'gate'),
      ended('b', 'gate', 'messaging-conflict'),
      ended('a', 'messaging-conflict', 'gate'),
    ];
    expect(persistentIssues('post', row)).toEqual([
      {
        reason: 'persistent-issue',
        subject: 'persistent-issue post gate together',
        because: "the last 3 campaigns on 'post' had gate 'together' not passed: 'c', 'b', 'a'",
      },
    ]);
    expect(persistentIssues('post', row.slice(0, 2))).toEqual([]);
    expect(persistentIssues('post', [])).toEqual([]);
  });
  it('is told of once for every three', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 29 }), (troubled) => {
        const all = troubled.map((isTroubled, at) =>
          ended(`c${at}`, ...(isTroubled ? ['gate' as const] : [])),
        );
        const firstGood = troubled.indexOf(false);
        const row = firstGood < 0 ? troubled.length : firstGood;
        expect(persistentIssues('post', all)).toHaveLength(row > 0 && row % 3 === 0 ? 1 : 0);
      }),
    );
  });
});

describe('what a review suggests', () => {
  const incident = (kind: IncidentKind, cause: IncidentCause = 'other', hours = 0) => ({
    ...{ kind, cause },
    delay: hours === 0 ? null : { hours },
  });
  type Incidents = ReviewedPast['campaigns'][number]['incidents'];
  const advice = (campaigns: readonly Incidents[], more: Partial<ReviewedPast> = {}) => {
    const past = campaigns.map((incidents) => ({ incidents, hasLateFix: false, isLaunched: true }));
    const reviewed = { workflow: POST, quickWin: null, ...more };
    return adviceOf({ ...reviewed, campaigns: past, register: registerOf(past) }).map(
      ({ text, because }) => `${text}: ${because}`,
    );
  };

  const POST = definitionsOf(linear(step('post', 'P1D'))).workflow;

  it('is nothing where nothing went wrong, or only once', () => {
    expect(advice([])).toEqual([]);
    expect(advice([[], []])).toEqual([]);
    expect(advice([[incident('missed-deadline', 'no-parallel', 10)], []])).toEqual([]);
  });
  it('rests on campaigns, however many channels of one were late, and counts its hours once', () => {
    const late = [12, 30, 24].map((hours) => incident('missed-deadline', 'sequence', hours));
    expect(advice([late, []])).toEqual([]);
    expect(advice([late, [incident('missed-deadline', 'sequence', 10)]])[0]).toMatch(
      /: 40 h of delay, 100 % of all/,
    );
    const [sequence, parallel] = registerOf([
      {
        incidents: [...late, incident('missed-deadline', 'no-parallel', 10)],
        hasLateFix: false,
        isLaunched: true,
      },
    ]).causes;
    expect(sequence).toEqual({ cause: 'sequence', count: 3, delayHours: 30, delayShare: 0.75 });
    expect(parallel).toEqual({ cause: 'no-parallel', count: 1, delayHours: 10, delayShare: 0.25 });
    // Somebody has said what caused it, and no deadline was missed.
    expect(advice([late, [incident('budget-waste', 'sequence')]])).toEqual([]);
  });
  it('is the pattern that saves what cost the most hours of delay', () => {
    const late = (cause: IncidentCause) => [
      [incident('missed-deadline', cause, 30)],
      [incident('missed-deadline', cause, 30), incident('missed-deadline', 'other', 20)],
    ];
    expect(advice(late('no-parallel'))[0]).toBe(
      'let work run side by side: 60 h of delay, 75 % of all, come from work that waited for steps from which it declares to take nothing',
    );
    expect(advice(late('no-parallel'), { workflow: { ...POST, pattern: 'parallel' } })[0]).toMatch(
      /^say what each step takes/,
    );
    expect(advice(late('no-adapt'))[0]).toMatch(/^let a trigger act on one signal/);
    expect(advice(late('no-adapt'), { workflow: { ...POST, pattern: 'adaptive' } })[0]).toMatch(
      /^look at what holds the triggers back/,
    );
    expect(advice(late('sequence'))[0]).toMatch(/^shorten, split or staff/);
    expect(advice(late('other'))).toEqual([
      "introduce shared milestones, as parallel workflows have it: 2 campaigns that ended had an incident 'missed deadline'",
    ]);
  });
  it('is a look at all channels where texts contradict each other, if there is a place for it', () => {
    const conflicts = [[incident('messaging-conflict')], [incident('messaging-conflict')]];
    const because = "2 campaigns that ended had an incident 'messaging conflict'";
    const brief = `introduce one brief and a convergence gate, as parallel workflows have it: ${because}`;
    expect(advice(conflicts, { quickWin: 'review all channels together' })).toEqual([
      `review all channels together: ${because}`,
      brief,
    ]);
    expect(advice(conflicts)).toEqual([brief]);
  });
  it('is nothing that the workflow has already', () => {
    const both = [incident('messaging-conflict'), incident('missed-deadline', 'other', 1)];
    const rest = (text: string) =>
      advice([both, both, both.slice(0, 1)], { workflow: definitionsOf(text).workflow });
    const post = linear(step('post', 'P1D'));
    const shared = 'milestones: [{ id: freeze, owner: ops, announceBefore: P7D, consumers: [ops] }]\n';
    expect(rest(post)).toEqual([expect.stringMatching(/^introduce one brief and a convergence gate/)]);
    const check = '{ metric: message-consistency, atLeast: 0.9 }';
    const gated = `${post}    gates: [{ id: same, at: endpoint, approvers: [ops], checks: [${check}], onFail: block }]\n`;
    expect(rest(gated)).toEqual([expect.stringMatching(/^introduce shared milestones/)]);
    expect(rest(`${gated}${shared}`)).toEqual([]);
  });
});
