import type { UserManager } from 'oidc-client-ts';
import { signIn } from './session.ts';

/** As the server says it at `/sign-in.json`. */
interface Settings {
  readonly issuer?: string;
  readonly clientId?: string;
  readonly audience?: string | null;
}

let asked: Promise<Settings> | null = null;
const settings = (): Promise<Settings> =>
  (asked ??= fetch('/sign-in.json').then((response) => response.json() as Promise<Settings>));

/** Whether people are sent to an issuer of OpenID Connect to sign in. */
export const hasIssuer = async (): Promise<boolean> => (await settings()).issuer !== undefined;

/** The authorization code flow with PKCE (RFC 7636); loaded where it is needed. */
async function manager(): Promise<UserManager> {
  const { issuer = '', clientId = '', audience } = await settings();
  const { UserManager, WebStorageStateStore } = await import('oidc-client-ts');
  const store = new WebStorageStateStore({ store: sessionStorage });
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${location.origin}${location.pathname}`,
    scope: 'openid profile email',
    automaticSilentRenew: false,
    ...{ userStore: store, stateStore: store },
    ...(audience ? { extraQueryParams: { audience } } : {}),
  });
}

/** Leaves for the issuer; whoever comes back is where they were. @param anew whether they have to show again who they are */
export async function leaveForIssuer(anew = false): Promise<void> {
  const users = await manager();
  await users.signinRedirect({ state: location.hash, ...(anew ? { prompt: 'login' } : {}) });
}

/** Takes the token of somebody who comes back from the issuer. @returns why there is none; null where all is well */
export async function returnFromIssuer(): Promise<string | null> {
  const given = new URLSearchParams(location.search);
  if (!given.has('state') || !(given.has('code') || given.has('error'))) return null;
  try {
    const user = await (await manager()).signinCallback();
    if (!user) return 'the issuer sent no token';
    signIn(user.access_token);
    history.replaceState(null, '', `${location.pathname}${String(user.state ?? '')}`);
    return null;
  } catch (error) {
    history.replaceState(null, '', location.pathname);
    return error instanceof Error ? error.message : String(error);
  }
}
