import { type SubmitEvent, useState } from 'react';
import { AnswerSurveyDocument } from '../api/operations.ts';
import { useAct } from '../api/use-data.ts';
import { Choice } from '../ui/choice.tsx';
import { number } from '../ui/format.ts';
import { Refusals, Section } from '../ui/parts.tsx';
import type { RetrospectiveShown } from './retrospective-shown.ts';

const SCORES = [
  ['1', '1 (bad)'],
  ['2', '2'],
  ['3', '3'],
  ['4', '4'],
  ['5', '5 (good)'],
] as const;

interface SurveyProps {
  readonly campaign: string;
  readonly survey: RetrospectiveShown['survey'];
  readonly isOpen: boolean;
}

/** What the team says of the work, without names; means and words are kept back until five have answered. */
export function Survey({ campaign, survey: { answers, meanScore, painPoints }, isOpen }: SurveyProps) {
  const acting = useAct();
  const [score, setScore] = useState('3');
  const [pain, setPain] = useState('');
  const [isSent, setSent] = useState(false);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const input = { campaign, score: Number(score), painPoints: pain.trim() === '' ? null : pain };
    const isDone = await acting.act(AnswerSurveyDocument, { input });
    setSent(isDone);
    if (isDone) setPain('');
  };
  return (
    <Section title="Survey" note="Nobody is named; scores are from 1 to 5.">
      <p>
        {number(answers)} answered
        {meanScore === null
          ? '; the mean is shown once five have.'
          : `; the mean score is ${number(meanScore, 2)}.`}
      </p>
      {painPoints.length > 0 && (
        <ul className="list">
          {painPoints.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
      {isOpen && (
        <form onSubmit={(event) => void send(event)}>
          <Choice label="How was the work?" value={score} options={SCORES} onChange={setScore} />
          <label className="grow">
            What was hard (optional)
            <textarea rows={2} value={pain} onChange={(event) => setPain(event.target.value)} />
          </label>
          <button type="submit" disabled={acting.isPending}>
            Answer the survey
          </button>
          {isSent && <span role="status">Thank you. Answering again replaces your answer.</span>}
        </form>
      )}
      <Refusals of={acting} />
    </Section>
  );
}
