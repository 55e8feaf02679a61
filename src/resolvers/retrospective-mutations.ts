import { randomBytes } from 'node:crypto';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { answerRetrospective } from '../application/answer-retrospective.js';
import { answerSurvey } from '../application/answer-survey.js';
import type { Outcome } from '../application/run-campaign.js';
import { QUESTION_KEYS } from '../domain/learning/retrospective.js';
import { CampaignPayload } from '../schema/campaign-types.js';
import { AnswerRetrospectiveInput, AnswerSurveyInput } from '../schema/retrospective-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import type { Context } from './context.js';

const INPUT = 'What to do, and to what.';

@Resolver()
export class RetrospectiveMutations {
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description:
      'Answers the questions of a retrospective, agrees on actions, says what became of them, and completes it.',
  })
  answerRetrospective(
    @Arg('input', () => AnswerRetrospectiveInput, { description: INPUT }) input: AnswerRetrospectiveInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    const { campaign, complete } = input;
    const answers = Object.fromEntries(
      QUESTION_KEYS.flatMap((key) => {
        const text = input.answers?.[key] ?? null;
        return text === null ? [] : [[key, text]];
      }),
    );
    const actions = input.actions.map((action) => ({
      number: action.number ?? null,
      text: action.text ?? null,
      owner: action.owner ?? null,
      dueOn: action.dueOn ?? null,
      workflow: action.workflow ?? null,
      proposal: action.proposal ?? null,
      done: action.done ?? null,
    }));
    return answerRetrospective(ports, actor, { campaign, answers, actions, complete });
  }

  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description:
      'Says how one found the work on a campaign, without being named anywhere; once more replaces what one has said.',
  })
  answerSurvey(
    @Arg('input', () => AnswerSurveyInput, { description: INPUT }) input: AnswerSurveyInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    const { campaign, score, painPoints = null } = input;
    return answerSurvey(ports, actor, { campaign, score, painPoints }, () =>
      randomBytes(32).toString('base64'),
    );
  }
}
