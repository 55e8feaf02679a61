import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 5;

/**
 * Waits for a condition by looking, never by a fixed sleep.
 * @returns the first truthy answer. @throws Error when there is none before the deadline
 */
export async function until<T>(look: () => Promise<T>, withinMs = 20_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for: ${look.toString()}`);
    await delay(pollMs);
  }
}
