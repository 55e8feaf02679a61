import net from 'node:net';
import type { AddressInfo } from 'node:net';

export interface Relay {
  readonly port: number;
  /** What becomes of what is sent from now on: it is passed on, waits, or finds nobody. */
  set(state: 'open' | 'silent' | 'away'): void;
  close(): Promise<void>;
}

/** The way to a server on this machine, which can be cut or fall silent as a network does. */
export async function startRelay(target: { readonly host: string; readonly port: number }): Promise<Relay> {
  let state: 'open' | 'silent' | 'away' = 'open';
  const open = new Set<net.Socket>();
  const server = net.createServer((near) => {
    if (state === 'away') return near.destroy();
    const far = net.connect(target);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from
        .on('error', () => to.destroy())
        .on('close', () => {
          open.delete(from);
          to.destroy();
        });
    }
    if (state === 'silent') hush();
    return undefined;
  });
  const hush = () => {
    for (const socket of open) socket.unpipe();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    set(now) {
      state = now;
      if (now === 'silent') hush();
      // What was silent cannot be joined again; whoever waits for it begins anew.
      else for (const socket of open) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
