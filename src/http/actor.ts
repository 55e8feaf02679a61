import { type Actor, actorOf, LOCAL_ACTOR } from '../domain/campaign/actor.js';

/**
 * Who asks, by the headers `weir-actor` and `weir-roles` (comma-separated). They are believed because without
 * authentication the server listens on loopback only. Without them it is the local admin; an empty list of roles is none.
 */
export function actorFrom(headers: Readonly<Record<string, unknown>>, address: string | null): Actor {
  const { 'weir-actor': actor, 'weir-roles': roles } = headers;
  const name = typeof actor === 'string' && actor !== '' ? actor : LOCAL_ACTOR.name;
  const origin = { ...LOCAL_ACTOR.origin, address };
  if (typeof roles !== 'string') return { ...LOCAL_ACTOR, name, origin };
  const names = roles
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return actorOf(name, names, origin);
}
