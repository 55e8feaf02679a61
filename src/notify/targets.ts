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
  const names = namesOf(addresses);
  return addresses.map(({ kind, url }, position) => {
    const target = { url: new URL(url), render: RENDERERS[kind], signers: kind === 'slack' ? [] : signers };
    return {
      name: names[position] ?? kind,
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

/** Kind and host, which is no secret, and which of them it is; the same after a token in its path has been changed. */
function namesOf(addresses: readonly TargetAddress[]): string[] {
  const seen = new Map<string, number>();
  return addresses.map(({ kind, url }) => {
    const name = `${kind} ${new URL(url).host}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} #${count}`;
  });
}
