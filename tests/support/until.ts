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

/**
 * The next value of a stream for which the condition holds.
 * @throws Error when the stream ends before, or there is none before the deadline
 */
export async function next<T>(
  stream: AsyncIterable<T>,
  holds: (value: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const iterator = stream[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), withinMs)));
  try {
    for (;;) {
      const step = await Promise.race([iterator.next(), late]);
      if (step === null) throw new Error(`waited ${withinMs} ms in vain for: ${holds.toString()}`);
      if (step.done === true) throw new Error('the stream ended before what was waited for');
      if (holds(step.value)) return step.value;
    }
  } finally {
    clearTimeout(timer);
  }
}
