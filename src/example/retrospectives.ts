import { type ActionInput, answerRetrospective } from '../application/answer-retrospective.js';
import type { Proposing } from '../application/finish-proposal.js';
import type { Ports } from '../application/ports.js';
import { proposeWorkflowChange } from '../application/propose-workflow-change.js';
import { actorOf } from '../domain/campaign/actor.js';
import type { Question } from '../domain/learning/retrospective.js';
import { addWorkingDays, lastTwoQuarters, startOfDay, workingDay } from './calendar.js';
import { exampleCommits, openCommits } from './history/commits.js';
import { OPEN_BRANCH } from './history/open-branch.js';
import { expectDone, STEWARD } from './people.js';
import type { Timeline } from './timeline.js';

/** A retrospective that was answered; the others still wait for answers. */
export interface ExampleRetrospective {
  readonly campaign: string;
  /** What people say, two working days after the end, when it is completed. */
  readonly answers: readonly (readonly [by: string, answers: Readonly<Partial<Record<Question, string>>>])[];
  /** In the order in which they are agreed on. */
  readonly actions: readonly ExampleAction[];
}
interface ExampleAction {
  readonly text: string;
  /** A role. */
  readonly owner: string;
  readonly workflow: string;
  readonly dueOn: Date;
  /** Null: when the answers are given. */
  readonly agreedAt: Date | null;
  /** When somebody says so. */
  readonly doneAt: Date | null;
  readonly proposal: ExampleProposal | null;
}
interface ExampleProposal {
  readonly branch: string;
  /** Null: a working day after the action was agreed on. */
  readonly at: Date | null;
  readonly title: string;
  readonly rationale: string;
  /** The file of the workflow as it would be. */
  readonly text: string;
}

const NOTHING_ELSE = { agreedAt: null, doneAt: null, proposal: null } as const;
const HOUR = 3_600_000;

export function exampleRetrospectives(today: Date): readonly ExampleRetrospective[] {
  const [first, second] = lastTwoQuarters(today);
  const rule = exampleCommits(today).find(({ key }) => key === 'social-before-email');
  const beforeToday = (days: number, hour: number): Date =>
    new Date(addWorkingDays(startOfDay(today), -days).getTime() + hour * HOUR);
  return [
    {
      campaign: 'travel-headphones',
      answers: [
        [
          'campaigns@example.com',
          { convergence: 'Half-way it did: the gate showed two versions of the offer. Nobody acted on it.' },
        ],
        [
          'email@example.com',
          {
            bottlenecks:
              'The email was ready before the posts; had we sent it then, nothing would have stood behind it.',
          },
        ],
        [
          'social@example.com',
          {
            drift: 'Until the gate it did: email and posts had been written from two versions of the offer.',
          },
        ],
      ],
      actions: [
        {
          ...NOTHING_ELSE,
          text: 'No launch email before the social copy is approved',
          ...{ owner: 'campaign-manager', workflow: 'product-launch' },
          dueOn: workingDay(first, 60, 0),
          proposal: {
            branch: 'social-before-email',
            at: null,
            title: 'Hold the launch email until the social copy is approved',
            rationale: 'People read the post first; an email without it confuses them.',
            text: textOf('product-launch.yaml', rule),
          },
        },
        {
          ...NOTHING_ELSE,
          text: 'Say who acts when the midpoint gate finds two versions of an offer',
          ...{ owner: 'creative-lead', workflow: 'product-launch' },
          dueOn: workingDay(first, 62, 0),
        },
      ],
    },
    {
      campaign: 'role-dashboards',
      answers: [
        [
          'campaigns@example.com',
          { convergence: 'The three lanes met at the review, but later than we had promised.' },
        ],
        [
          'creative@example.com',
          { bottlenecks: 'The review sent the assets back once: product saw them for the first time there.' },
        ],
        ['sales@example.com', { drift: 'Prices in the sales kit changed after we had been trained.' }],
      ],
      actions: [
        {
          ...NOTHING_ELSE,
          text: 'Show the outline of the assets to product before they are made',
          ...{ owner: 'creative-lead', workflow: 'quarterly-b2b-launch' },
          dueOn: workingDay(second, 60, 0),
          doneAt: workingDay(second, 58, 11),
        },
        {
          ...NOTHING_ELSE,
          text: 'Have finance approve the prices before sales is trained',
          ...{ owner: 'sales', workflow: 'quarterly-b2b-launch' },
          agreedAt: beforeToday(4, 13),
          dueOn: addWorkingDays(startOfDay(today), 10),
          proposal: {
            branch: OPEN_BRANCH,
            at: beforeToday(1, 9),
            title: 'Have finance approve the prices before sales is trained',
            rationale: 'What sales learns by heart should be true.',
            text: textOf('quarterly-b2b-launch.yaml', openCommits(today).at(-1)),
          },
        },
      ],
    },
  ];
}

const textOf = (path: string, commit: { readonly files: ReadonlyMap<string, string> } | undefined): string =>
  commit?.files.get(path) ?? '';

/** What people look back with. */
interface LookBack {
  readonly ports: Ports;
  readonly proposing: Proposing;
  readonly timeline: Timeline;
}

/** Plans what becomes of a retrospective that opens now. */
export function lookBack(on: LookBack, retrospective: ExampleRetrospective): void {
  const { timeline } = on;
  const answeredAt = addWorkingDays(timeline.now, 2);
  timeline.at(answeredAt, () => answer(on, retrospective));
  retrospective.actions.forEach(({ agreedAt, doneAt, proposal, ...action }, position) => {
    const number = position + 1;
    if (agreedAt) timeline.at(agreedAt, () => act(on, retrospective, [asNew(action)]));
    const proposedAt = proposal?.at ?? addWorkingDays(agreedAt ?? answeredAt, 1);
    if (proposal)
      timeline.at(proposedAt, async () => {
        await propose(on, action.workflow, proposal);
        await act(on, retrospective, [{ ...UNCHANGED, number, proposal: proposal.branch }]);
      });
    if (doneAt) timeline.at(doneAt, () => act(on, retrospective, [{ ...UNCHANGED, number, done: true }]));
  });
}

const UNCHANGED: ActionInput = {
  ...{ number: null, text: null, owner: null, dueOn: null, workflow: null, proposal: null, done: null },
};

const asNew = ({
  dueOn,
  ...action
}: Pick<ExampleAction, 'text' | 'owner' | 'workflow' | 'dueOn'>): ActionInput => ({
  ...UNCHANGED,
  ...action,
  dueOn: dueOn.toISOString().slice(0, 10),
});

async function answer(on: LookBack, retrospective: ExampleRetrospective): Promise<void> {
  const { campaign, answers, actions } = retrospective;
  for (const [by, said] of answers) {
    const input = { campaign, answers: said, actions: [], complete: false };
    expectDone(await answerRetrospective(on.ports, actorOf(by, ['contributor']), input), campaign);
  }
  const agreed = actions
    .filter(({ agreedAt }) => agreedAt === null)
    .map(({ text, owner, workflow, dueOn }) => asNew({ text, owner, workflow, dueOn }));
  const input = { campaign, answers: {}, actions: agreed, complete: true };
  expectDone(await answerRetrospective(on.ports, STEWARD, input), campaign);
}

async function act(
  { ports }: LookBack,
  { campaign }: ExampleRetrospective,
  actions: readonly ActionInput[],
): Promise<void> {
  const input = { campaign, answers: {}, actions, complete: false };
  expectDone(await answerRetrospective(ports, STEWARD, input), campaign);
}

async function propose(
  { ports, proposing }: LookBack,
  workflow: string,
  { at: _, ...proposal }: ExampleProposal,
): Promise<void> {
  const wanted = { workflow, edits: null, ...proposal };
  expectDone(await proposeWorkflowChange(ports, proposing, STEWARD, wanted), proposal.branch);
}
