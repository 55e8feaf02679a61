import { Link } from 'react-router';
import { ReviewsDueDocument } from '../api/operations.ts';
import { useData } from '../api/use-data.ts';
import { ago, day, words } from '../ui/format.ts';
import { Badge, Empty, Loaded, Section } from '../ui/parts.tsx';

/** What is to be reviewed, what is due first first. */
export function Due() {
  const due = useData(ReviewsDueDocument, {});
  return (
    <Section title="What is due">
      <Loaded of={due}>
        {({ reviewCalendar }) =>
          reviewCalendar.length === 0 ? (
            <Empty>Nothing is to be reviewed.</Empty>
          ) : (
            <ul className="list">
              {reviewCalendar.map(({ reason, dueAt, isOverdue, because, workflow }, at) => (
                <li key={at}>
                  <Badge tone={isOverdue ? 'bad' : 'quiet'}>{words(reason)}</Badge>{' '}
                  {workflow ? (
                    <Link to={`/workflows/${encodeURIComponent(workflow.key)}`}>{workflow.name}</Link>
                  ) : (
                    'All workflows'
                  )}
                  : {because}{' '}
                  <span className="muted">
                    {isOverdue ? 'due since' : 'due on'} {day(dueAt)} ({ago(dueAt)})
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}
