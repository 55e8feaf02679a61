import type { Commit, DefinitionSource, Ports } from './ports.js';
import { RepositoryError } from './repository-error.js';

/** So many commits are read, and written in one transaction, at a time. */
const COMMITS_AT_A_TIME = 200;

/**
 * Where other keys are known than before, looks again at the signatures that could not be verified then. What was found valid or
 * invalid stays: a key that is taken away does not undo what it signed.
 */
export async function recheckSignatures(
  { inTransaction }: Ports,
  source: Pick<DefinitionSource, 'signers' | 'commitOf'>,
): Promise<void> {
  const signers = await source.signers();
  const state = await inTransaction((stores) => stores.sync.state());
  if (state === null || state.signers === signers) return;
  const open = signers === null ? [] : await inTransaction(({ definitions }) => definitions.unverified());
  for (let from = 0; from < open.length; from += COMMITS_AT_A_TIME) {
    const judged: Commit[] = [];
    for (const sha of open.slice(from, from + COMMITS_AT_A_TIME)) {
      const commit = await source.commitOf(sha).catch(unlessGone);
      if (commit) judged.push(commit);
    }
    await inTransaction(({ definitions }) => definitions.saveSignatures(judged));
  }
  await inTransaction(async (stores) => {
    await stores.definitions.lock();
    const now = await stores.sync.state();
    if (now) await stores.sync.save({ ...now, signers });
  });
}

/** Commits that were rewritten away may be nowhere any more. */
function unlessGone(error: unknown): null {
  if (error instanceof RepositoryError) return null;
  throw error;
}
