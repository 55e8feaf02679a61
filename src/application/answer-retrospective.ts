import { DateTime } from 'luxon';
import { type Actor, lacking, recordedActor } from '../domain/campaign/actor.js';
import { didYouMean, type Refusal, refusal } from '../domain/campaign/refusal.js';
import {
  type Question,
  QUESTION_KEYS,
  QUESTIONS,
  type RetrospectiveAction,
  withAnswers,
} from '../domain/learning/retrospective.js';
import type { LoadedCampaign, Ports, Stores } from './ports.js';
import type { StoredRetrospective } from './learning-ports.js';
import { formerOf } from './request-key.js';
import { type Outcome, outcomeOf } from './run-campaign.js';

/** A new action, or with its number what is to be known of one; what is null stays as it is. */
export interface ActionInput {
  readonly number: number | null;
  readonly text: string | null;
  readonly owner: string | null;
  readonly dueOn: string | null;
  readonly workflow: string | null;
  readonly proposal: string | null;
  readonly done: boolean | null;
}
export interface RetrospectiveInput {
  readonly campaign: string;
  readonly answers: Readonly<Partial<Record<Question, string>>>;
  readonly actions: readonly ActionInput[];
  /** Closes the answers and the survey. */
  readonly complete: boolean;
}

/** More than anybody reads, or sees to. */
const MOST_LETTERS = 4_000;
const MOST_ACTIONS = 100;

/** Answers the three questions, agrees on actions, says what became of them, and closes the retrospective (R90, R91). */
export function answerRetrospective(ports: Ports, actor: Actor, input: RetrospectiveInput): Promise<Outcome> {
  const { campaign: key } = input;
  return ports.inTransaction(async (stores) => {
    const denied = lacking(actor, input.complete ? 'steward' : 'contributor');
    if (denied) return outcomeOf({ campaign: key, changes: null, refusals: [denied] });
    const campaign = await stores.campaigns.lock(key);
    if (!campaign) {
      const none = refusal('UNKNOWN_CAMPAIGN', `there is no campaign '${key}'`);
      return { campaign: null, refusals: [none], results: [] };
    }
    const request = ports.requestKeys?.next() ?? null;
    const former = await formerOf(stores, actor.name, request);
    if (former) return outcomeOf(former);
    const before = await stores.retrospectives.of(campaign.id);
    if (!before) return outcomeOf({ campaign: key, changes: null, refusals: [notOpen(campaign)] });
    const now = ports.clock.now();
    const after = await answered(stores, campaign, before, { input, by: actor.name, now });
    if (!('answers' in after)) return outcomeOf({ campaign: key, changes: null, refusals: [after] });
    await stores.retrospectives.save(campaign.id, after);
    await stores.campaigns.announce(campaign);
    await stores.audit.add({
      ...{ happenedAt: now, ...recordedActor(actor), subject: key, request },
      action: input.complete ? 'retrospective.complete' : 'retrospective.answer',
      ...{ campaignId: campaign.id, versionId: campaign.version.id, commitSha: null },
      ...{ before, after: { ...after, changes: [] } },
    });
    return { campaign: key, refusals: [], results: [] };
  });
}

/** There is no retrospective, and why. */
export function notOpen({ key, status }: Pick<LoadedCampaign, 'key' | 'status'>): Refusal {
  const because = {
    running: 'still runs: its retrospective opens when it ends',
    cancelled: 'was called off: it has no retrospective',
    ended: 'ended before it was known here: it has no retrospective',
  }[status];
  return refusal('RETROSPECTIVE_NOT_OPEN', `campaign '${key}' ${because}`);
}

export const closed = (key: string): Refusal =>
  refusal(
    'RETROSPECTIVE_COMPLETED',
    `the retrospective of '${key}' is completed: what was answered stays as it is`,
  );

interface Answering {
  readonly input: RetrospectiveInput;
  readonly by: string;
  readonly now: Date;
}

async function answered(
  stores: Stores,
  campaign: LoadedCampaign,
  before: StoredRetrospective,
  { input, by, now }: Answering,
): Promise<StoredRetrospective | Refusal> {
  const given = Object.keys(input.answers).length;
  if (given + input.actions.length === 0 && !input.complete)
    return invalid('give an answer or an action, or complete the retrospective');
  if (before.completedAt && (given > 0 || input.complete)) return closed(campaign.key);
  for (const [question, text] of Object.entries(input.answers))
    if (isBlank(text))
      return invalid(`the answer to '${QUESTIONS[question as Question]}' is empty or too long`);
  const answers = withAnswers(before.answers, input.answers, by, now);
  const missing = QUESTION_KEYS.filter((question) => (answers[question] ?? []).length === 0);
  if (input.complete && missing.length > 0) {
    const message = `the retrospective of '${campaign.key}' cannot be completed while ${missing.length === 1 ? 'a question has' : 'questions have'} no answer`;
    return refusal('ANSWERS_MISSING', message, { missing: missing.map((each) => QUESTIONS[each]) });
  }
  const actions = [...before.actions];
  for (const action of input.actions) {
    const wrong = await wrongAction(stores, campaign, action);
    if (wrong) return wrong;
    const next = actionOf(campaign.key, actions, action, { by, now });
    if ('code' in next) return next;
    actions[next.number - 1] = next;
  }
  if (actions.length > MOST_ACTIONS) return invalid(`a retrospective has at most ${MOST_ACTIONS} actions`);
  const completed = input.complete ? { completedAt: now, completedBy: by } : {};
  return { ...before, answers, actions, ...completed };
}

/** The new action, or the known one with what is known of it now. */
function actionOf(
  campaign: string,
  actions: readonly RetrospectiveAction[],
  { number, done, ...input }: ActionInput,
  { by, now }: Pick<Answering, 'by' | 'now'>,
): RetrospectiveAction | Refusal {
  const at = now.toISOString();
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
  if (number === null) {
    const { text, owner, dueOn } = input;
    if (text === null || owner === null || dueOn === null)
      return invalid('a new action has a text, an owner and a day by which it is done');
    const doneAt = done === true ? at : null;
    return { ...input, text, owner, dueOn, number: actions.length + 1, by, at, doneAt };
  }
  const known = actions[number - 1];
  if (!known) return refusal('UNKNOWN_ACTION', `the retrospective of '${campaign}' has no action ${number}`);
  const doneAt = done === null ? known.doneAt : done ? (known.doneAt ?? at) : null;
  return { ...known, ...given, doneAt };
}

async function wrongAction(
  { definitions, retrospectives }: Stores,
  { roles }: LoadedCampaign,
  { text, owner, dueOn, workflow, proposal }: ActionInput,
): Promise<Refusal | null> {
  if (text !== null && isBlank(text)) return invalid('the text of an action is empty or too long');
  const known = roles.map((role) => role.key);
  if (owner !== null && !known.includes(owner))
    return invalid(`there is no role '${owner}' to see to an action${didYouMean(owner, known)}`);
  if (dueOn !== null && !DateTime.fromISO(dueOn).isValid)
    return invalid(`'${dueOn}' is not a day such as 2026-10-31`);
  if (workflow !== null) {
    const keys = await definitions.activeWorkflows();
    if (!keys.includes(workflow))
      return refusal('UNKNOWN_WORKFLOW', `there is no workflow '${workflow}'${didYouMean(workflow, keys)}`);
  }
  if (proposal !== null && !(await retrospectives.isProposal(proposal)))
    return invalid(`no proposal was made on a branch '${proposal}': use the branch that it was given`);
  return null;
}

const invalid = (message: string): Refusal => refusal('INVALID_INPUT', message);
const isBlank = (text: string): boolean => text.trim() === '' || text.length > MOST_LETTERS;
