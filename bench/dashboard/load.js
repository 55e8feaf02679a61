// Asks a server the same thing for a while and tells what it took.
import { cpuMs } from './servers.js';

export const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
export const median = (values) =>
  at(
    values.toSorted((one, other) => one - other),
    0.5,
  );

/** Of what takes longer than a round. */
const LEAST_ANSWERS = 3;

/**
 * @param ask sends one request and resolves with the size of the answer
 * @param atOnce requests that are under way at the same time
 */
export async function measure({ pid, ask, ms, atOnce }) {
  const [times, end, before] = [[], performance.now() + ms, cpuMs(pid)];
  let bytes = 0;
  const began = performance.now();
  const one = async () => {
    while (performance.now() < end || times.length < LEAST_ANSWERS) {
      const asked = performance.now();
      bytes = await ask();
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  const took = performance.now() - began;
  const sorted = times.sort((one_, other) => one_ - other);
  return {
    cpuMs: (cpuMs(pid) - before) / times.length,
    ...{ p50Ms: at(sorted, 0.5), p99Ms: at(sorted, 0.99) },
    rate: (times.length * 1_000) / took,
    ...{ bytes, answers: times.length },
  };
}

/** The median of each figure over rounds. */
export const mediansOf = (rounds) =>
  Object.fromEntries(Object.keys(rounds[0]).map((name) => [name, median(rounds.map((each) => each[name]))]));
