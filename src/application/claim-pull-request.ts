import type { Ports, Stores } from './ports.js';

/** A process that has not given a pull request back by then is taken to be gone. */
const CLAIM_MS = 2 * 60_000;

/** What is written down of the work, once it is done. */
export type Note = (stores: Stores) => Promise<void>;

/**
 * Does work on a pull request while no other process does: hosts are asked without a transaction around it, which would keep a
 * connection and locks for as long as they take. Whoever dies in the middle of it loses it after two minutes.
 * @param work what to write down; null where nothing came of it
 * @returns `lost` where nothing was written down, as it took too long or nothing came of it; `taken` where somebody else is at it
 */
export async function claimed(
  ports: Ports,
  repository: string,
  number: number,
  work: () => Promise<Note | null>,
): Promise<'done' | 'lost' | 'taken'> {
  const now = ports.clock.now();
  const until = new Date(now.getTime() + CLAIM_MS);
  const claim = await ports.inTransaction((stores) =>
    stores.pullRequests.claim(repository, number, now, until),
  );
  if (claim === null) return 'taken';
  const giveBack = (note: Note | null) =>
    ports.inTransaction(async (stores) => {
      if (!(await stores.pullRequests.release(repository, number, claim)) || note === null) return 'lost';
      await note(stores);
      return 'done';
    });
  try {
    return await giveBack(await work());
  } catch (error) {
    await giveBack(null);
    throw error;
  }
}
