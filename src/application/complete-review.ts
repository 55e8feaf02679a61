import { canonicalText } from './canonical-text.js';
import { sha256 } from './sha256.js';
import { DateTime } from 'luxon';
import { type Actor, lacking, recordedActor } from '../domain/campaign/actor.js';
import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import { dayOf, type FiscalYear, type Quarter } from '../domain/learning/quarter.js';
import type {
  Attendee,
  CompletedReview,
  DecisionFate,
  DecisionOutcome,
  ReviewDecision,
} from '../domain/learning/decisions.js';
import type { Ports, Stores } from './ports.js';
import { type QuarterlyReview, quarterlyReview, reviewPeriod } from './quarterly-review.js';
import type { Reads } from './reads.js';
import { Present } from './present.js';
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
  const period = await reviewPeriod(reads, input.quarter, new Present(now));
  const { quarter, fiscal, reviews } = period;
  if (period.completed) return [completedBefore(period.completed, fiscal)];
  if (quarter.end > now) {
    const last = lastDayOf(quarter, fiscal);
    const message = `the quarter ${quarter.name} goes on until ${last}`;
    return [refusal('REVIEW_TOO_EARLY', message, { missing: [last] })];
  }
  const { attendees, decisions, outcomes } = input;
  const wrong = wrongAttendees(attendees) ?? wrongDecisions(decisions) ?? wrongOutcomes(outcomes);
  if (wrong) return [wrong];
  const given = {
    ...{ start: quarter.start, end: quarter.end, completedAt: now, actor: actor.name },
    ...{ attendees, decisions },
  };
  // As it is with this review: what it settles is settled, and what it looks at is not due any more.
  const completing = { ...given, quarter: quarter.name, outcomes, snapshotHash: '' };
  const review = await quarterlyReview(
    reads,
    { ...period, reviews: [...reviews, completing] },
    new Present(now),
  );
  const unknown = unknownOutcome(outcomes, review.decisions) ?? unknownWorkflow(decisions, review);
  if (unknown) return [unknown];
  const snapshot = await figuresOf(review);
  const snapshotHash = sha256(canonicalText(snapshot));
  const startOf = (name: string) => reviews.find((each) => each.quarter === name)?.start ?? quarter.start;
  return inTransaction(async (stores) => {
    const nowhere = await unknownProposal(decisions, stores);
    if (nowhere) return [nowhere];
    const kept = outcomes.map(({ quarter: name, ...outcome }) => ({
      ...outcome,
      start: startOf(name).toISOString(),
    }));
    const added = await stores.reviews.add(
      quarter.name,
      { ...given, outcomes: kept, snapshotHash },
      snapshot,
    );
    if (!added) return [completedBefore(completing, fiscal)];
    await stores.audit.add({
      ...{ happenedAt: now, ...recordedActor(actor), action: 'review.complete' },
      ...{ subject: quarter.name, campaignId: null, versionId: null, commitSha: null, before: null },
      after: { attendees, decisions, outcomes, snapshotHash },
    });
    return [];
  });
}

function completedBefore(review: CompletedReview, fiscal: FiscalYear): Refusal {
  const first = dayOf(review.start, fiscal.timezone);
  const message = `the review of ${review.quarter} (${first} to ${lastDayOf(review, fiscal)}) was completed before, and stays as it is`;
  return refusal('REVIEW_COMPLETED', message);
}

const lastDayOf = ({ end }: Pick<Quarter, 'end'>, { timezone }: FiscalYear): string =>
  dayOf(new Date(end.getTime() - 1), timezone);

/** Names that differ in case, width, accents, spaces or signs are the same to whoever reads them. */
const sameName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** A review looks across teams (R93): two people, each of another team. */
function wrongAttendees(attendees: readonly Attendee[]): Refusal | null {
  if (attendees.length > MOST_ATTENDEES)
    return refusal('INVALID_INPUT', `a review has at most ${MOST_ATTENDEES} attendees`);
  if (attendees.some(({ name, team }) => isBlank(name) || isBlank(team)))
    return refusal('INVALID_INPUT', 'each attendee has a name and a team');
  const people = new Map(attendees.map(({ name, team }) => [sameName(name), sameName(team)]));
  const twice = attendees.find(({ name, team }) => people.get(sameName(name)) !== sameName(team));
  if (twice)
    return refusal('INVALID_INPUT', `${twice.name} cannot speak for two teams: name each person once`);
  if (new Set(people.values()).size >= 2) return null;
  const message = `a review takes people of two teams at least; here is ${people.size === 0 ? 'nobody' : `only ${attendees[0]?.team ?? ''}`}`;
  return refusal('ATTENDEES_MISSING', message, { missing: ['a second team'] });
}

function wrongDecisions(decisions: readonly ReviewDecision[]): Refusal | null {
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

function wrongOutcomes(outcomes: readonly DecisionOutcome[]): Refusal | null {
  const nameOf = ({ quarter, decision }: DecisionOutcome) => `decision ${decision} of ${quarter}`;
  const twice = outcomes.find((each, at) =>
    outcomes.slice(0, at).some((other) => nameOf(other) === nameOf(each)),
  );
  if (twice)
    return refusal('INVALID_INPUT', `${nameOf(twice)} has two outcomes here: say once what became of it`);
  const long = outcomes.find(({ note }) => note !== null && note.length > MOST_LETTERS);
  if (!long) return null;
  return refusal(
    'INVALID_INPUT',
    `what is said of ${nameOf(long)} is longer than ${MOST_LETTERS} letters: leave the rest to a document that it names`,
  );
}

function unknownOutcome(
  outcomes: readonly DecisionOutcome[],
  known: readonly DecisionFate[],
): Refusal | null {
  const none = outcomes.find(
    ({ quarter, decision }) => !known.some((each) => each.quarter === quarter && each.number === decision),
  );
  return none
    ? refusal('INVALID_INPUT', `there is no open decision ${none.decision} of ${none.quarter} to report on`)
    : null;
}

function unknownWorkflow(
  decisions: readonly ReviewDecision[],
  { quarter, workflows }: QuarterlyReview,
): Refusal | null {
  const keys = new Set(workflows.map(({ workflow }) => workflow));
  const unknown = decisions.find(({ workflow }) => workflow !== null && !keys.has(workflow));
  return unknown
    ? refusal('INVALID_INPUT', `no workflow '${unknown.workflow ?? ''}' was served in ${quarter}`)
    : null;
}

async function unknownProposal(
  decisions: readonly ReviewDecision[],
  { retrospectives }: Stores,
): Promise<Refusal | null> {
  for (const { proposal } of decisions)
    if (proposal !== null && !(await retrospectives.isProposal(proposal)))
      return refusal(
        'INVALID_INPUT',
        `no proposal was made on a branch '${proposal}': use the branch that it was given`,
      );
  return null;
}

const isBlank = (text: string): boolean => text.trim() === '' || text.length > MOST_LETTERS;
