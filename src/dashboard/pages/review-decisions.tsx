import { Link } from 'react-router';
import { calendarDay, words } from '../ui/format.ts';
import { Badge, Empty, Section, type Tone } from '../ui/parts.tsx';
import { PlanLink } from '../ui/plan-link.tsx';
import type { ReviewShown } from './review-shown.ts';

type Decision = ReviewShown['decided'][number] & { readonly quarter?: string };

const TONES: Readonly<Record<Decision['state'], Tone>> = {
  DONE: 'good',
  DROPPED: 'quiet',
  OPEN: 'busy',
  OVERDUE: 'bad',
};

interface DecisionsProps {
  readonly title: string;
  readonly decisions: readonly Decision[];
  /** Said where there are none; without it nothing is shown then. */
  readonly none?: string;
}

/** What reviews have decided, and what became of it. */
export function Decisions({ title, decisions, none }: DecisionsProps) {
  if (decisions.length === 0 && none === undefined) return null;
  return (
    <Section title={title}>
      {decisions.length === 0 ? (
        <Empty>{none}</Empty>
      ) : (
        <ul className="list">
          {decisions.map((decision) => (
            <OneDecision key={`${decision.quarter} ${decision.number}`} decision={decision} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function OneDecision({ decision }: { decision: Decision }) {
  const { quarter, text, owner, dueOn, state, commitSha, note, workflow, proposal } = decision;
  return (
    <li>
      {quarter !== undefined && <Link to={`/reviews/${quarter}`}>{quarter}</Link>} {text} ({owner}, by{' '}
      {calendarDay(dueOn)}) <Badge tone={TONES[state]}>{words(state)}</Badge>
      {workflow !== null && (
        <>
          {' · '}
          <Link to={`/workflows/${encodeURIComponent(workflow)}`}>{workflow}</Link>
        </>
      )}
      {proposal !== null && (
        <>
          {' · proposal '}
          <PlanLink proposal={proposal} />
        </>
      )}
      {commitSha !== null && (
        <>
          {' · by commit '}
          <code>{commitSha.slice(0, 8)}</code>
        </>
      )}
      {note !== null && `; ${note}`}
    </li>
  );
}
