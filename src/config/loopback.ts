/** Addresses and names that only this machine is reached by. */
export const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

/** Whether a `Host` header names this machine: a page of a site whose name was turned to this machine sends its own name. */
export function isLoopbackHost(header: unknown): boolean {
  if (typeof header !== 'string' || !URL.canParse(`http://${header}`)) return false;
  return LOOPBACK.includes(new URL(`http://${header}`).hostname.replace(/^\[(.*)\]$/, '$1'));
}
