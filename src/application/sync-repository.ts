import type { Actor } from '../domain/campaign/actor.js';
import { KnownFiles } from '../domain/workflow/known-files.js';
import { applyCommit } from './apply-commit.js';
import type {
  Commit,
  DefinitionSource,
  Ports,
  RepositoryState,
  Stores,
  SyncRun,
  SyncTrigger,
} from './ports.js';

export interface SyncReport extends SyncRun {
  readonly id: string;
}

/** Told after each commit, so that a long import shows where it is. */
export type SyncProgress = (done: number, total: number, commit: Commit) => void;

export interface SyncOptions {
  /** Workflows whose retirement a steward lets happen, whatever the Policy's limit says. */
  readonly released?: readonly string[];
  /** Workflows that were let retire by a commit before, when it is done again. */
  readonly decided?: (sha: string) => readonly string[];
  readonly progress?: SyncProgress;
}

/** As many problems as are kept with the record of a sync; all of them are with the files. */
const RECORDED_PROBLEMS = 100;

const EMPTY: Omit<RepositoryState, 'location' | 'branch' | 'folder'> = {
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
};

const NOTHING_NEW = { commits: [], rewritten: null };

/** What is known of the files at an epoch of the database, so that the next commit need not ask for it. */
interface Remembered extends Pick<RepositoryState, 'epoch' | 'attemptedSha' | 'context'> {
  readonly known: KnownFiles;
}

/** Another process has taken over a commit meanwhile: what is remembered does not hold any more. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/**
 * Brings the database up to the branch's head: each commit that touches the folder becomes versions and changes in one
 * transaction of its own. A bad definition never replaces a good one. A second sync writes nothing. Any number of processes
 * may do it at the same time; each commit is taken over once.
 */
export class RepositorySync {
  /** Reading brings it up to date before anything is written. */
  #memory: Remembered | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly ports: Ports,
    readonly source: DefinitionSource,
  ) {}

  /** One at a time in this process; whoever asks meanwhile waits, and then finds what came in between. */
  run(trigger: SyncTrigger, actor: Actor, options: SyncOptions = {}): Promise<SyncReport> {
    const run = this.#turn.then(() => this.attempt(trigger, actor, options));
    this.#turn = run.catch(() => undefined);
    return run;
  }

  private async attempt(trigger: SyncTrigger, actor: Actor, options: SyncOptions): Promise<SyncReport> {
    const { clock, inTransaction } = this.ports;
    const startedAt = clock.now();
    const before = await inTransaction((stores) => stores.sync.state());
    const tally = { commits: 0, versions: 0, rewritten: null as string | null };
    const report = async (outcome: SyncRun['outcome'], error: string | null): Promise<SyncReport> => {
      const run = {
        trigger,
        startedAt,
        finishedAt: clock.now(),
        outcome,
        error,
        fromSha: before?.attemptedSha ?? null,
        commits: tally.commits,
        versions: tally.versions,
      };
      return inTransaction(async (stores) => {
        const toSha = (await stores.sync.state())?.attemptedSha ?? null;
        const problems = await stores.sync.problems(RECORDED_PROBLEMS);
        const isNews = tally.commits > 0 || (outcome === 'failed' && error !== before?.failure);
        const id = isNews ? await stores.sync.addRun({ ...run, toSha, problems }) : '0';
        return { ...run, id, toSha, problems };
      });
    };
    try {
      // A push during the work is not missed: the head is asked for until it is the one that was reached before.
      const released = new Set(options.released);
      while (!(await this.catchUp(released, actor, options, tally))) released.clear();
      const after = await inTransaction((stores) => stores.sync.state());
      const isHeld = after !== null && after.errors + after.held > 0;
      return await report(
        isHeld ? 'held-back' : tally.commits === 0 ? 'unchanged' : 'synced',
        tally.rewritten,
      );
    } catch (fault) {
      this.#memory = null;
      const error = fault instanceof Error ? fault.message : String(fault);
      const failed = await report('failed', error);
      await inTransaction((stores) => this.noteFailure(stores, error, needsHuman(fault)));
      throw Object.assign(fault instanceof Error ? fault : new Error(error), { syncRun: failed.id });
    }
  }

  /**
   * Takes over what is new; begins anew where another process was quicker. The head is read after the place that was reached:
   * were it older, what another process has taken over meanwhile would look like a history that was rewritten.
   * @returns whether there was nothing new
   */
  private async catchUp(
    released: ReadonlySet<string>,
    actor: Actor,
    options: SyncOptions,
    tally: { commits: number; versions: number; rewritten: string | null },
  ): Promise<boolean> {
    for (;;) {
      try {
        const state = await this.ports.inTransaction((stores) => stores.sync.state());
        const head = await this.source.refresh();
        const again = released.size > 0 && (state?.held ?? 0) > 0 ? (state?.attemptedSha ?? null) : null;
        let epoch = state?.epoch ?? 0;
        const letGo = (sha: string) => new Set([...released, ...(options.decided?.(sha) ?? [])]);
        const isReached = state?.headSha === head;
        const { commits, rewritten } = isReached ? NOTHING_NEW : await this.newCommits(state, head);
        tally.rewritten ??= rewritten;
        for (const [done, commit] of commits.entries()) {
          tally.versions += await this.takeOver(commit, epoch++, letGo(commit.sha), actor);
          tally.commits += 1;
          options.progress?.(done + 1, commits.length, commit);
        }
        if (again !== null && commits.length === 0) {
          tally.versions += await this.takeOver(await this.source.commitOf(again), epoch++, released, actor);
          tally.commits += 1;
        }
        await this.ports.inTransaction((stores) => this.noteHead(stores, head, epoch));
        return isReached;
      } catch (error) {
        this.#memory = null;
        if (!(error instanceof Overtaken)) throw error;
      }
    }
  }

  /**
   * After a force-push the place that was reached is not on the branch's line: what follows the last commit that is known is
   * new, and where there is nothing of that, the head itself is gone back to.
   */
  private async newCommits(
    state: RepositoryState | null,
    head: string,
  ): Promise<{ commits: readonly Commit[]; rewritten: string | null }> {
    const since = state?.headSha ?? state?.attemptedSha ?? null;
    const { commits, reaches, isShallow } = await this.source.commitsSince(since, head);
    if (since === null || reaches) return { commits, rewritten: null };
    const known = await this.ports.inTransaction((stores) =>
      stores.definitions.knownCommits(commits.map(({ sha }) => sha)),
    );
    const fresh = commits.slice(commits.findLastIndex(({ sha }) => known.has(sha)) + 1);
    const rewritten = isShallow
      ? `the clone is shallow and ends before ${since}: what came in between is read as one change`
      : `the history of the branch was rewritten; ${since} is not on it any more`;
    if (!isShallow) {
      const alert = {
        kind: 'history-rewritten',
        subject: since,
        message: `${rewritten}; its versions stay`,
      } as const;
      await this.ports.inTransaction((stores) => stores.alerts.raise(alert, this.ports.clock.now()));
    }
    const back = commits.slice(-1).filter(({ sha }) => sha !== state?.attemptedSha);
    return { commits: fresh.length > 0 ? fresh : back, rewritten };
  }

  /**
   * Applies one commit in one transaction; how many new versions it made.
   * @param epoch at which it is the next: another process may have taken it over since, and commits after it
   */
  private async takeOver(
    commit: Commit,
    epoch: number,
    released: ReadonlySet<string>,
    actor: Actor,
  ): Promise<number> {
    const { inTransaction, clock } = this.ports;
    const branch = await this.source.branch();
    const { known, context, attemptedSha } = await this.remember(epoch);
    const step = await this.source.read(known, context, {
      from: known.isEmpty ? null : attemptedSha,
      to: commit.sha,
      today: isoDate(commit.committedAt),
    });
    const versions = await inTransaction(async (stores) => {
      await stores.definitions.lock();
      const now = await stores.sync.state();
      if ((now?.epoch ?? 0) !== epoch) throw new Overtaken();
      await stores.definitions.saveCommit(commit);
      const made = await applyCommit(stores, { commit, step, known, released, actor });
      const { waiting, wrong } = known;
      const isBehind = waiting.size + wrong.size > 0;
      await tellOfRetirements(stores, known, clock.now());
      await stores.sync.save({
        ...EMPTY,
        ...now,
        location: this.source.location,
        branch,
        folder: this.source.folder,
        servedSha: isBehind ? (now?.servedSha ?? null) : commit.sha,
        attemptedSha: commit.sha,
        attemptedAt: clock.now(),
        // Whoever comes next goes on from here; a commit that is looked at again does not lead back.
        headSha: commit.sha === now?.attemptedSha ? now.headSha : commit.sha,
        epoch: epoch + 1,
        context: step.context,
        errors: wrong.size,
        held: waiting.size,
        behindSince: isBehind ? (now?.behindSince ?? clock.now()) : null,
      });
      return made;
    });
    this.#memory = { epoch: epoch + 1, known, context: step.context, attemptedSha: commit.sha };
    return versions;
  }

  /**
   * The files as they are known at an epoch. Where another process has gone on from there unnoticed, the transaction that would
   * apply what is read finds it out.
   */
  private async remember(epoch: number): Promise<Remembered> {
    const memory = this.#memory;
    // Reading changes what is remembered; only what is then committed may be remembered further.
    this.#memory = null;
    if (memory?.epoch === epoch) return memory;
    return this.ports.inTransaction(async (stores) => {
      const state = { ...EMPTY, ...(await stores.sync.state()) };
      if (state.epoch !== epoch) throw new Overtaken();
      return { ...state, known: new KnownFiles(await stores.definitions.files()) };
    });
  }

  /** Commits that leave the folder alone are not walked over again; a repository that answers is not failing any more. */
  private async noteHead(stores: Stores, head: string, epoch: number): Promise<void> {
    await stores.definitions.lock();
    const state = await stores.sync.state();
    if ((state?.epoch ?? 0) !== epoch) throw new Overtaken();
    if (state?.headSha === head && state.failure === null) return;
    const place = { location: this.source.location, branch: await this.source.branch() };
    await stores.sync.save({
      ...EMPTY,
      folder: this.source.folder,
      ...state,
      ...place,
      headSha: head,
      failure: null,
      failingSince: null,
    });
    await stores.alerts.resolve('repository-unreadable', this.source.location, this.ports.clock.now());
  }

  /** What passes by itself, such as a host that is away, is told of only when it lasts. */
  private async noteFailure(stores: Stores, failure: string, isGrave: boolean): Promise<void> {
    await stores.definitions.lock();
    const state = await stores.sync.state();
    const now = this.ports.clock.now();
    const subject = this.source.location;
    if (isGrave) await stores.alerts.raise({ kind: 'repository-unreadable', subject, message: failure }, now);
    if (!state || state.failure === failure) return;
    await stores.sync.save({ ...state, failure, failingSince: state.failingSince ?? now });
  }
}

/** Errors of reading a repository say what to do about them. */
const needsHuman = (fault: unknown): boolean => (fault as { remedy?: unknown } | null)?.remedy === 'human';

/** Nobody has to wait to be told that a commit would take away what is in use. */
async function tellOfRetirements(stores: Stores, known: KnownFiles, now: Date): Promise<void> {
  const waiting = [...known.waiting].flatMap((path) => known.get(path)?.held ?? []);
  const keys = waiting.flatMap(({ key, reason }) => (reason === 'retirement' ? [key] : []));
  if (keys.length === 0) return stores.alerts.resolve('retirement-waits', 'repository', now);
  const shown = keys.slice(0, KEYS_SHOWN).join(', ') + (keys.length > KEYS_SHOWN ? ', …' : '');
  const message = `${keys.length} of its workflows wait to be retired: ${shown}`;
  await stores.alerts.raise({ kind: 'retirement-waits', subject: 'repository', message }, now);
}
const KEYS_SHOWN = 10;

const isoDate = (date: Date): string => date.toISOString().slice(0, 10);
