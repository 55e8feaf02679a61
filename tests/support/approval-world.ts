import { type SignalWorld, startSignalWorld } from './signal-world.js';

const HOURS =
  'timezone: Europe/Berlin, workingDays: [MO, TU, WE, TH, FR], workingHours: "09:00-17:00", holidays: [2026-11-25]';

const HOUSE = `apiVersion: weir/v1
kind: Team
id: house
roles:
  - { id: writer, people: [writer@example.com] }
  - { id: manager, people: [manager@example.com] }
  - { id: ops, people: [ops@example.com] }
  - { id: brand, people: [brand@example.com], delegates: [design-lead], ${HOURS} }
  - { id: design-lead, delegates: [brand, writer], ${HOURS} }
  - { id: legal, people: [legal@example.com, deputy@example.com], ${HOURS} }
  - { id: medical, people: [medical@example.com], delegates: [legal], absences: [{ from: 2026-12-01, to: 2026-12-10 }] }
---
apiVersion: weir/v1
kind: Taxonomy
id: words
channels: [{ id: email, risk: high }, { id: social, risk: low }]
---
apiVersion: weir/v1
kind: Policy
id: rules
respondWithin: P2D
approvals:
  - { when: "channel.key == 'social' && channel.risk == 'low'", require: [brand] }
  - { when: "'price-claim' in channel.flags", require: [legal] }
deviations: [{ from: [step], by: [ops] }]
`;

/** Three sign-offs side by side, each of what it concerns; channels that are reviewed together; a post with nothing but the Policy's approvals. */
const FLOWS = `apiVersion: weir/v1
kind: Workflow
id: promotion
name: Promotion
steward: ops
pattern: parallel
channels: [email, social]
sections:
  - id: claims
    model: linear
    steps:
      - { id: brief, kind: brief, responsible: writer, accountable: manager, effort: P1D, produces: [brief] }
      - allOf:
          - { id: legal-ok, kind: approval, concerns: [claim], responsible: legal, accountable: manager, effort: P1D, escalateAfter: PT8H }
          - { id: medical-ok, kind: approval, concerns: [claim], responsible: medical, accountable: manager, effort: P1D }
          - { id: brand-ok, kind: approval, concerns: [subjectLine, claim], responsible: brand, accountable: manager, effort: P1D }
  - id: creative
    model: parallel
    lanes:
      email:
        steps:
          - { id: email-copy, responsible: writer, accountable: manager, effort: P1D, produces: [mail] }
          - { id: email-review, kind: review, responsible: brand, accountable: manager, effort: P1D, rework: { to: email-copy, via: { id: mend-email, responsible: writer, accountable: manager, effort: P1D }, max: 2 } }
      social:
        steps:
          - { id: social-copy, responsible: writer, accountable: manager, effort: P1D, produces: [posts] }
          - { id: social-ok, kind: approval, quorum: { atLeast: 2 }, responsible: [brand, legal, medical], accountable: manager, effort: P1D }
    gates: [{ id: together, at: endpoint, merge: all, approvers: [manager], onFail: block }]
  - id: go-live
    model: linear
    steps:
      - { id: send, kind: launch, channel: email, responsible: manager, accountable: manager, effort: PT1H }
  - id: learn
    model: linear
    steps: [{ id: look-back, kind: retrospective, responsible: manager, accountable: manager, effort: PT1H }]
handoffs:
  - { from: claims, to: creative, payload: [brief, claim], verify: [payload-complete, { cel: "brief.claim != 'none'" }], mode: async, respondWithin: PT8H }
  - { from: go-live, to: learn, payload: [brief], verify: [payload-complete], mode: sync, meeting: monday }
---
apiVersion: weir/v1
kind: Workflow
id: post
name: Post
steward: ops
pattern: sequential
channels: [social]
sections:
  - id: all
    model: linear
    steps:
      - { id: idea, kind: brief, responsible: writer, accountable: manager, effort: P1D }
      - { id: write, responsible: writer, accountable: manager, effort: P1D }
      - { id: publish, kind: launch, channel: social, responsible: manager, accountable: manager, effort: PT1H }
      - { id: look-back, kind: retrospective, responsible: manager, accountable: manager, effort: PT1H }
`;

export interface Refused {
  readonly code: string;
  readonly message: string;
  readonly missing: readonly string[];
  readonly askRole: readonly string[];
}
export interface Invalidated {
  readonly kind: string;
  readonly key: string;
  readonly roles: readonly string[];
  readonly actors: readonly string[];
  readonly because: string;
}
export interface Answer {
  readonly refusals: readonly Refused[];
  readonly invalidates: readonly Invalidated[];
}

/** People of the house, each with one role; the writer makes everything. */
export const PEOPLE = {
  writer: 'contributor,writer',
  manager: 'contributor,approver,manager',
  steward: 'steward,approver,contributor',
  ops: 'contributor,approver,ops',
  brand: 'contributor,approver,brand',
  'design-lead': 'approver,design-lead',
  legal: 'approver,legal',
  deputy: 'approver,legal-trainee',
  medical: 'approver,medical',
} as const;
export type Person = keyof typeof PEOPLE;

const TYPES: Readonly<Record<string, string>> = { startStep: 'StepInput', completeStep: 'StepInput' };

export class ApprovalWorld {
  constructor(readonly world: SignalWorld) {}

  set now(text: string) {
    this.world.now = new Date(text);
  }

  /** Lets somebody do something in a campaign. */
  async act(who: Person | 'admin', mutation: string, campaign: string, more: object = {}): Promise<Answer> {
    const type = TYPES[mutation] ?? `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { payload: ${mutation}(input: $input) {
      refusals { code message missing askRole } invalidates { kind key roles actors because } } }`;
    const headers: Record<string, string> =
      who === 'admin' ? {} : { 'weir-actor': `${who}@example.com`, 'weir-roles': PEOPLE[who] };
    const { payload } = await this.world.ask<{ payload: Answer }>(
      query,
      { input: { campaign, ...more } },
      headers,
    );
    return payload;
  }

  /** The same, of what is done. */
  async does(who: Person | 'admin', mutation: string, campaign: string, more: object = {}): Promise<Answer> {
    const answer = await this.act(who, mutation, campaign, more);
    expect(answer.refusals).toEqual([]);
    return answer;
  }

  /** The codes for which it is refused. */
  async codes(
    who: Person | 'admin',
    mutation: string,
    campaign: string,
    more: object = {},
  ): Promise<string[]> {
    return (await this.act(who, mutation, campaign, more)).refusals.map(({ code }) => code);
  }

  async finish(campaign: string, ...steps: string[]): Promise<void> {
    for (const step of steps) {
      await this.does('writer', 'startStep', campaign, { step });
      await this.does('writer', 'completeStep', campaign, { step });
    }
  }

  async create(key: string, workflow = 'promotion', more: object = {}): Promise<void> {
    const query =
      'mutation ($input: CreateCampaignInput!) { payload: createCampaign(input: $input) { refusals { message } } }';
    const headers = { 'weir-actor': 'owner@example.com', 'weir-roles': 'steward' };
    const { payload } = await this.world.ask<{ payload: { refusals: object[] } }>(
      query,
      { input: { key, name: key, workflow, ...more } },
      headers,
    );
    expect(payload.refusals).toEqual([]);
  }

  brief(who: Person, campaign: string, fields: Readonly<Record<string, string>>, more: object = {}) {
    const given = Object.entries(fields).map(([name, text]) => ({ name, text }));
    return this.does(who, 'updateBrief', campaign, { fields: given, ...more });
  }

  asset(who: Person, campaign: string, channel: string, key: string, text: string, more: object = {}) {
    return this.does(who, 'addAsset', campaign, { channel, key, text, ...more });
  }

  /** The brief of a promotion, approved by all three. */
  async signedOff(campaign: string): Promise<void> {
    await this.create(campaign);
    await this.brief('writer', campaign, { claim: 'Works in a day.', subjectLine: 'At last' });
    await this.finish(campaign, 'brief');
    for (const who of ['legal', 'medical', 'brand'] as const)
      await this.does(who, 'approve', campaign, { step: `${who}-ok` });
  }

  /** The same, with what is to be sent written, reviewed and compared. */
  async compared(campaign: string): Promise<void> {
    await this.signedOff(campaign);
    await this.does('manager', 'acceptHandoff', campaign, { handoff: 'claims-to-creative' });
    await this.asset('writer', campaign, 'email', 'mail', 'Dear all');
    await this.asset('writer', campaign, 'social', 'posts', 'Hello');
    await this.finish(campaign, 'email-copy', 'social-copy');
    await this.does('brand', 'approve', campaign, { step: 'email-review' });
    await this.does('legal', 'approve', campaign, { step: 'social-ok' });
    await this.does('brand', 'approve', campaign, { step: 'social-ok' });
    await this.does('manager', 'evaluateGate', campaign, { gate: 'together' });
  }

  async campaign<T>(key: string, fields: string): Promise<T> {
    const { campaign } = await this.world.ask<{ campaign: T }>(`{ campaign(key: "${key}") { ${fields} } }`);
    return campaign;
  }

  async step<T>(key: string, step: string, fields: string): Promise<T> {
    const { steps } = await this.campaign<{ steps: (T & { key: string })[] }>(key, `steps { key ${fields} }`);
    const found = steps.find((each) => each.key === step);
    if (!found) throw new Error(`no step '${step}'`);
    const { key: _, ...rest } = found;
    return rest as unknown as T;
  }
}

export async function startApprovalWorld(now: string): Promise<ApprovalWorld> {
  const files = { 'workflows/house.yaml': HOUSE, 'workflows/flows.yaml': FLOWS };
  return new ApprovalWorld(await startSignalWorld(new Date(now), files));
}
