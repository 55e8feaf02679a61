/** Kept as long as the tab is open, and given to no other site. */
const KEPT_AS = 'weir-token';

let why = '';

export const tokenOfSession = (): string | null => sessionStorage.getItem(KEPT_AS);

export function signIn(token: string): void {
  sessionStorage.setItem(KEPT_AS, token);
  why = '';
}

/** @param because why the server did not take the token, where it did not */
export function signOut(because = ''): void {
  sessionStorage.removeItem(KEPT_AS);
  why = because;
}

/** Why nobody is signed in any more; nothing where nobody was, or they have signed out. */
export const whySignedOut = (): string => why;

/** What tells the server who asks; nothing where nobody has signed in. */
export function credentials(): Record<string, string> {
  const token = tokenOfSession();
  return token === null ? {} : { authorization: `Bearer ${token}` };
}
