import { meetingsOf } from '../domain/calendar/default-cadence.js';
import { meetingLoads, type PersonLoad, type Week, weekFrom } from '../domain/calendar/meeting-load.js';
import type { Actor } from '../domain/campaign/actor.js';
import { limitOf } from '../domain/workflow/check/context.js';
import { DEFAULT_POLICY } from '../domain/workflow/document.js';
import { forReaders } from './for-readers.js';
import type { Ports, Stores } from './ports.js';

/** The job that looks whether people sit in meetings for too long. */
export const CHECK_MEETINGS = 'check-meetings';
/** So many campaigns are named; the others are counted. */
const MOST_NAMED = 20;

export interface MeetingLoad extends Week {
  /** Hours a week and person: the limit of `W_OVER_MEETING` in the Policy that is served. */
  readonly budgetHours: number;
  /** Whether people want to be told: not where the Policy turns the finding off. */
  readonly isWatched: boolean;
  /** The most hours first. */
  readonly people: readonly (PersonLoad & { readonly isOver: boolean })[];
}

/** Hours in regular meetings of running campaigns, person by person, in the seven days from the beginning of that day on (R20). */
export const meetingLoad = (ports: Ports, actor: Actor, day: Date): Promise<MeetingLoad> =>
  forReaders(actor, ports).inTransaction((stores) => loadFrom(stores, day));

async function loadFrom(
  { definitions, meetings }: Pick<Stores, 'definitions' | 'meetings'>,
  day: Date,
): Promise<MeetingLoad> {
  const policy = (await definitions.firstServed('Policy', null))?.meaning ?? DEFAULT_POLICY;
  const roles = (await definitions.teams()).flatMap((team) => team.roles);
  const { campaigns, workflows } = await meetings.running();
  const week = weekFrom(day, policy.timezone);
  const known = new Map<string, ReturnType<typeof meetingsOf>>();
  const held = campaigns.flatMap(({ key, createdAt, versionId, timezone }) => {
    const workflow = workflows.get(versionId);
    if (!workflow) return [];
    const name = `${versionId} ${timezone}`;
    const meetingsThere = known.get(name) ?? meetingsOf(workflow, timezone ?? DEFAULT_POLICY.timezone);
    known.set(name, meetingsThere);
    return [{ campaign: key, createdAt, meetings: meetingsThere }];
  });
  const budgetHours = limitOf({ policy }, 'W_OVER_MEETING', 'hoursPerWeek');
  const people = meetingLoads(held, roles, week).map((load) => ({
    ...load,
    isOver: load.hours > budgetHours,
  }));
  const isWatched = policy.findings['W_OVER_MEETING']?.severity !== 'off';
  return { ...week, budgetHours, isWatched, people };
}

/** Tells of everybody who sits in meetings for longer than the budget, until it is not so any more. */
export const tellOfOverMeeting = (ports: Ports): Promise<void> =>
  ports.inTransaction(async (stores) => {
    const now = ports.clock.now();
    const { people, budgetHours, isWatched } = await loadFrom(stores, now);
    const over = people.filter(({ isOver }) => isOver && isWatched);
    for (const load of over) {
      const { who: subject, roles } = load;
      await stores.alerts.raise(
        { kind: 'over-meeting', subject, message: what(load, budgetHours), roles },
        now,
      );
    }
    const still = over.map(({ who }) => who);
    await stores.alerts.resolveOthers('over-meeting', still, now);
  });

function what({ who, roles, hours, campaigns }: PersonLoad, budgetHours: number): string {
  const named = campaigns
    .slice(0, MOST_NAMED)
    .map((each) => `${each.campaign} (${short(each.hours)})`)
    .join(', ');
  const others = campaigns.length - MOST_NAMED;
  const as = roles.length === 1 && roles[0] === who ? '' : ` (${roles.join(', ')})`;
  return (
    `${who}${as} sits ${short(hours)} hours a week in meetings, ${short(budgetHours)} are the budget: ` +
    `${named}${others > 0 ? ` and ${others} more campaigns` : ''}`
  );
}

const short = (hours: number): number => Math.round(hours * 100) / 100;
