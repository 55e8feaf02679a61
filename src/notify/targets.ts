import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { NotificationTarget, OutgoingMessage } from '../application/deliver-notifications.js';
import { post, type PostOptions, TIME_LIMIT_MS } from './post.js';
import { asCloudEvent, asSlack, asWebhook, idOf, type Renderer } from './render.js';

/** A place as it is configured. The kind is said before the protocol: `slack+https://…`. */
export interface TargetAddress {
  readonly kind: 'webhook' | 'slack' | 'cloudevents';
  /** May hold secrets: the path of a Slack URL is one. */
  readonly url: string;
}

export interface TargetOptions {
  readonly addresses: readonly TargetAddress[];
  /** Standard Webhooks: `whsec_` and base64; each of them signs. None: nothing is signed. */
  readonly secrets: readonly string[];
  readonly allowPrivate: boolean;
  readonly timeLimitMs?: number;
}

const RENDERERS: Readonly<Record<TargetAddress['kind'], Renderer>> = {
  webhook: asWebhook,
  slack: asSlack,
  cloudevents: asCloudEvent,
};

export function createTargets({
  addresses,
  secrets,
  allowPrivate,
  timeLimitMs = TIME_LIMIT_MS,
}: TargetOptions): NotificationTarget[] {
  const signers = secrets.map((secret) => new Webhook(secret));
  const places = addresses.map(({ kind, url }) => ({ kind, url: new URL(url) }));
  const named = new Map(places.map((place) => [nameOf(place), place]));
  const formerNames = [...named.values()].map(formerNameOf);
  return [...named].map(([name, { kind, url }]): NotificationTarget => {
    const target = { url, render: RENDERERS[kind], signers: kind === 'slack' ? [] : signers };
    const formerName = formerNameOf({ kind, url });
    const isOnlyOne = formerNames.filter((each) => each === formerName).length === 1;
    return {
      name,
      formerName: isOnlyOne ? formerName : null,
      send: (message, at) => send(target, message, at, { allowPrivate, timeLimitMs }),
    };
  });
}

interface Place {
  readonly url: URL;
  readonly render: Renderer;
  readonly signers: readonly Webhook[];
}

function send({ url, render, signers }: Place, message: OutgoingMessage, at: Date, options: PostOptions) {
  const { type, body } = render(message);
  const id = idOf(message);
  const signatures = signers.map((signer) => signer.sign(id, at, body));
  const headers = {
    'content-type': type,
    'webhook-id': id,
    'webhook-timestamp': `${Math.floor(at.getTime() / 1_000)}`,
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
  };
  return post(url, headers, body, options);
}

interface Named {
  readonly kind: TargetAddress['kind'];
  readonly url: URL;
}

/** Kind and host, which is no secret, and what tells it from others of that host and tells nobody its address. No other target changes it. */
function nameOf({ kind, url }: Named): string {
  const digest = createHash('sha256').update(`${kind} ${url.href}`).digest('hex');
  return `${formerNameOf({ kind, url })} ${digest.slice(0, 8)}`;
}

/** What the first target of a host was called before. */
const formerNameOf = ({ kind, url }: Named): string => `${kind} ${url.host}`;
