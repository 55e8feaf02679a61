import { type Actor, actorOf, LOCAL_ACTOR } from '../domain/campaign/actor.js';

/**
 * Who asks, by the headers `weir-actor` and `weir-roles` (comma-separated). They are believed because without
 * authentication the server listens on loopback only. Without them it is the local admin.
 */
export function actorFrom(headers: Readonly<Record<string, unknown>>): Actor {
  const name = text(headers['weir-actor']);
  const roles = text(headers['weir-roles']);
  if (name === null && roles === null) return LOCAL_ACTOR;
  const names = (roles ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return roles === null ? { ...LOCAL_ACTOR, name: name ?? 'local' } : actorOf(name ?? 'local', names);
}

const text = (header: unknown): string | null =>
  typeof header === 'string' && header !== '' ? header : null;
