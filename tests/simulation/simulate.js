import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Chance } from './chance.js';
import { Model } from './model.js';
import { Remote } from './remote.js';
import { Replica } from './replica.js';

/** What happens to the repository and around it, by how often. */
const EVENTS = [
  'push',
  'push',
  'push',
  'push',
  'forcePush',
  'poll',
  'poll',
  'poll',
  'webhook',
  'webhook',
  'lost webhook',
  'deleteBranch',
  'release',
  'campaign',
];
const RELEASED = ['a', 'b'];
const LENGTH = 14;

/**
 * One run of the simulation: pushes, force-pushes, webhooks that are lost or doubled, polls, crashes, and two replicas on one
 * database, in an order that the seed decides. After each step what is served is compared with the model.
 * @param weir the modules under test, with a database of their own
 * @throws AssertionError saying what was broken
 */
export async function simulate(seed, weir) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-simulation-'));
  const run = new Run(seed, weir, path.join(directory, 'remote.git'));
  try {
    await run.begin();
    await run.live();
    await run.end();
  } catch (error) {
    error.message = `seed ${seed}: ${error.message}\n${run.log.map((line) => `  ${line}`).join('\n')}`;
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

class Run {
  log = [];
  /** Commits in the order in which they were taken over. */
  applied = [];
  #deliveries = 0;
  #now = Date.UTC(2026, 5, 1);
  #attempted = null;
  #epoch = 0;
  /** Versions of campaigns, which never change. */
  #campaigns = new Map();
  isForced = false;
  isReleased = false;
  wasAway = false;

  constructor(seed, weir, gitdir) {
    this.weir = weir;
    this.chance = new Chance(seed);
    this.remote = new Remote(gitdir, this.chance);
    this.model = new Model(weir.readDefinitions);
  }

  async begin() {
    await this.weir.reset();
    await this.remote.begin();
    this.replicas = ['one', 'two'].map((name) => this.start(name));
  }

  start(name) {
    const { RepositorySync, GitSource, inTransaction } = this.weir;
    const options = { location: this.remote.gitdir, branch: 'main', folder: 'workflows', token: null };
    const source = new GitSource({ ...options, cacheDirectory: os.tmpdir() });
    const now = () => new Date((this.#now += 1_000));
    return new Replica(name, { RepositorySync, source, inTransaction, now });
  }

  async live() {
    for (let event = 0; event < LENGTH; event++) {
      await this.happen(this.chance.one(EVENTS));
      for (let step = this.chance.below(12); step > 0 && this.busy.length > 0; step--) await this.step();
    }
    while (this.busy.length > 0) await this.step();
  }

  get busy() {
    return this.replicas.filter(({ isBusy }) => isBusy);
  }

  /** Lets one of the replicas that work go on by one step. */
  async step() {
    const replica = this.chance.one(this.busy);
    const { what } = replica.waiting;
    await replica.goOn();
    this.log.push(`${replica.name} ${what}${replica.isDead ? ', and dies' : ''}`);
    if (!replica.isBusy) this.ended(replica);
    await this.observe(replica);
  }

  ended(replica) {
    const { outcome, name } = replica;
    // Whoever has died comes back with nothing in its memory.
    if (replica.isDead) {
      this.replicas[this.replicas.indexOf(replica)] = this.start(name);
      return;
    }
    const failure = outcome?.error?.stack ?? outcome?.value?.error;
    if (failure && this.remote.isThere && !this.wasAway) assert.fail(`${name} failed: ${failure}`);
  }

  async happen(event) {
    const { remote, chance } = this;
    this.log.push(event);
    switch (event) {
      case 'push':
        if (remote.isThere) await remote.push();
        return;
      case 'forcePush':
        if (!remote.isThere) return;
        this.isForced = true;
        await remote.forcePush();
        return;
      case 'deleteBranch':
        this.wasAway = true;
        if (remote.isThere) await remote.deleteBranch();
        else await remote.restoreBranch();
        return;
      case 'webhook':
        return this.webhook();
      case 'poll':
        return this.work((replica) => replica.sync.run('poll', this.weir.actor), chance.is(0.3));
      case 'release':
        this.isReleased = true;
        return this.work(
          (replica) => replica.sync.run('api', this.weir.actor, { released: RELEASED }),
          false,
          true,
        );
      case 'campaign':
        return this.campaign();
      default:
        return;
    }
  }

  /** Delivered, sometimes twice and to different replicas; then a worker takes the job. */
  async webhook() {
    const id = `delivery-${this.#deliveries++}`;
    const delivery = { host: 'github', id, event: 'push', news: 'push', pullRequest: null };
    const ports = { clock: { now: () => new Date(this.#now) }, inTransaction: this.weir.inTransaction };
    assert.equal(await this.weir.receiveDelivery(ports, delivery), true, 'a delivery was taken for a replay');
    assert.equal((await this.weir.jobs()).length, 1, 'a delivery was answered, and nobody asked to look');
    const isTaken = await this.work(
      (replica) => replica.sync.run('webhook', this.weir.actor),
      this.chance.is(0.3),
    );
    if (isTaken) await this.weir.takeJobs();
    if (this.chance.is(0.5)) {
      const before = await this.weir.jobs();
      assert.equal(
        await this.weir.receiveDelivery(ports, delivery),
        false,
        'a replay was taken for a delivery',
      );
      assert.deepEqual(await this.weir.jobs(), before, 'a replay had an effect');
    }
  }

  async work(task, dies, isReleasing = false) {
    const idle = this.replicas.filter(({ isBusy }) => !isBusy);
    if (idle.length === 0) return false;
    const replica = this.chance.one(idle);
    replica.isReleasing = isReleasing;
    replica.begin(task, { dies: dies ? this.chance.below(40) : Infinity });
    await replica.settled();
    if (!replica.isBusy) this.ended(replica);
    return true;
  }

  /** A campaign takes what is served; what is served later does not change it. */
  async campaign() {
    const workflow = this.chance.one(['a', 'b', 'c']);
    const version = await this.weir.createCampaign(
      `campaign-${this.#campaigns.size}`,
      workflow,
      new Date(this.#now),
    );
    if (version) this.#campaigns.set(`campaign-${this.#campaigns.size}`, { workflow, version });
  }

  running = (workflow) => [...this.#campaigns.values()].filter((each) => each.workflow === workflow).length;

  /** What a reader sees now: what the model says of the commit attempted last, and nothing in between. */
  async observe(replica = {}) {
    const { attempted, epoch, lines, isFaithful, campaigns } = await this.weir.look();
    if (epoch !== this.#epoch) {
      assert.equal(epoch, this.#epoch + 1, 'two commits became visible at once');
      this.#epoch = epoch;
      this.follow(attempted, lines, replica.isReleasing);
    }
    assert.equal(attempted, this.#attempted, 'the place changed without a commit being taken over');
    assert.ok(isFaithful, 'a version is served that is not what its source says');
    assert.deepEqual(lines, this.model.lines(), `what is served is not what ${attempted} says`);
    for (const [key, { version }] of this.#campaigns)
      assert.equal(campaigns.get(key), version, `campaign ${key} was moved to another version`);
  }

  follow(sha, lines, isReleasing) {
    const commit = this.remote.commits.get(sha);
    assert.ok(commit, `the attempted commit ${sha} was never pushed`);
    const today = commit.at.toISOString().slice(0, 10);
    // A steward who lets something retire means it for one pass; whether this commit was still part of that shows.
    const released = this.model.copy();
    released.apply(commit.files, today, this.running, RELEASED);
    if (isReleasing && released.lines().join() === lines.join()) this.model = released;
    else this.model.apply(commit.files, today, this.running, []);
    const before = this.#attempted;
    this.#attempted = sha;
    this.applied.push(sha);
    if (sha === before) return assert.ok(isReleasing, `${sha} was taken over twice`);
    if (before === null) return undefined;
    // On one line the next commit is the next that changed the folder; after a force-push it goes on from what is known.
    const line = this.remote.changes(sha);
    if (line.includes(before))
      return assert.equal(
        sha,
        line[line.indexOf(before) + 1],
        `a commit between ${before} and ${sha} was passed over`,
      );
    return assert.ok(this.isFresh(sha, line), `after the force-push ${sha} is not the next commit`);
  }

  /** The next after the last of the line that was taken over before; where all were, the head. */
  isFresh(sha, line) {
    const known = new Set(this.applied.slice(0, -1));
    const last = line.findLastIndex((each) => known.has(each) && each !== sha);
    return line[last + 1] === sha || line.at(-1) === sha;
  }

  /** Everybody looks until nothing is new: then what was pushed last is what was attempted, and a further look changes nothing. */
  async end() {
    if (!this.remote.isThere) await this.remote.restoreBranch();
    this.log.push('the end');
    this.wasAway = false;
    for (const replica of [...this.replicas]) {
      replica.isReleasing = false;
      replica.begin((each) => each.sync.run('poll', this.weir.actor));
      await replica.settled();
      while (replica.isBusy) {
        await replica.goOn();
        await this.observe(replica);
      }
      this.ended(replica);
    }
    const changes = this.remote.changes();
    assert.equal(this.#attempted, changes.at(-1), 'what was pushed last was not taken over');
    const state = await this.weir.look();
    assert.equal(state.failure, null, 'a failure is on record although the branch can be read');
    const before = await this.weir.dump();
    const [replica] = this.replicas;
    replica.begin((each) => each.sync.run('poll', this.weir.actor));
    await replica.settled();
    while (replica.isBusy) await replica.goOn();
    assert.equal(await this.weir.dump(), before, 'a sync that found nothing new wrote something');
    await this.compareWithOneReplica();
  }

  /** Whatever the order was: whoever takes over the same commits alone and in peace gets the same rows. */
  async compareWithOneReplica() {
    if (this.isForced || this.isReleased || this.#campaigns.size > 0) return;
    const rows = await this.weir.definitionRows();
    await this.weir.reset();
    const alone = this.start('alone');
    alone.begin((each) => each.sync.run('poll', this.weir.actor));
    await alone.settled();
    while (alone.isBusy) await alone.goOn();
    assert.equal(await this.weir.definitionRows(), rows, 'another order of events made other rows');
  }
}
