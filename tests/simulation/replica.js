/** The process has died: nothing of it goes on. */
const never = new Promise(() => undefined);

/**
 * One server of several. Wherever it looks at the database or the repository it stops, until the simulation lets it go on, so that
 * who comes when is up to the seed and not to the machine.
 */
export class Replica {
  /** What it is stopped at; null while it works, and when it has nothing to do. */
  waiting = null;
  isBusy = false;
  #isDead = false;
  #stepsLeft = Infinity;
  #noticed = () => undefined;

  constructor(name, { RepositorySync, source, inTransaction, now }) {
    this.name = name;
    const gated = {
      location: source.location,
      folder: source.folder,
      knownBranch: source.knownBranch,
      branch: () => source.branch(),
      refresh: async () => {
        await this.gate('looks at the branch');
        return source.refresh();
      },
      commitsSince: (...asked) => source.commitsSince(...asked),
      signers: () => source.signers(),
      commitOf: (sha) => source.commitOf(sha),
      read: (...asked) => source.read(...asked),
    };
    this.ports = {
      clock: { now },
      inTransaction: async (work) => {
        await this.gate('begins a transaction');
        const done = await inTransaction((stores) => work(this.mortal(stores)));
        await this.gate('has committed');
        return done;
      },
    };
    this.sync = new RepositorySync(this.ports, gated);
  }

  /** Begins to work; with `dies` it is dead after so many steps within transactions. */
  begin(work, { dies = Infinity } = {}) {
    this.isBusy = true;
    this.#stepsLeft = dies;
    this.outcome = null;
    work(this).then(
      (value) => this.end({ value }),
      (error) => this.end({ error }),
    );
  }

  get isDead() {
    return this.#isDead;
  }

  /** Resolves when it is stopped, has ended or is dead. */
  async settled() {
    while (this.isBusy && this.waiting === null) await new Promise((resolve) => (this.#noticed = resolve));
  }

  /** Lets it go on to where it stops next. */
  async goOn() {
    const { go } = this.waiting;
    this.waiting = null;
    go();
    await this.settled();
  }

  end(outcome) {
    if (this.#isDead) return;
    this.outcome = outcome;
    this.isBusy = false;
    this.#noticed();
  }

  die() {
    this.#isDead = true;
    this.isBusy = false;
    this.#noticed();
  }

  async gate(what) {
    if (this.#isDead) return never;
    if (--this.#stepsLeft < 0) {
      this.die();
      return never;
    }
    return new Promise((go) => {
      this.waiting = { what, go };
      this.#noticed();
    });
  }

  /** Stores in the middle of whose work the process may die; the database then rolls the transaction back. */
  mortal(stores) {
    const step = (work) => {
      if (--this.#stepsLeft >= 0) return work();
      this.die();
      throw new Error('the process died');
    };
    return Object.fromEntries(
      Object.entries(stores).map(([name, store]) => [
        name,
        new Proxy(store, {
          get: (target, key) =>
            typeof target[key] === 'function' ? (...given) => step(() => target[key](...given)) : target[key],
        }),
      ]),
    );
  }
}
