import { createHmac } from 'node:crypto';
import { type Actor, lacking } from '../domain/campaign/actor.js';
import { refusal } from '../domain/campaign/refusal.js';
import { closed, notOpen } from './answer-retrospective.js';
import type { Ports } from './ports.js';
import type { Outcome } from './run-campaign.js';

export interface SurveyInput {
  readonly campaign: string;
  /** From 1 to 5. */
  readonly score: number;
  readonly painPoints: string | null;
}

const MOST_LETTERS = 2_000;

/**
 * How somebody found the work on a campaign (R80). Nothing that tells who or when is kept, in the audit log neither: a person is known by a
 * hash whose key is drawn for the campaign and thrown away when its retrospective is completed. Who answers again replaces their answer.
 * @param draw a new secret
 */
export function answerSurvey(
  ports: Ports,
  actor: Actor,
  input: SurveyInput,
  draw: () => string,
): Promise<Outcome> {
  const { campaign: key, score, painPoints } = input;
  return ports.inTransaction(async (stores) => {
    const refused = (...refusals: Outcome['refusals']): Outcome => ({ campaign: key, refusals, results: [] });
    const denied = lacking(actor, 'contributor');
    if (denied) return refused(denied);
    const campaign = await stores.campaigns.lock(key);
    if (!campaign)
      return { ...refused(refusal('UNKNOWN_CAMPAIGN', `there is no campaign '${key}'`)), campaign: null };
    const retrospective = await stores.retrospectives.of(campaign.id);
    if (!retrospective) return refused(notOpen(campaign));
    if (retrospective.completedAt) return refused(closed(key));
    if (score < 1 || score > 5) return refused(refusal('INVALID_INPUT', 'a score is from 1 to 5'));
    if (painPoints !== null && painPoints.length > MOST_LETTERS)
      return refused(refusal('INVALID_INPUT', `pain points have at most ${MOST_LETTERS} characters`));
    const secret = await stores.retrospectives.surveyKey(campaign.id, draw());
    const person = createHmac('sha256', secret).update(actor.name.toLowerCase()).digest('base64');
    const said = painPoints?.trim() ?? '';
    await stores.retrospectives.answerSurvey(campaign.id, person, score, said === '' ? null : said);
    return refused();
  });
}
