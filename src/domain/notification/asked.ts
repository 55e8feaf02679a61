import { groupsBy } from '../groups.js';
import type { Request } from '../campaign/approvals/people.js';
import type { Situation } from '../campaign/situation.js';
import type { Handoff, Step } from '../workflow/workflow.js';
import { type News, roundOf } from './news.js';
import { listed, quoted, rounds, sentence } from './wording.js';

/** Who is asked, and whether that is a person rather than a role. */
export interface AskedOne extends Request {
  readonly isPerson: boolean;
}

/**
 * What those are told who are asked for an answer by the routing log: one piece of news an approval or a hand-off and time to answer, also
 * where several roles are asked for it.
 */
export function newsOfRequests(situation: Situation, requests: readonly AskedOne[]): News[] {
  const groups = groupsBy(requests, ({ step, handoff, isReturned, dueAt, rule }) =>
    JSON.stringify([step, handoff, isReturned, dueAt, rule]),
  );
  return [...groups.values()].flatMap((group) => newsOfGroup(situation, group));
}

function newsOfGroup(situation: Situation, group: readonly AskedOne[]): News[] {
  const [first] = group;
  if (!first) return [];
  const whom = {
    roles: [...new Set(group.flatMap(({ isPerson, asked }) => (isPerson ? [] : [asked])))],
    people: group.flatMap(({ isPerson, asked, role }) => (isPerson ? [{ name: asked, role }] : [])),
    ...{ occurrence: first.askedAt.toISOString(), within: null, due: first.dueAt },
  };
  const step = situation.progress.steps.get(first.step ?? '')?.part;
  if (step) return [{ ...whom, ...ofStep(situation, step, first) }];
  const handoff = situation.progress.handoffs.get(first.handoff ?? '')?.part;
  return handoff ? [{ ...whom, ...ofHandoff(handoff, first) }] : [];
}

type Words = Pick<News, 'kind' | 'subject' | 'title' | 'happened' | 'asked'>;

function ofStep(situation: Situation, step: Step, request: Request): Words {
  const name = quoted(step.name);
  const status = situation.progress.steps.get(step.key)?.status;
  if (status === 'escalated') {
    const round = situation.state.steps.get(step.key)?.round ?? 0;
    return {
      ...{ kind: 'decision-due', subject: step.key, title: `${name} needs your decision` },
      happened: `Work was returned at ${name} ${round === 1 ? 'and there is no rework for it' : `${round} times, which is more often than is allowed`}.`,
      asked: `Decide as ${step.accountable}: approve ${name}, or return it again.`,
    };
  }
  return {
    ...{ kind: 'approval-due', subject: step.key, title: `${name} waits for your decision` },
    happened: request.rule === 'default' ? reached(situation, step) : sentence(request.because),
    asked: `Look at ${step.approves.length > 0 ? listed(step.approves) : step.kind === 'launch' ? `what ${quoted(step.channel ?? '')} sends` : 'the work'}, then approve it or return it with a comment.`,
  };
}

function reached(situation: Situation, step: Step): string {
  const round = roundOf(situation, step.key);
  const after = round > 0 ? `, after ${rounds(round)} of rework` : '';
  return `Everything before ${quoted(step.name)} is done${after}.`;
}

function ofHandoff({ key, from, to, payload }: Handoff, { isReturned, rule, because }: Request): Words {
  if (isReturned)
    return {
      ...{ kind: 'handoff-returned', subject: key, title: `${quoted(to)} sent back what you handed over` },
      happened: sentence(because),
      asked: 'Mend it, then offer the hand-off again.',
    };
  const over = `Section ${quoted(from)} is done${payload.length > 0 ? ` and hands over ${listed(payload)}` : ''}.`;
  return {
    ...{ kind: 'handoff-due', subject: key, title: `${quoted(from)} hands over to ${quoted(to)}` },
    happened: rule === 'default' ? over : `${over} ${sentence(because)}`,
    asked: `Check what you receive and accept the hand-off, so that ${quoted(to)} can begin.`,
  };
}
