import type { ReviewedWorkflowFragment } from '../api/operations.ts';
import { counted } from '../ui/effects.tsx';
import { hours, number, percent, words } from '../ui/format.ts';

/** What went wrong in campaigns that came to an end in the quarter, and why. */
export function Incidents({ incidents }: { incidents: ReviewedWorkflowFragment['incidents'] }) {
  const { campaigns, count, kinds, causes, launched, lateFixShare } = incidents;
  if (campaigns === 0) return null;
  const named = kinds
    .filter((each) => each.count > 0)
    .map((each) => `${number(each.count)} ${words(each.kind)}`);
  const late = causes.filter((each) => each.delayHours > 0);
  return (
    <>
      <h3>Incidents</h3>
      <p>
        {count === 0 ? 'No incident' : `${counted(count, 'incident')} (${named.join(', ')})`} in{' '}
        {counted(campaigns, 'campaign')} that came to an end
        {lateFixShare === null || lateFixShare === 0
          ? '.'
          : `; last-minute fixes in ${number(Math.round(launched * lateFixShare))} of the ${number(launched)} of these that had launched.`}
      </p>
      {late.length > 0 && (
        <ul className="list">
          {late.map(({ cause, delayHours, delayShare }) => (
            <li key={cause}>
              {CAUSES[cause]}: {hours(delayHours)} of delay
              {delayShare !== null && `, ${percent(delayShare)} of all`}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const CAUSES: Readonly<Record<ReviewedWorkflowFragment['incidents']['causes'][number]['cause'], string>> = {
  NO_ADAPT: 'A trigger acted late',
  NO_PARALLEL: 'Work waited that could have run side by side',
  SEQUENCE: 'Steps took longer than planned, or were done once more',
  OTHER: 'Another cause',
};
