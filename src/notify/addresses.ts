import { lookup as lookUp, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether an address is of the public internet, and not of this machine, its network or a special purpose. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** The host of a URL where it is an address and not a name: nothing looks that up. */
export function literalAddress({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(bare) ? bare : null;
}

/** Whether a URL says itself that it is not public; another name says so only when it is looked up. */
export function isOwnNetwork(url: URL): boolean {
  const literal = literalAddress(url);
  return literal === null ? /(^|\.)localhost\.?$/.test(url.hostname) : !isPublic(literal);
}

/** An address that nothing is sent to, as it is not public. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress';

  constructor() {
    super('it is in a private network, which WEIR_NOTIFY_PRIVATE has to allow');
  }
}

/** Looks names up and refuses what is not public: what is checked is what is connected to, whatever the name says later. */
export const publicLookup: LookupFunction = (host, options, done) => {
  lookUp(host, { ...options, all: true }, (error, found?: LookupAddress[]) => {
    const [first] = found ?? [];
    const isRefused = !first || !found?.every(({ address }) => isPublic(address));
    if (error || isRefused) done(error ?? new PrivateAddress(), '', 0);
    else if (options.all) done(null, found ?? []);
    else done(null, first.address, first.family);
  });
};
