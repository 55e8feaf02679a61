import { readDefinitions } from '../../src/gitops/document/read.js';
import type { Team } from '../../src/domain/workflow/document.js';
import type { Workflow } from '../../src/domain/workflow/workflow.js';

/** The workflow and the teams of a text, which has no errors of form. */
export function definitionsOf(text: string): { workflow: Workflow; teams: Team[] } {
  const { definitions, problems } = readDefinitions([{ path: 'test.yaml', text }], '2026-06-01');
  const workflow = definitions.flatMap((each) => (each.kind === 'Workflow' ? (each.meaning ?? []) : []))[0];
  if (!workflow) throw new Error(problems.map(({ message, line }) => `${line}: ${message}`).join('\n'));
  const teams = definitions.flatMap((each) => (each.kind === 'Team' ? (each.meaning ?? []) : []));
  return { workflow, teams };
}

const head = (pattern: string) =>
  `apiVersion: weir/v1\nkind: Workflow\nid: flow\nname: Flow\nsteward: ops\npattern: ${pattern}\n`;

/** A workflow of one linear section, its steps as lines of YAML flow maps. */
export const linear = (...steps: readonly string[]): string =>
  `${head('sequential')}sections:\n  - id: main\n    model: linear\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`;

/** A step in flow style with everybody it takes. */
export const step = (id: string, effort: string, more = ''): string =>
  `{ id: ${id}, responsible: ops, accountable: ops, effort: ${effort}${more === '' ? '' : `, ${more}`} }`;

/** An activity of a network: its effort, and the activities it needs. */
export type Activity = readonly [id: string, effort: string, needs: readonly string[], more?: string];

/** A project network as literature gives it: every activity a lane of its own, held together by `needs`. */
export const network = (...activities: readonly Activity[]): string =>
  `${head('parallel')}sections:\n  - id: main\n    model: parallel\n    lanes:\n${activities
    .map(
      ([id, effort, needs, more = '']) =>
        `      ${id}: { steps: [${step(id, effort, [`needs: [${needs.join(', ')}]`, more].filter((each) => each !== '').join(', '))}] }\n`,
    )
    .join('')}    gates: [{ id: end, at: endpoint, merge: all, onFail: alert }]\n`;

export const team = (...roles: readonly string[]): string =>
  `---\napiVersion: weir/v1\nkind: Team\nid: team\nroles:\n${roles.map((role) => `  - ${role}\n`).join('')}`;

/** The file of a workflow of two steps. */
export const simpleWorkflow = (id: string, { effort = 'P1D', responsible = 'writer' } = {}): string =>
  `apiVersion: weir/v1
kind: Workflow
id: ${id}
name: ${id}
steward: writer
pattern: sequential
sections:
  - id: all
    model: linear
    steps:
      - { id: brief, kind: brief, responsible: ${responsible}, accountable: writer, effort: ${effort} }
      - { id: retrospective, kind: retrospective, responsible: writer, accountable: writer }
`;

/** The Team that it takes. */
export const SIMPLE_TEAM = 'apiVersion: weir/v1\nkind: Team\nid: team\nroles: [{ id: writer }]\n';

/** Two channels that are made side by side, with a gate that pauses the one that says something else than the brief. */
export const TWO_CHANNELS = `apiVersion: weir/v1
kind: Workflow
id: two-channels
name: Two channels
steward: marketing-ops-manager
status: active
campaignTypes: [sale]
pattern: parallel
channels: [email, social]
kpis: [message-consistency]
sections:
  - id: make
    model: parallel
    lanes:
      email: { steps: [{ id: mail, kind: brief, responsible: copywriter, accountable: email-lead, effort: P1D }, { id: send, kind: launch, channel: email, responsible: email-lead, accountable: email-lead, effort: PT1H }] }
      social: { steps: [{ id: post, responsible: copywriter, accountable: social-lead, effort: P1D }, { id: publish, kind: launch, channel: social, responsible: social-lead, accountable: social-lead, effort: PT1H }] }
    gates:
      - { id: half-way, at: midpoint, checks: [{ metric: message-consistency, atLeast: 0.9 }], onFail: pause-channel }
      - { id: end, at: endpoint, checks: [{ metric: message-consistency, atLeast: 0.5 }], onFail: alert }
  - { id: learn, model: linear, steps: [{ id: retrospective, kind: retrospective, responsible: analytics, accountable: analytics, effort: PT1H }] }
`;
