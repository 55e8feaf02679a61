import type { KnownFiles } from '../domain/workflow/known-files.js';
import type { DefinitionSource, RepositoryState, Stores } from './ports.js';

/** What is known of a repository before anything of it was read. */
export const NOTHING_KNOWN: Omit<RepositoryState, 'location' | 'branch' | 'folder'> = {
  servedSha: null,
  attemptedSha: null,
  attemptedAt: null,
  headSha: null,
  epoch: 0,
  context: null,
  errors: 0,
  held: 0,
  failure: null,
  failingSince: null,
  behindSince: null,
  signers: null,
};

/** Another process has taken over a commit meanwhile: what is remembered does not hold any more. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

type Place = Pick<DefinitionSource, 'location' | 'folder' | 'knownBranch'>;

/**
 * How things stood, for whoever begins a sync. Where another repository was read before, its troubles are over: what was served
 * stays, and nobody would ever end its alerts.
 */
export async function stateFor(stores: Stores, place: Place, now: Date): Promise<RepositoryState | null> {
  const state = await stores.sync.state();
  if (state === null || state.location === place.location) return state;
  await stores.definitions.lock();
  const former = (await stores.sync.state()) ?? state;
  const { location, folder } = place;
  const branch = place.knownBranch ?? former.branch;
  const moved = { ...former, location, folder, branch, failure: null, failingSince: null };
  await stores.sync.save(moved);
  await stores.alerts.endOthers(location, `the repository is ${location} now`, now);
  return moved;
}

/** Commits that leave the folder alone are not walked over again; a repository that answers is not failing any more. */
export async function noteHead(
  stores: Stores,
  place: Place & { readonly branch: string },
  { head, epoch, now }: { readonly head: string; readonly epoch: number; readonly now: Date },
): Promise<void> {
  await stores.definitions.lock();
  const state = await stores.sync.state();
  if ((state?.epoch ?? 0) !== epoch) throw new Overtaken();
  if (state?.headSha === head && state.failure === null) return;
  await stores.sync.save({
    ...NOTHING_KNOWN,
    folder: place.folder,
    ...state,
    location: place.location,
    branch: place.branch,
    headSha: head,
    failure: null,
    failingSince: null,
  });
  await stores.alerts.resolve('repository-unreadable', place.location, now);
}

/**
 * Notes why the repository cannot be read, also where it never could.
 * @param isGrave what passes by itself, such as a host that is away, is told of only when it lasts
 */
export async function noteFailure(
  stores: Stores,
  place: Place,
  { failure, isGrave, now }: { readonly failure: string; readonly isGrave: boolean; readonly now: Date },
): Promise<void> {
  await stores.definitions.lock();
  const state = await stores.sync.state();
  const subject = place.location;
  if (isGrave) await stores.alerts.raise({ kind: 'repository-unreadable', subject, message: failure }, now);
  if (state?.failure === failure) return;
  await stores.sync.save({
    ...NOTHING_KNOWN,
    ...{ location: subject, folder: place.folder, branch: place.knownBranch ?? 'HEAD' },
    ...state,
    failure,
    failingSince: state?.failingSince ?? now,
  });
}

/** Nobody has to wait to be told that a commit would take away what is in use. */
export async function tellOfRetirements(stores: Stores, known: KnownFiles, now: Date): Promise<void> {
  const waiting = [...known.waiting].flatMap((path) => known.get(path)?.held ?? []);
  const keys = waiting.flatMap(({ key, reason }) => (reason === 'retirement' ? [key] : []));
  if (keys.length === 0) return stores.alerts.resolve('retirement-waits', 'repository', now);
  const shown = keys.slice(0, KEYS_SHOWN).join(', ') + (keys.length > KEYS_SHOWN ? ', …' : '');
  const message = `${keys.length} of its workflows wait to be retired: ${shown}`;
  await stores.alerts.raise({ kind: 'retirement-waits', subject: 'repository', message }, now);
}
const KEYS_SHOWN = 10;
