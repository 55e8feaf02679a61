import type { Reads } from './reads.js';
import { type Actor, lacking } from '../domain/campaign/actor.js';

/** Whoever asks may not read this. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}

/** The same questions for whoever may read; to anybody else none is answered. */
export const readsFor = (actor: Actor, reads: Reads): Reads =>
  forReaders(actor, reads, (error) => Promise.reject(error));

/** The same for what does not answer by promises. @throws Forbidden from each of its methods, or whatever `refuse` does with it */
export function forReaders<T extends object>(
  actor: Actor,
  questions: T,
  refuse: (error: Forbidden) => unknown = (error) => {
    throw error;
  },
): T {
  const denied = lacking(actor, 'viewer');
  if (!denied) return questions;
  return new Proxy(questions, { get: () => () => refuse(new Forbidden(denied.message)) });
}
