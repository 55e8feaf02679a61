/** A repeating job that never overlaps itself: the next wait begins when the work has ended. */
export interface Poller {
  /** Lets a running pass end and starts no other. */
  stop(): Promise<void>;
}

/** Does the work every so many seconds. The work reports its own failures; a failed pass does not end the polling. */
export function poll(seconds: number, work: () => Promise<void>): Poller {
  let timer: NodeJS.Timeout;
  let pass = Promise.resolve();
  let stopped = false;
  const wait = () => {
    timer = setTimeout(() => {
      pass = work().finally(() => {
        if (!stopped) wait();
      });
    }, seconds * 1_000);
  };
  wait();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await pass.catch(() => undefined);
    },
  };
}
