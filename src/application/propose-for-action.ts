import type { Actor } from '../domain/campaign/actor.js';
import { refusal } from '../domain/campaign/refusal.js';
import { type Question, QUESTION_KEYS, QUESTIONS } from '../domain/learning/retrospective.js';
import { answerRetrospective, notOpen } from './answer-retrospective.js';
import type { Proposing } from './finish-proposal.js';
import type { Ports } from './ports.js';
import {
  type ProposalOutcome,
  proposeWorkflowChange,
  refuseProposal,
  type WorkflowProposal,
} from './propose-workflow-change.js';
import type { RetrospectiveRecord } from './reads.js';
import type { CampaignRecord } from './records.js';

const refuse = (...given: Parameters<typeof refusal>): ProposalOutcome => refuseProposal([refusal(...given)]);

export const forUnknownCampaign = (key: string): ProposalOutcome =>
  refuse('UNKNOWN_CAMPAIGN', `there is no campaign '${key}'`);

/** The action of a retrospective that a proposal carries out. */
export interface ForAction {
  readonly number: number;
  readonly campaign: CampaignRecord;
  /** Key of the workflow that the campaign ran on. */
  readonly workflow: string;
  /** Null where the campaign has none. */
  readonly retrospective: RetrospectiveRecord | null;
  /** What the record says to each question. */
  readonly evidence: Readonly<Record<Question, readonly string[]>>;
}

/** Proposes what an action of a retrospective asks for, with the evidence for whoever reviews it, and notes the branch with the action (R91). */
export async function proposeForAction(
  ports: Ports,
  proposing: Proposing,
  actor: Actor,
  wanted: WorkflowProposal,
  { number, campaign, workflow, retrospective, evidence }: ForAction,
): Promise<ProposalOutcome> {
  if (!retrospective) return refuseProposal([notOpen(campaign)]);
  const action = retrospective.actions[number - 1];
  if (!action)
    return refuse('UNKNOWN_ACTION', `the retrospective of '${campaign.key}' has no action ${number}`);
  const about = action.workflow ?? workflow;
  if (about !== wanted.workflow)
    return refuse('INVALID_INPUT', `action ${number} is about '${about}', not about '${wanted.workflow}'`);
  const because = [
    `Action ${number} of the retrospective of '${campaign.key}': ${action.text}`,
    ...QUESTION_KEYS.flatMap((key) => ['', QUESTIONS[key], ...evidence[key].map((line) => `- ${line}`)]),
  ];
  // The evidence is no reason by itself: without one it is refused as any other.
  const rationale =
    wanted.rationale.trim() === '' ? '' : [wanted.rationale.trim(), '', ...because].join('\n');
  const outcome = await proposeWorkflowChange(ports, proposing, actor, { ...wanted, rationale });
  if (!outcome.proposal) return outcome;
  const noted = await answerRetrospective(ports, actor, {
    ...{ campaign: campaign.key, answers: {}, complete: false },
    actions: [{ ...UNCHANGED, number, proposal: outcome.proposal.branch }],
  });
  return { ...outcome, refusals: noted.refusals };
}

const UNCHANGED = { text: null, owner: null, dueOn: null, workflow: null, done: null };
