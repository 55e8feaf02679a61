import type { UserManager } from 'oidc-client-ts';
import { signIn, signOut, tokenOfSession } from './session.ts';

/** As the server says it at `/sign-in.json`. */
interface Settings {
  readonly issuer?: string;
  readonly clientId?: string;
  readonly audience?: string | null;
  readonly scope?: string;
}

/** The page of whoever has left for the issuer. */
const LEFT_AT = 'weir-left-at';
/** Longer nobody looks at a page that does not say a thing. */
const PATIENCE_SECONDS = 10;

let asked: Promise<Settings> | null = null;
const settings = (): Promise<Settings> =>
  (asked ??= fetch('/sign-in.json')
    .then((response) => response.json() as Promise<Settings>)
    .catch((error: unknown) => {
      asked = null;
      throw error;
    }));

/** Whether people are sent to an issuer of OpenID Connect to sign in. */
export const hasIssuer = async (): Promise<boolean> => (await settings()).issuer !== undefined;

let made: Promise<UserManager> | null = null;
const manager = (): Promise<UserManager> => (made ??= makeManager());

/** The authorization code flow with PKCE (RFC 7636); loaded where it is needed. */
async function makeManager(): Promise<UserManager> {
  const { issuer = '', clientId = '', audience, scope = 'openid' } = await settings();
  const { UserManager, WebStorageStateStore } = await import('oidc-client-ts');
  const store = new WebStorageStateStore({ store: sessionStorage });
  const users = new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${location.origin}${location.pathname}`,
    post_logout_redirect_uri: `${location.origin}${location.pathname}`,
    scope,
    requestTimeoutInSeconds: PATIENCE_SECONDS,
    automaticSilentRenew: false,
    ...{ userStore: store, stateStore: store },
    // For whom the token shall be: as RFC 8707 has it, which takes addresses only, and as issuers had it before.
    ...(audience ? { extraQueryParams: { audience } } : {}),
    ...(audience && /^https?:/.test(audience) ? { resource: audience } : {}),
  });
  users.events.addAccessTokenExpiring(() => void renew(users));
  return users;
}

/** Takes a new token before the old one has expired, where the issuer gave the means and nobody has signed in otherwise since. */
async function renew(users: UserManager): Promise<void> {
  const before = await users.getUser();
  if (!before?.refresh_token || before.access_token !== tokenOfSession()) return;
  const after = await users.signinSilent().catch(() => null);
  if (after && before.access_token === tokenOfSession()) signIn(after.access_token);
}

/** Leaves for the issuer; whoever comes back is where they were. @param anew whether they have to show again who they are @throws Error that says in words why not */
export async function leaveForIssuer(anew = false): Promise<void> {
  sessionStorage.setItem(LEFT_AT, location.hash);
  try {
    await (await manager()).signinRedirect(anew ? { prompt: 'login' } : {});
  } catch (error) {
    throw new Error(await inWords(error), { cause: error });
  }
}

/** Takes the token of somebody who comes back from the issuer, and keeps it new. @returns why there is none; null where all is well */
export async function returnFromIssuer(): Promise<string | null> {
  const given = new URLSearchParams(location.search);
  if (!given.has('state') || !(given.has('code') || given.has('error'))) {
    // Whoever has loaded the page anew is still signed in.
    if (tokenOfSession() !== null && (await hasIssuer().catch(() => false)))
      await (await manager()).getUser();
    return null;
  }
  try {
    const user = await (await manager()).signinCallback();
    if (!user) return 'the issuer sent no token';
    signIn(user.access_token);
    return null;
  } catch (error) {
    return await inWords(error);
  } finally {
    history.replaceState(null, '', `${location.pathname}${sessionStorage.getItem(LEFT_AT) ?? ''}`);
    sessionStorage.removeItem(LEFT_AT);
  }
}

/** Signs out here, and at the issuer where somebody has signed in there. */
export async function leaveForGood(): Promise<void> {
  const token = tokenOfSession();
  signOut();
  try {
    const users = await manager();
    const user = await users.getUser();
    await users.removeUser();
    // Without the ID token, which would stand in the address; the issuer asks whether they mean it.
    if (user?.access_token === token) {
      await users.signoutRedirect();
      return;
    }
  } catch {
    // No issuer, one that is away, or one that does not end sessions.
  }
  location.reload();
}

/** Why somebody is not signed in, as they can make something of it. */
async function inWords(error: unknown): Promise<string> {
  const { issuer } = await settings().catch((): Settings => ({}));
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const code = (error as { error?: unknown }).error;
  if (issuer === undefined) return 'this server has no issuer to sign in at';
  if (name === 'TypeError' || name === 'ErrorTimeout') return `${issuer} cannot be reached`;
  if (code === 'access_denied') return `${issuer} does not let you in: ${message}`;
  if (code === 'invalid_grant')
    return `${issuer} does not take the code that came back. It was used before, or is of somebody else; begin anew`;
  if (/no matching state/i.test(message))
    return 'it was not begun in this tab, or was ended before; begin anew';
  return `${issuer}: ${message}`;
}
