import type { Actor } from '../domain/campaign/actor.js';
import { KnownFiles } from '../domain/workflow/known-files.js';
import { applyCommit } from './apply-commit.js';
import { hasPilotShown } from './limit-pilots.js';
import type { Commit, DefinitionSource, Ports, RepositoryState, SyncRun, SyncTrigger } from './ports.js';
import { within } from './patience.js';
import { recheckSignatures } from './recheck-signatures.js';
import { RepositoryError, UnreadableCommit } from './repository-error.js';
import {
  NOTHING_KNOWN,
  noteFailure,
  noteHead,
  Overtaken,
  stateFor,
  tellOfRetirements,
} from './repository-state.js';

export interface SyncReport extends SyncRun {
  /** Null where nothing was found and nobody had asked: that is not recorded. */
  readonly id: string | null;
}

/** Told after each commit, so that a long import shows where it is. */
export type SyncProgress = (done: number, total: number, commit: Commit) => void;

export interface SyncOptions {
  /** Workflows that a steward lets retire, whatever the Policy's limit says, or be active, whatever their pilot has shown. */
  readonly released?: readonly string[];
  /** Workflows that were let go by a commit before, when it is done again. */
  readonly decided?: (sha: string) => readonly string[];
  readonly progress?: SyncProgress;
  /**
   * How long in milliseconds to wait for the host each time it is asked, and for a sync that is under way; without it as long as
   * they take.
   */
  readonly patienceMs?: number;
  /** Ends the sync between two commits. @throws its reason */
  readonly signal?: AbortSignal;
}

/** As many problems as are kept with the record of a sync; all of them are with the files. */
const RECORDED_PROBLEMS = 100;

/** As many commits that were passed over are named with the record of a sync. */
const NOTED_COMMITS = 10;

const NOTHING_NEW = { commits: [], rewritten: null, rewindTo: null };

interface Tally {
  commits: number;
  versions: number;
  /** That the history is another, and what that means. */
  rewritten: string | null;
  /** Why commits were passed over, by their name. */
  readonly passedOver: Map<string, string>;
}
type Report = (outcome: SyncRun['outcome'], error?: string | null) => Promise<SyncReport>;

/** What is known of the files at an epoch of the database, so that the next commit need not ask for it. */
interface Remembered extends Pick<RepositoryState, 'epoch' | 'attemptedSha' | 'context'> {
  readonly known: KnownFiles;
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

  /**
   * One at a time in this process; whoever asks meanwhile waits, and then finds what came in between. A repository that cannot be
   * read is no fault here: the report says so.
   */
  run(trigger: SyncTrigger, actor: Actor, options: SyncOptions = {}): Promise<SyncReport> {
    const turn = this.#turn;
    const { patienceMs } = options;
    const run = within(turn, patienceMs, 'a sync that is under way has not ended').then(
      () => this.attempt(trigger, actor, options),
      (late: RepositoryError) => this.begin(trigger).then((begun) => begun.report('failed', late.message)),
    );
    this.#turn = Promise.allSettled([turn, run]);
    return run;
  }

  private async attempt(trigger: SyncTrigger, actor: Actor, options: SyncOptions): Promise<SyncReport> {
    const { tally, report } = await this.begin(trigger);
    try {
      // A push during the work is not missed: the head is asked for until it is the one that was reached before.
      const released = new Set(options.released);
      while (!(await this.catchUp(released, actor, options, tally))) released.clear();
      await recheckSignatures(this.ports, this.source);
      const after = await this.ports.inTransaction((stores) => stores.sync.state());
      const isHeld = after !== null && after.errors + after.held > 0;
      return await report(isHeld ? 'held-back' : tally.commits === 0 ? 'unchanged' : 'synced');
    } catch (fault) {
      this.#memory = null;
      if (options.signal?.aborted === true) throw fault;
      const failed = () => this.failed(fault, report);
      if (fault instanceof RepositoryError) return failed();
      await failed().catch(() => undefined);
      throw fault;
    }
  }

  /** What a run counts, and how it is recorded in the end. */
  private async begin(trigger: SyncTrigger): Promise<{ tally: Tally; report: Report }> {
    const { clock, inTransaction } = this.ports;
    const startedAt = clock.now();
    const before = await inTransaction((stores) => stateFor(stores, this.source, startedAt));
    const tally: Tally = { commits: 0, versions: 0, rewritten: null, passedOver: new Map() };
    const report: Report = (outcome, error = null) =>
      inTransaction(async (stores) => {
        const toSha = (await stores.sync.state())?.attemptedSha ?? null;
        const problems = await stores.sync.problems(RECORDED_PROBLEMS);
        const { commits, versions } = tally;
        const note = noteOf(tally);
        const fromSha = before?.attemptedSha ?? null;
        const [times, shas] = [
          { startedAt, finishedAt: clock.now() },
          { fromSha, toSha },
        ];
        const run = { trigger, ...times, outcome, error, note, ...shas, commits, versions, problems };
        const isNews = commits > 0 || trigger === 'api' || (error !== null && error !== before?.failure);
        return { ...run, id: isNews ? await stores.sync.addRun(run) : null };
      });
    return { tally, report };
  }

  /** What is wrong with a repository is for people; of any other fault they are only told that there was one. */
  private async failed(fault: unknown, report: Report): Promise<SyncReport> {
    const isUnreadable = fault instanceof RepositoryError;
    const failure = isUnreadable ? fault.message : 'a fault of the service, which its log tells of';
    const isGrave = isUnreadable && fault.remedy === 'human';
    const failed = await report('failed', failure);
    const { inTransaction, clock } = this.ports;
    await inTransaction((stores) => noteFailure(stores, this.source, { failure, isGrave, now: clock.now() }));
    return failed;
  }

  private get silence(): string {
    return `${this.source.location} has not answered`;
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
    tally: Tally,
  ): Promise<boolean> {
    for (let mends = 0; ;) {
      try {
        const state = await this.ports.inTransaction((stores) => stores.sync.state());
        const head = await within(this.source.refresh(), options.patienceMs, this.silence);
        const again = await this.placeToLookAtAgain(state, released);
        let epoch = state?.epoch ?? 0;
        const letGo = (sha: string) => new Set([...released, ...(options.decided?.(sha) ?? [])]);
        const isReached = state?.headSha === head;
        const { commits, rewritten, rewindTo } = isReached ? NOTHING_NEW : await this.newCommits(state, head);
        tally.rewritten ??= rewritten;
        for (const [done, commit] of commits.entries()) {
          options.signal?.throwIfAborted();
          const isRewind = commit.sha === rewindTo;
          try {
            tally.versions += await this.takeOver(commit, epoch, letGo(commit.sha), actor, isRewind);
          } catch (error) {
            // Whoever has mended the branch with another commit has mended it.
            if (!(error instanceof UnreadableCommit) || done === commits.length - 1) throw error;
            tally.passedOver.set(commit.sha, error.message);
            continue;
          }
          epoch++;
          tally.commits += 1;
          options.progress?.(done + 1, commits.length, commit);
        }
        if (again !== null && commits.length === 0) {
          tally.versions += await this.takeOver(await this.source.commitOf(again), epoch++, released, actor);
          tally.commits += 1;
        }
        const { location, folder, knownBranch } = this.source;
        const place = { location, folder, knownBranch, branch: await this.source.branch() };
        const now = this.ports.clock.now();
        await this.ports.inTransaction((stores) => noteHead(stores, place, { head, epoch, now }));
        return isReached;
      } catch (error) {
        this.#memory = null;
        const isMended = error instanceof RepositoryError && error.remedy === 'anew' && mends++ === 0;
        if (!isMended && !(error instanceof Overtaken)) throw error;
      }
    }
  }

  /** The commit that was attempted last, where something that it holds back may go on by now. */
  private async placeToLookAtAgain(
    state: RepositoryState | null,
    released: ReadonlySet<string>,
  ): Promise<string | null> {
    if (state === null || state.held === 0) return null;
    const isDue = released.size > 0 || (await this.ports.inTransaction(hasPilotShown));
    return isDue ? state.attemptedSha : null;
  }

  /**
   * After a force-push the place that was reached is not on the branch's line: the last commit that is known is gone back to, and
   * what follows it is new.
   */
  private async newCommits(
    state: RepositoryState | null,
    head: string,
  ): Promise<{ commits: readonly Commit[]; rewritten: string | null; rewindTo: string | null }> {
    const since = state?.headSha ?? state?.attemptedSha ?? null;
    const { commits, reaches, isShallow } = await this.source.commitsSince(since, head);
    if (since === null || reaches) return { ...NOTHING_NEW, commits };
    const known = await this.ports.inTransaction((stores) =>
      stores.definitions.knownCommits(commits.map(({ sha }) => sha)),
    );
    const last = commits.findLastIndex(({ sha }) => known.has(sha));
    const base = last < 0 ? null : commits[last];
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
    const isThere = !base || base.sha === state?.attemptedSha;
    return {
      commits: commits.slice(isThere ? last + 1 : last),
      rewritten,
      rewindTo: isThere ? null : base.sha,
    };
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
    isRewind = false,
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
      const read = { commit, isRewind, step, known, released, actor, now: clock.now() };
      const made = await applyCommit(stores, read);
      const { waiting, wrong } = known;
      const isBehind = waiting.size + wrong.size > 0;
      await tellOfRetirements(stores, known, clock.now());
      await stores.sync.save({
        ...NOTHING_KNOWN,
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
      const state = { ...NOTHING_KNOWN, ...(await stores.sync.state()) };
      if (state.epoch !== epoch) throw new Overtaken();
      return { ...state, known: new KnownFiles(await stores.definitions.files()) };
    });
  }
}

const noteOf = ({ rewritten, passedOver }: Tally): string | null => {
  const passed = [...passedOver].map(([sha, why]) => `${sha} cannot be read and was passed over: ${why}`);
  const notes = [...(rewritten === null ? [] : [rewritten]), ...passed.slice(0, NOTED_COMMITS)];
  return notes.length === 0 ? null : notes.join('; ');
};

const isoDate = (date: Date): string => date.toISOString().slice(0, 10);
