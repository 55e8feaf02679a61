import { type Actor, lacking } from '../domain/campaign/actor.js';

/** Whoever asks may not read this. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

/** The same questions for whoever may read; to anybody else none is answered. @throws Forbidden from each of its methods */
export function forReaders<T extends object>(actor: Actor, questions: T): T {
  const denied = lacking(actor, 'viewer');
  if (!denied) return questions;
  return new Proxy(questions, {
    get: () => () => {
      throw new Forbidden(denied.message);
    },
  });
}
