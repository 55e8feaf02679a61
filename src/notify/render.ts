import type { OutgoingMessage } from '../application/deliver-notifications.js';
import { messageOf } from '../domain/notification/message.js';

/** A body, and what it is. */
export interface Rendered {
  readonly type: string;
  readonly body: string;
}
export type Renderer = (message: OutgoingMessage) => Rendered;

/** Type and data as Standard Webhooks recommends them. */
export const asWebhook: Renderer = (message) => ({
  type: 'application/json',
  body: JSON.stringify({
    type: typeOf(message),
    timestamp: message.createdAt.toISOString(),
    data: dataOf(message),
  }),
});

/** CloudEvents 1.0 in structured JSON. */
export const asCloudEvent: Renderer = (message) => ({
  type: 'application/cloudevents+json; charset=utf-8',
  body: JSON.stringify({
    specversion: '1.0',
    id: idOf(message),
    source: message.campaign ? `/weir/campaigns/${encodeURIComponent(message.campaign.key)}` : '/weir',
    type: `weir.${typeOf(message)}`,
    subject: message.subject,
    time: message.createdAt.toISOString(),
    datacontenttype: 'application/json',
    data: dataOf(message),
  }),
});

/** What incoming webhooks of Slack take, and of those that are like it: a title in bold, and lines of text. */
export const asSlack: Renderer = (message) => {
  const { title, lines } = messageOf(message);
  const text = [`*${escaped(title)}*`, ...lines.map(escaped)].join('\n');
  return { type: 'application/json', body: JSON.stringify({ text }) };
};

export const idOf = ({ messageId }: OutgoingMessage): string => `msg_${messageId}`;
const typeOf = ({ kind }: OutgoingMessage): string => `notification.${kind}`;

function dataOf(message: OutgoingMessage): object {
  const { kind, subject, campaign, recipient, roles, title, happened, asked, due, parts } = message;
  const { lines } = messageOf(message);
  return {
    ...{ id: idOf(message), kind, subject, campaign, recipient, roles, title, happened, asked, due, parts },
    text: lines.join('\n'),
  };
}

/** Slack's own characters; an asterisk that somebody wrote makes at most a word bold. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
