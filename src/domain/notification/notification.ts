import { WorkingCalendar } from '../calendar/working-calendar.js';
import { isSamePerson } from '../campaign/actor.js';
import type { Role } from '../workflow/document.js';
import type { News, NewsKind } from './news.js';

/** One thing that a message tells of. */
export interface NotificationPart {
  readonly kind: NewsKind;
  readonly subject: string;
  readonly title: string;
  readonly happened: string;
  readonly asked: string | null;
  readonly due: Date | null;
}
/**
 * One message to one person, or to a role of which nobody says who it is, about one change: all that one action has brought. Of several
 * things `kind` and `subject` are those of the first, `due` is the earliest, and the texts are those of all.
 */
export interface Notification extends NotificationPart {
  /** The same change told to the same recipient has the same key, and is told once. */
  readonly key: string;
  /** Each thing, where there are several: those that ask for something first. Empty where there is one. */
  readonly parts: readonly NotificationPart[];
  /** Null where it is about no campaign. */
  readonly campaign: AboutCampaign | null;
  readonly recipient: Recipient;
  /** The roles for which it is told, as far as the recipient has them. */
  readonly roles: readonly string[];
  /** IANA name of the zone that times are told in: the role's. */
  readonly timezone: string;
}
export interface AboutCampaign {
  readonly key: string;
  readonly name: string;
  readonly plannedLaunchAt: Date | null;
}
/** `everyone`: whoever reads the target, where no role is known that it concerns. */
export interface Recipient {
  readonly type: 'person' | 'role' | 'everyone';
  /** An address or name of the Team's `people`, or a role; empty for everyone. */
  readonly name: string;
}

/** To whom news may go. */
export interface Audience {
  /** Roles of all teams. */
  readonly roles: readonly Role[];
  /** Who did what is told of: is not told of it. Null where nobody did. */
  readonly actor: string | null;
  readonly now: Date;
}

/** One message a person and change, also where a person has several of the roles; roles without people are told as the role. */
export function addressed(
  news: readonly News[],
  campaign: AboutCampaign | null,
  { roles: known, actor, now }: Audience,
): Notification[] {
  const told = new Map<string, Told[]>();
  for (const each of [
    ...news.filter(({ asked }) => asked !== null),
    ...news.filter(({ asked }) => asked === null),
  ])
    for (const { recipient, roles } of recipientsOf(each, known)) {
      if (recipient.type === 'person' && actor !== null && isSamePerson(recipient.name, actor)) continue;
      const { kind, subject, title, happened, asked } = each;
      const times = timesOf(
        each,
        now,
        known.find(({ key }) => roles.includes(key)),
      );
      const id = `${recipient.type}|${recipient.name}`;
      const one = { kind, subject, title, happened, asked, ...times, recipient, roles };
      // What is told of comes once a moment, so the first of several stands for them.
      const key = [campaign?.key ?? '', kind, subject, each.occurrence, id].join('|');
      told.set(id, [...(told.get(id) ?? []), { ...one, key, campaign, parts: [] }]);
    }
  return [...told.values()].flatMap(together);
}

type Told = Notification & { readonly parts: readonly [] };

/** How many things a title names. */
const NAMED = 3;

function together(told: readonly Told[]): Notification[] {
  const [first] = told;
  if (!first || told.length === 1) return [...told];
  const parts = told.map(({ kind, subject, title, happened, asked, due }) => ({
    ...{ kind, subject, title, happened, asked, due },
  }));
  const titles = parts.map(({ title }) => title);
  const rest = titles.length - NAMED;
  const asked = parts.flatMap((each) => each.asked ?? []);
  const dues = parts.flatMap(({ due }) => due ?? []);
  return [
    {
      ...first,
      parts,
      roles: [...new Set(told.flatMap(({ roles }) => roles))],
      title: [...titles.slice(0, NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; '),
      happened: parts.map(({ happened }) => happened).join(' '),
      asked: asked.length > 0 ? asked.join(' ') : null,
      due: dues.length > 0 ? new Date(Math.min(...dues.map(Number))) : null,
    },
  ];
}

interface Addressed {
  readonly recipient: Recipient;
  readonly roles: readonly string[];
}

function recipientsOf({ roles, people = [] }: News, known: readonly Role[]): Addressed[] {
  if (roles.length + people.length === 0) return [{ recipient: { type: 'everyone', name: '' }, roles }];
  const told = [...new Set(roles)].flatMap((role): [Recipient, string][] => {
    const holders = known.filter(({ key }) => key === role).flatMap((each) => each.people);
    if (holders.length === 0) return [[{ type: 'role', name: role }, role]];
    return holders.map((name) => [{ type: 'person', name }, role]);
  });
  const inPerson = people.map(({ name, role }): [Recipient, string] => [{ type: 'person', name }, role]);
  const found = new Map<string, Addressed>();
  for (const [recipient, role] of [...told, ...inPerson]) {
    const id = `${recipient.type} ${recipient.name}`;
    const before = found.get(id)?.roles ?? [];
    if (!before.includes(role)) found.set(id, { recipient, roles: [...before, role] });
  }
  return [...found.values()];
}

/** Due after so much working time of the role from now on; a role without hours works round the clock. */
function timesOf(
  { within, due }: News,
  now: Date,
  role: Role = ROUND_THE_CLOCK,
): Pick<Notification, 'due' | 'timezone'> {
  const timezone = role.timezone ?? 'UTC';
  if (due !== undefined || within === null) return { due: due ?? null, timezone };
  const calendar = new WorkingCalendar(now, role);
  const hours = calendar.earliest(calendar.hoursOf(within));
  return { due: new Date(now.getTime() + hours * 3_600_000), timezone };
}
const ROUND_THE_CLOCK: Role = {
  ...{ key: '', name: '', capacity: null, people: [], delegates: [], holidays: [] },
  ...{ timezone: null, workingDays: [], workingHours: null },
};
