import { type Refusal, refusal } from './refusal.js';

/** What an actor may do at all, weakest first (contract, Environment). */
export const PERMISSIONS = ['viewer', 'contributor', 'approver', 'steward', 'admin'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** How it is known who acts, and from where. */
export interface Origin {
  /** `local` without authentication, `weir` for what Weir does by itself. */
  readonly by: 'oidc' | 'token' | 'local' | 'weir';
  /** Id of the API token, or `jti` of the access token; null where there is none. */
  readonly token: string | null;
  /** Of the network; null where nobody asked over it. */
  readonly address: string | null;
  /** When they last proved who they are (`auth_time`, OpenID Connect Core 1.0, 2); null where that is not known. */
  readonly authenticatedAt: Date | null;
  /** As a signature shows it (the claim `name`); null where only the name for the record is known. */
  readonly fullName: string | null;
}

/** An origin as it was stored. */
export const storedOrigin = (stored: Origin): Origin => ({
  ...stored,
  authenticatedAt: stored.authenticatedAt && new Date(stored.authenticatedAt),
});

/** Who acts: a name for the record, permissions, and the roles of the Team they speak for. */
export interface Actor {
  readonly name: string;
  readonly origin: Origin;
  readonly permissions: ReadonlySet<Permission>;
  /** Roles of the Team; `every` for someone who may speak for all of them. */
  readonly roles: ReadonlySet<string> | 'every';
}

export const holdsRole = (actor: Actor, role: string): boolean =>
  actor.roles === 'every' || actor.roles.has(role);

/** Permissions and roles, as the record keeps them. */
const recordedRoles = ({ permissions, roles }: Actor): string[] => [
  ...permissions,
  ...(roles === 'every' ? [] : roles),
];

/** Who acts, as what, and how that is known: as the record keeps it. */
export const recordedActor = (actor: Actor) => ({
  ...{ actor: actor.name, roles: recordedRoles(actor), origin: actor.origin },
});

/** Names of permissions that include another one's. An approver approves but moves nothing. */
export const INCLUDED_BY: Readonly<Record<Permission, readonly Permission[]>> = {
  viewer: ['viewer', 'contributor', 'approver', 'steward', 'admin'],
  contributor: ['contributor', 'steward', 'admin'],
  approver: ['approver', 'admin'],
  steward: ['steward', 'admin'],
  admin: ['admin'],
};

/** Null when the actor has the permission, else the refusal that says who has. */
export function lacking(actor: Actor, permission: Permission): Refusal | null {
  if (INCLUDED_BY[permission].some((each) => actor.permissions.has(each))) return null;
  return refusal('ROLE_MISSING', `'${actor.name}' lacks the permission '${permission}'`, {
    missing: [permission],
    askRole: ['admin'],
  });
}

/** Weir itself, as by a timetable. */
export const ITSELF: Origin = {
  ...{ by: 'weir', token: null, address: null },
  ...{ authenticatedAt: null, fullName: null },
};

/** The actor of a token or of trusted headers: names of permissions, and any other name a role of the Team. */
export function actorOf(name: string, names: readonly string[], origin: Origin = ITSELF): Actor {
  const known = (each: string): each is Permission => (PERMISSIONS as readonly string[]).includes(each);
  return {
    ...{ name, origin },
    permissions: new Set(names.filter(known)),
    roles: new Set(names.filter((each) => !known(each))),
  };
}

/** Whoever works on their own machine without any authentication configured. */
export const LOCAL_ACTOR: Actor = {
  ...{ name: 'local', permissions: new Set(['admin']), roles: 'every' },
  origin: { ...ITSELF, by: 'local' },
};

/** Addresses are the same in upper and in lower case. */
export const isSamePerson = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();
