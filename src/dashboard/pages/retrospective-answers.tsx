import { type SubmitEvent, useState } from 'react';
import { AnswerRetrospectiveDocument } from '../api/operations.ts';
import { useAct } from '../api/use-data.ts';
import { moment } from '../ui/format.ts';
import { Empty, Refusals, Section } from '../ui/parts.tsx';
import './retrospective.css';
import type { RetrospectiveShown } from './retrospective-shown.ts';

/** In the order in which the API asks them. */
const KEYS = ['convergence', 'bottlenecks', 'drift'] as const;
type Texts = Readonly<Record<(typeof KEYS)[number], string>>;
const NOTHING: Texts = { convergence: '', bottlenecks: '', drift: '' };

interface QuestionsProps {
  readonly campaign: string;
  readonly answers: RetrospectiveShown['answers'];
  readonly isOpen: boolean;
  readonly mayComplete: boolean;
}

/** The three questions: what the record shows, what people have said, and one's own answer. */
export function Questions({ campaign, answers, isOpen, mayComplete }: QuestionsProps) {
  const acting = useAct();
  const [texts, setTexts] = useState(NOTHING);
  const send = async (complete: boolean) => {
    const given = KEYS.filter((key) => texts[key].trim() !== '');
    const own = Object.fromEntries(KEYS.map((key) => [key, given.includes(key) ? texts[key] : null]));
    const input = { campaign, complete, actions: [], answers: given.length === 0 ? null : (own as Texts) };
    if (await acting.act(AnswerRetrospectiveDocument, { input })) setTexts(NOTHING);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void send(false);
  };
  return (
    <Section title="Questions">
      <form className="stacked" onSubmit={submit}>
        {answers.map(({ question, evidence, given }, at) => {
          const key = KEYS[at];
          return (
            <div key={question}>
              <h3>{question}</h3>
              <p className="muted">The record shows:</p>
              <ul className="list">
                {evidence.map((each) => (
                  <li key={each}>{each}</li>
                ))}
              </ul>
              <Given given={given} />
              {isOpen && key && (
                <label className="grow">
                  Your answer <span className="hidden">to: {question}</span>
                  <textarea
                    rows={2}
                    value={texts[key]}
                    onChange={(event) => setTexts({ ...texts, [key]: event.target.value })}
                  />
                </label>
              )}
            </div>
          );
        })}
        <Refusals of={acting} />
        {isOpen && (
          <p>
            <button type="submit" disabled={acting.isPending}>
              Answer
            </button>{' '}
            {mayComplete && (
              <button type="button" disabled={acting.isPending} onClick={() => void send(true)}>
                Complete the retrospective
              </button>
            )}{' '}
            <span className="muted">
              Each person has one answer to a question; a later one takes its place. A steward completes it,
              and then the answers stay as they are.
            </span>
          </p>
        )}
      </form>
    </Section>
  );
}

function Given({ given }: { given: RetrospectiveShown['answers'][number]['given'] }) {
  if (given.length === 0) return <Empty>Nobody has answered yet.</Empty>;
  return given.map(({ by, at, text }) => (
    <blockquote key={by}>
      <p>{text}</p>
      <footer className="muted">
        {by}, {moment(at)}
      </footer>
    </blockquote>
  ));
}
