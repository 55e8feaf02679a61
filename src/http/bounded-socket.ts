import { CloseCode } from 'graphql-ws';
import WebSocket from 'ws';
import { wrongShape } from './json-shape.js';

/** Closes on a message whose shape no request has, before anything of it is parsed; and says so to whoever sent it, nobody else. */
export class BoundedSocket extends WebSocket {
  override emit(event: string | symbol, ...values: unknown[]): boolean {
    if (event === 'message') {
      const wrong = wrongShape(String(values[0]));
      if (wrong !== null) {
        this.close(CloseCode.BadRequest, wrong);
        return true;
      }
    }
    // A frame that is too large or none at all has closed the socket with a code of RFC 6455, 7.4.1; there is nothing to mend.
    if (event === 'error' && isOfTheSender(values[0])) return true;
    return super.emit(event, ...values);
  }
}

const isOfTheSender = (error: unknown): boolean =>
  (error as { readonly code?: string }).code?.startsWith('WS_ERR_') === true;
