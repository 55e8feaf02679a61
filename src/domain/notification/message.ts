import { DateTime } from 'luxon';
import type { Notification, NotificationPart } from './notification.js';

/** A notification in words: what happened, in which campaign, what is asked of whom, by when. */
export interface Message {
  readonly title: string;
  /** Lines of plain text, without the title. */
  readonly lines: readonly string[];
}

type Told = Omit<Notification, 'key'>;

export function messageOf(notification: Told): Message {
  const { campaign, title, asked, timezone, parts } = notification;
  const at = (moment: Date) =>
    DateTime.fromJSDate(moment, { zone: timezone })
      .setLocale('en-GB')
      .toFormat("ccc d LLLL yyyy, HH:mm '('z')'");
  const launch = campaign?.plannedLaunchAt;
  const told = (part: NotificationPart) => [
    part.happened,
    ...(part.asked === null ? [] : [`What to do: ${part.asked}`]),
    ...(part.due ? [`By when: ${at(part.due)}`] : []),
  ];
  return {
    title: oneLine(campaign ? `${campaign.name}: ${title}` : title),
    lines: [
      ...(parts.length === 0
        ? told(notification)
        : parts.flatMap((part) => ['', `${part.title}.`, ...told(part)]).concat('')),
      ...(launch && asked !== null ? [`The launch is planned for ${at(launch)}.`] : []),
      ...(campaign ? [`Campaign: ${campaign.name} (${campaign.key})`] : []),
      `For: ${recipientText(notification)}`,
    ].map(oneLine),
  };
}

/** What somebody wrote begins no line of its own, which could look like one of ours. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');

function recipientText({ recipient, roles }: Told): string {
  if (recipient.type === 'everyone') return 'whoever looks after Weir';
  return recipient.type === 'role' ? `the role ${recipient.name}` : `${recipient.name} (${roles.join(', ')})`;
}
