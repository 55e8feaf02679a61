import net from 'node:net';

/** The port is in use; the message says what to do. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  constructor(host: string, port: number) {
    super(
      `port ${port} on ${host} is taken, perhaps by another Weir: stop that one, or choose another with PORT=${port + 1}`,
    );
  }
}

/** Fails before anything is started when the port cannot be listened on. */
export function refuseTakenPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTaken(host, port) : error);
    });
    probe.listen(port, host, () =>
      probe.close(() => {
        resolve();
      }),
    );
  });
}
