import type { KeptReview } from '../domain/learning/decisions.js';
import type { Incident, IncidentCause, IncidentKind } from '../domain/learning/incidents.js';
import type { Answers, RetrospectiveAction } from '../domain/learning/retrospective.js';
import type { EndedCampaign } from '../domain/learning/review-triggers.js';
import type { CampaignHistory } from './incidents.js';

/** What people have said in a retrospective. */
export interface StoredRetrospective {
  readonly answers: Answers;
  readonly actions: readonly RetrospectiveAction[];
  readonly completedAt: Date | null;
  readonly completedBy: string | null;
}
/** Of a campaign that is locked. */
export interface RetrospectiveStore {
  /** What its incidents are recognised from. */
  historyOf(campaignId: string): Promise<CampaignHistory>;
  open(campaignId: string, evidence: object, now: Date): Promise<void>;
  /** Those that ended on any version of the workflow, the newest first. */
  /** What was recognised when the campaign ended; null where it has not, or an older release noted no words. */
  foundAtEnd(campaignId: string): Promise<readonly Incident[] | null>;
  ended(definitionId: string, limit: number): Promise<EndedCampaign[]>;
  of(campaignId: string): Promise<StoredRetrospective | null>;
  /** Once it is completed, nothing that tells who has answered its survey is left. */
  save(campaignId: string, retrospective: StoredRetrospective): Promise<void>;
  /** Whether a proposal was made on the branch. */
  isProposal(branch: string): Promise<boolean>;
  /** The key that people are hashed with in the campaign's survey; `fresh` where there was none. */
  surveyKey(campaignId: string, fresh: string): Promise<string>;
  /** In the place of what the person had answered before. */
  answerSurvey(campaignId: string, person: string, score: number, painPoints: string | null): Promise<void>;
}

/** What somebody says went wrong. */
export interface ReportedIncident {
  readonly kind: IncidentKind;
  readonly subject: string;
  readonly cause: IncidentCause;
  readonly description: string;
  readonly happenedAt: Date;
  readonly actor: string;
  readonly recordedAt: Date;
}
export interface IncidentStore {
  /** What was reported of a campaign so far, oldest first. */
  reported(campaignId: string): Promise<ReportedIncident[]>;
  /** Whether it was added: false where the campaign has the most already. */
  add(campaignId: string, incident: ReportedIncident, most: number): Promise<boolean>;
}

export interface ReviewStore {
  /**
   * Whether it was added: false where the period has a completed review already.
   * @param quarter as it is called now
   */
  add(quarter: string, review: KeptReview, snapshot: object): Promise<boolean>;
}
