import { type SubmitEvent, useState } from 'react';
import { CompleteReviewDocument, type DecisionOutcome } from '../api/operations.ts';
import { useAct } from '../api/use-data.ts';
import { Choice } from '../ui/choice.tsx';
import { Refusals, Section } from '../ui/parts.tsx';
import { type Field, Rows } from '../ui/rows.tsx';
import type { ReviewShown } from './review-shown.ts';

const ATTENDEE = { name: '', team: '' };
const DECISION = { text: '', owner: '', dueOn: '', workflow: '', proposal: '' };
type Outcomes = Readonly<Record<string, { readonly outcome: string; readonly note: string }>>;

const ATTENDEE_FIELDS: readonly Field<typeof ATTENDEE>[] = [
  { name: 'name', label: 'Name' },
  { name: 'team', label: 'Team' },
];
const OUTCOMES = [
  ['', 'nothing is said'],
  ['DONE', 'done'],
  ['DROPPED', 'dropped'],
  ['CARRIED_ON', 'carried on'],
] as const;

interface CompleteProps {
  readonly review: ReviewShown;
  readonly mayComplete: boolean;
}

/** Who was there, what was decided, what became of former decisions: kept with the figures, and never changed. */
export function CompleteReview({ review, mayComplete }: CompleteProps) {
  const acting = useAct();
  const [attendees, setAttendees] = useState<readonly (typeof ATTENDEE)[]>([ATTENDEE, ATTENDEE]);
  const [decisions, setDecisions] = useState<readonly (typeof DECISION)[]>([]);
  const [outcomes, setOutcomes] = useState<Outcomes>({});
  const { quarter, state, workflows } = review;
  const decisionFields: readonly Field<typeof DECISION>[] = [
    { name: 'text', label: 'Decision', isLong: true },
    { name: 'owner', label: 'Who sees to it' },
    { name: 'dueOn', label: 'By when', type: 'date' },
    {
      name: 'workflow',
      label: 'Workflow',
      options: [['', 'none'], ...workflows.map(({ workflow: { key, name } }) => [key, name] as const)],
    },
    { name: 'proposal', label: 'Branch of its proposal (optional)', isOptional: true },
  ];
  if (state === 'OVER' && workflows.length === 0) return null;
  if (state !== 'OVER' || !mayComplete)
    return (
      <Section title="Decisions to take">
        <p className="muted">
          {state === 'OVER'
            ? 'A steward completes the review: who was there, and what was decided.'
            : 'The review is completed when the quarter is over.'}
        </p>
      </Section>
    );
  const complete = (event: SubmitEvent) => {
    event.preventDefault();
    const input = {
      ...{ quarter, attendees: [...attendees] },
      decisions: decisions.map(({ workflow, proposal, ...rest }) => ({
        ...rest,
        workflow: workflow || null,
        proposal: proposal.trim() || null,
      })),
      outcomes: review.decisions.flatMap((decision) => {
        const said = outcomes[nameOf(decision)];
        if (!said || said.outcome === '') return [];
        const outcome = said.outcome as DecisionOutcome;
        return [
          { quarter: decision.quarter, decision: decision.number, outcome, note: said.note.trim() || null },
        ];
      }),
    };
    void acting.act(CompleteReviewDocument, { input });
  };
  return (
    <Section
      title="Decisions to take"
      note="Completing the review keeps its figures as they are now. It cannot be changed afterwards."
    >
      <form className="stacked" onSubmit={complete}>
        <h3>Who is there</h3>
        <p className="muted">People of two teams at least.</p>
        <Rows
          thing="attendee"
          of={attendees}
          fields={ATTENDEE_FIELDS}
          empty={ATTENDEE}
          onChange={setAttendees}
        />
        <Former decisions={review.decisions} outcomes={outcomes} onChange={setOutcomes} />
        <h3>What is decided</h3>
        <Rows
          thing="decision"
          of={decisions}
          fields={decisionFields}
          empty={DECISION}
          onChange={setDecisions}
        />
        <Refusals of={acting} />
        <p>
          <button type="submit" disabled={acting.isPending}>
            Complete the review of {quarter}
          </button>
        </p>
      </form>
    </Section>
  );
}

type Former = ReviewShown['decisions'][number];

const nameOf = ({ quarter, number }: Former): string => `${quarter} ${number}`;

interface FormerProps {
  readonly decisions: readonly Former[];
  readonly outcomes: Outcomes;
  readonly onChange: (outcomes: Outcomes) => void;
}

function Former({ decisions, outcomes, onChange }: FormerProps) {
  if (decisions.length === 0) return null;
  return (
    <>
      <h3>What became of earlier decisions</h3>
      {decisions.map((decision) => {
        const name = nameOf(decision);
        const said = outcomes[name] ?? { outcome: '', note: '' };
        const set = (part: Partial<typeof said>) => onChange({ ...outcomes, [name]: { ...said, ...part } });
        return (
          <fieldset key={name}>
            <legend>
              {decision.quarter}: {decision.text}
            </legend>
            <Choice
              label="Outcome"
              value={said.outcome}
              options={OUTCOMES}
              onChange={(outcome) => set({ outcome })}
            />{' '}
            <label>
              Note (optional){' '}
              <input value={said.note} onChange={(event) => set({ note: event.target.value })} />
            </label>
          </fieldset>
        );
      })}
    </>
  );
}
