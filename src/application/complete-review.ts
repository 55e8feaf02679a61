import { createHash } from 'node:crypto';
import { canonicalText } from './canonical-text.js';
import { DateTime } from 'luxon';
import { type Actor, lacking, recordedRoles } from '../domain/campaign/actor.js';
import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import type {
  Attendee,
  DecisionFate,
  DecisionOutcome,
  ReviewDecision,
} from '../domain/learning/decisions.js';
import type { Ports } from './ports.js';
import { quarterlyReview } from './quarterly-review.js';
import type { Reads } from './reads.js';
import { figuresOf } from './review-figures.js';

export interface ReviewInput {
  readonly quarter: string;
  readonly attendees: readonly Attendee[];
  readonly decisions: readonly ReviewDecision[];
  readonly outcomes: readonly DecisionOutcome[];
}

/** More people than fit a meeting; more decisions than anybody sees to. */
const MOST_ATTENDEES = 100;
const MOST_DECISIONS = 100;
const MOST_LETTERS = 2_000;

/**
 * Records the review of a quarter: who was there, what was decided, what became of former decisions, and the figures as they are now,
 * which stay as they are (R77, R93). @throws UnknownQuarter
 */
export async function completeReview(
  { inTransaction, clock }: Ports,
  reads: Reads,
  actor: Actor,
  input: ReviewInput,
): Promise<readonly Refusal[]> {
  const denied = lacking(actor, 'steward');
  if (denied) return [denied];
  const now = clock.now();
  const review = await quarterlyReview(reads, input.quarter, now);
  if (review.state !== 'over') {
    const last =
      DateTime.fromJSDate(review.end, { zone: review.timezone }).minus({ days: 1 }).toISODate() ?? '';
    return [
      refusal('REVIEW_TOO_EARLY', `the quarter ${review.quarter} goes on until ${last}`, { missing: [last] }),
    ];
  }
  const wrong =
    wrongAttendees(input.attendees) ?? wrongDecisions(input) ?? wrongOutcomes(input, review.decisions);
  if (wrong) return [wrong];
  const workflows = new Set(review.workflows.map(({ workflow }) => workflow));
  const unknown = input.decisions.find(
    ({ workflow }) => workflow !== null && !workflows.has(workflow),
  )?.workflow;
  if (unknown != null)
    return [refusal('INVALID_INPUT', `no workflow '${unknown}' was served in ${review.quarter}`)];
  const snapshot = figuresOf(review);
  const snapshotHash = createHash('sha256').update(canonicalText(snapshot)).digest('hex');
  return inTransaction(async (stores) => {
    const { quarter, attendees, decisions, outcomes } = input;
    const record = {
      quarter,
      attendees,
      decisions,
      outcomes,
      completedAt: now,
      actor: actor.name,
      snapshotHash,
    };
    if (!(await stores.reviews.add(record, snapshot)))
      return [
        refusal('REVIEW_COMPLETED', `the review of ${quarter} was completed before, and stays as it is`),
      ];
    await stores.audit.add({
      ...{ happenedAt: now, actor: actor.name, roles: recordedRoles(actor), action: 'review.complete' },
      ...{ subject: quarter, campaignId: null, versionId: null, commitSha: null, before: null },
      after: { attendees, decisions, outcomes, snapshotHash },
    });
    return [];
  });
}

/** A review looks across teams (R93). */
function wrongAttendees(attendees: readonly Attendee[]): Refusal | null {
  if (attendees.length > MOST_ATTENDEES)
    return refusal('INVALID_INPUT', `a review has at most ${MOST_ATTENDEES} attendees`);
  if (attendees.some(({ name, team }) => isBlank(name) || isBlank(team)))
    return refusal('INVALID_INPUT', 'each attendee has a name and a team');
  const teams = new Set(attendees.map(({ team }) => team.trim().toLowerCase()));
  if (teams.size >= 2) return null;
  const message = `a review takes people of two teams at least; here is ${teams.size === 0 ? 'nobody' : `only ${attendees[0]?.team ?? ''}`}`;
  return refusal('ATTENDEES_MISSING', message, { missing: ['a second team'] });
}

function wrongDecisions({ decisions }: ReviewInput): Refusal | null {
  if (decisions.length > MOST_DECISIONS)
    return refusal('INVALID_INPUT', `a review has at most ${MOST_DECISIONS} decisions`);
  for (const { text, owner, dueOn } of decisions) {
    if (isBlank(text) || isBlank(owner))
      return refusal('INVALID_INPUT', 'each decision has a text and an owner');
    if (!/^\d{4}-\d{2}-\d{2}$/.test(dueOn) || !DateTime.fromISO(dueOn).isValid)
      return refusal('INVALID_INPUT', `'${dueOn}' is not a day such as 2026-10-31`);
  }
  return null;
}

function wrongOutcomes({ outcomes }: ReviewInput, known: readonly DecisionFate[]): Refusal | null {
  const none = outcomes.find(
    ({ quarter, decision }) => !known.some((each) => each.quarter === quarter && each.number === decision),
  );
  return none
    ? refusal('INVALID_INPUT', `there is no open decision ${none.decision} of ${none.quarter} to report on`)
    : null;
}

const isBlank = (text: string): boolean => text.trim() === '' || text.length > MOST_LETTERS;
