/** Kept as long as the tab is open, and given to no other site. */
const KEPT_AS = 'weir-token';

export const tokenOfSession = (): string | null => sessionStorage.getItem(KEPT_AS);
export const signIn = (token: string): void => sessionStorage.setItem(KEPT_AS, token);
export const signOut = (): void => sessionStorage.removeItem(KEPT_AS);

/** What tells the server who asks; nothing where nobody has signed in. */
export function credentials(): Record<string, string> {
  const token = tokenOfSession();
  return token === null ? {} : { authorization: `Bearer ${token}` };
}
