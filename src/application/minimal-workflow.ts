import { stringify } from 'yaml';

/** What a first workflow has to know. */
export interface MinimalWorkflow {
  readonly key: string;
  readonly name: string;
  /** Role that looks after the definition. */
  readonly steward: string;
  /** Role that leads campaigns. */
  readonly lead: string;
  /** Role that approves what goes out. */
  readonly approver: string;
  /** Role that works for each channel. */
  readonly channels: readonly { readonly channel: string; readonly role: string }[];
}

/**
 * The smallest definition that covers the critical points of convergence (S0, pitfall 1): one brief, one approval of each
 * channel's content, one gate for all of them, and a look back. One channel is a chain; several are made and launched side by side.
 */
export function minimalWorkflow(wanted: MinimalWorkflow): string {
  const { key, name, steward, channels } = wanted;
  const isChain = channels.length < 2;
  return stringify(
    {
      ...{ apiVersion: 'weir/v1', kind: 'Workflow', id: key, name, steward },
      ...{ pattern: isChain ? 'sequential' : 'parallel', review: { every: 'P3M' } },
      channels: channels.map(({ channel }) => channel),
      ...(isChain ? {} : sharedFreeze(wanted)),
      sections: isChain ? [chain(wanted)] : sideBySide(wanted),
      ...(isChain
        ? {}
        : {
            handoffs: [
              {
                from: 'brief',
                to: 'make',
                payload: ['brief'],
                verify: ['brief-complete'],
                mode: 'async',
                respondWithin: 'PT8H',
              },
            ],
          }),
      rules: channels.map(({ channel }) => ({
        ...{ id: `${channel}-approved`, block: `launch:${channel}`, until: `approved('${channel}-content')` },
      })),
      kpis: isChain ? ['time-to-launch'] : ['time-to-launch', 'message-consistency'],
    },
    { lineWidth: 0 },
  );
}

type Channel = MinimalWorkflow['channels'][number];

const sharedFreeze = ({ lead, approver }: MinimalWorkflow) => ({
  milestones: [{ id: 'content-freeze', owner: lead, announceBefore: 'P7D', consumers: [approver] }],
});
const brief = ({ lead, steward }: MinimalWorkflow) => ({
  ...{
    id: 'brief',
    kind: 'brief',
    responsible: lead,
    accountable: steward,
    effort: 'P1D',
    produces: ['brief'],
  },
});
const lookBack = ({ lead, steward }: MinimalWorkflow) => ({
  ...{ id: 'retrospective', kind: 'retrospective', responsible: lead, accountable: steward, effort: 'PT2H' },
});
const make = ({ channel, role }: Channel, { lead, approver }: MinimalWorkflow) => [
  {
    ...{ id: `${channel}-make`, responsible: role, accountable: lead, effort: 'P2D' },
    produces: [`${channel}-content`],
  },
  {
    ...{ id: `${channel}-approval`, kind: 'approval', approves: [`${channel}-content`] },
    ...{ responsible: approver, accountable: lead, effort: 'P1D' },
  },
];
const launch = ({ channel, role }: Channel, { lead }: MinimalWorkflow) => ({
  ...{
    id: `${channel}-launch`,
    kind: 'launch',
    channel,
    responsible: role,
    accountable: lead,
    effort: 'PT1H',
  },
});

const chain = (wanted: MinimalWorkflow) => ({
  ...{ id: 'all', model: 'linear' },
  steps: [
    brief(wanted),
    ...wanted.channels.flatMap((each) => [...make(each, wanted), launch(each, wanted)]),
    lookBack(wanted),
  ],
});

function sideBySide(wanted: MinimalWorkflow) {
  const lanes = (steps: (channel: Channel) => object[]) =>
    Object.fromEntries(wanted.channels.map((each) => [each.channel, { steps: steps(each) }]));
  const check = (metric: string, limit: object) => ({ metric, ...limit });
  return [
    { id: 'brief', model: 'linear', steps: [brief(wanted)] },
    {
      ...{ id: 'make', model: 'parallel', lanes: lanes((each) => make(each, wanted)) },
      gates: [
        { id: 'half-way', at: 'midpoint', checks: [check('brief-drift', { atMost: 0 })], onFail: 'alert' },
        {
          ...{ id: 'together', at: 'endpoint', merge: 'all', approvers: [wanted.lead] },
          ...{ checks: [check('message-consistency', { atLeast: 0.9 })], onFail: 'block' },
        },
      ],
    },
    {
      ...{ id: 'go-live', model: 'parallel', lanes: lanes((each) => [launch(each, wanted)]) },
      gates: [
        {
          id: 'all-live',
          at: 'endpoint',
          merge: 'all',
          checks: [check('timing-spread', { atMost: 'PT2H' })],
          onFail: 'alert',
        },
      ],
    },
    { id: 'learn', model: 'linear', steps: [lookBack(wanted)] },
  ];
}
