import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type SignalWorld, startSignalWorld } from '../support/signal-world.js';

const PAGE = 'docs/sequences.md';
const NOW = new Date('2026-11-28T10:00:00Z');
const LAUNCH = new Date('2026-12-14T09:00:00Z');
const TEXT = 'Bring it until 21 December, we mend it while you wait.';
const MEMBERS = ['one', 'two', 'three']
  .map((each) => createHash('sha256').update(each).digest('hex'))
  .join('\n');
/** `WRITE_PLAY=1` writes the page anew. */
const isWriting = process.env['WRITE_PLAY'] !== undefined;
const HEAD = `# The example's campaigns, step by step

What it takes to bring a campaign of each [example](example.md) workflow from its brief to its end through the API: who does what, in which
order, where several things can be done the first of the file. Each line is a mutation with the key it is given; assets and
audiences of the channels are there from the beginning. A test does all of it, each role as a person of its own, and
[play-through.md](play-through.md) shows the documents and the answers for three of them, with refusals on the way.
`;

interface Asked {
  readonly key: string;
  readonly status: string;
  readonly askedOf: readonly string[];
}
interface Here {
  readonly status: string;
  readonly steps: readonly (Asked & {
    readonly kind: string;
    readonly channel: string | null;
    readonly responsible: readonly string[];
  })[];
  readonly gates: readonly {
    readonly key: string;
    readonly status: string;
    readonly approvers: readonly string[];
  }[];
  readonly handoffs: readonly Asked[];
}
/** Something that may be possible now. */
interface Offer {
  readonly who: string;
  readonly mutation: string;
  readonly input: Readonly<Record<string, string>>;
}

interface Refused {
  readonly code: string;
  readonly missing: readonly string[];
}

describe('the sequences of docs/sequences.md', () => {
  let world: SignalWorld;
  beforeAll(async () => {
    const names = (await readdir('workflows')).filter((name) => name.endsWith('.yaml'));
    const files = names.map(async (name): Promise<[string, string]> => {
      const file = path.join('workflows', name);
      return [file, await readFile(file, 'utf8')];
    });
    world = await startSignalWorld(NOW, Object.fromEntries(await Promise.all(files)));
  }, 60_000);
  afterAll(() => world.close());

  const as = (role: string) => ({
    'weir-actor': `${role}@example.com`,
    'weir-roles': `contributor,approver,${role}`,
  });
  const see = async (key: string): Promise<Here> =>
    (
      await world.ask<{ campaign: Here }>(
        `query ($key: String!) { campaign(key: $key) { status steps { key kind status channel responsible askedOf }
           gates { key status approvers } handoffs { key status askedOf } } }`,
        { key },
      )
    ).campaign;

  async function begin(workflow: string): Promise<void> {
    const brief = [
      { name: 'valueProposition', text: 'Bring it, we mend it' },
      { name: 'offerCode', text: 'NO-OFFER' },
      { name: 'segments', items: ['existing-customers'] },
      { name: 'launchDate', text: LAUNCH.toISOString().slice(0, 10) },
    ];
    const input = { key: workflow, name: workflow, workflow, risk: 'LOW', plannedLaunchAt: LAUNCH, brief };
    expect((await world.act('createCampaign', input)).refusals).toEqual([]);
    const { campaign } = await world.ask<{ campaign: { channels: { channel: string }[] } }>(
      'query ($key: String!) { campaign(key: $key) { channels { channel } } }',
      { key: workflow },
    );
    for (const { channel } of campaign.channels) {
      const asset = {
        campaign: workflow,
        key: `${channel}-text`,
        channel,
        text: TEXT,
        segments: ['existing-customers'],
      };
      expect((await world.act('addAsset', asset)).refusals).toEqual([]);
      const answer = await fetch(`${world.replica.url}/audiences/${workflow}/${channel}`, {
        ...{ method: 'PUT', body: MEMBERS, headers: { 'content-type': 'text/plain' } },
      });
      expect(answer.status).toBe(200);
    }
  }

  /** A regulated workflow asks what an approval means. */
  const signed = (workflow: string, { mutation }: Offer): object =>
    workflow === 'regulated-promotion' && mutation === 'approve' ? { meaning: 'APPROVAL' } : {};

  /** What the API says is waited for, in the order of the file. */
  const offersOf = ({ steps, gates, handoffs }: Here): Offer[] => [
    ...handoffs.flatMap(({ key, status, askedOf: [who = ''] }) =>
      status === 'OPEN' ? [{ who, mutation: 'acceptHandoff', input: { handoff: key } }] : [],
    ),
    ...gates.flatMap(({ key, status, approvers: [who = 'marketing-ops-manager'] }) =>
      status === 'OPEN' ? [{ who, mutation: 'evaluateGate', input: { gate: key } }] : [],
    ),
    ...steps.flatMap(({ key, kind, status, channel, responsible: [first = ''], askedOf }): Offer[] => {
      const isOpen = status === 'READY' || status === 'STARTED';
      if (!isOpen) return [];
      const approvals = askedOf.map((who) => ({ who, mutation: 'approve', input: { step: key } }));
      if (kind === 'LAUNCH')
        return [...approvals, { who: first, mutation: 'launchChannel', input: { channel: channel ?? '' } }];
      if (kind === 'APPROVAL' || kind === 'REVIEW') return approvals;
      return [
        { who: first, mutation: status === 'READY' ? 'startStep' : 'completeStep', input: { step: key } },
      ];
    }),
  ];

  /** Plays it to its end, and says how. */
  async function play(workflow: string): Promise<string[]> {
    await begin(workflow);
    const lines: string[] = [];
    const types: Readonly<Record<string, string>> = { startStep: 'StepInput', completeStep: 'StepInput' };
    for (let done = 0; done < 200; done++) {
      const here = await see(workflow);
      let refused: (Offer & { readonly refusals: readonly Refused[] })[] = [];
      let next: Offer | null = null;
      for (const offer of offersOf(here)) {
        const type =
          types[offer.mutation] ?? `${offer.mutation.charAt(0).toUpperCase()}${offer.mutation.slice(1)}Input`;
        const { payload } = await world.ask<{ payload: { refusals: Refused[] } }>(
          `mutation ($input: ${type}!) { payload: ${offer.mutation}(input: $input) { refusals { code message missing askRole } } }`,
          { input: { campaign: workflow, ...offer.input, ...signed(workflow, offer) } },
          as(offer.who),
        );
        if (payload.refusals.length === 0) {
          next = offer;
          break;
        }
        refused = [...refused, { ...offer, refusals: payload.refusals }];
      }
      if (next) {
        lines.push(`- \`${next.who}\`: ${next.mutation} \`${Object.values(next.input)[0] ?? ''}\``);
        continue;
      }
      const [early] = refused.filter(({ refusals }) => refusals.every(({ code }) => code === 'TOO_EARLY'));
      const [time] = early?.refusals[0]?.missing ?? [];
      if (early && time !== undefined) {
        const hours = (new Date(time).getTime() - world.now.getTime()) / 3_600_000;
        lines.push(`- ${hours} hours go by, as \`sequence\` says`);
        world.now = new Date(time);
        continue;
      }
      expect([workflow, refused]).toEqual([workflow, []]);
      const end = await world.act('endCampaign', { campaign: workflow });
      expect([workflow, end.refusals]).toEqual([workflow, []]);
      return [...lines, '- a steward: endCampaign'];
    }
    throw new Error(`'${workflow}' does not end`);
  }

  it('lead each example workflow from its brief to its end, and are those of the page', async () => {
    const { workflows } = await world.ask<{ workflows: { nodes: { key: string; name: string }[] } }>(
      '{ workflows(first: 50) { nodes { key name } } }',
    );
    const parts: string[] = [HEAD];
    for (const { key, name } of workflows.nodes)
      parts.push(`## ${name} (\`${key}\`)\n\n${(await play(key)).join('\n')}\n`);
    const page = parts.join('\n');
    if (isWriting) await writeFile(PAGE, page);
    expect(page).toBe(await readFile(PAGE, 'utf8'));
  }, 120_000);
});
