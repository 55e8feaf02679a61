import type { Finding, Path } from '../../problem.js';
import { finding } from '../../problem.js';
import type { Workflow } from '../workflow.js';
import type { Locate } from './context.js';

/** Dates that milestones have in workflows that were read before, by milestone and date; filled while reading on. */
export type KnownDates = Map<string, string>;

/** The same date of the same milestone in two workflows: whoever moves it has to think of both (R55). */
export function checkDuplicates(workflow: Workflow, at: Locate, known: KnownDates): Finding[] {
  return workflow.milestones.flatMap((milestone): Finding[] => {
    if (milestone.date === null) return [];
    const name = `${milestone.key} ${milestone.date}`;
    const other = known.get(name);
    known.set(name, other ?? workflow.key);
    if (other === undefined || other === workflow.key) return [];
    const path: Path = at(milestone, 'date');
    const message = `milestone '${milestone.key}' has this date in workflow '${other}' too`;
    return [
      finding('W_DUPLICATE_PARAM', message, path, {
        hint: "leave the date to each campaign, or share the milestone with 'extends'",
      }),
    ];
  });
}
