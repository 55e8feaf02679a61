import { answerWhileStarting } from '../http/health.js';

/** The port is in use; the message says what to do. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
  constructor(host: string, port: number) {
    super(
      `port ${port} on ${host} is taken, perhaps by another Weir: stop that one, or choose another with PORT=${port + 1}`,
    );
  }
}

/**
 * Takes the port before anything is started, and answers there that it is starting.
 * @throws PortTaken
 */
export const takePort = (
  place: { readonly host: string; readonly port: number },
  reason: string,
): Promise<{ stop(): Promise<void> }> =>
  answerWhileStarting(place, reason).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new PortTaken(place.host, place.port) : error;
  });
